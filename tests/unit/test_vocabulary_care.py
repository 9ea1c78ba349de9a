"""A tag renamed or merged: the vocabulary's text line by line, the pages, the old addresses; all or nothing."""

import datetime
from dataclasses import replace

import pytest
import yaml

from archives import ROOT, files
from jianbao import archive, page, redirects, tagging, vocabulary
from jianbao.errors import ArchiveError, JianbaoError, PageError, VocabularyError
from jianbao.issue import Article, Issue, Kind
from jianbao.vocabulary import ALL_YEARS, Years
from jianbao.vocabulary_care import names, pages, plan, text, uses

REAL = (ROOT / "docs" / "vocabulary.yml").read_text("utf-8")

WORDS = """# 词表的说明
组名词: [工作组, 前指]   # 组名的结尾

工作组:
# 第一组
- 名称: 甲工作组   # 2011年起
  别名: [甲队]
  派出: 甲市
  受援: [丙县]
  来源:
  - 某报
- {名称: 乙工作组, 受援: [丙县, 丁县]}   # 写在一行
- 名称: 戊工作组
  # 戊组自己的说明
  所属: [己]  # 己是镇
  说明: 只在2012年
- 名称: 城关工作组
  所属: []

地点:
- 名称: 丙县
  简称: [丙城]
- 名称: 丁县

主题:
- 名称: 教育
  词: [学校,
    老师]
- 名称: 科教
  关键词: [科技馆]
  词: [老师, 实验]
- 名称: 水利
"""


def edited(done, kind, old, new, source=WORDS):
    """The lines that differ, ``-`` and ``+``, after a change of names."""
    after = done(vocabulary.parse(source, "词表.yml"), kind, old, new, ALL_YEARS)
    gone = None if done is names.merged else new
    result = text.changed(source, "词表.yml", after, {kind: {old: gone}})
    change = plan.Change(None, "词表.yml", source, result)
    return [line for _, line in change.lines()]


@pytest.mark.parametrize(
    ("done", "kind", "old", "new", "lines"),
    [
        (
            names.renamed, "工作组", "甲工作组", "庚工作组",
            [
                "-- 名称: 甲工作组   # 2011年起",
                "+- 名称: 庚工作组   # 2011年起",
                "+  曾用名: [甲工作组]",
            ],
        ),
        (
            names.renamed, "工作组", "甲工作组", "甲队",
            [
                "-- 名称: 甲工作组   # 2011年起",
                "-  别名: [甲队]",
                "+- 名称: 甲队   # 2011年起",
                "+  曾用名: [甲工作组]",
                "+  别名: []",
            ],
        ),
        (
            names.renamed, "工作组", "城关工作组", "东门工作组",
            [
                "-- 名称: 城关工作组",
                "-  所属: []",
                "+- 名称: 东门工作组",
                "+  曾用名: [城关工作组]",
                "+  所属: [城关]",
            ],
        ),
        (
            names.renamed, "工作组", "乙工作组", "乙前指",
            [
                "-- {名称: 乙工作组, 受援: [丙县, 丁县]}   # 写在一行",
                "+- {名称: 乙前指, 曾用名: [乙工作组], 受援: [丙县, 丁县]}   # 写在一行",
            ],
        ),
        (
            names.renamed, "地点", "丙县", "丙区",
            [
                "-  受援: [丙县]",
                "+  受援: [丙区]",
                "-- {名称: 乙工作组, 受援: [丙县, 丁县]}   # 写在一行",
                "+- {名称: 乙工作组, 受援: [丙区, 丁县]}   # 写在一行",
                "-- 名称: 丙县",
                "+- 名称: 丙区",
                "+  曾用名: [丙县]",
            ],
        ),
        (
            names.renamed, "主题", "水利", "水利: 河湖",
            ["-- 名称: 水利", "+- 名称: '水利: 河湖'", "+  曾用名: [水利]"],
        ),
        (
            names.merged, "工作组", "戊工作组", "甲工作组",
            [
                "+  曾用名: [戊工作组]",
                "+  所属: [己]",
                "-- 名称: 戊工作组",
                "-  # 戊组自己的说明",
                "-  所属: [己]  # 己是镇",
                "-  说明: 只在2012年",
                "+# 戊组自己的说明",
                "+# 己是镇",
            ],
        ),
        (
            names.merged, "工作组", "乙工作组", "甲工作组",
            [
                "-  受援: [丙县]",
                "+  曾用名: [乙工作组]",
                "+  受援: [丙县, 丁县]",
                "-- {名称: 乙工作组, 受援: [丙县, 丁县]}   # 写在一行",
                "+# 写在一行",
            ],
        ),
        (
            names.merged, "地点", "丁县", "丙县",
            [
                "-- {名称: 乙工作组, 受援: [丙县, 丁县]}   # 写在一行",
                "+- {名称: 乙工作组, 受援: [丙县]}   # 写在一行",
                "+  曾用名: [丁县]",
                "-- 名称: 丁县",
            ],
        ),
        (
            names.merged, "主题", "科教", "教育",
            [
                "+  曾用名: [科教]",
                "+  关键词: [科技馆]",
                "-    老师]",
                "-- 名称: 科教",
                "-  关键词: [科技馆]",
                "-  词: [老师, 实验]",
                "+    老师, 实验]",
            ],
        ),
    ],
    ids=[
        "a name", "an alias becomes the name", "a name with its sender", "an entry on one line", "a place in its groups",
        "a name that YAML would read otherwise", "comments stay", "an entry on one line goes", "a place goes",
        "words go over, each once",
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_only_the_lines_that_must_change(done, kind, old, new, lines, line_end):
    source = WORDS.replace("\n", line_end)
    assert sorted(edited(done, kind, old, new, source)) == sorted(lines)


@pytest.mark.parametrize(
    ("source", "done", "old", "new"),
    [
        ("工作组:\n- 名称: >-\n    甲工作组\n", names.renamed, "甲工作组", "乙工作组"),
        ("工作组:\n- &a {名称: 甲组}\n- {名称: 乙组, 别名: &b [乙队]}\n", names.merged, "甲组", "乙组"),
        ("工作组: [{名称: 甲组}, # 说明\n  {名称: 乙组}]\n", names.merged, "甲组", "乙组"),
    ],
    ids=["a name over two lines", "anchors", "a comment in a list on one line"],
)
def test_what_cannot_be_done_safely_is_refused_or_right(source, done, old, new):
    try:
        edited(done, "工作组", old, new, source)
    except VocabularyError as error:
        assert "请手工修改，什么也没有写" in str(error)


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("工作组", "镇江工作组", "镇江前方指挥部"), ("地点", "兵团四师", "第四师可克达拉"), ("主题", "农牧业", "农业农村")],
)  # fmt: skip
def test_the_real_vocabulary_renamed_tags_as_before(kind, old, new):
    before = vocabulary.parse(REAL, "词表.yml")
    after = names.renamed(before, kind, old, new, ALL_YEARS)
    assert vocabulary.parse(text.changed(REAL, "词表.yml", after, {kind: {old: new}}), "词表.yml") == after
    rows = yaml.safe_load((ROOT / "tests" / "cases" / "tags.yml").read_text("utf-8"))
    articles = tuple(
        Article(f"a{n}", Kind.FEATURE, row["title"], body=(row["text"],)) for n, row in enumerate(rows)
    )
    issue = Issue("简报", 2018, (1,), articles=articles)
    found = [
        [tuple(new if tag == old else tag for tag in article.tags) for article in result.issue.articles]
        for result in (tagging.tag(issue, before), tagging.tag(issue, after))
    ]
    assert found[0] == found[1]
    assert any(new in tags for tags in found[1])


def new_archive(folder, *issues, words=WORDS):
    target = archive.Archive(folder)
    target.docs.mkdir()
    target.vocabulary.write_bytes(words.encode())
    for issue in issues:
        place = target.docs / archive.page_path(issue)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(page.write(issue), "utf-8")
    return target


def issue(number, *tags, year=2018):
    """An issue with an article for each (groups, places, themes)."""
    articles = (
        Article(f"a{n:02d}", Kind.FEATURE, f"第{n}篇", None, None, *each) for n, each in enumerate(tags, 1)
    )
    return Issue("简报", year, (number,), date=datetime.date(year, 1, 1), articles=tuple(articles))


ONE = issue(1, (("甲工作组", "乙工作组"), ("丙县",), ("教育",)), (("乙工作组",), (), ("水利", "科教")))
TWO = issue(2, (("乙工作组", "甲工作组"), (), ("科教",)), year=2019)


def tags(target):
    """Every article's groups and themes, as the pages say."""
    entries = reversed(pages.shelf(pages.read(target)).entries)
    return [(a.work_groups, a.themes) for entry in entries for a in entry.issue.articles]


def test_renamed_everywhere(tmp_path):
    target = new_archive(tmp_path, ONE, TWO)
    made = plan.rename(target, "甲工作组", "庚工作组", years=Years(2011, 2018))
    before = files(tmp_path)
    assert before == files(tmp_path), "a plan writes nothing"
    made.carry_out()
    assert tags(target) == [
        (("庚工作组", "乙工作组"), ("教育",)),
        (("乙工作组",), ("水利", "科教")),
        (("乙工作组", "庚工作组"), ("科教",)),
    ]
    assert "曾用名: [甲工作组（2011—2018）]" in target.vocabulary.read_text("utf-8")
    assert redirects.load(target.docs / "redirects.yml") == {
        "groups/jiagongzuozu.html": "groups/genggongzuozu.html",
        "groups/jiagongzuozu/jiaoyu.html": "groups/genggongzuozu/jiaoyu.html",
        "groups/jiagongzuozu/kejiao.html": "groups/genggongzuozu/kejiao.html",
    }
    assert (made.articles, made.notes) == (2, ())


def test_merged_everywhere_and_an_article_that_had_both_has_it_once(tmp_path):
    target = new_archive(tmp_path, ONE, TWO)
    made = plan.merge(target, "乙工作组", "甲工作组")
    made.carry_out()
    assert [groups for groups, _ in tags(target)] == [("甲工作组",), ("甲工作组",), ("甲工作组",)]
    moved = redirects.load(target.docs / "redirects.yml")
    assert moved["groups/yigongzuozu/shuili.html"] == "groups/jiagongzuozu/shuili.html"
    assert made.articles == 3
    made = plan.merge(target, "戊工作组", "甲工作组")
    assert made.notes == ("“戊工作组”的说明没有并入“甲工作组”，请核对后自行补写",)
    assert [change.shown_path for change in made.changes] == ["docs/vocabulary.yml"]


def test_a_theme_takes_its_crossings_along(tmp_path):
    target = new_archive(tmp_path, ONE, TWO)
    plan.merge(target, "科教", "教育").carry_out()
    assert redirects.load(target.docs / "redirects.yml") == {
        "themes/kejiao.html": "themes/jiaoyu.html",
        "groups/jiagongzuozu/kejiao.html": "groups/jiagongzuozu/jiaoyu.html",
        "groups/yigongzuozu/kejiao.html": "groups/yigongzuozu/jiaoyu.html",
    }


def test_a_list_cut_by_year_leads_year_to_year(tmp_path):
    many = [issue(n, *[(("甲工作组",), (), ())] * 90, year=2016 + n) for n in (1, 2, 3)]
    target = new_archive(tmp_path, *many)
    plan.rename(target, "甲工作组", "庚工作组").carry_out()
    moved = redirects.load(target.docs / "redirects.yml")
    assert moved["groups/jiagongzuozu-2018.html"] == "groups/genggongzuozu-2018.html"


def test_there_and_back_is_no_circle(tmp_path):
    target = new_archive(tmp_path, ONE)
    plan.rename(target, "甲工作组", "庚工作组").carry_out()
    plan.rename(target, "庚工作组", "甲工作组").carry_out()
    moved = redirects.load(target.docs / "redirects.yml")
    assert moved["groups/genggongzuozu.html"] == "groups/jiagongzuozu.html"
    assert "groups/jiagongzuozu.html" not in moved, "it is a page again"
    assert "曾用名: [庚工作组]" in target.vocabulary.read_text("utf-8")
    assert tags(target)[0] == (("甲工作组", "乙工作组"), ("教育",))


def test_names_that_sound_alike_move_each_other(tmp_path):
    words = "工作组:\n- 名称: 吴进工作组\n- 名称: 武进工作组\n"
    target = new_archive(
        tmp_path, issue(1, (("吴进工作组",), (), ()), (("武进工作组",), (), ())), words=words
    )
    made = plan.rename(target, "吴进工作组", "城关工作组")
    assert made.moves == {"groups/wujingongzuozu-2.html": "groups/wujingongzuozu.html"}
    assert made.notes == ("旧地址 groups/wujingongzuozu.html 现在是“武进工作组”的页面，旧链接会打开它",)


def test_a_tag_that_only_pages_have_is_merged_into_a_listed_one(tmp_path):
    target = new_archive(tmp_path, issue(1, (("甲工作祖",), (), ())))
    plan.merge(target, "甲工作祖", "甲工作组").carry_out()
    assert tags(target) == [(("甲工作组",), ())]
    assert "曾用名: [甲工作祖]" in target.vocabulary.read_text("utf-8")


def test_no_other_line_of_a_page_changes(tmp_path):
    target = new_archive(tmp_path)
    place = target.docs / "issues/2018/001.md"
    place.parent.mkdir(parents=True)
    typed = (
        "---\r\n# 编辑的话\r\n刊名: 简报\r\n年份: 2018\r\n期号: 1\r\n---\r\n\r\n## 一篇 {#a01}\r\n\r\n"
        "/// 文章\r\n    栏目:   动态\r\n    工作组:\r\n    - 甲工作组\r\n    主题: [ 教育 ]\r\n///\r\n\r\n**甲工作组**\r\n"
    )
    place.write_bytes(typed.encode())
    plan.rename(target, "甲工作组", "庚工作组").carry_out()
    assert place.read_bytes().decode() == typed.replace("工作组:\r\n    - 甲工作组", "工作组: [庚工作组]")


@pytest.mark.parametrize(
    ("change", "old", "new", "kind", "message"),
    [
        (plan.rename, "甲工做组", "庚工作组", None, "没有标签“甲工做组”；是不是“甲工作组”；用 jianbao vocabulary list 查看"),
        (plan.rename, "甲工作组", "乙工作组", None, "工作组“乙工作组”已在词表中；要把“甲工作组”并入它，请用 merge"),
        (plan.rename, "甲工作组", "教育", "主题", "没有主题“甲工作组”"),
        (plan.rename, "甲工作组", "甲、乙工作组", None, "“甲、乙工作组”不能作标签的名称"),
        (plan.rename, "甲工作组", "甲\n组", None, "不能作标签的名称"),
        (plan.rename, "甲工作组", "己", None, "“己”同时指工作组“己”和“戊工作组”"),
        (plan.rename, "杂项", "综合", None, "主题“杂项”只在页面里有，词表里没有"),
        (plan.merge, "甲工作组", "丙县", None, "词表里没有工作组“丙县”"),
        (plan.merge, "甲工作组", "甲工作组", None, "“甲工作组”不能并入它自己"),
    ],
)  # fmt: skip
def test_what_is_refused_says_what_to_do(tmp_path, change, old, new, kind, message):
    target = new_archive(tmp_path, ONE, issue(3, ((), (), ("杂项",))))
    before = files(tmp_path)
    with pytest.raises(JianbaoError) as error:
        change(target, old, new, kind)
    assert message in str(error.value)
    assert files(tmp_path) == before


def test_a_name_of_two_kinds_must_be_said(tmp_path):
    words = "工作组:\n- 名称: 城关\n地点:\n- 名称: 城关\n"
    target = new_archive(tmp_path, issue(1, (("城关",), ("城关",), ())), words=words)
    with pytest.raises(VocabularyError, match="“城关”既是工作组又是地点；请用 --kind 指明"):
        plan.rename(target, "城关", "东门")
    plan.rename(target, "城关", "东门", "地点").carry_out()
    (entry,) = pages.shelf(pages.read(target)).entries
    assert entry.issue.tags == ("城关", "东门")


def test_a_page_that_cannot_be_read_stops_it_all(tmp_path):
    target = new_archive(tmp_path, ONE)
    (target.docs / "issues/2018/002.md").write_text("坏了", "utf-8")
    before = files(tmp_path)
    with pytest.raises(PageError, match="第1行：第一行应当是 ---"):
        plan.rename(target, "甲工作组", "庚工作组")
    assert files(tmp_path) == before


def test_a_write_that_fails_halfway_is_taken_back(tmp_path, monkeypatch):
    target = new_archive(tmp_path, ONE, TWO)
    made = plan.rename(target, "甲工作组", "庚工作组")
    before = files(tmp_path)
    write = archive._write

    def full_disk(path, data):
        if path.name == "vocabulary.yml":
            raise ArchiveError(f"{path}：写不进去（磁盘已满）")
        write(path, data)

    monkeypatch.setattr(archive, "_write", full_disk)
    with pytest.raises(ArchiveError, match="写不进去（磁盘已满）；已写的都改回了原样"):
        made.carry_out()
    assert files(tmp_path) == before


def test_a_page_that_was_saved_meanwhile_is_not_written_over(tmp_path):
    target = new_archive(tmp_path, ONE)
    made = plan.rename(target, "甲工作组", "庚工作组")
    place = target.docs / archive.page_path(ONE)
    place.write_text(page.write(replace(ONE, issuer="编辑部")), "utf-8")
    before = files(tmp_path)
    with pytest.raises(ArchiveError, match="刚刚被改动过；什么也没有写"):
        made.carry_out()
    assert files(tmp_path) == before


def test_uses():
    words = vocabulary.parse(WORDS, "词表.yml")
    entries = pages.Shelf.of(
        pages.Entry(each, f"issues/{each.year}/{each.slug}.md", "") for each in (ONE, TWO, issue(3, ((), (), ("水力",))))
    )  # fmt: skip
    found = {use.name: use for use in uses.of(entries, words)}
    jia = found["甲工作组"]
    assert (jia.articles, jia.issues, jia.first_year, jia.last_year) == (2, 2, 2018, 2019)
    assert [use.name for use in found.values() if not use.articles] == ["戊工作组", "城关工作组", "丁县"]
    assert [use.name for use in found.values() if not use.is_listed] == ["水力"]
    assert [(pair.one, pair.other, pair.reason) for pair in uses.alike(tuple(found.values()), words)] == [
        ("水利", "水力", "同音")
    ]


@pytest.mark.parametrize(
    ("kind", "one", "other", "reason"),
    [
        ("工作组", "武进工作组", "武近工作组", "同音"),
        ("工作组", "武进工作组", "武进前指", "去掉通名以后相同"),
        ("工作组", "张家港工作组", "张家巷工作组", "只差1个字"),
        ("工作组", "南京工作组", "南通工作组", None),
        ("工作组", "江宁工作组", "南京江宁工作组", "一个含在另一个里"),
        ("地点", "伊宁市", "伊宁县", "去掉通名以后相同"),
        ("地点", "兵团四师", "兵团七师", None),
        ("主题", "教育", "医疗卫生", None),
        ("主题", "脱贫攻坚", "脱贫攻艰", "同音"),
        ("主题", "乡村建设", "乡村建筑", "只差1个字"),
    ],
)
def test_alike(kind, one, other, reason):
    words = vocabulary.parse("组名词: [工作组, 前指]", "词表.yml")
    pairs = uses.alike((uses.Use(kind, one, False), uses.Use(kind, other, False)), words)
    assert [pair.reason for pair in pairs] == ([reason] if reason else [])


def test_themes_that_share_their_words_are_alike():
    words = vocabulary.parse(
        "主题:\n- {名称: 教育, 关键词: [学校, 老师, 校长]}\n- {名称: 科普, 关键词: [学校, 老师, 实验]}",
        "词表.yml",
    )
    listed = tuple(uses.Use("主题", name, True) for name in ("教育", "科普"))
    (pair,) = uses.alike(listed, words)
    assert pair.reason == "共有 2 个关键词（学校、老师…）"
