"""Where Markdown shows a line otherwise than it was typed: what was no mark to the editor is one to Markdown.

What an editor sets on purpose is let be: ``**重点**``, ``*重点*``, a link, a picture, a table, a list with ``- ``, a
quotation with ``> ``, a heading with ``### ``. All else that does not show as typed is told: by its pattern where it
changes the whole block, else by showing the line and comparing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from markdown import Markdown

from jianbao import literal

_TABLE_RULE = re.compile(r"\|?[ :|-]*-[ :|-]*\|[ :|-]*$")
# What typed text may hold that Markdown reads as a mark; without one of these it shows as it is.
_MARK = re.compile(r"[\\`*_\[\]{}&<]|^\s*(?:[#>+=~-]|/{3}|\d+\.)|^(?: {4}|\t)")
_BLOCKS = (
    # pattern, what becomes of the line, what to put before its group `here` so that it does not
    (re.compile(r" {0,3}\d{1,9}(?P<here>\.)\s"), "会变成自动编号的列表", "\\"),
    (re.compile(r" {0,3}(?P<here>#)(?!##+ )"), "会变成标题", "\\"),
    (re.compile(r" {0,3}(?P<here>[*+])[ \t]"), "会变成列表，行首的“{}”不见了", "\\"),
    (re.compile(r" {0,3}(?P<here>>)(?! )"), "会变成引文，行首的“>”不见了", "\\"),
    (re.compile(r" {0,3}(?:(?:-[ ]?){3,}|(?:\*[ ]?){3,}|(?:_[ ]?){3,}|=+)$"), "会变成横线，或使上一行变成标题", None),
    (re.compile(r" {0,3}(?:```|~~~)"), "会变成代码", None),
)  # fmt: skip
_CODE = re.compile(r"(?P<here> {4,}|\t+)\S")
_ON_PURPOSE = (
    re.compile(r"!?\[(?P<words>(?:\\.|[^\]\\])*)\]\([^()]*\)"),
    re.compile(r"(?<!\\)\*\*(?=[^\s*])(?P<words>.+?)(?<=[^\s\\])\*\*"),
    # A single star between figures multiplies.
    re.compile(r"(?<![\\*\dA-Za-z])\*(?=[^\s*])(?P<words>[^*]+?)(?<=[^\s\\])\*(?![*\dA-Za-z])"),
    re.compile(r"^(?:[-+] |> |#{3,} )(?P<words>.*)$"),
)
_TAG = re.compile(r"<[^>]*>")
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")
_ENTITY = re.compile(r"&(?!(?:lt|amp|#47|#124|#126|#9);)(?P<name>#?\w{1,10});")


class Slip(NamedTuple):
    """A place in a block: its line from 0, what shows there; to put ``new`` in place of ``start:end`` mends it."""

    line: int
    message: str
    start: int = 0
    end: int = 0
    new: str | None = None


def slips(block: Sequence[str], follows_list: bool = False) -> Iterator[Slip]:
    """Where the lines of a block (no empty line in it) show otherwise than typed."""
    if not any(_MARK.search(line) for line in block) or _is_table(block):
        return
    found = [slip for n, line in enumerate(block) for slip in _block_slips(n, line, follows_list)]
    yield from found
    told = {slip.line for slip in found}
    for number, line in enumerate(block):
        if number not in told and _MARK.search(line):
            yield from _inline_slips(number, line)


def html_slips(line: str) -> Iterator[Slip]:
    """HTML that was typed to take effect: tags show as they are, entities as their character."""
    for match in _HTML.finditer(line):
        yield Slip(0, f"“{match[0]}”会照原样显示出来")
    for match in _ENTITY.finditer(line):
        if html.unescape(match[0]) != match[0]:
            message = f"“{match[0]}”会显示成“{html.unescape(match[0])}”"
            yield Slip(0, message, match.start(), match.start() + 1, "&amp;")


def _is_table(block: Sequence[str]) -> bool:
    return len(block) > 1 and bool(_TABLE_RULE.match(block[1]))


def _block_slips(number: int, line: str, follows_list: bool) -> Iterator[Slip]:
    for pattern, message, before in _BLOCKS:
        match = pattern.match(line)
        if match:
            if before is None:
                yield Slip(number, f"“{line[:12]}”{message}")
            else:
                start = match.start("here")
                yield Slip(number, f"“{line[:12]}”{message.format(match['here'])}", start, start, before)
            return
    code = _CODE.match(line)
    if number == 0 and code and not follows_list:
        yield Slip(number, "行首空了四格，会变成代码", *code.span("here"), "")


def _inline_slips(number: int, line: str) -> Iterator[Slip]:
    if _HTML.search(line) or _ENTITY.search(line):  # told by the rule for HTML
        return
    typed = line
    for pattern in _ON_PURPOSE:
        typed = pattern.sub(lambda match: match["words"], typed)
    expected, shown = _squeezed(literal.unescape(typed)), _squeezed(_shown(line))
    if expected != shown:
        at = next((i for i, (a, b) in enumerate(zip(expected, shown, strict=False)) if a != b), len(shown))
        around = expected[max(0, at - 6) : at + 8]
        message = f"“{around}”中的“{expected[at : at + 1]}”不会照样显示"
        # Where nothing was set on purpose, the line as a whole is text.
        if typed == line:
            yield Slip(number, message, 0, len(line), literal.escape(literal.unescape(line).strip()))
        else:
            yield Slip(number, message)


def _shown(line: str) -> str:
    converter = _converter()
    shown = converter.reset().convert(line)
    return html.unescape(_TAG.sub("", re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\1", shown)))


@cache
def _converter() -> Markdown:
    # As mkdocs.yml has them: each knows marks of its own.
    return Markdown(extensions=["attr_list", "tables", "toc", "jianbao.markdown_dialect"])


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
