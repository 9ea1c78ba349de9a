"""How often other tags stand beside one, year by year: a group's themes, a theme's groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from jianbao.issue import Article
from jianbao.shelf import Entry
from jianbao.site import charts


@dataclass(frozen=True)
class Trend:
    """A tag with the number of its articles in each year; ``path`` leads to those articles."""

    name: str
    path: str
    by_year: Mapping[int, int]
    total: int


@dataclass(frozen=True)
class Trends:
    """The trends of one kind of tag, the most frequent first, over the years of ``axis``."""

    axis: range
    members: tuple[Trend, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the axis in which there is anything, newest first."""
        return tuple(y for y in reversed(self.axis) if any(y in trend.by_year for trend in self.members))

    def chart(self, trend: Trend) -> Markup:
        """One trend drawn, on the scale that all share: by year, or as one bar where there is one year only."""
        if len(self.axis) < 2:
            return charts.bar(trend.total, max(each.total for each in self.members))
        top = max(count for each in self.members for count in each.by_year.values())
        return charts.strip([trend.by_year.get(year, 0) for year in self.axis], top)


def of(pairs: Iterable[tuple[Entry, Article]], field: str, paths: Mapping[str, str], axis: range) -> Trends:
    """The trends of the tags in ``field`` of the articles; ``paths`` says where each tag leads."""
    counts: dict[str, Counter[int]] = {}
    for entry, article in pairs:
        for name in getattr(article, field):
            counts.setdefault(name, Counter())[entry.issue.year] += 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    return Trends(axis, tuple(Trend(name, paths[name], years, years.total()) for name, years in ranked))
