"""The dialect: an article's head and section, and what an editor may not do by accident or on purpose."""

import markdown
import pytest


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


def test_an_article_is_a_section_with_its_tags():
    assert html(ARTICLE).replace("\n", "") == (
        '<article aria-labelledby="a02" class="bulletin-article bulletin-article--brief">'
        '<h2 id="a02">武进工作组多措并举</h2>'
        '<div class="article-head article-head--brief">'
        '<p class="article-subtitle">——助力*脱贫* &amp;lt;</p>'
        '<ul class="article-tags">'
        '<li class="article-tag article-tag--group">武进工作组</li>'
        '<li class="article-tag article-tag--theme">脱贫攻坚</li>'
        '<li class="article-tag article-tag--place">尼勒克县</li>'
        "</ul></div><p>因地制宜谋脱贫。</p></article>"
    )


def test_each_article_has_its_own_section():
    both = html(ARTICLE + "\n" + ARTICLE.replace("a02", "a03"))
    assert both.count("<article") == both.count("</article>") == 2
    assert both.index("</article>") < both.index('id="a03"')


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
