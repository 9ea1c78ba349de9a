"""The matrix of work groups and themes: how many articles each pair has, each number a link to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jianbao.site import crossings, lists
from jianbao.site.crossings import Crossing
from jianbao.site.lists import TagList
from jianbao.site.site import MadePage, Site

PATH = "matrix"
# Shades from the lightest to the darkest; the number stands in each cell, so that none has to be told apart.
SHADES = 4


@dataclass(frozen=True)
class Matrix:
    """Rows of crossings, a row a group and a column a theme; None where they share no article."""

    themes: tuple[TagList, ...]
    rows: tuple[tuple[TagList, tuple[Crossing | None, ...]], ...]

    @property
    def largest(self) -> int:
        return max((len(cell.articles) for _, cells in self.rows for cell in cells if cell), default=1)

    def shade(self, cell: Crossing) -> int:
        """1 to ``SHADES``, by the share of the largest cell."""
        return -(-SHADES * len(cell.articles) // self.largest)


def of(site: Site) -> Matrix:
    """The matrix of an archive; groups and themes with most articles first."""
    found = lists.of(site.shelf)
    cells = {(each.group.name, each.theme.name): each for each in crossings.of(site.shelf)}
    themes = tuple(each for each in found if each.kind == "themes")
    groups = (each for each in found if each.kind == "groups")
    return Matrix(
        themes,
        tuple((group, tuple(cells.get((group.name, theme.name)) for theme in themes)) for group in groups),
    )


def pages(site: Site) -> Iterator[MadePage]:
    """The matrix; without a group and a theme it says so, since the guide leads there from the first day."""
    matrix = of(site)
    yield MadePage(PATH, "工作组与主题", "matrix.html", {"matrix": matrix})
