"""The ledger of figures as a reader sees it."""

import pytest


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["figures.html", "figures/2017-money.html"])
def test_no_page_is_wider_than_the_screen(page, root, name, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(root + name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_the_first_page_to_the_article_a_figure_stands_in(page, root):
    page.goto(root + "figures.html")
    assert "由程序从正文中提取" in page.locator(".figures__warning").text_content()
    assert page.locator("svg.figures__chart circle").count() == 6
    page.click("a[aria-label^='2017年资金数字']")
    assert page.url == root + "figures/2017-money.html"
    first = page.locator(".figures__row").first
    assert first.locator(".figures__size").text_content().split() == ["12.6亿元"]
    assert first.locator("mark").text_content() == "12.6 亿元"
    first.locator("a").click()
    assert page.url == root + "issues/2017/020.html#a02"
    assert page.errors == []


def test_the_downloads_are_there(page, root, site):
    page.goto(root + "figures/2017-money.html")
    for name in ("2017.csv", "2017.json"):
        link = page.locator(f"a[href$='{name}']")
        assert link.evaluate("link => link.href") == root + "data/figures/" + name
        assert (site / "data/figures" / name).is_file()
    assert (site / "data/figures/2017.csv").read_bytes().startswith(b"\xef\xbb\xbf")
