"""Facets: for each document its kind, work groups, themes and places, as columns of small numbers.

A block of columns covers ``ISSUES_A_BLOCK`` issues, so that a corrected issue changes one block. A column has
its own table of the tags that occur in the block, the most common first, and two rows of VLQ numbers: how many
tags each document has, and which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.search import vlq
from jianbao.search.scripts import call
from jianbao.shelf import Entry

ISSUES_A_BLOCK = 1024
# A column's name, as the client and the address of a search know it.
COLUMNS = ("kind", "group", "theme", "place")


@dataclass(frozen=True)
class Block:
    """A file of columns, its path from the index's folder."""

    path: str
    text: str


def runs(entries: Sequence[Entry]) -> list[Sequence[Entry]]:
    """The issues of each block; ``entries`` from the oldest to the newest."""
    return [entries[start : start + ISSUES_A_BLOCK] for start in range(0, len(entries), ISSUES_A_BLOCK)]


def block(number: int, members: Sequence[Entry]) -> Block:
    """The block with this number, of the issues of one of ``runs``."""
    rows = [
        ((article.kind.value,), article.work_groups, article.themes, article.places)
        for entry in members
        for article in entry.issue.articles
    ]
    path = f"facets/{number}"
    columns = {name: _column([row[place] for row in rows]) for place, name in enumerate(COLUMNS)}
    return Block(f"{path}.js", call("jianbao.shards.receive", path, columns))


def tags(entries: Sequence[Entry]) -> dict[str, set[str]]:
    """Column → the tags that occur in it."""
    articles = [article for entry in entries for article in entry.issue.articles]
    return {
        "group": {tag for article in articles for tag in article.work_groups},
        "theme": {tag for article in articles for tag in article.themes},
        "place": {tag for article in articles for tag in article.places},
    }


def _column(values: Sequence[tuple[str, ...]]) -> dict[str, object]:
    counts = Counter(tag for tags in values for tag in tags)
    common = sorted(counts, key=lambda tag: (-counts[tag], tag))
    code = {tag: place for place, tag in enumerate(common)}
    # Counts apart from codes: gzip makes more of numbers that are alike.
    return {
        "tags": common,
        "counts": vlq.text([len(tags) for tags in values]),
        "codes": vlq.text([number for tags in values for number in sorted(code[tag] for tag in tags)]),
    }
