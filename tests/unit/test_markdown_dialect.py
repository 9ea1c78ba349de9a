"""The dialect: an article's head and section, and what an editor may not do by accident or on purpose."""

import markdown
import pytest

from jianbao.markdown_dialect import articles


def html(text):
    return markdown.markdown(text, extensions=["attr_list", "tables", "toc", "jianbao.markdown_dialect"])


ARTICLE = """## 武进工作组多措并举 {#a02}

/// 文章
    栏目: 动态
    副题: 助力*脱贫* &lt;
    工作组: [武进工作组]
    地点: [尼勒克县]
    主题: [脱贫攻坚]
///

因地制宜谋脱贫。
"""


def test_an_article_is_a_section_with_its_head():
    assert html(ARTICLE).replace("\n", "") == (
        '<article aria-labelledby="a02" class="bulletin-article bulletin-article--brief">'
        '<header class="article-head"><h2 id="a02">武进工作组多措并举</h2>'
        '<p class="article-subtitle">——助力*脱贫* &amp;lt;</p></header>'
        "<p>因地制宜谋脱贫。</p></article>"
    )


def test_a_page_that_shows_nothing_is_no_fault():
    assert html("") == html("[a]: https://example.org") == ""


def test_each_article_has_its_own_section():
    both = html(ARTICLE + "\n" + ARTICLE.replace("a02", "a03"))
    assert both.count("<article") == both.count("</article>") == 2
    assert both.index("</article>") < both.index('id="a03"')


def test_a_page_is_taken_apart_by_article():
    second = ARTICLE.replace("a02", "a03").replace("因地制宜谋脱贫。", "第二篇。\n\n第三段。")
    parts = articles(html(ARTICLE + "\n" + second))
    assert list(parts) == ["a02", "a03"]
    assert parts["a02"].text == "<p>因地制宜谋脱贫。</p>"
    assert parts["a03"].text == "<p>第二篇。</p>\n<p>第三段。</p>"
    assert '<h2 id="a03">' in parts["a03"].head


def test_a_line_that_an_editor_underlined_stays_in_its_article():
    (part,) = articles(html(ARTICLE + "\n小标题\n---\n\n其后一段。\n")).values()
    assert "小标题</h2>" in part.text
    assert part.text.endswith("<p>其后一段。</p>")


def shown(body):
    return articles(html(ARTICLE.replace("因地制宜谋脱贫。\n", body)))["a02"].text.replace("\n", "")


def test_headings_and_leads_are_set_apart_and_no_word_is_changed():
    body = (
        "（一）规划到位\n\n编制三年规划。\n\n（二）资金到位。今年投入2000万元，全部到账。（武进工作组供稿）\n"
    )
    assert shown(body) == (
        '<h3 class="text-heading text-heading--2">（一）规划到位</h3><p>编制三年规划。</p>'
        '<p><b class="run-in-2">（二）资金到位。</b>今年投入2000万元，全部到账。'
        '<b class="credit-at-end">（武进工作组供稿）</b></p>'
    )


def test_headings_of_two_levels_follow_each_other_in_order():
    body = "一、产业\n\n（一）引进来\n\n签约。\n\n（二）走出去\n\n参展。\n\n二、民生\n\n建房。\n"
    assert [part[:3] for part in shown(body).split("<")[1:] if part.startswith("h")] == [
        "h3 ", "h4 ", "h4 ", "h3 ",
    ]  # fmt: skip


def test_the_emphasis_of_an_editor_is_left_as_it_is():
    body = "一、搭建**平台**。投入资金，建设厂房。\n\n二、优化服务。设立窗口，一次办结。\n"
    assert shown(body) == (
        "<p>一、搭建<strong>平台</strong>。投入资金，建设厂房。</p>"
        '<p><b class="run-in-1">二、优化服务。</b>设立窗口，一次办结。</p>'
    )


def test_a_table_scrolls_in_its_own_frame():
    table = shown("| 单位 | |\n| --- | --- |\n| 武进 | 12 |\n")
    assert table.startswith('<div aria-label="表格" class="table-frame" role="region" tabindex="0"><table')
    assert "<td></td>" in table, "a head cell without words is no head"
    assert table.endswith("</table></div>")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>x()</script>", "<p>&lt;script&gt;x()&lt;/script&gt;</p>"),
        ("<div onclick='x()'>块</div>", "<p>&lt;div onclick='x()'&gt;块&lt;/div&gt;</p>"),
        ("[看](javascript:x())", "<p><span>看</span></p>"),
        ("[看](java\tscript:x())", "<p><span>看</span></p>"),
        ("[看](data:text/html,x)", "<p><span>看</span></p>"),
        ("[看](//example.invalid/)", "<p><span>看</span></p>"),
        ("[看](https://example.invalid/)", '<p><a href="https://example.invalid/">看</a></p>'),
        ("[看](../2017/020.md#a01)", '<p><a href="../2017/020.md#a01">看</a></p>'),
        ("[看](&#106;avascript:x())", "<p><span>看</span></p>"),
        ("[看](javascript&colon;x())", "<p><span>看</span></p>"),
        ("[看](java&Tab;script&colon;x())", "<p><span>看</span></p>"),
        ("[看](/\\example.invalid/)", "<p><span>看</span></p>"),
        ("![图](http://example.invalid/x.png)", "<p><span>图</span></p>"),
        ("![图](http&colon;//example.invalid/x.png)", "<p><span>图</span></p>"),
        ("![图](&#47;/example.invalid/x.png)", "<p><span>图</span></p>"),
        ("![图](/\\example.invalid/x.png)", "<p><span>图</span></p>"),
        (
            "![图](images/x.png)",
            '<figure><img alt="图" src="images/x.png" /><figcaption>图</figcaption></figure>',
        ),
        ("一段\n{: onclick=x() style=color:red .大 }", '<p class="大">一段</p>'),
        ("<https://example.invalid/>", "<p>&lt;https://example.invalid/&gt;</p>"),
    ],
)
def test_no_html_and_only_safe_links(typed, shown):
    assert html(typed).replace("\n", "") == shown


def test_a_link_by_reference_is_held_to_the_same():
    typed = "[看][甲]\n\n[甲]: &#106;avascript:x()"
    assert html(typed).replace("\n", "") == "<p><span>看</span></p>"


def test_a_table_s_columns_are_aligned_by_class():
    """A page's policy allows no style in the page itself."""
    table = html("|甲|乙|丙|\n|:-|:-:|-:|\n|1|2|3|")
    for tag, words in (("th", "甲乙丙"), ("td", "123")):
        for side, word in zip(("left", "center", "right"), words, strict=True):
            assert f'<{tag} class="aligned-{side}">{word}</{tag}>' in table
    assert "style" not in table
