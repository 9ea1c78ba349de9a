"""Where two wordings of one text differ, to be marked on both."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

# Longer texts are shown without marks: to compare them would take seconds.
LONGEST = 20_000


@dataclass(frozen=True)
class Span:
    """A run of characters; ``differs`` tells that the other side does not have them."""

    text: str
    differs: bool = False


def marked(
    ours: Sequence[str], others: Sequence[str]
) -> tuple[tuple[tuple[Span, ...], ...], tuple[tuple[Span, ...], ...]]:
    """The texts of both sides, each as spans; together a side's texts tell the same as the other's.

    White space does not count: conversions put it in and take it out.
    """
    one, other = "".join(ours), "".join(others)
    if not one or not other or one == other or len(one) + len(other) > LONGEST:
        return _plain(ours), _plain(others)
    here, there = bytearray(len(one)), bytearray(len(other))
    for operation, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if operation != "equal":
            _mark(here, one, a, b)
            _mark(there, other, c, d)
    return _cut(ours, here), _cut(others, there)


def _mark(marks: bytearray, text: str, start: int, end: int) -> None:
    if text[start:end].strip():
        marks[start:end] = b"\1" * (end - start)


def _plain(texts: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
    return tuple((Span(text),) for text in texts)


def _cut(texts: Sequence[str], marks: bytearray) -> tuple[tuple[Span, ...], ...]:
    result, start = [], 0
    for text in texts:
        spans: list[Span] = []
        for char, mark in zip(text, marks[start : start + len(text)], strict=True):
            if spans and spans[-1].differs == bool(mark):
                spans[-1] = Span(spans[-1].text + char, bool(mark))
            else:
                spans.append(Span(char, bool(mark)))
        result.append(tuple(spans))
        start += len(text)
    return tuple(result)
