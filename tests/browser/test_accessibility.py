"""axe-core finds nothing to complain about on any kind of page, in either scheme; folded parts opened."""

from pathlib import Path

import pytest

from browser.conftest import kinds

AXE = Path(__file__).parent / "vendor" / "axe-core-4.10.3.min.js"
SCHEMES = {"light": "default", "dark": "slate"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_violation(browser, site, served, scheme):
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    page = context.new_page()
    page.goto(served)
    if scheme == "dark":
        page.click(".md-header__button[for=__palette_1]")
    names = kinds(site)
    assert {"index.html", "search.html", "404.html", "issues/2017/020.html"} <= set(names)
    found = [f"{name}：{each}" for name in names for each in violations(page, served + name, scheme)]
    context.close()
    assert found == []


def violations(page, address, scheme):
    page.goto(address)
    body = page.locator("body")
    if body.get_attribute("data-md-color-scheme"):
        assert body.get_attribute("data-md-color-scheme") == SCHEMES[scheme], "the scheme is remembered"
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    yield from complaints(page)


def complaints(page):
    """What axe finds wrong with the page as it is shown."""
    page.add_script_tag(path=AXE)
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    for violation in result["violations"]:
        for node in violation["nodes"][:3]:
            yield f"{violation['id']} {node['html'][:160]} {node['failureSummary'].splitlines()[1:2]}"


def test_search_results_have_no_violation(browser, served):
    page = browser.new_page(bypass_csp=True)
    page.goto(served + "search.html?q=脱贫")
    page.wait_for_selector(".results li")
    page.add_script_tag(path=AXE)
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    page.close()
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in result["violations"]] == []
