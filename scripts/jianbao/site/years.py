"""The issues of each year, in the order in which they came out: ``years/2017.html``.

A year of many issues is cut by month (``years/2017-08.html``); the year's own page then names the issues only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import groupby, pairwise

from jianbao.issue import Kind
from jianbao.shelf import Entry, Shelf
from jianbao.site import charts
from jianbao.site.site import MadePage, Site, key_of

# More issues than these, and their contents are put on a page a month.
MOST_ISSUES = 60
MONTHS = range(1, 13)
# Of an issue without a date, or dated in another year than it is numbered in.
NO_MONTH = 0


@dataclass(frozen=True)
class Year:
    """A year that has issues; ``entries`` from the first to the last."""

    number: int
    entries: tuple[Entry, ...]

    @property
    def path(self) -> str:
        return path(self.number)

    @property
    def article_count(self) -> int:
        return sum(len(entry.issue.articles) for entry in self.entries)

    @property
    def is_long(self) -> bool:
        return len(self.entries) > MOST_ISSUES

    @cached_property
    def months(self) -> dict[int, tuple[Entry, ...]]:
        """Month → its issues; those without a month under ``NO_MONTH``, at the end."""
        months: dict[int, list[Entry]] = {}
        for entry in self.entries:
            months.setdefault(month(entry), []).append(entry)
        return {m: tuple(months[m]) for m in sorted(months, key=lambda m: (m == NO_MONTH, m))}

    @property
    def missing(self) -> tuple[str, ...]:
        """The numbers between the first and the last of the year that the archive does not have: ``第3—5期``.

        What was before the first cannot be known: a year need not begin with number 1.
        """
        regular = (entry.issue for entry in self.entries if not entry.issue.supplement)
        numbers = sorted({number for issue in regular for number in issue.numbers})
        gaps = ((before + 1, after - 1) for before, after in pairwise(numbers) if after - before > 1)
        return tuple(f"第{first}期" if first == last else f"第{first}—{last}期" for first, last in gaps)


@lru_cache(maxsize=1)
def of(shelf: Shelf) -> tuple[Year, ...]:
    """The years that have issues, newest first."""
    return tuple(
        Year(number, tuple(entries)[::-1])
        for number, entries in groupby(shelf.entries, key=lambda entry: entry.issue.year)
    )


def path(year: int) -> str:
    """The address of a year's page, without its suffix."""
    return f"years/{year}"


def month(entry: Entry) -> int:
    """The month of its year that an issue came out in, or ``NO_MONTH``."""
    date = entry.issue.date
    return date.month if date and date.year == entry.issue.year else NO_MONTH


def axis(shelf: Shelf) -> range:
    """All years from the archive's first to its last, those without issues, too: they are gaps to be seen."""
    if not shelf.entries:
        return range(0)
    return range(shelf.entries[-1].issue.year, shelf.entries[0].issue.year + 1)


def by_kind(entries: tuple[Entry, ...]) -> tuple[int, int]:
    """How many features and briefs the issues have."""
    kinds = [article.kind for entry in entries for article in entry.issue.articles]
    features = kinds.count(Kind.FEATURE)
    return features, len(kinds) - features


def chart(id: str, year: Year) -> object:
    """The year's articles by month."""
    columns = [charts.Column(f"{m}月", by_kind(year.months.get(m, ()))) for m in MONTHS]
    described = "，".join(
        f"{m}月{column.total}篇" for m, column in zip(MONTHS, columns, strict=True) if column.total
    )
    return charts.columns(id, f"{year.number}年各月的文章数", described or "各期没有印日期", columns)


def pages(site: Site) -> Iterator[MadePage]:
    """A page for every year, and one for every month of a year that is long."""
    years = of(site.shelf)
    for place, year in enumerate(years):
        newer = years[place - 1] if place else None
        older = years[place + 1] if place + 1 < len(years) else None
        shared = {"year": year, "next_year": newer, "previous_year": older}
        near = [each and each.number for each in (older, newer)]
        key = key_of(year.number, near, "".join(entry.shown for entry in year.entries))
        yield MadePage(year.path, f"{year.number}年", "year.html", partial(_context, shared), key)
        if year.is_long:
            for number, entries in year.months.items():
                title = f"{year.number}年{month_name(number)}"
                part = {**shared, "month": number, "month_name": month_name(number), "entries": entries}
                yield MadePage(month_path(year, number), title, "month.html", part, key)


def _context(shared: dict[str, object]) -> dict[str, object]:
    return {**shared, "chart": chart("months", shared["year"])}


def month_path(year: Year, month: int) -> str:
    return f"{year.path}-{month:02d}"


def month_name(month: int) -> str:
    return f"{month}月" if month else "（月份不详）"
