"""What the benchmark stands on: the grammar is whole, the scan finds what is there, the server counts right."""

import gzip
import urllib.request

import pytest

from bench import corpus, server, truth
from bench.grammar import weighted
from bench.product import percentile_95
from bench.truth import Answer, Truth
from jianbao.issue import Article, Issue, Kind


def test_every_slot_of_the_grammar_is_filled():
    for issue in corpus.issues(40):
        assert not {"{", "}", "[", "]", "/"} & set(corpus.text(issue))


def test_the_first_words_of_a_list_come_more_often_than_the_last():
    table = weighted([(word,) for word in "甲乙丙丁戊己"])
    counts = [table.count((word,)) for word in "甲乙丙丁戊己"]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] == 1


@pytest.mark.parametrize(
    "query, found",
    [
        ("木齐", {0}),
        ("20万册", {0}),
        ("２０万册", {0}),
        ("图书 乌鲁", {0}),
        ("书乌", set()),
        ("图书", {0, 1}),
        ("捐赠", {1}),
        ("爱心捐赠", {1}),
    ],
)
def test_the_plain_scan(query, found):
    articles = (
        Article("a01", Kind.FEATURE, "20 万册图书", body=("运抵乌鲁木齐。",)),
        Article("a02", Kind.BRIEF, "图书到校", themes=("爱心捐赠",)),
    )
    issue = Issue("援疆工作简报", 2017, (20,), articles=articles)
    assert Truth([issue]).holding(query) == found


def test_recall_and_precision():
    answer = Answer(found=frozenset({1, 2, 3, 4}), holding=frozenset({1, 2, 9}))
    assert (answer.recall, answer.precision) == (2 / 3, 1 / 2)
    assert Answer(frozenset(), frozenset({1})).precision is None
    assert truth.quoted("武进 脱贫") == '"武进" "脱贫"'


def test_the_95th_percentile():
    assert percentile_95(range(1, 201)) == 190
    assert percentile_95([3, 1, 2]) == 3


def test_the_server_counts_bytes_of_gzip(tmp_path):
    (tmp_path / "简报.js").write_text("援疆" * 1000, "utf-8")
    with server.serve(tmp_path) as served:
        with urllib.request.urlopen(served.address + "%E7%AE%80%E6%8A%A5.js?v=1") as answer:
            body = answer.read()
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(served.address + "missing.js")
        assert served.requests == ["简报.js"]
        assert len(served.content("简报.js")) == len(body) < 200
    assert gzip.decompress(body).decode() == "援疆" * 1000
