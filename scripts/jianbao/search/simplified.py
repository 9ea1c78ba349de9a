"""Traditional → simplified characters, one for one, so that 園區 finds 园区.

The pairs are OpenCC's. A character of GB 2312, the set of simplified Chinese, is never changed: 乾 in 乾隆 and
後 in a name stay what they are where simplified text uses them. The browser tells by the same rule whether a
query needs the table at all (``bigrams.js``).
"""

from __future__ import annotations

import re

import opencc

_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))


def _pairs() -> dict[int, str]:
    characters = "".join(chr(code) for first, end in _BLOCKS for code in range(first, end))
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(traditional): simple
        for traditional, simple in zip(characters, simplified, strict=True)
        if simple != traditional and len(simple) == 1 and not _is_in_gb2312(traditional)
    }


def _is_in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


# Code point → simplified character, for ``str.translate``.
SIMPLIFIED = _pairs()
_TRADITIONAL = re.compile(f"[{''.join(map(chr, SIMPLIFIED))}]")


def is_traditional(text: str) -> bool:
    """Whether ``text`` has any character that the table changes."""
    return _TRADITIONAL.search(text) is not None
