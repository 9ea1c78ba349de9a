"""Briefs whose title is the first sentence of their paragraph: ``甲县召开推进会。8月1日，……``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jianbao.recognise import han, marks, notes
from jianbao.recognise.contents import Entry
from jianbao.recognise.titles import SAME_HEADLINE
from jianbao.sources import Line

LONGEST_SENTENCE = 60
# Where the contents list the briefs, a longer first sentence is no unlisted brief's title.
LONGEST_UNLISTED = 40

_FIRST_SENTENCE = re.compile(
    rf"^(?P<title>[^。！？!?]{{2,{LONGEST_SENTENCE}}}?)(?:。|(?P<mark>[！？!?]))\s*(?P<rest>.*)$", re.S
)
_SPACED = re.compile(r"^(?P<title>[^。；，]{6,40}?)(?:[ \u3000]{2,}|\u3000)(?P<rest>.{15,}[。”）])$", re.S)
# A brief's first sentence is its title only where it is a headline, not the news itself.
_NEWS = re.compile(r"^(?:近日|日前|近期|今日|昨日|连日来|\d{1,2}月\d{1,2}日|\d{4}年)")
# A paragraph that goes on with the brief above it.
_GOES_ON = re.compile(
    r"^(?:其中|同时|此外|另外|据悉|据了解|下一步|截至|目前|会上|会议|活动|随后|最后|他|她|一是|二是|三是|“)"
)


@dataclass(frozen=True)
class Inline:
    """A brief found at a paragraph: its title, the rest of the paragraph, and the headline it answers to."""

    index: int
    title: str
    rest: Line | None
    entry: Entry | None
    is_news: bool


def find(lines: Sequence[Line], entries: Sequence[Entry], takes_unlisted: bool) -> list[Inline]:
    """The briefs that begin at paragraphs of ``lines``.

    ``entries`` are headlines of the contents that have no article yet. ``takes_unlisted`` tells that the lines
    stand in a column of briefs: then a first sentence may be a title that the contents do not name.
    """
    free = list(entries)
    found: list[Inline] = []
    has_marks = any(marks.has_bullet(line.text) for line in lines)
    for index, line in enumerate(lines):
        if not line.text or line.table or line.image or notes.is_note(line.text):
            continue
        title, rest = _parted(line.text)
        if title is None:
            continue
        entry = max(free, key=lambda e: _same(title, e.title), default=None)
        if entry is not None and _same(title, entry.title) >= SAME_HEADLINE:
            free.remove(entry)
        else:
            entry = None
        is_news = bool(_NEWS.match(title))
        # Where the first brief has no title, the others have none either: each begins with its news.
        is_untitled_too = is_news and bool(found) and found[0].is_news and not found[0].entry
        if (
            entry is None
            and not is_untitled_too
            and not (takes_unlisted and _is_own(line.text, title, rest, has_marks, entries, not found))
        ):
            continue
        if not rest and not entry:
            title = marks.headline(line.text).rstrip("。")
        found.append(Inline(index, title, replace(line, text=rest) if rest else None, entry, is_news))
    return found


def _is_own(
    text: str, title: str, rest: str, has_marks: bool, entries: Sequence[Entry], is_first: bool
) -> bool:
    """Whether an unlisted paragraph in a column of briefs begins a brief, and does not go on with the last."""
    if is_first or marks.has_bullet(text):
        return True
    if has_marks or not rest or _NEWS.match(title) or _GOES_ON.match(title) or marks.is_list_heading(text):
        return False
    return not entries or len(title) <= LONGEST_UNLISTED


def _parted(text: str) -> tuple[str | None, str]:
    """The first sentence as a title, and the rest; (None, "") where a line has no sentence of such a length."""
    spaced = _SPACED.match(text)
    if spaced and not _NEWS.match(marks.headline(spaced["title"])):
        return marks.headline(spaced["title"]), spaced["rest"]
    sentence = _FIRST_SENTENCE.match(text)
    if not sentence:
        return None, ""
    return marks.headline(sentence["title"] + (sentence["mark"] or "")), sentence["rest"]


def _same(title: str, listed: str) -> float:
    """How alike a first sentence and a headline are; news that merely holds the headline's words is not it."""
    if _NEWS.match(title) and len(title) > len(listed) + 6:
        return 0.0
    return han.likeness(title, listed)
