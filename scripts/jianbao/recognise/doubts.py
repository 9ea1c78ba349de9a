"""Spots that an editor should look at: personal data, likely slips. They are pointed out, never changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jianbao.issue import Finding
from jianbao.sources import Line

_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])")
_ID_CARD = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
# Weights and check characters of GB 11643-1999 (ISO 7064, MOD 11-2).
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_NARROW = str.maketrans("０１２３４５６７８９Ｘ", "0123456789X")


def personal_data(lines: Iterable[Line]) -> Iterator[Finding]:
    """A finding for each mobile number and each ID-card number whose check character is right."""
    for line in lines:
        for number in id_cards(line.text):
            message = f"有身份证号（{masked(number)}），公开前请删去或遮盖"
            yield Finding("personal_data", line.number, message)
        for number in mobiles(line.text):
            message = f"有手机号（{masked(number)}），公开前请确认可以公开"
            yield Finding("personal_data", line.number, message)


def id_cards(text: str) -> Iterator[str]:
    """Each resident identity number in ``text`` whose check character is right."""
    return (match[0] for match in _ID_CARD.finditer(narrow(text)) if is_id_card(match[0]))


def mobiles(text: str) -> Iterator[str]:
    """Each mobile number of the mainland in ``text``."""
    return (match[0] for match in _MOBILE.finditer(narrow(text)))


def masked(number: str) -> str:
    """A number in a message: enough to find it in the text, and no more."""
    return f"{number[:3]}…{number[-2:]}"


def narrow(text: str) -> str:
    """``text`` with full-width figures made narrow; every character keeps its place."""
    return text.translate(_NARROW)


def slips(lines: Iterable[Line], likely: Iterable[str]) -> Iterator[Finding]:
    """A finding for each place where one of the ``likely`` slips (``授疆`` for 援疆) is printed."""
    for line in lines:
        for slip in likely:
            if slip in line.text:
                at = line.text.index(slip)
                message = (
                    f"“{line.text[max(at - 4, 0) : at + len(slip) + 4]}”中的“{slip}”可能有误，未改动，请核对"
                )
                yield Finding("doubtful_wording", line.number, message)


def is_id_card(number: str) -> bool:
    """Whether 18 characters are a resident identity number: the check character of GB 11643-1999 fits."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return number[17].upper() == _CHECK[total % 11]
