"""Articles that are related to another: of the same work group, on the same theme, with the same rare words.

Which words are rare is counted over the whole archive. What is looked at for one article is bounded, whatever the
archive's size: the nearest in time of its group and of its themes, and the few that share a rare word.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jianbao.issue import Article
from jianbao.shelf import Entry, Shelf

# So many related articles are named, at most.
MOST = 4
# A word in more articles than this is not rare.
RAREST = 24
# So many neighbours in time are looked at on each side, for each group and theme.
NEAR = 6
# What each thing in common counts, beside a rare word, which counts from 2 to 5: 5 where two of 80,000 have it.
WEIGHTS = {"group": 2.0, "theme": 1.0, "place": 1.0}
# Two characters may meet by chance; a name in quotation marks does not.
NAME, WORD = 1.0, 0.5
# Two themes in common and nothing else is no relation worth naming.
LEAST = 3.0

# Names stand in quotation marks (“四措并举”, 《关于……的意见》); of titles, every two characters are a word.
_NAMED = re.compile(r"[“《]([^“”《》，。；]{3,24})[”》]")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True)
class Related:
    """All articles of a shelf, newest first, and where each group, theme and rare word is among them."""

    articles: tuple[tuple[Entry, Article], ...]
    tags: dict[tuple[str, str], list[int]]
    words: dict[str, list[int]]

    @classmethod
    def of(cls, shelf: Shelf) -> Related:
        articles = tuple((entry, article) for entry in shelf.entries for article in entry.issue.articles)
        tags: dict[tuple[str, str], list[int]] = {}
        words: dict[str, list[int]] = {}
        for position, (_, article) in enumerate(articles):
            for tag in _tags(article):
                tags.setdefault(tag, []).append(position)
            for word in _words(article):
                words.setdefault(word, []).append(position)
        rare = {word: places for word, places in words.items() if 2 <= len(places) <= RAREST}
        return cls(articles, tags, rare)

    def to(self, entry: Entry, article: Article) -> tuple[tuple[Entry, Article], ...]:
        """The articles most related to ``article`` of ``entry``: the most alike first, then the nearest in time."""
        here = self._positions[entry.source, article.id]
        scores: Counter[int] = Counter()
        for tag in _tags(article):
            for position in _nearest(self.tags[tag], here):
                scores[position] += WEIGHTS[tag[0]]
        for word in sorted(_words(article)):
            places = self.words.get(word, ())
            for position in places:
                rarity = math.log(len(self.articles) / len(places))
                scores[position] += rarity * (NAME if len(word) > 2 else WORD)
        del scores[here]
        ranked = sorted(scores.items(), key=lambda item: (-item[1], abs(item[0] - here), item[0]))
        return tuple(self.articles[position] for position, score in ranked[:MOST] if score >= LEAST)

    @cached_property
    def _positions(self) -> dict[tuple[str, str], int]:
        return {(entry.source, article.id): place for place, (entry, article) in enumerate(self.articles)}


def _tags(article: Article) -> Iterator[tuple[str, str]]:
    for kind, names in (
        ("group", article.work_groups),
        ("theme", article.themes),
        ("place", article.places),
    ):
        yield from ((kind, name) for name in names)


def _words(article: Article) -> set[str]:
    named = {match for text in (article.title, *article.paragraphs) for match in _NAMED.findall(text)}
    runs = (run for run in _HAN.findall(article.full_title))
    return named | {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def _nearest(places: list[int], here: int) -> list[int]:
    middle = bisect_left(places, here)
    return places[max(middle - NEAR, 0) : middle + NEAR + 1]
