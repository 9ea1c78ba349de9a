"""Repairs of what page breaks and conversions did to the text. Each one is reported; nothing else changes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jianbao.issue import Finding
from jianbao.recognise.han import HAN, ends_sentence, joined_digits, open_pair
from jianbao.sources import Line
from jianbao.sources.source import joined

# A line of a file that was broken at a fixed width: 30 to 60 Han characters, one or two short at the end.
FEWEST_WRAPPED_WIDTH = 50
MOST_WRAPPED_WIDTH = 130
WRAP_TOLERANCE = 5
LONGEST_HEAD = 40
MASTHEAD_LINES = 12
_INDENT = re.compile(r"^(?:\u3000| {2,}|\t)")
_DASH = r"[—\-－–_─━·•・~～∙●*]"
_PAGE_MARK = re.compile(
    rf"{_DASH}{{1,3}}\s*\d{{1,4}}\s*{_DASH}{{1,3}}"  # — 3 —, · 3 ·
    r"|[(（【\[]?\s*第\s*[\d一二三四五六七八九十]{1,4}\s*页(\s*[,，/／(（]?\s*共\s*[\d一二三四五六七八九十]{1,4}\s*页)?\s*[)）】\]]?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"  # 3/8
    r"|(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_NUMBER_AT_EDGE = re.compile(
    rf"^(?:(?P<before>[^\d]+?)[\s　]+{_DASH}{{0,3}}\s*\d{{1,3}}\s*{_DASH}{{0,3}}"
    rf"|{_DASH}{{0,3}}\s*\d{{1,3}}\s*{_DASH}{{0,3}}[\s　]+(?P<after>[^\d]+))$"
)
_ISSUE_NUMBER = re.compile(r"第\s*[\d０-９〇零一二三四五六七八九十百]+.{0,12}[期号]|[〕\])】]\s*\d+\s*号")
# A line drawn under the masthead or over the distribution list, typed as characters.
_RULE = re.compile(r"[-=_*~—－─━═＝＿﹏.·•]{5,}")
_HASHES = re.compile(r"^(?P<hashes>#{1,6})\s+(?=\S)")
_NBSP = re.compile(r"(?:&nbsp;)+")
# Markdown's own: a hard line break, and the mark that keeps 1. from beginning a list.
_BACKSLASHES = re.compile(
    rf"(?<=[{HAN}。；，！？”）》、])\\{{1,2}}$|(?<=^\d)\\(?=[.、．])|(?<=^\d\d)\\(?=[.、．])"
)
# A character that the font or encoding lacked, inside a text; at a line's edge □ is a bullet.
_LOST = re.compile(rf"(?<=[{HAN}，。；])□+(?=[{HAN}，。；])|\ufffd")
_MARKS = ("#", "**", "&nbsp;", "\\", " and ", "□", "\ufffd")
_NEVER_FIRST = frozenset("，。；、！？：）》】")
_COUNTED = re.compile(r"^\d+(?:[.．]\d+)?(?:%|％|[余多]?[万亿个名项户元台吨亩次人家条所座件起])")
_OPEN_FIGURE = re.compile(r"\d[.．]$")
_TAIL = re.compile(rf"^[{HAN}\d]{{1,2}}[。；）》”]")
_BARE_NUMBER = re.compile(r"\d{1,3}")
_BOLD = re.compile(r"(?:(?<=^)|(?<=[\s。！？；：，、”）》]))\*\*(?=\S)(.+?)(?<=\S)\*\*")
_AND = re.compile(rf"(?<=[{HAN}》”）])[ ]+and[ ]+(?=[{HAN}《“（])")
# What fonts in PDF files give for a Han character of the same shape: its radical. NFKC knows the Kangxi
# radicals; those of the supplement that are characters of their own follow EquivalentUnifiedIdeograph.txt.
_RADICALS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | dict(
        zip(
            "⺟⺠⺩⻁⻄⻅⻆⻉⻊⻋⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
            "母民王虎西见角贝足车长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
            strict=True,
        )
    )
    # NFKC gives the traditional 戶, fonts for simplified Chinese mean 户.
    | {"⼾": "户", "⸺": "——", "⸻": "——"}
)
_ANY_RADICAL = re.compile(f"[{''.join(map(chr, _RADICALS))}]")
# Invisible characters that text needs: none in Chinese. A tab is layout, not text.
_INVISIBLE_CATEGORIES = ("Cc", "Cf", "Zl", "Zp", "Cs")


@dataclass(frozen=True)
class Repaired:
    """Lines after a repair, and what was done."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]


def unwrap(lines: Sequence[Line]) -> Repaired:
    """Lines of a text file that was broken at a fixed width, put together to paragraphs.

    Such a file indents its paragraphs and fills its lines; any other is left as it is. Its width is so many
    columns, or so many characters, be they Han or figures.
    """
    by_columns = _unwrapped(lines, _width)
    return by_columns if by_columns.findings else _unwrapped(lines, _length)


def _unwrapped(lines: Sequence[Line], measure: Callable[[str], int]) -> Repaired:
    texts = [line.text.strip() for line in lines]
    widths = [0 if _RULE.fullmatch(text) else measure(text) for text in texts]
    full = _full_width(widths)
    goes_on: list[bool] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else None
        # A paragraph begins with an indent; the masthead and the contents list do not.
        in_paragraph = before is not None and (bool(_INDENT.match(before.text)) or goes_on[-1])
        goes_on.append(
            in_paragraph
            and widths[index] > 0
            and not _INDENT.match(line.text)
            and full - WRAP_TOLERANCE <= widths[index - 1] <= full
            and before.page == line.page
        )
    indented = sum(bool(_INDENT.match(line.text)) for line in lines)
    wider = sum(width > full for width in widths)
    if not full or wider * 10 > len(lines) or indented < 3 or sum(goes_on) < 3:
        return Repaired(tuple(lines), ())
    result: list[Line] = []
    findings: list[Finding] = []
    for line, continues in zip(lines, goes_on, strict=True):
        if not continues:
            result.append(line)
            continue
        first = result[-1]
        if not findings or findings[-1].line != first.number:
            findings.append(Finding("line_wrap_joined", first.number, "按固定宽度断开的各行接为一段"))
        result[-1] = replace(first, text=joined(first.text.rstrip(), line.text.strip()))
    return Repaired(tuple(result), tuple(findings))


def _full_width(widths: Sequence[int]) -> int:
    """The width at which most long lines end, within the tolerance; 0 where lines end anywhere."""
    long = [width for width in widths if FEWEST_WRAPPED_WIDTH <= width <= MOST_WRAPPED_WIDTH]

    def alike(full: int) -> int:
        return sum(full - WRAP_TOLERANCE <= width <= full for width in long)

    full = max(sorted(set(long)), key=alike, default=0)
    return full if full and alike(full) >= 4 else 0


def _width(text: str) -> int:
    """Columns of a terminal, as GB18030's bytes count them: two for a Han character, one for a Latin one."""
    return len(text.encode("gb18030", errors="replace"))


def _length(text: str) -> int:
    """Columns where each character took two."""
    return 2 * len(text)


def clean(lines: Sequence[Line]) -> Repaired:
    """Lines without invisible characters, radicals in the place of Han, outer white space and empty lines.

    An empty line has told its reader nothing that its neighbours do not: the sources put one between all
    paragraphs, or between none.
    """
    kept, findings = [], []
    for line in lines:
        texts = (line.text, *(cell for row in line.table for cell in row))
        findings += _unseen(line.number, texts)
        text = cleaned(line.text)
        table = tuple(tuple(cleaned(cell) for cell in row) for row in line.table)
        if text or table or line.image:
            kept.append(replace(line, text=text, table=table))
    return Repaired(tuple(kept), tuple(findings))


def cleaned(text: str) -> str:
    """``text`` without invisible characters and outer white space, with Han in the place of their radicals."""
    if not text.isprintable():
        text = "".join(char for char in text if not _is_invisible(char))
    return text.translate(_RADICALS).strip()


def _unseen(number: int, texts: Iterable[str]) -> Iterator[Finding]:
    """What ``cleaned`` changes in the texts of a line."""
    invisible = [char for text in texts if not text.isprintable() for char in text if _is_invisible(char)]
    # A byte order mark at the very start belongs to the file, not to the text.
    if invisible and not (number == 1 and set(invisible) == {"\ufeff"}):
        codes = "、".join(dict.fromkeys(f"U+{ord(char):04X}" for char in invisible))
        message = f"删去 {len(invisible)} 个看不见的控制字符（{codes}）"
        yield Finding("control_characters", number, message)
    radicals = sorted({radical for text in texts for radical in _ANY_RADICAL.findall(text)})
    if radicals:
        message = f"字体转换造成的部首符号改回汉字（{'、'.join(radicals[:8])}）"
        yield Finding("radical_replaced", number, message)


def _is_invisible(char: str) -> bool:
    return char != "\t" and unicodedata.category(char) in _INVISIBLE_CATEGORIES


def drop_page_marks(lines: Sequence[Line]) -> Repaired:
    """Lines without page numbers (``— 3 —``), running heads and drawn rules; after a number comes a new page."""
    running = _running_heads(lines) | _marked_heads(lines)
    names = {_key(line.text) for line in lines[: _masthead_end(lines)]} - {""}
    kept, findings = [], []
    marks = 0
    for index, line in enumerate(lines):
        is_mark = _PAGE_MARK.fullmatch(line.text) or _is_head_with_number(line.text, names)
        if is_mark or _is_bare_page_number(lines, index):
            marks += 1
            findings.append(Finding("page_mark_removed", line.number, f"删去页码“{line.text}”"))
        elif _RULE.fullmatch(line.text):
            findings.append(Finding("rule_removed", line.number, "删去用字符画的横线"))
        elif index in running:
            # A head parts two pages, whether or not a number says so.
            marks += index > 0 and lines[index - 1].page == line.page
            findings.append(Finding("running_head_removed", line.number, f"删去页眉或页脚“{line.text}”"))
        else:
            kept.append(replace(line, page=line.page + marks) if marks else line)
    return Repaired(tuple(kept), tuple(findings))


def _is_bare_page_number(lines: Sequence[Line], index: int) -> bool:
    """A number alone on its line is a page number only at a page's edge; elsewhere it may be data."""
    if not _BARE_NUMBER.fullmatch(lines[index].text):
        return False
    if lines[index].running:
        return True
    page = lines[index].page
    before = lines[index - 1].page if index else page
    after = lines[index + 1].page if index + 1 < len(lines) else page
    return before != page or after != page


def _is_head_with_number(text: str, names: Iterable[str]) -> bool:
    """Whether a line is the bulletin's name with a page number beside it: ``水利工作简报　　- 2 -``."""
    match = _NUMBER_AT_EDGE.match(text) if len(text) <= LONGEST_HEAD * 2 else None
    return bool(match) and _key(match["before"] or match["after"]) in names


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Indices of the lines that pages repeat at their edges: the bulletin's name and number, an article's title.

    Such a line stands first where it belongs, in the masthead or over its article: there it stays. The
    bulletin's own name alone on a line is one wherever it comes again.
    """
    end = _masthead_end(lines)
    names = {_key(line.text) for line in lines[:end]} - {""}
    heads = set()
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if index < end or len(line.text) > LONGEST_HEAD or line.table or line.image:
            continue
        key = _key(line.text)
        if not key or ends_sentence(line.text):
            continue
        # A head may hold the name, the number and more: 援疆工作简报　2018年第14期.
        is_name = key in names or any(len(name) > 3 and key.startswith(name) for name in names)
        is_at_edge = _at_page_edge(lines, index)
        if is_at_edge and (is_name or key in seen):
            heads.add(index)
        # The contents list, on the first page, names the titles too; over its text a title is no head.
        if (is_at_edge and line.page > 1) or _is_over_text(lines, index):
            seen.add(key)
    return heads | _first_of_repeated(lines, heads)


def _is_over_text(lines: Sequence[Line], index: int) -> bool:
    following = lines[index + 1].text if index + 1 < len(lines) else ""
    return len(following) > LONGEST_HEAD or ends_sentence(following)


def _first_of_repeated(lines: Sequence[Line], heads: Iterable[int]) -> set[int]:
    """The first of several running heads, where it cuts a paragraph: then it is no title that heads repeat."""
    keys = {_key(lines[index].text) for index in heads}
    return {
        index
        for index, line in enumerate(lines)
        if index and 0 < len(line.text) <= LONGEST_HEAD and line.page > 1
        and _key(line.text) in keys and _at_page_edge(lines, index)
        and not ends_sentence(lines[index - 1].text) and len(lines[index - 1].text) > LONGEST_HEAD
    }  # fmt: skip


def _masthead_end(lines: Sequence[Line]) -> int:
    """The index after the line with the issue's number: the lines that running heads repeat stand up to there."""
    top = lines[:MASTHEAD_LINES]
    return next((i + 1 for i, line in enumerate(top) if _ISSUE_NUMBER.search(line.text)), len(top))


def _key(text: str) -> str:
    """A line as running heads repeat it: without figures, spaces and marks, which differ from page to page."""
    return "".join(char for char in text if char.isalpha())


def _marked_heads(lines: Sequence[Line]) -> set[int]:
    """Indices of the running heads that the file's layout shows; one may be all that the first page has as masthead."""
    first = [line for line in lines if line.page == lines[0].page]
    has_masthead = any("期" in line.text for line in first if not line.running)
    return {i for i, line in enumerate(lines) if line.running and (has_masthead or line not in first)}


def _at_page_edge(lines: Sequence[Line], index: int) -> bool:
    neighbours = [i for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return any(lines[i].page != lines[index].page or _PAGE_MARK.fullmatch(lines[i].text) for i in neighbours)


def drop_conversion_marks(lines: Sequence[Line]) -> Repaired:
    """Lines without the marks that a conversion left: ``**bold**``, ``&nbsp;``, `` and `` where 和 was printed.

    A ``#`` before a line is such a mark only where the masthead has one: then the file was made as Markdown.
    """
    is_markdown = any(_HASHES.match(line.text) for line in lines[: _masthead_end(lines)])
    result, findings = [], []
    for line in lines:
        text, found = _without_marks(line, is_markdown)
        findings += found
        heading = _HASHES.match(line.text) if is_markdown else None
        if heading:
            result.append(replace(line, text=text, heading=len(heading["hashes"])))
        else:
            result.append(replace(line, text=text) if found else line)
    return Repaired(tuple(line for line in result if line.text or line.table or line.image), tuple(findings))


def _without_marks(line: Line, is_markdown: bool) -> tuple[str, list[Finding]]:
    text, findings = line.text, []

    def note(kind: str, message: str) -> None:
        findings.append(Finding(kind, line.number, message))

    # The quick look first: hardly any line has such a mark.
    if not any(mark in text for mark in _MARKS):
        return text, []
    if is_markdown and _HASHES.match(text):
        text = _HASHES.sub("", text)
        note("conversion_mark_removed", "删去行首转换留下的“#”")
    text, bold = _BOLD.subn(r"\1", text)
    if bold:
        note("conversion_mark_removed", f"删去转换留下的 {bold} 对“**”，其中的文字不变")
    elif "**" in text:
        note("conversion_mark_doubtful", "有“**”，可能是转换留下的，也可能是原文，未改动，请核对")
    text, spaces = _NBSP.subn(" ", text)
    if spaces:
        text = text.strip()
        note("conversion_mark_replaced", f"{spaces} 处“&nbsp;”改为空格")
    text, slashes = _BACKSLASHES.subn("", text)
    if slashes:
        note("conversion_mark_removed", "删去转换留下的“\\”")
    text, ands = _AND.subn("和", text)
    if ands:
        note("conversion_mark_replaced", "汉字之间的英文“and”改为“和”，请与原件核对")
    if _LOST.search(text):
        note("conversion_mark_doubtful", "有“□”或“�”，可能是没有转换出来的字，未改动，请核对")
    return text, findings


def join_cut_paragraphs(lines: Sequence[Line], stands_alone: Callable[[Line], bool]) -> Repaired:
    """Lines in which a paragraph that a page break cut in two is whole again.

    ``stands_alone`` tells a title or another line that never joins its neighbours. A paragraph that ends
    with its full stop at the end of a page stays as it is.
    """
    result: list[Line] = []
    findings = []
    for line in lines:
        last = result[-1] if result else None
        if last is None or stands_alone(last) or stands_alone(line) or not _goes_on(last, line):
            result.append(line)
            continue
        findings.append(joined_finding(last.text, line.text, line.number))
        # The page of the joined paragraph is where it ends: that is where the next cut may come.
        result[-1] = replace(last, text=joined(last.text, line.text), page=line.page)
    return Repaired(tuple(result), tuple(findings))


def _goes_on(first: Line, second: Line) -> bool:
    return _is_cut(first, second) if second.goes_on is None else second.goes_on


def joined_finding(first: str, second: str, line: int) -> Finding:
    """That two halves of a text were joined, with the seam."""
    return Finding("page_break_joined", line, f"与上一段接为一段（{first[-6:]}｜{second[:6]}）")


def _is_cut(first: Line, second: Line) -> bool:
    if any(line.table or line.image for line in (first, second)):
        return False
    # A comma or a closing mark begins no line; nor does ” where “ is still open.
    if second.text[0] in _NEVER_FIRST or (second.text[0] == "”" and open_pair(first.text) == "“"):
        return True
    if _is_cut_figure(first.text, second.text):
        return True
    if ends_sentence(first.text):
        # A full stop inside 《》 ends no paragraph; inside “” it may, for a quotation has several.
        return open_pair(first.text) in ("《", "（") and first.page != second.page
    # 。 or 带。 begins no paragraph: it is the tail of a sentence.
    if _TAIL.match(second.text):
        return True
    is_running_text = len(first.text) > 45 or any(mark in first.text for mark in "，。；")
    return is_running_text or first.page != second.page or open_pair(first.text) == "《"


def _is_cut_figure(first: str, second: str) -> bool:
    """Whether a figure was cut (58. | 7%), or from what it counts (总投资 | 3.26亿元)."""
    if not _COUNTED.match(second):
        return False
    is_text = len(first) > 12 and not ends_sentence(first)
    return is_text or bool(_OPEN_FIGURE.search(first))


def tidy_title(text: str, line: int) -> tuple[str, tuple[Finding, ...]]:
    """A title without the spaces between figures and Han characters: ``海门 20 万册`` → ``海门20万册``."""
    tidy = joined_digits(text)
    if tidy == text:
        return text, ()
    message = f"标题中数字与汉字之间的空格删去：“{tidy}”"
    return tidy, (Finding("title_space_removed", line, message),)
