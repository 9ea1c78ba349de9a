"""Search as a reader uses it, on a server and from file:// with the network off."""

import shutil

import pytest

BOX = "#jianbao-search"
RESULTS = "[role=option]"


def search(page, words):
    page.fill(BOX, words)
    page.wait_for_function("document.querySelector('.search__count').textContent !== ''")
    return page.locator(RESULTS)


@pytest.mark.parametrize(
    ("words", "title", "section"),
    [
        ("园区", "南京工作组四措并举推进伊宁市脱贫攻坚工作", "a03"),
        ("麦西来普", "加强培训助力卫生援疆再踏新征程", "a01"),
        ("20万册", "海门20万册援疆“爱心寄语”图书抵达伊宁", "a07"),
        ("20 万册", "海门20万册援疆“爱心寄语”图书抵达伊宁", "a07"),
        ("２０万册图书和９万多名", "海门20万册援疆“爱心寄语”图书抵达伊宁", "a07"),
        ("36471", "加强培训助力卫生援疆再踏新征程", "a01"),
        ("2017 旅游", "武进工作组多措并举，助力尼勒克打赢脱贫攻坚战", "a02"),
        ("武进 旅游", "武进工作组多措并举，助力尼勒克打赢脱贫攻坚战", "a02"),
    ],
)
def test_a_search_finds_its_article_and_lands_on_it(page, root, words, title, section):
    page.goto(root + "index.html")
    results = search(page, words)
    assert results.count() == 1
    assert title in results.first.text_content()
    assert page.locator(f"{RESULTS} mark").count() >= 1
    results.first.click()
    page.wait_for_url(f"**/issues/2017/020.html#{section}")
    heading = page.locator(f"#{section}")
    assert heading.text_content() == title
    box = heading.bounding_box()
    bar = page.locator(".md-header").bounding_box()
    assert bar["height"] <= box["y"] < 500, "the heading stands in view, below the bar"
    assert page.errors == []


def test_only_the_phrase_itself_is_marked(page, root):
    page.goto(root + "index.html")
    search(page, "医疗")
    marks = set(page.locator(f"{RESULTS} mark").all_text_contents())
    assert marks == {"医疗"}


def test_a_figure_and_its_word_together_go_before_the_two_apart(page, root):
    page.goto(root + "index.html")
    results = search(page, "20 名")
    assert results.count() > 1
    together = ["20名" in text.replace(" ", "") for text in results.all_text_contents()]
    assert together == sorted(together, reverse=True)
    assert together[0]
    assert results.first.locator("mark").first.text_content().replace(" ", "") == "20名"


def test_the_headline_of_the_contents_list_finds_its_article(page, root):
    page.goto(root + "index.html")
    results = search(page, "人才培养班")
    assert results.count() == 1
    assert "要目作：" in results.first.text_content()
    assert results.first.get_attribute("href").endswith("#a01")


def test_no_word_runs_from_one_tag_into_the_next(page, root):
    page.goto(root + "index.html")
    assert search(page, "攻坚爱心").count() == 0


def test_nothing_found_is_said(page, root):
    page.goto(root + "index.html")
    assert search(page, "黄河流域").count() == 0
    assert page.locator(".search__count").text_content() == "没有找到含有“黄河流域”的文章"


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
    page.wait_for_selector(f"{RESULTS} >> visible=true")
    page.keyboard.press("Escape")
    assert page.locator(".search__panel").is_hidden()


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
    assert any(url.endswith("assets/search/index.js") for url in page.requested)
    assert page.errors == []


def test_a_page_that_is_only_read_loads_no_index(page, root):
    page.goto(root + "issues/2017/020.html")
    assert not [url for url in page.requested if "search/index.js" in url or "lunr" in url]


def test_a_missing_index_is_said_and_not_taken_for_no_result(browser, site, tmp_path):
    broken = shutil.copytree(site, tmp_path / "site")
    (broken / "assets" / "search" / "index.js").unlink()
    page = browser.new_page()
    page.goto(broken.as_uri() + "/index.html")
    search(page, "园区")
    assert "检索文件没有读到" in page.locator(".search__count").text_content()
    page.close()
