"""The ledger of figures: what its pages list, what its files hold."""

import csv
import io
import json

import pytest

from jianbao.issue import Article, Issue, Kind
from jianbao.shelf import Entry, Shelf
from jianbao.site import Site, ledger
from jianbao.site.figures import Category

TITLE = "湖滨工作组推进项目"


def site(*issues):
    """An archive of (year, number, paragraphs of its one article)."""
    entries = [
        Entry(
            Issue(
                "援疆工作简报", year, (number,), articles=(Article("a01", Kind.FEATURE, TITLE, body=body),)
            ),
            f"issues/{year}/{number:03d}.md",
            f"issues/{year}/{number:03d}.html",
        )
        for year, number, body in issues
    ]
    return Site("援疆工作简报", Shelf.of(entries))


SITE = site(
    (2018, 1, ("投入资金300万元，惠及40人次。", "捐款5万元，慰问90人、120人次。")),
    (2018, 2, ("总投资1.5亿元，其中首期8000万元，每户2万元。", "引进外资20万美元，年均增收35673元。")),
    (2019, 1, ("工作组召开例会。",)),
    (2020, 1, ("近500人参加。",)),
)


def rows(archive):
    """Year → its rows, newest year first."""
    by_year = {}
    for entry in archive.shelf.entries:
        by_year.setdefault(entry.issue.year, []).append(entry)
    return {year: ledger.rows(entries) for year, entries in by_year.items()}


def of(archive):
    return ledger.Ledger(tuple(ledger.of_year(year, found) for year, found in rows(archive).items()))


def made(archive):
    whole = of(archive)
    pages = [ledger.first_page(whole)]
    for year in whole.years:
        pages += ledger.pages_of_year(whole, year)
    return {page.path: page for page in pages}


def files(archive):
    return {
        path: text
        for year, found in rows(archive).items()
        for path, text in ledger.files_of_year(year, found)
    }


def test_a_page_for_each_year_and_category_that_has_a_figure():
    assert set(made(SITE)) == {"figures", "figures/2018-money", "figures/2018-people", "figures/2020-people"}


def test_the_largest_first_unit_by_unit():
    units = made(SITE)["figures/2018-money"].context["of_year"].units[Category.MONEY]
    assert [(unit.base, unit.count) for unit in units] == [("元", 6), ("美元", 1)]
    assert [row.size for row in units[0].largest] == [
        "1.5亿元",
        "8,000万元",
        "300万元",
        "5万元",
        "35,673元",
        "2万元",
    ]
    assert units[0].largest[0].address == "issues/2018/002.html#a01"


def test_a_page_leads_to_the_nearest_years_of_its_category():
    pages = made(SITE)
    assert pages["figures/2018-people"].context["newer"].year == 2020
    assert pages["figures/2020-people"].context["older"].year == 2018
    assert pages["figures/2018-money"].context["newer"] is None


def test_no_page_grows_with_the_archive_and_each_unit_has_its_share():
    body = ("".join(f"发放{number}元，" for number in range(1, 1000)) + "兑换30美元。",)
    units = made(site((2018, 1, body)))["figures/2018-money"].context["of_year"].units[Category.MONEY]
    assert [(unit.base, unit.count, len(unit.largest)) for unit in units] == [
        ("元", 999, ledger.MOST_ROWS - 1),
        ("美元", 1, 1),
    ]


def test_the_chart_counts_amounts_by_size_and_adds_nothing_up():
    assert of(SITE).years[-1].amounts == (0, 3, 0, 1, 1, 1)
    (_, circles) = ledger.chart(of(SITE))[-1]
    assert circles == [(0, 0), (3, 1.0), (0, 0), (1, 0.577), (1, 0.577), (1, 0.577)]


@pytest.mark.parametrize(
    ("sentence", "before", "after"),
    [
        ("投入300万元。", "投入", "。"),
        (f"{'甲' * 60}300万元{'乙' * 60}。", "…" + "甲" * ledger.BEFORE, "乙" * ledger.AFTER + "…"),
    ],
)
def test_a_long_sentence_is_shown_in_part(sentence, before, after):
    (year,) = of(site((2018, 1, (sentence,)))).years
    row = year.units[Category.MONEY][0].largest[0]
    assert (row.before, row.after) == (before, after)


def test_the_files_of_a_year_hold_every_figure():
    found = files(SITE)
    assert set(found) == {
        f"data/figures/{name}" for name in ("2018.csv", "2018.json", "2020.csv", "2020.json")
    }
    table = found["data/figures/2018.csv"]
    assert table.startswith("\ufeff年份,期号,") and table.count("\r\n") == table.count("\n")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    records = json.loads(found["data/figures/2018.json"])["figures"]
    assert len(rows) == len(records) == 10
    assert [(row["印出"], row["其中"], row["每"]) for row in rows[:3]] == [
        ("1.5亿元", "", ""),
        ("8000万元", "是", ""),
        ("2万元", "是", "每户"),
    ]
    assert records[0] == {
        "year": 2018,
        "issue": "2018年第2期",
        "date": None,
        "article": TITLE,
        "address": "issues/2018/002.html#a01",
        "paragraph": 1,
        "category": "资金",
        "printed": "1.5亿元",
        "number": "1.5",
        "unit": "亿元",
        "value": "150000000",
        "upper": None,
        "base": "元",
        "is_approximate": False,
        "is_part": False,
        "rate": None,
        "sentence": "总投资1.5亿元，其中首期8000万元，每户2万元。",
    }


def test_a_cell_is_no_formula():
    sentence = '=HYPERLINK("http://example.invalid/")，投入3万元'
    table = files(site((2018, 1, (sentence,))))["data/figures/2018.csv"]
    (row,) = csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    assert row["原句"] == "'" + sentence


def test_the_docstring_explains_every_column():
    for name, field in ledger.COLUMNS.items():
        assert any(line.split()[:2] == [name, field] for line in ledger.__doc__.splitlines()), name


def test_an_archive_without_figures_has_the_first_page_only():
    assert list(made(site((2019, 1, ("召开例会。",))))) == ["figures"]
    assert list(made(site())) == ["figures"]
