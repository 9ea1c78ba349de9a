"""docs/issues/ → the shelf: a page is read and parsed again only when it has changed.

What all other pages need of an issue (everything but its text) is in memory; the text is in the cache, a file for
each folder of pages, and is read when a year's files are made.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np

from jianbao import page
from jianbao.build import workers
from jianbao.build.cache import Cache
from jianbao.errors import PageError
from jianbao.issue import Issue
from jianbao.shelf import Entry, Shelf
from jianbao.site import related
from jianbao.site.site import key_of

# A file that was changed so short a time before it was read may be changed again without its time telling.
_SETTLED = 2_000_000_000


@dataclass(frozen=True)
class Source:
    """A page of an issue: its path below ``docs/`` and its address."""

    path: str
    url: str

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Reading:
    """What was read of a page: ``digest`` tells its versions apart, ``entry`` is without the text.

    ``has_links``: other files may decide how the page shows. ``words`` are those of each article, for ``related``.
    ``tags`` are the issue's. ``stat`` is the file's size and time, None where they cannot be trusted.
    """

    stat: tuple[int, int] | None
    digest: str
    entry: Entry
    has_links: bool
    tags: tuple[str, ...]
    words: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Texts:
    """The issues of a folder's pages with their text, by the page; and those that the last change replaced."""

    now: dict[str, tuple[str, Issue]] = field(default_factory=dict)
    before: dict[str, tuple[str, Issue]] = field(default_factory=dict)


class Library:
    """All issues: ``shelf`` holds them without their text, which ``with_text`` gives."""

    def __init__(self, docs: Path, cache: Cache) -> None:
        self._docs = docs
        self._cache = cache
        self.readings: dict[str, Reading] = {}
        self.shelf = Shelf(())
        self._texts = lru_cache(maxsize=2)(self._load_texts)

    def read(self, sources: Sequence[Source]) -> None:
        """Read all pages. Raises PageError for the first, in the order of ``sources``, that cannot be."""
        folders = [
            _Folder(name, tuple(members))
            for name, members in groupby(
                sorted(sources, key=lambda s: (s.folder, s.path)), lambda s: s.folder
            )
        ]
        changed = []
        for folder in folders:
            known = self._cache.load(f"pages/{folder.name}")
            if known is not None and self._is_as_it_was(folder, known):
                self.readings |= known
            else:
                changed.append(folder)
        for found in workers.each(self._read_folder, changed):
            self.readings |= found
        self.shelf = Shelf.of(self.readings[source.path].entry for source in sources)

    def with_text(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries with their issues' text, in their order."""
        return [replace(entry, issue=self._issue(entry)) for entry in entries]

    def before(self, source: str, digest: str) -> Issue | None:
        """The issue as a page held it that has been changed since, None where that is not known any more."""
        kept, issue = self._texts(source.rpartition("/")[0]).before.get(source, (None, None))
        return issue if kept == digest else None

    def digest(self, entry: Entry) -> str:
        return self.readings[entry.source].digest

    def text(self, entry: Entry) -> str:
        """The page as it stands in the file. Raises PageError where it is not the one that was read."""
        data = self._docs.joinpath(entry.source).read_bytes()
        if _digest(data) != self.digest(entry):
            raise PageError(f"docs/{entry.source}：生成网站时这一页被改动了；请再生成一次")
        return _decoded(data, entry.source)

    def _issue(self, entry: Entry) -> Issue:
        digest = self.digest(entry)
        kept, issue = self._texts(entry.source.rpartition("/")[0]).now.get(entry.source, (None, None))
        return issue if kept == digest else page.parse(self.text(entry), f"docs/{entry.source}")

    def _load_texts(self, folder: str) -> Texts:
        return self._cache.load(f"texts/{folder}") or Texts()

    def _is_as_it_was(self, folder: _Folder, known: dict[str, Reading]) -> bool:
        return len(known) == len(folder.sources) and all(
            (reading := known.get(source.path)) and reading.stat == self._stat(source)
            for source in folder.sources
        )

    def _stat(self, source: Source) -> tuple[int, int]:
        found = self._docs.joinpath(source.path).stat()
        return found.st_size, found.st_mtime_ns

    def _read_folder(self, folder: _Folder) -> dict[str, Reading]:
        """Read a folder's pages, those as they were from the cache, and keep them there."""
        known = self._cache.load(f"pages/{folder.name}") or {}
        old = self._cache.load(f"texts/{folder.name}") or Texts()
        readings, texts = {}, {}
        for source in folder.sources:
            stat = self._stat(source)
            data = self._docs.joinpath(source.path).read_bytes()
            digest = _digest(data)
            kept, reading = old.now.get(source.path, (None, None)), known.get(source.path)
            trusted = stat if time.time_ns() - stat[1] > _SETTLED else None
            if reading and reading.digest == kept[0] == digest:
                readings[source.path], texts[source.path] = replace(reading, stat=trusted), kept
            else:
                text = _decoded(data, source.path)
                issue = page.parse(text, f"docs/{source.path}")
                readings[source.path] = _reading(source, text, issue, digest, trusted)
                texts[source.path] = digest, issue
        replaced = {path: kept for path, kept in old.now.items() if texts.get(path, (None,))[0] != kept[0]}
        # Readings come last: they are what says that a page is known.
        self._cache.save(f"texts/{folder.name}", Texts(texts, replaced or old.before))
        self._cache.save(f"pages/{folder.name}", readings)
        return readings


@dataclass(frozen=True)
class _Folder:
    name: str
    sources: tuple[Source, ...]


def _reading(source: Source, text: str, issue: Issue, digest: str, stat: tuple[int, int] | None) -> Reading:
    bare = Entry(issue, source.path, source.url).without_text()
    entry = replace(bare, shown=key_of(source.url, bare.issue))
    words = tuple(related.words_of(article) for article in issue.articles)
    return Reading(stat, digest, entry, "](" in text or "]:" in text, issue.tags, words)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _decoded(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise PageError(f"docs/{source}：不是 UTF-8 编码；请另存为 UTF-8") from None
