"""Documents → postings: for each token, the documents that have it, how often in each field, and where.

What lunr.py's builder counts in dictionaries is counted here in arrays, on disk in between, so that ten
thousand issues need no more memory than five hundred; a test holds both to the same counts.

Documents are counted in batches, which may be counted at the same time: each becomes a file of the tokens'
occurrences, in a fixed number of buckets by the token's hash. Then each bucket is put together from all files, is
sorted, and gives its tokens' postings, token by token.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from jianbao.search import vlq
from jianbao.search.documents import Document

BUCKETS = 256
# So many occurrences are put in order at once; more would only need more memory.
AT_ONCE = 200_000
# A batch of documents is counted at once; more would only need more memory.
BATCH_CHARACTERS = 1_000_000
SPACE = ord(" ")
# What stands for "no second character" in the token of a single character.
NONE = 0

_OCCURRENCE = np.dtype([("key", "u8"), ("document", "u4"), ("place", "u4"), ("field", "u1")])
_COUNT = np.dtype([("key", "u8"), ("document", "u4"), ("count", "u4"), ("field", "u1")])
# A token as one number: its two characters' code points (21 bits each).
_SHIFT = np.uint64(21)


@dataclass(frozen=True)
class Posting:
    """A token's postings as they are written: ``lists`` and ``places`` of ``shards.py``.

    ``frequency`` is the number of its (document, field) pairs, lunr's document frequency.
    """

    token: str
    frequency: int
    lists: str
    places: str


def hash_of(first: int | np.ndarray, second: int | np.ndarray) -> int | np.ndarray:
    """The hash of a token by the code points of its characters (``second`` is 0 where it has one only).

    The same arithmetic is in ``shards.js``; it stays below 2**53 there.
    """
    return first * 40503 + second * 30011


@dataclass(frozen=True)
class Batch:
    """Counted documents: how many, and the file that their rows are in, bucket after bucket.

    ``ends`` says for each kind of row, occurrences and counts, where in the file each bucket's rows end (in bytes).
    """

    path: Path
    documents: int
    occurrences: int
    ends: tuple[tuple[int, ...], tuple[int, ...]]

    def rows(self, kind: int, bucket: int) -> bytes:
        """The bucket's occurrences (``kind`` 0) or counts (1), in the order of their documents."""
        start = self.ends[kind][bucket - 1] if bucket else (0, self.ends[0][-1])[kind]
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(self.ends[kind][bucket] - start)


class Counter(AbstractContextManager):
    """Counts documents; used as a context, for its files are in a folder that goes with it."""

    def __init__(self, parent: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="jianbao-index-", dir=parent)
        self._batches: list[Batch] = []

    def __exit__(self, *details: object) -> None:
        self._folder.cleanup()

    @property
    def documents(self) -> int:
        return sum(batch.documents for batch in self._batches)

    @property
    def occurrences(self) -> int:
        return sum(batch.occurrences for batch in self._batches)

    def add(self, documents: Iterable[Document]) -> None:
        """Count ``documents``, which come in the order of their numbers, from 0 without a gap."""
        self.take(self.count(documents))

    def take(self, batches: Iterable[Batch]) -> None:
        """Add what another process has counted with ``count``; batches come in the order of their documents."""
        self._batches += batches

    def count(self, documents: Iterable[Document]) -> list[Batch]:
        """Count ``documents``, without adding them."""
        batches = []
        batch: list[Document] = []
        size = 0
        for document in documents:
            batch.append(document)
            size += sum(map(len, document.streams))
            if size >= BATCH_CHARACTERS:
                batches.append(self._count(batch))
                batch, size = [], 0
        if batch:
            batches.append(self._count(batch))
        return batches

    def _count(self, batch: list[Document]) -> Batch:
        path = Path(self._folder.name, str(batch[0].number))
        occurrences, hashes = _occurrences(batch)
        counts, hashes_of_counts = _counts_of_characters(batch)
        with path.open("wb") as file:
            first = _write(file, occurrences, hashes)
            second = _write(file, counts, hashes_of_counts)
        return Batch(path, len(batch), len(occurrences), (first, second))

    def bucket(self, bucket: int, count: int) -> Iterator[Posting]:
        """The postings of bucket ``bucket`` of ``count``, in the order of their tokens.

        ``count`` is a power of two, at most ``BUCKETS``; a token is in the bucket ``hash_of(...) % count``.
        """
        parts = range(bucket, BUCKETS, count)
        return _postings(self._rows(0, parts, _OCCURRENCE), self._rows(1, parts, _COUNT))

    def passes(self, most: int) -> int:
        """In how many buckets, at most ``most``, a power of two, the postings are best put together."""
        wanted = 1 << (self.occurrences // AT_ONCE).bit_length()
        return min(wanted, most, BUCKETS)

    def buckets(self, count: int) -> Iterator[tuple[int, list[Posting]]]:
        """(bucket, its postings) for each of ``count`` buckets."""
        for bucket in range(count):
            yield bucket, list(self.bucket(bucket, count))

    def _rows(self, kind: int, parts: Iterable[int], row: np.dtype) -> np.ndarray:
        # As bytes: numpy would put rows together field by field.
        return np.frombuffer(
            b"".join(batch.rows(kind, part) for part in parts for batch in self._batches), row
        )


def _characters(batch: list[Document]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of each character of the batch its code, its document, its field, and its piece, which no window leaves."""
    texts, documents, fields, lengths = [], [], [], []
    for document in batch:
        for field, text in document.pieces():
            texts.append(text)
            documents.append(document.number)
            fields.append(field)
            lengths.append(len(text))
    codes = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    number = np.repeat(np.array(documents, dtype=np.uint32), lengths)
    field = np.repeat(np.array(fields, dtype=np.uint8), lengths)
    return codes, number, field, np.repeat(np.arange(len(lengths)), lengths)


def _occurrences(batch: list[Document]) -> tuple[np.ndarray, np.ndarray]:
    """(a row for each pair of characters, its token's hash)."""
    codes, number, field, piece = _characters(batch)
    is_pair = ((codes[:-1] != SPACE) | (codes[1:] != SPACE)) & (piece[:-1] == piece[1:])
    pairs = np.empty(int(is_pair.sum()), dtype=_OCCURRENCE)
    pairs["key"] = ((codes[:-1] << _SHIFT) | codes[1:])[is_pair]
    pairs["document"] = number[:-1][is_pair]
    pairs["field"] = field[:-1][is_pair]
    pairs["place"] = (np.arange(len(codes), dtype=np.uint32) - _starts(number))[:-1][is_pair]
    return pairs, hash_of(codes[:-1], codes[1:])[is_pair]


def _counts_of_characters(batch: list[Document]) -> tuple[np.ndarray, np.ndarray]:
    """(a row for each character, document and field, its token's hash)."""
    codes, number, field, _ = _characters(batch)
    is_word = codes != SPACE
    key = codes[is_word]
    # Document and field in one number, to count equal ones in one pass.
    rest = (number.astype(np.uint64) << np.uint64(8) | field)[is_word]
    order = np.lexsort((rest, key))
    key, rest = key[order], rest[order]
    first = _firsts(key, rest)
    counts = np.empty(len(first), dtype=_COUNT)
    counts["key"] = key[first] << _SHIFT
    counts["document"] = rest[first] >> np.uint64(8)
    counts["field"] = rest[first] & np.uint64(0xFF)
    counts["count"] = _ends(first, len(key)) - first
    return counts, hash_of(key[first], NONE)


def _write(file: BinaryIO, rows: np.ndarray, hashes: np.ndarray) -> tuple[int, ...]:
    """Write ``rows`` in buckets by their hash; where each bucket ends."""
    start = file.tell()
    buckets = (hashes % np.uint64(BUCKETS)).astype(np.uint8)
    file.write(rows[np.argsort(buckets, kind="stable")].tobytes())
    ends = np.cumsum(np.bincount(buckets, minlength=BUCKETS)) * rows.itemsize + start
    return tuple(ends.tolist())


def _postings(occurrences: np.ndarray, counts: np.ndarray) -> Iterator[Posting]:
    """The postings of one bucket's rows, in the order of their tokens."""
    # Documents were counted in order, and so were the places in them: a stable sort by token keeps that.
    occurrences = occurrences[np.argsort(occurrences["key"], kind="stable")]
    places = _encoded_places(occurrences)
    rows = np.concatenate([_counted(occurrences), counts])
    rows = rows[np.argsort(rows["key"] << np.uint64(8) | rows["field"], kind="stable")]
    first = _firsts(rows["key"], rows["field"])
    gap = rows["document"].astype(np.int64)
    gap[1:] -= rows["document"][:-1].astype(np.int64) + 1
    gap[first] = rows["document"][first]
    gaps = vlq.encode(gap)
    repeats = vlq.encode(rows["count"] - 1)
    ends = _ends(first, len(rows))
    lists: dict[int, list[str]] = {}
    frequency: dict[int, int] = {}
    keys, fields = rows["key"][first].tolist(), rows["field"][first].tolist()
    for key, field, start, end in zip(keys, fields, first.tolist(), ends.tolist(), strict=True):
        more = repeats.between(start, end)
        # Where no document has the token twice in the field, nothing is said of it.
        more = "," + more if more.strip("A") else ""
        lists.setdefault(key, []).append(f"{field}{gaps.between(start, end)}{more}")
        frequency[key] = frequency.get(key, 0) + end - start
    for key, parts in lists.items():
        yield Posting(_token(key), frequency[key], ";".join(parts), places.get(key, ""))


def _counted(occurrences: np.ndarray) -> np.ndarray:
    """How often each document has each token in each field, from sorted occurrences."""
    first = _firsts(occurrences["key"], occurrences["document"], occurrences["field"])
    counts = np.empty(len(first), dtype=_COUNT)
    for name in ("key", "document", "field"):
        counts[name] = occurrences[name][first]
    counts["count"] = _ends(first, len(occurrences)) - first
    return counts


def _encoded_places(occurrences: np.ndarray) -> dict[int, str]:
    """Each token's places: within a document the first, then how much further on each next one is, less one."""
    if not len(occurrences):
        return {}
    gap = occurrences["place"].astype(np.int64)
    gap[1:] -= occurrences["place"][:-1].astype(np.int64) + 1
    first_in_document = _firsts(occurrences["key"], occurrences["document"])
    gap[first_in_document] = occurrences["place"][first_in_document]
    encoded = vlq.encode(gap)
    first = _firsts(occurrences["key"])
    ends = _ends(first, len(occurrences)).tolist()
    keys = occurrences["key"][first].tolist()
    return {
        key: encoded.between(start, end) for key, start, end in zip(keys, first.tolist(), ends, strict=True)
    }


def _firsts(*columns: np.ndarray) -> np.ndarray:
    """Where, in sorted rows, a row differs from the one before it in any of the columns."""
    if not len(columns[0]):
        return np.empty(0, dtype=np.int64)
    differs = np.zeros(len(columns[0]), dtype=bool)
    differs[0] = True
    for column in columns:
        differs[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(differs)


def _ends(first: np.ndarray, length: int) -> np.ndarray:
    """Where the runs of equal rows end (excluded) that begin at ``first``."""
    return np.append(first[1:], length) if len(first) else first


def _starts(numbers: np.ndarray) -> np.ndarray:
    """For each row the index of the first row that has the same number; equal numbers stand together."""
    first = _firsts(numbers)
    return np.repeat(first, _ends(first, len(numbers)) - first).astype(np.uint32)


def _token(key: int) -> str:
    first, second = key >> int(_SHIFT), key & ((1 << int(_SHIFT)) - 1)
    return chr(first) + (chr(second) if second else "")
