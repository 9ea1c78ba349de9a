"""The search box as a reader uses it, on a server and from file:// with the network off."""

import functools
import http.server
import shutil
import threading

import pytest

from browser.conftest import QuietHandler, wait_until

BOX = "#jianbao-search"
RESULTS = "[role=option]"
COUNT = ".search__count"


def search(page, words):
    page.evaluate("document.querySelector('.search__count').textContent = ''")
    page.fill(BOX, words)
    wait_until(page, "document.querySelector('.search__count').textContent !== ''")
    return page.locator(RESULTS)


@pytest.mark.parametrize(
    ("words", "title", "section"),
    [
        ("园区", "南京工作组四措并举推进伊宁市脱贫攻坚工作", "a03"),
        ("園區", "南京工作组四措并举推进伊宁市脱贫攻坚工作", "a03"),
        ("麦西来普", "加强培训助力卫生援疆再踏新征程", "a01"),
        ("“麦西来普”", "加强培训助力卫生援疆再踏新征程", "a01"),
        ("20万册", "海门20万册援疆“爱心寄语”图书抵达伊宁", "a07"),
        ("20 万册", "海门20万册援疆“爱心寄语”图书抵达伊宁", "a07"),
        ("２０万册图书和９万多名", "海门20万册援疆“爱心寄语”图书抵达伊宁", "a07"),
        ("36471", "加强培训助力卫生援疆再踏新征程", "a01"),
        ("2017 旅游", "武进工作组多措并举，助力尼勒克打赢脱贫攻坚战", "a02"),
        ("武进 旅游", "武进工作组多措并举，助力尼勒克打赢脱贫攻坚战", "a02"),
        ("wjgzz", "武进工作组多措并举，助力尼勒克打赢脱贫攻坚战", "a02"),
    ],
)
def test_a_search_finds_its_article_and_lands_on_it(page, root, words, title, section):
    page.goto(root + "index.html")
    results = search(page, words)
    assert results.count() == 1
    assert title in results.first.text_content()
    results.first.click()
    page.wait_for_url(f"**/issues/2017/020.html?mark=*#{section}")
    heading = page.locator(f"#{section}")
    assert heading.text_content() == title
    box = heading.bounding_box()
    bar = page.locator(".md-header").bounding_box()
    assert bar["height"] <= box["y"] < 500, "the heading stands in view, below the bar"
    assert page.errors == []


def test_the_words_are_marked_in_the_article_and_nowhere_else(page, root):
    page.goto(root + "index.html")
    search(page, "医疗").first.click()
    page.wait_for_selector("article mark")
    assert set(page.locator("mark").all_text_contents()) == {"医疗"}
    assert page.locator(".bulletin-article:not([aria-labelledby=a01]) mark").count() == 0


def test_only_the_phrase_itself_is_marked(page, root):
    page.goto(root + "index.html")
    search(page, "医疗")
    marks = set(page.locator(f"{RESULTS} mark").all_text_contents())
    assert marks == {"医疗"}


def test_a_figure_and_its_word_together_go_before_the_two_apart(page, root):
    page.goto(root + "index.html")
    results = search(page, "20 名")
    assert results.count() > 1
    # Under their issue, so that only the order within it is told by rank.
    together = ["20名" in text.replace(" ", "") for text in results.all_text_contents()]
    assert together == sorted(together, reverse=True)
    assert together[0]
    assert results.first.locator("mark").first.text_content().replace(" ", "") == "20名"


def test_the_headline_of_the_contents_list_finds_its_article(page, root):
    page.goto(root + "index.html")
    results = search(page, "人才培养班")
    assert results.count() == 1
    assert "要目作：" in results.first.text_content()
    assert "#a01" in results.first.get_attribute("href")


def test_no_word_runs_from_one_tag_into_the_next(page, root):
    page.goto(root + "index.html")
    assert search(page, '"攻坚爱心"').count() == 0


def test_nothing_found_is_said(page, root):
    page.goto(root + "index.html")
    assert search(page, "黄河流域").count() == 0
    assert "没有找到“黄河流域”" in page.locator(COUNT).text_content()


def test_the_count_is_told_to_screen_readers(page, root):
    page.goto(root + "index.html")
    search(page, "援疆")
    status = page.locator(f"{BOX} >> xpath=ancestor::*[@role='search'] >> [aria-live=polite]")
    assert status.text_content() == "找到 6 篇文章"


def test_more_results_than_the_box_shows_are_on_the_search_page(page, root):
    page.goto(root + "issues/2017/020.html")
    search(page, "援疆")
    page.click(".search__all")
    page.wait_for_selector("li.result")
    assert page.input_value("#search-query") == "援疆"
    assert page.locator("li.result").count() == 6


def test_the_keyboard_does_it_all(page, root):
    page.goto(root + "issues/2017/020.html")
    page.keyboard.press("/")
    page.keyboard.type("援疆")
    page.wait_for_selector(RESULTS)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{RESULTS}[aria-selected=true]")
    assert chosen.count() == 1
    assert page.get_attribute(BOX, "aria-activedescendant") == chosen.get_attribute("id")
    address = chosen.get_attribute("href").split("#")[1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**#{address}")
    page.keyboard.press("/")
    page.keyboard.type("医疗")
    page.wait_for_selector(f"{RESULTS} >> visible=true")
    page.keyboard.press("Escape")
    assert page.locator(".search__panel").is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")


def test_half_typed_pinyin_is_not_searched(page, root):
    page.goto(root + "index.html")
    page.focus(BOX)
    page.evaluate(
        """() => {
          const box = document.querySelector('#jianbao-search');
          box.dispatchEvent(new CompositionEvent('compositionstart'));
          box.value = 'yuan qu';
          box.dispatchEvent(new Event('input'));
        }"""
    )
    page.wait_for_timeout(300)
    assert page.locator(".search__panel").is_hidden()
    page.evaluate(
        """() => {
          const box = document.querySelector('#jianbao-search');
          box.value = '园区';
          box.dispatchEvent(new CompositionEvent('compositionend'));
        }"""
    )
    page.wait_for_selector(RESULTS)


def test_no_request_leaves_the_site(page, root):
    page.goto(root + "index.html")
    search(page, "园区").first.click()
    page.wait_for_url("**#a03")
    outside = [url for url in page.requested if not url.startswith((root, "data:"))]
    assert outside == []
    assert any(url.endswith("search/manifest.js") for url in page.requested)
    assert page.errors == []


@pytest.mark.parametrize("address", ["issues/2017/020.html", "index.html", "search.html"])
def test_before_anybody_types_only_the_box_is_loaded(page, root, address):
    page.goto(root + address)
    page.wait_for_load_state()
    loaded = {url[len(root) :] for url in page.requested if "/search/" in url or "lunr" in url}
    own = {"assets/search/citation.js", "assets/search/page.js"} if address == "search.html" else set()
    assert loaded == {"assets/search/box.js"} | own


@pytest.mark.parametrize("name", ["manifest.js", "lists", "texts/0.js"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_missing_or_damaged_file_is_said_and_not_taken_for_no_result(browser, site, tmp_path, name, damage):
    broken = shutil.copytree(site, tmp_path / "site")
    place = broken / "search" / name
    for file in [place] if place.suffix else list(place.iterdir()):
        text = file.read_text("utf-8")
        file.unlink()
        if damage != "missing":
            file.write_text("" if damage == "empty" else text[: len(text) // 2], "utf-8")
    page = browser.new_page()
    page.goto(broken.as_uri() + "/index.html")
    assert search(page, "园区").count() == 0
    message = page.locator(COUNT).text_content()
    assert "检索文件没有读到或已损坏" in message
    assert f"search/{name.split('/')[0].split('.')[0]}" in message
    page.close()


def test_numbers_that_were_cut_short_are_noticed(browser, site, tmp_path):
    broken = shutil.copytree(site, tmp_path / "site")
    for file in (broken / "search" / "lists").iterdir():
        file.write_text(file.read_text("utf-8").replace('"园区":"', '"园区":"5?'), "utf-8")
    page = browser.new_page()
    page.goto(broken.as_uri() + "/index.html")
    assert search(page, "园区").count() == 0
    assert "检索文件没有读到或已损坏" in page.locator(COUNT).text_content()
    page.close()


@pytest.fixture
def published(site, tmp_path):
    """The address of a published folder of one edition on a server."""
    shutil.copytree(site, tmp_path / "2017.20")
    (tmp_path / "latest").symlink_to("2017.20")
    handler = functools.partial(QuietHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("start", ["latest/index.html", "latest/issues/2017/020.html", "latest/search.html"])
def test_under_latest_a_search_stays_within_one_edition(browser, published, start):
    """Whatever is published while the page is open: the index is read where nothing changes."""
    page = browser.new_page()
    page.add_init_script("window.jianbaoEdition = { name: '2017.20', date: '2017-08-08' };")
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(published + start)
    found = search(page, "脱贫")
    assert found.first.evaluate("link => link.href").startswith(published + "latest/issues/2017/020.html")
    index = [
        url
        for url in requested
        if "/search/" in url and not url.endswith(("/box.js", "/page.js", "/citation.js"))
    ]
    assert len(index) > 3
    assert [url for url in index if not url.startswith(published + "2017.20/")] == []
    page.close()


def test_an_edition_s_own_address_reads_its_own_index(browser, published):
    page = browser.new_page()
    page.add_init_script("window.jianbaoEdition = { name: '2017.20', date: '2017-08-08' };")
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(published + "2017.20/index.html")
    assert search(page, "脱贫").count()
    assert [url for url in requested if not url.startswith(published + "2017.20/")] == []
    page.close()
