"""Articles that are related to another: of the same work group, on the same theme, with the same rare words.

Which words are rare is counted over the whole archive. What is looked at for one article is bounded, whatever the
archive's size: the nearest in time of its group and of its themes, and the few that share a rare word.

A correction must not change what all other articles are related to. So an archive counts by the power of two
that it has not yet reached, scores are whole numbers, and of two articles equally alike the nearer year comes
first, then the newer one: none of these changes where another article comes in between.
"""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from jianbao.issue import Article
from jianbao.shelf import Shelf

# So many related articles are named, at most.
MOST = 4
# A word in more articles than this is not rare.
RAREST = 24
# So many neighbours in time are looked at on each side, for each group and theme.
NEAR = 6
# What each thing in common counts, in thousandths, beside a rare word, which counts from 2 to 5 thousand.
WEIGHTS = {"group": 2000, "theme": 1000, "place": 1000}
# Two themes in common and nothing else is no relation worth naming.
LEAST = 3000

# Names stand in quotation marks (“四措并举”, 《关于……的意见》); of titles, every two characters are a word.
_NAMED = re.compile(r"[“《]([^“”《》，。；]{3,24})[”》]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True)
class Related:
    """All articles of a shelf by their number, from the newest issue's first: the tags of each, and its words.

    ``tags`` says where each tag is, ``years`` of what year each article is; ``keys`` are the rare words in order,
    and ``places`` the articles that have the word ``keys[i]``: from ``starts[i]`` to ``starts[i + 1]``.
    """

    articles: tuple[Article, ...]
    years: tuple[int, ...]
    tags: dict[tuple[str, str], list[int]]
    words: tuple[np.ndarray, ...]
    keys: np.ndarray
    starts: np.ndarray
    places: np.ndarray

    @classmethod
    def of(cls, shelf: Shelf, words: Iterable[np.ndarray]) -> Related:
        """``words`` are those of each article of the shelf, in its order, as ``words_of`` gives them."""
        articles = tuple(article for entry in shelf.entries for article in entry.issue.articles)
        years = tuple(entry.issue.year for entry in shelf.entries for _ in entry.issue.articles)
        tags: dict[tuple[str, str], list[int]] = {}
        for number, article in enumerate(articles):
            for tag in _tags(article):
                tags.setdefault(tag, []).append(number)
        words = tuple(words)
        return cls(articles, years, tags, words, *_rare(words))

    def to(self, number: int) -> list[int]:
        """The articles most related to the one with this number, by their numbers: the most alike first."""
        scores: Counter[int] = Counter()
        for tag in _tags(self.articles[number]):
            weight = WEIGHTS[tag[0]]
            for near in _nearest(self.tags[tag], number):
                scores[near] += weight
        size = order_of_magnitude(len(self.articles))
        words = self.words[number]
        at = np.searchsorted(self.keys, words)
        for word, place in zip(words.tolist(), at.tolist(), strict=True):
            if place == len(self.keys) or self.keys[place] != word:
                continue
            members = self.places[self.starts[place] : self.starts[place + 1]].tolist()
            weight = round(1000 * math.log(size / len(members)))
            weight = weight if _is_name(word) else weight // 2
            for member in members:
                scores[member] += weight
        del scores[number]
        year = self.years[number]
        ranked = sorted(
            (-score, abs(self.years[other] - year), other)
            for other, score in scores.items()
            if score >= LEAST
        )
        return [other for _, _, other in ranked[:MOST]]


def words_of(article: Article) -> np.ndarray:
    """The words of an article that may be rare, each as a number, in order. Its text is needed for the names."""
    named = {match for text in (article.title, *article.paragraphs) for match in _NAMED.findall(text)}
    runs = _HAN.findall(article.full_title)
    pairs = {run[place : place + 2] for run in runs for place in range(len(run) - 1)}
    numbers = {_name_number(name) for name in named} | {ord(a) << 22 | ord(b) << 1 for a, b in pairs}
    return np.array(sorted(numbers), dtype=np.uint64)


def _name_number(name: str) -> int:
    """Odd, where a word of two characters, which may meet by chance and counts half, is even."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest()) | 1


def _is_name(word: int) -> bool:
    return bool(word & 1)


def order_of_magnitude(count: int) -> int:
    return 1 << max(count - 1, 1).bit_length()


def _rare(words: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(the words that a few articles have, where each one's articles begin, the articles)."""
    keys = np.concatenate([*words, np.empty(0, np.uint64)])
    places = np.repeat(np.arange(len(words), dtype=np.uint32), [len(each) for each in words])
    order = np.argsort(keys, kind="stable")
    keys, places = keys[order], places[order]
    found, counts = np.unique(keys, return_counts=True)
    is_rare = (counts >= 2) & (counts <= RAREST)
    kept = np.repeat(is_rare, counts)
    return found[is_rare], np.concatenate([[0], np.cumsum(counts[is_rare])]), places[kept]


def _tags(article: Article) -> Iterator[tuple[str, str]]:
    for kind, names in (
        ("group", article.work_groups),
        ("theme", article.themes),
        ("place", article.places),
    ):
        yield from ((kind, name) for name in names)


def _nearest(places: list[int], here: int) -> list[int]:
    middle = bisect_left(places, here)
    return places[max(middle - NEAR, 0) : middle + NEAR + 1]
