"""An edition (版本) of the archive: a build of it with a name, and the commit that it was made from."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

_NAME = re.compile(r"(?P<year>\d{4})\.(?P<number>0|[1-9]\d{0,3})(?:\.(?P<revision>[1-9]\d{0,5}))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Name:
    """An edition's name: ``2017.20`` after the newest issue in it, ``2017.20.1`` after a correction.

    Names sort in the order in which their editions came about. An archive that holds only 增刊 has number 0.
    """

    year: int
    number: int
    revision: int = 0

    def __str__(self) -> str:
        return f"{self.year}.{self.number}" + (f".{self.revision}" if self.revision else "")

    @classmethod
    def parse(cls, text: str) -> Name | None:
        """The name that ``text`` is, None where it is none."""
        match = _NAME.fullmatch(text)
        return match and cls(int(match["year"]), int(match["number"]), int(match["revision"] or 0))

    @property
    def next(self) -> Name:
        """The name after one more change without a new issue."""
        return Name(self.year, self.number, self.revision + 1)


@dataclass(frozen=True)
class Edition:
    """``commit`` is the full hash of the source commit, ``date`` that commit's day in Beijing (UTC+8).

    Nothing in it depends on when or where the edition was built.
    """

    name: Name
    commit: str
    date: datetime.date
