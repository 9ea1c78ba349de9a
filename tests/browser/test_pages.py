"""The pages as a reader sees them, and hostile text that must stay text."""

import pytest

from archives import import_into, new_archive
from browser.conftest import kinds
from jianbao import site_builder


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["index.html", "issues/2017/020.html", "404.html"])
def test_no_page_is_wider_than_the_screen(page, root, name, width):
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(root + name)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_kind_of_page_stays_within_the_site(page, root, site):
    names = kinds(site)
    assert len(names) > 8
    for name in names:
        page.goto(root + name)
    # The 404 page looks for the site's root above it, for it may stand for any address.
    looked_for = [url for url in page.requested if not url.startswith((root, "data:"))]
    assert [url for url in looked_for if not url.startswith("file:")] == []
    assert [each for each in page.errors if "ERR_FILE_NOT_FOUND" not in each] == []


def test_the_issue_page(page, root):
    page.goto(root + "issues/2017/020.html")
    assert page.title() == "2017年第20期 · 援疆工作简报"
    assert page.locator(".masthead__number").text_content() == "2017年第20期（总第20期）"
    assert page.locator("article.bulletin-article--feature").count() == 4
    assert page.locator("article.bulletin-article--brief").count() == 4
    paragraphs = [page.locator(f"article[aria-labelledby=a{n:02d}] > p").count() for n in range(1, 9)]
    assert paragraphs == [5, 7, 1, 4, 1, 1, 1, 1]
    assert page.locator("article[aria-labelledby=a02] .article-tag--group").all_text_contents() == [
        "武进工作组"
    ]
    assert page.locator("article[aria-labelledby=a01] .article-tag--group").count() == 0
    assert page.locator(".distribution dd").text_content().count("，") == 9
    page.click(".contents >> text=江阴工作组")
    assert page.url.endswith("#a04")
    assert page.errors == []


def test_the_original_is_a_link(page, root, site):
    page.goto(root + "issues/2017/020.html")
    address = page.locator(".imprint__original a").evaluate("link => link.href")
    assert address == root + "originals/2017/020.txt"
    assert (site / "originals/2017/020.txt").is_file()


HOSTILE = """援疆<b onclick=hacked()>简报
2019年第1期
前方指挥部<script>hacked()</script>办公室
2019年1月2日
【本期要目】
★ <script>hacked()</script>武进工作组{{ config.site_name }}推进工作
<script>hacked()</script>武进工作组{{ config.site_name }}推进工作
——[副题](javascript:hacked()) &lt;b&gt;
近日，<img src=x onerror=hacked()>工作组{{ 7 * 7 }}走访{: onclick=hacked() }群众。
[点我](javascript:hacked())，<a href="http://example.invalid/">看</a>，&lt;script&gt;，![图](http://example.invalid/x.png)。
# 不是标题，是一段文字。
1986. was a year，不是列表。
~~~
/// 文章
</script><script>hacked()</script>，这一段结束。
报：</dd><script>hacked()</script>单位，"引号"单位。
"""


def test_hostile_text_stays_text(browser, tmp_path):
    source = tmp_path / 'x"><script>hacked()<script>.txt'
    source.write_text(HOSTILE, "utf-8")
    target = new_archive(tmp_path / "档案")
    import_into(target, source)
    site_builder.build(target)
    page = browser.new_page()
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.add_init_script("window.hacks = 0; window.hacked = () => { window.hacks += 1; };")
    root = target.site.as_uri() + "/"
    for name in ("index.html", "issues/2019/001.html"):
        page.goto(root + name)
        page.fill("#jianbao-search", "script")
        page.wait_for_selector("[role=option]")
        for link in page.locator(".md-content a").all():
            assert link.evaluate("a => a.protocol") == "file:"
    text = page.locator(".md-content").text_content()
    for line in (
        "<script>hacked()</script>武进工作组{{ config.site_name }}推进工作",
        "——[副题](javascript:hacked()) &lt;b&gt;",
        "{{ 7 * 7 }}走访{: onclick=hacked() }群众",
        '[点我](javascript:hacked())，<a href="http://example.invalid/">看</a>，&lt;script&gt;',
        "# 不是标题",
        "1986. was a year",
        "~~~",
        "/// 文章",
        "</dd><script>hacked()</script>单位",
    ):
        assert line in text
    assert page.locator("article.bulletin-article").count() == 1
    assert page.evaluate("window.hacks") == 0
    assert [url for url in requested if not url.startswith((root, "data:"))] == []
    page.close()
