"""The engine in Chromium, over 500 invented issues: held to a look through every text and to lunr itself."""

import json
import random
import shutil

import pytest

from bench import corpus
from jianbao.search import index
from jianbao.shelf import Shelf
from reference_index import containing, documents, lunr_builder

QUERIES = 160
LUNR_ISSUES = 20
FORMER_NAMES = {"group": {"镇江前方指挥组": "镇江工作组"}, "theme": {"扶贫": "脱贫攻坚"}}


def engine_page(browser, site, folder, shelf):
    """A page of the search site with the index of ``shelf`` in the place of the real issue's."""
    shutil.copytree(site / "assets", folder / "assets")
    shutil.copy(site / "search.html", folder)
    for path, text in index.files(shelf, FORMER_NAMES):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    page = browser.new_page()
    page.goto((folder / "search.html").as_uri())
    page.evaluate("jianbao.box.load()")
    return page


@pytest.fixture(scope="module")
def invented():
    return Shelf.of(corpus.entries(corpus.SIZES["M"]))


@pytest.fixture(scope="module")
def searched(invented):
    return documents(invented)


@pytest.fixture(scope="module")
def engine(browser, site, invented, tmp_path_factory):
    page = engine_page(browser, site, tmp_path_factory.mktemp("m"), invented)

    def search(query, **options):
        return page.evaluate(
            """async ([query, options]) => {
              const result = await jianbao.engine.search(query, options);
              return Object.assign({}, result, {documents: Array.from(result.documents)});
            }""",
            [query, options],
        )

    yield search
    page.close()


def drawn(searched):
    """Pieces of the texts: of any length, from anywhere, inside words and over punctuation too."""
    rng = random.Random(5)
    while True:
        text = rng.choice(searched).streams[rng.choice((0, 5))]
        length = rng.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 13, 30))
        start = rng.randrange(max(1, len(text) - length))
        piece = text[start : start + length].strip()
        if piece and "  " not in piece:
            yield piece


def test_every_piece_of_text_finds_just_the_articles_that_have_it(engine, searched):
    pieces = drawn(searched)
    for _ in range(QUERIES):
        piece = next(pieces)
        # A stream has a space for any punctuation; a space that a reader types between Han is none.
        found = engine(f'"{piece.replace(" ", "，")}"')
        assert sorted(found["documents"]) == containing(searched, piece), piece


def test_words_without_quotes_find_every_article_that_has_them(engine, searched):
    pieces = drawn(searched)
    for _ in range(40):
        words = [next(pieces).split()[0] for _ in range(2)]
        expected = set(containing(searched, words[0])) & set(containing(searched, words[1]))
        found = engine(" ".join(words))
        assert expected <= set(found["documents"]), words
        assert not expected or expected == set(found["documents"])


def test_a_word_excluded(engine, searched):
    both = set(containing(searched, "医疗")) & set(containing(searched, "培训"))
    found = engine("医疗 -培训")
    assert both
    assert set(found["documents"]) == set(containing(searched, "医疗")) - both
    everything = {each.number for each in searched}
    assert set(engine("-医疗")["documents"]) == everything - set(containing(searched, "医疗"))


@pytest.mark.parametrize(
    ("query", "facet", "value"),
    [
        ("医疗 工作组:武进", "work_groups", "武进工作组"),
        ("医疗 主题:“爱心捐赠”", "themes", "爱心捐赠"),
        ("医疗 地点：伊宁市", "places", "伊宁市"),
    ],
)
def test_a_field_narrows(engine, invented, searched, query, facet, value):
    articles = [article for entry in reversed(invented.entries) for article in entry.issue.articles]
    expected = [
        number for number in containing(searched, "医疗") if value in getattr(articles[number], facet)
    ]
    found = engine(query)
    assert expected
    assert sorted(found["documents"]) == expected


def test_years_and_kinds(engine, invented):
    articles = [(e.issue.year, a.kind) for e in reversed(invented.entries) for a in e.issue.articles]
    found = engine("年:2016-2017 栏目:动态")
    expected = [n for n, (year, kind) in enumerate(articles) if 2016 <= year <= 2017 and kind == "brief"]
    assert expected
    assert sorted(found["documents"]) == expected


def test_the_newest_and_the_oldest_first(engine):
    newest = engine("医疗", sort="newest")["documents"]
    assert newest == sorted(newest, reverse=True)
    assert engine("医疗", sort="oldest")["documents"] == newest[::-1]


@pytest.mark.parametrize("query", ["wujingongzuozu", "wjgzz", "wu'jin'gong'zuo'zu"])
def test_pinyin_finds_titles_and_tags(engine, searched, query):
    # 武进工作组 is the one group that these letters may stand for.
    titled = {each.number for each in searched if "武进工作组" in each.streams[0] + each.streams[1]}
    assert titled
    assert set(engine(query)["documents"]) == titled


@pytest.mark.parametrize(
    ("traditional", "simplified"), [("醫療", "医疗"), ("園區", "园区"), ("產業援疆", "产业援疆")]
)
def test_traditional_characters_find_simplified_text(engine, searched, traditional, simplified):
    found = engine(traditional)["documents"]
    assert found
    assert sorted(found) == containing(searched, simplified)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("武近工作组", "武进工作组"),
        ("医疗卫声", "医疗卫生"),
        ("尼克勒县", "尼勒克县"),
        ("挂职段炼", "挂职锻炼"),
        ("青少年活中心", "青少年活动中心"),
        ("武进工作组医疗卫生", "武进工作组 医疗卫生"),
    ],
)
def test_a_slip_that_finds_nothing_gets_a_suggestion(engine, typed, meant):
    found = engine(typed)
    assert found["suggestion"] == meant
    assert found["isScattered"] or not found["documents"]
    assert engine(meant)["documents"]


def test_ranking_from_the_shards_is_lunrs_ranking_of_the_whole_archive(browser, site, tmp_path):
    shelf = Shelf.of(corpus.entries(LUNR_ISSUES))
    found = documents(shelf)
    page = engine_page(browser, site, tmp_path, shelf)
    whole = lunr_builder(found).build().serialize()
    page.evaluate("whole => { window.whole = lunr.Index.load(whole); }", json.loads(json.dumps(whole)))
    for query in ("医疗", "工作组", "援疆干部", "脱贫攻坚 培训", "组", "工作组 医疗卫生 项目", "wujin"):
        ours, tokens, scores = page.evaluate(
            """async query => {
              const result = await jianbao.engine.search(query, {});
              const scores = {};
              whole.query(q => result.tokens.forEach(t => q.term(t, {usePipeline: false})))
                .forEach(each => { scores[each.ref] = each.score; });
              return [Array.from(result.documents), result.tokens, scores];
            }""",
            query,
        )
        assert len(ours) > 1, query
        expected = sorted(ours, key=lambda number: (-round(scores[str(number)], 6), -number))
        assert ours == expected, (query, tokens)
    page.close()


def test_a_title_goes_before_a_text(engine, searched):
    found = engine("义诊")["documents"]
    titled = ["义诊" in searched[number].streams[0] for number in found]
    assert titled == sorted(titled, reverse=True)
    assert titled[0] and not titled[-1]


@pytest.mark.parametrize(
    ("former", "now"), [("工作组:镇江前方指挥组", "工作组:镇江工作组"), ("主题:扶贫", "主题:脱贫攻坚")]
)
def test_a_tags_former_name_finds_what_the_tag_finds(engine, former, now):
    found = engine(former)["documents"]
    assert found and found == engine(now)["documents"]
    facet = {"工作组": "group", "主题": "theme"}[former.split(":")[0]]
    assert found == engine("", filters=[{"facet": facet, "value": former.split(":")[1]}])["documents"]
