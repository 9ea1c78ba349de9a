"""The postings say what lunr.py's builder would count, and where each token stands."""

import pytest

from archives import REAL_ISSUE, ROOT
from bench import corpus
from jianbao import importer, vocabulary
from jianbao.search import shards, vlq
from jianbao.search.documents import FIELDS, Document
from jianbao.search.postings import Counter
from jianbao.shelf import Entry, Shelf
from reference_index import documents, lunr_builder


def postings(found):
    """Every posting by its token, and how many shared files there would be."""
    with Counter() as counter:
        counter.add(found)
        return {posting.token: posting for _, each in counter.buckets(4) for posting in each}


def listed(posting):
    """{(field, document): count} of a posting's list."""
    counts = {}
    for part in posting.lists.split(";"):
        gaps, _, repeats = part[1:].partition(",")
        document, more = -1, vlq.decode(repeats)
        for place, gap in enumerate(vlq.decode(gaps)):
            document += gap + 1
            counts[FIELDS[int(part[0])], document] = 1 + (more[place] if more else 0)
    return counts


@pytest.fixture(scope="module")
def real_and_invented():
    real = importer.read(REAL_ISSUE, vocabulary.load(ROOT / "docs" / "vocabulary.yml")).issue
    return documents(Shelf.of([Entry(real, "", ""), *corpus.entries(3)]))


def test_the_counts_are_those_of_lunr(real_and_invented):
    builder = lunr_builder(real_and_invented)
    found = postings(real_and_invented)
    assert found.keys() == builder.inverted_index.keys()
    expected = {}
    for reference, frequencies in builder.field_term_frequencies.items():
        field, number = str(reference).split("/")
        for token, count in frequencies.items():
            expected.setdefault(str(token), {})[field, int(number)] = count
    for token, posting in found.items():
        assert listed(posting) == expected[token], token
        assert posting.frequency == len(expected[token])


def test_the_places_lead_back_to_the_token(real_and_invented):
    found = postings(real_and_invented)
    texts = ["".join(text for _, text in each.pieces()) for each in real_and_invented]
    for token in ("援疆", "组 ", "20", "作组"):
        counts = {}
        for (_, number), count in listed(found[token]).items():
            counts[number] = counts.get(number, 0) + count
        numbers = iter(vlq.decode(found[token].places))
        for number in sorted(counts):
            place = -1
            for _ in range(counts[number]):
                place += next(numbers) + 1
                assert texts[number][place : place + 2] == token
        assert next(numbers, None) is None


def test_no_token_runs_from_a_title_into_a_tag():
    found = postings([Document(0, ("题目", "武进", "", "", "", "正文"))])
    assert {"题目", "武进", "正文", "目 "} <= found.keys()
    assert not {"目武", "进正", " 武", "  "} & found.keys()


def test_a_batch_of_documents_ends_anywhere(real_and_invented, monkeypatch):
    whole = postings(real_and_invented)
    monkeypatch.setattr("jianbao.search.postings.BATCH_CHARACTERS", 700)
    assert postings(real_and_invented) == whole


def test_an_archive_without_articles_has_no_tokens():
    assert postings([]) == {}


@pytest.mark.parametrize(
    ("occurrences", "count"), [(0, 1), (900, 1), (6_000, 8), (2_400_000, 2048), (44_000_000, 8192)]
)
def test_files_grow_slower_than_the_archive(occurrences, count):
    assert shards.count_for(occurrences) == count


def test_a_long_token_has_a_name_of_its_own():
    assert shards.name_of("援疆") == "63f4-7586"
    assert shards.name_of("的") == "7684-"
