"""Literal text in Markdown: text → Markdown that shows exactly this text, and back.

Text from a source is data. Whatever it holds (``# not a heading``, ``[x](javascript:…)``, ``&lt;``) must show
on the page as it was printed, and an editor must still be able to read it: only what Markdown would
interpret is escaped.
"""

from __future__ import annotations

import html
import re

from markdown import Markdown

# The characters that begin inline markup wherever they stand (Python-Markdown's inline patterns).
_INLINE = re.compile(r"[\\`*_\[\]{}]")
# An ampersand that HTML would take for the start of an entity.
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What begins a block where it begins a line: heading, quotation, list item, rule, fence.
_BLOCK = re.compile(r"(?P<mark>#|>|[-+](?=\s|$|-)|/(?=//)|~(?=~~))|(?P<number>\d+)(?P<dot>\.)(?=\s|$)")
_ESCAPED = re.compile(r"\\([\\`*_\[\]{}#>+.\-])|&(lt|amp|#47|#124|#126|#9);")
# What Markdown would interpret, once what is escaped is out of the way.
_MARKUP = re.compile(r"[*_`\[]|^(?:#|>|[-+] |\d+\. )", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_ENTITIES = {"lt": "<", "amp": "&", "#47": "/", "#124": "|", "#126": "~", "#9": "\t"}


def escape(text: str) -> str:
    """Markdown, one line, that shows ``text``.

    ``text`` is one line without white space at its ends and without control characters, as the importer
    makes it. Raises ValueError where it holds a line break, which no escape could keep.
    """
    if "\n" in text or "\r" in text:
        raise ValueError("一个段落里不能有换行")
    escaped = _INLINE.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text))
    escaped = escaped.replace("<", "&lt;").replace("\t", "&#9;")
    return _BLOCK.sub(_escape_block_start, escaped, count=1) if _BLOCK.match(escaped) else escaped


def _escape_block_start(match: re.Match[str]) -> str:
    if match["dot"]:
        return match["number"] + "\\."
    # Markdown has no backslash escape for these two.
    return {"/": "&#47;", "~": "&#126;"}.get(match["mark"], "\\" + match["mark"])


def unescape(markdown: str) -> str:
    """The text that ``escape`` was given; Markdown that a person added stays as typed."""
    return _ESCAPED.sub(lambda match: match[1] or _ENTITIES[match[2]], markdown)


def shown(markdown: str) -> str:
    """The words that a page shows for a block of ``markdown``: of what a person added, only the marks go.

    ``shown(escape(text))`` is ``text``; ``**重点**工作`` is 重点工作, a link its words, a heading its title.
    """
    if not _MARKUP.search(_ESCAPED.sub("", markdown)):
        return unescape(markdown)
    converter = Markdown()
    # As in the dialect of the pages: HTML is text.
    converter.preprocessors.deregister("html_block")
    for pattern in ("html", "entity", "autolink", "automail"):
        converter.inlinePatterns.deregister(pattern)
    return html.unescape(_TAG.sub("", converter.convert(markdown))).strip()
