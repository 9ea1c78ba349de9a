"""PDF files with a text layer: visual lines → paragraphs, by their place on the page.

pdfminer.six tells where each character stands. Paragraphs are joined within a page only; a cut by the page
break, page numbers and running heads are for ``recognise.repairs``, which reports them.
"""

from __future__ import annotations

import functools
import io
import logging
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFPasswordIncorrect

from jianbao.errors import SourceError
from jianbao.sources.source import WIDE_SPACE, Line, joined

# A bulletin has ten to thirty pages; a page takes about a tenth of a second.
MOST_PAGES = 80
# A scan has no characters; a few stray ones (a stamp, a page number) do not make a text layer.
FEWEST_CHARACTERS = 20

# pdfminer warns of every oddity of a font; none of it concerns an editor.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

_BOLD_FONTS = ("bold", "black", "heavy", "simhei", "heiti", "xiaobiaosong", "黑体", "小标宋")


@dataclass(frozen=True)
class _Visual:
    """One line as it stands on the page; lengths in points."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool


def lines(data: bytes) -> tuple[Line, ...]:
    """The paragraphs of a PDF file's bytes, numbered by their first visual line over all pages.

    Raises SourceError where the file is damaged, encrypted or a scan without text.
    """
    result: list[Line] = []
    number = 0
    for page, visuals in enumerate(_pages(data), start=1):
        if page > MOST_PAGES:
            raise SourceError(f"PDF 超过 {MOST_PAGES} 页，不像一期简报；请拆成单期再导入")
        result += _paragraphs(visuals, number, page)
        number += len(visuals)
    if sum(len(line.text) for line in result) < FEWEST_CHARACTERS:
        raise SourceError("PDF 里没有文字（是扫描件）；请先做文字识别（OCR），或找到 Word 原文再导入")
    return tuple(result)


def _pages(data: bytes) -> Iterator[list[_Visual]]:
    # Lines are put together here, by height: pdfminer's boxes would part 编发单位 from 日期 on one line.
    parameters = LAParams(line_margin=0.01, char_margin=3.0, boxes_flow=None)
    try:
        for layout in extract_pages(io.BytesIO(data), maxpages=MOST_PAGES + 1, laparams=parameters):
            found = [
                visual
                for box in layout
                if isinstance(box, LTTextContainer)
                for line in box
                if isinstance(line, LTTextLine) and (visual := _visual(line))
            ]
            yield _side_by_side(found)
    except PDFPasswordIncorrect:
        raise SourceError("PDF 加了密码；请去掉密码，另存一份再导入") from None
    except Exception:
        # pdfminer fails on damaged files in more ways than can be listed.
        raise SourceError("PDF 已损坏或不完整，读不出来；请重新导出一份") from None


def _visual(line: LTTextLine) -> _Visual | None:
    characters = [each for each in line if isinstance(each, LTChar) and each.get_text().strip()]
    if not characters:
        return None
    size = statistics.median(character.size for character in characters)
    names = [character.fontname.lower() for character in characters]
    bold = all(any(font in name for font in _BOLD_FONTS) for name in names)
    return _Visual(line.get_text().strip(), line.x0, line.x1, line.y0, size, bold)


def _side_by_side(found: list[_Visual]) -> list[_Visual]:
    """Lines from top to bottom; what stands at one height is one line, its parts from left to right."""
    rows: list[list[_Visual]] = []
    for visual in sorted(found, key=lambda each: -each.bottom):
        if rows and abs(rows[-1][0].bottom - visual.bottom) < 0.4 * visual.size:
            rows[-1].append(visual)
        else:
            rows.append([visual])
    result = []
    for row in rows:
        row.sort(key=lambda each: each.left)
        text = row[0].text
        for before, after in pairwise(row):
            text += (WIDE_SPACE if after.left - before.right > 1.5 * after.size else "") + after.text
        first = row[0]
        right = max(each.right for each in row)
        result.append(
            _Visual(text, first.left, right, first.bottom, first.size, all(each.bold for each in row))
        )
    return result


def _paragraphs(visuals: list[_Visual], number: int, page: int) -> Iterator[Line]:
    if not visuals:
        return
    body = [visual for visual in visuals if len(visual.text) > 12] or visuals
    left, right = min(visual.left for visual in body), max(visual.right for visual in body)
    gaps = [a.bottom - b.bottom for a, b in pairwise(visuals)]
    pitch = statistics.median(gaps) if gaps else 0.0
    texts: list[str] = []
    start = 0
    for index, visual in enumerate(visuals):
        if texts and _begins(visuals[index - 1], visual, left, right, pitch):
            yield _line(texts, visuals[start], number + start + 1, page, left, right)
            texts, start = [], index
        texts.append(visual.text)
    yield _line(texts, visuals[start], number + start + 1, page, left, right)


def _begins(before: _Visual, visual: _Visual, left: float, right: float, pitch: float) -> bool:
    """Whether a paragraph begins at ``visual``: indented, after a short line, in another size, or set off."""
    return (
        visual.left > left + 1.2 * visual.size
        or before.right < right - 1.6 * before.size
        or abs(before.size - visual.size) > 0.8
        or (pitch > 0 and before.bottom - visual.bottom > 1.6 * pitch)
    )


def _line(texts: list[str], first: _Visual, number: int, page: int, left: float, right: float) -> Line:
    margins = first.left - left, right - first.right
    centred = len(texts) == 1 and margins[0] > first.size and abs(margins[0] - margins[1]) < 1.5 * first.size
    return Line(number, functools.reduce(joined, texts), page=page, bold=first.bold, centred=centred)
