"""Punctuation by autocorrect, held to what is right in a Chinese official document.

Of autocorrect's rules those are on that carry out GB/T 15834—2011 (标点符号用法) and GB/T 15835—2011 (出版物上数字用法):
full-width punctuation after Han, no space beside it, figures and letters of ordinary width. Those are off that set a
space between Han and Latin letters or figures: bulletins have none or have them as they were printed, and neither
standard asks for them. Addresses, links' targets, code and an article's id are never touched.
"""

from __future__ import annotations

import difflib
import json
import re
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

import autocorrect_py

_ON = ("fullwidth", "no-space-fullwidth", "no-space-fullwidth-quote", "halfwidth-word")
_OFF = (
    "space-word", "space-punctuation", "space-bracket", "space-backticks", "space-dash", "space-dollar",
    "halfwidth-punctuation", "spellcheck",
)  # fmt: skip
_UNTOUCHED = re.compile(
    r"https?://[^\s）)》”，。；、]+|www\.[\w./-]+|[\w.+-]+@[\w.-]+|\]\([^()]*\)|`[^`]*`|\{[#:.][^}]*\}",
    re.ASCII,
)
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
# A full-width space sets a paragraph in or a name apart, on purpose; ordinary ones before a line mean nothing.
_WIDE_SPACE = "\u3000"
_INDENT = re.compile(r" *")


class Kind(Enum):
    """What an edit mends."""

    MARK = "标点"
    SPACE = "空格"
    WIDTH = "全角"


class Edit(NamedTuple):
    """The characters ``start`` to ``end`` of a line, as they stand and as they should."""

    start: int
    end: int
    old: str
    new: str

    @property
    def kind(self) -> Kind:
        if _WIDE.search(self.old):
            return Kind.WIDTH
        return Kind.SPACE if not self.old.strip() and not self.new else Kind.MARK


@cache
def _configure() -> None:
    """Set autocorrect up, once in a process: it keeps its settings for all."""
    rules = {name: int(name in _ON) for name in (*_ON, *_OFF)}
    autocorrect_py.load_config(json.dumps({"rules": rules}))


@lru_cache(512)  # three rules ask of the same lines
def edits(line: str) -> tuple[Edit, ...]:
    """What autocorrect would change in a line of text, left to right."""
    _configure()
    corrected = autocorrect_py.format(line)
    if corrected == line:
        return ()
    untouched = [match.span() for match in _UNTOUCHED.finditer(line)]
    indent = _INDENT.match(line).end()
    steps = difflib.SequenceMatcher(None, line, corrected, autojunk=False).get_opcodes()
    return tuple(
        Edit(a, b, line[a:b], corrected[c:d])
        for tag, a, b, c, d in steps
        if tag != "equal"
        and a >= indent
        and _WIDE_SPACE not in line[a:b]
        and not any(a < end and start < b for start, end in untouched)
    )
