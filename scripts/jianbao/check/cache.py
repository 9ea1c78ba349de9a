"""What the rules found on each page when they last saw it, so that an unchanged page is not looked at again.

An entry counts as long as nothing that it was made from has changed: the page's bytes, the vocabulary, this program,
the libraries it asks, Python. The file is safe to delete, and one that cannot be read or written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from jianbao import archive
from jianbao.check.finding import Fix, Spot
from jianbao.check.page_file import PageFile
from jianbao.check.record import Record
from jianbao.errors import ArchiveError

PLACE = Path(".cache", "jianbao", "check.json")
_LIBRARIES = ("autocorrect-py", "Markdown", "pymdown-extensions", "PyYAML")


@dataclass(frozen=True)
class Examined:
    """A page's record, and what each rule found there: (number of the rule, spot)."""

    record: Record | None
    spots: tuple[tuple[str, Spot], ...]


@dataclass
class Cache:
    """Entries by page; only those that were asked for or added are kept by ``save``."""

    file: Path
    stamp: str
    old: dict[str, list]
    kept: dict[str, list] = field(default_factory=dict)

    @classmethod
    def open(cls, root: Path, vocabulary: bytes) -> Cache:
        """The cache of the archive in ``root``; empty where there is none that counts."""
        stamp = hashlib.sha256(_program() + vocabulary).hexdigest()
        file = root / PLACE
        old: dict[str, list] = {}
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            kept = json.loads(file.read_bytes())
            if kept["stamp"] == stamp:
                old = dict(kept["pages"])
        return cls(file, stamp, old)

    def find(self, page: PageFile) -> Examined | None:
        """What is known of exactly this page."""
        entry = self.old.get(page.path)
        try:
            digest, record, spots = entry or ("", None, ())
            if digest != _digest(page):
                return None
            found = Examined(
                record and Record.from_json(record),
                tuple(
                    (rule, Spot(page.path, line, message, fix and Fix(*fix)))
                    for rule, line, message, fix in spots
                ),
            )
        except (TypeError, ValueError, KeyError):  # not what this program writes
            return None
        self.kept[page.path] = entry
        return found

    def keep(self, page: PageFile, examined: Examined) -> None:
        spots = [(rule, *spot[1:]) for rule, spot in examined.spots]
        self.kept[page.path] = [_digest(page), examined.record and examined.record.as_json(), spots]

    def save(self) -> None:
        """Write the entries of the pages that there are now."""
        if self.kept == self.old:
            return
        text = json.dumps({"stamp": self.stamp, "pages": self.kept}, ensure_ascii=False)
        # A folder that cannot be written to is no reason to fail: the next run looks at every page again.
        with contextlib.suppress(ArchiveError, UnicodeEncodeError):
            archive.write(self.file, text.encode())


def _digest(page: PageFile) -> str:
    return hashlib.sha256(page.data).hexdigest()


@cache
def _program() -> bytes:
    """What stands for this program and all that it asks."""
    sources = sorted(Path(__file__).parents[1].rglob("*.py"))
    parts: Iterable[bytes] = (
        *(source.read_bytes() for source in sources),
        sys.version.encode(),
        *(f"{name} {metadata.version(name)}".encode() for name in _LIBRARIES),
    )
    return hashlib.sha256(b"\0".join(parts)).digest()
