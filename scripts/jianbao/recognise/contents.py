"""The contents list (要目): its entries, each a feature or a brief, without leaders, page numbers and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jianbao.issue import Kind
from jianbao.recognise import han
from jianbao.recognise.layout import Layout
from jianbao.sources import Line

SAME_HEADLINE = 0.75

_MARKS = r"★☆●○◆◇■□▲△▶►•·※*➤✦"
_MARKED = re.compile(rf"^(?:[-–—+]\s+)?[{_MARKS}]|^[-–+]\s+")
_BULLET = re.compile(rf"^[-–—+\s]*[{_MARKS}\s]*")
_ENUMERATOR = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[)）]?[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])\s*"
)
_LEADER = re.compile(
    r"(?:[.．…·。‥—\-_\s]{2,}|[…\t])\s*[（(【\[]?\s*(?:第\s*)?\d{1,3}\s*(?:页)?\s*[)）】\]]?$"
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
    marked = index < len(lines) and bool(_MARKED.match(lines[index].text))
    while index < len(lines):
        line = lines[index]
        if layout.is_heading(line.text, layout.briefs_headings):
            if kind is Kind.BRIEF or not _is_entry(lines, index + 1, entries, marked):
                break
            kind = Kind.BRIEF
        elif layout.is_heading(line.text, layout.features_headings):
            if kind is Kind.FEATURE and entries:
                break
            kind = Kind.FEATURE
        elif _is_entry(lines, index, entries, marked):
            entries.append(Entry(headline(line.text), kind, line.number))
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


def _is_entry(lines: Sequence[Line], index: int, entries: Sequence[Entry], marked: bool) -> bool:
    """Whether the line is one more headline, and not the first article.

    A marked list ends at the first line without mark. An unmarked one ends where a headline comes again: the
    articles begin with one that the list has named.
    """
    if index >= len(lines):
        return False
    text = lines[index].text
    if marked:
        return bool(_MARKED.match(text))
    if len(text) > 90 or lines[index].table or lines[index].image:
        return False
    if text.startswith(("——", "--")) and not _LEADER.search(text):
        return False
    title = headline(text)
    if not title or (text.endswith("。") and not _LEADER.search(text)):
        return False
    return all(han.likeness(title, entry.title) < SAME_HEADLINE for entry in entries) or bool(
        _LEADER.search(text)
    )
