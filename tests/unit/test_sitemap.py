"""The sitemap: every page, dates from the issues only, and its limit."""

from lxml import etree

from jianbao.site import sitemap
from river_bulletin import BARE, CORRECTED, FULL, site

URL = "https://example.invalid/a&b/"
S = {"s": sitemap.NAMESPACE}


def documents(site, addresses):
    return {path: etree.fromstring(text.encode()) for path, text in sitemap.files(site, addresses)}


def test_pages_with_the_dates_that_issues_tell():
    addresses = ["index.html", "issues/2018/005-006.html", "issues/2018/s01.html", "groups/chengguan.html"]
    root = documents(site(FULL, BARE, url=URL), addresses)["sitemap.xml"]
    rows = {
        row.findtext("s:loc", namespaces=S): row.findtext("s:lastmod", namespaces=S)
        for row in root.findall("s:url", S)
    }
    assert rows == {
        URL: "2018-06-09",
        URL + "issues/2018/005-006.html": "2018-06-09",
        URL + "issues/2018/s01.html": None,
        URL + "groups/chengguan.html": None,
    }


def test_a_corrected_issue_has_the_day_of_its_correction():
    root = documents(site(CORRECTED, url=URL), ["issues/2018/005-006.html"])["sitemap.xml"]
    assert root.findtext("s:url/s:lastmod", namespaces=S) == "2018-07-02"


def test_none_without_the_sites_address():
    assert not documents(site(FULL), ["index.html"])


def test_an_index_beyond_the_limit(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 2)
    made = documents(site(url=URL), ["a.html", "b.html", "c.html"])
    assert [len(made[path]) for path in ("sitemap-1.xml", "sitemap-2.xml")] == [2, 1]
    assert made["sitemap.xml"].xpath("//s:loc/text()", namespaces=S) == [
        URL + "sitemap-1.xml",
        URL + "sitemap-2.xml",
    ]
