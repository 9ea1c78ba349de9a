"""The feeds hold what their specifications ask for, also of issues that tell little or hold markup."""

import datetime
import json
from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree

from jianbao.site import feed_xml, feeds
from river_bulletin import BARE, CORRECTED, FULL, HOSTILE, ODD, site

URL = "https://example.invalid/jb/"
A = {"a": feed_xml.ATOM}


def written(site):
    return dict(feeds.files(site))


def atom(site):
    return etree.fromstring(written(site)["atom.xml"].encode())


def rss(site):
    return etree.fromstring(written(site)["rss.xml"].encode())


def json_feed(site):
    return json.loads(written(site)["feed.json"])


def test_atom_has_what_rfc_4287_asks_for():
    feed = atom(site(FULL, BARE, ODD, url=URL))
    for part in (feed, *feed.findall("a:entry", A)):
        for name in ("title", "id", "updated"):
            assert len(part.findall(f"a:{name}", A)) == 1
        assert part.findtext("a:id", namespaces=A).startswith("urn:uuid:")
        assert datetime.datetime.fromisoformat(part.findtext("a:updated", namespaces=A)).tzinfo
    assert feed.findtext("a:author/a:name", namespaces=A) == "河工简报"
    assert feed.findtext("a:updated", namespaces=A) == "2019-03-01T00:00:00+08:00", "the newest issue's"
    links = feed.xpath("//a:link/@href", namespaces=A)
    assert links == [
        *(
            URL + path
            for path in ("atom.xml", "index.html", "issues/2019/007.html", "issues/2018/005-006.html")
        )
    ], "the issue without a date, which Atom forbids, is not in it"
    ids = feed.xpath("//a:id/text()", namespaces=A)
    assert len(set(ids)) == len(ids)


def test_rss_has_what_rss_2_asks_for():
    channel = rss(site(FULL, BARE, url=URL)).find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    full, bare = sorted(channel.findall("item"), key=lambda item: item.find("pubDate") is None)
    assert parsedate_to_datetime(full.findtext("pubDate")).isoformat() == "2018-06-09T00:00:00+08:00"
    assert full.findtext("link") == URL + "issues/2018/005-006.html"
    assert full.find("guid").get("isPermaLink") == "false"
    assert "汛前检查全面完成——二十八段堤防逐段过堂</a>" in full.findtext("description")
    assert [child.tag for child in bare] == ["title", "link", "description", "guid"]


def test_json_feed_has_what_version_1_1_asks_for():
    feed = json_feed(site(FULL, BARE, url=URL))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == URL + "feed.json"
    bare, full = sorted(feed["items"], key=len)
    assert set(bare) == {"id", "url", "title", "content_html"}
    assert full["authors"] == [{"name": "清河县河工局"}]
    assert full["tags"] == ["城关工作组", "防汛", "清河县"]


def test_without_the_sites_address_they_are_relative():
    of = site(FULL)
    assert atom(of).xpath("//a:entry/a:link/@href", namespaces=A) == ["issues/2018/005-006.html"]
    assert rss(of).findtext("channel/item/link") == "issues/2018/005-006.html"
    (item,) = json_feed(of)["items"]
    assert 'href="issues/2018/005-006.html#a01"' in item["content_html"]
    assert {"feed_url", "home_page_url"}.isdisjoint(json_feed(of))


def test_an_entrys_id_stays_when_the_site_moves():
    (here,), (there,) = (json_feed(site(FULL, url=url))["items"] for url in (None, URL))
    assert here["id"] == there["id"] != json_feed(site(BARE))["items"][0]["id"]


def test_markup_and_control_characters_are_text():
    of = site(ODD, name=HOSTILE)
    shown = HOSTILE.replace("\x0b", "\ufffd")
    assert atom(of).findtext("a:title", namespaces=A) == shown
    assert atom(of).find("a:entry/a:category", A).get("term") == shown
    content = rss(of).findtext("channel/item/description")
    assert "<script" not in content
    assert "&lt;script&gt;" in content
    assert json_feed(of)["title"] == HOSTILE


def test_the_newest_twenty_newest_first():
    of = site(*(replace(FULL, numbers=(number,)) for number in range(1, 31)))
    urls = [item["url"] for item in json_feed(of)["items"]]
    assert urls == [f"issues/2018/{number:03d}.html" for number in range(30, 10, -1)]


@pytest.mark.parametrize(
    ("issues", "paths"),
    [((), []), ((BARE,), ["rss.xml", "feed.json"]), ((BARE, FULL), ["atom.xml", "rss.xml", "feed.json"])],
)
def test_no_feed_is_offered_that_would_break_its_rules(issues, paths):
    assert [feed.path for feed in feeds.offered(site(*issues))] == paths == list(written(site(*issues)))


def test_a_corrected_issue_has_changed_on_the_day_of_its_last_correction():
    of = site(CORRECTED, url=URL)
    (entry,) = atom(of).findall("a:entry", A)
    assert entry.findtext("a:published", namespaces=A) == "2018-06-09T00:00:00+08:00"
    assert entry.findtext("a:updated", namespaces=A) == "2018-07-02T00:00:00+08:00"
    content = entry.findtext("a:content", namespaces=A)
    assert content.startswith("<h2>更正</h2><ul><li>2018-06-20　编织袋应为三万五千条。（<a href=")
    assert f'<a href="{URL}issues/2018/005-006.html#a02">物资入库</a>' in content.split("</ul>")[0]
    item = rss(of).find("channel/item")
    assert item.findtext(f"{{{feed_xml.ATOM}}}updated") == "2018-07-02T00:00:00+08:00"
    assert "分送单位漏了各闸站。" in item.findtext("description")
    (item,) = json_feed(of)["items"]
    assert (item["date_published"][:10], item["date_modified"][:10]) == ("2018-06-09", "2018-07-02")
    assert "分送单位漏了各闸站。" in item["content_html"]


def test_a_correction_is_told_even_of_an_issue_without_a_date():
    of = site(replace(CORRECTED, date=None))
    (entry,) = atom(of).findall("a:entry", A)
    assert entry.findtext("a:updated", namespaces=A) == "2018-07-02T00:00:00+08:00"
    assert entry.find("a:published", A) is None


def test_an_old_issue_that_was_corrected_is_in_the_feed():
    newer = [replace(FULL, year=2019, numbers=(number,)) for number in range(1, 41)]
    old = [replace(CORRECTED, numbers=(number,)) for number in range(1, 13)]
    urls = [item["url"] for item in json_feed(site(*newer, *old))["items"]]
    assert len(urls) == 30
    assert urls[:2] == ["issues/2018/012.html", "issues/2018/011.html"]
    assert urls[10] == "issues/2019/040.html"
