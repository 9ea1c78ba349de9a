"""What stands before and after a headline in print: bullets, numbers, dot leaders and page numbers.

The contents list and the body print the same headlines with different ones of these; both ask here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jianbao.recognise import han

_BULLETS = r"★☆●○◆◇■□▲△▶►▷•·※*➤✦◎⊙❖✓√"
_BULLET = re.compile(rf"^(?:[-–—+]\s+)?[{_BULLETS}]|^[-–+]\s+")
_ALL_BULLETS = re.compile(rf"^[-–—+\s]*[{_BULLETS}\s]*")
# One row a style of numbering: the heading's own name for it, and the number in it.
_ENUMERATORS = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("一、", r"^(?P<n>[一二三四五六七八九十]{1,3})\s*[、.．：:]\s*"),
        ("（一）", r"^[（(]\s*(?P<n>[一二三四五六七八九十]{1,3})\s*[)）]\s*[、.．]?\s*"),
        ("1.", r"^(?P<n>\d{1,2})\s*(?:[、．]|\.(?!\d))\s*"),
        ("（1）", r"^[（(]?\s*(?P<n>\d{1,2})\s*[)）]\s*[、.．]?\s*"),
        ("①", r"^(?P<n>[①-⑳])\s*"),
    )
)
_ORDINAL = re.compile(r"^(?:第[一二三四五六七八九十]+[，、步是]|其[一二三四五六七八九十]+[，、是])")
_PAGE = r"[（(【\[]?\s*(?:第\s*)?\d{1,3}\s*(?:页)?\s*[)）】\]]?"
_LEADER = re.compile(
    rf"(?:[.．…·。‥—\-_\s]{{2,}}|[…\t]|\s[/／])\s*{_PAGE}$|[（(]\s*(?:\d{{1,3}}|第\s*\d{{1,3}}\s*页)\s*[)）]$"
)
_PAGE_ENDS = frozenset("0123456789０１２３４５６７８９页)）】]")
# Two headlines on one line: the second begins after a page number, or after wide space with a mark of its own.
_NEXT_ON_LINE = re.compile(
    rf"(?<=[.．…·‥]\d)\s+(?=\S)|(?<=[.．…·‥]\d\d)\s+(?=\S)|(?<=[.．…·‥][（(]\d[)）])\s+(?=\S)"
    rf"|\s+(?=[{_BULLETS}]\s*\S)|(?:[ \u3000]{{2,}}|\u3000|\t)(?=\d{{1,2}}[、.．]\D|[（(]?[一二三四五六七八九十][)）、])"
)


@dataclass(frozen=True)
class Enumerator:
    """The number before a heading: ``（二）`` has the style ``（一）`` and the number 2; it is ``length`` long."""

    style: str
    number: int
    length: int


def enumerator(text: str) -> Enumerator | None:
    """The number with which a line begins, or None."""
    for style, pattern in _ENUMERATORS:
        match = pattern.match(text)
        if match:
            return Enumerator(style, han.number(match["n"]), match.end())
    return None


def has_bullet(text: str) -> bool:
    return bool(_BULLET.match(text))


def has_leader(text: str) -> bool:
    """Whether a line ends with a page number, as only a contents list prints it: ``甲……3``."""
    # The quick look first: hardly any line of text ends like one.
    return text[-1:] in _PAGE_ENDS and bool(_LEADER.search(text))


def is_list_heading(text: str) -> bool:
    """Whether a line is numbered as a heading or list item within an article is: 一、 （一） 1. ① 第一，."""
    return enumerator(text) is not None or bool(_ORDINAL.match(text))


def style(text: str) -> str:
    """How a headline is marked: the style of its number, its bullet, or nothing."""
    if has_bullet(text):
        return text.lstrip("-–—+ ")[:1] or "-"
    found = enumerator(text)
    return found.style if found else ""


def listed_headline(text: str) -> str:
    """A headline of the contents list without marks, dot leader and page number: ``1．甲……3`` → ``甲``."""
    text = text.strip()
    return headline(_LEADER.sub("", text) if has_leader(text) else text)


def headline(text: str) -> str:
    """A headline without bullet, star and number: ``1．甲``, ``★甲`` → ``甲``."""
    text = _ALL_BULLETS.sub("", text.strip())
    found = enumerator(text)
    text = text[found.length :] if found else text
    text = text.strip(" \u3000\t")
    # 【甲】, not 【甲】乙.
    is_bracketed = text.startswith("【") and text.find("】") == len(text) - 1
    return text[1:-1].strip() if is_bracketed else text


def headlines_on(text: str) -> list[str]:
    """The headlines that one line of a contents list holds, each with its marks."""
    return [part.strip() for part in _NEXT_ON_LINE.split(text) if part and part.strip()]


def headlines_in_text(text: str) -> list[str]:
    """The headlines that follow 要目： on its own line, parted by marks or semicolons."""
    parts = re.split(rf"[；;]|(?=[{_BULLETS.replace('·', '')}])", text.rstrip("。"))
    return [each for part in parts for each in headlines_on(part)]
