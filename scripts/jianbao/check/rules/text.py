"""JB4: the text: as typed against as shown, punctuation, characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from jianbao.check import markup, punctuation
from jianbao.check.finding import Fix, Level, Spot
from jianbao.check.page_file import PageFile
from jianbao.check.punctuation import Kind
from jianbao.check.rule import rule
from jianbao.vocabulary import Vocabulary

# Control and zero-width characters, the replacement character, private use, radicals in the place of characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffd\ue000-\uf8ff\u2e80-\u2fdf]"
)
_BLOCK_STARTS = ("- ", "> ", "### ", "#### ", "|", "![")


def _blocks(page: PageFile) -> Iterator[tuple[int, list[str]]]:
    """The blocks of the articles' texts (lines without an empty one between), each with its first line's number."""
    for section in page.sections:
        block: list[str] = []
        for number in [*section.text, None]:
            line = page.line(number) if number else ""
            if line.strip():
                block.append(line)
            elif block:
                yield (number or section.text.stop) - len(block), block
                block = []


def _edits(page: PageFile, kind: Kind, message: str) -> Iterator[Spot]:
    for number, column, text in page.text_lines:
        for edit in punctuation.edits(text):
            if edit.kind is kind:
                start, end = column + edit.start, column + edit.end
                around = text[max(0, edit.start - 5) : edit.end + 5]
                yield page.at(
                    number,
                    message.format(around=around, old=edit.old, new=edit.new),
                    Fix(number, start, end, edit.new),
                )


@rule(
    "JB401",
    "会显示成别的样子",
    Level.WARNING,
    why="* _ # > [ ] ` 和“数字加点”在 Markdown 里有特别的意思：输入的是它，读者看到的却是列表、斜体、标题或者什么也没有。"
    "特意用的 **加粗**、链接、图片、表格、“- ”列表、“> ”引文不报。",
    bad="1. 加强组织领导\n\n规格为3*4*5米",
    good="1\\. 加强组织领导\n\n规格为3\\*4\\*5米",
    mend="在那个符号前加反斜线 \\，它就照样显示；jianbao check --fix 会替没有发布过的页面加上。"
    "行首空了四格的，删去空格。",
)
def shown_otherwise(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    follows_list = False
    for first, block in _blocks(page):
        for slip in markup.slips(block, follows_list):
            yield _spot(page, first + slip.line, slip)
        follows_list = block[0].startswith("- ") or (follows_list and block[0].startswith((" ", "\t")))
    for section in page.sections:
        start, end = page.title_span(section)
        for slip in markup.slips([page.line(section.heading)[start:end]]):
            yield page.at(section.heading, f"标题里{slip.message}")


def _spot(page: PageFile, line: int, slip: markup.Slip, column: int = 0) -> Spot:
    fix = None if slip.new is None else Fix(line, column + slip.start, column + slip.end, slip.new)
    return page.at(line, slip.message, fix)


@rule(
    "JB402",
    "标点应当用全角",
    Level.WARNING,
    why="汉字后面的逗号、冒号、问号等用全角（GB/T 15834—2011《标点符号用法》）。数字里的（12:30、1,200）、网址里的不报。",
    bad="他说:这项工作很好,要坚持.",
    good="他说：这项工作很好，要坚持。",
    mend="改成全角；jianbao check --fix 会替没有发布过的页面改好。",
    until_published=True,
)
def half_width_marks(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    return _edits(page, Kind.MARK, "“{around}”中的“{old}”应当是“{new}”")


@rule(
    "JB403",
    "标点旁边有空格",
    Level.WARNING,
    why="全角标点自己带着空，旁边不再加空格。数字与汉字之间的空格（投入 300 万元）按原件保留，不报。",
    bad="援疆资金 ，全部到位 。",
    good="援疆资金，全部到位。",
    mend="删去空格；jianbao check --fix 会替没有发布过的页面删好。",
    until_published=True,
)
def spaces_beside_marks(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    return _edits(page, Kind.SPACE, "“{around}”中标点旁边有空格")


@rule(
    "JB404",
    "全角数字或字母",
    Level.WARNING,
    why="阿拉伯数字和拉丁字母用半角（GB/T 15835—2011《出版物上数字用法》）；用了全角，检索“2017”就找不到“２０１７”。",
    bad="投入资金７５３０万元",
    good="投入资金7530万元",
    mend="改成半角；jianbao check --fix 会替没有发布过的页面改好。",
    until_published=True,
)
def wide_figures(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    return _edits(page, Kind.WIDTH, "“{old}”应当用半角“{new}”")


@rule(
    "JB405",
    "HTML 不起作用",
    Level.WARNING,
    why="页面里不能用 HTML：标签会照原样显示给读者看，&nbsp; 之类会变成它代表的字符。",
    bad="第一行<br>第二行",
    good="第一行\n\n第二行",
    mend="删去 HTML：换段空一行，加粗用 **文字**，表格用 | 分列。原件上就印着的，写“免检”。",
)
def html_in_text(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    for number, column, text in page.text_lines:
        if "<" in text or "&" in text:
            for slip in markup.html_slips(text):
                yield _spot(page, number, slip, column)


@rule(
    "JB406",
    "段落中间断行",
    Level.WARNING,
    why="一段话写成几行，显示时断行处会多出一个空格；检索也会断在那里。",
    bad="8月2日，为期4天的培训班\n开班，88名专家参加。",
    good="8月2日，为期4天的培训班开班，88名专家参加。",
    mend="把几行接成一行；要分段的，中间空一行。",
    until_published=True,
)
def broken_lines(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    for first, block in _blocks(page):
        for position, (line, following) in enumerate(pairwise(block), start=1):
            if line.endswith(("  ", "\\")) or following.lstrip().startswith(_BLOCK_STARTS):
                continue
            if not line.lstrip().startswith(_BLOCK_STARTS):
                yield page.at(first + position, f"“…{line.strip()[-6:]}”与这一行是一段，中间断了行")


@rule(
    "JB407",
    "看不见的字符或乱码",
    Level.WARNING,
    why="零宽字符、控制字符、乱码（�）和部首字（⼯、⻓）看起来没有问题，或者是一个方块，检索却找不到那个词。"
    "多半来自 PDF 或网页。",
    bad="援疆\u200b工作（中间有一个零宽空格）",
    good="援疆工作",
    mend="删去，或照原件重新输入那几个字。",
)
def unseen_characters(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    for number, line in enumerate(page.lines, start=1):
        for match in _UNSEEN.finditer(line):
            around = (
                f"{line[max(0, match.start() - 4) : match.start()]}□{line[match.end() : match.end() + 4]}"
            )
            # A radical (⼯) is compatible with the character that it looks like.
            meant = unicodedata.normalize("NFKC", match[0])
            hint = f"，应当是“{meant}”" if meant.strip() and meant != match[0] else ""
            yield page.at(number, f"“{around}”中的□是字符 U+{ord(match[0]):04X}{hint}")


@rule(
    "JB408",
    "像是错字",
    Level.WARNING,
    why="词表“版式：易错”里列出的字样（授疆、伊梨……）几乎总是印错或认错。",
    bad="做好医教授疆工作",
    good="做好医教援疆工作",
    mend="对照原件：认错的改正；原件就印错的，照录并写“免检”。不是错字的词，从词表的“易错”里删去。",
)
def likely_slips(page: PageFile, words: Vocabulary) -> Iterator[Spot]:
    for number, _, text in page.text_lines:
        for slip in words.layout.slips:
            if slip in text:
                at = text.index(slip)
                yield page.at(number, f"“{text[max(0, at - 4) : at + len(slip) + 4]}”中的“{slip}”像是错字")
