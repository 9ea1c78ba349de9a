"""The archive's folder: where an issue's page and its original are, and how they are written.

``docs/`` is the truth: a page that exists is never overwritten unseen, and a write is whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from jianbao import page
from jianbao.errors import ArchiveError, PageError
from jianbao.issue import Issue

# Served as they are, these would be rendered by MkDocs or run in the reader's browser.
KEPT_AS_TEXT = frozenset({".md", ".html", ".htm"})


class Outcome(Enum):
    """What an import did to the archive."""

    CREATED = "新建"
    UNCHANGED = "没有变化"
    REPLACED = "替换"


def page_path(issue: Issue) -> PurePosixPath:
    """Where the issue's page is, below ``docs/``: ``issues/2017/020.md``."""
    return PurePosixPath("issues", str(issue.year), f"{issue.slug}.md")


def original_path(issue: Issue) -> PurePosixPath:
    """Where the issue's original is kept, below ``docs/``: ``originals/2017/020.txt``.

    The name is ASCII, safe on every file system; the file's own name stands in the page. ValueError where
    the issue has no original.
    """
    if issue.original is None:
        raise ValueError("这一期没有原件")
    suffix = PurePosixPath(issue.original.name).suffix.lower()
    kept = f"{suffix}.txt" if suffix in KEPT_AS_TEXT else suffix
    return PurePosixPath("originals", str(issue.year), f"{issue.slug}{kept}")


@dataclass(frozen=True)
class Archive:
    """An archive: the folder that holds ``mkdocs.yml`` and ``docs/``."""

    root: Path

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def config(self) -> Path:
        return self.root / "mkdocs.yml"

    @property
    def vocabulary(self) -> Path:
        return self.docs / "vocabulary.yml"

    @property
    def newest_page(self) -> Path | None:
        """The page of the newest issue by year and number, a 增刊 only where there is nothing else; None where none is."""
        pages = list((self.docs / "issues").glob("[0-9][0-9][0-9][0-9]/*.md"))
        regular = [path for path in pages if path.stem[:1].isdigit()] or pages
        return max(regular, key=lambda path: (path.parent.name, path.stem), default=None)

    def create(self, issue: Issue, text: str) -> Path:
        """Write the page of an issue that has no original, and give its path.

        Raises ArchiveError, and writes nothing, where there is a page of this issue.
        """
        path = self.docs / page_path(issue)
        if path.exists():
            raise ArchiveError(
                f"{path}：{issue.label}已在档案中，没有改动；请换一个期号（--number），或直接修改这一页"
            )
        write(path, text.encode())
        return path

    def store(
        self, issue: Issue, original: bytes, images: Mapping[str, bytes], replace: bool = False
    ) -> Outcome:
        """Write the page of ``issue``, its original's bytes and its pictures, by their paths beside the page.

        The page comes last, so that it never stands without what it shows.

        Raises ArchiveError, and writes nothing, where a page or an original of this issue exists and differs
        (unless ``replace``: then the old ones are kept under ``.jianbao/replaced/``).
        """
        text = page.write(issue).encode()
        place = self.docs / page_path(issue)
        targets = (
            (self.docs / original_path(issue), original),
            *((place.parent / path, data) for path, data in images.items()),
            (place, text),
        )
        existing = [(path, path.read_bytes(), data) for path, data in targets if path.exists()]
        differing = [(path, old, data) for path, old, data in existing if old != data]
        if len(existing) == len(targets) and not differing:
            return Outcome.UNCHANGED
        if differing and not replace:
            path, old, data = differing[-1]
            raise ArchiveError(
                f"{path}：{issue.label}已在档案中，内容与这次导入的不同{_difference(old, data)}，没有改动；"
                "确要替换请加 --replace（原来的会另存一份）"
            )
        for path, old, _ in differing:
            kept = self.root / ".jianbao" / "replaced" / path.relative_to(self.docs)
            write(_unused(kept), old)
        new = [path for path, _ in targets if not path.exists()]
        try:
            for path, data in targets:
                write(path, data)
        except ArchiveError:
            # A full disk or a missing right halfway: what this import has added is taken back.
            for path in new:
                with contextlib.suppress(OSError):
                    path.unlink()
            raise
        return Outcome.REPLACED if differing else Outcome.CREATED


def page_text(path: Path, shown: str) -> str:
    """The text of a page, with the line ends that it has; ``shown`` is how messages call it.

    Raises PageError where it cannot be opened or is not UTF-8.
    """
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise PageError(shown, 1, f"打不开（{error.strerror}）") from None
    except UnicodeDecodeError:
        raise PageError(shown, 1, "不是 UTF-8 编码；请用编辑器另存为 UTF-8") from None


def find(start: Path, is_named: bool = False) -> Archive:
    """The archive that ``start`` is in; failing that, the one that this program was installed from.

    A folder that a person has named (``is_named``) is the archive itself: no other one is meant. Raises ArchiveError
    where there is none.
    """
    start = start.absolute()
    checkout = Path(__file__).resolve().parents[2]
    for folder in (start,) if is_named else (start, *start.parents, checkout):
        if (folder / "mkdocs.yml").is_file() and (folder / "docs" / "vocabulary.yml").is_file():
            return Archive(folder)
    todo = "请核对 --archive 后面的文件夹" if is_named else "请进入档案文件夹，或用 --archive 指明"
    raise ArchiveError(f"{start}：这里不是简报档案（没有 mkdocs.yml 和 docs/vocabulary.yml）；{todo}")


def write_together(contents: Mapping[Path, tuple[bytes | None, bytes]]) -> None:
    """Write all files or none: path → (what is there now, None for no file; what is to be there).

    Raises ArchiveError where a file is not, any more, what it was, and where one cannot be written; then those
    already written are put back.
    """
    for path, (old, _) in contents.items():
        if (path.read_bytes() if path.exists() else None) != old:
            raise ArchiveError(f"{path}：刚刚被改动过；什么也没有写，请再运行一次")
    written: list[Path] = []
    try:
        for path, (_, new) in contents.items():
            write(path, new)
            written.append(path)
    except ArchiveError as error:
        for path in written:
            old, _ = contents[path]
            if old is None:
                path.unlink()
            else:
                write(path, old)
        raise ArchiveError(f"{error}；已写的都改回了原样") from None


def _difference(old: bytes, new: bytes) -> str:
    """Where two versions of a page first differ, as a half-sentence; for an original only that it does."""
    try:
        lines = zip_longest(old.decode().splitlines(), new.decode().splitlines(), fillvalue="")
    except UnicodeDecodeError:
        return ""
    differing = [(number, pair) for number, pair in enumerate(lines, start=1) if pair[0] != pair[1]]
    if not differing:
        return ""
    number, (here, there) = differing[0]
    same = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), 0)
    start = max(same - 6, 0)
    return f"（{len(differing)} 行不同，先在第{number}行：档案“{here[start:][:16]}”，导入“{there[start:][:16]}”）"


def _unused(path: Path) -> Path:
    """``path``, or with a number added the first that does not exist."""
    candidate, count = path, 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}.{count}{path.suffix}")
    return candidate


def write(path: Path, data: bytes) -> None:
    """Write a whole file or none: into a neighbour first, then renamed. Raises ArchiveError."""
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            # mkstemp makes a private file; a page is for everyone whom the umask allows.
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise ArchiveError(f"{path}：写不进去（{error.strerror}）；请检查磁盘空间和权限") from None
