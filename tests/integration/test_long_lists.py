"""An archive large enough that its lists are cut: every page that is then made, and where its links lead."""

import datetime
import re
from urllib.parse import unquote

import pytest

from archives import new_archive
from jianbao import archive, page, site_builder
from jianbao.issue import Article, Issue, Kind

LINK = re.compile(r'<a [^>]*?href="([^"#?]*)(?:\?[^"#]*)?(?:#([^"]*))?"')


def issue(year, number):
    articles = tuple(
        Article(
            f"a{place:02d}",
            Kind.FEATURE,
            f"武进工作组推进第{number}项工作之{place}",
            work_groups=("武进工作组",),
            places=("尼勒克县",),
            themes=("教育",),
            body=("近日，工作组走访学校。",),
        )
        for place in range(1, 6)
    )
    date = datetime.date(year, (number - 1) // 6 + 1, 1)
    return Issue("援疆工作简报", year, (number,), date=date, articles=articles)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """61 issues in 2019, so that the year is cut by month and the lists by year; one in 2015."""
    target = new_archive(tmp_path_factory.mktemp("long"))
    for each in (issue(2015, 1), *(issue(2019, number) for number in range(1, 62))):
        path = target.root / "docs" / archive.page_path(each)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.write(each), "utf-8")
    site_builder.build(target)
    return target.site


def test_every_link_leads_to_a_page_and_to_a_place_on_it(built):
    texts = {path.resolve(): path.read_text("utf-8") for path in built.rglob("*.html")}
    ids = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in texts.items()}
    lost = []
    for path, text in texts.items():
        if path.name == "404.html":
            continue
        for href, anchor in LINK.findall(text):
            target = (path.parent / unquote(href)).resolve() if href else path
            if not target.exists() or (anchor and target in ids and unquote(anchor) not in ids[target]):
                lost.append(f"{path.relative_to(built.resolve())}: {href}#{anchor}")
    assert lost == []


def test_the_year_names_its_issues_and_the_month_has_their_contents(built):
    year = (built / "years/2019.html").read_text("utf-8")
    assert year.count("issues/2019/") == 61
    month = (built / "years/2019-02.html").read_text("utf-8")
    assert re.findall(r"<h3><a [^>]*>([^<]*)</a>", month) == [f"2019年第{n}期" for n in range(7, 13)]
    assert "之5" in month


def test_a_long_list_shows_the_newest_and_leads_to_the_years(built):
    group = (built / "groups/wujingongzuozu.html").read_text("utf-8")
    assert group.count("../issues/2019/") == 20
    assert 'href="wujingongzuozu-2015.html"' in group
    assert (built / "groups/wujingongzuozu-2019.html").read_text("utf-8").count("../issues/2019/") == 305


def test_a_long_crossing_leads_to_search_and_to_the_groups_year(built):
    crossing = (built / "groups/wujingongzuozu/jiaoyu.html").read_text("utf-8")
    assert crossing.count("../../issues/2019/") == 305
    (row,) = re.findall(r'<tr id="year-2015">.*?</tr>', crossing)
    assert "year=2015" in row
    assert 'href="../wujingongzuozu-2015.html"' in row


def test_the_home_page_stays_small(built):
    home = (built / "index.html").read_text("utf-8")
    assert len(home.encode()) < 20_000
    assert home.count("issues/") == 6, "the newest issue and its articles, no list of all"
