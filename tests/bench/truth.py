"""What a search should find: a plain scan of every text, made without the search engine's own rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from jianbao.issue import Article, Issue

_SPACE = re.compile(r"[^\S\n]+")


class Truth:
    """The articles' texts, numbered from the oldest issue's first article, 0."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.texts = tuple(compared(_text(article)) for issue in issues for article in issue.articles)

    @cache  # noqa: B019  (there are a few hundred queries)
    def holding(self, query: str) -> frozenset[int]:
        """The articles that hold every word of ``query``."""
        words = [compared(word) for word in query.split()]
        return frozenset(
            number for number, text in enumerate(self.texts) if all(word in text for word in words)
        )


@dataclass(frozen=True)
class Answer:
    """What a product found for a query, beside what holds it."""

    found: frozenset[int]
    holding: frozenset[int]

    @cached_property
    def recall(self) -> float:
        return len(self.found & self.holding) / len(self.holding)

    @cached_property
    def precision(self) -> float | None:
        """None where nothing was found: there is nothing to be wrong."""
        return len(self.found & self.holding) / len(self.found) if self.found else None


def quoted(query: str) -> str:
    """The query with each of its words as an exact phrase."""
    return " ".join(f'"{word}"' for word in query.split())


def compared(text: str) -> str:
    """Full width as half width, small letters, without the spaces within a line."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def _text(article: Article) -> str:
    return "\n".join((article.full_title, article.contents_title or "", *article.tags, *article.paragraphs))
