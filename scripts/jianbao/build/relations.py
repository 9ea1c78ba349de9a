"""Which articles are related, worked out again only where something can have changed.

Between two builds an article's relations change only if it, or one that it has a tag or a rare word in common with,
has; what is kept of a build (``Kept``) tells which these are. Where it is not there, all are worked out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jianbao.build import workers
from jianbao.build.cache import Cache
from jianbao.build.reading import Library
from jianbao.issue import Article
from jianbao.shelf import Entry
from jianbao.site.related import MOST, NEAR, Related, order_of_magnitude
from jianbao.site.site import key_of

NAME = "related"
# Articles in a task of a worker.
_A_TASK = 2_000
_NONE = np.uint64(0)


@dataclass(frozen=True)
class Kept:
    """A build's relations. Articles have lasting numbers here (``_identities``); none is 0.

    ``keys`` has the versions of the issues, in the shelf's order; ``table`` a row of related articles for each one.
    """

    keys: tuple[tuple[str, str], ...]
    identities: np.ndarray
    table: np.ndarray
    tags: dict[tuple[str, str], np.ndarray]
    words: np.ndarray
    starts: np.ndarray
    places: np.ndarray


class Relations:
    """The related articles of each article of a shelf."""

    def __init__(self, library: Library, cache: Cache) -> None:
        self._entries = library.shelf.entries
        self._library = library
        identities = _identities(self._entries)
        keys = tuple((entry.source, self._key(entry)) for entry in self._entries)
        kept = cache.load(NAME)
        if kept is None or kept.keys != keys:
            kept = self._work_out(keys, identities, kept)
            cache.save(NAME, kept)
        order = np.argsort(identities)
        numbers = order[np.searchsorted(identities, kept.table, sorter=order) % max(len(order), 1)]
        # Place in the shelf's articles, -1 for none.
        self._table = np.where(kept.table == _NONE, -1, numbers).tolist()
        counts = [len(entry.issue.articles) for entry in self._entries]
        starts = np.concatenate([[0], np.cumsum(counts)]).tolist()
        self._starts = {entry.source: start for entry, start in zip(self._entries, starts, strict=False)}
        self._issues = np.repeat(np.arange(len(counts)), counts).tolist()
        self._first = starts
        # Of each related article the issue and its place there, of none the last of `_shown`.
        table = np.array(self._table, dtype=np.int64).reshape(-1, MOST)
        issues = np.append(np.repeat(np.arange(len(counts)), counts), len(counts))
        self._issues_of = issues[table]
        self._places_of = np.where(table < 0, -1, table - np.array(starts)[self._issues_of]).astype(np.int16)
        self._shown = [*(entry.shown for entry in self._entries), ""]

    def of(self, entry: Entry) -> dict[str, list[tuple[Entry, Article]]]:
        """For each article of ``entry``, by its id, those related to it, the most alike first."""
        start = self._starts[entry.source]
        return {
            article.id: [self._at(other) for other in self._table[number] if other >= 0]
            for number, article in enumerate(entry.issue.articles, start)
        }

    def shown(self, entry: Entry) -> str:
        """What tells apart what ``of`` gives, as it is shown."""
        rows = slice(self._starts[entry.source], self._starts[entry.source] + len(entry.issue.articles))
        return "".join(map(self._shown.__getitem__, self._issues_of[rows].ravel().tolist())) + str(
            self._places_of[rows].tobytes()
        )

    def _at(self, number: int) -> tuple[Entry, Article]:
        issue = self._issues[number]
        return self._entries[issue], self._entries[issue].issue.articles[number - self._first[issue]]

    def _key(self, entry: Entry) -> str:
        words = self._library.readings[entry.source].words
        return entry.shown + key_of(*(each.tobytes() for each in words))

    def _work_out(self, keys: tuple, identities: np.ndarray, kept: Kept | None) -> Kept:
        words = (each for entry in self._entries for each in self._library.readings[entry.source].words)
        related = Related.of(self._library.shelf, words)
        tags = {tag: identities[numbers] for tag, numbers in related.tags.items()}
        places = identities[related.places]
        new = Kept(keys, identities, np.empty(0), tags, related.keys, related.starts, places)
        stale = np.ones(len(identities), dtype=bool)
        if kept is not None and order_of_magnitude(len(identities)) == order_of_magnitude(
            len(kept.identities)
        ):
            stale = np.isin(identities, self._affected(kept, new, related))
        table = np.full((len(identities), MOST), _NONE)
        if not stale.all():
            order = np.argsort(kept.identities)
            fresh = ~stale
            table[fresh] = kept.table[
                order[np.searchsorted(kept.identities, identities[fresh], sorter=order)]
            ]
        numbers = np.flatnonzero(stale)
        tasks = [numbers[start : start + _A_TASK] for start in range(0, len(numbers), _A_TASK)]
        for task, rows in zip(tasks, workers.each(lambda task: _rows(related, task), tasks), strict=True):
            found = np.array(rows, dtype=np.int64).reshape(-1, MOST)
            table[task] = np.where(found < 0, _NONE, identities[found])
        return Kept(keys, identities, table, tags, related.keys, related.starts, places)

    def _affected(self, old: Kept, new: Kept, related: Related) -> np.ndarray:
        """The articles whose relations may differ, by their identities."""
        before = dict(old.keys)
        changed = [
            entry
            for entry, (source, key) in zip(self._entries, new.keys, strict=True)
            if before.get(source) != key
        ]
        sources = {entry.source for entry in changed}
        own = np.isin(_issue_of(new.identities), [_issue_number(source) for source in sources])
        affected = [new.identities[own]]
        # Those with a rare word that a changed article has, or that has become rare, or common, or moved.
        words = [related.words[number] for number in np.flatnonzero(own)]
        touched = np.unique(np.concatenate([*words, _changed_words(old, new)]))
        for side in (old, new):
            counts = np.diff(side.starts)
            affected.append(side.places[np.repeat(np.isin(side.words, touched), counts)])
        # Those near to where a tag's articles are others.
        for tag, places in new.tags.items():
            affected.append(_near_a_change(old.tags.get(tag, np.empty(0, np.uint64)), places))
        affected += [places for tag, places in old.tags.items() if tag not in new.tags]
        return np.concatenate(affected)


def _rows(related: Related, numbers: np.ndarray) -> list[list[int]]:
    return [(related.to(number) + [-1] * MOST)[:MOST] for number in numbers.tolist()]


def _identities(entries: tuple[Entry, ...]) -> np.ndarray:
    """A number for each article that stays its own: its page's, and its place there."""
    counts = [len(entry.issue.articles) for entry in entries]
    issues = np.array([_issue_number(entry.source) for entry in entries], dtype=np.uint64)
    places = np.concatenate([np.empty(0, np.uint64), *(np.arange(1, count + 1) for count in counts)])
    return (np.repeat(issues, counts) << np.uint64(12)) | places.astype(np.uint64)


def _issue_number(source: str) -> np.uint64:
    return np.uint64(int(key_of(source)[:13], 16))


def _issue_of(identities: np.ndarray) -> np.ndarray:
    return identities >> np.uint64(12)


def _changed_words(old: Kept, new: Kept) -> np.ndarray:
    """The rare words that other articles have than before."""
    pairs = [
        np.stack([np.repeat(side.words, np.diff(side.starts)), side.places], axis=1).astype(np.uint64)
        for side in (old, new)
    ]
    # One number a pair: two that meet by chance would have to be of the one article that has changed.
    one, other = (pair[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ pair[:, 1] for pair in pairs)
    return np.concatenate([pairs[0][~np.isin(one, other), 0], pairs[1][~np.isin(other, one), 0]])


def _near_a_change(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Of a tag's articles those that have, or had, another one near them."""
    length = min(len(old), len(new))
    same = old[:length] == new[:length]
    first = length if same.all() else int(np.argmin(same))
    same = old[len(old) - length :][::-1] == new[len(new) - length :][::-1]
    last = length if same.all() else int(np.argmin(same))
    if first == len(old) == len(new):
        return new[:0]
    return new[max(first - NEAR, 0) : len(new) - last + NEAR]
