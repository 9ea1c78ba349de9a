"""What a line alone tells: marks before a headline, notes about an article, names of columns."""

import pytest

from jianbao.issue import Kind
from jianbao.recognise import Layout, marks, notes


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        ("1．徐州工作组召开会议……………………（1）", "徐州工作组召开会议"),
        ("★ 徐州工作组召开会议 ........ 3", "徐州工作组召开会议"),
        ("（一）徐州工作组召开会议", "徐州工作组召开会议"),
        ("◎2019年工作综述　　　　　　12", "2019年工作综述"),
        ("①“四好农村路”经验推广（5）", "“四好农村路”经验推广"),
        ("【日喀则】职教园区开工", "【日喀则】职教园区开工"),
        ("【要闻】", "要闻"),
    ],
)
def test_a_headline_without_its_marks(printed, headline):
    assert marks.listed_headline(printed) == headline


def test_a_title_in_the_body_keeps_what_would_be_a_page_number_in_the_contents():
    assert marks.headline("一、工作综述（2）") == "工作综述（2）"


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("1.甲县复工复产　　　2.乙县座谈", ["1.甲县复工复产", "2.乙县座谈"]),
        ("甲县复工复产……1　乙县座谈……2", ["甲县复工复产……1", "乙县座谈……2"]),
        ("石榴籽一家亲 心手相连向未来", ["石榴籽一家亲 心手相连向未来"]),
        ("发挥优势  精准发力", ["发挥优势  精准发力"]),
    ],
)
def test_headlines_on_one_line(line, parts):
    assert marks.headlines_on(line) == parts


@pytest.mark.parametrize(
    "line",
    [
        "（武进工作组 供稿）",
        "作者：市委组织部干部科　刘某",
        "来源：《东港日报》",
        "（通讯员 赵某 孙某）",
        "本刊编辑部",
        "（石桥镇妇联　张某）",
        "供稿单位：县卫生局",
    ],
)
def test_credit_lines(line):
    assert notes.is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "记者从会议上获悉，全县完成造林1.2万亩。",
        "作者认为，这一做法值得推广。",
        "武进工作组召开会议",
        "会上，各单位作了交流。",
    ],
)
def test_text_is_no_credit(line):
    assert not notes.is_credit(line)


@pytest.mark.parametrize(
    "line",
    ["编者按：现予刊发。", "【编者按】现予刊发。", "（编者按　现予刊发。）", "编 者 按", "按：现予刊发。"],
)
def test_what_editors_say_before(line):
    assert notes.opens_editors_note(line)


@pytest.mark.parametrize("line", ["按照要求，各县抓好落实。", "编者按语气", "编制规划。"])
def test_what_only_begins_alike(line):
    assert not notes.opens_editors_note(line)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("【工作动态】", Kind.BRIEF),
        ("简　讯", Kind.BRIEF),
        ("简讯四则", Kind.BRIEF),
        ("【一周动态】", Kind.BRIEF),
        ("经验交流", Kind.FEATURE),
        ("掌握学生思想动态", None),
        ("【主要做法】", None),
    ],
)
def test_columns(line, kind):
    assert Layout().column_kind(line) is kind


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("◎要　目◎", ""),
        ("目　录　　　　　　　页码", ""),
        ("本期要目：★甲县复工 ★乙县座谈", "★甲县复工 ★乙县座谈"),
        ("目录外资料汇总", None),
    ],
)
def test_the_heading_of_the_contents(line, rest):
    assert Layout().contents_on(line) == rest
