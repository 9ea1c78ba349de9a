"""The contents list (要目): its entries, each a feature or a brief, without leaders, page numbers and marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jianbao.issue import Kind
from jianbao.recognise import han
from jianbao.recognise.layout import Layout
from jianbao.sources import Line

SAME_HEADLINE = 0.75
LONGEST_LABEL = 8

_MARKS = r"★☆●○◆◇■□▲△▶►•·※*➤✦"
_MARKED = re.compile(rf"^(?:[-–—+]\s+)?[{_MARKS}]|^[-–+]\s+")
_BULLET = re.compile(rf"^[-–—+\s]*[{_MARKS}\s]*")
_ENUMERATOR = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[)）]?[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])\s*"
)
_LEADER = re.compile(
    r"(?:[.．…·。‥—\-_\s]{2,}|[…\t]|\s[/／])\s*[（(【\[]?\s*(?:第\s*)?\d{1,3}\s*(?:页)?\s*[)）】\]]?$"
)


@dataclass(frozen=True)
class Entry:
    """One headline of the contents list, with the line on which it stands."""

    title: str
    kind: Kind
    line: int


@dataclass(frozen=True)
class Contents:
    """The entries in printed order; ``end`` is the index of the first line after the list."""

    entries: tuple[Entry, ...]
    end: int


def headline(text: str) -> str:
    """A headline without bullet, star, number, dot leader and page number: ``1．甲……3`` → ``甲``."""
    return _ENUMERATOR.sub("", _BULLET.sub("", _LEADER.sub("", text.strip()))).strip(" \u3000【】")


def find(lines: Sequence[Line], start: int, layout: Layout) -> Contents:
    """The contents list that begins at line index ``start``; no entries where none begins there."""
    if start >= len(lines) or not layout.is_heading(lines[start].text, layout.contents_headings):
        return Contents((), start)
    entries: list[Entry] = []
    hollow: list[bool] = []
    kind = Kind.FEATURE
    index = start + 1
    later = _headlines(lines[index:])
    marked = index < len(lines) and bool(_MARKED.match(lines[index].text))
    while index < len(lines):
        line = lines[index]
        title = headline(line.text)
        is_numbered = title != line.text.strip(" \u3000【】")
        if layout.is_heading(title, layout.briefs_headings):
            goes_on = _is_entry(lines, index + 1, entries, marked, later)
            if not is_numbered and (kind is Kind.BRIEF or not goes_on):
                break
            kind = Kind.BRIEF
        elif layout.is_heading(title, layout.features_headings):
            if kind is Kind.FEATURE and entries:
                break
            kind = Kind.FEATURE
        elif _is_label(lines, index, later):
            pass
        elif _is_entry(lines, index, entries, marked, later):
            entries.append(Entry(title, kind, line.number))
            hollow += ["☆" in line.text[:4]]
        else:
            break
        index += 1
    # Where no heading parts briefs from features, stars may: ★ for the long articles, ☆ for the briefs.
    if kind is Kind.FEATURE and any(hollow) and not all(hollow):
        entries = [
            replace(entry, kind=Kind.BRIEF if is_hollow else Kind.FEATURE)
            for entry, is_hollow in zip(entries, hollow, strict=True)
        ]
    return Contents(tuple(entries), index)


def _headlines(lines: Sequence[Line]) -> Counter[str]:
    """How often each short line stands, as a headline: one of the contents list stands again over its article."""
    return Counter(han.comparable(headline(line.text)) for line in lines if len(line.text) <= 90)


def _stands_again(text: str, later: Counter[str]) -> bool:
    return later[han.comparable(headline(text))] > 1


def _is_label(lines: Sequence[Line], index: int, later: Counter[str]) -> bool:
    """Whether a marked line only heads a part of the list (``·领导关怀``): headlines without mark follow it."""
    if index + 1 >= len(lines):
        return False
    text, following = lines[index].text, lines[index + 1].text
    return (
        bool(_MARKED.match(text))
        and len(headline(text)) <= LONGEST_LABEL
        and not _stands_again(text, later)
        and not _MARKED.match(following)
        and _stands_again(following, later)
    )


def _is_entry(
    lines: Sequence[Line], index: int, entries: Sequence[Entry], marked: bool, later: Counter[str]
) -> bool:
    """Whether the line is one more headline, and not the first article.

    A marked list ends at the first line without mark that does not stand again. Any list ends where a headline
    comes for the second time: the articles begin with one that the list has named.
    """
    if index >= len(lines):
        return False
    text = lines[index].text
    title = headline(text)
    has_leader = bool(_LEADER.search(text))
    if marked and _MARKED.match(text):
        return True
    is_named = any(han.likeness(title, entry.title) >= SAME_HEADLINE for entry in entries)
    if marked:
        return not is_named and _stands_again(text, later)
    if len(text) > 90 or lines[index].table or lines[index].image:
        return False
    if not has_leader and (text.startswith(("——", "--")) or text.endswith("。")):
        return False
    return bool(title) and (has_leader or not is_named)
