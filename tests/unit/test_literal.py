"""Text from a source shows on the page as it was printed: text → Markdown → HTML text is the identity."""

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao import literal

PRINTED = [
    "<script>alert(1)</script>",
    "{{ config.site_name }} 与 {% raw %}",
    "[x](javascript:alert(1))",
    "![图](http://example.invalid/a.png)",
    "# 不是标题",
    "1986. was a year",
    "3.5亿元",
    "* star",
    "- 一项",
    "+ 一项",
    "> 引文",
    "---",
    "///",
    "/// 文章",
    "~~~",
    "```python",
    "&lt;不是标签&gt; R&D &#60;",
    "文字 {: onclick=alert(1) } 与 {#a01}",
    "王**和李**",
    "C:\\Users\\..\\..",
    "甲|乙\n".strip(),
    "* * *",
    "a_b_c __x__",
    "<https://example.invalid> 与 <a@example.invalid>",
    "【本期要目】“组团式”——",
    "表头\t表尾",
]

# Those of mkdocs.yml, and fenced_code, which MkDocs adds.
EXTENSIONS = ["attr_list", "tables", "fenced_code", "toc", "jianbao.markdown_dialect"]


def shown(markdown_text: str) -> str:
    """What a reader sees of one block of Markdown."""
    markup = markdown.markdown(markdown_text, extensions=EXTENSIONS)
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).strip("\n")


@pytest.mark.parametrize("text", PRINTED)
def test_source_text_shows_as_printed(text):
    escaped = literal.escape(text)
    assert shown(escaped) == text
    assert "<p>" in markdown.markdown(escaped, extensions=EXTENSIONS)
    assert literal.unescape(escaped) == text


# One printed line: no control or unassigned characters, no white space at its ends.
LINES = (
    st.text(
        alphabet=st.one_of(
            st.sampled_from("\\`*_[]{}()<>#+-.!&|/:;=~^\"'0123456789 \t"),
            st.sampled_from("援疆工作组一二三（）《》“”，。"),
            st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")),
        ),
        min_size=1,
        max_size=40,
    )
    .map(str.strip)
    .filter(bool)
)


@given(LINES)
def test_any_line_shows_as_printed(text):
    assert shown(literal.escape(text)) == text
    assert literal.unescape(literal.escape(text)) == text


def test_a_line_break_is_refused():
    with pytest.raises(ValueError, match="换行"):
        literal.escape("上一行\n下一行")


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**重点**工作", "重点工作"),
        ("见[第5期](005.md)和`代码`", "见第5期和代码"),
        ("### 强化保障", "强化保障"),
        ("- 甲\n- 乙", "甲\n\n乙"),
        (r"\*不是\*强调，*这是*", "*不是*强调，这是"),
        ("<b>不是</b>标签，**是**", "<b>不是</b>标签，是"),
        ("没有标记", "没有标记"),
    ],
)
def test_of_what_an_editor_added_only_the_words_are_shown(markdown, words):
    assert literal.shown(markdown).split() == words.split()


@given(LINES)
def test_what_was_escaped_is_shown_as_it_was(text):
    assert literal.shown(literal.escape(text)) == text
