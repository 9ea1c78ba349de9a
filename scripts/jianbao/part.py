"""A part of the archive: the issues of some years, single issues, as ``docs/`` of their own."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jianbao.archive import Archive
from jianbao.errors import ArchiveError
from jianbao.print_pdf import page_of

# A longer name of a part is cut: a bundle is named after its part, and Windows has no room for long paths.
LONGEST_NAME = 40


@dataclass(frozen=True)
class Part:
    """``pages`` are the issues' pages in ``archive``, sorted; what was asked for is in ``names`` for a file's name
    (``year-2017``, ``2017-020``) and in ``labels`` for readers (``2017年``, ``2017年第20期``).
    """

    archive: Archive
    pages: tuple[Path, ...]
    names: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def name(self) -> str:
        """The part's name in a file name, the same for the same part."""
        name = "-".join(self.names)
        if len(name) <= LONGEST_NAME:
            return name
        return f"part-{hashlib.sha256(name.encode()).hexdigest()[:8]}"

    @property
    def label(self) -> str:
        """What is in it, for readers: ``选编：2016年、2017年第20期，共 13 期``."""
        return f"选编：{'、'.join(self.labels)}，共 {len(self.pages)} 期"

    def copy(self, docs: Path) -> None:
        """Make ``docs`` a folder of pages with this part's issues, their pictures and originals, and all that is no issue.

        Raises ArchiveError where it cannot be written.
        """
        try:
            issues = shutil.ignore_patterns("issues", "originals")
            top = str(self.archive.docs)
            shutil.copytree(
                top, docs, ignore=lambda place, names: issues(place, names) if place == top else ()
            )
            for page in self.pages:
                self._copy_issue(page, docs)
        except (OSError, shutil.Error) as error:
            raise ArchiveError(f"{docs}：选编没有做成（{error}）；请检查磁盘空间和权限") from None

    def _copy_issue(self, page: Path, docs: Path) -> None:
        year, slug = page.parent.name, page.stem
        # A page's own files are named after it: pictures in a folder, the original with its own ending.
        files = [
            page,
            *page.with_suffix("").rglob("*"),
            *self.archive.docs.glob(f"originals/{year}/{slug}.*"),
        ]
        for path in files:
            if path.is_file():
                target = docs / path.relative_to(self.archive.docs)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def choose(archive: Archive, years: Sequence[int], issues: Sequence[str]) -> Part:
    """The part with all issues of ``years`` and with each of ``issues`` (``2017/20``, ``2018年增刊第1期``).

    One of them is asked for at least. Raises ArchiveError where the archive has no issue of that year, or no such issue.
    """
    pages, asked = set(), {}
    for year in years:
        found = list(archive.docs.glob(f"issues/{year}/*.md"))
        if not found:
            there = "、".join(sorted(place.name for place in archive.docs.glob("issues/*") if place.is_dir()))
            raise ArchiveError(f"档案中没有{year}年的简报；有：{there or '一年也没有'}")
        pages.update(found)
        asked[f"year-{year}"] = f"{year}年"
    for issue in issues:
        page = page_of(archive, issue)
        pages.add(page)
        asked[f"{page.parent.name}-{page.stem}"] = _label(page)
    names, labels = zip(*sorted(asked.items()), strict=True)
    return Part(archive, tuple(sorted(pages)), names, labels)


def _label(page: Path) -> str:
    """``2018/s01.md`` → ``2018年增刊第1期``: a page is named after its issue."""
    numbers = "、".join(str(int(number)) for number in page.stem.removeprefix("s").split("-"))
    return f"{page.parent.name}年{'增刊' if page.stem.startswith('s') else ''}第{numbers}期"
