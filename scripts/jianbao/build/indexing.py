"""The search index, made on all cores."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from jianbao.build import workers
from jianbao.build.output import Made, Written, write
from jianbao.build.reading import Library
from jianbao.search import index, postings, shards
from jianbao.search.index import Counted
from jianbao.search.postings import Batch, Counter
from jianbao.shelf import Entry


def postings_of(key: str, entries: Sequence[Entry], library: Library, site: Path, scratch: Path) -> Made:
    """Write the files of all postings; ``entries`` from the oldest on. The note is what the manifest says of them."""
    runs, first = [], 0
    for _, members in groupby(entries, key=lambda entry: entry.issue.year):
        run = list(members)
        runs.append((first, run))
        first += sum(len(entry.issue.articles) for entry in run)
    with Counter(scratch) as counter:

        def count(run: tuple[int, list[Entry]]) -> list[Batch]:
            return counter.count(index.documents(library.with_text(run[1]), run[0]))

        for batches in workers.each(count, runs):
            counter.take(batches)
        shard_count = shards.count_for(counter.occurrences)

        def write_bucket(bucket: int) -> tuple[list[Written], list[str]]:
            found = list(shards.of_bucket(counter, bucket, shard_count))
            written = [write(site, f"{index.FOLDER}/{shard.path}", shard.text) for shard in found]
            return written, list(index.long_tokens_of(found))

        files: list[Written] = []
        long_tokens: list[str] = []
        for written, long in workers.each(write_bucket, range(min(shard_count, postings.BUCKETS))):
            files += written
            long_tokens += long
    return Made(key, tuple(files), note=Counted(shard_count, tuple(sorted(long_tokens))))
