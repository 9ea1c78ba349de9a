"""The site's folder: what each part of it was made from, and what is to be written again.

A file is written only where its bytes differ, and by renaming: a server never sees half of one, and a file that
another name leads to (a hard link) is left as it was. What an interrupted build has made is known to the next.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jianbao.build.cache import Adding, Cache


@dataclass(frozen=True)
class Written:
    """A file below the site's root as it was written: by its size and time it is known again."""

    path: str
    size: int
    time: int
    sha256: str | None = None


@dataclass(frozen=True)
class Made:
    """A part as it was made: its key, its files, what MkDocs warned of, and what else is to be known of it."""

    key: str | None
    files: tuple[Written, ...]
    warnings: tuple[str, ...] = ()
    note: object = None


class Output:
    """The folder that a build writes to."""

    def __init__(self, folder: Path, cache: Cache, name: str) -> None:
        self.folder = folder
        self._cache = cache
        self._name = name
        before: dict[str, Made] = cache.load(name) or {}
        interrupted = dict(cache.load_all(f"{name}.new"))
        if interrupted:
            before |= interrupted
            cache.save(name, before)
        there = dict(_files(folder))
        self._before = {
            part: made
            for part, made in before.items()
            if all(there.get(file.path) == (file.size, file.time) for file in made.files)
        }
        self._there = there
        self.parts: dict[str, Made] = {}
        self.made = 0

    def __enter__(self) -> Output:
        self._adding = self._cache.added(f"{self._name}.new")
        self._new: Adding = self._adding.__enter__()
        return self

    def __exit__(self, *details: object) -> None:
        self._adding.__exit__(*details)

    def keep(self, part: str, key: str | None) -> Made | None:
        """The part as it was made before, if its key is the same and its files are there; it then stays."""
        made = self._before.get(part)
        if made is None or key is None or made.key != key:
            return None
        self.parts[part] = made
        return made

    def before(self, part: str) -> Made | None:
        """The part as an earlier build made it, whatever its key, if its files are there."""
        return self._before.get(part)

    def add(self, part: str, made: Made) -> None:
        """A part that has been made."""
        self.parts[part] = made
        self.made += 1
        self._new.add((part, made))

    def finish(self) -> None:
        """Remove what belongs to no part, but for what is hidden at the root, and keep what is known."""
        wanted = {file.path for made in self.parts.values() for file in made.files}
        emptied = set()
        for path in self._there:
            if path not in wanted:
                self.folder.joinpath(path).unlink(missing_ok=True)
                emptied.add(os.path.dirname(path))
        for folder in sorted(emptied, key=len, reverse=True):
            while folder:
                try:
                    self.folder.joinpath(folder).rmdir()
                except OSError:
                    break
                folder = os.path.dirname(folder)
        self._cache.save(self._name, self.parts)
        self._cache.remove(f"{self._name}.new")


def write(folder: Path, path: str, content: bytes | str | Iterable[str], is_summed: bool = False) -> Written:
    """Write a file of the site, if its bytes differ from what is there; ``is_summed``: its SHA-256 is to be known."""
    target = folder / path
    data = _bytes(content)
    sum = hashlib.sha256(data).hexdigest() if is_summed else None
    if not _holds(target, data):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            shutil.rmtree(target)
        new = target.with_name(f".{target.name}.new")
        new.write_bytes(data)
        os.replace(new, target)
    stat = target.stat()
    return Written(path, stat.st_size, stat.st_mtime_ns, sum)


def _bytes(content: bytes | str | Iterable[str]) -> bytes:
    if isinstance(content, bytes):
        return content
    text = content if isinstance(content, str) else "".join(content)
    return text.encode("utf-8", "xmlcharrefreplace")


def _holds(target: Path, data: bytes) -> bool:
    try:
        return target.stat().st_size == len(data) and target.read_bytes() == data
    except OSError:
        return False


def _files(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every file below ``folder`` with its size and time; none of what is hidden at the root, as MkDocs has it."""
    pending = [(str(folder), "")]
    while pending:
        place, prefix = pending.pop()
        try:
            found = list(os.scandir(place))
        except OSError:
            continue
        for each in found:
            if not prefix and each.name.startswith("."):
                continue
            if each.is_dir(follow_symlinks=False):
                pending.append((each.path, f"{prefix}{each.name}/"))
            else:
                stat = each.stat(follow_symlinks=False)
                yield prefix + each.name, (stat.st_size, stat.st_mtime_ns)
