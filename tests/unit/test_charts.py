"""Charts: what is drawn is what is told, and names stay text."""

import re
from xml.etree import ElementTree

import pytest

from jianbao.site import charts
from jianbao.site.charts import Column


def texts(svg):
    return [node.text for node in ElementTree.fromstring(svg).iter("text")]


def test_columns_have_a_title_a_description_their_sums_and_names():
    svg = charts.columns("c", "各年", "最多的是2018年", [Column("2017", (1, 2)), Column("2018", (4, 2))])
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.find("title").text == "各年"
    assert root.find("desc").text == "最多的是2018年"
    assert root.get("aria-labelledby") == root.find("title").get("id")
    assert root.get("aria-describedby") == root.find("desc").get("id")
    assert texts(svg) == ["3", "2017", "6", "2018"]


def test_parts_stand_on_each_other_and_the_largest_column_is_as_high_as_the_chart():
    svg = charts.columns("c", "", "", [Column("甲", (1, 3)), Column("乙", (2, 0))])
    paths = [node.get("d") for node in ElementTree.fromstring(svg).iter("path")]
    heights = [[float(height) for height in re.findall(r"v-([\d.]+)", path)] for path in paths[:2]]
    quarter = charts.HEIGHT / 4
    assert heights == [[quarter, 2 * quarter], [3 * quarter]]
    assert float(re.match(r"M[\d.]+ ([\d.]+)", paths[1])[1]) == charts.HEAD + charts.HEIGHT - quarter


@pytest.mark.parametrize(
    ("years", "named"),
    [
        (range(2016, 2020), ["2016", "2017", "2018", "2019"]),
        (range(1999, 2020), ["2000", "2002", "2004", "2006", "2008", "2010", "2012", "2014", "2016", "2018"]),
        (range(1949, 2020), ["1950", "1960", "1970", "1980", "1990", "2000", "2010"]),
    ],
)
def test_many_years_are_named_by_round_ones(years, named):
    svg = charts.columns("c", "", "", [Column(str(year), (0,)) for year in years])
    assert texts(svg) == named


def test_of_many_columns_the_highest_tells_its_sum():
    shown = [Column(str(1981 + place), (place % 30,)) for place in range(40)]
    assert [text for text in texts(charts.columns("c", "", "", shown)) if len(text) < 4] == ["29"]


def test_nothing_to_draw_is_no_error():
    assert texts(charts.columns("c", "空", "", [Column("1月", (0, 0))])) == ["1月"]
    assert 'd=""' in charts.strip([0, 0], 0)


def test_names_are_escaped():
    svg = charts.columns("c", "<b>&", '"<script>', [Column("</text><script>", (1,))])
    assert texts(svg) == ["1", "</text><script>"]


def test_a_strip_shows_what_is_little_beside_much():
    path = re.search(r'd="([^"]*)"', charts.strip([1, 0, 500], 500))[1]
    assert path == "M0 24v-1h3v1zM8 24v-24h3v24z"


def test_a_bar_is_as_long_as_its_share():
    assert "M0 0h25v10H0z" in charts.bar(1, 4)
