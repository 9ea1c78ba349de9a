"""Lists of articles by tag: for each work group, theme and place a page that names its articles, newest first.

They are what a reader without scripts has for search, and what a tag leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from pypinyin import lazy_pinyin

from jianbao.issue import Article
from jianbao.shelf import Entry, Shelf
from jianbao.site.site import MadePage, Site

# Folder of the lists → (what they are called, the article's field).
KINDS = {
    "groups": ("工作组", "work_groups"),
    "themes": ("主题", "themes"),
    "places": ("地点", "places"),
}


@dataclass(frozen=True)
class TagList:
    """The articles that have one tag; ``kind`` is a key of ``KINDS``, ``path`` the page's without its suffix."""

    kind: str
    name: str
    path: str
    articles: tuple[tuple[Entry, Article], ...]

    @property
    def years(self) -> Iterator[tuple[int, list[tuple[Entry, Article]]]]:
        """(year, its articles), newest first."""
        for year, members in groupby(self.articles, key=lambda pair: pair[0].issue.year):
            yield year, list(members)


def of(shelf: Shelf) -> tuple[TagList, ...]:
    """A list for every tag that an article of ``shelf`` has; those with most articles first."""
    found: dict[tuple[str, str], list[tuple[Entry, Article]]] = {}
    for entry in shelf.entries:
        for article in entry.issue.articles:
            for kind, (_, field) in KINDS.items():
                for name in getattr(article, field):
                    found.setdefault((kind, name), []).append((entry, article))
    paths = _paths(found)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(TagList(kind, name, paths[kind, name], tuple(pairs)) for (kind, name), pairs in ranked)


def pages(site: Site) -> Iterator[MadePage]:
    """The page of every list."""
    for each in of(site.shelf):
        yield MadePage(each.path, each.name, "list.html", {"listed": each, "list_kinds": KINDS})


def _paths(tags: object) -> dict[tuple[str, str], str]:
    """An ASCII path for each tag, by its pinyin: ``groups/wujingongzuozu``. Those that sound alike get a number."""
    paths: dict[tuple[str, str], str] = {}
    for kind, name in sorted(tags):
        slug = "".join(c for c in "".join(lazy_pinyin(name)).lower() if c.isascii() and c.isalnum()) or "tag"
        path, count = f"{kind}/{slug}", 1
        while path in paths.values():
            count += 1
            path = f"{kind}/{slug}-{count}"
        paths[kind, name] = path
    return paths
