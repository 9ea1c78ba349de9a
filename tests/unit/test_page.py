"""Issue ↔ page."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_literal import LINES

from jianbao import page
from jianbao.errors import PageError
from jianbao.issue import Article, Delivery, Issue, Kind, Original, Recipient

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
