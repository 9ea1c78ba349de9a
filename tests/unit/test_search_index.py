"""The files of the index: the same bytes each time, loadable as scripts whatever the texts hold."""

import datetime
import json
import re

import pytest

from jianbao.issue import Article, Issue, Kind
from jianbao.search import index, pinyin
from jianbao.shelf import Entry, Shelf

WUJIN = Article(
    "a01", Kind.FEATURE, "武进工作组多措并举", work_groups=("武进工作组",), body=("甲。", "因地制宜谋脱贫。")
)
BOOKS = Article("a02", Kind.BRIEF, "图书抵达", themes=("脱贫攻坚", "爱心捐赠"), body=("20 万册。",))


def files(*articles):
    issue = Issue("简报", 2017, (20,), date=datetime.date(2017, 8, 7), articles=articles)
    shelf = Shelf.of([Entry(issue, "issues/2017/020.md", "issues/2017/020.html")])
    return dict(index.files(shelf))


def data(script):
    """What a file of the index hands over."""
    return json.loads(re.fullmatch(r"jianbao\.shards\.receive\((.*)\);\n", script)[1].partition(",")[2])


def tokens(found):
    return {token for path, text in found.items() if path.startswith("search/lists/") for token in data(text)}


def test_each_article_is_a_document_of_its_own():
    found = files(WUJIN, BOOKS)
    assert data(found["search/manifest.js"])["documents"] == 2
    text = data(found["search/texts/0.js"])
    assert text["url"] == "issues/2017/020.html"
    assert [article["id"] for article in text["articles"]] == ["a01", "a02"]
    assert text["articles"][0]["text"] == "甲。\n因地制宜谋脱贫。"
    assert {"武进", "工作", "图书", "20", "0万", "万册", "册"} <= tokens(found)


def test_text_cannot_leave_the_script():
    found = files(Article("a01", Kind.BRIEF, "</script><!--\u2028", body=("<script>",)))
    for path, text in found.items():
        assert not set("<>\u2028\u2029") & set(text), path


def test_the_same_articles_give_the_same_bytes():
    assert files(WUJIN, BOOKS) == files(WUJIN, BOOKS)


def test_the_headline_of_the_contents_list_is_found_too():
    assert "养班" in tokens(files(Article("a01", Kind.FEATURE, "培训班开班", contents_title="培养班开班")))


@pytest.mark.parametrize("window", ["坚爱", "二三"])
def test_no_token_runs_from_one_text_into_the_next(window):
    article = Article("a01", Kind.BRIEF, "题", themes=("脱贫攻坚", "爱心捐赠"), body=("一二", "三四"))
    assert window not in tokens(files(article))


def test_a_line_that_an_editor_broke_is_one_text():
    found = files(Article("a01", Kind.BRIEF, "题", body=("对口支\n援新疆", "乙")))
    assert "支援" in tokens(found)
    assert data(found["search/texts/0.js"])["articles"][0]["text"] == "对口支 援新疆\n乙"


def test_facets_say_each_documents_tags():
    block = data(files(WUJIN, BOOKS)["search/facets/0.js"])
    assert block["group"] == {"tags": ["武进工作组"], "counts": "BA", "codes": "A"}
    assert block["theme"] == {"tags": ["爱心捐赠", "脱贫攻坚"], "counts": "AC", "codes": "AB"}
    assert block["kind"] == {"tags": ["brief", "feature"], "counts": "BB", "codes": "BA"}


def test_pinyin_is_of_titles_and_tags_only():
    found = tokens(files(WUJIN))
    wu, jin = pinyin.stream("武进")[:2]
    assert wu + jin in found
    assert pinyin.stream("脱贫")[:2] not in found


def test_only_an_issue_that_has_traditional_characters_says_so():
    assert "isTraditional" not in data(files(BOOKS)["search/texts/0.js"])
    assert data(files(Article("a01", Kind.BRIEF, "園區"))["search/texts/0.js"])["isTraditional"] is True
    assert "园区" in tokens(files(Article("a01", Kind.BRIEF, "園區")))


def test_an_archive_without_issues_has_an_index_all_the_same():
    found = dict(index.files(Shelf.of([])))
    assert data(found["search/manifest.js"])["documents"] == 0


def test_former_names_lead_to_tags_in_use_only():
    issue = Issue("简报", 2017, (20,), articles=(WUJIN, BOOKS))
    shelf = Shelf.of([Entry(issue, "issues/2017/020.md", "issues/2017/020.html")])
    names = {"theme": {"扶贫": "脱贫攻坚", "献爱心": "捐助", "爱心捐赠": "脱贫攻坚"}}
    found = dict(index.files(shelf, names))
    assert data(found["search/manifest.js"])["names"] == {"theme": {"扶贫": "脱贫攻坚"}}
