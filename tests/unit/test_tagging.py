"""Tags from the archive's own vocabulary, and the traps in everyday words."""

from pathlib import Path

import pytest

from jianbao import recognise, tagging, vocabulary
from jianbao.issue import Article, Issue, Kind
from jianbao.sources import Line, Source

VOCABULARY = vocabulary.load(Path(__file__).parents[2] / "docs" / "vocabulary.yml")


def tagged(title, *paragraphs):
    article = Article("a01", Kind.FEATURE, title, body=paragraphs)
    result = tagging.tag(Issue("简报", 2017, (1,), articles=(article,)), VOCABULARY)
    return result.issue.articles[0], result


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("武进工作组赴尼勒克县", ["武进工作组"]),
        ("武进第九批援疆工作组赴县", ["武进工作组"]),
        ("淮安援疆干部学习", ["淮安工作组"]),
        ("扬州、泰州和南通工作组联合", ["南通工作组", "扬州工作组", "泰州工作组"]),
        ("镇江前方指挥组召开会议", ["镇江工作组"]),
        ("苏州（张家港）工作组", []),
        ("江苏援伊·苏州（张家港）工作组", ["张家港工作组"]),
        ("南京路步行街改造", []),
        ("苏州大学附属医院专家义诊", []),
        ("扬州泰州国际机场开通航线", []),
        ("打通南通道，建设物流园", []),
        ("来自无锡市的企业家", []),
    ],
)
def test_a_group_is_tagged_only_where_it_is_named(text, groups):
    assert sorted(tagged(text)[0].work_groups) == sorted(groups)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("尼勒克打赢脱贫攻坚战", ["尼勒克县"]),
        ("察布查尔县的锡伯族群众", ["察布查尔锡伯自治县"]),
        ("兵团四师、七师的专家", ["兵团四师", "兵团七师"]),
        ("南通工作组的图书抵达伊宁", ["伊宁县"]),
        ("南京工作组赴伊宁走访", ["伊宁市"]),
        ("伊宁市与伊宁县", ["伊宁市", "伊宁县"]),
        ("新源县新源头活水", ["新源县"]),
        ("抓住创新源头，更新源代码", []),
        ("一枚五克拉的宝石", []),
        ("特克斯河畔", []),
        ("第四师范学校的师生", []),
        ("第十四师、二十七师", []),
        ("上级视察县医院", []),
    ],
)
def test_places(text, places):
    assert list(tagged(text)[0].places) == places


def test_a_place_that_nothing_decides_is_left_to_people():
    article, result = tagged("图书抵达伊宁")
    assert article.places == ()
    assert "ambiguous_place" in [finding.kind for finding in result.findings]


def test_the_title_decides_the_theme():
    article, _ = tagged("义诊进村入户", "医生为群众检查身体，企业捐赠药品。")
    assert article.themes[0] == "医疗卫生"
    assert 1 <= len(article.themes) <= 3


def test_each_tag_has_its_reason():
    _, result = tagged("武进工作组在尼勒克义诊")
    assert {reason.tag: reason.words for reason in result.reasons} == {
        "武进工作组": ("武进工作组",),
        "尼勒克县": ("尼勒克",),
        "医疗卫生": ("义诊",),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("工作组: [", "词表.yml：第1行：不是合格的 YAML"),
        ("工做组: []", "词表.yml：不认识“工做组”"),
        ("工作组:\n- 派出: 常州", "词表.yml：工作组第1项：缺少“名称”"),
        ("工作组:\n- 名称: 甲工作组\n  别名: 甲组", "（甲工作组）：“别名”应当写成 [甲, 乙]"),
        ("主题:\n- 名称: 教育\n- 名称: 教育", "主题“教育”出现了不止一次"),
        ("工作组:\n- 名称: 甲工作组\n  受援: [乙县]\n地点:\n- 名称: 丙县", "受援地“乙县”不在“地点”中"),
    ],
)
def test_a_slip_in_the_vocabulary_is_named(text, message):
    with pytest.raises(vocabulary.VocabularyError) as error:
        vocabulary.parse(text, "词表.yml")
    assert message in str(error.value)


def test_another_bulletin_has_its_own_words_and_groups():
    words = vocabulary.parse(
        "组名词: [河长办]\n工作组:\n- 名称: 东河河长办\n  受援: [东河]\n地点:\n- 名称: 东河\n"
        "主题:\n- 名称: 巡河护河\n  关键词: [巡河]\n版式:\n  要目标志: [本期看点]\n  动态标志: [河情快递]\n",
        "词表.yml",
    )
    text = (
        "河长制工作简报\n2019年第3期\n市水务局\n2019年4月1日\n本期看点\n★东河河长办开展巡河行动\n河情快递\n☆清理漂浮物\n"
        "东河河长办开展巡河行动\n近日，东河河长办组织巡河。\n河情快递\n清理漂浮物。昨日，清理完毕。\n"
    )
    lines = tuple(Line(number, line) for number, line in enumerate(text.splitlines(), 1))
    recognition = recognise.recognise(Source("简报.txt", "0" * 64, lines), words.layout)
    first, second = tagging.tag(recognition.issue, words).issue.articles
    assert (first.work_groups, first.places, first.themes) == (("东河河长办",), ("东河",), ("巡河护河",))
    assert (second.kind, second.title) == (Kind.BRIEF, "清理漂浮物")
