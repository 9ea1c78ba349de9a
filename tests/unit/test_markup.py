"""What Markdown would show otherwise than typed."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from test_literal import LINES

from jianbao import literal
from jianbao.check import markup

MARKS = st.text("甲乙12 *_`#>[]().-+~&<\\|{}:!/ab", min_size=1, max_size=12).map(str.strip).filter(bool)
# As mkdocs.yml has them.
EXTENSIONS = ["attr_list", "tables", "toc", "jianbao.markdown_dialect"]


CONVERTER = Markdown(extensions=EXTENSIONS)


def shown(text):
    return re.sub(r"\s", "", html.unescape(re.sub("<[^>]*>", "", CONVERTER.reset().convert(text))))


@settings(max_examples=120, deadline=None)
@given(LINES | MARKS)
def test_escaped_text_is_never_told(text):
    escaped = literal.escape(text)
    assert list(markup.slips([escaped])) == []
    assert list(markup.html_slips(escaped)) == []


@settings(max_examples=120, deadline=None)
@given(MARKS)
def test_what_is_not_told_shows_as_typed_but_for_marks_set_on_purpose(text):
    if any(markup.slips([text])) or any(markup.html_slips(text)):
        return
    typed = re.sub(r"\s", "", literal.unescape(text))
    # Emphasis, links and the marks of a list or quotation are set on purpose; what they mark still shows.
    purposeful = set("*![]():->#/ab12甲乙.+~`_|{}&<\\") if shown(text) != typed else set()
    assert [c for c in shown(text) if c not in purposeful] == [c for c in typed if c not in purposeful]
    if shown(text) != typed:
        assert re.search(r"\*\S|\]\(|^[->#]", text), text


@settings(max_examples=120, deadline=None)
@given(MARKS)
def test_a_mended_line_shows_as_it_was_typed(text):
    line = text
    for _ in range(4):
        slip = next(iter(markup.slips([line])), None)
        if slip is None or slip.new is None:
            break
        line = line[: slip.start] + slip.new + line[slip.end :]
    if line != text and not any(markup.slips([line])):
        purposeful = re.search(r"\*\S|\]\(|^[->#]", text)
        assert purposeful or shown(line) == re.sub(r"\s", "", literal.unescape(text)), line


@pytest.mark.parametrize(
    "text",
    [
        "（一）加强领导。",
        "1．加强领导",
        "2017.8.9 地震",
        "[2017]20号",
        "甲_乙_丙",
        "投入 3 * 4 米",
        "~3万",
        "+3℃",
        "<5万元",
        "R&D",
    ],
)
def test_what_bulletins_print_is_let_be(text):
    assert list(markup.slips([text])) == list(markup.html_slips(text)) == []
