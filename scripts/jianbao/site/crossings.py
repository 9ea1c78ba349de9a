"""Crossings: the articles of one work group on one theme, ``groups/wujingongzuozu/tuopingongjian.html``.

There is a page for every pair that has an article. There are at most as many pages as the vocabulary has pairs,
however many issues come, and a page has at most ``MOST_ON_A_PAGE`` articles: older ones are counted by year, and
each year leads to the search page, which has exactly those, and to the group's list of that year, for a reader
without scripts. A third tag (a year is an anchor, a place) is left to the search page: pages for triples would
be many more than there are articles in each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from urllib.parse import urlencode

from jianbao.shelf import Shelf
from jianbao.site import charts, lists, years
from jianbao.site.lists import Pairs, TagList
from jianbao.site.site import MadePage, Site, key_of

MOST_ON_A_PAGE = lists.MOST_ON_A_PAGE


@dataclass(frozen=True)
class Crossing:
    """The articles that ``group`` and ``theme`` share, newest first."""

    group: TagList
    theme: TagList
    articles: Pairs

    @property
    def path(self) -> str:
        return lists.crossing_path(self.group, self.theme)

    @cached_property
    def years(self) -> dict[int, Pairs]:
        return lists.by_year(self.articles)

    @cached_property
    def shown(self) -> dict[int, Pairs]:
        """The newest years that have room on the page, whole years; at least one."""
        shown: dict[int, Pairs] = {}
        left = MOST_ON_A_PAGE
        for year, articles in self.years.items():
            left -= len(articles)
            if shown and left < 0:
                break
            shown[year] = articles
        return shown

    @property
    def older(self) -> dict[int, Pairs]:
        """The years that have no room."""
        return {year: articles for year, articles in self.years.items() if year not in self.shown}

    def search(self, year: int | None = None) -> str:
        """The address of the same articles on the search page."""
        facets = {"group": self.group.name, "theme": self.theme.name, "sort": "newest"}
        return search_address(facets | ({"year": year} if year else {}))


@lru_cache(maxsize=1)
def of(shelf: Shelf) -> tuple[Crossing, ...]:
    """Every pair of a group and a theme that an article has; in the order of their lists."""
    found = lists.of(shelf)
    themes = {each.name: each for each in found if each.kind == "themes"}
    return tuple(
        Crossing(group, theme, articles)
        for group in found
        if group.kind == "groups"
        for theme, articles in _by_theme(group, themes)
    )


def search_address(facets: dict[str, object]) -> str:
    """The search page with these facets chosen: ``search.html?group=…&theme=…``."""
    return "search.html?" + urlencode(facets)


def pages(site: Site) -> Iterator[MadePage]:
    """The page of every crossing."""
    axis = years.axis(site.shelf)
    of_group: dict[str, str] = {}
    for each in of(site.shelf):
        group = each.group
        if group.path not in of_group:
            # A page of a crossing says how many the group has in each year, and leads there.
            counts = [(year, len(articles)) for year, articles in group.years.items()]
            of_group[group.path] = key_of(axis, group.name, group.path, counts)
        theme = (each.theme.name, each.theme.path)
        key = key_of(of_group[group.path], theme, lists.shown(each.articles))
        title = f"{group.name} × {each.theme.name}"
        yield MadePage(each.path, title, "crossing.html", partial(_context, each, axis), key)


def _context(crossing: Crossing, axis: range) -> dict[str, object]:
    counts = [len(crossing.years.get(year, ())) for year in axis]
    chart = charts.strip(counts, max(counts)) if len(axis) > 1 else None
    return {"crossing": crossing, "axis": axis, "chart": chart}


def _by_theme(group: TagList, themes: dict[str, TagList]) -> Iterator[tuple[TagList, Pairs]]:
    found: dict[str, list] = {}
    for pair in group.articles:
        for name in pair[1].themes:
            found.setdefault(name, []).append(pair)
    for name, theme in themes.items():
        if name in found:
            yield theme, tuple(found[name])
