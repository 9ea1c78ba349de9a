"""An index of 80,000 articles is not counted anew because one has changed: its files are changed where it stands.

What is written is, byte for byte, what counting all documents again would give, as long as every other document
keeps its number and the number of shared files stays the same (``shards.count_for``).
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from jianbao.search import shards, vlq
from jianbao.search.documents import Document
from jianbao.search.postings import SPACE, Posting
from jianbao.search.shards import LISTS, PLACES, Shard

_SPACE = chr(SPACE)

# A token's (field, how often) in one document, in the order of the fields, and its places in the document's stream.
Standing = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
# The number of a document → how a token stands in it now, None where it does no more.
Change = dict[int, Standing | None]


@dataclass
class Changes:
    """What tokens stand elsewhere than before; ``occurrences`` is how many more of them there are."""

    tokens: dict[str, Change] = field(default_factory=lambda: defaultdict(dict))
    occurrences: int = 0


def changes(old: Iterable[Document], new: Iterable[Document]) -> Changes:
    """What is to be changed where the documents ``new`` take the place of ``old``, by their numbers."""
    found = Changes()
    before = {document.number: _standings(document) for document in old}
    after = {document.number: _standings(document) for document in new}
    for number in before.keys() | after.keys():
        one, other = before.get(number, {}), after.get(number, {})
        found.occurrences += _occurrences(other) - _occurrences(one)
        for token in one.keys() | other.keys():
            if one.get(token) != other.get(token):
                found.tokens[token][number] = other.get(token)
    return found


def files(tokens: Mapping[str, Change], count: int, read: Callable[[str], str | None]) -> Iterator[Shard]:
    """The files in which ``tokens`` stand, changed; ``count`` is that of the shared files.

    ``read`` gives the text of a file by its path from the index's folder, None where there is none. A file of a long
    token that is long no more has the text "".
    """
    by_file: dict[int, list[str]] = defaultdict(list)
    for token in tokens:
        by_file[shards.number_of(token, count)].append(token)
    for number, members in by_file.items():
        shared = _Pair.read(f"{number:x}", read)
        for token in sorted(members):
            name = shards.name_of(token)
            own = _Pair.read(name, read)
            place = own if token in own.lists else shared
            posting = _changed(token, place.lists.pop(token, ""), place.places.pop(token, ""), tokens[token])
            if posting.lists and shards.is_long(posting.lists, posting.places, count):
                yield from shards.files_of(name, [posting], token)
                continue
            if place is own:
                yield from (Shard(f"{kind}/{name}.js", "", token) for kind in (LISTS, PLACES))
            if posting.lists:
                shared.add(posting)
        yield from shards.files_of(f"{number:x}", shared.postings())


@dataclass(frozen=True)
class _Pair:
    """What the two files of a name hold."""

    lists: dict[str, str]
    places: dict[str, str]

    @classmethod
    def read(cls, name: str, read: Callable[[str], str | None]) -> _Pair:
        return cls(*(_data(read(f"{kind}/{name}.js")) for kind in (LISTS, PLACES)))

    def add(self, posting: Posting) -> None:
        self.lists[posting.token] = posting.lists
        self.places[posting.token] = posting.places

    def postings(self) -> list[Posting]:
        """In the order of the tokens' characters, as they are counted."""
        return [
            Posting(token, 0, self.lists[token], self.places.get(token, "")) for token in sorted(self.lists)
        ]


def _data(script: str | None) -> dict[str, str]:
    """What a file of the index hands over, which comes after its path."""
    return json.loads(script[script.index(",") + 1 : script.rindex(")")]) if script else {}


def _standings(document: Document) -> dict[str, Standing]:
    """How each token stands in a document; ``postings`` counts the same, many documents at once."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    places: dict[str, list[int]] = defaultdict(list)
    start = 0
    for number, text in document.pieces():
        for place, character in enumerate(text):
            if character != _SPACE:
                counts[character][number] += 1
            pair = text[place : place + 2]
            if len(pair) == 2 and pair.strip(_SPACE):
                counts[pair][number] += 1
                places[pair].append(start + place)
        start += len(text)
    return {
        token: (tuple(sorted(by_field.items())), tuple(places.get(token, ())))
        for token, by_field in counts.items()
    }


def _occurrences(standings: Mapping[str, Standing]) -> int:
    return sum(len(places) for _, places in standings.values())


def _changed(token: str, lists: str, places: str, change: Change) -> Posting:
    """A token's postings with other standings in some documents."""
    by_field = _decoded(lists)
    numbers = np.array(sorted(change))
    text = _with_places(places, by_field, change)
    fields = {each for standing in change.values() if standing for each, _ in standing[0]}
    parts = []
    for each in sorted(by_field.keys() | fields):
        documents, counts = by_field.get(each, (np.empty(0, np.int64), np.empty(0, np.int64)))
        kept = ~np.isin(documents, numbers)
        added = [
            (n, dict(change[n][0])[each]) for n in sorted(change) if change[n] and each in dict(change[n][0])
        ]
        documents = np.concatenate([documents[kept], np.array([n for n, _ in added], np.int64)])
        counts = np.concatenate([counts[kept], np.array([c for _, c in added], np.int64)])
        order = np.argsort(documents)
        if len(order):
            parts.append(_part(each, documents[order], counts[order]))
    return Posting(token, 0, ";".join(parts), text)


def _decoded(lists: str) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Field → (documents, how often each has the token there)."""
    found = {}
    for part in filter(None, lists.split(";")):
        gaps, _, repeats = part[1:].partition(",")
        documents = np.cumsum(vlq.decode_all(gaps) + 1) - 1
        counts = vlq.decode_all(repeats) + 1 if repeats else np.ones(len(documents), np.int64)
        found[int(part[0])] = (documents, counts)
    return found


def _part(number: int, documents: np.ndarray, counts: np.ndarray) -> str:
    more = vlq.encode(counts - 1).text
    return f"{number}{vlq.encode(_gaps(documents)).text}{',' + more if more.strip('A') else ''}"


def _gaps(rising: np.ndarray) -> np.ndarray:
    return np.diff(rising, prepend=-1) - 1


def _with_places(places: str, by_field: dict[int, tuple[np.ndarray, np.ndarray]], change: Change) -> str:
    """The places with those of the changed documents in the place of the old ones."""
    all_documents = np.concatenate(
        [np.empty(0, np.int64), *(documents for documents, _ in by_field.values())]
    )
    all_counts = np.concatenate([np.empty(0, np.int64), *(counts for _, counts in by_field.values())])
    documents, inverse = np.unique(all_documents, return_inverse=True)
    counts = np.bincount(inverse, all_counts, len(documents)).astype(np.int64)
    if not places:
        # A single character has none.
        counts[:] = 0
    ends = vlq.ends(places)
    cuts = np.concatenate([[0], ends])[np.concatenate([[0], np.cumsum(counts)])]
    pieces, done = [], 0
    for number in sorted(change):
        at = int(np.searchsorted(documents, number))
        pieces.append(places[done : cuts[at]])
        is_there = at < len(documents) and documents[at] == number
        done = int(cuts[at + 1]) if is_there else int(cuts[at])
        if change[number]:
            pieces.append(vlq.encode(_gaps(np.array(change[number][1], np.int64))).text)
    return "".join([*pieces, places[done:]])
