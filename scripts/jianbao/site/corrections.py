"""All corrections (更正), the newest first: ``corrections.html``; many of them are cut by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from jianbao.issue import Article, Correction
from jianbao.shelf import Entry, Shelf
from jianbao.site.site import MadePage, Site

PATH = "corrections"
# More than these, and a year's are on a page of their own; the first page then has the newest.
MOST_ON_A_PAGE = 200
NEWEST = 20


@dataclass(frozen=True)
class Corrected:
    """A correction and the issue that it is on."""

    entry: Entry
    correction: Correction

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles concerned, in the order of the issue."""
        return tuple(each for each in self.entry.issue.articles if each.id in self.correction.articles)


Years = dict[int, tuple[Corrected, ...]]


def of(shelf: Shelf) -> tuple[Corrected, ...]:
    """Every correction by its day, the newest first; those of a day by their issue, the newest first."""
    found = [Corrected(entry, each) for entry in shelf.entries for each in entry.issue.corrections]
    return tuple(sorted(found, key=lambda each: each.correction.date, reverse=True))


def year_path(year: int) -> str:
    return f"{PATH}-{year}"


def pages(site: Site) -> Iterator[MadePage]:
    """The page 更正, there even before anything was corrected, and those of the years where there are many."""
    found = of(site.shelf)
    years: Years = {
        year: tuple(members) for year, members in groupby(found, key=lambda each: each.correction.date.year)
    }
    is_long = len(found) > MOST_ON_A_PAGE
    context = {"corrections": found, "years": years, "newest": found[:NEWEST], "is_long": is_long}
    yield MadePage(PATH, "更正", "corrections.html", context)
    if is_long:
        for year in years:
            # The template shows what it is given of the one year.
            context = {"corrections": years[year], "years": {year: years[year]}, "of_year": year}
            yield MadePage(year_path(year), f"{year} 年的更正", "corrections.html", context)
