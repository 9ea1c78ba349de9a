"""The bundle as a reader opens it: unpacked on a desk with a Chinese name, by double click, the network off."""

import os
import re
import subprocess
import zipfile

import pytest

from archives import REAL_ISSUE, import_into, new_archive
from bench import corpus
from browser.conftest import wait_until
from jianbao.edition import Name
from jianbao.editions import bundle, publishing

DAY = "2017-08-08T08:00:00+08:00"
OLD, NEW = "2019.24", "2019.24.1"
NOTE = "更正:\n- 日期: 2017-08-08\n  说明: “8月2日”应为“8月3日”\n  文章: [a01]\n原件:\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The folder that a bundle was unpacked to: the real issue and three invented ones, as published and corrected."""
    target = new_archive(tmp_path_factory.mktemp("bundled") / "archive")
    corpus.write_docs(target.docs, 3)
    import_into(target, REAL_ISSUE)
    (target.root / ".gitignore").write_text(".cache/\n", "utf-8")
    git(target, "init", "-q")
    published = target.root.parent / "published"
    publish(target, published)
    issue = target.docs / "issues/2017/020.md"
    text = issue.read_text("utf-8").replace("8月2日", "8月3日", 1)
    issue.write_text(text.replace("原件:\n", NOTE, 1), "utf-8")
    publish(target, published)
    desk = tmp_path_factory.mktemp("desk") / "桌面 资料" / "解开的 简报（2）"
    names = [Name.parse(OLD), Name.parse(NEW)]
    made = bundle.of_published(published, names, bundle.Packing(target.root / "包.zip"))
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(desk)
    return desk / f"jianbao-{NEW}-2-editions"


def publish(target, to):
    git(target, "add", ".")
    git(target, "commit", "-q", "-m", "四期")
    publishing.publish(target, to)


def git(target, *arguments):
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in (
        ("NAME", "编辑"), ("EMAIL", "editor@example.org"), ("DATE", DAY),
    )}  # fmt: skip
    subprocess.run(["git", "-C", target.root, *arguments], check=True, env={**os.environ, **who})


@pytest.fixture
def root(desk):
    """What ``page`` reads off: the network is off."""
    return desk.as_uri() + "/"


@pytest.fixture
def home(root):
    return f"{root}data/{NEW}/index.html"


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
    assert f"版本 {NEW}，2017-08-08，提交 " in page.text_content("body")
    page.click("p >> text=打开简报")
    assert page.url == home
    context.close()


def test_search_issue_and_charts(page, home, root):
    page.goto(home)
    page.fill("#home-search", "援疆")
    page.press("#home-search", "Enter")
    wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    everything = page.locator("li.result").count()
    page.evaluate("document.documentElement.dataset.searchState = ''")
    page.click(".facet >> text=2017")
    wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    assert 0 < page.locator("li.result").count() < everything
    page.click("li.result a")
    page.wait_for_url(f"**/data/{NEW}/issues/2017/020.html?mark=*")
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
    assert NEW in page.text_content(".facts")
    assert "python3 verify.py" in page.text_content(".edition-page__checks")
    page.click(".edition-page >> text=各版的变化")
    assert page.url == root + "data/changes.html"
    page.click(f"text={NEW} 版")
    assert page.url == home
    nothing_left_the_disk(page, root)


def test_from_one_edition_to_the_same_place_in_the_other(page, root):
    page.goto(f"{root}data/{OLD}/issues/2017/020.html#a02")
    assert page.locator(".edition-bar__notice").text_content().startswith("这不是最新的一版（2019.24，")
    page.click("text=看最新版的这一页")
    page.wait_for_url(f"{root}data/{NEW}/issues/2017/020.html#a02")
    page.click(".edition-bar__button")
    assert page.locator(".edition-bar__name").all_text_contents() == [NEW, OLD]
    page.click(".edition-bar__versions a")
    page.wait_for_url(f"{root}data/{OLD}/issues/2017/020.html#a02")
    nothing_left_the_disk(page, root)
