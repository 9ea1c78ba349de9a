"""The contents list against the articles: matched when reworded or reordered; what does not fit is reported."""

import pytest

from jianbao import recognise
from jianbao.sources import Line, Source

HEAD = "河长制工作简报\n2019年第3期（总第30期）\n河长制办公室\n2019年4月1日\n"
TAIL = "报：市委办公室。\n"
CLEAN_UP = "东河镇开展清河行动成效明显"
PATROL = "南河镇巡河护河见实效"
TEXT = "近日，各村组织党员志愿者清理河道，打捞漂浮物三十吨，群众反映良好。"
MORE = "下一步，将建立长效机制，落实网格责任，确保河道清洁、水质达标。"


def understood(body, layout=None):
    text = HEAD + body + TAIL
    lines = tuple(Line(number, line) for number, line in enumerate(text.splitlines(), 1))
    return recognise.recognise(Source("简报.txt", "0" * 64, lines), layout)


def articles(result):
    return [(a.kind.value, a.title, a.contents_title, len(a.paragraphs)) for a in result.issue.articles]


def kinds(result):
    return sorted({finding.kind for finding in result.findings})


ARTICLES = f"{CLEAN_UP}\n{TEXT}\n{MORE}\n{PATROL}\n{TEXT}\n"
BOTH = [("feature", CLEAN_UP, CLEAN_UP, 2), ("feature", PATROL, PATROL, 1)]


@pytest.mark.parametrize(
    "contents",
    [
        f"本期要目\n{CLEAN_UP}\n{PATROL}\n",
        f"【本期要目】\n- ★ {CLEAN_UP}\n- ★ {PATROL}\n",
        f"目　　录\n1．{CLEAN_UP}……………1\n2．{PATROL}……………3\n",
        f"目录\n◎{CLEAN_UP}（第1页）\n◎{PATROL}（第3页）\n",
        f"目 录\n{CLEAN_UP} ........ （1）\n{PATROL} ........ （3）\n",
        f"[本期导读]\n◆{PATROL}\n◆{CLEAN_UP}\n",
    ],
    ids=["plain", "stars", "leaders and pages", "pages named", "bracketed pages", "reordered"],
)
def test_contents_lists(contents):
    result = understood(contents + ARTICLES)
    assert articles(result) == BOTH
    assert kinds(result) == []


def test_no_contents():
    result = understood(ARTICLES)
    assert [row[:2] for row in articles(result)] == [row[:2] for row in BOTH]
    assert kinds(result) == ["contents_missing"]


def test_an_entry_without_article_is_kept():
    result = understood(f"本期要目\n{CLEAN_UP}\n{PATROL}\n全市河长大会召开\n{ARTICLES}")
    assert articles(result) == BOTH
    assert result.issue.contents_without_article == ("全市河长大会召开",)
    assert kinds(result) == ["contents_entry_without_article"]


def test_an_article_that_the_contents_do_not_list():
    result = understood(f"本期要目\n{CLEAN_UP}\n{ARTICLES}")
    assert articles(result) == [BOTH[0], ("feature", PATROL, None, 1)]
    assert kinds(result) == ["article_not_in_contents"]


def test_a_reworded_headline():
    result = understood(f"本期要目\n东河镇清河行动成效明显\n{PATROL}\n{ARTICLES}")
    assert articles(result) == [("feature", CLEAN_UP, "东河镇清河行动成效明显", 2), BOTH[1]]
    assert kinds(result) == ["contents_title_mismatch"]


def test_briefs_whose_first_sentence_is_the_title():
    briefs = f"【工作动态】\n西河镇召开推进会。{TEXT}\n北河镇发放宣传单。{TEXT}\n"
    result = understood(f"本期要目\n{CLEAN_UP}\n{PATROL}\n{ARTICLES}{briefs}")
    assert articles(result)[2:] == [
        ("brief", "西河镇召开推进会", None, 1),
        ("brief", "北河镇发放宣传单", None, 1),
    ]


def test_own_line_headings_are_paragraphs_of_their_article():
    body = f"{CLEAN_UP}\n一、加强领导\n{TEXT}\n（二）落实责任\n{MORE}\n{PATROL}\n{TEXT}\n"
    result = understood(f"本期要目\n{CLEAN_UP}\n{PATROL}\n{body}")
    assert result.issue.articles[0].paragraphs == ("一、加强领导", TEXT, "（二）落实责任", MORE)


def test_personal_data_is_pointed_out_with_its_line():
    # An invented number whose check character is right (GB 11643-1999).
    body = ARTICLES + "联系人手机13800001111，身份证号11010519491231002X，编号110105194912310021。\n"
    result = understood(f"本期要目\n{CLEAN_UP}\n{PATROL}\n{body}")
    found = [f for f in result.findings if f.kind == "personal_data"]
    assert [f.message[:5] for f in found] == ["有身份证号", "有手机号（"]
    assert {f.line for f in found} == {13}


def test_an_editors_note_belongs_to_the_article_that_it_introduces():
    note = "编者按：清河行动的经验值得各镇借鉴，现予刊发。"
    body = f"{CLEAN_UP}\n{TEXT}\n{note}\n{PATROL}\n{TEXT}\n"
    result = understood(f"本期要目\n{CLEAN_UP}\n{PATROL}\n{body}")
    assert [a.paragraphs for a in result.issue.articles] == [(TEXT,), (note, TEXT)]


def test_the_editorial_footer_is_kept():
    footer = "主编：甲某　审核：乙某\n联系电话：0999-1234567\n"
    result = understood(f"本期要目\n{CLEAN_UP}\n{PATROL}\n{ARTICLES}{footer}")
    assert result.issue.articles[1].paragraphs == (TEXT,)
    assert result.issue.colophon == ("主编：甲某　审核：乙某", "联系电话：0999-1234567")
    assert [r.name for r in result.issue.distribution] == ["市委办公室"]


def test_a_list_of_briefs_without_a_heading_over_it():
    body = f"【动态】\n◇{CLEAN_UP}\n◇{PATROL}\n【动态】\n{CLEAN_UP}。{TEXT}\n{PATROL}。{TEXT}\n"
    result = understood(body)
    assert articles(result) == [("brief", CLEAN_UP, CLEAN_UP, 1), ("brief", PATROL, PATROL, 1)]
    assert kinds(result) == []


def test_an_editors_note_after_the_list_takes_no_entry_away():
    note = "编者按：河道清洁靠大家，各地可以借鉴。"
    body = f"要目\n{CLEAN_UP}\n动态\n{PATROL}\n{note}\n{CLEAN_UP}\n{TEXT}\n动态\n{PATROL}。{TEXT}\n"
    result = understood(body)
    assert articles(result) == [("feature", CLEAN_UP, CLEAN_UP, 2), ("brief", PATROL, PATROL, 1)]
    assert kinds(result) == []


def test_a_short_last_entry_marked_like_the_others_is_an_entry():
    result = understood(f"要目\n◆{CLEAN_UP}\n◆巡河手记\n{CLEAN_UP}\n{TEXT}\n")
    assert result.issue.contents_without_article == ("巡河手记",)
    assert kinds(result) == ["contents_entry_without_article"]


def test_a_list_set_as_a_table():
    source = "本期目录\n\n" + ARTICLES
    lines = [Line(number, line) for number, line in enumerate((HEAD + source + TAIL).splitlines(), 1)]
    lines[5] = Line(6, "", table=((CLEAN_UP, "1"), (PATROL, "3")))
    result = recognise.recognise(Source("简报.docx", "0" * 64, tuple(lines)))
    assert articles(result) == BOTH
    assert kinds(result) == []


def test_news_with_its_day_at_the_head_is_no_title():
    cut = "4月1日，东河镇组织党员志愿者清理河道打捞漂浮物"
    result = understood(f"{CLEAN_UP}\n{TEXT}\n{cut}\n三十吨，群众反映良好。\n")
    assert [title for _, title, _, _ in articles(result)] == [CLEAN_UP]


def test_a_title_set_larger_over_two_lines():
    texts = (HEAD + ARTICLES + TAIL).splitlines()
    lines = [Line(number, line) for number, line in enumerate(texts, 1)]
    at = texts.index(PATROL)
    # The first line fills the width of the page: that it stands in the middle does not show.
    broken = [Line(90, PATROL[:7], large=True, bold=True)]
    broken.append(Line(91, PATROL[7:], large=True, bold=True, centred=True))
    lines[at : at + 1] = broken
    result = recognise.recognise(Source("简报.pdf", "0" * 64, tuple(lines)))
    assert [title for _, title, _, _ in articles(result)] == [CLEAN_UP, PATROL]


def test_without_contents_the_first_title_may_be_over_two_lines():
    result = understood(f"{CLEAN_UP}\n群众称赞\n供稿：东河镇\n{TEXT}\n{PATROL}\n{TEXT}\n")
    assert [title for _, title, _, _ in articles(result)] == [f"{CLEAN_UP}群众称赞", PATROL]


def test_an_entry_that_ends_like_a_credit_line():
    film = "东河镇举行“清流”宣传片拍摄"
    result = understood(f"要目\n★ {PATROL}\n★ {film}\n{PATROL}\n{TEXT}\n{film}\n{TEXT}\n")
    assert articles(result) == [("feature", PATROL, PATROL, 1), ("feature", film, film, 1)]


@pytest.mark.parametrize(
    ("endings", "found"),
    [((), [CLEAN_UP]), (("河长办",), [CLEAN_UP, "东河镇组织集中巡河"])],
    ids=["not set", "set"],
)
def test_the_bulletins_own_bodies_open_an_article(endings, found):
    body = f"{CLEAN_UP}\n{TEXT}\n东河镇组织集中巡河\n东河镇河长办组织二十名巡河员沿河巡查，清理沿线漂浮物共三吨半。\n"
    result = understood(body, recognise.Layout(opening_endings=endings))
    assert [article.title for article in result.issue.articles] == found
