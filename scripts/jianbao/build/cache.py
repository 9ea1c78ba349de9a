"""What is kept from one build to the next: values in a folder that can be deleted at any time.

A value that cannot be read, or that another version of the program wrote, is as if it were not there.
"""

from __future__ import annotations

import contextlib
import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# Modules whose values a cache holds; nothing else is ever made from its files.
_KNOWN = ("jianbao.", "numpy", "datetime", "decimal", "collections")


class _Unpickler(pickle.Unpickler):
    """Makes values of our own and plain ones only, so that a file from elsewhere cannot run a program."""

    def find_class(self, module: str, name: str) -> object:
        if module.startswith(_KNOWN):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


@dataclass(frozen=True)
class Cache:
    """Values by their names (``pages/2017``); ``version`` stands for the program that writes them."""

    folder: Path
    version: str

    def load(self, name: str) -> object | None:
        """The value, None where there is none that can be used."""
        return next(self.load_all(name), None)

    def load_all(self, name: str) -> Iterator[object]:
        """The values that were saved or added under ``name``, up to the first that is damaged."""
        with contextlib.suppress(Exception), self._path(name).open("rb") as file:
            if _Unpickler(file).load() != self.version:
                return
            while True:
                yield _Unpickler(file).load()

    def save(self, name: str, value: object) -> None:
        """Keep ``value``, whole or not at all; in place of an earlier one."""
        path = self._prepared(name)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        with temporary.open("wb") as file:
            self._dump(file, self.version)
            self._dump(file, value)
        os.replace(temporary, path)

    @contextlib.contextmanager
    def added(self, name: str) -> Iterator[Adding]:
        """Values that are kept one by one, each as soon as it is added; earlier ones under ``name`` go."""
        path = self._prepared(name)
        with path.open("wb") as file:
            self._dump(file, self.version)
            yield Adding(file)

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder.joinpath(*name.split("/"))

    def _prepared(self, name: str) -> Path:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whatever the archive's own .gitignore says, git leaves the cache alone.
        ignored = self.folder / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", "utf-8")
        return path

    @staticmethod
    def _dump(file: BinaryIO, value: object) -> None:
        pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)


@dataclass(frozen=True)
class Adding:
    """A file to which values are added."""

    file: BinaryIO

    def add(self, value: object) -> None:
        pickle.dump(value, self.file, pickle.HIGHEST_PROTOCOL)
        self.file.flush()
