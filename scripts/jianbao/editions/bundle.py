"""The bundle (离线包): editions in a zip that a reader carries away, opens by double click and can check.

    jianbao-2017.20/打开简报.html, index.html, README.txt    ``front.py``
    jianbao-2017.20/verify.py                                checks it, with nothing but Python
    jianbao-2017.20/bagit.txt, bag-info.txt, …               BagIt (RFC 8493), by the Library of Congress's own library
    jianbao-2017.20/data/2017.20/ …                          an edition as it was published; versions.js, changes.html

The same editions give the same bytes, on every machine.
"""

from __future__ import annotations

import contextlib
import filecmp
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import bagit

from jianbao.archive import Archive
from jianbao.edition import Edition, Name
from jianbao.editions import (
    changes,
    front,
    manifest,
    portable,
    published,
    publishing,
    root_pages,
    signature,
    verify,
    zipped,
)
from jianbao.errors import EditionError
from jianbao.part import Part

LISTS_OF_EDITIONS = ("versions.json", "versions.js")

bagit.LOGGER.addHandler(logging.NullHandler())  # what goes wrong is raised, too


@dataclass(frozen=True)
class Bundle:
    """A bundle that was made; ``is_new`` is False where the same bytes were there already."""

    path: Path
    editions: tuple[Edition, ...]
    files: int
    is_new: bool

    @property
    def size(self) -> int:
        return self.path.stat().st_size


@dataclass(frozen=True)
class Packing:
    """``output`` is the zip, by default a name after the edition in the current folder; ``key`` signs it.

    ``compress`` makes it smaller, at the price that another machine may make other bytes of it (``zipped.py``).
    """

    output: Path | None = None
    key: Path | None = None
    compress: bool = False


def of_commit(
    archive: Archive, packing: Packing, part: Part | None = None, has_originals: bool = True
) -> Bundle:
    """Bundle the commit that is checked out, or a part of its issues; nothing is published and nothing tagged.

    Raises EditionError, HistoryError or ArchiveError, with no zip made, also where something else is in its place.
    """
    suffix = ((part.name,) if part else ()) + (() if has_originals else ("no-originals",))
    with _workshop(packing) as folder:
        edition, place = edition_of_commit(archive, folder, part, has_originals)
        return _pack({edition: place}, folder, packing, suffix, part.label if part else None)


def of_published(source: Path, names: Collection[Name], packing: Packing) -> Bundle:
    """Bundle editions of a published folder as they are, without names the newest. Raises EditionError as above."""
    with _workshop(packing) as folder:
        chosen = whole_editions(source, names)
        suffix = () if len(chosen) == 1 else (f"{len(chosen)}-editions",)
        return _pack(chosen, folder, packing, suffix)


def edition_of_commit(
    archive: Archive, folder: Path, part: Part | None = None, has_originals: bool = True
) -> tuple[Edition, Path]:
    """The edition of the commit that is checked out, made in ``folder``, and where in it. Raises as ``of_commit``."""
    docs = folder / "docs" if part else None
    try:
        if part:
            part.copy(docs)
        return publishing.make(archive, folder, docs, has_originals)
    except OSError as error:
        raise EditionError(
            f"{error.filename or folder}：{error.strerror or error}；没有做成，请检查磁盘空间和权限"
        ) from None


def whole_editions(source: Path, names: Collection[Name] = ()) -> dict[Edition, Path]:
    """Editions of a published folder, newest first, by default the one that is shown; each is checked before.

    Raises EditionError where there is no such edition, or one is not what its manifest says.
    """
    target = published.open_(source)
    there = {edition.name: edition for edition in target.editions()}
    names = set(names) or {name for name in there if name == target.latest}
    missing = sorted(names - there.keys())
    if missing or not names:
        raise EditionError(
            f"{source}：没有版本 {'、'.join(map(str, missing)) or '可以打包'}；现有：{'、'.join(map(str, there)) or '一个也没有'}"
        )
    chosen = {}
    for name in sorted(names, reverse=True):
        report = verify.check(str(target.folder(name)))
        for fault in report.faults.values():
            raise EditionError(
                f"{target.folder(name)}：{fault.path}：{fault.what}；版本已经损坏，没有打包，请运行 jianbao verify {source}"
            )
        chosen[there[name]] = target.folder(name)
    return chosen


def _pack(
    chosen: Mapping[Edition, Path],
    folder: Path,
    packing: Packing,
    suffix: Sequence[str],
    part: str | None = None,
) -> Bundle:
    """Make the bag in ``folder``, zip it and put the zip in its place."""
    editions = tuple(chosen)
    bag = folder / "-".join(("jianbao", str(editions[0].name), *suffix))
    target = (packing.output or Path(f"{bag.name}.zip")).absolute()
    try:
        for edition, place in chosen.items():
            shutil.copytree(place, bag / str(edition.name), copy_function=_link)
        _write_root(bag, editions)
        _demand_portable(bag)
        _make_bag(bag, editions, part, packing.key)
        made = folder / "zip"
        zipped.write(bag, made, editions[0].date, packing.compress)
        is_new = _deliver(made, target)
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise EditionError(
            f"{getattr(error, 'filename', None) or target}：{reason}；没有做成离线包"
        ) from None
    return Bundle(target, editions, sum(len(names) for _, _, names in os.walk(bag)), is_new)


def _make_bag(bag: Path, editions: Sequence[Edition], part: str | None, key: Path | None) -> None:
    """Turn a folder of editions into a bag with all that goes around it."""
    newest = editions[0]
    info = {
        "Bagging-Date": newest.date.isoformat(),
        "Bag-Software-Agent": "jianbao",
        "External-Identifier": bag.name,
        "External-Description": f"简报档案 {'、'.join(str(e.name) for e in editions)}{f'（{part}）' if part else ''}",
        "Internal-Sender-Identifier": newest.commit,
    }
    try:
        made = bagit.make_bag(str(bag), info, checksums=["sha256"])
        for name, data in front.pages(editions, part, key is not None).items():
            (bag / name).write_bytes(data)
        shutil.copyfile(verify.__file__, bag / "verify.py")
        made.save()
    except (bagit.BagError, RuntimeError) as error:
        raise EditionError(f"{bag.name}：BagIt 没有做成（{error}）") from None
    _sort_lines(bag / verify.TAG_SUMS)
    if key:
        signature.sign(bag, key)


def _sort_lines(path: Path) -> None:
    """The library lists the files as the disk happens to; two spaces, so that ``sha256sum --check`` reads it, too."""
    lines = (line.split(maxsplit=1) for line in path.read_text("utf-8").splitlines())
    in_order = sorted((name, digest) for digest, name in lines)
    path.write_bytes("".join(f"{digest}  {name}\n" for name, digest in in_order).encode())


def _write_root(folder: Path, editions: Sequence[Edition]) -> None:
    """What stands beside the editions: their list, for the selector on every page, and what each has changed.

    The changes are told from the editions that are here, whatever else was published: the same bundle for the same
    editions.
    """
    lists = root_pages.files(editions, editions[0].name)
    places = [folder / str(edition.name) for edition in editions]
    told = [changes.between(before, place) for place, before in zip_longest(places, places[1:])]
    pages = dict(changes.files(_site_name(places[0]), told))
    for name, text in {**pages, **{name: lists[name] for name in LISTS_OF_EDITIONS}}.items():
        (folder / name).write_bytes(text.encode())


def _site_name(edition: Path) -> str:
    """The archive's name as the edition's own data have it."""
    return json.loads((edition / "data" / "index.json").read_text("utf-8"))["archive"]


def _demand_portable(folder: Path) -> None:
    names = (f"{folder.name}/data/{path}" for path in manifest.paths_in(folder))
    for path, reason in portable.faults(names):
        raise EditionError(f"{path}：{reason}，在别的系统上解不开；请改短或改用英文的文件名，再运行一次")


def _link(source: str, target: str) -> None:
    """Give the bag an edition's file without copying its bytes, where that can be: nothing writes to it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _deliver(made: Path, target: Path) -> bool:
    """Put the zip in its place; False where it is there already. Raises EditionError before it writes over another."""
    if os.path.lexists(target):
        if target.is_file() and filecmp.cmp(made, target, shallow=False):
            return False
        raise EditionError(f"{target}：已经有一个内容不同的文件，没有改动；请移走它，或用 --output 另指一处")
    # mkstemp and the like make private files; a bundle is for everyone whom the umask allows.
    os.rename(made, target)
    return True


@contextlib.contextmanager
def _workshop(packing: Packing) -> Iterator[Path]:
    """A folder on the disk that the zip will be on, gone at the end whatever happens."""
    place = packing.output.absolute().parent if packing.output else Path.cwd()
    if not place.is_dir():
        raise EditionError(f"{place}：没有这个文件夹；请先建立，或用 --output 另指一处")
    if packing.key:
        signature.demand(packing.key)
    try:
        with tempfile.TemporaryDirectory(prefix=".jianbao-", dir=place) as folder:
            yield Path(folder)
    except PermissionError as error:
        raise EditionError(f"{error.filename or place}：没有写的权限；请用 --output 另指一处") from None
