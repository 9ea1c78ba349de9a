"""Two versions of a text → the passages in which they differ, with a few words around each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

SAME, GONE, NEW = "=", "-", "+"
# Of one article no more is shown: who wants all of it has both editions.
MOST_PASSAGES = 8
# Characters kept on each side of a change, and of a long piece that came or went.
AROUND, LONGEST = 18, 240
# Two paragraphs that have less in common than this are no versions of one another.
ALIKE = 0.4

CUT = "……"
# A number or a Latin word changes as a whole, of Chinese each character.
_TOKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,%]*|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A stretch of a passage: ``mark`` is SAME, GONE or NEW."""

    mark: str
    text: str


Passage = tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """The passages that differ, ``omitted`` more of them left out."""

    passages: tuple[Passage, ...] = ()
    omitted: int = 0


NONE = Difference()


def between(before: Sequence[str], after: Sequence[str]) -> Difference:
    """How two texts, given paragraph by paragraph, differ."""
    passages = [_shortened(_passage(old, new)) for old, new in _pairs(before, after)]
    return Difference(tuple(passages[:MOST_PASSAGES]), max(len(passages) - MOST_PASSAGES, 0))


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The paragraphs that are not the same, each with what took its place; ``""`` where nothing did."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, l in matcher.get_opcodes():  # noqa: E741
        if tag != "equal":
            yield from zip_longest(before[i:j], after[k:l], fillvalue="")


def _passage(old: str, new: str) -> Passage:
    here, there = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    if matcher.ratio() < ALIKE:
        return tuple(piece for piece in (Piece(GONE, old), Piece(NEW, new)) if piece.text)
    return tuple(_joined(matcher.get_opcodes(), here, there))


def _joined(opcodes: list[tuple], here: list[str], there: list[str]) -> Iterator[Piece]:
    """Pieces in order; one character that two changes happen to share belongs to both of them."""
    gone, new = "", ""
    last = len(opcodes) - 1
    for place, (tag, i, j, k, l) in enumerate(opcodes):  # noqa: E741
        if tag == "equal" and (j - i > 1 or place in (0, last)):
            yield from _change(gone, new)
            gone, new = "", ""
            yield Piece(SAME, "".join(here[i:j]))
        else:
            gone += "".join(here[i:j])
            new += "".join(there[k:l])
    yield from _change(gone, new)


def _change(gone: str, new: str) -> Iterator[Piece]:
    if gone:
        yield Piece(GONE, gone)
    if new:
        yield Piece(NEW, new)


def _shortened(passage: Passage) -> Passage:
    last = len(passage) - 1
    return tuple(
        Piece(piece.mark, _cut(piece, place == 0, place == last)) for place, piece in enumerate(passage)
    )


def _cut(piece: Piece, is_first: bool, is_last: bool) -> str:
    text = piece.text
    if piece.mark != SAME:
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}{CUT}"
    if is_first and len(text) > AROUND:
        return CUT + text[-AROUND:]
    if is_last and len(text) > AROUND:
        return text[:AROUND] + CUT
    return text if len(text) <= 2 * AROUND else f"{text[:AROUND]}{CUT}{text[-AROUND:]}"
