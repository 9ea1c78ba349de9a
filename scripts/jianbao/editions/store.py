"""The content store: files by their SHA-256, so that equal files of all editions are one file on the disk.

A file of an edition and the store's are hard links to the same bytes. The store only saves space: each edition is
whole without it, and where the file system knows no links each edition simply has files of its own.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Store:
    """The store in the folder ``root``: ``ab/cdef…``, the digest in hex cut after two digits.

    ``scratch`` is a folder on the same file system for what is half done. Methods raise OSError.
    """

    root: Path
    scratch: Path

    def path(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:]

    def share(self, file: Path, digest: str) -> bool:
        """Make ``file`` one with the store's of this digest; False where the store has none that can be shared."""
        kept = self.path(digest)
        # Compared, not believed: what a failing disk or someone's editor did to an older edition is not handed on.
        # `keep` then puts this file in its place.
        return kept.exists() and filecmp.cmp(kept, file, shallow=False) and link(kept, file, self.scratch)

    def keep(self, file: Path, digest: str) -> None:
        """Let the store have ``file``, too, in the place of what it had: a file may have no more links than the
        file system allows, and then the next editions share this one."""
        kept = self.path(digest)
        kept.parent.mkdir(exist_ok=True)
        link(file, kept, self.scratch)

    def collect(self, used: Collection[str]) -> None:
        """Drop every file but those whose digests are ``used``."""
        for place in list(self.root.iterdir()):
            for kept in list(place.iterdir()):
                if place.name + kept.name not in used:
                    kept.unlink()
            if not any(place.iterdir()):
                place.rmdir()


def link(source: Path, target: Path, scratch: Path) -> bool:
    """Make ``target`` a hard link to ``source``, at once; False, and nothing done, where that cannot be.

    No links on this file system, too many of this file already, or not ours to link (fs.protected_hardlinks).
    """
    temporary = scratch / "link"
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    try:
        os.link(source, temporary)
    except FileNotFoundError:
        raise
    except OSError:
        return False
    os.replace(temporary, target)
    return True
