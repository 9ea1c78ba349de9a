"""What is made from all issues together: years, lists by tag, crossings, the matrix, the timeline, the home page."""

import datetime

import pytest

from jianbao.issue import Article, Issue, Kind
from jianbao.shelf import Entry, Shelf
from jianbao.site import Site, crossings, home, lists, matrix, pages, timeline, trends, years
from jianbao.vocabulary import Vocabulary, WorkGroup

WUJIN, NANJING = "武进工作组", "南京工作组"


def entry(year, number, *articles, month=3, supplement=False, dated=True):
    date = datetime.date(year, month, 1) if dated else None
    issue = Issue(
        "简报", year, number if isinstance(number, tuple) else (number,), date=date,
        supplement=supplement, articles=articles,
    )  # fmt: skip
    return Entry(issue, f"issues/{year}/{issue.slug}.md", f"issues/{year}/{issue.slug}.html")


def article(number=1, groups=(), themes=(), places=(), kind=Kind.FEATURE):
    return Article(f"a{number:02d}", kind, f"第{number}篇", work_groups=groups, themes=themes, places=places)


def site(*entries, groups=()):
    return Site("简报", Shelf.of(entries), Vocabulary(work_groups=groups))


def made(site):
    return {page.path: page for page in pages(site)}


BOTH = site(
    entry(2017, 1, article(1, (WUJIN,), ("教育", "脱贫攻坚")), article(2, (WUJIN, NANJING), ("教育",))),
    entry(2019, 1, article(1, (WUJIN,), ("教育",), ("尼勒克县",)), article(2, kind=Kind.BRIEF)),
)


def test_a_list_has_its_articles_newest_first_by_year():
    wujin = next(each for each in lists.of(BOTH.shelf) if each.name == WUJIN)
    assert wujin.path == "groups/wujingongzuozu"
    assert [(e.issue.label, a.id) for e, a in wujin.articles] == [
        ("2019年第1期", "a01"),
        ("2017年第1期", "a01"),
        ("2017年第1期", "a02"),
    ]
    assert {year: len(articles) for year, articles in wujin.years.items()} == {2019: 1, 2017: 2}
    assert (wujin.issue_count, wujin.is_long) == (2, False)


def test_tags_that_sound_alike_have_addresses_of_their_own():
    found = lists.of(site(entry(2019, 1, article(1, ("吴进工作组", WUJIN)))).shelf)
    assert sorted(each.path for each in found) == ["groups/wujingongzuozu", "groups/wujingongzuozu-2"]


def test_a_long_list_is_cut_by_year_and_each_year_leads_to_its_neighbours():
    def many(year):
        return [
            entry(year, n, *(article(a, (WUJIN,)) for a in range(1, 11)), month=(n - 1) // 3 + 1)
            for n in range(1, 13)
        ]

    short = made(site(*many(2019), *many(2018)))
    long = made(site(*many(2019), *many(2018), *many(2016)))
    assert "groups/wujingongzuozu-2019" not in short
    of_2018 = long["groups/wujingongzuozu-2018"]
    assert (of_2018.title, of_2018.template) == ("武进工作组 · 2018年", "list-year.html")
    assert (of_2018.context["previous_year"], of_2018.context["next_year"]) == (2016, 2019)
    listed = long["groups/wujingongzuozu"].context["listed"]
    assert sum(len(listed.years[year]) for year in (2016, 2018, 2019)) == 360
    assert len(listed.newest) == 20


def test_a_group_is_described_by_the_vocabulary_and_a_place_by_its_groups():
    wujin = WorkGroup(WUJIN, sender="常州市武进区", places=("尼勒克县",))
    away = WorkGroup("泰州工作组", places=("尼勒克县",))
    found = made(site(*BOTH.shelf.entries, groups=(wujin, away)))
    assert found["groups/wujingongzuozu"].context["described"] == wujin
    assert found["groups/nanjinggongzuozu"].context["described"] is None
    place = next(page for path, page in found.items() if path.startswith("places/"))
    assert place.context["supported_by"] == [(WUJIN, "groups/wujingongzuozu"), ("泰州工作组", None)]


def test_trends_count_each_article_once_a_tag_over_all_years_of_the_archive():
    wujin = next(each for each in lists.of(BOTH.shelf) if each.name == WUJIN)
    found = trends.of(
        wujin.articles, "themes", {"教育": "themes/a", "脱贫攻坚": "themes/b"}, years.axis(BOTH.shelf)
    )
    assert [(each.name, dict(each.by_year), each.total) for each in found.members] == [
        ("教育", {2019: 1, 2017: 2}, 3),
        ("脱贫攻坚", {2017: 1}, 1),
    ]
    assert list(found.axis) == [2017, 2018, 2019]
    assert found.years == (2019, 2017)


def test_a_crossing_has_what_both_have():
    found = {each.path: each for each in crossings.of(BOTH.shelf)}
    assert {path: len(each.articles) for path, each in found.items()} == {
        "groups/wujingongzuozu/jiaoyu": 3,
        "groups/wujingongzuozu/tuopingongjian": 1,
        "groups/nanjinggongzuozu/jiaoyu": 1,
    }
    assert set(found) <= set(made(BOTH))
    assert found["groups/nanjinggongzuozu/jiaoyu"].search(2017) == (
        "search.html?group=%E5%8D%97%E4%BA%AC%E5%B7%A5%E4%BD%9C%E7%BB%84&theme=%E6%95%99%E8%82%B2"
        "&sort=newest&year=2017"
    )


@pytest.mark.parametrize(
    ("a_year", "shown", "older"),
    [
        ([100, 100, 40], [2019, 2018, 2017], []),
        ([100, 100, 60], [2019, 2018], [2017]),
        # The newest year is shown whole, however long it is; no year is left out between two that are shown.
        ([300, 1, 1], [2019], [2018, 2017]),
        ([100, 200, 1], [2019], [2018, 2017]),
    ],
)
def test_a_long_crossing_shows_whole_years_and_counts_the_older(a_year, shown, older):
    entries = [
        entry(2019 - place, 1, *(article(n + 1, (WUJIN,), ("教育",)) for n in range(count)))
        for place, count in enumerate(a_year)
    ]
    (crossing,) = crossings.of(site(*entries).shelf)
    assert (list(crossing.shown), list(crossing.older)) == (shown, older)


def test_the_matrix_has_a_cell_for_each_pair_and_none_where_nothing_is_shared():
    found = matrix.of(BOTH)
    assert [theme.name for theme in found.themes] == ["教育", "脱贫攻坚"]
    counts = {group.name: [cell and len(cell.articles) for cell in cells] for group, cells in found.rows}
    assert counts == {WUJIN: [3, 1], NANJING: [1, None]}
    (full, half), _ = (cells for _, cells in found.rows)
    assert (found.shade(full), found.shade(half)) == (4, 2)


def test_without_issues_there_is_no_year_but_what_the_guide_leads_to():
    elsewhere = set(made(site()))
    assert set(made(site(entry(2019, 1, article())))) - elsewhere == {"years/2019"}
    assert {"timeline", "matrix"} <= elsewhere
    assert home.context(site())["chart"] is None


def test_a_year_has_its_issues_in_order_by_month_and_names_the_numbers_it_lacks():
    shelf = site(
        entry(2018, 2, month=2), entry(2018, (4, 5), month=5), entry(2018, 9, month=9),
        entry(2018, 7, supplement=True, month=9), entry(2018, 11, dated=False), entry(2017, 1),
    ).shelf  # fmt: skip
    year = years.of(shelf)[0]
    labels = {month: [e.issue.label for e in entries] for month, entries in year.months.items()}
    assert labels == {
        2: ["2018年第2期"],
        5: ["2018年第4、5期合刊"],
        9: ["2018年第9期", "2018年增刊第7期"],
        0: ["2018年第11期"],
    }
    assert list(labels) == [2, 5, 9, 0]
    assert year.missing == ("第3期", "第6—8期", "第10期")


def test_one_issue_lacks_no_number_that_could_be_known():
    (year,) = years.of(site(entry(2017, 20)).shelf)
    assert year.missing == ()


def test_an_issue_dated_in_another_year_is_in_no_month_of_its_own():
    late = entry(2017, 24)
    issue = Issue("简报", 2017, (24,), date=datetime.date(2018, 1, 5))
    assert years.month(late) == 3
    assert years.month(Entry(issue, late.source, late.url)) == years.NO_MONTH


def test_a_year_of_many_issues_has_a_page_a_month():
    few = [entry(2019, n, month=(n - 1) // 6 + 1) for n in range(1, 61)]
    assert [path for path in made(site(*few)) if path.startswith("years/")] == ["years/2019"]
    found = made(site(*few, entry(2019, 61, month=12)))
    assert len(found["years/2019-01"].context["entries"]) == 6
    assert [e.issue.numbers for e in found["years/2019-12"].context["entries"]] == [(61,)]
    assert timeline.of(site(*few, entry(2019, 61, month=12)))[0].path(1) == "years/2019-01.html"


def test_the_timeline_shows_the_years_between():
    rows = timeline.of(BOTH)
    assert [(row.number, row.year is None, row.count(3)) for row in rows] == [
        (2019, False, 1),
        (2018, True, 0),
        (2017, False, 1),
    ]
    assert rows[0].path(3) == "years/2019.html#month-03"


def test_neighbours_of_a_year_are_those_with_issues():
    found = made(BOTH)["years/2017"].context
    assert (found["previous_year"], found["next_year"].number) == (None, 2019)


def test_the_home_page_draws_all_years_and_says_which_have_none():
    context = home.context(BOTH)
    assert context["features_and_briefs"] == (3, 1)
    assert "没有文章的年份：2018" in context["chart"]
    only = home.context(site(*BOTH.shelf.entries[:1]))
    assert "2019年各月的文章数" in only["chart"]
