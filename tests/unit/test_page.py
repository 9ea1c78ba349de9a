"""Issue ↔ page."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_literal import LINES

from jianbao import page
from jianbao.errors import PageError
from jianbao.issue import Article, Correction, Delivery, Issue, Kind, Original, Recipient, Waiver

TAGS = st.lists(LINES, max_size=3).map(tuple)
ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.just("a00"),
        kind=st.sampled_from(Kind),
        title=LINES,
        subtitle=st.none() | LINES,
        contents_title=st.none() | LINES,
        work_groups=TAGS,
        places=TAGS,
        themes=TAGS,
        body=st.lists(LINES, max_size=3).map(tuple),
    ),
    max_size=3,
).map(
    lambda articles: tuple(
        Article(**{**article.__dict__, "id": f"a{number:02d}"}) for number, article in enumerate(articles, 1)
    )
)
ISSUES = st.builds(
    Issue,
    title=LINES,
    year=st.integers(1949, 2999),
    numbers=st.lists(st.integers(1, 400), min_size=1, max_size=3, unique=True).map(tuple),
    cumulative=st.none() | st.integers(1, 9999),
    date=st.none() | st.dates(datetime.date(1949, 10, 1), datetime.date(2099, 12, 31)),
    issuer=st.none() | LINES,
    distribution=st.lists(LINES.map(lambda name: Recipient(name, Delivery.SEND)), max_size=3).map(tuple),
    articles=ARTICLES,
    contents_without_article=TAGS,
    original=st.none() | st.builds(Original, name=LINES, sha256=st.just("0" * 64)),
    supplement=st.booleans(),
    colophon=TAGS,
)


@settings(max_examples=150, deadline=None)
@given(ISSUES)
def test_a_page_gives_back_the_issue_it_was_written_from(issue):
    assert page.parse(page.write(issue), "020.md") == issue


PAGE = """---
刊名: 援疆工作简报
年份: 2017
期号: 20
---

## 武进工作组多措并举 {#a01}

/// 文章
    栏目: 要目
    工作组: [武进工作组]
    地点: []
    主题: [脱贫攻坚]
///

因地制宜谋脱贫。
"""


def test_a_page_as_an_editor_types_it():
    issue = page.parse(PAGE, "020.md")
    assert issue.label == "2017年第20期"
    assert issue.articles[0].work_groups == ("武进工作组",)
    assert issue.articles[0].paragraphs == ("因地制宜谋脱贫。",)


@pytest.mark.parametrize(
    ("typed", "instead", "message"),
    [
        ("---\n刊名", "刊名", "第1行：第一行应当是 ---"),
        ("期号: 20", "期号：20", "第4行：不是“名称: 内容”的写法"),
        ("期号: 20", "期号: 二十", "第4行：“期号”应当是数字"),
        ("期号: 20", "期号: 20\n日期: 2017-02-30", "有不存在的日期"),
        ("期号: 20", "期号: 20\n期好: 20", "第5行：“期好”不认识"),
        ("年份: 2017", "年份: 217", "年份 217 不像"),
        (" {#a01}", "", "第7行：文章标题应当写成“## 标题 {#a01}”"),
        ("/// 文章", "/// 文档", "第7行：标题下面缺少“/// 文章”"),
        ("///\n\n因地", "\n因地", "第9行：“/// 文章”没有用单独一行 /// 结束"),
        ("栏目: 要目", "栏目: 要闻", "第9行：栏目“要闻”不对，应当是要目或动态"),
        ("[武进工作组]", "武进工作组", "第11行：“工作组”应当写成 [甲, 乙]"),
        ("## 武进", "一段文字\n\n## 武进", "第7行：这一行不在任何文章里"),
    ],
)
def test_a_slip_is_named_with_its_line(typed, instead, message):
    assert typed in PAGE
    with pytest.raises(PageError) as error:
        page.parse(PAGE.replace(typed, instead, 1), "docs/issues/2017/020.md")
    assert str(error.value).startswith("docs/issues/2017/020.md：第")
    assert message in str(error.value)


def test_two_articles_never_share_an_id():
    twice = PAGE + PAGE[PAGE.index("## ") :]
    with pytest.raises(PageError, match="文章编号重复：a01"):
        page.parse(twice, "020.md")


# Tags set by a program


PAGE_WITH_TAGS = page.write(
    Issue(
        title="援疆工作简报",
        year=2017,
        numbers=(20,),
        articles=(
            Article("a01", Kind.FEATURE, "头一篇", themes=("教育",), body=("正文。",)),
            Article("b01", Kind.BRIEF, "一则", work_groups=("武进工作组",), body=("动态。",)),
        ),
    )
)


def test_set_tags_changes_the_lists_and_no_other_line():
    changed = page.set_tags(PAGE_WITH_TAGS, "020.md", {"a01": {"主题": ("医疗卫生", "教育")}})
    assert changed == PAGE_WITH_TAGS.replace("主题: [教育]", "主题: [医疗卫生, 教育]")


def test_set_tags_takes_a_list_on_several_lines():
    typed = PAGE_WITH_TAGS.replace("    主题: [教育]\n", "    主题:\n    - 教育\n    - 医疗卫生\n")
    assert page.set_tags(typed, "020.md", {"a01": {"主题": ("教育",)}}) == PAGE_WITH_TAGS


def test_set_tags_adds_a_list_that_is_missing_and_keeps_line_ends():
    typed = PAGE_WITH_TAGS.replace("    工作组: [武进工作组]\n", "").replace("\n", "\r\n")
    changed = page.set_tags(typed, "020.md", {"b01": {"工作组": ("武进工作组",)}})
    assert page.parse(changed, "020.md") == page.parse(PAGE_WITH_TAGS, "020.md")
    assert changed.count("\r\n") == changed.count("\n")


def test_set_tags_refuses_an_article_that_is_not_there():
    with pytest.raises(PageError, match="没有文章 a09"):
        page.set_tags(PAGE_WITH_TAGS, "020.md", {"a09": {"主题": ()}})


# Corrections and waivers

CORRECTED = PAGE_WITH_TAGS.replace(
    "---\n\n",
    "更正:\n- 日期: 2026-11-24\n  说明: “头一篇”误作“第一篇”\n  文章:\n  - a01\n免检:\n  JB402: 原文如此\n---\n\n",
    1,
)


def test_corrections_and_waivers_are_read_and_written():
    issue = page.parse(CORRECTED, "020.md")
    assert issue.corrections == (Correction(datetime.date(2026, 11, 24), "“头一篇”误作“第一篇”", ("a01",)),)
    assert issue.waivers == (Waiver("JB402", "原文如此"),)
    assert page.write(issue) == CORRECTED


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("  说明: “头一篇”误作“第一篇”\n", "", "“说明”应当是一行文字"),
        ("- 日期: 2026-11-24\n  说明", "- 说明", "缺少日期"),
        ("- a01", "- a07", "不在本期：a07"),
        ("更正:\n- 日期", "更正:\n  日期", "若干条"),
        ("JB402: 原文如此", "JB402:", "写理由"),
    ],
)
def test_corrections_and_waivers_that_cannot_be(right, wrong, message):
    assert right in CORRECTED
    with pytest.raises(PageError, match=message):
        page.parse(CORRECTED.replace(right, wrong), "020.md")


def test_every_fault_of_a_page_is_named_at_once_in_the_order_of_its_lines():
    text = """---
刊名: 援疆工作简报
年份: 二〇一七
期号: 20
期别: 甲
日期: 8月7日
---
## 没有编号的标题

## 少了栏目 {#a02}

/// 文章
    主题: []
///
"""
    assert [(fault.line, fault.reason[:7]) for fault in page.faults(text, "020.md")] == [
        (3, "“年份”应当是"),
        (5, "“期别”不认识"),
        (6, "“日期”应当写"),
        (8, "文章标题应当写"),
        (12, "“栏目”应当是"),
    ]
    assert page.faults(PAGE, "020.md") == ()
    assert [str(fault) for fault in page.faults("没有页首", "020.md")] == [
        "020.md：第1行：第一行应当是 ---，其下是刊名、年份、期号等"
    ]
