"""A published folder (发布文件夹): what a web server serves, edition beside edition.

    2017.20/      an edition, complete; it comes by one rename and is never altered
    latest        a symlink to the edition that addresses without edition show; switched by one rename
    versions.json, versions.js, index.html, 404.html   made from the two, for readers (``root_pages.py``)
    changes.html, changes.atom                         what each edition changed (``record.py``)
    .jianbao/     lock, staging/ (what is half done), store/ (``store.py``), changes/, retired/

The truth is the editions' manifests and the symlink: all else is made anew from them, so that a run that was cut at
any instant leaves nothing that the next one must be told of.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import filelock

from jianbao.edition import Edition, Name
from jianbao.editions import manifest, record, root_pages
from jianbao.editions.store import Store
from jianbao.errors import EditionError

LATEST = "latest"
OWN = ".jianbao"

# How long a second publisher waits for the first, in seconds.
WAIT = 10


@dataclass(frozen=True)
class Published:
    """The published folder ``root``; made by ``open_`` or ``make``."""

    root: Path

    @property
    def staging(self) -> Path:
        return self.root / OWN / "staging"

    @property
    def store(self) -> Store:
        return Store(self.root / OWN / "store", self.staging)

    @property
    def latest(self) -> Name | None:
        """The edition that ``latest`` leads to, None before the first."""
        try:
            return Name.parse(os.readlink(self.root / LATEST))
        except FileNotFoundError:
            return None

    def folder(self, name: Name) -> Path:
        return self.root / str(name)

    def editions(self) -> tuple[Edition, ...]:
        """What is published, newest first. Raises EditionError where a manifest is damaged."""
        retired = set(self._retired_names())
        names = [name for name in map(Name.parse, os.listdir(self.root)) if name and name not in retired]
        return tuple(self._edition(name) for name in sorted(names, reverse=True))

    def retired(self) -> tuple[Edition, ...]:
        """What was published and taken away, newest first."""
        names = sorted(self._retired_names(), reverse=True)
        return tuple(manifest.load_edition(self.retired_manifest(name)) for name in names)

    def retired_manifest(self, name: Name) -> Path:
        return self.root / OWN / "retired" / f"{name}.json"

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one to change the folder, with what an interrupted run has left finished or cleared away.

        Raises EditionError where another one does not end soon, and in the place of any OSError: then what is
        served is as it was.
        """
        lock = filelock.FileLock(self.root / OWN / "lock")
        try:
            with lock.acquire(timeout=WAIT):
                _refuse_foreign(self)
                try:
                    self._recover()
                    yield
                finally:
                    # A full disk has its room back.
                    self._clear_away()
        except filelock.Timeout:
            raise EditionError(f"{self.root}：另一个 jianbao 正在发布到这里；请等它结束再运行一次") from None
        except OSError as error:
            raise EditionError(
                f"{error.filename or self.root}：{error.strerror or error}；读者看到的没有变，"
                "请检查磁盘空间和权限，再运行一次"
            ) from None

    def show(self, latest: Name) -> None:
        """Let readers see the editions that there are, with ``latest`` as the newest: root files, symlink last.

        Raises OSError, and EditionError where what an edition changed cannot be told.
        """
        editions, kept = self.editions(), self.root / OWN / "changes"
        for path, text in record.untold(self.root, kept, editions):
            self.write(path, text.encode())
        pages = root_pages.files(editions, latest, sorted(os.listdir(self.folder(latest))))
        for name, text in {**pages, **record.files(self.root, kept, editions, latest)}.items():
            self.write(self.root / name, text.encode())
        if self.latest != latest:
            link = self.staging / LATEST
            link.symlink_to(str(latest), target_is_directory=True)
            move(link, self.root / LATEST)

    def write(self, path: Path, data: bytes) -> None:
        """Write a file of the folder, whole or not at all, where it is not so already. Raises OSError."""
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.staging / "file"
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        move(temporary, path)

    def withdraw(self, name: Name) -> None:
        """Take an edition that is not ``latest`` away, at once; its manifest stays in ``retired/``. Raises OSError."""
        # From here on the edition counts as retired: a run that is cut below is finished by the next.
        self.write(self.retired_manifest(name), (self.folder(name) / manifest.NAME).read_bytes())
        self.show(self.latest)
        move(self.folder(name), self.staging / str(name))
        self._clear_away()

    def _edition(self, name: Name) -> Edition:
        edition = manifest.load_edition(self.folder(name) / manifest.NAME)
        if edition.name != name:
            raise EditionError(f"{self.folder(name)}：清单里写的是 {edition.name}；请把文件夹改回原来的名字")
        return edition

    def _retired_names(self) -> list[Name]:
        with contextlib.suppress(FileNotFoundError):
            found = (self.root / OWN / "retired").iterdir()
            return [name for path in found if (name := Name.parse(path.stem))]
        return []

    def _recover(self) -> None:
        self._clear_away()
        for name in self._retired_names():
            if self.folder(name).exists():
                self.withdraw(name)

    def _clear_away(self) -> None:
        """Remove what is half done or withdrawn, from staging last: as long as something is there, this is not done."""
        found = list(self.staging.iterdir())
        if found:
            self.store.collect(self._used())
        for each in found:
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            else:
                each.unlink()

    def _used(self) -> set[str]:
        """The digests of all files of all editions."""
        used = set()
        for edition in self.editions():
            files = manifest.Manifest.load(self.folder(edition.name) / manifest.NAME).files
            used.update(each.sha256 for each in files)
        return used


def open_(folder: Path) -> Published:
    """The published folder that ``folder`` is. Raises EditionError where it is none."""
    published = Published(folder.resolve())
    _refuse_foreign_links(published)
    if not published.store.root.is_dir():
        raise EditionError(f"{folder}：不是发布文件夹；请先运行 jianbao publish --to {folder}")
    return published


def make(folder: Path) -> Published:
    """The published folder ``folder``, made where there is nothing yet.

    Raises EditionError, and makes nothing, where something else is there.
    """
    published = Published(folder.resolve())
    _refuse_foreign_links(published)
    try:
        if not published.store.root.is_dir():
            there = set(os.listdir(published.root)) if published.root.exists() else set()
            # The lone .jianbao is what a run that was cut at this very place leaves.
            if there - {OWN}:
                raise EditionError(
                    f"{folder}：文件夹里有别的东西（{min(there - {OWN})}），没有改动；请指定一个空文件夹或新文件夹"
                )
            published.staging.mkdir(parents=True, exist_ok=True)
            published.store.root.mkdir(exist_ok=True)
    except OSError as error:
        raise EditionError(f"{folder}：{error.strerror}；请检查路径和权限") from None
    return published


def move(source: Path, target: Path) -> None:
    """Rename, at once and so that it lasts when the power fails. Raises OSError."""
    os.replace(source, target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until a file's bytes, or the names in a folder, are on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_foreign_links(published: Published) -> None:
    """Our own folders are no links to someone else's."""
    own = published.root / OWN
    for path in (own, published.staging, published.store.root, own / "changes", own / "retired"):
        if path.is_symlink() or (path.exists() and not path.is_dir()):
            raise _foreign(path)


def _refuse_foreign(published: Published) -> None:
    """Nothing of someone else's is written over: neither a folder nor a link in the place of ours."""
    root = published.root
    for name in root_pages.NAMES:
        if (root / name).is_symlink() or (root / name).is_dir():
            raise _foreign(root / name)
    for path in root.iterdir():
        if Name.parse(path.name) and (path.is_symlink() or not (path / manifest.NAME).is_file()):
            raise _foreign(path)
    latest = root / LATEST
    if os.path.lexists(latest) and not (latest.is_symlink() and Name.parse(os.readlink(latest))):
        raise _foreign(latest)


def _foreign(path: Path) -> EditionError:
    return EditionError(f"{path}：不是 jianbao 发布的，没有改动；请把它移到别处，再运行一次")
