"""An index that is changed where an issue has is the index that is counted from all issues."""

import random
from dataclasses import replace

import pytest

from bench import corpus
from jianbao.search import index, patching, shards, vlq
from jianbao.search.postings import Counter

ENTRIES = tuple(corpus.entries(12))


def counted(entries):
    """(path → text, number of shared files, occurrences) of an index."""
    with Counter() as counter:
        counter.add(index.documents(entries))
        files = {shard.path: shard.text for shard in shards.shards(counter)}
        return files, shards.count_for(counter.occurrences), counter.occurrences


def patched(before, after):
    files, count, occurrences = counted(before)
    found = patching.changes(index.documents(before), index.documents(after))
    for shard in patching.files(found.tokens, count, files.get):
        if shard.text:
            files[shard.path] = shard.text
        else:
            files.pop(shard.path, None)
    return files, count, occurrences + found.occurrences


def with_articles(entry, *articles):
    return replace(entry, issue=replace(entry.issue, articles=articles))


def changed(entry, rng):
    articles = list(entry.issue.articles)
    place = rng.randrange(len(articles))
    other = rng.choice(rng.choice(ENTRIES).issue.articles)
    articles[place] = replace(articles[place], **{
        0: {"body": other.body}, 1: {"title": other.title}, 2: {"themes": other.themes, "places": ()},
        3: {"body": (articles[place].body[0][5:] + "𠮷野家 20 万册", *articles[place].body[1:])},
    }[rng.randrange(4)])  # fmt: skip
    return with_articles(entry, *articles)


@pytest.mark.parametrize("longest", [None, 6])
def test_random_changes(longest, monkeypatch):
    if longest:
        # Many tokens are long, and become so or cease to be.
        monkeypatch.setattr(shards, "longest_for", lambda count: longest)
    rng = random.Random(20170807)
    for _ in range(3):
        after = list(ENTRIES)
        for _ in range(2):
            place = rng.randrange(len(after))
            after[place] = changed(after[place], rng)
        assert patched(ENTRIES, after) == counted(after)


def test_issues_that_come_and_go_at_the_end():
    short = ENTRIES[:-1]
    files, count, occurrences = patched(short, ENTRIES)
    assert count == shards.count_for(occurrences), "the corpus is large enough not to get more files by this"
    assert (files, count, occurrences) == counted(ENTRIES)
    assert patched(ENTRIES, short) == counted(short)


def test_only_the_files_of_changed_tokens_are_written():
    last = ENTRIES[-1]
    (*others, article) = last.issue.articles
    after = [*ENTRIES[:-1], with_articles(last, *others, replace(article, body=(article.body[0] + "完。",)))]
    files, count, _ = counted(ENTRIES)
    found = patching.changes(index.documents(ENTRIES), index.documents(after))
    made = {shard.path for shard in patching.files(found.tokens, count, files.get)}
    assert len(found.tokens) < 6
    assert len(made) <= 2 * len(found.tokens)


def test_numbers_are_decoded_at_once_as_one_by_one():
    numbers = [0, 31, 32, 1023, 1024, 5, 2**31]
    text = vlq.text(numbers)
    assert vlq.decode_all(text).tolist() == vlq.decode(text) == numbers
    assert vlq.decode_all("").tolist() == []
