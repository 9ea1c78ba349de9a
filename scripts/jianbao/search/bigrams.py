"""Text → the form in which it is compared → tokens of the search index.

These rules are written twice, here and in ``overrides/assets/search/bigrams.js``, and have one table of
cases: ``tests/cases/bigrams.yml``. They name their characters by code point, so that no two Unicode versions
(Python's, the browser's) can differ.

**Normalised text**, character by character (with the combining marks U+0300–036F that follow it):

1. NFKC, then lower case: ``２０万Ｋｍ`` → ``20万km``.
2. Invisible characters (soft hyphen, zero width, byte order mark) are dropped.
3. A run of white space becomes one space between two word characters that are both not Han, and is dropped
   everywhere else: ``20 万册`` → ``20万册``, ``援 疆`` → ``援疆``, ``New  Oriental`` → ``new oriental``.

Punctuation stays. A **word character** is every character outside ``SEPARATORS``, so that letters of every
script count, those of names in Uyghur or Kazakh too.

**Tokens** of a normalised text: in every run of word characters, each window of two characters
(``产业园区`` → ``产业 业园 园区``); a run of one character is a token by itself.

It follows that a text that contains a word contains every two-character token of the word. The reverse does
not hold, so that what the index finds must still be verified in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CLUSTER = re.compile("[\x00-\U0010ffff][\u0300-\u036f]*")
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_WHITE = "\\t-\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
HAN = "\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SEPARATORS = (
    "\\x00-/:-@\\[-`{-\u00bf\u00d7\u00f7"  # ASCII and Latin-1 punctuation and signs
    "\u2000-\u2bff\u2e00-\u2e7f"  # general punctuation, arrows, symbols
    "\u3000-\u3004\u3008-\u3020\u302a-\u3030\u3036-\u303f\u30fb"  # Chinese and Japanese punctuation
    "\ue000-\uf8ff\ufe00-\ufe6f\uff00-\uffff"  # private use, vertical and width forms
    "\U0001f000-\U0001faff"  # pictures
)
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_SPACE = re.compile(f"[{_WHITE}]")
_NON_HAN_WORD = re.compile(f"[^{SEPARATORS}{HAN}]")
_WORD = re.compile(f"[^{SEPARATORS}]+")


def normalise(text: str) -> str:
    """``text`` in the form in which texts and queries are compared."""
    written: list[str] = []
    space_before = False
    for cluster in _CLUSTER.findall(text):
        for character in unicodedata.normalize("NFKC", cluster).lower():
            if _DROPPED.match(character):
                continue
            if _SPACE.match(character):
                space_before = True
                continue
            if space_before and written and _NON_HAN_WORD.match(written[-1] + character):
                written.append(" " if _NON_HAN_WORD.match(character) else "")
            written.append(character)
            space_before = False
    return "".join(written)


def tokens(normalised: str) -> Iterator[str]:
    """The tokens of a normalised text, in order, with repetitions."""
    for run in _WORD.findall(normalised):
        if len(run) == 1:
            yield run
        for start in range(len(run) - 1):
            yield run[start : start + 2]
