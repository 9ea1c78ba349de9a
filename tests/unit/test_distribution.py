"""The distribution list."""

import pytest

from jianbao.issue import Delivery
from jianbao.recognise import distribution
from jianbao.sources import Line


def find(*texts):
    return distribution.find([Line(number, text) for number, text in enumerate(texts, 1)])


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "中央新疆办，省委、省政府有关领导同志，后方单位。",
            ["中央新疆办", "省委、省政府有关领导同志", "后方单位"],
        ),
        ("省委办公厅、省政府办公厅。", ["省委办公厅", "省政府办公厅"]),
        ("省委、省政府有关领导同志", ["省委、省政府有关领导同志"]),
        ("各工作组（含伊宁市、伊宁县）；各处室", ["各工作组（含伊宁市、伊宁县）", "各处室"]),
        ("各工作组。（共印50份）", ["各工作组"]),
    ],
)
def test_recipients(printed, names):
    assert list(distribution.names(printed)) == names


def test_report_send_and_issue_are_told_apart():
    found = find("正文。", "报　送：省委办公厅。", "送：州党委。", "发：各工作组。", "本期增发：各学校。")
    assert [(r.delivery, r.name) for r in found.recipients] == [
        (Delivery.REPORT, "省委办公厅"),
        (Delivery.SEND, "州党委"),
        (Delivery.ISSUE, "各工作组"),
        (Delivery.EXTRA, "各学校"),
    ]
    assert (found.start, found.end) == (1, 5)


def test_a_list_cut_by_a_page_break_is_whole():
    found = find("正文。", "本期报：中央新疆办，省委、省", "政府有关领导同志，后方单位。", "主编：某人")
    assert [r.name for r in found.recipients] == ["中央新疆办", "省委、省政府有关领导同志", "后方单位"]
    assert found.end == 3


@pytest.mark.parametrize(
    "lines",
    [
        ("报：省委办公厅，省人大。", "送：州党委，州政府。", "发：各工作组。"),
        ("报：省委办公厅，省人大；送：州党委，州政府；发：各工作组。",),
        ("【报】省委办公厅，省人大", "【送】州党委，州政府", "【发】各工作组"),
        ("抄 报：省委办公厅　省人大", "抄 送：州党委　州政府", "发  送：各工作组"),
        ("报：", "省委办公厅", "省人大", "送：", "州党委", "州政府", "发：", "各工作组"),
        ("报送：省委办公厅，", "　　　省人大", "抄送：州党委，州政府", "下发：各工作组（共印80份）"),
    ],
)
def test_lists_in_all_settings(lines):
    assert [(r.delivery.value, r.name) for r in find("正文。", *lines).recipients] == [
        ("报", "省委办公厅"),
        ("报", "省人大"),
        ("送", "州党委"),
        ("送", "州政府"),
        ("发", "各工作组"),
    ]


def test_a_paragraph_that_reports_is_no_list():
    assert find("报到当天，工作组即赴现场。").recipients == ()
