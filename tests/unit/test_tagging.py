"""Tags from the archive's own vocabulary: the traps exactly, the labelled articles by how many tags are right."""

from collections import Counter

import pytest
import yaml

from archives import ROOT
from jianbao import recognise, tagging, vocabulary
from jianbao.issue import Article, Issue, Kind
from jianbao.sources import Line, Source

VOCABULARY = vocabulary.load(ROOT / "docs" / "vocabulary.yml")


def labelled(name):
    """Invented articles with the tags that a careful editor would give."""
    return yaml.safe_load((ROOT / "tests" / "cases" / name).read_text("utf-8"))


def tagged(title, *paragraphs, year=2018, words=VOCABULARY):
    article = Article("a01", Kind.FEATURE, title, body=paragraphs)
    result = tagging.tag(Issue("简报", year, (1,), articles=(article,)), words)
    return result.issue.articles[0], result


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("武进工作组赴尼勒克县", ["武进"]),
        ("武进第九批援疆工作组赴县", ["武进"]),
        ("常州市武进区第九批援疆工作组", ["武进"]),
        ("武进（第九批）援疆工作组", ["武进"]),
        ("“武进”工作组", ["武进"]),
        ("武进 工作组", ["武进"]),
        ("武进“援疆工作组”", ["武进"]),
        ("江苏援伊·南通工作组", ["南通"]),
        ("南通市对口支援伊宁县工作组", ["南通"]),
        ("海门援疆干部", ["南通"]),
        ("启东援疆干部", []),
        ("徐州援奎工作组", ["徐州"]),
        ("对口援疆徐州市工作组", ["徐州"]),
        ("江阴援霍工作组", ["江阴"]),
        ("江宁区第十批援疆组", ["江宁"]),
        ("南京市江宁区工作组", ["江宁"]),
        ("镇江前指", ["镇江"]),
        ("镇江前方指挥组召开会议", ["镇江"]),
        ("镇江市对口支援四师前方指挥组", ["镇江"]),
        ("盐城援指", ["盐城"]),
        ("淮安援疆干部学习", ["淮安"]),
        ("泰州援疆农技专家", ["泰州"]),
        ("苏州（张家港）工作组", ["张家港"]),
        ("江苏援伊·苏州（张家港）工作组", ["张家港"]),
        ("扬州、泰州工作组", ["扬州", "泰州"]),
        ("扬州、泰州和南通工作组联合", ["南通", "扬州", "泰州"]),
        ("南京、江宁、南通三个工作组", ["南京", "江宁", "南通"]),
        ("“南通”“扬州”两个工作组", ["南通", "扬州"]),
        ("南通、扬州等3个援疆工作组", ["南通", "扬州"]),
        ("苏州、连云港两市援疆干部", ["苏州", "连云港"]),
        ("南京工作组织得力", []),
        ("扬州市援疆工作组织有序", []),
        ("苏州工业园区工作组", []),
        ("南京路步行街改造", []),
        ("苏州大学附属医院专家义诊", []),
        ("扬州泰州国际机场开通航线", []),
        ("打通南通道，建设物流园", []),
        ("来自无锡市的企业家", []),
        ("家乡在江阴市的老人", []),
        ("常州市武进区领导", []),
        ("南京的援疆干部家属", []),
        ("省工作组到丹阳", []),
    ],
)
def test_a_group_is_tagged_only_where_it_is_named(text, groups):
    assert sorted(tagged(text)[0].work_groups) == sorted(f"{group}工作组" for group in groups)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("尼勒克打赢脱贫攻坚战", ["尼勒克县"]),
        ("察布查尔锡伯自治县", ["察布查尔锡伯自治县"]),
        ("察布查尔县的锡伯族群众", ["察布查尔锡伯自治县"]),
        ("专家走进察县", ["察布查尔锡伯自治县"]),
        ("视察县医院、考察县城", []),
        ("兵团四师、七师的专家", ["兵团四师", "兵团七师"]),
        ("第四师与第七师", ["兵团四师", "兵团七师"]),
        ("第四师范学校的师生", []),
        ("第十四师、二十七师", []),
        ("南通工作组的图书抵达伊宁", ["伊宁县"]),
        ("南京工作组赴伊宁走访", ["伊宁市"]),
        ("南京医生到伊宁坐诊", ["伊宁市"]),
        ("伊宁市与伊宁县", ["伊宁市", "伊宁县"]),
        ("伊宁机场通航", ["伊宁市"]),
        ("新源县新源头活水", ["新源县"]),
        ("抓住创新源头，更新源代码", []),
        ("一枚五克拉的宝石", []),
        ("可克达拉迎来毕业生", ["可克达拉市"]),
        ("特克斯河畔", []),
        ("奎屯河大峡谷", []),
        ("霍尔果斯口岸与霍城", ["霍尔果斯市", "霍城县"]),
        ("霍尔果斯经济开发区", ["霍尔果斯经济开发区"]),
        ("伊犁州卫生工作会议", ["伊犁州"]),
        ("新源县与伊犁哈萨克自治州会商", ["新源县", "伊犁州"]),
        ("伊犁河大桥", []),
        ("伊犁新源见闻", ["新源县"]),
    ],
)
def test_places(text, places):
    assert list(tagged(text)[0].places) == places


@pytest.mark.parametrize(("year", "places"), [(2017, ["兵团七师"]), (2020, ["兵团七师", "胡杨河市"])])
def test_a_short_name_counts_from_its_year(year, places):
    assert list(tagged("七师胡杨河新城绿化", year=year)[0].places) == places


def test_the_prefecture_is_a_tag_where_the_article_is_about_it():
    assert tagged("全州义诊", "伊犁州卫计委开展义诊。")[0].places == ("伊犁州",)
    assert tagged("义诊进乡", "新源县医院开展义诊，伊犁州卫计委派员参加。")[0].places == ("新源县",)


@pytest.mark.parametrize("text", ["图书抵达伊宁", "南京、南通工作组在伊宁相聚"])
def test_a_place_that_nothing_decides_is_left_to_people(text):
    article, result = tagged(text)
    assert article.places == ()
    assert "ambiguous_place" in [finding.kind for finding in result.findings]


@pytest.mark.parametrize(
    "text",
    [
        "民营经济健康发展",
        "景象稳定增长",
        "弘扬干事创业的劲头",
        "讲好开工第一课",
        "途中在医务室休息",
        "干净的卫生间",
        "种下公益林",
    ],
)
def test_everyday_words_are_no_theme(text):
    assert tagged("一日见闻", text)[0].themes == ()


@pytest.mark.parametrize(
    ("title", "themes"),
    [
        ("向县医院捐赠设备", ["爱心捐赠", "医疗卫生"]),
        ("旅游从业人员研修班", ["人才培训", "文化旅游"]),
        ("开发公益性岗位", ["就业创业"]),
        ("党支部开展学习讨论", ["干部队伍党建"]),
        ("学校举行开学典礼", ["教育"]),
    ],
)
def test_the_title_decides_the_theme(title, themes):
    assert list(tagged(title)[0].themes) == themes


def test_themes_of_side_mentions_are_left_out():
    article, _ = tagged("义诊进村入户", "医生为群众检查身体，治疗患者三十名。一家企业的职工路过。")
    assert article.themes == ("医疗卫生",)


def test_a_theme_that_rests_on_one_plain_word_is_pointed_out():
    article, result = tagged("山里的一天", "志愿者上门。")
    assert article.themes == ("爱心捐赠",)
    assert [finding.kind for finding in result.findings] == ["theme_doubtful"]
    assert tagged("山里的一天", "天气很好。")[1].findings[0].kind == "theme_missing"


def test_each_tag_has_its_reason():
    _, result = tagged("南通工作组在伊宁义诊", "医生接诊患者。")
    assert {reason.tag: (reason.words, reason.decided_by) for reason in result.reasons} == {
        "南通工作组": (("南通工作组",), ""),
        "伊宁县": (("伊宁",), "南通工作组"),
        "医疗卫生": (("义诊", "医生", "接诊", "患者"), ""),
    }


# Floors a little below what is reached: a word or rule that spoils more than it mends goes below one.
@pytest.mark.parametrize(
    ("name", "theme_precision", "theme_recall", "main_theme"),
    [("tags.yml", 0.95, 0.92, 0.94), ("tags-unseen.yml", 0.86, 0.93, 0.93)],
)
def test_the_labelled_articles(name, theme_precision, theme_recall, main_theme):
    right, given, wanted, main = Counter(), Counter(), Counter(), 0
    cases = labelled(name)
    for case in cases:
        article, _ = tagged(case["title"], *case["text"].splitlines(), year=case.get("year", 2018))
        main += article.themes[:1] == tuple(case["themes"][:1])
        found = {"groups": article.work_groups, "places": article.places, "themes": article.themes}
        for kind, tags in found.items():
            right[kind] += len(set(tags) & set(case[kind]))
            given[kind] += len(tags)
            wanted[kind] += len(case[kind])
    floors = {"groups": (0.99, 0.99), "places": (0.98, 0.99), "themes": (theme_precision, theme_recall)}
    for kind, (precision, recall) in floors.items():
        assert right[kind] / given[kind] >= precision, kind
        assert right[kind] / wanted[kind] >= recall, kind
    assert main / len(cases) >= main_theme


RIVERS = """
组名词: [河长办, …河长办]
工作组:
- {名称: 东河河长办, 别名: [东河巡护队], 受援: [东河]}
- {名称: 西河河长办, 受援: [西河, 清溪（西河段）]}
地点:
- {名称: 东河, 不算: [山东河道]}
- {名称: 西河, 简称: [西河水库]}
- {名称: 清溪（东河段）, 同形: [清溪]}
- {名称: 清溪（西河段）, 同形: [清溪]}
主题:
- {名称: 巡河护河, 定题词: [巡河], 关键词: [清漂], 词: [垃圾]}
- {名称: 水质监测, 关键词: [水质, 监测], 不算: [监测站旧址]}
版式: {要目标志: [本期看点], 动态标志: [河情快递]}
"""
RIVER_ISSUE = """河长制工作简报
2019年第3期
市水务局
2019年4月1日
本期看点
★东河、西河两个河长办联合巡河
河情快递
☆清溪水质好转
东河、西河两个河长办联合巡河
近日，东河巡护队清理垃圾三吨，参观了监测站旧址。江宁工作组、昭苏县的医院没有参加。
河情快递
清溪水质好转。西河河长办监测表明，山东河道的经验有用。
"""


def test_another_bulletin_is_served_by_another_vocabulary():
    words = vocabulary.parse(RIVERS, "词表.yml")
    lines = tuple(Line(number, line) for number, line in enumerate(RIVER_ISSUE.splitlines(), 1))
    recognition = recognise.recognise(Source("简报.txt", "0" * 64, lines), words.layout)
    result = tagging.tag(recognition.issue, words)
    found = [
        (article.kind, article.title, article.work_groups, article.places, article.themes)
        for article in result.issue.articles
    ]
    assert found == [
        (
            Kind.FEATURE,
            "东河、西河两个河长办联合巡河",
            ("东河河长办", "西河河长办"),
            ("东河", "西河"),
            ("巡河护河",),
        ),
        (Kind.BRIEF, "清溪水质好转", ("西河河长办",), ("西河", "清溪（西河段）"), ("水质监测",)),
    ]


def test_nothing_of_one_bulletin_is_in_the_code():
    """What the archive's own vocabulary names must not be known without it."""
    empty = vocabulary.parse("主题: []", "词表.yml")
    for case in labelled("tags.yml")[:20]:
        article, result = tagged(case["title"], *case["text"].splitlines(), words=empty)
        assert (article.tags, result.findings) == ((), ())


def test_a_former_name_of_a_group_or_place_gives_the_tag_and_one_of_a_theme_does_not():
    words = vocabulary.parse(
        "工作组:\n- {名称: 甲工作组, 曾用名: [第一联络站（2011—2013）]}\n"
        "地点:\n- {名称: 乙区, 曾用名: [乙县]}\n主题:\n- {名称: 振兴, 曾用名: [扶贫], 词: [产业]}",
        "词表.yml",
    )
    article, _ = tagged("第一联络站到乙县", "谈扶贫。", words=words)
    assert (article.work_groups, article.places, article.themes) == (("甲工作组",), ("乙区",), ())
