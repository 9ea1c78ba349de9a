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
_INDENT = re.compile(r"^(?:\u3000| {2,}|\t)")
_PAGE_MARK = re.compile(
    r"[—\-－–_]{1,2}\s*\d{1,4}\s*[—\-－–_]{1,2}"  # — 3 —
    r"|第\s*\d{1,4}\s*页(\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?"  # 第3页 共8页
    r"|\d{1,4}\s*[/／]\s*\d{1,4}"  # 3/8
)
# A line drawn under the masthead or over the distribution list, typed as characters.
_RULE = re.compile(r"[-=_*~—－─━═＝＿﹏.·•]{5,}")
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

    Such a file indents its paragraphs and fills its lines; any other is left as it is.
    """
    widths = [_width(line.text.strip()) for line in lines]
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


def clean(lines: Sequence[Line]) -> Repaired:
    """Lines without invisible characters, radicals in the place of Han, outer white space and empty lines.

    An empty line has told its reader nothing that its neighbours do not: the sources put one between all
    paragraphs, or between none.
    """
    kept, findings = [], []
    for line in lines:
        texts = (line.text, *(cell for row in line.table for cell in row))
        findings += _unseen(line.number, texts)
        text = _cleaned(line.text)
        table = tuple(tuple(_cleaned(cell) for cell in row) for row in line.table)
        if text or table or line.image:
            kept.append(replace(line, text=text, table=table))
    return Repaired(tuple(kept), tuple(findings))


def _cleaned(text: str) -> str:
    if not text.isprintable():
        text = "".join(char for char in text if not _is_invisible(char))
    return text.translate(_RADICALS).strip()


def _unseen(number: int, texts: Iterable[str]) -> Iterator[Finding]:
    """What ``_cleaned`` changes in the texts of a line."""
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
    kept, findings = [], []
    marks = 0
    for index, line in enumerate(lines):
        if _PAGE_MARK.fullmatch(line.text) or _is_bare_page_number(lines, index):
            marks += 1
            findings.append(Finding("page_mark_removed", line.number, f"删去页码“{line.text}”"))
        elif _RULE.fullmatch(line.text):
            findings.append(Finding("rule_removed", line.number, "删去用字符画的横线"))
        elif index in running:
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


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """Indices of short lines that stand, but for figures, at the edge of two pages or more.

    The first page's masthead is where such a line comes from, so the first page keeps its own.
    """
    edges: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if len(line.text) > 40 or ends_sentence(line.text) or line.table or line.image:
            continue
        if _at_page_edge(lines, index):
            edges.setdefault(re.sub(r"[\d\s]+", "", line.text), []).append(index)
    first_page = {re.sub(r"[\d\s]+", "", line.text) for line in lines[:12]}
    return {
        index
        for key, places in edges.items()
        if key and (len(places) > 1 or key in first_page)
        for index in places
        if index >= 12
    }


def _marked_heads(lines: Sequence[Line]) -> set[int]:
    """Indices of the running heads that the file's layout shows; one may be all that the first page has as masthead."""
    first = [line for line in lines if line.page == lines[0].page]
    has_masthead = any("期" in line.text for line in first if not line.running)
    return {i for i, line in enumerate(lines) if line.running and (has_masthead or line not in first)}


def _at_page_edge(lines: Sequence[Line], index: int) -> bool:
    neighbours = [i for i in (index - 1, index + 1) if 0 <= i < len(lines)]
    return any(lines[i].page != lines[index].page or _PAGE_MARK.fullmatch(lines[i].text) for i in neighbours)


def drop_conversion_marks(lines: Iterable[Line]) -> Repaired:
    """Lines without the marks that a conversion left: ``**bold**`` and `` and `` where 和 was printed."""
    result, findings = [], []
    for line in lines:
        text, bold = _BOLD.subn(r"\1", line.text)
        if bold:
            message = f"删去转换留下的 {bold} 对“**”，其中的文字不变"
            findings.append(Finding("conversion_mark_removed", line.number, message))
        elif "**" in text:
            message = "有“**”，可能是转换留下的，也可能是原文，未改动，请核对"
            findings.append(Finding("conversion_mark_doubtful", line.number, message))
        text, ands = _AND.subn("和", text)
        if ands:
            message = "汉字之间的英文“and”改为“和”，请与原件核对"
            findings.append(Finding("conversion_mark_replaced", line.number, message))
        result.append(replace(line, text=text) if bold or ands else line)
    return Repaired(tuple(result), tuple(findings))


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
        seam = f"{last.text[-6:]}｜{line.text[:6]}"
        findings.append(Finding("page_break_joined", line.number, f"与上一段接为一段（{seam}）"))
        # The page of the joined paragraph is where it ends: that is where the next cut may come.
        result[-1] = replace(last, text=joined(last.text, line.text), page=line.page)
    return Repaired(tuple(result), tuple(findings))


def _goes_on(first: Line, second: Line) -> bool:
    return _is_cut(first, second) if second.goes_on is None else second.goes_on


def _is_cut(first: Line, second: Line) -> bool:
    if any(line.table or line.image for line in (first, second)):
        return False
    if ends_sentence(first.text):
        # A full stop inside 《》 ends no paragraph; inside “” it may, for a quotation has several.
        return open_pair(first.text) in ("《", "（") and first.page != second.page
    is_running_text = len(first.text) > 45 or any(mark in first.text for mark in "，。；")
    return is_running_text or first.page != second.page or open_pair(first.text) == "《"


def tidy_title(text: str, line: int) -> tuple[str, tuple[Finding, ...]]:
    """A title without the spaces between figures and Han characters: ``海门 20 万册`` → ``海门20万册``."""
    tidy = joined_digits(text)
    if tidy == text:
        return text, ()
    message = f"标题中数字与汉字之间的空格删去：“{tidy}”"
    return tidy, (Finding("title_space_removed", line, message),)
