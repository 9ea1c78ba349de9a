"""Text → the form in which it is compared → tokens of the search index.

These rules are written twice, here and in ``overrides/assets/search/bigrams.js``, and have one table of
cases: ``tests/cases/bigrams.yml``. They name their characters by code point, so that no two Unicode versions
(Python's, the browser's) can differ.

**Normalised text**, character by character (with the combining marks U+0300–036F that follow it):

1. NFKC, then lower case: ``２０万Ｋｍ`` → ``20万km``.
2. Invisible characters (soft hyphen, zero width, byte order mark) are dropped.
3. A traditional character becomes its simplified one (``simplified.py``): ``園區`` → ``园区``.
4. A run of white space becomes one space between two word characters that are both not Han, and is dropped
   everywhere else: ``20 万册`` → ``20万册``, ``援 疆`` → ``援疆``, ``New  Oriental`` → ``new oriental``.

Punctuation stays. A **word character** is every character outside ``SEPARATORS``, so that letters of every
script count, those of names in Uyghur or Kazakh too.

**Stream** of a normalised text: each run of separators is one space, none at the ends. Texts are compared as
streams: where a reader pastes a sentence, which punctuation stands between two words does not matter, that
some stands there does.

**Tokens** of a stream: each window of two characters (``产业园区`` → ``产业 业园 园区``; ``甲、乙`` → ``甲␣
␣乙``), and each word character by itself.

It follows that a text that contains a word contains every token of the word. The reverse does not hold: the
places at which the tokens stand decide (``matching.js``).
"""

from __future__ import annotations

import re
import unicodedata

from jianbao.search.simplified import SIMPLIFIED

_CLUSTER = re.compile("[\x00-\U0010ffff][\u0300-\u036f]*")
_COMBINING = re.compile("[\u0300-\u036f]")
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufeff"
_WHITE = "\\t-\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
HAN = "\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SEPARATORS = (
    "\\x00-/:-@\\[-`{-\u00bf\u00d7\u00f7"  # ASCII and Latin-1 punctuation and signs
    "\u2000-\u2bff\u2e00-\u2e7f"  # general punctuation, arrows, symbols
    "\u3000-\u3004\u3008-\u3020\u302a-\u3030\u3036-\u303f\u30fb"  # Chinese and Japanese punctuation
    "\ue000-\uf8ff\ufe00-\ufe6f\uff00-\uffff"  # private use, vertical and width forms
    "\U0001f000-\U0001faff\U000f0000-\U0010ffff"  # pictures, private use
)
_DROPPED = re.compile(f"[{_INVISIBLE}]")
_SPACE = re.compile(f"[{_WHITE}]")
_NON_HAN_WORD = f"[^{SEPARATORS}{HAN}]"
_SPACES = re.compile(f"(?P<kept>(?<={_NON_HAN_WORD}) +(?={_NON_HAN_WORD}))| +")
_SEPARATOR_RUN = re.compile(f"[{SEPARATORS}]+")


class _Folded(dict):
    """Character → what it is compared as, worked out when it is first met: for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(cluster: str) -> str:
    folded = _DROPPED.sub("", unicodedata.normalize("NFKC", cluster).lower())
    return _SPACE.sub(" ", folded).translate(SIMPLIFIED)


_FOLDED = _Folded()


def normalise(text: str) -> str:
    """``text`` in the form in which texts and queries are compared."""
    if _COMBINING.search(text):
        folded = "".join(map(_fold, _CLUSTER.findall(text)))
    else:
        folded = text.translate(_FOLDED)
    return _SPACES.sub(lambda run: " " if run["kept"] else "", folded)


def stream(text: str) -> str:
    """The stream of a text as printed: normalised, each run of separators one space."""
    return _SEPARATOR_RUN.sub(" ", normalise(text)).strip(" ")
