"""Pages of a PDF file, each taken apart → the lines of all of them, in reading order.

Here it is told what recurs on several pages (running heads), how wide their text is, where tables and pictures
stand among the paragraphs, and what goes on over the end of a column or a page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile

from pdfplumber.page import Page

from jianbao.issue import Finding
from jianbao.sources import pdf_pictures, pdf_tables
from jianbao.sources.pdf_paragraphs import (
    LARGE,
    Frame,
    Paragraph,
    ends_sentence,
    frame_of,
    is_full,
    is_indented,
    paragraphs,
    widened,
)
from jianbao.sources.pdf_pictures import Picture
from jianbao.sources.pdf_rows import UNKNOWN, Column, Row, is_letterspaced, without_letterspaces
from jianbao.sources.pdf_tables import PageTable
from jianbao.sources.source import Line, Read

# Rows at a page's edge among which running heads and page numbers are.
EDGE_ROWS = 3
# Type smaller than this part of the running text's is that of notes and captions.
SMALL = 0.92
# So many first lines with an indent show that the file has them.
FEWEST_INDENTS = 3
# What stands for a character that the file does not name: a mark that an editor sees.
MISSING = "□"

_PAGE_NUMBER = re.compile(r"\W*(?:第\s*)?\d{1,4}\s*页?(?:\W*共?\s*\d{1,4}\s*页?)?\W*")


@dataclass(frozen=True)
class Sheet:
    """A page taken apart: its columns of rows, its tables and pictures, and the text of stamps and watermarks left out."""

    number: int
    page: Page
    columns: tuple[Column, ...]
    tables: tuple[PageTable, ...]
    pictures: tuple[Picture, ...]
    left_out: tuple[str, ...] = ()
    is_scan: bool = False

    @property
    def rows(self) -> list[Row]:
        return sorted((row for column in self.columns for row in column.rows), key=lambda row: row.y)


@dataclass(frozen=True)
class _Block:
    """A paragraph, table or picture with the page and column in which it stands.

    ``is_running`` marks running heads, ``goes_on`` is as in ``Line``.
    """

    what: Paragraph | PageTable | Picture
    sheet: Sheet
    column: int
    is_running: bool = False
    goes_on: bool | None = None

    @property
    def place(self) -> tuple[int, int]:
        return self.sheet.number, self.column


def put_together(sheets: Sequence[Sheet], body: float) -> Read:
    """The lines of all pages, whose running text is of size ``body``, and what is to be said of them."""
    running = _running(sheets)
    blocks: list[_Block] = []
    frames = _frames(sheets, running, body)
    for sheet, frame in zip(sheets, frames, strict=True):
        blocks += _blocks(sheet, frame, running[sheet.number], body)
    blocks = _joined_tables(_joined_over_breaks(blocks, body))
    lines, findings = _lines(blocks, body)
    return Read(tuple(lines), (*_left_out(sheets), *findings))


def _left_out(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for sheet in sheets:
        for text in sheet.left_out:
            texts[text].append(str(sheet.number))
    for text, numbers in texts.items():
        message = f"第{'、'.join(numbers)}页的水印或印章文字“{text[:30]}”没有收入"
        yield Finding("watermark_removed", None, message)
    scans = "、".join(str(sheet.number) for sheet in sheets if sheet.is_scan)
    if scans:
        message = f"第{scans}页是扫描的图片，没有文字，收作图片；请做文字识别（OCR）或补录"
        yield Finding("page_without_text", None, message)


def _running(sheets: Sequence[Sheet]) -> dict[int, set[Row]]:
    """By page, the rows at its edges that stand at the same height on another page and differ in figures only.

    They are outermost: a row of running text is none, for nothing but such rows stands outside of them.
    """
    rows = {sheet.number: _outer(sheet) for sheet in sheets}
    edges: defaultdict[tuple[str, int], list[tuple[int, Row]]] = defaultdict(list)
    for number, (top, bottom) in rows.items():
        for row in dict.fromkeys([*top, *bottom]):
            edges[_alike(row)].append((number, row))

    def recurs(number: int, row: Row) -> bool:
        return not ends_sentence(row) and any(
            other != number and abs(twin.y - row.y) < 3 for other, twin in edges[_alike(row)]
        )

    running: dict[int, set[Row]] = {}
    for number, edge_rows in rows.items():
        running[number] = {row for edge in edge_rows for row in takewhile(partial(recurs, number), edge)}
    return running


def _outer(sheet: Sheet) -> tuple[list[Row], list[Row]]:
    """The page's first and last rows, from its edges inwards, as far as no picture or table stands outside of them."""
    loose = [*sheet.tables, *sheet.pictures]
    top = [row for row in sheet.rows[:EDGE_ROWS] if all(block.top > row.y for block in loose)]
    bottom = [row for row in sheet.rows[-EDGE_ROWS:] if all(block.bottom < row.y for block in loose)]
    return top, bottom[::-1]


def _alike(row: Row) -> tuple[str, int]:
    return re.sub(r"[\d\s]+", "", row.text), round(row.size)


def _frames(sheets: Sequence[Sheet], running: dict[int, set[Row]], body: float) -> list[Frame]:
    """Each page's frame of text; that of another page where there is too little text to tell."""
    texts = [[row for row in _beside(sheet) if row not in running[sheet.number]] for sheet in sheets]
    frames = [frame_of(rows, body) for rows in texts]
    usual = next((frame for frame in [*frames[1:], *frames[:1]] if frame), None)
    columns = (frame_of(column.rows, body) for sheet in sheets for column in sheet.columns)
    has_indents = sum(frame.indents for frame in columns if frame) >= FEWEST_INDENTS
    return [
        replace(frame or usual or _around(rows, sheet, body), has_indents=has_indents)
        for frame, rows, sheet in zip(frames, texts, sheets, strict=True)
    ]


def _beside(sheet: Sheet) -> list[Row]:
    return sorted(
        (row for column in sheet.columns for row in widened(column.rows, sheet.pictures)), key=lambda r: r.y
    )


def _around(rows: Sequence[Row], sheet: Sheet, body: float) -> Frame:
    if not rows:
        return Frame(0.0, float(sheet.page.width), 2 * body)
    return Frame(min(row.left for row in rows), max(row.right for row in rows), 2 * body)


# A page → blocks


def _blocks(sheet: Sheet, frame: Frame, running: set[Row], body: float) -> Iterator[_Block]:
    """A page's paragraphs with its tables and pictures among them, column by column."""
    loose: list[PageTable | Picture] = sorted([*sheet.tables, *sheet.pictures], key=lambda b: (b.top, b.left))
    by_column: defaultdict[int, list[PageTable | Picture]] = defaultdict(list)
    for block in loose:
        by_column[_column_of(block, sheet)].append(block)
    heads = [Paragraph((row,), frame) for row in sheet.rows if row in running]
    middle = float(sheet.page.height) / 2
    yield from (_Block(head, sheet, -1, True) for head in heads if head.rows[0].y < middle)
    for index, column in enumerate(sheet.columns or (Column(()),)):
        rows = [row for row in column.rows if row not in running]
        own = frame
        if column.is_side and rows:
            own = replace(frame_of(rows, body) or _around(rows, sheet, body), has_indents=frame.has_indents)
        alone = {row for row in (*rows[:1], *rows[-1:]) if _PAGE_NUMBER.fullmatch(row.text)}
        text = paragraphs(widened(rows, sheet.pictures), own, body, alone, sheet.tables, sheet.pictures)
        yield from (_Block(what, sheet, index) for what in _merged(text, by_column[index]))
    yield from (_Block(head, sheet, len(sheet.columns), True) for head in heads if head.rows[0].y >= middle)


def _column_of(block: PageTable | Picture, sheet: Sheet) -> int:
    """The column in whose width the block's middle is, the nearest where several are."""
    middle = (block.left + block.right) / 2

    def distance(index: int) -> tuple[bool, float]:
        rows = sheet.columns[index].rows
        is_aside = not min(r.left for r in rows) <= middle <= max(r.right for r in rows)
        return is_aside, max(0.0, rows[0].top - block.bottom, block.top - rows[-1].bottom)

    return min(range(len(sheet.columns)), key=distance, default=0)


def _merged(
    text: Sequence[Paragraph], loose: Sequence[PageTable | Picture]
) -> Iterator[Paragraph | PageTable | Picture]:
    """Paragraphs and loose blocks from the top down; one that stands beside or in a paragraph comes after it."""
    waiting = list(loose)
    for paragraph in text:
        while waiting and waiting[0].top < paragraph.rows[0].top - 1:
            yield waiting.pop(0)
        yield paragraph
    yield from waiting


# Over the end of a column or a page


def _joined_over_breaks(blocks: Sequence[_Block], body: float) -> list[_Block]:
    """Blocks in which a paragraph cut by a column's end is whole, and one cut by a page's end is known.

    What stands between the halves of a paragraph (a picture with its caption, notes) comes after it.
    """
    result: list[_Block] = []
    last: int | None = None
    for block in blocks:
        if not _is_text(block, body):
            if not _is_aside(block, body):
                last = None
            result.append(block)
            continue
        before = result[last] if last is not None else None
        if before is None or before.place == block.place:
            last = len(result)
            result.append(block)
            continue
        goes_on = _goes_on(before, block)
        aside = [each for each in result[last + 1 :] if not each.is_running] if goes_on else []
        result[last + 1 :] = [each for each in result[last + 1 :] if each not in aside]
        if goes_on and before.sheet is block.sheet:
            rows = before.what.rows + block.what.rows
            result[last] = replace(block, what=Paragraph(rows, block.what.frame))
        else:
            last = len(result)
            result.append(replace(block, goes_on=goes_on))
        result += [replace(each, sheet=block.sheet) for each in aside]
    return result


def _is_text(block: _Block, body: float) -> bool:
    """Whether a block is a paragraph of running text."""
    if block.is_running or not isinstance(block.what, Paragraph):
        return False
    return abs(block.what.rows[0].size - body) < 0.12 * body and not _is_page_number(block)


def _is_aside(block: _Block, body: float) -> bool:
    """Whether a block may stand between the halves of a paragraph: a picture, its caption, a note, a page number."""
    if block.is_running or isinstance(block.what, Picture):
        return True
    if not isinstance(block.what, Paragraph):
        return False
    is_note = block.what.rows[0].size < SMALL * body
    return is_note or _is_page_number(block)


def _goes_on(before: _Block, block: _Block) -> bool | None:
    """As ``Line.goes_on``, for the first paragraph of a page or column after the last one of another."""
    first, second = before.what, block.what
    last, row = first.rows[-1], second.rows[0]
    has_indents = second.frame.has_indents
    is_same_page = before.sheet is block.sheet
    if is_same_page and abs(first.frame.width - second.frame.width) > 2 * row.size:
        return False
    if first.is_centred or second.is_centred or last.font != row.font:
        return None
    if not is_full(last, row, first.frame):
        return False if ends_sentence(last) else None
    if is_indented(row, second.frame):
        return False if has_indents and not last.text.endswith(("，", "、")) else None
    return True if has_indents or (is_same_page and not ends_sentence(last)) else None


def _joined_tables(blocks: Sequence[_Block]) -> list[_Block]:
    """Blocks in which a table that goes on over pages is one."""
    result: list[_Block] = []
    last: int | None = None
    for block in blocks:
        before = result[last].what if last is not None else None
        if isinstance(block.what, PageTable):
            is_rest = last is not None and result[last].sheet is not block.sheet
            if is_rest and pdf_tables.goes_on(before, block.what):
                result[last] = replace(block, what=pdf_tables.joined(before, block.what))
                continue
            last = len(result)
        elif not (block.is_running or _is_page_number(block)):
            last = None
        result.append(block)
    return result


def _is_page_number(block: _Block) -> bool:
    return isinstance(block.what, Paragraph) and bool(_PAGE_NUMBER.fullmatch(block.what.text))


# Blocks → lines


def _lines(blocks: Sequence[_Block], body: float) -> tuple[list[Line], list[Finding]]:
    spaced = is_letterspaced(
        "\n".join(block.what.text for block in blocks if isinstance(block.what, Paragraph))
    )
    lines: list[Line] = []
    findings: list[Finding] = []
    number = 0
    for block in blocks:
        page, what = block.sheet.number, block.what
        if isinstance(what, Picture):
            image = pdf_pictures.extract(what, block.sheet.page)
            if image:
                lines.append(Line(max(number, 1), "", page=page, image=image))
            else:
                message = f"第{page}页的一张图片取不出来，请从原件补上"
                findings.append(Finding("picture_not_extracted", max(number, 1), message))
            continue
        if isinstance(what, PageTable):
            lines.append(Line(number + 1, "", page=page, table=what.cells))
            number += len(what.cells)
            continue
        text = without_letterspaces(what.text) if spaced else what.text
        if UNKNOWN in text:
            message = f"有 {text.count(UNKNOWN)} 个字没有文字编码，以“{MISSING}”代替，请对照原件补上"
            findings.append(Finding("character_unknown", number + 1, message))
        lines.append(
            Line(
                number + 1,
                text.replace(UNKNOWN, MISSING),
                page=page,
                bold=all(row.bold for row in what.rows),
                centred=what.is_centred,
                large=what.rows[0].size > LARGE * body,
                running=block.is_running,
                goes_on=block.goes_on,
            )
        )
        number += len(what.rows)
    return lines, findings
