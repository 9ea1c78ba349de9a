"""A grammar of weighted lists (``words.txt``) → made-up sentences; its head explains the notation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

# A list's r-th alternative weighs 1 / (r + FLAT): Zipf's law, a little flatter at the top, as in real text.
FLAT = 4
FIGURES_SEED = 1949
FIGURES_KEPT = 20_000

_HEAD = re.compile(r"^\[(.+)\]$")
_SLOT = re.compile(r"\{(.+?)\}")

# An alternative is a tuple of strings, tables and, for what is an article's own, slots; a table holds an
# alternative as often as it weighs, so that one random number picks from it.
Table = list[tuple]


class Slot(str):
    """The name of a list that each article has for itself."""


class Grammar:
    """The lists of a file; ``own`` names those that an article brings."""

    def __init__(self, path: Path, own: frozenset[str]) -> None:
        self.lists = _lists(path.read_text("utf-8"))
        self.own = own

    @property
    def themes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name.split("/")[0] for name in self.lists if "/" in name))

    @cache  # noqa: B019  (there is one grammar, and it stays)
    def tables(self, theme: str) -> dict[str, Table]:
        """Every list as an article of ``theme`` has it. KeyError for a slot that names no list."""
        names = {name.split("/")[-1] for name in self.lists}
        tables: dict[str, Table] = {name: [] for name in names}
        tables.update(_figures())
        for name in names:
            alternatives = self.lists.get(f"{theme}/{name}") or self.lists[name]
            tables[name] += weighted([self._parts(each, tables) for each in alternatives])
        return tables

    def _parts(self, alternative: str, tables: dict[str, Table]) -> tuple:
        pieces = _SLOT.split(alternative)
        parts: list[object] = []
        for position, piece in enumerate(pieces):
            if position % 2:
                parts.append(Slot(piece) if piece in self.own else tables[piece])
            elif piece:
                parts.append(piece)
        return tuple(parts)


def weighted(alternatives: list[tuple]) -> Table:
    """A table in which the first alternatives stand more often than the last, which stands once."""
    last = len(alternatives) - 1 + FLAT
    return [each for rank, each in enumerate(alternatives) for _ in range(round(last / (rank + FLAT)))]


def write(table: Table, own: Mapping[str, Table], chance: Callable[[], float], pieces: list[str]) -> None:
    """Append an alternative of ``table``, its slots filled, to ``pieces``."""
    for part in table[int(chance() * len(table))]:
        kind = part.__class__
        if kind is str:
            pieces.append(part)
        elif kind is list:
            write(part, own, chance, pieces)
        else:
            write(own[part], own, chance, pieces)


def _lists(text: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    words: list[str] = []
    for line in text.splitlines():
        if head := _HEAD.match(line):
            words = lists.setdefault(head[1], [])
        elif not line.startswith("#"):
            words += line.split()
    return lists


@cache
def _figures() -> dict[str, Table]:
    """Figures as reports have them: small ones often, large ones of any size."""
    rng = random.Random(FIGURES_SEED)

    def table(make: Callable[[], str]) -> Table:
        return [(make(),) for _ in range(FIGURES_KEPT)]

    return {
        "数": table(lambda: str(int(10 ** rng.uniform(1, 4.6)))),
        "小": table(lambda: str(int(10 ** rng.uniform(0.3, 1.7)))),
        "大": table(lambda: f"{10 ** rng.uniform(0, 3.5):.{rng.choice((0, 0, 1, 2))}f}"),
        "率": table(lambda: f"{rng.uniform(1, 100):.{rng.choice((0, 1))}f}"),
        "月": table(lambda: str(rng.randint(1, 12))),
        "日": table(lambda: str(rng.randint(1, 30))),
    }
