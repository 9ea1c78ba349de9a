"""Small facts about Chinese text that recognising rests on: numerals, closing marks, likeness of headlines."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff〇"

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "Ｏ": 0,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = r"[0-9〇○零一二三四五六七八九十百千两]+"
# A year figure by figure. Its zero is typed in many ways: 二〇一八, 二○一八, 二零一八, 二O一八, 二0一八.
YEAR = r"[一二][〇○零一二三四五六七八九]{3}"
_TYPED_YEAR = re.compile(r"(?<![0-9A-Za-z])[一二](?:[〇○零一二三四五六七八九0OoΟ◯]{3})(?=\s*年)")
_TYPED_ZEROS = str.maketrans("0OoΟ◯○", "〇〇〇〇〇〇")

# A headline so many times as long as another is not another wording of it.
MOST_LONGER = 3

_CLOSERS = "”’」』）)》〉】］]\"'"
_TERMINALS = "。！？!?…；;：:"
# Opening mark → closing mark. ASCII quotation marks are left out: they do not tell which of the two they are.
PAIRS = {"《": "》", "“": "”", "（": "）", "(": ")", "【": "】", "「": "」", "〔": "〕"}


def number(numeral: str) -> int:
    """The value of ``20``, ``二十``, ``一百零三`` or ``二〇一八`` (figure by figure).

    Raises ValueError where it is none of these.
    """
    numeral = unicodedata.normalize("NFKC", numeral).strip()
    if numeral.isascii():
        return int(numeral)
    if not any(unit in numeral for unit in _UNITS):
        return int("".join(str(_DIGITS[c]) if c in _DIGITS else c for c in numeral))
    total = digit = 0
    for char in numeral:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            raise ValueError(numeral)
    return total + digit


def plain_zeros(text: str) -> str:
    """``text`` in which years figure by figure have one zero: ``二O一八年`` → ``二〇一八年``."""
    return _TYPED_YEAR.sub(lambda match: match[0].translate(_TYPED_ZEROS), text)


def ends_sentence(text: str) -> bool:
    """Whether a paragraph may end here: a full stop or its like, closing quotes and brackets passed over."""
    return text.rstrip(_CLOSERS + " \u3000").endswith(tuple(_TERMINALS))


def open_pair(text: str) -> str | None:
    """The first opening mark in ``text`` that is not closed in it (``《`` cut by a page break), or None."""
    for opening, closing in PAIRS.items():
        if text.count(opening) > text.count(closing):
            return opening
    return None


# Each headline is compared with every other one of its issue.
@functools.lru_cache(maxsize=4096)
def comparable(text: str) -> str:
    """``text`` without what two printings of one headline differ in: spaces, punctuation, width, case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded))


def likeness(one: str, other: str) -> float:
    """How alike two headlines are, 0 to 1; one that is wholly part of the other counts as 0.9 at least."""
    one, other = comparable(one), comparable(other)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(long) > MOST_LONGER * len(short) and short not in long:
        return 0.0
    ratio = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return max(ratio, 0.9) if len(short) >= 6 and short in long else ratio


def joined_digits(text: str) -> str:
    """``text`` without the spaces that a conversion put between figures or letters and Han characters."""
    return re.sub(
        rf"(?<=[{HAN}])[ \u00a0\u3000]+(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])[ \u00a0\u3000]+(?=[{HAN}])", "", text
    )
