"""Ruled tables on a PDF page, told by the lines that cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pdfplumber.page import Page

from jianbao.sources.pdf_rows import Glyph, text_of

# A drawing or a map has thousands of lines; comparing each with each would take minutes.
MOST_EDGES = 3000


@dataclass(frozen=True)
class PageTable:
    """A table where it stands: its rows of cells, and the left edges of its columns."""

    cells: tuple[tuple[str, ...], ...]
    left: float
    right: float
    top: float
    bottom: float
    columns: tuple[float, ...]


def tables(page: Page, glyphs: Sequence[Glyph]) -> tuple[list[PageTable], list[Glyph]]:
    """The page's tables, and the glyphs that stand in none.

    A table has text in two rows and two columns at least: a frame around text, or a masthead between two
    lines, is none.
    """
    if not 4 <= len(page.edges) <= MOST_EDGES:
        return [], list(glyphs)
    found: list[PageTable] = []
    rest = list(glyphs)
    for table in page.find_tables():
        left, top, right, bottom = table.bbox
        inside = [g for g in rest if _is_in(g, table.bbox)]
        rows = [[_cell(inside, box) for box in row.cells] for row in table.rows]
        rows = [row for row in rows if any(row)]
        used = [index for index in range(max(map(len, rows), default=0)) if any(row[index] for row in rows)]
        if len(rows) < 2 or len(used) < 2:
            continue
        cells = tuple(tuple(row[index] for index in used) for row in rows)
        lefts = tuple(table.columns[index].bbox[0] for index in used)
        found.append(PageTable(cells, left, right, top, bottom, lefts))
        rest = [g for g in rest if not _is_in(g, table.bbox)]
    return found, rest


def _is_in(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    x, y = (glyph.left + glyph.right) / 2, glyph.y - 0.35 * glyph.size
    return left <= x < right and top <= y < bottom


def _cell(inside: Sequence[Glyph], box: tuple[float, float, float, float] | None) -> str:
    """A cell's text; empty for one that is merged into its neighbour."""
    return text_of([glyph for glyph in inside if _is_in(glyph, box)]) if box else ""


def goes_on(first: PageTable, second: PageTable) -> bool:
    """Whether ``second`` is the rest of ``first``, on the next page: it has the same columns."""
    same = len(first.columns) == len(second.columns)
    return same and all(abs(a - b) < 3 for a, b in zip(first.columns, second.columns, strict=True))


def joined(first: PageTable, second: PageTable) -> PageTable:
    """Both as one, without the head that the second page prints again; placed where the second is."""
    rows = second.cells[1:] if second.cells[0] == first.cells[0] else second.cells
    return replace(second, cells=first.cells + rows)
