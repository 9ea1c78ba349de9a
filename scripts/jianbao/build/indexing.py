"""The postings of the search index: counted on all cores, or changed where an issue has.

They are changed if the articles before and after keep their numbers: where text is corrected, and where issues come
or go at the end. An article more in an old issue gives all later ones another number; then all are counted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from jianbao.build import workers
from jianbao.build.output import Made, Written, write
from jianbao.build.reading import Library
from jianbao.issue import Issue
from jianbao.search import index, patching, shards
from jianbao.search.documents import Document
from jianbao.search.index import Counted
from jianbao.search.postings import Batch, Counter
from jianbao.search.shards import Shard
from jianbao.shelf import Entry
from jianbao.site.site import key_of

# More changed issues than these, and counting all again takes no longer.
MOST_CHANGED = 32
# Changed tokens in a task of a worker.
_A_TASK = 400


@dataclass(frozen=True)
class Indexed:
    """What an index was made of: (page, version, number of articles) of each issue, from the oldest on."""

    issues: tuple[tuple[str, str, int], ...]
    occurrences: int
    counted: Counted


def issues_of(entries: Sequence[Entry], library: Library) -> tuple[tuple[str, str, int], ...]:
    """The issues of an index, as ``Indexed`` has them; ``entries`` from the oldest on."""
    return tuple((entry.source, library.digest(entry), len(entry.issue.articles)) for entry in entries)


def make(entries: Sequence[Entry], library: Library, site: Path, scratch: Path, before: Made | None) -> Made:
    """Write the files of all postings; ``before`` is what is there. The note is ``Indexed``."""
    changed = before and _changed(before, entries, library, site)
    return changed or _counted(entries, library, site, scratch)


def _counted(entries: Sequence[Entry], library: Library, site: Path, scratch: Path) -> Made:
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
        buckets = counter.passes(shard_count)

        def write_bucket(bucket: int) -> tuple[list[Written], list[str]]:
            found = list(shards.of_bucket(counter, bucket, buckets, shard_count))
            return [_write(site, shard) for shard in found], list(index.long_tokens_of(found))

        files: list[Written] = []
        long_tokens: list[str] = []
        for written, long in workers.each(write_bucket, range(buckets)):
            files += written
            long_tokens += long
        counted = Counted(shard_count, tuple(sorted(long_tokens)))
        return _made(Indexed(issues_of(entries, library), counter.occurrences, counted), files)


def _made(indexed: Indexed, files: Sequence[Written]) -> Made:
    return Made(key_of(indexed.issues), tuple(files), note=indexed)


def _changed(before: Made, entries: Sequence[Entry], library: Library, site: Path) -> Made | None:
    """The index changed where issues have, None where that cannot be."""
    old: Indexed = before.note
    new = issues_of(entries, library)
    documents = _documents(old.issues, new, entries, library)
    if documents is None:
        return None
    found = patching.changes(*documents)
    occurrences = old.occurrences + found.occurrences
    if shards.count_for(occurrences) != old.counted.shards:
        return None
    tokens = sorted(found.tokens, key=lambda token: shards.number_of(token, old.counted.shards))
    # A shared file's tokens stay together: it is read and written once.
    tasks: list[list[str]] = [[]]
    for _, members in groupby(tokens, key=lambda token: shards.number_of(token, old.counted.shards)):
        if len(tasks[-1]) >= _A_TASK:
            tasks.append([])
        tasks[-1] += members
    files = {file.path: file for file in before.files}
    long_tokens = set(old.counted.long_tokens)

    def patch(task: list[str]) -> tuple[list[Shard], list[Written]]:
        shared = {token: found.tokens[token] for token in task}
        made = list(patching.files(shared, old.counted.shards, partial(_read, site)))
        written = [_write(site, shard) for shard in made if shard.text]
        return [replace(shard, text=shard.text[:1]) for shard in made if shard.long_token], written

    for long, written in workers.each(patch, tasks):
        for shard in long:
            if shard.text:
                long_tokens.add(shard.long_token)
            else:
                long_tokens.discard(shard.long_token)
                files.pop(f"{index.FOLDER}/{shard.path}", None)
        files |= {file.path: file for file in written}
    counted = Counted(old.counted.shards, tuple(sorted(long_tokens)))
    return _made(Indexed(new, occurrences, counted), tuple(files.values()))


def _documents(
    old: tuple, new: tuple, entries: Sequence[Entry], library: Library
) -> tuple[list[Document], list[Document]] | None:
    """The documents that go and those that come in their place; None where others get another number."""
    pairs = zip(old, new, strict=False)
    same = next(
        (place for place, (a, b) in enumerate(pairs) if (a[0], a[2]) != (b[0], b[2])), min(len(old), len(new))
    )
    changed = [place for place in range(same) if old[place] != new[place]]
    going, coming = [*changed, *range(same, len(old))], [*changed, *range(same, len(new))]
    if max(len(going), len(coming)) > MOST_CHANGED:
        return None
    now = {entry.source: entry for entry in entries}
    gone: list[Document] = []
    for place in going:
        source, digest, _ = old[place]
        if source in now and library.digest(now[source]) == digest:
            (issue,) = (entry.issue for entry in library.with_text([now[source]]))
        else:
            issue = library.before(source, digest)
        if issue is None:
            return None
        gone += index.documents([_entry(issue, source)], _first(old, place))
    come = [
        document
        for place in coming
        for document in index.documents(library.with_text([entries[place]]), _first(new, place))
    ]
    return gone, come


def _entry(issue: Issue, source: str) -> Entry:
    return Entry(issue, source, "")


def _first(issues: tuple, place: int) -> int:
    return sum(count for _, _, count in issues[:place])


def _read(site: Path, path: str) -> str | None:
    try:
        return site.joinpath(index.FOLDER, path).read_text("utf-8")
    except FileNotFoundError:
        return None


def _write(site: Path, shard: Shard) -> Written:
    return write(site, f"{index.FOLDER}/{shard.path}", shard.text)
