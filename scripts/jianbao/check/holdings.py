"""The whole archive as the rules see it: a record of every page, the files of docs/, and what is published."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jianbao import page
from jianbao.archive import Archive
from jianbao.check.record import Record
from jianbao.edition import Name
from jianbao.errors import HistoryError, PageError
from jianbao.history import History
from jianbao.issue import Issue


@dataclass(frozen=True)
class Published:
    """The newest published edition: what readers have seen.

    ``pages`` are the paths of its pages, ``changed`` those that are not as they were, or are gone.
    """

    history: History
    name: Name
    commit: str
    pages: frozenset[str]
    changed: tuple[str, ...]

    @classmethod
    def of(cls, root: Path) -> Published | None:
        """The newest edition that git knows, None where nothing is published, or git is not used."""
        history = History(root)
        try:
            editions = history.editions()
            if not editions:
                return None
            name, commit = max(editions.items())
            pages = frozenset(history.files(commit, "docs/issues"))
            return cls(history, name, commit, pages, history.changed(commit, "docs/issues"))
        except HistoryError:
            return None

    def text(self, path: str) -> str | None:
        """The page's text in the edition, None where it was not there or no text."""
        data = self.history.read(self.commit, path)
        try:
            return None if data is None else data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    def issue(self, path: str) -> Issue | None:
        """The issue as it was published, None where there was none."""
        text = self.text(path)
        try:
            return None if text is None else page.parse(text, path)
        except PageError:
            return None


@dataclass(frozen=True)
class Holdings:
    """``records`` by path; ``files`` are all files below docs/, by their paths from the archive's folder."""

    archive: Archive
    records: Mapping[str, Record]
    files: frozenset[str]
    published: Published | None

    @cached_property
    def series(self) -> tuple[tuple[Record, ...], ...]:
        """The issues of each bulletin in order, its 增刊, which are numbered by themselves, apart."""
        found: dict[tuple, list[Record]] = defaultdict(list)
        for record in self.records.values():
            found[record.title, record.supplement].append(record)
        return tuple(tuple(sorted(each, key=lambda r: (r.order, r.path))) for each in found.values())

    @cached_property
    def supplements(self) -> Counter[tuple[str, int]]:
        """How many 增刊 a bulletin has in a year."""
        return Counter((each.title, each.year) for each in self.records.values() if each.supplement)

    def file(self, path: str) -> Path:
        return self.archive.root / path
