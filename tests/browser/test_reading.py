"""Reading: tags that lead on, an address and a citation to copy, the size of the type, and an address that is lost."""

import shutil

import jinja2
import pytest

from archives import ROOT, new_archive
from bench import corpus
from browser.conftest import wait_until
from jianbao import site_builder
from jianbao.issue import Article, Kind

ISSUE = "issues/2017/020.html"
COPIED = "window.copied = null; document.execCommand = () => { window.copied = getSelection().toString() || document.activeElement.value; return true; };"


def test_tags_lead_to_their_lists(page, root):
    page.goto(root + ISSUE)
    links = page.locator("article[aria-labelledby=a02] .article-tag a")
    assert links.all_text_contents() == ["武进工作组", "脱贫攻坚", "爱心捐赠", "人才培训", "尼勒克县"]
    for link in links.all():
        address, name = link.evaluate("a => a.href"), link.text_content()
        other = page.context.new_page()
        other.goto(address)
        assert other.locator("h1").text_content() == name
        assert other.locator(".md-content a[href$='issues/2017/020.html#a02']").count() == 1
        other.close()


def test_leads_and_items_are_set_apart(page, root):
    page.goto(root + ISSUE)
    assert page.locator("article[aria-labelledby=a02] .run-in").all_text_contents() == [
        "因地制宜谋脱贫。", "项目惠民助脱贫。", "聚焦产业促脱贫。", "智力帮扶带脱贫。", "特色援疆帮脱贫。",
    ]  # fmt: skip
    assert page.locator("article[aria-labelledby=a03] .run-in-item").count() == 4


def test_the_lasting_address_is_copied_without_what_was_searched(page, root):
    page.add_init_script(f"delete Navigator.prototype.clipboard; {COPIED}")
    page.goto(root + ISSUE + "?mark=义诊#a03")
    link = page.locator("article[aria-labelledby=a02] [data-copy-address]")
    link.click()
    assert page.evaluate("window.copied") == root + ISSUE + "#a02"
    assert link.text_content() == "已复制"
    wait_until(page, "document.querySelectorAll('[data-copy-address]')[1].textContent === '本文链接'")
    assert page.errors == []


def test_the_size_of_the_type_is_remembered(page, root):
    page.goto(root + ISSUE)
    size = "parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)"
    usual = page.evaluate(size)
    larger = page.locator(".type-size__button--larger")
    larger.click()
    assert page.evaluate(size) > usual * 1.1
    chosen = page.evaluate(size)
    page.goto(root + "index.html")
    page.goto(root + ISSUE)
    assert page.evaluate(size) == chosen
    for _ in range(3):
        if larger.is_enabled():
            larger.click()
    assert larger.is_disabled()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.errors == []


def test_without_storage_pages_work_all_the_same(page, root):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('SecurityError'); } });"
    )
    page.goto(root + ISSUE)
    page.locator(".type-size__button--larger").click()
    assert page.evaluate("document.documentElement.dataset.typeSize") == "1"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("issues/2017/999.html", "年:2017"),
        ("groups/wujingongzuozu-9.html", "wujingongzuozu 9"),
        ("武进工作组/旅游", "武进工作组 旅游"),
        ("%E5%8", "%E5%8"),
    ],
)
@pytest.mark.parametrize("below", ["", "jianbao/2024/"])
def test_a_lost_address_leads_to_search(browser, site, address, words, below):
    """As a server shows 404.html, at the root and under a path that the build did not know."""
    page = browser.new_page()
    root = f"http://archive.invalid/{below}"

    def answer(route):
        path = route.request.url.split("?")[0]
        file = site / path[len(root) :] if path.startswith(root) and len(path) > len(root) else site / "no"
        lost = not file.is_file()
        route.fulfill(status=404 if lost else 200, path=site / "404.html" if lost else file)

    page.route("**/*", answer)
    page.goto(root + address)
    assert page.locator("h1").text_content() == "没有这一页"
    assert page.input_value("#lost-query") == words
    assert page.locator("a").evaluate("a => a.href") == root + "index.html"
    page.press("#lost-query", "Enter")
    page.wait_for_url(root + "search.html?q=*")
    assert page.input_value("#search-query") == words
    page.close()


def test_citations_are_shown_with_a_button_each(browser):
    """The part of the template, with the citations of another module stood in for."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "overrides"), autoescape=True, trim_blocks=True
    )
    article = Article("a01", Kind.BRIEF, "标题")
    forms = {
        "gbt7714": "某指挥部. <标题>[J]. 简报, 2017(20).",
        "bibtex": "@article{a01}",
        "ris": "TY  - JOUR",
    }
    html = templates.get_template("partials/article-foot.html").render(
        article=article, citations={"a01": forms}, related={}
    )
    page = browser.new_page()
    page.add_init_script(f"delete Navigator.prototype.clipboard; {COPIED}")
    page.goto("about:blank")
    page.set_content(html)
    page.evaluate(COPIED)
    page.add_script_tag(path=ROOT / "overrides/assets/reading/copy.js")
    page.click("summary")
    assert page.locator(".citation__text").all_text_contents() == list(forms.values())
    page.locator(".citation__copy").nth(0).click()
    assert page.evaluate("window.copied") == forms["gbt7714"]
    page.close()


def test_a_page_does_not_grow_with_the_archive(tmp_path):
    """An issue's page is small, and no larger among forty issues than among four, but for related articles."""
    sizes = []
    for count in (4, 40):
        target = new_archive(tmp_path / str(count))
        corpus.write_docs(target.docs, count)
        site_builder.build(target)
        newest = max(target.site.glob("issues/*/*.html"))
        sizes.append(newest.stat().st_size)
        shutil.rmtree(target.root)
    assert max(sizes) < 60_000
    assert sizes[1] - sizes[0] < 8 * 4 * 400
