"""The timeline: the issues along years and months, and where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jianbao.site import years
from jianbao.site.site import MadePage, Site
from jianbao.site.years import Year

PATH = "timeline"


@dataclass(frozen=True)
class Row:
    """A year of the timeline; ``year`` is None where the archive has no issue of it."""

    number: int
    year: Year | None

    def count(self, month: int) -> int:
        return len(self.year.months.get(month, ())) if self.year else 0

    def path(self, month: int) -> str:
        """Where the month's issues are: the month's own page, or its place on the year's."""
        if self.year.is_long:
            return f"{years.month_path(self.year, month)}.html"
        return f"{self.year.path}.html#month-{month:02d}"


def of(site: Site) -> tuple[Row, ...]:
    """A row for every year from the last to the first."""
    found = {year.number: year for year in years.of(site.shelf)}
    return tuple(Row(number, found.get(number)) for number in reversed(years.axis(site.shelf)))


def pages(site: Site) -> Iterator[MadePage]:
    """The timeline; of an archive without an issue it says so, since the guide leads there from the first day."""
    rows = of(site)
    months = [*years.MONTHS]
    # A column for issues without a month is there only where it is needed.
    if any(row.count(years.NO_MONTH) for row in rows):
        months.append(years.NO_MONTH)
    largest = max((row.count(month) for row in rows for month in months), default=0)
    yield MadePage(PATH, "时间线", "timeline.html", {"rows": rows, "months": months, "largest": largest})
