"""The vocabulary file: what it may hold, and what is said where a person slipped."""

import pytest

from archives import ROOT
from jianbao import vocabulary
from jianbao.vocabulary import FormerName, Years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2011—", Years(2011)),
        ("2011-", Years(2011)),
        ("2011—2019", Years(2011, 2019)),
        ("2011–2019", Years(2011, 2019)),
        ("—2019", Years(None, 2019)),
        ("2019", Years(2019, 2019)),
    ],
)
def test_years(text, years):
    assert Years.parse(text) == years


@pytest.mark.parametrize("text", ["", "—", "2019—2011", "19", "2011年起", "2011—2015—2019", "0001—"])
def test_no_years(text):
    with pytest.raises(ValueError):
        Years.parse(text)


def test_a_year_is_within_its_span():
    assert [year for year in range(2009, 2021) if year in Years(2011, 2019)] == list(range(2011, 2020))
    assert 1990 in Years(None, 2019) and 2030 in Years(2011)


def test_a_renamed_group_is_one_group():
    words = vocabulary.parse(
        "工作组:\n- 名称: 甲工作组\n  别名: [甲前方指挥组, 甲援建队]\n  年份: 2011—2019\n  依据: 原文",
        "词表.yml",
    )
    (group,) = words.work_groups
    assert (group.aliases, group.years) == (("甲前方指挥组", "甲援建队"), Years(2011, 2019))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("镇江前方指挥组", FormerName("镇江前方指挥组")),
        ("镇江前方指挥组（2016—2018）", FormerName("镇江前方指挥组", Years(2016, 2018))),
        ("镇江前方指挥组(2016—)", FormerName("镇江前方指挥组", Years(2016))),
        ("镇江前方指挥组（—2018）", FormerName("镇江前方指挥组", Years(None, 2018))),
        ("镇江前方指挥组（2016）", FormerName("镇江前方指挥组", Years(2016, 2016))),
    ],
)
def test_former_names(text, name):
    assert FormerName.parse(text) == name
    assert str(name) == text.replace("(", "（").replace(")", "）")


def test_former_names_of_all_kinds_lead_to_the_tag():
    words = vocabulary.parse(
        "工作组:\n- {名称: 甲工作组, 曾用名: [甲指挥组（2016—2018）], 别名: [甲前指]}\n"
        "地点:\n- {名称: 乙区, 曾用名: [乙县]}\n主题:\n- {名称: 乡村振兴, 曾用名: [扶贫]}",
        "词表.yml",
    )
    assert words.other_names == {
        "work_groups": {"甲指挥组": "甲工作组", "甲前指": "甲工作组"},
        "places": {"乙县": "乙区"},
        "themes": {"扶贫": "乡村振兴"},
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("主题:\n- {名称: 教育, 曾用名: [科教（去年）]}", "主题第1项（教育）：“曾用名”应当写成 甲组 或"),
        ("主题:\n- {名称: 教育, 曾用名: [医疗]}\n- 名称: 医疗", "“医疗”同时指主题“教育”和“医疗”"),
        ("地点:\n- {名称: 甲区, 曾用名: [甲县]}\n- 名称: 甲县", "“甲县”同时指地点“甲区”和“甲县”"),
        ("工作组: [", "词表.yml：第1行：不是合格的 YAML"),
        ("", "词表.yml：应当有 组名词、工作组"),
        ("工做组: []", "词表.yml：不认识“工做组”；可用的有组名词、"),
        ("工作组: 甲", "词表.yml：“工作组”下面应当是以“- 名称:”开头的若干项"),
        ("工作组:\n- 派出: 常州", "词表.yml：工作组第1项：缺少“名称”"),
        ("工作组:\n- 名称: ' '", "词表.yml：工作组第1项：缺少“名称”"),
        ("工作组:\n- 名称: 甲工作组\n  别名: 甲组", "（甲工作组）：“别名”应当写成 [甲, 乙]"),
        (
            "工作组:\n- 名称: 甲工作组\n  别名: [2018]",
            "（甲工作组）：“别名”应当写成 [甲, 乙]；是数字的加上引号",
        ),
        ("工作组:\n- 名称: 甲工作组\n  派出: [甲]", "（甲工作组）：“派出”应当是一行文字"),
        ("工作组:\n- 名称: 甲工作组\n  派处: 甲", "（甲工作组）：不认识“派处”；可用的有名称、曾用名、别名"),
        ("工作组:\n- 名称: 甲工作组\n  年份: 去年", "（甲工作组）：“年份”应当写成 2011—、2011—2019 或 2019"),
        ("工作组:\n- 名称: 甲工作组\n  年份: 2019—2011", "不能是“2019—2011”"),
        ("工作组:\n- 名称: 甲工作组\n  依据: 听说", "工作组“甲工作组”的依据“听说”不认识；可用的有已核实、"),
        ("工作组:\n- 名称: 甲工作组\n  派出: 甲\n  派出: 乙", "第4行：“派出”写了不止一次"),
        ("主题: []\n主题: []", "第2行：“主题”写了不止一次"),
        ("主题:\n- 名称: 教育\n- 名称: 教育", "主题“教育”出现了不止一次；请合并"),
        (
            "工作组:\n- {名称: 甲工作组, 别名: [甲前指]}\n- {名称: 乙工作组, 别名: [甲前指]}",
            "“甲前指”同时指工作组“甲工作组”和“乙工作组”；请从其中一个删去",
        ),
        (
            "工作组:\n- {名称: 甲工作组}\n- {名称: 乙工作组, 别名: [甲工作组]}",
            "“甲工作组”同时指工作组“甲工作组”和“乙工作组”",
        ),
        (
            "工作组:\n- 名称: 甲工作组\n  受援: [乙县]\n地点:\n- 名称: 丙县",
            "工作组“甲工作组”的受援地“乙县”不在“地点”中；请补上或改正",
        ),
        (
            "地点:\n- {名称: 甲市, 简称: [甲甲]}\n- {名称: 甲县, 简称: [甲甲]}",
            "“甲甲”同时指地点“甲市”和“甲县”；简称请都改写到“同形”里",
        ),
        (
            "地点:\n- {名称: 甲市, 简称: [甲甲]}\n- {名称: 甲县, 同形: [甲甲]}",
            "“甲甲”是“甲县”的同形，又是“甲市”的名称或简称",
        ),
        ("地点:\n- {名称: 甲市, 同形: [甲甲]}", "地点“甲市”的同形“甲甲”没有别处共用；请改写到“简称”里"),
        ("地点:\n- {名称: 新源县, 不算: [源头活水]}", "地点“新源县”的不算“源头活水”应当是含有它的名称"),
        ("地点:\n- {名称: 甲州, 大范围: 是}", "（甲州）：“大范围”应当是 true 或 false"),
        ("主题:\n- {名称: 教育, 关键词: [学校], 词: [学校]}", "主题“教育”里“学校”写了不止一次；请只留一处"),
        ("主题:\n- {名称: 医疗, 关键词: [医]}", "主题“医疗”的“医”只有一个字，容易误认；请移到“词”里"),
        ("版式: {要木标志: [目录]}", "词表.yml：版式：不认识“要木标志”"),
        ("不算: 工作组织", "词表.yml：“不算”应当写成 [甲, 乙]"),
    ],
)
def test_a_slip_is_named_with_its_remedy(text, message):
    with pytest.raises(vocabulary.VocabularyError) as error:
        vocabulary.parse(text, "词表.yml")
    assert str(error.value).startswith("词表.yml：")
    assert message in str(error.value)


def test_a_vocabulary_that_is_not_there_or_not_text(tmp_path):
    path = tmp_path / "词表.yml"
    with pytest.raises(vocabulary.VocabularyError, match="没有词表；请新建"):
        vocabulary.load(path)
    path.write_bytes("主题: []".encode("utf-16"))
    with pytest.raises(vocabulary.VocabularyError, match="另存为 UTF-8"):
        vocabulary.load(path)


def test_the_archives_own_groups_say_where_they_are_known_from():
    groups = vocabulary.load(ROOT / "docs" / "vocabulary.yml").work_groups
    for group in groups:
        assert group.sender and group.places and group.sources and group.years != Years(), group.name
        assert group.certainty in ("已核实", "部分核实", "原文"), group.name
        assert group.note or group.certainty == "已核实", f"{group.name}：说明哪里没有核实"


def test_the_fourteen_themes():
    themes = [theme.name for theme in vocabulary.load(ROOT / "docs" / "vocabulary.yml").themes]
    assert themes == [
        "医疗卫生",
        "教育",
        "产业发展",
        "就业创业",
        "脱贫攻坚",
        "民族团结",
        "人才培训",
        "文化旅游",
        "基础设施民生",
        "干部队伍党建",
        "社会稳定",
        "爱心捐赠",
        "交流合作",
        "农牧业",
    ]
