"""The bundle as a reader opens it: unpacked on a desk with a Chinese name, by double click, the network off."""

import os
import re
import subprocess
import zipfile

import pytest

from archives import REAL_ISSUE, import_into, new_archive
from bench import corpus
from jianbao.editions import bundle

DAY = "2017-08-08T08:00:00+08:00"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The folder that the bundle of the real issue and three invented ones was unpacked to."""
    target = new_archive(tmp_path_factory.mktemp("bundled") / "archive")
    corpus.write_docs(target.docs, 3)
    import_into(target, REAL_ISSUE)
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (
        ("NAME", "编辑"), ("EMAIL", "editor@example.org"), ("DATE", DAY),
    )}  # fmt: skip
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "四期"]):
        subprocess.run(["git", "-C", target.root, *command], check=True, env={**os.environ, **who})
    desk = tmp_path_factory.mktemp("desk") / "桌面 资料" / "解开的 简报（2）"
    made = bundle.of_commit(target, bundle.Packing(target.root / "包.zip"))
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(desk)
    return desk / "jianbao-2019.24"


@pytest.fixture
def root(desk):
    """What ``page`` reads off: the network is off."""
    return desk.as_uri() + "/"


@pytest.fixture
def home(root):
    return root + "data/2019.24/index.html"


def nothing_left_the_disk(page, root):
    assert [url for url in page.requested if not url.startswith((root, "data:"))] == []
    assert page.errors == []


@pytest.mark.parametrize("name", ["打开简报.html", "index.html"])
def test_a_double_click_leads_home(page, desk, home, root, name):
    page.goto((desk / name).as_uri())
    page.wait_for_url(home)
    assert page.locator(".masthead__number").text_content() == "4 期 · 32 篇文章 · 2017—2019 年"
    assert page.locator("figure.drawn svg").count() == 1
    nothing_left_the_disk(page, root)


def test_where_a_browser_does_not_go_on_by_itself_a_link_does(browser, desk, home):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    still = desk / "still.html"
    still.write_text(
        re.sub('<meta http-equiv="refresh".*', "", (desk / "index.html").read_text("utf-8")), "utf-8"
    )
    page.goto(still.as_uri())
    still.unlink()
    assert "版本 2019.24，2017-08-08，提交 " in page.text_content("body")
    page.click("p >> text=打开简报")
    assert page.url == home
    context.close()


def test_search_issue_and_charts(page, home, root):
    page.goto(home)
    page.fill("#home-search", "援疆")
    page.press("#home-search", "Enter")
    page.wait_for_function("document.documentElement.dataset.searchState === 'done'")
    everything = page.locator("li.result").count()
    page.evaluate("document.documentElement.dataset.searchState = ''")
    page.click(".facet >> text=2017")
    page.wait_for_function("document.documentElement.dataset.searchState === 'done'")
    assert 0 < page.locator("li.result").count() < everything
    page.click("li.result a")
    page.wait_for_url("**/data/2019.24/issues/2017/020.html?mark=*")
    assert page.locator("mark").count() > 0
    page.goto(home.replace("index.html", "figures.html"))
    assert page.locator("table").count() > 0
    page.goto(home.replace("index.html", "matrix.html"))
    assert page.locator("table a").count() > 0
    nothing_left_the_disk(page, root)


def test_what_edition_it_is_and_what_has_changed(page, home, root):
    page.goto(home)
    page.click("footer >> text=关于本版")
    assert page.text_content("h1") == "关于本版"
    assert "2019.24" in page.text_content(".facts")
    assert "python3 verify.py" in page.text_content(".edition-page__checks")
    page.click(".edition-page >> text=各版的变化")
    assert page.url == root + "data/changes.html"
    page.click("text=2019.24 版")
    assert page.url == home
    nothing_left_the_disk(page, root)
