"""What a rule finds: a spot in a file, and what is wrong there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """An error stops a merge: readers would be misled, or the site not built. A warning asks for a look."""

    ERROR = "错误"
    WARNING = "警告"


class Fix(NamedTuple):
    """A safe change: the characters ``start`` to ``end`` of a line (from 0, without its end) become ``new``."""

    line: int
    start: int
    end: int
    new: str


class Spot(NamedTuple):
    """A place in a file, as a rule yields it: the line from 1, what is wrong, and the change that mends it."""

    path: str
    line: int
    message: str
    fix: Fix | None = None


@dataclass(frozen=True)
class Finding:
    """A spot with the rule that found it; ``waived`` is the reason for which the page need not keep the rule."""

    rule: str
    level: Level
    path: str
    line: int
    message: str
    fix: Fix | None = None
    waived: str | None = None

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}"

    @property
    def order(self) -> tuple:
        return (self.path, self.line, self.rule)
