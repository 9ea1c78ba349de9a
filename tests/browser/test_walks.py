"""The home page, years, lists, the matrix and the timeline as a reader walks through them."""

import pytest


@pytest.fixture
def plain(browser, root):
    """A page in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    context.set_offline(root.startswith("file:"))
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


PAGES = [
    "index.html",
    "years/2017.html",
    "timeline.html",
    "matrix.html",
    "groups/wujingongzuozu.html",
    "groups/wujingongzuozu/tuopingongjian.html",
    "themes/tuopingongjian.html",
    "places/nileikexian.html",
]


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_is_wider_than_the_screen_asks_elsewhere_or_leads_nowhere(page, root, width):
    page.set_viewport_size({"width": width, "height": 740})
    links = set()
    for name in PAGES:
        page.goto(root + name)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        links |= set(page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)"))
    assert [url for url in page.requested if not url.startswith((root, "data:"))] == []
    assert page.errors == []
    if root.startswith("http"):
        targets = {link.split("#")[0].split("?")[0] for link in links}
        assert [url for url in sorted(targets) if page.request.head(url).status != 200] == []


def test_from_the_home_page_to_an_article_without_scripts(plain, root):
    plain.goto(root + "index.html")
    assert plain.locator(".masthead__number").text_content() == "1 期 · 8 篇文章 · 2017 年"
    plain.click("section[aria-labelledby=by-group] >> text=武进工作组")
    assert plain.locator(".facts dd").all_text_contents() == [
        "常州市武进区",
        "尼勒克县",
        "武进援疆工作组、武进第九批援疆工作组",
        "已核实",
    ]
    plain.click(".trends >> text=脱贫攻坚")
    assert plain.url == root + "groups/wujingongzuozu/tuopingongjian.html"
    plain.click("section[aria-labelledby=year-2017] .articles a")
    assert plain.url == root + "issues/2017/020.html#a02"


def test_the_matrix_and_the_timeline_lead_on(plain, root):
    plain.goto(root + "index.html")
    plain.click("text=工作组与主题对照表")
    plain.click("[title='泰州工作组 × 交流合作']")
    assert plain.locator(".articles a").all_text_contents() == [
        "泰州工作组成功促成扬州泰州国际机场与昭苏机场战略合作"
    ]
    plain.goto(root + "timeline.html")
    assert plain.locator(".timeline tbody td").all_text_contents() == [*[""] * 7, "1", *[""] * 4, "1", "8"]
    plain.click("[title='2017年8月']")
    assert plain.url == root + "years/2017.html#month-08"
    assert plain.locator(".year-issue .contents__feature").count() == 4
    assert plain.locator(".year-issue .contents__brief").count() == 4


def test_the_form_of_the_home_page_searches(page, root):
    page.goto(root + "index.html")
    page.fill("#home-search", "园区")
    page.press("#home-search", "Enter")
    page.wait_for_selector("li.result")
    assert page.input_value("#search-query") == "园区"
    assert page.locator("li.result").count() == 1


def test_a_crossing_leads_to_the_same_articles_in_search(page, root):
    page.goto(root + "groups/wujingongzuozu/tuopingongjian.html")
    page.click("text=在其中检索")
    page.wait_for_selector("li.result")
    assert page.locator("li.result").count() == 1
    assert "武进工作组多措并举" in page.locator("li.result").text_content()


def test_the_heads_of_the_matrix_stay_in_view(page, root):
    page.set_viewport_size({"width": 360, "height": 300})
    page.goto(root + "matrix.html")
    sheet = page.locator(".matrix-sheet")
    sheet.evaluate("sheet => { sheet.scrollLeft = 200; sheet.scrollTop = 100; }")
    frame = sheet.bounding_box()
    assert sheet.evaluate("sheet => sheet.scrollLeft") > 50
    assert page.locator(".matrix tbody th").first.bounding_box()["x"] == pytest.approx(frame["x"], abs=1)
    assert page.locator(".matrix thead th").nth(1).bounding_box()["y"] == pytest.approx(frame["y"], abs=1)
