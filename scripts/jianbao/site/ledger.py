"""The ledger of figures (数字): what the articles count and measure, by year and category, the largest first.

``figures.html`` leads to a page for each year and category (``figures/2017-money.html``), which holds the
largest of each unit, ``MOST_ROWS`` in all; every one is in the downloads of the year, ``data/figures/2017.csv`` and ``.json``.
Nothing is added up: figures overlap (a total and its parts, one sum in two articles), so that only how many there
are, and how large, can be said.

Columns of the CSV (UTF-8 with BOM, RFC 4180), and the same fields of an object in the JSON file's ``figures``:

==================  ===============  ====================================================================
年份                year             of the issue
期号                issue            as printed: 2017年第20期
日期                date             of the issue, ISO 8601, empty where it has none
文章                article          title and subtitle
地址                address          of the article, from the site's root: issues/2017/020.html#a02
段落                paragraph        its place among the article's paragraphs, rows and captions, from 1
类别                category         资金, 人员, 项目, 物资, 面积里程 or 其他
印出                printed          the figure as printed: 超过 150 万元
数值                number           as read, in 单位: 150
单位                unit             as read: 万元
折合数值            value            the same in 折合单位, at most two decimals: 1500000
折合上限            upper            of a range the higher end, in 折合单位; otherwise empty
折合单位            base             元, 人, 人次, 户, 亩, 平方米, 米, 立方米, 千克, or the measure word
约数                is_approximate   是 (true) where the text says 近, 余, 以上 or gives a range
其中                is_part          是 (true) where 其中 stands before it: part of a total
每                  rate             what the figure is for one of: 每户, 人均; otherwise empty
原句                sentence         the sentence it stands in
==================  ===============  ====================================================================

Numbers in the JSON file are strings, exact to the last figure. A cell of the CSV that a spreadsheet would take
for a formula begins with an apostrophe.
"""

from __future__ import annotations

import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from jianbao.issue import Article
from jianbao.shelf import Entry, Shelf
from jianbao.site import figures, spreadsheet
from jianbao.site.figures import Category, Quantity
from jianbao.site.site import MadeFile, MadePage

MOST_ROWS = 120
# On the first page, of each category.
FOREMOST = 5
# Characters of the sentence shown before and after a figure.
BEFORE, AFTER = 36, 36

SLUGS = {
    Category.MONEY: "money",
    Category.PEOPLE: "people",
    Category.PROJECTS: "projects",
    Category.GOODS: "goods",
    Category.EXTENT: "extent",
    Category.OTHER: "other",
}
# The classes of amounts in the chart, in 元: its lower end and its name.
CLASSES = (
    (0, "不到1万"),
    (10**4, "1万—10万"),
    (10**5, "10万—100万"),
    (10**6, "100万—1000万"),
    (10**7, "1000万—1亿"),
    (10**8, "1亿以上"),
)

COLUMNS = {
    "年份": "year",
    "期号": "issue",
    "日期": "date",
    "文章": "article",
    "地址": "address",
    "段落": "paragraph",
    "类别": "category",
    "印出": "printed",
    "数值": "number",
    "单位": "unit",
    "折合数值": "value",
    "折合上限": "upper",
    "折合单位": "base",
    "约数": "is_approximate",
    "其中": "is_part",
    "每": "rate",
    "原句": "sentence",
}


@dataclass(frozen=True)
class Row:
    """A figure in the ledger, with the article that it stands in."""

    entry: Entry
    article: Article
    quantity: Quantity

    @property
    def address(self) -> str:
        return self.entry.address(self.article)

    @property
    def before(self) -> str:
        """The sentence up to the figure, its beginning left off where it is long."""
        text = self.quantity.sentence[: self.quantity.start]
        return text if len(text) <= BEFORE else "…" + text[-BEFORE:]

    @property
    def after(self) -> str:
        text = self.quantity.sentence[self.quantity.end :]
        return text if len(text) <= AFTER else text[:AFTER] + "…"

    @property
    def size(self) -> str:
        """The value as the page shows it: ``7,530万元``, ``3万—5万元``, ``35,673人``."""
        quantity = self.quantity
        upper = f"—{_grouped(quantity.upper)}" if quantity.upper is not None else ""
        return f"{_grouped(quantity.value)}{upper}{quantity.base}"


@dataclass(frozen=True)
class UnitOfFigures:
    """The figures of one unit, since only those can be compared: how many there are, and the largest."""

    base: str
    count: int
    largest: tuple[Row, ...]


@dataclass(frozen=True)
class YearOfFigures:
    """How many figures a year has of each category, the units in it, and how large its amounts are.

    ``units`` are ordered by how many figures they have; ``amounts`` counts those in 元 by ``CLASSES``.
    """

    year: int
    counts: Counter[Category]
    units: dict[Category, list[UnitOfFigures]]
    amounts: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def summary(self) -> YearOfFigures:
        """The year as the other years' pages need it: only counted."""
        return replace(self, units={})

    def path(self, category: Category) -> str:
        return f"figures/{self.year}-{SLUGS[category]}"


@dataclass(frozen=True)
class Ledger:
    """The years, newest first."""

    years: tuple[YearOfFigures, ...]

    @cached_property
    def most(self) -> int:
        """The highest count in the chart."""
        return max((count for year in self.years for count in year.amounts), default=0)

    @property
    def total(self) -> int:
        return sum(year.total for year in self.years)

    def near(self, year: int, category: Category) -> dict[str, YearOfFigures | None]:
        """The nearest years, ``older`` and ``newer`` than ``year``, that have a figure of the category."""
        having = [each for each in self.years if each.counts[category]]
        return {
            "older": next((each for each in having if each.year < year), None),
            "newer": next((each for each in reversed(having) if each.year > year), None),
        }


def rows(entries: Iterable[Entry]) -> list[Row]:
    """Every figure of ``entries``, which have their text, in their order; the rows are without it."""
    return [
        Row(bare, bare_article, quantity)
        for entry in entries
        for bare in [entry.without_text()]
        for article, bare_article in zip(entry.issue.articles, bare.issue.articles, strict=True)
        for quantity in figures.of(article)
    ]


def paths(shelf: Shelf) -> Iterator[str]:
    """The addresses, without suffix, that pages of figures may have."""
    yield "figures"
    for year in sorted({entry.issue.year for entry in shelf.entries}):
        yield from (f"figures/{year}-{slug}" for slug in SLUGS.values())


def first_page(ledger: Ledger) -> MadePage:
    """The page that leads to all others; of the years of ``ledger`` the newest with figures has its rows."""
    context = {**_shared(ledger), "foremost": FOREMOST, "chart": chart(ledger)}
    return MadePage("figures", "数字", "figures.html", context)


def pages_of_year(ledger: Ledger, year: YearOfFigures) -> Iterator[MadePage]:
    """A page for each category of which ``year``, with its rows, has a figure."""
    for category in filter(year.counts.__getitem__, Category):
        context = {"of_year": year, "category": category, **ledger.near(year.year, category)}
        title = f"{year.year} 年{category}数字"
        yield MadePage(year.path(category), title, "figures-list.html", {**_shared(ledger), **context})


def files_of_year(year: int, rows: Iterable[Row]) -> Iterator[MadeFile]:
    """The downloads of a year: all its figures as CSV and JSON, in the order of ``rows``; none without a figure."""
    records = [_record(row) for row in rows]
    if records:
        yield f"data/figures/{year}.csv", _csv(records)
        yield f"data/figures/{year}.json", _json(records)


def _shared(ledger: Ledger) -> dict[str, object]:
    return {"ledger": ledger, "categories": tuple(Category), "classes": [name for _, name in CLASSES]}


def chart(ledger: Ledger) -> list[tuple[int, list[tuple[int, float]]]]:
    """For each year the classes of its amounts: how many, and the radius of the circle, 0 to 1, by its area."""
    return [
        (
            year.year,
            [(count, round((count / ledger.most) ** 0.5, 3) if count else 0) for count in year.amounts],
        )
        for year in ledger.years
    ]


def of_year(year: int, rows: Iterable[Row]) -> YearOfFigures:
    """The figures of a year, counted, and as many of them as its pages show."""
    by_unit: dict[tuple[Category, str], list[Row]] = {}
    for row in rows:
        by_unit.setdefault((row.quantity.category, row.quantity.base), []).append(row)
    by_category: dict[Category, list[tuple[str, list[Row]]]] = {}
    for (category, base), members in by_unit.items():
        by_category.setdefault(category, []).append((base, members))
    amounts = Counter(_class(row.quantity.value) for row in by_unit.get((Category.MONEY, "元"), ()))
    return YearOfFigures(
        year,
        Counter({category: sum(len(rows) for _, rows in units) for category, units in by_category.items()}),
        {category: _largest(units) for category, units in by_category.items()},
        tuple(amounts[place] for place in range(len(CLASSES))),
    )


def _largest(units: list[tuple[str, list[Row]]]) -> list[UnitOfFigures]:
    """The largest of each unit, ``MOST_ROWS`` in all: first the largest of each, then the second of each…"""
    ranked = [
        (base, len(rows), heapq.nsmallest(MOST_ROWS, rows, lambda row: -row.quantity.value))
        for base, rows in sorted(units, key=lambda unit: (-len(unit[1]), unit[0]))
    ]
    places = sorted(
        (place, number) for number, (_, _, rows) in enumerate(ranked) for place in range(len(rows))
    )
    shown = Counter(number for _, number in places[:MOST_ROWS])
    return [
        UnitOfFigures(base, count, tuple(rows[: shown[number]]))
        for number, (base, count, rows) in enumerate(ranked)
    ]


def _class(amount: Decimal) -> int:
    return max(place for place, (least, _) in enumerate(CLASSES) if amount >= least)


def _grouped(value: Decimal) -> str:
    """``7,530万``, ``12.6亿``; ``35,673`` where it would take more than two decimals."""
    for least, name in ((10**8, "亿"), (10**4, "万")):
        if value >= least and not value % (least // 100):
            value = value / least
            return f"{int(value):,}{name}" if value == int(value) else f"{value:,f}{name}"
    return f"{value:,f}"


def _record(row: Row) -> dict[str, object]:
    issue, quantity = row.entry.issue, row.quantity
    return {
        "year": issue.year,
        "issue": issue.label,
        "date": issue.date.isoformat() if issue.date else None,
        "article": row.article.full_title,
        "address": row.address,
        "paragraph": quantity.paragraph + 1,
        "category": quantity.category.value,
        "printed": quantity.printed,
        "number": f"{quantity.number:f}",
        "unit": quantity.unit,
        "value": f"{quantity.value:f}",
        "upper": None if quantity.upper is None else f"{quantity.upper:f}",
        "base": quantity.base,
        "is_approximate": quantity.is_approximate,
        "is_part": quantity.is_part,
        "rate": quantity.rate,
        "sentence": quantity.sentence,
    }


def _csv(records: Iterable[dict[str, object]]) -> str:
    rows = ([_cell(record[field]) for field in COLUMNS.values()] for record in records)
    return "".join(spreadsheet.lines(COLUMNS, rows))


def _cell(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "是" if value else ""
    return str(value)


def _json(records: list[dict[str, object]]) -> str:
    about = "由程序从正文中提取，可能有误，以文章为准。各数字有总有分、可能重复，不能相加。"
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    return f'{{"about": {json.dumps(about, ensure_ascii=False)}, "figures": [\n{lines}\n]}}\n'
