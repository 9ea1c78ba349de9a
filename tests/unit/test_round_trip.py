"""Source → Markdown → HTML: what a reader sees in an article is what the source printed."""

import html
import re

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st
from test_literal import EXTENSIONS, LINES

from jianbao import page, recognise
from jianbao.sources import Line, Source

HEAD = (
    "援疆工作简报",
    "2019年第1期",
    "前方指挥部",
    "2019年1月2日",
    "【本期要目】",
    "★ 武进工作组推进产业援疆工作",
)
TITLE = "武进工作组推进产业援疆工作"

# A paragraph as printed: any line that ends as a paragraph does, so that it is not taken for half of one.
PARAGRAPHS = st.lists(LINES.map(lambda line: f"近日，{line}，取得实效。"), min_size=1, max_size=4)


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS)
def test_what_was_printed_is_what_is_read(printed):
    texts = (*HEAD, TITLE, *printed)
    source = Source("简报.txt", "0" * 64, tuple(Line(n, text) for n, text in enumerate(texts, 1)))
    result = recognise.recognise(source)
    changed = {f.kind for f in result.findings} & {"conversion_mark_removed", "radical_replaced"}
    written = page.write(result.issue)
    body = markdown.markdown(written.split("---\n", 2)[2], extensions=EXTENSIONS)
    shown = re.sub(r"<[^>]*>", "", "\n".join(re.findall(r"<p>(.*?)</p>", body)))
    if not changed:
        assert html.unescape(shown).split("\n") == printed
    assert page.parse(written, "001.md") == result.issue
