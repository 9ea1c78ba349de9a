"""All that changes where a tag gets another name: the vocabulary, the pages, and where old addresses lead.

A plan is made and checked as a whole before a file is written; the files are then written together or not at all.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from jianbao import page, redirects, vocabulary
from jianbao.archive import Archive, write_together
from jianbao.errors import VocabularyError
from jianbao.issue import Issue
from jianbao.shelf import Entry, Shelf
from jianbao.site import lists
from jianbao.vocabulary import ALL_YEARS, KINDS, Vocabulary, Years
from jianbao.vocabulary_care import names, pages, text
from jianbao.vocabulary_care.pages import Page

# The folder of the site in which the lists of a kind are.
_FOLDERS = {name: folder for folder, (name, _) in lists.KINDS.items()}


@dataclass(frozen=True)
class Change:
    """A file and what it is to hold; ``old`` is None where there is none yet."""

    path: Path
    shown_path: str
    old: str | None
    new: str

    def lines(self) -> Iterator[tuple[int, str]]:
        """(line number, the line with ``-`` or ``+`` before it) of what differs; numbers are those of the old text."""
        old, new = (self.old or "").splitlines(), self.new.splitlines()
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        for kind, start, end, new_start, new_end in matcher.get_opcodes():
            if kind != "equal":
                yield from ((number + 1, f"-{old[number]}") for number in range(start, end))
                yield from ((start + 1, f"+{line}") for line in new[new_start:new_end])


@dataclass(frozen=True)
class Plan:
    """The files that change, how many articles that concerns, and what a person should look at."""

    changes: tuple[Change, ...]
    articles: int
    moves: dict[str, str]
    notes: tuple[str, ...]

    def carry_out(self) -> None:
        """Write all files or none. Raises ArchiveError."""
        write_together(
            {
                change.path: (None if change.old is None else change.old.encode(), change.new.encode())
                for change in self.changes
            }
        )


def rename(archive: Archive, old: str, new: str, kind: str | None = None, years: Years = ALL_YEARS) -> Plan:
    """The plan that calls the tag ``old`` ``new``; ``years`` are those in which it had the old name.

    Raises VocabularyError where there is no such tag in the vocabulary, where it is not clear of which kind it
    is, and where ``new`` is another tag already.
    """
    work = _Work.begin(archive)
    kind = work.kind_of(old, kind)
    _check_name(new)
    known = names.entries(work.words, kind)
    if old not in known:
        raise VocabularyError(
            f"{kind}“{old}”只在页面里有，词表里没有；要并入已有的{kind}请用 merge，要保留请先写进词表"
        )
    if new in known:
        raise VocabularyError(f"{kind}“{new}”已在词表中；要把“{old}”并入它，请用 merge")
    return work.plan(kind, old, new, names.renamed(work.words, kind, old, new, years), {old: new})


def merge(archive: Archive, old: str, into: str, kind: str | None = None, years: Years = ALL_YEARS) -> Plan:
    """The plan that gives all articles and words of the tag ``old`` to ``into``; see ``rename`` for the rest."""
    work = _Work.begin(archive)
    kind = work.kind_of(old, kind)
    known = names.entries(work.words, kind)
    if into == old:
        raise VocabularyError(f"“{old}”不能并入它自己")
    if into not in known:
        raise VocabularyError(f"词表里没有{kind}“{into}”{_meant(into, known)}；改名请用 rename")
    after = names.merged(work.words, kind, old, into, years)
    plan = work.plan(kind, old, into, after, {old: None} if old in known else {})
    left = [
        key
        for key, field in (("派出", "sender"), ("年份", "years"), ("依据", "certainty"), ("说明", "note"))
        if getattr(known.get(old), field, None) not in (None, "", ALL_YEARS)
    ]
    if left:
        note = f"“{old}”的{'、'.join(left)}没有并入“{into}”，请核对后自行补写"
        plan = replace(plan, notes=(*plan.notes, note))
    return plan


@dataclass(frozen=True)
class _Work:
    """What there is before the change."""

    archive: Archive
    words: Vocabulary
    text: str
    pages: tuple[Page, ...]

    @classmethod
    def begin(cls, archive: Archive) -> _Work:
        words = vocabulary.load(archive.vocabulary)
        return cls(archive, words, archive.vocabulary.read_bytes().decode(), pages.read(archive))

    def kind_of(self, name: str, asked: str | None) -> str:
        """The kind of which ``name`` is a tag, in the vocabulary or on a page."""
        tags = {kind: {*names.entries(self.words, kind), *self._tags(kind)} for kind in KINDS}
        found = [kind for kind in KINDS if name in tags[kind] and asked in (None, kind)]
        if len(found) > 1:
            raise VocabularyError(f"“{name}”既是{'又是'.join(found)}；请用 --kind 指明")
        if not found:
            among = [tag for kind in KINDS if asked in (None, kind) for tag in sorted(tags[kind])]
            raise VocabularyError(
                f"没有{asked or '标签'}“{name}”{_meant(name, among)}；用 jianbao vocabulary list 查看"
            )
        return found[0]

    def plan(self, kind: str, old: str, new: str, after: Vocabulary, entries: dict[str, str | None]) -> Plan:
        """The plan; ``after`` is the vocabulary that is to be, ``entries`` those of its own that change names."""
        path = self.archive.vocabulary
        shown = path.relative_to(self.archive.root).as_posix()
        new_text = text.changed(self.text, str(path), after, {kind: entries})
        changed = {each: _retagged(each, kind, old, new) for each in self.pages}
        altered = {each: done for each, done in changed.items() if done}
        moved = _Addresses.between(
            pages.shelf(self.pages),
            Shelf.of(altered[each][1] if each in altered else each.entry for each in self.pages),
            kind,
            {old: new},
        )
        # The vocabulary is the last to be written: until then the whole can be done again.
        changes = [
            *(Change(each.path, each.shown_path, each.text, done[0]) for each, done in altered.items()),
            *self._redirects(moved),
            Change(path, shown, self.text, new_text),
        ]
        articles = sum(
            old in getattr(article, KINDS[kind][0])
            for each in altered
            for article in each.entry.issue.articles
        )
        return Plan(
            tuple(change for change in changes if change.old != change.new),
            articles,
            moved.moves,
            moved.notes(),
        )

    def _redirects(self, moved: _Addresses) -> Iterator[Change]:
        path = self.archive.docs / redirects.NAME
        redirects.load(path)
        old = path.read_bytes().decode() if path.exists() else None
        if moved.moves:
            new = redirects.with_moves(old or "", moved.moves, moved.pages)
            yield Change(path, f"docs/{redirects.NAME}", old, new)

    def _tags(self, kind: str) -> set[str]:
        field = KINDS[kind][0]
        articles = (article for each in self.pages for article in each.entry.issue.articles)
        return {tag for article in articles for tag in getattr(article, field)}


def _retagged(each: Page, kind: str, old: str, new: str) -> tuple[str, Entry] | None:
    """The page's text and entry with the tag changed; None where no article has it. Raises VocabularyError."""
    field = KINDS[kind][0]
    tagged = [article for article in each.entry.issue.articles if old in getattr(article, field)]
    if not tagged:
        return None
    tags = {article.id: names.swapped(getattr(article, field), old, new) for article in tagged}
    text = page.set_tags(each.text, each.shown_path, {id: {kind: values} for id, values in tags.items()})
    issue = _with_tags(each.entry.issue, field, tags)
    if page.parse(text, each.shown_path) != issue:
        raise VocabularyError(f"{each.shown_path}：标签的写法特殊，不能自动改动；请手工修改，什么也没有写")
    return text, replace(each.entry, issue=issue)


def _with_tags(issue: Issue, field: str, tags: dict[str, tuple[str, ...]]) -> Issue:
    articles = (
        replace(article, **{field: tags[article.id]}) if article.id in tags else article
        for article in issue.articles
    )
    return replace(issue, articles=tuple(articles))


@dataclass(frozen=True)
class _Addresses:
    """Where the pages of all tags were and are: ``moves`` old → new, ``pages`` all that there are now."""

    moves: dict[str, str]
    taken: dict[str, str]
    pages: frozenset[str]

    @classmethod
    def between(cls, before: Shelf, after: Shelf, kind: str, renamed: dict[str, str]) -> _Addresses:
        """``renamed`` are the names of tags of ``kind``, old → new.

        Others may move, too: of two tags that sound alike one has a number in its address.
        """
        old, new = _addresses(before), _addresses(after)
        folder = _FOLDERS[kind]
        pages = {address: key for key, address in new.items()}
        moves, taken = {}, {}
        for key, address in old.items():
            then = tuple(
                (each_kind, renamed.get(name, name) if each_kind == folder else name)
                for each_kind, name in key[0]
            )
            # A list that was cut by year and is not any more is on the tag's own page.
            target = new.get((then, key[1])) or new.get((then, None))
            if not target or target == address:
                continue
            if address in pages:
                taken[address] = " × ".join(name for _, name in pages[address][0])
            else:
                moves[address] = target
        return cls(moves, taken, frozenset(pages))

    def notes(self) -> tuple[str, ...]:
        return tuple(
            f"旧地址 {address} 现在是“{name}”的页面，旧链接会打开它" for address, name in self.taken.items()
        )


# (tags as (folder, name), year or None) → the page's address.
_Key = tuple[tuple[tuple[str, str], ...], int | None]


def _addresses(shelf: Shelf) -> dict[_Key, str]:
    """The address of every page of tags: lists, their years, crossings."""
    found: dict[_Key, str] = {}
    listed = lists.of(shelf)
    themes = {each.name: each for each in listed if each.kind == "themes"}
    for each in listed:
        key = ((each.kind, each.name),)
        found[key, None] = f"{each.path}.html"
        if each.is_long:
            found |= {(key, year): f"{each.year_path(year)}.html" for year in each.years}
        if each.kind == "groups":
            for name in {name for _, article in each.articles for name in article.themes}:
                crossing = lists.crossing_path(each, themes[name])
                found[(*key, ("themes", name)), None] = f"{crossing}.html"
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _check_name(name: str) -> None:
    if name != name.strip() or not name or not name.isprintable() or any(c in name for c in "、，,[]{}"):
        raise VocabularyError(f"“{name}”不能作标签的名称；首尾不要有空格，中间不要有顿号、逗号和方括号")


def _meant(name: str, among: object) -> str:
    """What was probably meant, as a half-sentence."""
    close = difflib.get_close_matches(name, list(among), n=1, cutoff=0.5)
    return f"；是不是“{close[0]}”" if close else ""
