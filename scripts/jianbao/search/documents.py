"""Articles → documents: what of an article is searched, field by field, and what a result shows of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jianbao.issue import Article
from jianbao.search import bigrams, pinyin

# lunr's boost of each field. A title says more of an article than its group, a group more than its theme, a
# theme more than its text. The order is that of the fields in a document's stream, and their number in the
# index's files.
BOOSTS: Mapping[str, int] = {"title": 10, "groups": 5, "themes": 3, "places": 3, "pinyin": 2, "body": 1}
FIELDS = tuple(BOOSTS)

# Parts what does not belong together: no token, and no reader's phrase, has two spaces side by side.
PART = "  "


@dataclass(frozen=True)
class Document:
    """An article as the index sees it: its number (from the oldest, 0) and each field's stream."""

    number: int
    streams: tuple[str, ...]

    def pieces(self) -> Iterator[tuple[int, str]]:
        """(field's number, text) one after the other; together they are the document's stream.

        A place in the stream is how the index says where a token stands.
        """
        for field, stream in enumerate(self.streams):
            if stream:
                yield field, stream + PART


def titles(article: Article) -> tuple[str, ...]:
    """The headlines of an article, the contents list's too where it differs: each finds it."""
    return tuple(dict.fromkeys(filter(None, (article.full_title, article.contents_title))))


def document(number: int, article: Article) -> Document:
    """The document that ``article`` is in the index."""
    headlines = titles(article)
    texts = {
        "title": PART.join(map(bigrams.stream, headlines)),
        "groups": PART.join(map(bigrams.stream, article.work_groups)),
        "themes": PART.join(map(bigrams.stream, article.themes)),
        "places": PART.join(map(bigrams.stream, article.places)),
        "pinyin": PART.join(filter(None, map(pinyin.stream, (*headlines, *article.tags)))),
        # One space between paragraphs, as for any punctuation: a reader may paste two of them.
        "body": " ".join(filter(None, map(bigrams.stream, _lines(article)))),
    }
    return Document(number, tuple(texts[field] for field in FIELDS))


def shown(article: Article) -> dict[str, object]:
    """What a result shows of ``article``; its text has one line a paragraph."""
    return {
        "id": article.id,
        "kind": article.kind.value,
        "titles": titles(article),
        "groups": article.work_groups,
        "themes": article.themes,
        "places": article.places,
        "text": "\n".join(_lines(article)),
    }


def _lines(article: Article) -> Iterator[str]:
    """One line a paragraph, also where an editor broke the line within one."""
    for paragraph in article.paragraphs:
        yield " ".join(paragraph.splitlines())
