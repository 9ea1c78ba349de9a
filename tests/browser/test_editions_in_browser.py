"""Editions side by side, as they are published: the bar, the way to the same page, corrections, old addresses."""

import contextlib
import datetime
import functools
import http.server
import json
import threading

import pytest

from archives import REAL_ISSUE, import_into, new_archive
from browser.conftest import QuietHandler
from browser.test_accessibility import complaints
from jianbao import site_builder
from jianbao.edition import Edition, Name
from jianbao.editions import changes

ISSUE = "issues/2017/020.html"
NEWEST = "2017.20.1"
# Newest first; the last one was taken back.
VERSIONS = {"2017.20.2": "2017-09-01", NEWEST: "2017-08-20", "2017.20": "2017-08-08"}
NOTE = """更正:
- 日期: 2017-08-20
  说明: 捐款捐物应为“160 万元”。
  文章: [a02]
- 日期: 2017-08-20
  说明: 分送单位漏列一处，已补上。
原件:
"""
BAR = ".edition-bar"
BUTTON = ".edition-bar__button"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A published folder with three editions, under a path with Chinese characters and a space."""
    folder = tmp_path_factory.mktemp("editions")
    target, to = new_archive(folder / "archive"), folder / "简报 发布"
    import_into(target, REAL_ISSUE)

    def publish(name):
        edition = Edition(Name.parse(name), "c" * 40, datetime.date.fromisoformat(VERSIONS[name]))
        site_builder.build(target, site=to / name, edition=edition)

    (target.docs / "old-name.md").write_text("# 一页\n", "utf-8")
    (target.docs / "lost.md").write_text("# 后来没有的一页\n", "utf-8")
    publish("2017.20")
    issue = target.docs / "issues/2017/020.md"
    text = issue.read_text("utf-8").replace("超过 150 万元", "超过 160 万元", 1)
    issue.write_text(text.replace("原件:\n", NOTE, 1), "utf-8")
    (target.docs / "old-name.md").rename(target.docs / "new-name.md")
    (target.docs / "lost.md").unlink()
    (target.docs / "redirects.yml").write_text("old-name.html: new-name.html\n", "utf-8")
    for name in (NEWEST, "2017.20.2"):
        publish(name)
    rows = [
        {"version": name, "title": name, "aliases": ["latest"] if name == NEWEST else [], "date": date}
        for name, date in VERSIONS.items()
    ]
    said = json.dumps({"latest": NEWEST, "versions": rows})
    (to / "versions.js").write_text(f"window.jianbaoVersions = {said};\n", "utf-8")
    (to / "latest").symlink_to(NEWEST)
    order = [to / name for name in reversed(VERSIONS)]
    told = [changes.between(old, new) for old, new in zip([None, *order], order, strict=False)]
    for path, text in changes.files("援疆工作简报", told[::-1]):
        (to / path).write_text(text, "utf-8")
    return to


@contextlib.contextmanager
def served(folder):
    handler = functools.partial(QuietHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def published_served(published):
    with served(published) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def root(request, published):
    """The published folder's address; ``page`` of conftest.py opens it."""
    if request.param == "http":
        return request.getfixturevalue("published_served")
    return published.as_uri() + "/"


@pytest.fixture
def newest(root):
    """Where a link leads that leads to the newest: on a server its address without a name."""
    return root + ("latest/" if root.startswith("http") else f"{NEWEST}/")


def test_the_newest_edition_tells_its_name_and_the_others(page, root):
    page.goto(f"{root}{NEWEST}/{ISSUE}#a02")
    button = page.locator(BUTTON)
    assert button.text_content() == "版本 2017.20.1"
    assert page.locator(".edition-bar__notice").count() == 0
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator(".edition-bar__version").all_text_contents() == [
        "2017.20.2已撤下 · 2017-09-01",
        "2017.20.1最新 · 正在看 · 2017-08-20",
        "2017.202017-08-08",
    ]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{root}2017.20/{ISSUE}#a02")
    assert page.errors == []
    assert [url for url in page.requested if not url.startswith((root, "data:"))] == []


def test_escape_closes_the_list_and_turns_back_to_the_button(page, root):
    page.goto(f"{root}{NEWEST}/index.html")
    page.click(BUTTON)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(".edition-bar__panel").is_hidden()
    assert page.evaluate("document.activeElement.matches('.edition-bar__button')")
    page.click(BUTTON)
    page.click("h1")
    assert page.locator(".edition-bar__panel").is_hidden()


@pytest.mark.parametrize("root", ["http"], indirect=True)
def test_the_latest_is_the_same_pages_under_an_address_without_a_name(page, root):
    page.goto(f"{root}latest/{ISSUE}")
    assert page.locator(BUTTON).text_content() == "版本 2017.20.1"
    assert page.locator(".edition-bar__notice").count() == 0
    page.click(BUTTON)
    page.click(".edition-bar__version >> text=2017.20.2")
    page.wait_for_url(f"{root}2017.20.2/{ISSUE}")


def test_an_older_edition_says_so_and_leads_to_the_same_place_in_the_newest(page, root, newest):
    page.goto(f"{root}2017.20/{ISSUE}#a02")
    notice = page.locator(".edition-bar__notice")
    assert notice.text_content() == (
        "这不是最新的一版（2017.20，2017年8月8日）。以后的增补和更正在最新的 2017.20.1 版里。"
    )
    # In view beside what the link led to, which is not under it.
    below = page.locator(BAR).bounding_box()
    heading = page.locator("#a02").bounding_box()
    assert 0 < below["y"] < below["y"] + below["height"] <= heading["y"] < 300
    page.click(".edition-bar__onward")
    page.wait_for_url(f"{newest}{ISSUE}#a02")
    assert "160 万元" in page.locator("article[aria-labelledby=a02]").text_content()
    assert page.errors == []


def test_an_address_that_is_cut_short_is_no_error(page, root, newest):
    page.goto(f"{root}2017.20/{ISSUE}?mark=%E5%8#%E5%8")
    page.click(".edition-bar__onward")
    page.wait_for_url(f"{newest}{ISSUE}?mark=%E5%8#%E5%8")


def test_the_place_is_the_one_that_the_reader_has_gone_to(page, root, newest):
    page.goto(f"{root}2017.20/{ISSUE}")
    page.click(".contents >> text=江阴工作组")
    page.click(".edition-bar__onward")
    page.wait_for_url(f"{newest}{ISSUE}#a04")


def test_an_edition_that_was_taken_back_says_so(page, root):
    page.goto(f"{root}2017.20.2/{ISSUE}")
    assert page.locator(".edition-bar__notice").text_content() == (
        "这一版已撤下（2017.20.2，2017年9月1日）。请以现行的 2017.20.1 版为准。"
    )


def test_a_page_that_has_another_name_by_now(page, root, newest):
    page.goto(f"{root}2017.20/old-name.html")
    page.click(".edition-bar__onward")
    page.wait_for_url(f"{newest}new-name.html")
    assert page.locator("h1").text_content() == "一页"


def test_a_page_that_the_newest_does_not_have_leads_to_its_home_page(page, root, newest):
    page.goto(f"{root}2017.20/lost.html#there")
    onward = page.locator(".edition-bar__onward >> text=最新版没有这一页，去首页")
    onward.click()
    page.wait_for_url(f"{newest}index.html")


def test_a_search_is_the_same_search_in_another_edition(page, root, newest):
    page.goto(f"{root}2017.20/search.html?q=园区")
    page.wait_for_selector("li.result")
    page.click(".edition-bar__onward")
    page.wait_for_url(f"{newest}search.html?q=*")
    page.wait_for_selector("li.result")
    assert page.input_value("#search-query") == "园区"


def test_an_old_address_keeps_the_place_on_the_page(page, root):
    page.goto(f"{root}{NEWEST}/old-name.html?q=1#there")
    page.wait_for_url(f"{root}{NEWEST}/new-name.html?q=1#there")
    assert page.errors == []


def test_an_old_address_leads_on_without_scripts(browser, root):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}{NEWEST}/old-name.html")
    page.wait_for_url(f"{root}{NEWEST}/new-name.html")
    page.click(".site-footer >> text=关于本版")
    assert page.locator("dl.facts dd").first.text_content() == "2017.20.1"
    assert page.locator(BAR).is_hidden()
    page.click("text=各版的变化")
    assert page.url == f"{root}changes.html"
    page.click("text=武进工作组多措并举")
    assert page.url == f"{root}{NEWEST}/{ISSUE}#a02"
    context.close()


def test_a_preview_shows_nothing_and_asks_for_nothing(browser, site):
    page = browser.new_page()
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    with served(site) as address:
        page.goto(address + ISSUE)
        page.wait_for_load_state("load")
    assert page.locator(BAR).is_hidden()
    assert [url for url in requested if "versions.js" in url] == []
    page.close()


def test_an_edition_by_itself_tells_its_name(browser, published, tmp_path):
    alone = tmp_path / "一版"
    alone.symlink_to(published / NEWEST)
    page = browser.new_page()
    page.set_default_timeout(5_000)
    page.goto(f"{alone.as_uri()}/index.html")
    page.click(".edition-bar >> text=版本 2017.20.1")
    assert page.locator("h1").text_content() == "关于本版"
    page.wait_for_selector("a[data-beside-editions]:not([href])")
    page.close()


def test_editions_on_a_server_without_latest_lead_to_the_newest_by_name(browser, published, tmp_path):
    """As a bundle that someone has put on a server."""
    for name in (*VERSIONS, "versions.js"):
        (tmp_path / name).symlink_to(published / name)
    page = browser.new_page()
    with served(tmp_path) as address:
        page.goto(f"{address}2017.20/{ISSUE}#a02")
        page.click(".edition-bar__onward")
        page.wait_for_url(f"{address}{NEWEST}/{ISSUE}#a02")
    page.close()


@pytest.mark.parametrize("name", [NEWEST, "2017.20"])
def test_a_phone_has_room_for_the_bar_and_the_list(page, root, name):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{root}{name}/{ISSUE}")
    page.click(BUTTON)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    panel = page.locator(".edition-bar__panel").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 360
    page.goto(f"{root}changes.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_paper_are_the_correction_and_the_editions_name(page, root):
    page.goto(f"{root}{NEWEST}/{ISSUE}")
    page.wait_for_selector(BUTTON)
    page.emulate_media(media="print")
    assert page.locator(".edition-paper").text_content() == "印自 2017.20.1 版（2017年8月20日）"
    assert page.locator(".edition-paper").is_visible()
    assert page.locator(".corrections").is_visible()
    assert page.locator(".article-corrected").is_visible()
    assert not page.locator(BAR).is_visible()
    assert (
        page.locator(".edition-paper").evaluate("line => parseFloat(getComputedStyle(line).fontSize)") <= 12.1
    )


def test_a_correction_leads_to_its_article_and_back(page, root):
    page.goto(f"{root}{NEWEST}/corrections.html")
    assert page.locator(".corrections__text").all_text_contents() == [
        "捐款捐物应为“160 万元”。",
        "分送单位漏列一处，已补上。",
    ]
    page.click(".corrections__articles a")
    assert page.url == f"{root}{NEWEST}/{ISSUE}#a02"
    page.click("article[aria-labelledby=a02] .article-corrected a")
    assert page.url.endswith("#correction-1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation(browser, published_served, scheme):
    # axe is put into the page, which the page's own policy would not allow.
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    page.goto(published_served + "2017.20/index.html")
    if scheme == "dark":
        page.click(".md-header__button[for=__palette_1]")
    found = []
    for name in (
        f"2017.20/{ISSUE}",
        f"{NEWEST}/{ISSUE}",
        f"{NEWEST}/corrections.html",
        "2017.20.2/edition.html",
    ):
        page.goto(published_served + name)
        if scheme == "dark" and page.locator("body").get_attribute("data-md-color-scheme") != "slate":
            page.click(".md-header__button[for=__palette_1]")
        page.click(BUTTON)
        found += [f"{name}：{each}" for each in complaints(page)]
    page.goto(published_served + "changes.html")
    found += complaints(page)
    context.close()
    assert found == []
