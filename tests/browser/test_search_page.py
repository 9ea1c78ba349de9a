"""The search page over some thirty issues: an address to share, facets, pages, order, lists to take away."""

import csv
import functools
import http.server
import io
import threading

import pytest

from archives import REAL_ISSUE, import_into, new_archive
from bench import corpus
from browser.conftest import QuietHandler, wait_until
from jianbao import site_builder

QUERY = "#search-query"
COUNT = ".search-page__count"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Thirty invented issues and the real one."""
    target = new_archive(tmp_path_factory.mktemp("page") / "简报 档案")
    corpus.write_docs(target.docs, 30)
    import_into(target, REAL_ISSUE, replace=True)
    site_builder.build(target)
    return target.site


@pytest.fixture(scope="module")
def served(site):
    handler = functools.partial(QuietHandler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def wait(page):
    wait_until(page, "document.documentElement.dataset.searchState === 'done'")


def do(page, action):
    """Do something that changes the search, and wait for its results."""
    page.evaluate("document.documentElement.dataset.searchState = ''")
    action()
    wait(page)


def found(page):
    """How many articles the page says there are."""
    return int(page.text_content(COUNT).split()[1])


def test_an_address_holds_the_whole_search(page, root):
    page.goto(root + "search.html?q=培训&kind=brief&sort=oldest")
    wait(page)
    assert page.input_value(QUERY) == "培训"
    assert page.get_attribute("[aria-pressed=true]", "class") == "search-page__choice"
    assert page.text_content("[aria-pressed=true]") == "由旧到新"
    page.wait_for_selector(".facet__choice--chosen")
    assert page.text_content(".facet__choice--chosen") == "动态 ✕"
    assert found(page) > 10
    assert "第 1 / " in page.text_content(COUNT)
    assert page.errors == []


def test_a_facet_narrows_to_the_number_that_it_says_and_back_takes_it_away(page, root):
    page.goto(root + "search.html?q=培训")
    wait(page)
    everything = found(page)
    page.wait_for_selector(".facet__choice")
    group = page.locator(".facet", has_text="工作组").locator(".facet__choice").first
    number = int(group.locator(".facet__count").text_content())
    assert 0 < number < everything
    do(page, group.click)
    assert found(page) == number
    assert "group=" in page.url
    do(page, page.go_back)
    assert found(page) == everything
    do(page, page.go_forward)
    assert found(page) == number
    page.wait_for_selector(".facet__choice--chosen")
    do(page, page.locator(".facet__choice--chosen").click)
    assert found(page) == everything


def test_the_numbers_of_a_facet_add_up(page, root):
    page.goto(root + "search.html?q=培训")
    wait(page)
    page.wait_for_selector(".facet")
    kinds = page.locator(".facet", has_text="栏目").locator(".facet__count").all_text_contents()
    assert sum(map(int, kinds)) == found(page)


def test_results_come_page_by_page_under_their_issues(page, root):
    page.goto(root + "search.html?q=培训")
    wait(page)
    total = found(page)
    first = page.locator("li.result a").first.get_attribute("href")
    do(page, page.get_by_role("button", name="下一页").click)
    assert "page=2" in page.url
    assert page.locator("li.result a").first.get_attribute("href") != first
    assert f"第 2 / {-(-total // 10)} 页" in page.text_content(COUNT)
    page.mouse.wheel(0, 4000)
    wait_until(page, "document.querySelectorAll('li.result').length === 10")
    assert page.locator("li.results__issue h2 a").count() >= 1


def test_the_newest_first(page, root):
    page.goto(root + "search.html?q=培训")
    wait(page)
    do(page, page.get_by_role("button", name="由新到旧").click)
    dates = page.locator(".results time").all_text_contents()
    assert len(dates) > 1
    assert dates == sorted(dates, reverse=True)


def test_what_is_typed_goes_into_the_address_without_a_step_for_each_key(page, root):
    page.goto(root + "index.html")
    page.goto(root + "search.html")
    do(page, lambda: page.fill(QUERY, "医疗"))
    do(page, lambda: page.fill(QUERY, "医疗 培训"))
    assert "q=%E5%8C%BB%E7%96%97+%E5%9F%B9%E8%AE%AD" in page.url
    page.go_back()
    page.wait_for_url("**/index.html")


def test_the_keyboard_from_start_to_end(page, root):
    page.goto(root + "search.html")
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    do(page, lambda: page.keyboard.type("麦西来普"))
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.classList.contains('result__link')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-query"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/issues/**#a*")
    page.wait_for_selector("article mark")


def test_a_suggestion_is_a_click_away(page, root):
    page.goto(root + "search.html?q=武近工作组")
    wait(page)
    assert "是不是要找“武进工作组”" in page.text_content(COUNT)
    do(page, page.locator(".search-page__instead").click)
    assert found(page) > 1


def test_the_list_as_a_table(page, root):
    page.goto(root + "search.html?q=麦西来普")
    wait(page)
    number = found(page)
    with page.expect_download() as download:
        page.click("[data-csv]")
    text = download.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == number
    assert rows[0]["地址"].startswith(root.replace(" ", "%20")[:4])
    assert {"期", "日期", "标题", "工作组", "主题"} <= rows[0].keys()


def test_the_list_as_citations(page, root):
    page.goto(root + "search.html?q=36471")
    wait(page)
    page.click("[data-copy]")
    wait_until(page, "document.querySelector('.search-page__count').textContent.includes('已复制')")
    page.fill(QUERY, "")
    page.focus(QUERY)
    page.keyboard.press("Control+V")
    cited = page.input_value(QUERY)
    kind = "[J/OL]" if root.startswith("http:") else "[J]"
    assert cited.startswith(
        "[1] 江苏省对口支援新疆伊犁州前方指挥部. 加强培训助力卫生援疆再踏新征程——伊犁州卫生援疆医疗人才培训班顺利开班"
        f"{kind}. 援疆工作简报, 2017(20)"
    )


def test_without_scripts_the_box_leads_to_the_lists(browser, root, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(root + "issues/2017/020.html")
    page.fill("#jianbao-search", "医疗")
    page.press("#jianbao-search", "Enter")
    page.wait_for_url("**/search.html?q=*")
    assert page.locator(".search-page__without").is_visible()
    page.get_by_role("link", name="按工作组", exact=True).click()
    page.wait_for_url("**/index.html#by-group")
    page.get_by_role("link", name="武进工作组").first.click()
    page.wait_for_url("**/groups/wujingongzuozu.html")
    page.get_by_role("link", name="武进工作组多措并举，助力尼勒克打赢脱贫攻坚战").click()
    page.wait_for_url("**/issues/2017/020.html#a02")
    context.close()


def test_the_facets_fold_on_a_phone(page, root):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(root + "search.html?q=培训")
    wait(page)
    page.wait_for_selector(".facet", state="attached")
    assert page.locator(".search-page__facets").is_hidden()
    page.click(".search-page__toggle")
    assert page.locator(".search-page__facets").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
