"""The index script: the same bytes each time, loadable as a script whatever the text holds."""

import json

from jianbao.issue import Article, Issue, Kind
from jianbao.search import index
from jianbao.shelf import Entry


def script(*articles):
    issue = Issue("简报", 2017, (20,), articles=articles)
    found = index.files([Entry(issue, "issues/2017/020.md", "issues/2017/020.html")])
    assert list(found) == [index.INDEX_PATH]
    return found[index.INDEX_PATH]


def test_each_article_is_a_document_of_its_own():
    text = script(
        Article("a01", Kind.FEATURE, "武进工作组", work_groups=("武进工作组",), body=("甲。", "乙。")),
        Article("a02", Kind.BRIEF, "图书抵达", body=("20 万册。",)),
    )
    data = json.loads(text.removeprefix("jianbao.archive.receive(").removesuffix(");\n"))
    assert [article["address"] for article in data["articles"]] == [
        "issues/2017/020.html#a01",
        "issues/2017/020.html#a02",
    ]
    assert data["articles"][0]["text"] == "甲。\n乙。"
    terms = {row[0] for row in data["lunr"]["invertedIndex"]}
    assert {"武进", "工作", "图书", "20", "0万", "万册"} <= terms


def test_text_cannot_leave_the_script():
    text = script(Article("a01", Kind.BRIEF, "</script><!--\u2028", body=("<script>",)))
    assert "<" not in text
    assert ">" not in text
    assert "\u2028" not in text


def test_the_same_articles_give_the_same_bytes():
    article = Article("a01", Kind.BRIEF, "武进工作组多措并举", body=("因地制宜谋脱贫。",))
    assert script(article) == script(article)


def terms(text):
    data = json.loads(text.removeprefix("jianbao.archive.receive(").removesuffix(");\n"))
    return {row[0] for row in data["lunr"]["invertedIndex"]}


def test_the_headline_of_the_contents_list_is_found_too():
    assert "养班" in terms(script(Article("a01", Kind.FEATURE, "培训班开班", contents_title="培养班开班")))


def test_no_token_runs_from_one_text_into_the_next():
    article = Article("a01", Kind.BRIEF, "题", themes=("脱贫攻坚", "爱心捐赠"), body=("一二", "三四"))
    assert {"坚爱", "二三"} & terms(script(article)) == set()


def test_a_line_that_an_editor_broke_is_one_text():
    text = script(Article("a01", Kind.BRIEF, "题", body=("对口支\n援新疆", "乙")))
    data = json.loads(text.removeprefix("jianbao.archive.receive(").removesuffix(");\n"))
    assert "支援" in terms(text)
    assert data["articles"][0]["text"] == "对口支 援新疆\n乙"
