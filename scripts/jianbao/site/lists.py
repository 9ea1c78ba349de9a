"""Lists of articles by tag: a page for each work group, theme and place.

It shows what the tag stands beside over the years, and its articles, newest first. A long list is cut by year
(``groups/wujingongzuozu-2017.html``); the tag's own page then has the newest ones. What a reader without scripts
has for search, and where a tag leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import groupby

from pypinyin import lazy_pinyin

from jianbao.issue import Article
from jianbao.shelf import Entry, Shelf
from jianbao.site import trends, years
from jianbao.site.site import MadePage, Site, key_of

# Folder of the lists → (what they are called, the article's field).
KINDS = {
    "groups": ("工作组", "work_groups"),
    "themes": ("主题", "themes"),
    "places": ("地点", "places"),
}
# What is told beside each kind: a group's themes over the years, a theme's and a place's groups.
BESIDE = {"groups": "themes", "themes": "groups", "places": "groups"}
# More articles than these, and the list is cut by year; so many of the newest are then on the tag's own page.
MOST_ON_A_PAGE = 250
NEWEST = 20

Pairs = tuple[tuple[Entry, Article], ...]


@dataclass(frozen=True)
class TagList:
    """The articles that have one tag; ``kind`` is a key of ``KINDS``, ``path`` the page's without its suffix."""

    kind: str
    name: str
    path: str
    articles: Pairs

    @property
    def slug(self) -> str:
        return self.path.partition("/")[2]

    @property
    def is_long(self) -> bool:
        return len(self.articles) > MOST_ON_A_PAGE

    @property
    def newest(self) -> Pairs:
        return self.articles[:NEWEST]

    @cached_property
    def issue_count(self) -> int:
        return len({entry.source for entry, _ in self.articles})

    @cached_property
    def years(self) -> dict[int, Pairs]:
        """Year → its articles, newest first."""
        return by_year(self.articles)

    def year_path(self, year: int) -> str:
        """Where the articles of a year are, if the list is long."""
        return f"{self.path}-{year}"


@lru_cache(maxsize=1)
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


def shown(articles: Pairs) -> str:
    """What tells lists of articles apart by what they show of each: of an issue as it is, a list has the same ones."""
    return key_of("".join([entry.shown for entry, _ in articles]))


def by_year(articles: Pairs) -> dict[int, Pairs]:
    """Articles in order → those of each year."""
    return {year: tuple(members) for year, members in groupby(articles, key=lambda pair: pair[0].issue.year)}


def crossing_path(group: TagList, theme: TagList) -> str:
    """Where the articles are that have both tags: ``groups/wujingongzuozu/tuopingongjian``."""
    return f"{group.path}/{theme.slug}"


def pages(site: Site) -> Iterator[MadePage]:
    """The page of every list, and those of its years where it is long."""
    lists = of(site.shelf)
    # Every list names others, and says what the vocabulary tells of it.
    words = site.vocabulary
    shared = key_of(
        [(each.kind, each.name, each.path) for each in lists],
        [words.work_groups, words.themes, words.places],
        years.axis(site.shelf),
    )
    for each in lists:
        key = key_of(shared, each.path, shown(each.articles))
        yield MadePage(each.path, each.name, "list.html", partial(_context, each, site), key)
        if each.is_long:
            yield from _year_pages(each)


def _context(listed: TagList, site: Site) -> dict[str, object]:
    lists = of(site.shelf)
    words = site.vocabulary
    entries = {"groups": words.work_groups, "themes": words.themes, "places": words.places}[listed.kind]
    beside = BESIDE[listed.kind]
    return {
        "listed": listed,
        "list_kinds": KINDS,
        "beside": trends.of(
            listed.articles, KINDS[beside][1], _beside_paths(listed, lists), years.axis(site.shelf)
        ),
        "beside_kind": KINDS[beside][0],
        "described": next((each for each in entries if each.name == listed.name), None),
        "supported_by": _supporters(listed, site, lists),
        "place_paths": {each.name: each.path for each in lists if each.kind == "places"},
    }


def _year_pages(listed: TagList) -> Iterator[MadePage]:
    order = list(listed.years)
    for place, year in enumerate(order):
        context = {
            "listed": listed,
            "list_kinds": KINDS,
            "year": year,
            "next_year": order[place - 1] if place else None,
            "previous_year": order[place + 1] if place + 1 < len(order) else None,
        }
        near = (context["previous_year"], context["next_year"])
        key = key_of(listed.kind, listed.name, listed.path, year, near, shown(listed.years[year]))
        yield MadePage(listed.year_path(year), f"{listed.name} · {year}年", "list-year.html", context, key)


def _beside_paths(listed: TagList, lists: Iterable[TagList]) -> dict[str, str]:
    """Where each tag beside ``listed`` leads: to the articles with both, or, beside a place, to the tag's own."""
    others = [each for each in lists if each.kind == BESIDE[listed.kind]]
    if listed.kind == "groups":
        return {theme.name: crossing_path(listed, theme) for theme in others}
    if listed.kind == "themes":
        return {group.name: crossing_path(group, listed) for group in others}
    return {group.name: group.path for group in others}


def _supporters(listed: TagList, site: Site, lists: Iterable[TagList]) -> list[tuple[str, str | None]]:
    """(name, its page if it has one) of the groups that, by the vocabulary, support a place."""
    if listed.kind != "places":
        return []
    paths = {each.name: each.path for each in lists if each.kind == "groups"}
    groups = (group for group in site.vocabulary.work_groups if listed.name in group.places)
    return [(group.name, paths.get(group.name)) for group in groups]


def _paths(tags: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """An ASCII path for each tag, by its pinyin: ``groups/wujingongzuozu``. Those that sound alike get a number."""
    paths: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for kind, name in sorted(tags):
        slug = "".join(c for c in "".join(lazy_pinyin(name)).lower() if c.isascii() and c.isalnum()) or "tag"
        path, count = f"{kind}/{slug}", 1
        while path in taken:
            count += 1
            path = f"{kind}/{slug}-{count}"
        taken.add(path)
        paths[kind, name] = path
    return paths
