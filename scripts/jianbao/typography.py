"""What a paragraph of a bulletin is in print: text, a heading, an editors' note, a credit line; and its lead.

The rules are those by which bulletins are set (GB/T 9704—2012, 7.3.3: headings of the first level 一、 in 黑体,
of the second （一） in 楷体). They only tell how a paragraph shows; its words stay as they are. A mark is set only
where nothing else can be meant: a number needs its neighbours (一、 with 二、), an unnumbered lead its like in the
paragraphs beside it (因地制宜谋脱贫。… 项目惠民助脱贫。…).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jianbao.recognise import notes

_NUMERALS = "一二三四五六七八九十"
# How a heading is numbered → (its level, the pattern).
_NUMBERED = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (1, rf"([{_NUMERALS}]{{1,3}})、(?=\S)"),
        (2, rf"[（(]([{_NUMERALS}]{{1,3}})[）)]、?(?=\S)"),
    )
)
_OWN_LINE = re.compile(r"[^。；！？]{2,40}(?<![：:，、])")
_NUMBERED_LEAD = re.compile(r"[^。；！？]{2,32}。")
# A lead without a number: one short sentence of one or two clauses, no figure in it.
_LEAD = re.compile(r"[^。；！？：:\d]{4,24}。")
_ITEM = re.compile(rf"(?:(?<=[。；！？])|^)([{_NUMERALS}])是[^，。；：！？]{{2,20}}。")
_CREDIT_AT_END = re.compile(r"[（(][^（()）。；]{2,30}(?:供\s?稿|撰\s?稿|供\s?图|报道|摄)[）)]$")
_NOTE_MARK = re.compile(r"[【\[（(〔]?[^：:】\])）〕\s]{1,6}[】\])）〕：:]")
_QUOTES = str.maketrans("", "", "“”‘’《》")

# A lead is a heading only where enough text follows it.
_SHORTEST_TEXT = 20
# So many leads alike, one after another, are headings; two are, where they begin or end in the same words.
_SERIES, _SHARED = 3, 2


@dataclass(frozen=True)
class Mark:
    """A part of a paragraph, from ``start`` up to ``end``, that is set apart, and the name of how."""

    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Form:
    """How a paragraph shows: ``kind`` is text, heading, note, after (编后) or credit; a heading has its level."""

    kind: str = "text"
    level: int = 0
    marks: tuple[Mark, ...] = ()


def forms(paragraphs: Sequence[str]) -> tuple[Form, ...]:
    """The form of each paragraph of one article, in order."""
    numbered = [_number(text) for text in paragraphs]
    series = {level: _runs_on(n[1] for n in numbered if n and n[0] == level) for level, _ in _NUMBERED}
    alike = _alike(paragraphs)
    items = _runs_on(match[1] for text in paragraphs for match in _ITEM.finditer(text))
    result = []
    for position, text in enumerate(paragraphs):
        number = numbered[position]
        edge = position == 0 or position >= len(paragraphs) - 2
        if number and series[number[0]]:
            result.append(_numbered_form(text, *number))
        elif notes.opens_editors_note(text) or notes.closes_article(text):
            kind = "note" if notes.opens_editors_note(text) else "after"
            mark = _NOTE_MARK.match(text)
            result.append(Form(kind, marks=(Mark(0, mark.end(), "note-mark"),) if mark else ()))
        elif edge and notes.is_credit(text):
            result.append(Form("credit"))
        else:
            lead = (Mark(0, alike[position], "run-in"),) if position in alike else ()
            result.append(Form(marks=(*lead, *(_items(text) if items and not lead else ()), *_credit(text))))
    return tuple(result)


def _number(text: str) -> tuple[int, str, int] | None:
    """(level, numeral, where the words begin) of a paragraph that begins with a heading's number."""
    for level, pattern in _NUMBERED:
        match = pattern.match(text)
        if match:
            return level, match[1], match.end()
    return None


def _runs_on(numerals: Iterable[str]) -> bool:
    """Whether numbers are a series, with 一 and 二 in it, and not 一、二等奖 at the head of a paragraph."""
    return {"一", "二"} <= set(numerals)


def _numbered_form(text: str, level: int, numeral: str, start: int) -> Form:
    if _OWN_LINE.fullmatch(text, start):
        return Form("heading", level)
    lead = _NUMBERED_LEAD.match(text, start)
    return Form(marks=(*((Mark(0, lead.end(), f"run-in-{level}"),) if lead else ()), *_credit(text)))


def _alike(paragraphs: Sequence[str]) -> dict[int, int]:
    """Position of a paragraph → end of its lead, for leads that stand in a series of the same build."""
    leads = [_lead(text) for text in paragraphs]
    found: dict[int, int] = {}
    start = 0
    for position in range(1, len(leads) + 1):
        if position < len(leads) and _same_build(leads[position - 1], leads[position]):
            continue
        run = range(start, position)
        if len(run) >= _SERIES or (len(run) == 2 and _share_words(leads[start], leads[start + 1])):
            found.update((each, len(leads[each])) for each in run)
        start = position
    return found


def _lead(text: str) -> str:
    match = _LEAD.match(text)
    return match[0] if match and len(text) - match.end() >= _SHORTEST_TEXT else ""


def _same_build(one: str, other: str) -> bool:
    """Whether two leads have as many clauses, and these the same length (but for one character) or words."""
    clauses, others = (lead.translate(_QUOTES).rstrip("。").split("，") for lead in (one, other))
    if not (one and other and len(clauses) == len(others)):
        return False
    lengths = zip(map(len, clauses), map(len, others), strict=True)
    return all(abs(a - b) <= 1 for a, b in lengths) or _share_words(one, other)


def _share_words(one: str, other: str) -> bool:
    return one[:_SHARED] == other[:_SHARED] or one[-_SHARED - 1 :] == other[-_SHARED - 1 :]


def _items(text: str) -> tuple[Mark, ...]:
    """The leads 一是…。 二是…。 that have text of their own behind them."""
    found = list(_ITEM.finditer(text))
    followed = {match.start() for match in found} | {len(text)}
    return tuple(Mark(m.start(), m.end(), "run-in-item") for m in found if m.end() not in followed)


def _credit(text: str) -> tuple[Mark, ...]:
    match = _CREDIT_AT_END.search(text)
    return (Mark(match.start(), match.end(), "credit-at-end"),) if match else ()
