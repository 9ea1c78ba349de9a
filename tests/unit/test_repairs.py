"""Repairs: what page breaks and conversions did is mended and reported, and nothing else changes."""

import pytest

from jianbao.recognise import repairs
from jianbao.sources import Line


def lines(*texts):
    """Lines of a text file; a form feed before a text puts it on the next page."""
    result, page = [], 1
    for number, text in enumerate(texts, 1):
        page += text.startswith("\f")
        result.append(Line(number, text.removeprefix("\f"), page=page))
    return result


def texts(repaired):
    return [line.text for line in repaired.lines]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("工作组全体成员到达后，围绕脱贫摘帽", "目标，谋划全年工作。"),
        ("投入援疆资金75", "\f30万元，实施项目。"),
        ("学习《关于深入推进", "医疗人才援疆工作的意见》。"),
        ("推进“组团式”", "\f援疆工作。"),
        ("通过学习，", "大家表示要做好工作。"),
        ("会议通报了上半年项目进度：总投资", "3.26亿元的项目已开工。"),
        ("其余项目已完成58.", "7%，正在推进。"),
        ("他说：“大家要把规矩挺在前面。", "”会后进行了参观。"),
        ("注重传帮", "带。一百名教师与本地人才结对。"),
    ],
)
def test_a_cut_paragraph_is_joined_and_reported(first, second):
    repaired = repairs.join_cut_paragraphs(lines(first, second), lambda line: False)
    assert texts(repaired) == [first + second.removeprefix("\f")]
    assert [(f.kind, f.line) for f in repaired.findings] == [("page_break_joined", 2)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("工作组走访群众，发放物资。", "\f第二段从新的一页开始。"),
        ("他说：“我们一定把工作做好。”", "\f会后，大家参观了展览。"),
        ("主要做法如下，共有三点：", "一是加强领导。"),
        ("加强组织领导", "工作组成立专班，落实责任。"),
    ],
)
def test_a_real_end_of_a_paragraph_stays_one(first, second):
    repaired = repairs.join_cut_paragraphs(lines(first, second), lambda line: False)
    assert texts(repaired) == [first, second.removeprefix("\f")]
    assert repaired.findings == ()


def test_page_numbers_go_and_leave_a_page_break():
    repaired = repairs.drop_page_marks(lines("助力脱贫", "— 3 —", "第 4 页 共 8 页", "攻坚战。"))
    assert texts(repaired) == ["助力脱贫", "攻坚战。"]
    assert [f.kind for f in repaired.findings] == ["page_mark_removed"] * 2
    assert repaired.lines[1].page > repaired.lines[0].page


def test_running_heads_go_and_the_title_that_they_repeat_stays():
    repaired = repairs.drop_page_marks(
        lines(
            "水利工作简报", "第19期", "我市打赢防汛硬仗", "\f我市打赢防汛硬仗", "6月14日，我市遭遇强降雨，转移群众2",
            "水利工作简报　　　- 2 -", "\f我市打赢防汛硬仗", "360人。", "水利工作简报　　　- 3 -", "下一步，加强值守。",
        )
    )  # fmt: skip
    assert texts(repaired)[2:] == [
        "我市打赢防汛硬仗", "我市打赢防汛硬仗", "6月14日，我市遭遇强降雨，转移群众2", "360人。", "下一步，加强值守。",
    ]  # fmt: skip
    assert sorted(f.kind for f in repaired.findings) == ["page_mark_removed"] * 2 + ["running_head_removed"]


def test_hashes_go_only_where_the_masthead_has_one():
    assert texts(repairs.drop_conversion_marks(lines("# 工会简报", "## 甲县复工"))) == [
        "工会简报",
        "甲县复工",
    ]
    plain = ("工会简报", "第1期", "# not heading")
    assert texts(repairs.drop_conversion_marks(lines(*plain))) == list(plain)


def test_a_figure_alone_on_a_line_inside_a_page_is_data():
    assert texts(repairs.drop_page_marks(lines("接诊人次", "36471", "7"))) == ["接诊人次", "36471", "7"]


def test_invisible_characters_go_with_a_warning():
    repaired = repairs.clean(lines("\ufeff简报", "武\u200b进\u202e工作组\x07", "  "))
    assert texts(repaired) == ["简报", "武进工作组"]
    assert [(f.kind, f.line) for f in repaired.findings] == [("control_characters", 2)]
    assert "U+200B、U+202E、U+0007" in repaired.findings[0].message


@pytest.mark.parametrize(
    ("printed", "mended", "kinds"),
    [
        ("脱贫。**二是抓好项目。**优先安排", "脱贫。二是抓好项目。优先安排", ["conversion_mark_removed"]),
        ("会议精神 and 《意见》", "会议精神和《意见》", ["conversion_mark_replaced"]),
        ("王**和李**两位", "王**和李**两位", ["conversion_mark_doubtful"]),
        ("R and D 与 7530 万元", "R and D 与 7530 万元", []),
        ("* star # 井号 <b> &lt;", "* star # 井号 <b> &lt;", []),
    ],
)
def test_only_conversion_marks_are_touched(printed, mended, kinds):
    repaired = repairs.drop_conversion_marks(lines(printed))
    assert texts(repaired) == [mended]
    assert [f.kind for f in repaired.findings] == kinds


def test_figures_and_han_are_joined_in_titles():
    text, findings = repairs.tidy_title("海门 20 万册“爱心寄语”图书抵达伊宁", 85)
    assert text == "海门20万册“爱心寄语”图书抵达伊宁"
    assert [f.kind for f in findings] == ["title_space_removed"]


def test_a_file_broken_at_so_many_characters():
    paragraph = "　　8月2日至12日，全县组织1200名党员志愿者清理河道86.5公里，打捞漂浮物3000吨，栽种柳树1.2万株，群众反映良好。"
    text = [paragraph[i : i + 30] for i in range(0, len(paragraph), 30)] * 3
    rule = "-" * 47
    lines = [Line(number, line) for number, line in enumerate([rule, *text, rule], 1)]
    unwrapped = repairs.unwrap(lines)
    assert [line.text for line in unwrapped.lines] == [rule, *[paragraph] * 3, rule]
