"""What lies on the desk when an issue is looked over: its page as it is now, its sheet, and how they fit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jianbao import archive, page, typography, vocabulary
from jianbao.errors import ReviewError
from jianbao.issue import Article, Figure, Finding, Issue
from jianbao.recognise import Part
from jianbao.review import alignment, sheet
from jianbao.review.alignment import Block, Place, Row, SourceLine
from jianbao.review.sheet import Sheet

# Key on the page → the article's field.
TAG_KINDS = {"主题": "themes", "工作组": "work_groups", "地点": "places"}
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
            ".webp": "image/webp", ".bmp": "image/bmp"}  # fmt: skip


class StaleError(ReviewError):
    """The page has changed on the disk since it was shown."""


@dataclass(frozen=True)
class Desk:
    """An issue to look over: ``digest`` is the SHA-256 of the page's bytes, by which a change of it is told."""

    archive: archive.Archive
    page: Path
    digest: str
    issue: Issue
    words: vocabulary.Vocabulary
    sheet: Sheet

    @property
    def shown_path(self) -> str:
        """The page's path as an editor would type it: ``docs/issues/2017/020.md``."""
        return self.page.relative_to(self.archive.root).as_posix()

    @property
    def original(self) -> Path | None:
        """The issue's original, None where the archive has none."""
        if self.issue.original is None:
            return None
        kept = self.archive.docs / archive.original_path(self.issue)
        return kept if kept.is_file() else None

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return alignment.blocks_of(self.issue)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """For each of the sheet's lines, where it stands on the page now."""
        return alignment.places(self.sheet.lines, self.blocks)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return alignment.rows(self.sheet.lines, self.places, len(self.blocks))

    @cached_property
    def forms(self) -> dict[str, typography.Form]:
        """How each paragraph shows, by its block's key."""
        found = {}
        for article in self.issue.articles:
            own = [
                block for block in self.blocks if block.article is article and isinstance(block.content, str)
            ]
            texts = [block for block in own if not block.is_head]
            forms = typography.forms([block.content for block in texts])
            found |= {block.key: form for block, form in zip(texts, forms, strict=True)}
        return found

    @cached_property
    def doubts(self) -> tuple[Finding, ...]:
        """What a person has to look at: the importer's doubts, and the lines that are not on the page."""
        return (*self.sheet.doubts, *_lost(self.sheet.lines, self.places))

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything that is to be ticked off: the doubts, and each article's tags."""
        doubts = (sheet.key(finding) for finding in self.doubts)
        return (*doubts, *(tags_key(article.id) for article in self.issue.articles))

    @property
    def open_count(self) -> int:
        """How much is still to be looked at."""
        return len([key for key in self.keys if key not in self.sheet.done])

    @property
    def pictures(self) -> tuple[Path, ...]:
        """The files of the page's figures that are pictures beside the page, in the page's order."""
        return tuple(path for _, path in self._figures)

    def picture_number(self, block: Block) -> int | None:
        """The place of a figure among ``pictures``, None where its picture is missing."""
        keys = [key for key, _ in self._figures]
        return keys.index(block.key) if block.key in keys else None

    @cached_property
    def _figures(self) -> tuple[tuple[str, Path], ...]:
        folder = self.page.parent.resolve()
        found = []
        for block in self.blocks:
            if isinstance(block.content, Figure):
                # The path is typed on the page: it may name anything.
                path = (folder / block.content.path).resolve()
                if path.is_relative_to(folder) and path.suffix.lower() in PICTURES and path.is_file():
                    found.append((block.key, path))
        return tuple(found)


def tags_key(article: str) -> str:
    """By what it is kept that an article's tags were looked over."""
    return f"tags-{article}"


def laid(into: archive.Archive, at: Path) -> Desk:
    """The issue on the page ``at`` with its sheet, as both are now.

    Raises PageError where the page is not what ``page.py`` reads, VocabularyError where there is no vocabulary.
    """
    text = archive.page_text(at, str(at))
    issue = page.parse(text, str(at))
    words = vocabulary.load(into.vocabulary)
    return Desk(into, at, _digest(text), issue, words, sheet.load(into, at, issue, words))


def change_tags(desk: Desk, digest: str, changes: Mapping[str, Mapping[str, Sequence[str]]]) -> Desk:
    """Put other tags on the page: for an article's id, its new lists by 主题, 工作组 and 地点; give the desk as it is then.

    No other line of the page changes. Raises StaleError where the page is not the one with ``digest`` any more,
    ReviewError where an article, a kind or a tag does not exist; then nothing is written.
    """
    before = archive.page_text(desk.page, desk.shown_path)
    if _digest(before) != digest or digest != desk.digest:
        raise StaleError(f"{desk.shown_path} 在打开之后又改过，没有保存；请重新载入这一页，再改标签")
    for article, lists in changes.items():
        _check(desk, article, lists)
    new = {article: {kind: tuple(tags) for kind, tags in lists.items()} for article, lists in changes.items()}
    text = page.set_tags(before, desk.shown_path, new)
    # What cannot be read again must not be written.
    page.parse(text, desk.shown_path)
    archive.write(desk.page, text.encode())
    return laid(desk.archive, desk.page)


def tick(desk: Desk, key: str, is_done: bool) -> Desk:
    """Tick something off, or take the tick back, and keep that. Raises ReviewError where there is no such thing."""
    if key not in desk.keys:
        raise ReviewError("没有这一处；请重新载入这一页")
    changed = desk.sheet.ticked(key, is_done)
    sheet.save(desk.archive, desk.page, changed)
    return Desk(desk.archive, desk.page, desk.digest, desk.issue, desk.words, changed)


def _check(desk: Desk, id: str, lists: Mapping[str, Sequence[str]]) -> None:
    article = next((each for each in desk.issue.articles if each.id == id), None)
    if article is None:
        raise ReviewError(f"这一页没有文章 {id}")
    for kind, tags in lists.items():
        if kind not in TAG_KINDS:
            raise ReviewError(f"没有“{kind}”这种标签")
        known = {entry.name for entry in getattr(desk.words, TAG_KINDS[kind])} | {
            *getattr(article, TAG_KINDS[kind])
        }
        for tag in tags:
            if tag not in known:
                raise ReviewError(f"词表的“{kind}”里没有“{tag}”；新词请先写进 docs/vocabulary.yml")
        if len(set(tags)) < len(tags):
            raise ReviewError(f"文章 {id} 的“{kind}”有重复的标签")


def _lost(lines: Sequence[SourceLine], places: Sequence[Place]) -> Iterator[Finding]:
    """A finding for each line of an article's text that has never been on the page."""
    for line, place in zip(lines, places, strict=True):
        if not place.blocks and is_text(line) and not line.became:
            yield Finding("line_not_on_page", line.number, "这一行在页面上没有找到，请核对是否漏收")


def is_text(line: SourceLine) -> bool:
    """Whether a line ought to stand in an article, with words or a picture."""
    return line.part is Part.BODY and not line.is_removed and bool(line.words)


def tags(article: Article) -> dict[str, tuple[str, ...]]:
    """The article's tags by their key on the page."""
    return {kind: getattr(article, name) for kind, name in TAG_KINDS.items()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
