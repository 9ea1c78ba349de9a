"""The Content-Security-Policy of every page: it hinders nothing of ours and lets nothing else run."""

from html.parser import HTMLParser

import pytest

from browser.conftest import kinds
from jianbao.site.policy import policy

DATA = {"application/json", "application/ld+json"}
INJECTED = """
<script>window.ran = "script"</script>
<svg><script>window.ran = "script in a picture"</script></svg>
<img src="data:," onerror="window.ran = 'handler'">
<a id="injected" href="javascript:window.ran = 'address'">x</a>
<script src="data:text/javascript,window.ran = 'data'"></script>
<script src="http://elsewhere.invalid/x.js"></script>
<img src="http://elsewhere.invalid/x.png">
<iframe src="search.html"></iframe>
<base href="http://elsewhere.invalid/">
<style>body { margin-left: 77px !important; }</style>
<p id="styled" style="margin-left: 77px !important">x</p>
"""


class InPage(HTMLParser):
    """What of a page is script or style in the page itself, and the first thing in its head."""

    def __init__(self, text):
        super().__init__()
        self.found, self.tags = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "style" or (
            tag == "script" and "src" not in attributes and attributes.get("type") not in DATA
        ):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in attributes if name == "style" or name.startswith("on")]
        self.found += [
            value for value in attributes.values() if (value or "").lower().startswith("javascript:")
        ]


def test_each_page_begins_with_the_policy_and_has_no_script_or_style_in_it(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        page = InPage(path.read_text("utf-8"))
        assert page.found == [], path
        first = page.tags[[tag for tag, _ in page.tags].index("head") + 1]
        assert first == ("meta", {"http-equiv": "Content-Security-Policy", "content": policy()}), path


def test_no_kind_of_page_is_hindered(page, root, site):
    for name in kinds(site):
        page.goto(root + name)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert [error for error in page.errors if "Policy" in error] == []


@pytest.fixture
def injected(site):
    """An issue's page into which someone got markup, unlike anything that the build lets through."""
    whole = (site / "issues/2017/020.html").read_text("utf-8").replace("../../", "")
    path = site / "injected.html"
    path.write_text(whole.replace('<div class="bulletin">', INJECTED + '<div class="bulletin">'), "utf-8")
    yield path.name
    path.unlink()


def test_injected_markup_does_nothing(page, root, injected):
    page.goto(root + injected)
    page.evaluate("document.querySelector('#injected').click()")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.body).marginLeft") == "0px"
    assert page.evaluate("getComputedStyle(document.querySelector('#styled')).marginLeft") == "0px"
    assert page.url.startswith(root)
    assert page.evaluate("document.querySelector('.site-bar__name').href") == root + "index.html"
    assert [frame.url for frame in page.frames[1:] if frame.url.startswith(root)] == []
    hindered = [error for error in page.errors if "Content Security Policy" in error]
    assert len(hindered) >= 9, page.errors
    # The page's own scripts ran.
    assert page.locator(".type-size").is_visible()


def test_dark_and_light_are_remembered(page, root):
    page.goto(root + "index.html")
    assert page.get_attribute("body", "data-md-color-scheme") == "default"
    page.click("label[for=__palette_1]")
    for name in ("issues/2017/020.html", "search.html", "index.html"):
        page.goto(root + name)
        assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    page.click("label[for=__palette_0]")
    page.goto(root + "issues/2017/020.html")
    assert page.get_attribute("body", "data-md-color-scheme") == "default"
    assert page.errors == []


def test_dark_is_there_before_material_s_script(page, root):
    page.add_init_script("""localStorage.setItem('jianbao.__palette', '{"color": {"scheme": "slate"}}')""")
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(root + "index.html")
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"


def test_a_damaged_memory_does_no_harm(page, root):
    page.add_init_script("localStorage.setItem('jianbao.__palette', '{color: 7, ');")
    page.goto(root + "index.html")
    assert page.get_attribute("body", "data-md-color-scheme") == "default"
    assert page.errors == []
