"""The manifest of an edition: every file with its size and SHA-256, the source commit, the tools that made it.

``manifest.json`` lies at the edition's root and lists all files but itself. One edition has one manifest: nothing in it
depends on when or where it was made. A file stands on a line of its own, so that two manifests can be compared line
by line and what an edition *is* can be read from the first lines of a long file.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.metadata
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from jianbao.edition import Edition, Name
from jianbao.errors import EditionError

NAME = "manifest.json"

# What decides over the bytes of a site. Not Python: two versions of it make the same site.
TOOLS = ("jianbao", "jinja2", "lunr", "markdown", "mkdocs", "mkdocs-material", "opencc", "pymdown-extensions", "pypinyin")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the manifest lists it; ``path`` is relative to the edition, with ``/``."""

    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, folder: Path, path: str) -> Listed:
        """Read the file once, in pieces. Raises OSError."""
        with open(folder / path, "rb") as file:
            return cls(path, os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True)
class Manifest:
    """``files`` are sorted by their paths, ``tools`` by their names."""

    edition: Edition
    tools: Mapping[str, str]
    files: tuple[Listed, ...]

    @property
    def size(self) -> int:
        """The bytes of all files together."""
        return sum(each.size for each in self.files)

    def lines(self) -> Iterator[str]:
        """``manifest.json``, line by line."""
        head = {**_edition_values(self.edition), "tools": dict(self.tools)}
        yield "{\n"
        for key, value in head.items():
            yield f"{_json(key)}: {_json(value)},\n"
        yield '"files": [\n'
        for position, each in enumerate(self.files, start=1):
            comma = "," if position < len(self.files) else ""
            yield f"{_json(asdict(each))}{comma}\n"
        yield "]\n}\n"

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """The manifest in a file. Raises EditionError where it is none or cannot be read."""
        values = _values(path, _text(path))
        try:
            files = tuple(Listed(each["path"], each["size"], each["sha256"]) for each in values["files"])
            return cls(_edition(values), values["tools"], files)
        except (KeyError, TypeError, ValueError):
            raise _not_a_manifest(path) from None


def load_edition(path: Path) -> Edition:
    """The edition that a manifest is of, from the lines before its files. Raises EditionError as ``Manifest.load``."""
    lines = []
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                lines.append(line)
                if line.startswith('"files": ['):
                    lines.append("]}")
                    break
    except (OSError, UnicodeDecodeError) as error:
        raise _not_a_manifest(path, error) from None
    try:
        return _edition(_values(path, "".join(lines)))
    except (KeyError, TypeError, ValueError):
        raise _not_a_manifest(path) from None


def paths_in(folder: Path) -> Iterator[str]:
    """The files below a folder, all but its manifest, as a manifest names them, in its order."""
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    yield from sorted(path for each in found if (path := each.relative_to(folder).as_posix()) != NAME)


def tools() -> dict[str, str]:
    """The versions of what made the site."""
    return {name: importlib.metadata.version(name) for name in TOOLS}


def _edition_values(edition: Edition) -> dict[str, str]:
    return {"edition": str(edition.name), "date": edition.date.isoformat(), "commit": edition.commit}


def _edition(values: Mapping[str, str]) -> Edition:
    name = Name.parse(values["edition"])
    if name is None:
        raise ValueError(values["edition"])
    return Edition(name, values["commit"], datetime.date.fromisoformat(values["date"]))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _not_a_manifest(path, error) from None


def _values(path: Path, text: str) -> Mapping:
    try:
        return json.loads(text)
    except ValueError:
        raise _not_a_manifest(path) from None


def _not_a_manifest(path: Path, error: Exception | None = None) -> EditionError:
    reason = (error.strerror if isinstance(error, OSError) else None) or "内容不是版本的清单"
    return EditionError(f"{path}：{reason}；请从别处的副本恢复这个版本")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
