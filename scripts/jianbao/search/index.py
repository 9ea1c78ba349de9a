"""The search index: all issues → the files in ``search/`` that the browser loads by script tags.

=================  ==========================================================================================
manifest.js        how many documents and shards there are, how many articles each issue has, the long tokens,
                   lunr's boosts, the tags and what else they are called; loaded first
lists/, places/    the postings (``shards.py``)
facets/            kind and tags of every document (``facets.py``)
texts/             one file an issue: its articles' headlines and text, for excerpts
simplified.js      traditional → simplified characters, for a query that has one
pinyin.js          the syllables, for a query in Latin letters
=================  ==========================================================================================

Documents are numbered from the oldest issue's first article to the newest's last, so that a new issue comes at
the end. Nothing in a posting depends on how many documents there are: what lunr weighs by that, the browser
works out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jianbao.search import facets, shards, vlq
from jianbao.search.documents import BOOSTS, Document, document, shown
from jianbao.search.pinyin import SYLLABLES
from jianbao.search.postings import Counter
from jianbao.search.scripts import call, script_json
from jianbao.search.shards import Shard
from jianbao.search.simplified import SIMPLIFIED, is_traditional
from jianbao.shelf import Entry, Shelf

FOLDER = "search"


# Facet (``group``) → a name that a tag had before → the tag: by these a reader is led to it.
OtherNames = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Counted:
    """What the manifest says of the shards: how many shared files there are, and the long tokens."""

    shards: int
    long_tokens: tuple[str, ...]


def files(shelf: Shelf, other_names: OtherNames | None = None) -> Iterator[tuple[str, str]]:
    """(path below the site, content) of every file; the same issues give the same bytes."""
    entries = tuple(reversed(shelf.entries))
    with Counter() as counter:
        counter.add(documents(entries))
        long_tokens = []
        for shard in shards.shards(counter):
            long_tokens += long_tokens_of([shard])
            yield f"{FOLDER}/{shard.path}", shard.text
        counted = Counted(shards.count_for(counter.occurrences), tuple(sorted(long_tokens)))
    for number, entry in enumerate(entries):
        yield texts_file(number, entry)
    for number, members in enumerate(facets.runs(entries)):
        yield facets_file(number, members)
    yield from shared_files(entries, counted, other_names)


def documents(entries: Iterable[Entry], first: int = 0) -> Iterator[Document]:
    """The documents of ``entries``, which have their text, from the oldest on; the first one's number is ``first``."""
    articles = (article for entry in entries for article in entry.issue.articles)
    for number, article in enumerate(articles, first):
        yield document(number, article)


def long_tokens_of(found: Iterable[Shard]) -> Iterator[str]:
    """The tokens that have files of their own, each once."""
    return (shard.long_token for shard in found if shard.long_token and shard.path.startswith(shards.LISTS))


def texts_file(number: int, entry: Entry) -> tuple[str, str]:
    """The file of an issue, with its text; ``number`` counts from the oldest, 0."""
    return f"{FOLDER}/texts/{number}.js", _texts(number, entry)


def facets_file(number: int, members: Sequence[Entry]) -> tuple[str, str]:
    """The file of a block of facets, of the issues of one of ``facets.runs``; their text is not needed."""
    block = facets.block(number, members)
    return f"{FOLDER}/{block.path}", block.text


def shared_files(
    entries: Sequence[Entry], counted: Counted, other_names: OtherNames | None = None
) -> Iterator[tuple[str, str]]:
    """The files that belong to no issue or token; ``entries`` from the oldest on, their text is not needed."""
    sizes = [len(entry.issue.articles) for entry in entries]
    manifest = {
        "documents": sum(sizes),
        "shards": counted.shards,
        "long": sorted(counted.long_tokens),
        "boosts": BOOSTS,
        "sizes": vlq.text(sizes),
        "years": [[year, len(list(run))] for year, run in groupby(entry.issue.year for entry in entries)],
        "blocks": [sum(len(e.issue.articles) for e in run) for run in facets.runs(entries)],
        "tags": _tags(entries),
        "names": _names_in_use(other_names or {}, facets.tags(entries)),
    }
    yield f"{FOLDER}/manifest.js", call("jianbao.shards.receive", "manifest", manifest)
    pairs = "".join(chr(code) + simple for code, simple in SIMPLIFIED.items())
    yield f"{FOLDER}/simplified.js", call("jianbao.shards.receive", "simplified", pairs)
    yield f"{FOLDER}/pinyin.js", call("jianbao.shards.receive", "pinyin", " ".join(SYLLABLES))


def _texts(number: int, entry: Entry) -> str:
    issue = entry.issue
    data = {
        "label": issue.label,
        "title": issue.title,
        "date": issue.date.isoformat() if issue.date else None,
        "issuer": issue.issuer,
        "url": entry.url,
        "articles": [shown(article) for article in issue.articles],
    }
    if is_traditional(script_json(data)):
        data["isTraditional"] = True
    return call("jianbao.shards.receive", f"texts/{number}", data)


def _names_in_use(
    other_names: Mapping[str, Mapping[str, str]], tags: Mapping[str, set[str]]
) -> dict[str, dict[str, str]]:
    """Those that lead to a tag that an article has, and are no tag themselves."""
    return {
        facet: {name: tag for name, tag in names.items() if tag in tags[facet] and name not in tags[facet]}
        for facet, names in other_names.items()
    }


def _tags(entries: Sequence[Entry]) -> list[str]:
    """Every tag in use: what a mistyped query is likely to mean."""
    return sorted({tag for entry in entries for tag in entry.issue.tags})
