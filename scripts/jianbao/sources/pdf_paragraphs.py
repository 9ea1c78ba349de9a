"""Rows of a PDF page → paragraphs, by indents, full rows and the space between rows."""

from __future__ import annotations

import functools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from jianbao.sources.pdf_rows import Row
from jianbao.sources.source import WIDE_SPACE, joined

# Larger than the running text by so much, a row is a headline.
LARGE = 1.12
# A headline over two rows: the first is at least half as wide as the page's text.
WIDE_HEADLINE = 0.5

_ENDS = re.compile(r"[。！？；：…][”’）》」』]*$")
# What the line breaking of Chinese text never parts: a number or word, a character and the marks after it.
_FIRST_WORD = re.compile(r"[“‘（《「『〈【]*(?:[\x21-\x7e]+|.)[，。、；：？！”’）》」』〉】…]*")
# A row of a contents list ends with its page number, and one of a list begins with its bullet.
_ENTRY = re.compile(r"(?:[…‥·.．]{2,})\s*[（(]?\d{1,3}[)）]?$")
_BULLET = re.compile(r"[★☆●○◆◇■□▲△▶►•※➢✓❖▪✦➤]")
_HANGING = re.compile(r"[，。、；：！？]$")
_HEADING = re.compile(r"【[^【】]{1,12}】")
_SUBTITLE = re.compile(r"\s*[—–―─-]")


class Box(Protocol):
    """What stands among the rows: a table or a picture."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Frame:
    """The left and right edge of running text, and the space from row to row in it.

    ``indents`` counts the first lines with an indent; ``has_indents`` says that the file sets them so.
    """

    left: float
    right: float
    pitch: float
    indents: int = 0
    has_indents: bool = False

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class Paragraph:
    """Rows that are one paragraph; ``frame`` is that of the text in which it stands."""

    rows: tuple[Row, ...]
    frame: Frame

    @property
    def text(self) -> str:
        return functools.reduce(joined, (row.text for row in self.rows))

    @property
    def is_centred(self) -> bool:
        """Whether each row is as far from the left edge as from the right one, and no mere first-line indent."""
        return all(_is_centred(row, self.frame) for row in self.rows)


def frame_of(rows: Sequence[Row], body: float) -> Frame | None:
    """The frame of the rows of running text among ``rows``; None where there are too few to tell."""
    running = [row for row in rows if abs(row.size - body) < 0.1 * body]
    if len(running) < 4:
        return None
    # Marks that end a row may hang over the edge.
    unhung = [row for row in running if not _HANGING.search(row.text)] or running
    left, right = _edge([row.left for row in running], min), _edge([row.right for row in unhung], max)
    gaps = [b.y - a.y for a, b in pairwise(running) if 0.9 * body < b.y - a.y < 3 * body]
    counted = Counter(round(gap) for gap in gaps)
    usual = [gap for gap, count in counted.items() if count * 5 >= len(gaps)]
    pitch = float(min(usual, default=0)) or (statistics.median(gaps) if gaps else 2 * body)
    frame = Frame(left, right, pitch)
    first_rows = sum(is_indented(a, frame) and abs(b.left - left) < 2 for a, b in pairwise(running))
    return replace(frame, indents=first_rows)


def _edge(places: Sequence[float], outermost) -> float:
    """The outermost place at which two rows or more begin or end, within two points."""
    shared = [a for a in places if sum(abs(a - b) < 2 for b in places) > 1]
    return outermost(shared or places)


def widened(rows: Sequence[Row], pictures: Iterable[Box]) -> list[Row]:
    """Rows with those beside a picture as wide as if they ran over it: they fill the room that is theirs."""
    result = list(rows)
    for picture in pictures:
        beside = [i for i, row in enumerate(result) if row.bottom > picture.top and row.top < picture.bottom]
        before = [i for i in beside if result[i].right <= picture.left]
        after = [i for i in beside if result[i].left >= picture.right]
        if before:
            extra = picture.right - max(result[i].right for i in before)
            for i in before:
                result[i] = replace(result[i], right=result[i].right + extra)
        if after:
            extra = min(result[i].left for i in after) - picture.left
            for i in after:
                result[i] = replace(result[i], left=result[i].left - extra)
    return result


def paragraphs(
    rows: Sequence[Row],
    frame: Frame,
    body: float,
    alone: Iterable[Row] = (),
    tables: Sequence[Box] = (),
    pictures: Sequence[Box] = (),
) -> list[Paragraph]:
    """Rows put together; those in ``alone`` (running heads) are joined with nothing.

    A table ends a paragraph; a picture may stand inside one.
    """
    apart = set(alone)
    result: list[list[Row]] = []
    for row in rows:
        before = result[-1][-1] if result else None
        if before is None or {before, row} & apart or any(_is_between(before, t, row) for t in tables):
            result.append([row])
            continue
        heights = (p.bottom - p.top for p in pictures if _is_between(before, p, row))
        if _goes_on(result[-1], replace(row, y=row.y - sum(heights)), frame, body, is_cut=len(result) == 1):
            result[-1].append(row)
        else:
            result.append([row])
    return [Paragraph(tuple(each), frame) for each in result]


def _is_between(before: Row, box: Box, row: Row) -> bool:
    return box.top > before.y - 0.5 * before.size and box.bottom < row.y


def _goes_on(paragraph: Sequence[Row], row: Row, frame: Frame, body: float, is_cut: bool) -> bool:
    """Whether ``row`` belongs to the paragraph above it, which may be the end of one that the page before began."""
    before = paragraph[-1]
    if abs(before.size - row.size) > 0.12 * body:
        return False
    if row.size > LARGE * body and _is_centred(row, frame) and _is_centred(before, frame):
        return _is_same_headline(before, row, frame)
    if row.y - before.y > 1.35 * frame.pitch * max(1.0, row.size / body) or not is_full(before, row, frame):
        return False
    if (
        _ENTRY.search(before.text)
        or _stands_by_itself(before)
        or _stands_by_itself(row)
        or _BULLET.match(row.text)
    ):
        return False
    if _is_centred(row, frame) and not _is_centred(before, frame):
        return False
    if row.font != before.font and ends_sentence(before):
        return False
    indent = row.left - frame.left
    if len(paragraph) > 1:
        return abs(row.left - before.left) < 0.6 * row.size
    if indent < 0.6 * row.size:
        # Where first lines are indented, one that is not is no such text: 报：… above 送：….
        is_listed = frame.has_indents and not is_cut and not is_indented(before, frame)
        return not (is_listed and ends_sentence(before))
    # A hanging indent: 报：… goes on under its first recipient.
    return row.left > before.left + 0.6 * row.size and not ends_sentence(before)


def _stands_by_itself(row: Row) -> bool:
    """Whether a row is no running text: a heading in brackets, or parts that stand far from each other."""
    return bool(_HEADING.fullmatch(row.text)) or WIDE_SPACE in row.text


def _is_same_headline(before: Row, row: Row, frame: Frame) -> bool:
    is_wide = before.right - before.left > WIDE_HEADLINE * frame.width
    is_near = row.y - before.y < 2.2 * row.size
    return is_wide and is_near and before.font == row.font and not _SUBTITLE.match(row.text)


def is_full(row: Row, following: Row, frame: Frame) -> bool:
    """Whether ``row`` ends only because the first word of the row after it had no room in it."""
    word = _FIRST_WORD.match(following.text)
    width = sum(0.5 if char.isascii() else 1.0 for char in word[0]) if word else 1.0
    return frame.right - row.right < (width + 0.4) * row.size


def ends_sentence(row: Row) -> bool:
    """Whether a paragraph may end with ``row``: it closes a sentence."""
    return bool(_ENDS.search(row.text))


def is_indented(row: Row, frame: Frame) -> bool:
    """Whether ``row`` begins with the indent of a first line: two characters, or nearly."""
    return 1.3 * row.size < row.left - frame.left < 2.8 * row.size


def _is_centred(row: Row, frame: Frame) -> bool:
    left, right = row.left - frame.left, frame.right - row.right
    is_even = abs(left - right) < 0.7 * row.size
    return left > row.size and is_even and (not is_indented(row, frame) or abs(left - right) < 2)
