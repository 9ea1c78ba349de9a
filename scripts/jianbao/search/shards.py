"""Postings → shards: files so small that a query loads little more than its own tokens.

Two files hold a token: in ``lists/`` the documents that have it, in ``places/`` where in them it stands, which
only a phrase of three characters or more needs. A token whose postings are long has files of its own, named
by its code points (``lists/63f4-7586.js``) and listed in the manifest; all others share files, numbered by
their hash. A file is one call: ``jianbao.shards.receive("lists/1f", {"园区": "…"})``.

A list (``Posting.lists``): for each field that has the token ``<field's number><documents>[,<repeats>]``, parts
by ``;``. Documents are VLQ numbers: the first, then how many lie between each and the next. Repeats: for each
document, how often beyond once; left out where that is never.

Places: for each document that has the token in any field, its places in the document's stream as VLQ numbers,
the first, then how many lie between; how many there are follows from the list.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jianbao.search import postings
from jianbao.search.postings import Posting
from jianbao.search.scripts import call

LISTS = "lists"
PLACES = "places"
# A shared file holds this many occurrences at least.
FEWEST_OCCURRENCES = 1_000
# Postings longer than so many times what a shared file holds would be a burden on their neighbours.
LONG = 3


@dataclass(frozen=True)
class Shard:
    """A file of the index, its path from the index's folder, and the tokens with files of their own in it."""

    path: str
    text: str
    long_token: str | None = None


def count_for(occurrences: int) -> int:
    """How many shared files of a kind an index of so many occurrences has.

    It grows with the square root: neither the files nor what a query loads of each grow as the archive does.
    A power of two, so that it seldom changes.
    """
    wanted = min(occurrences / FEWEST_OCCURRENCES, math.sqrt(occurrences))
    return 2 ** max(0, math.ceil(math.log2(max(wanted, 1))))


def longest_for(count: int) -> float:
    """The length from which on postings have files of their own, in an index of ``count`` shared files.

    An occurrence takes about one character, and a file holds between 500 and 1,000 (few files), or between a quarter
    of ``count`` and ``count`` of them: the middle counts. So it is the same until ``count`` changes.
    """
    return LONG * max(FEWEST_OCCURRENCES * 3 / 4, count / 2)


def shards(counter: postings.Counter) -> Iterator[Shard]:
    """The files of all postings that ``counter`` has counted."""
    count = count_for(counter.occurrences)
    buckets = counter.passes(count)
    for bucket in range(buckets):
        yield from of_bucket(counter, bucket, buckets, count)


def of_bucket(counter: postings.Counter, bucket: int, buckets: int, count: int) -> Iterator[Shard]:
    """Those of one of ``buckets`` buckets; ``count`` is how many shared files there are in all."""
    shared: dict[int, list[Posting]] = {number: [] for number in range(bucket, count, buckets)}
    for posting in counter.bucket(bucket, buckets):
        if is_long(posting.lists, posting.places, count):
            yield from files_of(name_of(posting.token), [posting], posting.token)
        else:
            shared[number_of(posting.token, count)].append(posting)
    for number, members in shared.items():
        yield from files_of(f"{number:x}", members)


def is_long(lists: str, places: str, count: int) -> bool:
    """Whether a token with these postings has files of its own."""
    return max(len(lists), len(places)) > longest_for(count)


def number_of(token: str, count: int) -> int:
    """Which of ``count`` shared files holds ``token``."""
    return postings.hash_of(ord(token[0]), ord(token[1]) if len(token) > 1 else postings.NONE) % count


def name_of(token: str) -> str:
    """A long token's file, by its code points: ``援疆`` → ``63f4-7586``, ``的`` → ``7684-``.

    The hyphen tells it from a shared file's number.
    """
    return f"{ord(token[0]):x}-{ord(token[1]):x}" if len(token) > 1 else f"{ord(token[0]):x}-"


def files_of(name: str, members: Iterable[Posting], long_token: str | None = None) -> Iterator[Shard]:
    """The two files of that name, which hold the postings of ``members``, in their order."""
    lists = {posting.token: posting.lists for posting in members}
    places = {posting.token: posting.places for posting in members if posting.places}
    for kind, data in ((LISTS, lists), (PLACES, places)):
        path = f"{kind}/{name}"
        yield Shard(f"{path}.js", call("jianbao.shards.receive", path, data), long_token)
