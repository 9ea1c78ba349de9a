"""The body's columns (栏目): 动态, 经验交流, or a bulletin's own (领导活动), and the kind of what stands in each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jianbao.issue import Kind
from jianbao.recognise import han, marks, notes
from jianbao.recognise.layout import Layout
from jianbao.sources import Line

LONGEST_OWN_NAME = 10

_BRACKETED = re.compile(r"^[【\[［〖]\s*(?P<name>[^】\]］〗]+?)\s*[】\]］〗]$")


@dataclass(frozen=True)
class Column:
    """A part of the body, from the line after its heading to ``end``; ``heading`` is that line's index.

    The first part of most bulletins has no heading (None). ``kind`` is None where the heading does not say it.
    """

    start: int
    end: int
    kind: Kind | None
    heading: int | None = None


def find(lines: Sequence[Line], listed: Mapping[str, Kind], layout: Layout) -> list[Column]:
    """The body's columns in order; ``listed`` are those that the contents name, as ``Contents.columns``."""
    headings = {
        index: kind
        for index, line in enumerate(lines)
        if (kind := _kind(lines, index, listed, layout)) or _is_listed(line.text, listed)
    }
    headings |= {index: None for index in _own(lines, headings)}
    starts = sorted(headings)
    edges = [*starts, len(lines)]
    columns = [Column(i + 1, end, headings[i], i) for i, end in pairwise(edges)]
    first_end = edges[0]
    return [Column(0, first_end, None), *columns] if first_end else columns


def _kind(lines: Sequence[Line], index: int, listed: Mapping[str, Kind], layout: Layout) -> Kind | None:
    text = lines[index].text
    kind = layout.column_kind(marks.headline(text)) if len(text) <= 40 else None
    if kind is None and _is_listed(text, listed):
        return listed[han.comparable(marks.headline(text))]
    return kind


def _is_listed(text: str, listed: Mapping[str, Kind]) -> bool:
    return len(text) <= 40 and han.comparable(marks.headline(text)) in listed


def _own(lines: Sequence[Line], known: Mapping[int, Kind | None]) -> list[int]:
    """Bracketed headings of a bulletin that sets a known one in brackets, too: ``【一周动态】``, ``【项目进展】``.

    In any other bulletin, such a line is a heading within an article (【主要做法】).
    """
    if not any(_BRACKETED.match(lines[index].text) for index in known):
        return []
    return [
        index
        for index, line in enumerate(lines)
        if index not in known
        and not notes.is_note(line.text)
        and (match := _BRACKETED.match(line.text))
        and len(match["name"]) <= LONGEST_OWN_NAME
    ]
