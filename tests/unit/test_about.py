"""What the site says of itself, which pages it has, and where old addresses lead."""

import datetime
import json

import pytest
from lxml import html

from jianbao.edition import Edition, Name
from jianbao.site import about, address_book, moved
from river_bulletin import FULL, HOSTILE, site

EDITION = Edition(Name(2018, 6, 1), "c" * 40, datetime.date(2018, 6, 20))
PAGES = ["index.html", "issues/2018/005-006.html", "themes/fangxun.html"]
MOVED = {"themes/fanghong.html": "themes/fangxun.html", "a/b/old.html": "issues/2018/005-006.html"}


def value(script, name):
    start = f"window.{name} = "
    assert script.startswith(start)
    assert script.endswith(";\n")
    return json.loads(script[len(start) : -2])


@pytest.mark.parametrize(
    ("edition", "said"), [(EDITION, {"name": "2018.6.1", "date": "2018-06-20"}), (None, None)]
)
def test_the_script_names_the_edition_and_no_preview(edition, said):
    ((path, script),) = about.files(site(FULL, edition=edition))
    assert path == "edition.js"
    assert value(script, "jianbaoEdition") == said


def test_addresses_are_folded_by_folder():
    ((path, script),) = address_book.files(site(FULL, moved=MOVED), PAGES)
    assert path == "addresses.js"
    assert value(script, "jianbaoAddresses") == {
        "pages": {"": "index search", "issues/2018": "005-006", "themes": "fangxun"},
        "moved": MOVED,
    }


def test_ten_thousand_addresses_stay_small():
    pages = [f"issues/{1990 + n // 400}/{n % 400 + 1:03d}.html" for n in range(10_000)]
    ((_, script),) = address_book.files(site(), pages)
    assert len(script) < 45_000


def test_an_old_address_leads_to_the_new_one():
    made = dict(moved.files(site(FULL, moved=MOVED, url="https://example.invalid/jb/"), PAGES))
    assert set(made) == set(MOVED)
    page = html.fromstring(made["a/b/old.html"])
    (link,) = page.xpath("//a/@href")
    assert link == "../../issues/2018/005-006.html"
    assert page.xpath("//noscript/meta/@content") == [f"0; url={link}"]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://example.invalid/jb/issues/2018/005-006.html"
    ]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//script/@src") == ["../../assets/editions/moved.js"]


def test_a_new_address_that_is_not_in_this_part_of_the_archive_is_left_out():
    assert list(moved.files(site(moved={"a.html": "b.html"}), PAGES)) == []


def test_a_hostile_name_stays_text():
    ((_, text),) = moved.files(site(name=HOSTILE, moved={"a.html": "index.html"}), PAGES)
    assert "<script>" not in text.split("<title>")[1].split("</title>")[0]
