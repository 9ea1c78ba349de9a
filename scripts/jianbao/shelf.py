"""The shelf: all issues of the archive in order, each with the address of its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from jianbao.issue import Article, Issue


@dataclass(frozen=True)
class Entry:
    """An issue on the shelf: its page's source (``issues/2017/020.md``) and address (``issues/2017/020.html``).

    ``shown`` tells two versions of the issue apart by what other pages show of it; "" where none is known.
    """

    issue: Issue
    source: str
    url: str
    shown: str = ""

    def address(self, article: Article) -> str:
        """The lasting address of an article, from the site's root: ``issues/2017/020.html#a01``."""
        return f"{self.url}#{article.id}"

    def without_text(self) -> Entry:
        """The entry as the pages that are made from all issues need it: its articles have no body."""
        articles = tuple(replace(article, body=()) for article in self.issue.articles)
        return replace(self, issue=replace(self.issue, articles=articles))


@dataclass(frozen=True, eq=False)
class Shelf:
    """Entries from the newest to the oldest. One shelf is told from another as an object, not by all its issues."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Shelf:
        """Newest first: by year and number; a 增刊, numbered by itself, by its date among the others of its year."""
        return cls(tuple(sorted(entries, key=_order, reverse=True)))

    @property
    def newest(self) -> Entry | None:
        return self.entries[0] if self.entries else None

    @property
    def article_count(self) -> int:
        return sum(len(entry.issue.articles) for entry in self.entries)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {entry.source: place for place, entry in enumerate(self.entries)}

    def at(self, source: str) -> Entry | None:
        """The entry whose page has this source, None for a page that is no issue."""
        place = self._places.get(source)
        return None if place is None else self.entries[place]

    def neighbours(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """The issues before and after ``entry`` in time."""
        place = self._places[entry.source]
        before = self.entries[place + 1] if place + 1 < len(self.entries) else None
        return before, self.entries[place - 1] if place else None


def _order(entry: Entry) -> tuple:
    issue = entry.issue
    return (issue.year, issue.date.isoformat() if issue.date else "", issue.supplement, issue.numbers)
