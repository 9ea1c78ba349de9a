"""How often each tag is used, tags that the vocabulary does not have, and tags that look alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from pypinyin import lazy_pinyin

from jianbao import tagging
from jianbao.shelf import Shelf
from jianbao.site import lists
from jianbao.vocabulary import KINDS, Theme, Vocabulary
from jianbao.vocabulary_care import names

# Names differ by a slip where at most this part of the longer one is another.
SLIP = 0.34
# Two themes share much where this part of the smaller one's key words is the other's.
SHARED = 0.3
_NUMERALS = frozenset("一二三四五六七八九十0123456789")
_DIVISIONS = ("自治县", "自治州", "市", "县", "区", "州", "镇", "乡")


@dataclass(frozen=True)
class Use:
    """A tag of a kind (工作组) and how it is used; ``is_listed`` where the vocabulary has it."""

    kind: str
    name: str
    is_listed: bool
    articles: int = 0
    issues: int = 0
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class Alike:
    """Two tags of a kind that may be one, and why."""

    kind: str
    one: str
    other: str
    reason: str


def of(shelf: Shelf, words: Vocabulary) -> tuple[Use, ...]:
    """Every tag: kind by kind, those of the vocabulary in its order, then those that only pages have."""
    used = {(lists.KINDS[each.kind][0], each.name): each for each in lists.of(shelf)}
    found = []
    for kind in KINDS:
        listed = names.entries(words, kind)
        only_on_pages = sorted(name for each, name in used if each == kind and name not in listed)
        for name in (*listed, *only_on_pages):
            tag = used.get((kind, name))
            counts = (len(tag.articles), tag.issue_count, min(tag.years), max(tag.years)) if tag else ()
            found.append(Use(kind, name, name in listed, *counts))
    return tuple(found)


def alike(uses: tuple[Use, ...], words: Vocabulary) -> Iterator[Alike]:
    """Pairs of tags of one kind that a person should look at."""
    for kind in KINDS:
        entries = names.entries(words, kind)
        for one, other in combinations([use.name for use in uses if use.kind == kind], 2):
            reason = _reason(one, other, kind, words) or _shared_words(entries.get(one), entries.get(other))
            if reason:
                yield Alike(kind, one, other, reason)


def _reason(one: str, other: str, kind: str, words: Vocabulary) -> str:
    a, b = _core(one, kind, words), _core(other, kind, words)
    if a == b:
        return "去掉通名以后相同"
    if lazy_pinyin(a) == lazy_pinyin(b):
        return "同音"
    if min(len(a), len(b)) > 1 and (a in b or b in a):
        return "一个含在另一个里"
    # 四师 and 七师 are counted, not mistyped.
    if len(a) == len(b) and all(x == y or {x, y} <= _NUMERALS for x, y in zip(a, b, strict=True)):
        return ""
    distance = _distance(a, b)
    return f"只差{distance}个字" if distance <= SLIP * max(len(a), len(b)) else ""


def _core(name: str, kind: str, words: Vocabulary) -> str:
    """A name without what most names of its kind end with."""
    if kind == "工作组":
        return tagging.sender_of(name, words) or name
    if kind == "地点":
        ending = next((each for each in _DIVISIONS if name.endswith(each) and len(name) > len(each) + 1), "")
        return name.removesuffix(ending)
    return name


def _shared_words(one: object, other: object) -> str:
    if not isinstance(one, Theme) or not isinstance(other, Theme):
        return ""
    a, b = ({*each.deciding_words, *each.key_words} for each in (one, other))
    shared = a & b
    if not shared or len(shared) < SHARED * min(len(a), len(b)):
        return ""
    return f"共有 {len(shared)} 个关键词（{'、'.join(sorted(shared)[:3])}…）"


def _distance(one: str, other: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
