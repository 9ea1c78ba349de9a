"""The archive's commit → an edition in a published folder; rollback and retirement of editions.

The order of a publish, so that a cut at any instant leaves what is served whole: lock, build in staging, share equal
files with the store, manifest, all of it on the disk, rename into place, root files, ``latest``, tag in git. What a
cut leaves behind, the next run clears away; the same commit published again goes on where the first stopped.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jianbao import site_builder
from jianbao.archive import Archive
from jianbao.check import RULES, checker
from jianbao.edition import Edition, Name
from jianbao.editions import manifest, published
from jianbao.editions.manifest import Listed, Manifest
from jianbao.editions.published import Published
from jianbao.editions.store import link
from jianbao.errors import EditionError, HistoryError
from jianbao.history import History

# What a build reads: a commit without these as they are is not what the site shows.
SOURCES = ("docs", "overrides", "mkdocs.yml")
# The group of rules that compare the archive with what is published (check/rules/published.py).
PUBLISHED_RULES = "JB7"
SHOWN_FILES = 5
SYNCED_TOGETHER = 16


@dataclass(frozen=True)
class Publication:
    """What ``publish`` did. ``added`` are the files that no edition had before, None where the edition was there."""

    edition: Edition
    files: tuple[Listed, ...]
    added: tuple[Listed, ...] | None
    was_latest: bool = False


def publish(archive: Archive, folder: Path) -> Publication:
    """Publish the commit that is checked out to ``folder``, make it the newest edition there, and tag it in git.

    The same commit again changes nothing, but is the newest again after a rollback or a run that was cut. Raises
    EditionError, HistoryError and ArchiveError; what was served still is.
    """
    _refuse_place(archive, folder)
    history = History(archive.root)
    commit = _clean_commit(history)
    tagged = _known(history, folder)
    if commit not in tagged.values():
        _refuse_altered(archive)
    target = published.make(folder)
    with target.alone():
        edition = _edition(archive, history, commit, tagged, target)
        publication = add(target, edition, lambda site: _build(archive, history, edition, site))
    if edition.name not in tagged:
        try:
            history.tag(edition.name, commit)
        except HistoryError as error:
            raise HistoryError(f"{edition.name} 已发布，但没有记进 git（{error}）；请再运行一次") from None
    return publication


def make(
    archive: Archive, folder: Path, docs: Path | None = None, has_originals: bool = True
) -> tuple[Edition, Path]:
    """Make the edition of the commit that is checked out in ``folder``, to be used and thrown away; gives its place.

    It is complete, with its manifest, and neither published nor tagged. With ``docs`` it has the pages of another
    folder, a part of the archive's, under the name that the whole has or would have. Raises as ``publish`` does, and
    OSError.
    """
    history = History(archive.root)
    commit = _clean_commit(history)
    edition = _edition(archive, history, commit, history.editions())
    place = folder / str(edition.name)
    _build(archive, history, edition, place, docs, has_originals)
    files = tuple(Listed.of(place, path) for path in manifest.paths_in(place))
    Manifest(edition, manifest.tools(), files).save(place)
    return edition, place


def add(target: Published, edition: Edition, build: Callable[[Path], None]) -> Publication:
    """Add the edition whose site ``build`` makes in the folder that it is given, and make it the newest.

    For the one who holds ``target.alone()``. Raises OSError beside what ``build`` raises.
    """
    place = target.folder(edition.name)
    was_latest = target.latest == edition.name
    added = None
    if not place.exists():
        staged = target.staging / str(edition.name)
        build(staged)
        added = _store(target, edition, staged)
    target.show(edition.name)
    return Publication(edition, Manifest.load(place / manifest.NAME).files, added, was_latest)


def rollback(folder: Path, to: Name | None = None) -> Edition:
    """Make the edition before the newest, or ``to``, the newest; nothing is taken away. Raises EditionError."""
    target = published.open_(folder)
    with target.alone():
        editions = {edition.name: edition for edition in target.editions()}
        earlier = [name for name in editions if target.latest and name < target.latest]
        if to is None and not earlier:
            raise EditionError(f"{folder}：最新版之前没有别的版本，没有改动")
        name = to or earlier[0]
        if name not in editions:
            raise _unknown(folder, name, editions)
        target.show(name)
    return editions[name]


def retire(folder: Path, name: Name) -> Edition:
    """Take an edition away, with the files that no other has; its manifest is kept. Raises EditionError."""
    target = published.open_(folder)
    with target.alone():
        editions = {edition.name: edition for edition in target.editions()}
        if name not in editions:
            raise _unknown(folder, name, editions)
        if name == target.latest:
            raise EditionError(
                f"{folder}：{name} 是最新版，不能撤下；请先发布新的版本，或运行 jianbao rollback {folder}"
            )
        target.withdraw(name)
    return editions[name]


def _build(
    archive: Archive,
    history: History,
    edition: Edition,
    site: Path,
    docs: Path | None = None,
    has_originals: bool = True,
) -> None:
    site_builder.build(archive, docs, site, edition, has_originals)
    if _clean_commit(history) != edition.commit:
        raise EditionError(f"{archive.root}：生成网站时提交变了，没有做成；请再运行一次")


def _store(target: Published, edition: Edition, staged: Path) -> tuple[Listed, ...]:
    """Move the site in staging to its place; gives the files that the store did not have."""
    store, new, files = target.store, {}, []
    for path in manifest.paths_in(staged):
        listed = Listed.of(staged, path)
        files.append(listed)
        if listed.sha256 in new:
            link(staged / new[listed.sha256].path, staged / path, target.staging)
        elif not store.share(staged / path, listed.sha256):
            new[listed.sha256] = listed
    Manifest(edition, manifest.tools(), tuple(files)).save(staged)
    # All that is new is on the disk before the name by which it is found.
    written = [staged / listed.path for listed in new.values()]
    places = [Path(place) for place, _, _ in os.walk(staged)]
    _sync_all([*written, staged / manifest.NAME])
    _sync_all(places)
    for digest, listed in new.items():
        store.keep(staged / listed.path, digest)
    published.move(staged, target.folder(edition.name))
    return tuple(new.values())


def _sync_all(paths: list[Path]) -> None:
    # The file system writes down together what many ask for at the same time.
    with ThreadPoolExecutor(SYNCED_TOGETHER) as pool:
        for _ in pool.map(published.sync, paths):
            pass


def _edition(
    archive: Archive, history: History, commit: str, tagged: dict[Name, str], target: Published | None = None
) -> Edition:
    """The edition that the commit is or will be: as tagged, as published in ``target``, or the first name that is free."""
    here = {edition.name: edition.commit for edition in target.editions()} if target else {}
    retired = {edition.name: edition.commit for edition in target.retired()} if target else {}
    name = _name_of(commit, tagged) or _name_of(commit, here)
    name = name or _free_name(_newest_issue(archive), {*tagged, *here, *retired})
    if name in retired:
        raise EditionError(
            f"{target.root}：这个提交发布过 {name}，已经撤下；要再发布，请先删去 {target.retired_manifest(name)}"
        )
    if here.get(name, commit) != commit:
        raise EditionError(
            f"{target.root}：{name} 是由另一个提交（{here[name][:7]}）发布的，与 git 标签 edition/{name} 不符；"
            "请核对这个文件夹属于哪个档案"
        )
    return Edition(name, commit, history.date(commit))


def _known(history: History, folder: Path) -> dict[Name, str]:
    """The editions that are tagged, with those of ``folder`` that this clone had no tag of, and has now.

    What readers have seen is known by its tags (``check``): without them anything could be altered unseen. Raises
    EditionError where an edition was made from a commit that this clone does not have.
    """
    tagged = history.editions()
    target = Published(folder.resolve())
    for edition in target.editions() if folder.is_dir() else ():
        if edition.name in tagged:
            continue
        if not history.has(edition.commit):
            raise EditionError(
                f"{folder}：其中的 {edition.name} 由提交 {edition.commit[:7]} 发布，这里的 git 没有这个提交，没有发布；"
                "请先运行 git fetch --tags；还是没有的，核对这个文件夹属于哪个档案"
            )
        history.tag(edition.name, edition.commit)
        tagged[edition.name] = edition.commit
    return tagged


def _name_of(commit: str, names: dict[Name, str]) -> Name | None:
    return max((name for name in names if names[name] == commit), default=None)


def _newest_issue(archive: Archive) -> Name:
    """The name after the newest regular issue; an archive of 增刊 alone has number 0. Raises EditionError."""
    # Folder and file are named after year and numbers (archive.page_path): 2017/020.md, 2018/005-006.md, 2018/s01.md.
    pages = [path for path in archive.docs.glob("issues/*/*.md") if path.parent.name.isdecimal()]
    if not pages:
        raise EditionError(f"{archive.docs}：还没有一期简报；请先运行 jianbao import")
    regular = [path for path in pages if path.stem.replace("-", "").isdecimal()]
    numbers = [(int(path.parent.name), int(path.stem.rpartition("-")[2])) for path in regular]
    return Name(*max(numbers)) if numbers else Name(max(int(path.parent.name) for path in pages), 0)


def _free_name(name: Name, taken: set[Name]) -> Name:
    while name in taken:
        name = name.next
    return name


def _clean_commit(history: History) -> str:
    """The commit that is checked out. Raises EditionError where what a build reads differs from it."""
    changed = history.uncommitted(*SOURCES)
    if changed:
        shown = "、".join(changed[:SHOWN_FILES])
        more = f"等 {len(changed)} 个文件" if len(changed) > SHOWN_FILES else ""
        raise EditionError(
            f"{shown}{more}：与提交的不同，没有发布；请先提交（git add、git commit），不要的请移走"
        )
    return history.head()


def _refuse_altered(archive: Archive) -> None:
    """What readers have seen does not become another thing without a word. Raises EditionError."""
    found = [each for each in checker.check(archive).errors if RULES[each.rule].group == PUBLISHED_RULES]
    if found:
        first = found[0]
        more = f"等 {len(found)} 处" if len(found) > 1 else ""
        raise EditionError(
            f"{first.path}:{first.line}：{first.message}（{first.rule}）{more}；"
            "已发布的内容不能悄悄改动，没有发布；怎样改，请运行 jianbao check"
        )


def _refuse_place(archive: Archive, folder: Path) -> None:
    """Neither what a build reads nor what it writes, nor a folder that they are in. Raises EditionError."""
    root, place = archive.root.resolve(), folder.resolve()
    taken = [archive.site.resolve(), *((root / source).resolve() for source in SOURCES), root / ".git"]
    if root.is_relative_to(place) or any(place.is_relative_to(each) for each in taken):
        raise EditionError(f"{folder}：与档案自己的文件夹重叠，没有发布；请指定别的文件夹")


def _unknown(folder: Path, name: Name, editions: dict[Name, Edition]) -> EditionError:
    there = "、".join(map(str, editions)) or "一个也没有"
    return EditionError(f"{folder}：没有版本 {name}，没有改动；现有：{there}")
