"""Where in the source each part of the issue stands: so that a person can look at both side by side."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from jianbao.sources import Line


class Part(StrEnum):
    """What a line of the source belongs to; COLUMN is the heading of one (【本期动态】), within the body."""

    MASTHEAD = "masthead"
    CONTENTS = "contents"
    BODY = "body"
    COLUMN = "column"
    COLOPHON = "colophon"
    DISTRIBUTION = "distribution"


@dataclass(frozen=True)
class Regions:
    """The first line number of each part, in order, and the numbers of the columns' headings.

    A line that a repair took away, or joined to the one before it, belongs where it stood.
    """

    starts: tuple[tuple[int, Part], ...] = ((0, Part.MASTHEAD),)
    headings: frozenset[int] = frozenset()

    def at(self, number: int) -> Part:
        """The part that the line with this number belongs to."""
        if number in self.headings:
            return Part.COLUMN
        position = bisect_right([first for first, _ in self.starts], number)
        return self.starts[max(position - 1, 0)][1]


def of(parts: Iterable[tuple[Part, Sequence[Line]]], headings: frozenset[int]) -> Regions:
    """The regions of an issue from its lines, part by part in the order of the print."""
    starts = tuple((lines[0].number, part) for part, lines in parts if lines)
    return Regions(((0, Part.MASTHEAD), *starts), headings)
