"""Tables, as Word files and web pages have them: some hold data, others only set the page.

A table that only sets the page (the masthead's two columns, a frame around the text, pictures in a row with
their captions below) is read through, row by row, as the lines that it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jianbao.sources.source import WIDE_SPACE, Line

# A cell with this many paragraphs, or one this long, holds running text and not a datum.
RUNNING_PARAGRAPHS = 4
RUNNING_TEXT = 200
# A caption is a short line.
LONGEST_CAPTION = 60

_VERB = re.compile(r"(?:本\s*期\s*)?(?:[主抄呈]\s*)?[报送发](?:\s*送)?|(?:抄|主|分)\s*送|(?:印|增)\s*发")
# What frames a bulletin: a table with such a cell holds the masthead, the contents or the distribution list.
_FRAME = re.compile(
    r"(?:\d{4}\s*年?\s*)?[(（]?\s*(?:总|增刊)?\s*第\s*[\d０-９〇○零一二三四五六七八九十百]+\s*(?:[、,，\-—至]\s*[\d第]+\s*)*期"
    r".{0,30}"
    r"|[【\[]?\s*(?:本\s*期\s*)?(?:要\s*目|目\s*录|导\s*读|提\s*要)\s*[】\]]?"
    rf"|(?:{_VERB.pattern})\s*[:：].*"
)


@dataclass(frozen=True)
class Cell:
    """A cell: its lines, how many columns it covers, whether it only goes on from the cell above."""

    lines: tuple[Line, ...]
    columns: int = 1
    goes_on: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Its lines as text, a table within it row by row."""
        rows = (("　".join(filter(None, row)) for row in line.table) for line in self.lines)
        nested = zip(self.lines, rows, strict=True)
        pieces = (text for line, table in nested for text in ((line.text,) if not line.image else (), table))
        return tuple(text for group in pieces for text in group if text)

    @property
    def images(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.image)


def lines(rows: Sequence[Sequence[Cell]], number: int, page: int = 1) -> Iterator[Line]:
    """The lines that a table makes: one with its rows where it holds data, else those of its cells.

    ``number`` and ``page`` are those of the line with the data.
    """
    rows = [row for row in rows if any(cell.lines for cell in row)]
    if not rows:
        return
    if _holds_pictures(rows):
        yield from _pictures(rows)
    elif _only_sets_the_page(rows):
        for row in rows:
            yield from _row(row)
    else:
        yield Line(number, "", page=page, table=_data(rows))
        yield from (image for row in rows for cell in row for image in cell.images)


def _only_sets_the_page(rows: Sequence[Sequence[Cell]]) -> bool:
    cells = [cell for row in rows for cell in row]
    return (
        len(rows) == 1
        or max(len(row) for row in rows) == 1
        or any(len(cell.lines) >= RUNNING_PARAGRAPHS and _size(cell) > RUNNING_TEXT for cell in cells)
        or any(_FRAME.fullmatch(text.strip()) for cell in cells for text in cell.texts)
        or any(_names_recipients(row) for row in rows)
    )


def _names_recipients(row: Sequence[Cell]) -> bool:
    """报 in a cell of its own, and words beside it."""
    first, *others = ("".join(cell.texts) for cell in row)
    return bool(_VERB.fullmatch(first)) and any(re.search(r"[^\W\d_]{3}", text) for text in others)


def _size(cell: Cell) -> int:
    return sum(map(len, cell.texts))


def _row(row: Sequence[Cell]) -> Iterator[Line]:
    """Cells of one line each stand side by side on one line; any others one below the other."""
    filled = [cell for cell in row if cell.lines]
    texts = [cell.texts for cell in filled]
    first = filled[0].lines[0] if filled else None
    if len(filled) > 1 and _VERB.fullmatch("".join(texts[0])):
        # 报 in a cell of its own, and who gets the issue in the next one.
        names = "，".join(name.rstrip("，,、；;") for cell in texts[1:] for name in cell)
        yield replace(first, text=f"{''.join(texts[0])}：{names}")
    elif len(filled) > 1 and all(len(cell.lines) == 1 and cell.lines[0].text for cell in filled):
        yield replace(first, text=WIDE_SPACE.join(cell.lines[0].text for cell in filled))
    else:
        yield from (line for cell in filled for line in cell.lines)


def _data(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[str, ...], ...]:
    """Rows of equal length: what a merged cell covers is empty."""
    shown = []
    for row in rows:
        texts: list[str] = []
        for cell in row:
            texts += ["" if cell.goes_on else " ".join(cell.texts)] + [""] * (cell.columns - 1)
        shown.append(texts)
    width = max(map(len, shown))
    return tuple(tuple(row + [""] * (width - len(row))) for row in shown)


def _holds_pictures(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the table only sets pictures, with their captions, side by side."""
    cells = [cell for row in rows for cell in row]
    has_picture = any(cell.images for cell in cells)
    return (
        has_picture
        and all(len(text) <= LONGEST_CAPTION for cell in cells for text in cell.texts)
        and (
            sum(bool(cell.images) for cell in cells)
            >= sum(bool(cell.texts and not cell.images) for cell in cells)
        )
    )


def _pictures(rows: Sequence[Sequence[Cell]]) -> Iterator[Line]:
    """Each picture with its caption, which may stand in the cell below it."""
    used: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else ()
        for place, cell in enumerate(row):
            if (at, place) in used:
                continue
            yield from cell.lines
            has_caption = bool(cell.texts)
            if cell.images and not has_caption and len(below) == len(row) and not below[place].images:
                used.add((at + 1, place))
                yield from below[place].lines
