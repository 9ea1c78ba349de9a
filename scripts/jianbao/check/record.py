"""What the rules over the whole archive know of a page: a few plain values, which can be kept as JSON.

So an unchanged page need not be read again to be compared with the others.
"""

from __future__ import annotations

import hashlib
import html
import posixpath
import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from jianbao import archive
from jianbao.check.page_file import PageFile

# A link or a picture as ``page.py`` writes it, or as an editor may have typed it; escaped brackets are text.
_TARGET = re.compile(r"(?P<image>!?)(?<!\\)\[(?P<words>(?:\\.|[^\]\\])*)\]\((?P<target>[^()\s]*)[^()]*\)")
# Two articles of fewer characters may well be alike.
_SHORTEST_COMPARED = 60


class Piece(NamedTuple):
    """An article: ``digest`` stands for its text, empty for one too short to be compared."""

    id: str
    title: str
    line: int
    digest: str


class Target(NamedTuple):
    """What a link or a picture points at; ``words`` are its text or its caption."""

    line: int
    address: str
    words: str
    is_image: bool


class Pardon(NamedTuple):
    """A waiver and the line that it stands in."""

    rule: str
    reason: str
    line: int


class Source(NamedTuple):
    """The original: the line it is named in, its path below docs/ and its SHA-256."""

    line: int
    path: str
    sha256: str


@dataclass(frozen=True)
class Record:
    """``date`` is in ISO form, empty for none; ``lines`` are the lines of the front matter's keys."""

    path: str
    title: str
    year: int
    numbers: tuple[int, ...]
    supplement: bool
    cumulative: int | None
    date: str
    lines: dict[str, int]
    articles: tuple[Piece, ...]
    targets: tuple[Target, ...]
    pardons: tuple[Pardon, ...]
    source: Source | None

    @property
    def name(self) -> str:
        """``第20期``, ``增刊第1期``: how the issue is named within its year."""
        return ("增刊" if self.supplement else "") + f"第{'、'.join(map(str, self.numbers))}期"

    @property
    def order(self) -> tuple:
        """The issue's place among those of its title and kind."""
        return (self.year, self.numbers)

    def place(self, target: Target) -> tuple[str, str]:
        """The file that one of ``targets`` within the archive names, from the archive's folder, and what comes after ``#``."""
        address, _, fragment = unquote(html.unescape(target.address)).partition("#")
        if not address:
            return self.path, fragment
        folder = posixpath.dirname(self.path)
        return posixpath.normpath(posixpath.join(folder, address.split("?")[0])), fragment

    @classmethod
    def of(cls, page: PageFile) -> Record | None:
        """The record of a page, None for one that cannot be parsed."""
        issue = page.issue
        if not issue:
            return None
        keys = ("刊名", "年份", "期号", "总期号", "日期", "原件")
        return cls(
            path=page.path,
            title=issue.title,
            year=issue.year,
            numbers=issue.numbers,
            supplement=issue.supplement,
            cumulative=issue.cumulative,
            date=issue.date.isoformat() if issue.date else "",
            lines={key: page.key_line(key) for key in keys},
            articles=tuple(
                Piece(article.id, article.title, section.heading, _digest(article.paragraphs))
                for article, section in zip(issue.articles, page.sections, strict=True)
            ),
            targets=tuple(_targets(page)),
            pardons=tuple(Pardon(each.rule, each.reason, page.key_line(each.rule)) for each in issue.waivers),
            source=issue.original
            and Source(page.key_line("原件"), archive.original_path(issue).as_posix(), issue.original.sha256),
        )

    def as_json(self) -> dict:
        return dict(self.__dict__)

    @classmethod
    def from_json(cls, row: dict) -> Record:
        return cls(
            **row
            | {
                "numbers": tuple(row["numbers"]),
                "articles": tuple(Piece(*each) for each in row["articles"]),
                "targets": tuple(Target(*each) for each in row["targets"]),
                "pardons": tuple(Pardon(*each) for each in row["pardons"]),
                "source": row["source"] and Source(*row["source"]),
            }
        )


def _digest(paragraphs: tuple[str, ...]) -> str:
    text = "".join("\n".join(paragraphs).split(" "))
    return hashlib.sha256(text.encode()).hexdigest()[:16] if len(text) >= _SHORTEST_COMPARED else ""


def _targets(page: PageFile) -> list[Target]:
    return [
        Target(number, match["target"], match["words"], bool(match["image"]))
        for number, _, text in page.text_lines
        if "](" in text
        for match in _TARGET.finditer(text)
    ]
