"""The search index: articles → lunr.py's index over bigrams, as a script that http and file:// both load."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lunr.builder import Builder

from jianbao.issue import Article
from jianbao.search.bigrams import normalise, tokens
from jianbao.shelf import Entry

INDEX_PATH = "assets/search/index.js"

# A title says more of an article than its group, a group more than its theme, a theme more than its text.
BOOSTS = {"title": 10, "groups": 5, "themes": 3, "places": 3, "body": 1}


def files(entries: Iterable[Entry]) -> dict[str, str]:
    """Path below the site → content of the index's scripts; the same entries give the same bytes."""
    documents = [_document(entry, article) for entry in entries for article in entry.issue.articles]
    shown = [document["shown"] for document in documents]
    # lunr cannot build an index of nothing; an archive without issues is one all the same.
    data = {"lunr": _index(documents).serialize() if documents else None, "articles": shown}
    return {INDEX_PATH: f"jianbao.archive.receive({script_json(data)});\n"}


def script_json(data: object) -> str:
    """JSON that is safe inside a script, whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _document(entry: Entry, article: Article) -> dict[str, object]:
    """An article as it is indexed (its texts by field) and as the results show it."""
    titles = list(dict.fromkeys(filter(None, (article.full_title, article.contents_title))))
    fields = {
        "title": titles,
        "groups": article.work_groups,
        "themes": article.themes,
        "places": article.places,
        "body": article.paragraphs,
    }
    shown = {
        "address": entry.address(article),
        "issue": entry.issue.label,
        "kind": article.kind.value,
        "titles": titles,
        "tags": list(article.tags),
        # One line a paragraph, also where an editor broke the line within one.
        "text": "\n".join(" ".join(paragraph.splitlines()) for paragraph in article.paragraphs),
    }
    return {"fields": fields, "shown": shown}


def _index(documents: list[dict]) -> object:
    builder = Builder()
    # Tokens are made here; lunr's own pipelines know English only.
    builder.pipeline.reset()
    builder.search_pipeline.reset()
    builder.ref("id")
    for field, boost in BOOSTS.items():
        builder.field(field, boost=boost)
    for number, document in enumerate(documents):
        # Each text by itself: no token runs from one tag or paragraph into the next.
        fields = {
            field: [token for text in texts for token in tokens(normalise(text))]
            for field, texts in document["fields"].items()
        }
        builder.add({"id": str(number), **fields})
    return builder.build()
