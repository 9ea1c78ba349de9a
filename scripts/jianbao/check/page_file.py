"""A page as the rules see it: its lines, the issue on it, and where each thing stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from jianbao import page
from jianbao.check.finding import Fix, Spot
from jianbao.errors import PageError
from jianbao.issue import Article, Issue

_TITLE = re.compile(r"##[ ]+(?P<title>.*?)[ ]*(?:\{#[\w-]+\}[ ]*)?$")
_BLOCK_EDGE = re.compile(r"/{3,}")


@dataclass(frozen=True)
class Section:
    """An article on the page, by line numbers from 1: its heading, the lines of its facts, its text."""

    heading: int
    facts: range
    text: range


@dataclass(frozen=True)
class PageFile:
    """``path`` is from the archive's folder (``docs/issues/2017/020.md``); ``data`` are the file's bytes."""

    path: str
    data: bytes

    @cached_property
    def is_utf8(self) -> bool:
        try:
            self.data.decode()
        except UnicodeDecodeError:
            return False
        return True

    @cached_property
    def has_byte_order_mark(self) -> bool:
        return self.data.startswith(b"\xef\xbb\xbf")

    @cached_property
    def text(self) -> str:
        """The page as typed, without the mark that Notepad sets before it; what is no UTF-8 shows as �."""
        return self.data.decode("utf-8-sig", "replace")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(line.removesuffix("\r") for line in self.text.split("\n"))

    @cached_property
    def issue(self) -> Issue | None:
        """The issue, None where the page cannot be parsed; ``faults`` tells why."""
        try:
            return page.parse(self.text, self.path) if self.is_utf8 else None
        except PageError:
            return None

    @property
    def faults(self) -> tuple[PageError, ...]:
        return () if self.issue or not self.is_utf8 else page.faults(self.text, self.path)

    @cached_property
    def head_end(self) -> int:
        """The number of the line that ends the front matter."""
        ends = (n for n, line in enumerate(self.lines[1:], start=2) if line.strip() in ("---", "..."))
        return next(ends, 1)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The articles in the order of the page, as ``issue.articles``."""
        starts = [n for n, line in self._after_head() if line.startswith("## ")]
        return tuple(self._section(start, end) for start, end in pairwise([*starts, len(self.lines) + 1]))

    def _section(self, start: int, end: int) -> Section:
        edges = [n for n in range(start + 1, end) if _BLOCK_EDGE.match(self.line(n))]
        opens, closes = (*edges, start, start)[:2]
        return Section(start, range(opens + 1, closes), range(closes + 1, end))

    def _after_head(self) -> Iterator[tuple[int, str]]:
        return ((n, line) for n, line in enumerate(self.lines, start=1) if n > self.head_end)

    def line(self, number: int) -> str:
        return self.lines[number - 1]

    def section(self, article: Article) -> Section:
        return self.sections[self.issue.articles.index(article)]

    def key_line(self, key: str, lines: range | None = None) -> int:
        """The line of a key in the front matter, or among ``lines``; where it is missing, the first of them."""
        lines = lines or range(1, self.head_end + 1)
        found = (n for n in lines if self.line(n).strip().removeprefix("- ").startswith(f"{key}:"))
        return next(found, lines[0])

    def fact_line(self, article: Article, key: str) -> int:
        """The line of a key in an article's block, its heading where the key is missing."""
        section = self.section(article)
        line = self.key_line(key, section.facts) if section.facts else section.heading
        return line if self.line(line).strip().startswith(f"{key}:") else section.heading

    def title_span(self, section: Section) -> tuple[int, int]:
        """Where in its line a heading's words begin and end."""
        match = _TITLE.match(self.line(section.heading))
        return match.span("title") if match else (0, len(self.line(section.heading)))

    @cached_property
    def text_lines(self) -> tuple[tuple[int, int, str], ...]:
        """What readers read, as typed: the line's number, the column at which the words begin, and the words."""
        found = []
        for section in self.sections:
            start, end = self.title_span(section)
            found.append((section.heading, start, self.line(section.heading)[start:end]))
            found += [(number, 0, self.line(number)) for number in section.text if self.line(number)]
        return tuple(found)

    def at(self, place: str | int, message: str, fix: Fix | None = None) -> Spot:
        """A spot at a line, or at the line of a key of the front matter."""
        return Spot(self.path, place if isinstance(place, int) else self.key_line(place), message, fix)
