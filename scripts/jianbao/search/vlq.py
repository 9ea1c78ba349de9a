"""Numbers ↔ text: Base64 VLQ without sign, five bits a character, the lowest first.

The digits are those of source maps (ECMA-426): A–Z a–z 0–9 + /, bit 6 set where more follow. Small numbers
take one ASCII character, so that a script stays readable by every tool, and gzip finds the common ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_DIGITS = np.frombuffer(ALPHABET, dtype=np.uint8)
# The value of each digit by its byte.
_VALUES = np.zeros(256, dtype=np.uint8)
_VALUES[_DIGITS] = np.arange(len(_DIGITS))
_BITS = 5
_MORE = 1 << _BITS


@dataclass(frozen=True)
class Encoded:
    """Many numbers as one text; ``ends[i]`` is where number ``i`` ends, ``ends[-1]`` (of none: 0) the length."""

    text: str
    ends: np.ndarray

    def between(self, first: int, last: int) -> str:
        """The text of the numbers ``first`` to ``last`` (excluded)."""
        start = int(self.ends[first - 1]) if first else 0
        return self.text[start : int(self.ends[last - 1]) if last else 0]


def encode(numbers: np.ndarray) -> Encoded:
    """The text of non-negative integers below 2**32, one after the other."""
    rest = numbers.astype(np.uint64)
    digits = np.ones(len(rest), dtype=np.int64)
    bound = np.uint64(_MORE)
    while len(rest) and (larger := rest >= bound).any():
        digits += larger
        bound <<= np.uint64(_BITS)
    ends = np.cumsum(digits)
    written = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    starts = ends - digits
    for place in range(int(digits.max()) if len(digits) else 0):
        here = digits > place
        low = (rest[here] >> np.uint64(_BITS * place)) & np.uint64(_MORE - 1)
        more = (digits[here] > place + 1) * _MORE
        written[starts[here] + place] = _DIGITS[low.astype(np.int64) + more]
    return Encoded(written.tobytes().decode("ascii"), ends)


def text(numbers: list[int]) -> str:
    """A short list of numbers as text."""
    return encode(np.array(numbers, dtype=np.uint64)).text


def ends(text: str) -> np.ndarray:
    """Where each number of a text that ``encode`` wrote ends."""
    return np.flatnonzero(_VALUES[np.frombuffer(text.encode("ascii"), np.uint8)] < _MORE) + 1


def decode_all(text: str) -> np.ndarray:
    """What ``decode`` gives, of a whole text of ``encode`` at once."""
    digits = _VALUES[np.frombuffer(text.encode("ascii"), np.uint8)].astype(np.int64)
    stops = ends(text)
    starts = np.concatenate([[0], stops])[:-1].astype(np.int64)
    shifts = (np.arange(len(digits)) - np.repeat(starts, stops - starts)) * _BITS
    return np.add.reduceat((digits & (_MORE - 1)) << shifts, starts) if len(digits) else digits


def decode(text: str) -> list[int]:
    """The numbers that ``encode`` wrote. Raises ValueError where the text is cut short."""
    numbers, value, shift = [], 0, 0
    for byte in text.encode("ascii"):
        digit = ALPHABET.index(byte)
        value |= (digit & (_MORE - 1)) << shift
        shift += _BITS
        if not digit & _MORE:
            numbers.append(value)
            value = shift = 0
    if shift:
        raise ValueError("VLQ text is cut short")
    return numbers
