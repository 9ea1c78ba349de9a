"""The pages of an archive, read without MkDocs: each with its text as it is, byte by byte."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jianbao import page
from jianbao.archive import Archive, page_text
from jianbao.shelf import Entry, Shelf


@dataclass(frozen=True)
class Page:
    """An issue's page: its file, its text with the line ends that it has, and what it says."""

    path: Path
    shown_path: str
    text: str
    entry: Entry


def read(archive: Archive) -> tuple[Page, ...]:
    """Every page in ``docs/issues/``. Raises PageError where one cannot be read."""
    found = []
    for path in sorted((archive.docs / "issues").rglob("*.md")):
        source = path.relative_to(archive.docs).as_posix()
        shown = f"docs/{source}"
        text = page_text(path, shown)
        url = source.removesuffix(".md") + ".html"
        found.append(Page(path, shown, text, Entry(page.parse(text, shown), source, url)))
    return tuple(found)


def shelf(pages: tuple[Page, ...]) -> Shelf:
    return Shelf.of(each.entry for each in pages)
