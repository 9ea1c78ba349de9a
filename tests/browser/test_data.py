"""What others take from the site: the page 开放数据 and its files, the feeds, an issue's linked data."""

import json

import pytest
from lxml import etree


def test_every_file_of_the_page_is_there(page, root, site):
    page.goto(root + "index.html")
    page.click(".site-footer a[href$='data.html']")
    page.wait_for_url("**/data.html")
    links = page.locator(".data-page a").evaluate_all("links => links.map(link => link.href)")
    links = [link.replace(root, "") for link in links]
    assert {
        "data/index.json",
        "data/issues/2017.json",
        "data/articles/2017.csv",
        "data/SHA256SUMS",
        "feed.json",
    } <= set(links)
    assert all((site / link).is_file() for link in links)
    assert page.text_content(".data-page__citation").startswith(
        "江苏省对口支援新疆伊犁州前方指挥部. 援疆工作简报[DS/OL]. (2017-08-07)[引用日期]. "
    )
    of_a_year = page.locator(".data-file", has_text="contents_without_article")
    of_a_year.locator("summary").click()
    assert of_a_year.locator(".data-fields__table", has_text="contents_without_article").is_visible()
    assert page.errors == []


@pytest.mark.parametrize("address", ["index.html", "issues/2017/020.html", "search.html"])
def test_feed_readers_find_the_feeds_and_the_theme_fetches_nothing_for_them(page, root, site, address):
    page.goto(root + address, wait_until="networkidle")
    feeds = page.locator("link[rel~=alternate]").evaluate_all(
        "links => links.map(link => [link.type, link.href])"
    )
    assert [(kind, address.removeprefix(root)) for kind, address in feeds] == [
        ("application/atom+xml", "atom.xml"),
        ("application/rss+xml", "rss.xml"),
        ("application/feed+json", "feed.json"),
    ]
    assert not [url for url in page.requested if url.endswith(".xml")]
    assert page.errors == []


def test_an_issues_page_tells_machines_what_it_is(page, root):
    page.goto(root + "issues/2017/020.html")
    data = json.loads(page.text_content("script[type='application/ld+json']"))
    assert (data["@type"], data["issueNumber"], data["isPartOf"]["name"]) == (
        "PublicationIssue",
        "20",
        "援疆工作简报",
    )
    ids = page.locator(".bulletin-article h2").evaluate_all("heads => heads.map(head => head.id)")
    assert [article["@id"] for article in data["hasPart"]] == [f"020.html#{id}" for id in ids]


def test_the_feeds_are_at_the_root_and_lead_to_the_articles(site):
    feed = etree.parse(site / "atom.xml")
    (link,) = feed.xpath("//a:entry/a:link/@href", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert (site / link).is_file()
