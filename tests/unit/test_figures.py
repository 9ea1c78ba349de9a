"""Figures in the text: what is one, what it is worth, what is none.

``tests/cases/figures.txt`` holds sentences with the figures that a person marked in them, among them some that
are not found; how many of them may be missed or made up is held here.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from jianbao.issue import Article, Kind, Table
from jianbao.site import figures

TABLE = Path(__file__).parents[1] / "cases" / "figures.txt"
# Of the marked figures so many are found, with value and category; of those found so many are marked.
RECALL_FLOOR, PRECISION_FLOOR = 0.96, 0.99


def marked():
    """(sentence, the figures that a person marked in it as (printed, value and unit, category))."""
    sentences = []
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("  "):
            sentences[-1][1].append(tuple(part.strip() for part in line.split("|")))
        elif not line.startswith("#"):
            sentences.append((line, []))
    return sentences


def found(sentence):
    return [
        (each.printed, f"{each.value} {each.base}", each.category) for each in figures.in_paragraph(sentence)
    ]


def one(sentence):
    (quantity,) = figures.in_paragraph(sentence)
    return quantity


def test_figures_that_people_marked_are_found_and_others_are_not():
    sentences = marked()
    right = missed = invented = 0
    wrong = []
    for sentence, expected in sentences:
        got = found(sentence)
        matching = sum(each in got for each in expected)
        right, missed, invented = (
            right + matching,
            missed + len(expected) - matching,
            invented + len(got) - matching,
        )
        if got != expected:
            wrong.append((sentence, expected, got))
    assert len(sentences) >= 120
    assert right / (right + missed) >= RECALL_FLOOR, wrong
    assert right / (right + invented) >= PRECISION_FLOOR, wrong


@pytest.mark.parametrize(
    ("sentence", "number", "unit"),
    [
        ("投入7530万元。", "7530", "万元"),
        ("总投资两亿元。", "2", "亿元"),
        ("募书百万册。", "100", "万册"),
        ("资金60万。", "60", "万元"),
        ("补助3至5万元。", "3", "万元"),
        ("奖励3千元。", "3000", "元"),
        ("参加的有1,200人。", "1200", "人"),
    ],
)
def test_number_and_unit_as_read(sentence, number, unit):
    quantity = one(sentence)
    assert (quantity.number, quantity.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("sentence", "value", "upper"),
    [
        ("补助3至5万元。", 30_000, 50_000),
        ("补助8000至1万元。", 8_000, 10_000),
        ("投入300万—500万元。", 3_000_000, 5_000_000),
        ("来了两三百人。", 200, 300),
        ("来了一百二三十人。", 120, 130),
    ],
)
def test_a_range_has_both_ends(sentence, value, upper):
    quantity = one(sentence)
    assert (quantity.value, quantity.upper, quantity.is_approximate) == (value, upper, True)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("三十", 30),
        ("一百零五", 105),
        ("一万五", 15_000),
        ("十二万三千", 123_000),
        ("两亿三千万", 230_000_000),
        ("一万两千五百", 12_500),
        ("一亿零五十万", 100_500_000),
        ("伍拾贰万", 520_000),
    ],
)
def test_numbers_in_han_characters(printed, value):
    assert one(f"共有{printed}人。").value == value


def test_parts_of_a_total_and_rates_are_marked():
    total, part, rate = figures.in_paragraph("共投入1000万元，其中民生800万元，每户1万元。")
    assert [each.is_part for each in (total, part, rate)] == [False, True, True]
    assert [each.rate for each in (total, part, rate)] == [None, None, "每户"]


def test_exact_and_approximate_are_told_apart():
    for sentence in ("共300人。", "线上300人参加。", "签约30个项目。", "最近30人离岗。", "通过300人的评审。"):
        assert not one(sentence).is_approximate, sentence
    for sentence in ("近300人。", "300余人。", "300人左右。", "三百来人。", "上千人。", "超过百万人。"):
        assert one(sentence).is_approximate, sentence


def test_each_figure_stands_in_its_sentence_and_paragraph():
    article = Article(
        "a01",
        Kind.FEATURE,
        "工作组推进项目",
        body=("近日开工。投入500万元！惠及90户。", Table((("类别", "金额"), ("教育", "30万元")))),
    )
    found = figures.of(article)
    assert [(each.paragraph, each.sentence, each.printed) for each in found] == [
        (0, "投入500万元！", "500万元"),
        (0, "惠及90户。", "90户"),
        (2, "教育　30万元", "30万元"),
    ]


ODD = ("", "。。。", "一" * 9000, "1" * 9000, "1,234" * 9000, "三至" * 9000, "第1、" * 9000)


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_read_without_error_and_at_once(text):
    assert len(list(figures.in_paragraph(text))) == 0


def test_a_sentence_without_an_end_is_cut_between_figures():
    found = list(figures.in_paragraph("发放12345元，" * 2000))
    assert len(found) == 2000
    assert {each.value for each in found} == {12345}
    assert max(len(each.sentence) for each in found) <= 401
