"""Titles on lines of their own: those that the contents list, then those that look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from jianbao.issue import Kind
from jianbao.recognise import han, marks, notes
from jianbao.recognise.columns import Column
from jianbao.recognise.contents import Entry
from jianbao.recognise.layout import Layout
from jianbao.sources import Line

LONGEST_TITLE = 80
# A title over so many lines at most, its subtitle not counted.
MOST_LINES = 3
# How alike a title and the headline of the contents are that surely mean the same article.
SAME_HEADLINE = 0.75
# A reworded headline is taken for an unlisted title's only if nothing else claims it.
REWORDED_HEADLINE = 0.45
# How much a line must look like a title (see _look) to be one where there are no contents, and where there are.
TITLE_LIKE = 3
UNMISTAKABLE = 4
TEXT_LENGTH = 25
LONGEST_BYLINE = 24

# How news begins, beside with the name of a body.
_OPENINGS = r"近日|日前|近期|近年来|连日来|今年|去年|截至|为|\d{4}年|\d{1,2}月|自|在"
# News begins with its day and a comma, a headline does not: 9月28日，……
_DATED = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日[^，]{0,4}，")
_OPEN_END = ("。", "；", "，", "、", "：", ";", ",", ":")

# What the file's own form says of a line (see sources.Line): heading, bold, centred, large.
Style = tuple[int, bool, bool, bool]
PLAIN: Style = (0, False, False, False)


@dataclass(frozen=True)
class Title:
    """What may be a title, at a line index: ``size`` lines long with its subtitle; ``look`` as _look counts it.

    ``entry`` is the headline of the contents that it answers to, None as long as none is found.
    """

    index: int
    size: int
    text: str
    subtitle: str | None
    look: int = 0
    entry: Entry | None = None

    @property
    def end(self) -> int:
        return self.index + self.size

    @property
    def as_listed(self) -> tuple[str, ...]:
        """How the contents may print it: with its subtitle, or without."""
        return (f"{self.text}——{self.subtitle}", self.text) if self.subtitle else (self.text,)


def find(
    lines: Sequence[Line], columns: Sequence[Column], entries: Sequence[Entry], layout: Layout
) -> list[Title]:
    """The titles that stand on lines of their own in the body, in printed order."""
    opening = _opening(layout.opening_endings)
    headings = {column.heading for column in columns}
    candidates = [
        title for column in columns for index in range(column.start, column.end)
        if index not in headings for title in _candidates(lines[: column.end], index, opening)
    ]  # fmt: skip
    titles = _listed(candidates, entries)
    style = {_style(lines[title.index]) for title in titles} - {PLAIN}
    for column in columns:
        inside = [each for each in candidates if column.start <= each.index < column.end]
        for candidate in _unlisted(lines, column, inside, style, bool(entries)):
            if _is_free(candidate, None, titles):
                titles.append(candidate)
    return sorted(titles, key=lambda title: title.index)


def _listed(candidates: Sequence[Title], entries: Sequence[Entry]) -> list[Title]:
    """The titles that the contents name: those printed alike first, then the likest."""
    titles: list[Title] = []
    by_headline: dict[str, list[Title]] = {}
    for candidate in candidates:
        for text in candidate.as_listed:
            by_headline.setdefault(han.comparable(text), []).append(candidate)
    for entry in entries:
        alike = by_headline.get(han.comparable(entry.title), ())
        same = next((each for each in alike if _is_free(each, entry, titles)), None)
        if same:
            titles.append(replace(same, entry=entry))
    # All that is still free is compared with all that is still free; there is little of it in most issues.
    free = [c for c in candidates if _is_free(c, None, titles) and not notes.is_note(c.text)]
    open_entries = [e for e in entries if all(title.entry != e for title in titles)]
    scored = [
        (max(han.likeness(text, e.title) for text in c.as_listed), c, e) for c in free for e in open_entries
    ]
    scored.sort(key=lambda row: (-row[0], row[1].index))
    for threshold in (SAME_HEADLINE, REWORDED_HEADLINE):
        for score, candidate, entry in scored:
            if score < threshold:
                break
            is_sure = threshold == SAME_HEADLINE or candidate.look >= TITLE_LIKE
            if is_sure and _is_free(candidate, entry, titles):
                titles.append(replace(candidate, entry=entry))
    return titles


def _unlisted(
    lines: Sequence[Line],
    column: Column,
    candidates: Sequence[Title],
    style: set[Style],
    has_contents: bool,
) -> Iterator[Title]:
    """The titles of one column that the contents do not name, by their look."""
    marked = _marked(lines, column, candidates)
    if marked:
        yield from marked
        return
    is_briefs = column.kind is Kind.BRIEF
    if is_briefs and not _begins_with_title(lines, column, candidates):
        return
    for candidate in candidates:
        alike = any(_style(line) in style for line in lines[candidate.index : candidate.end])
        suffices = is_briefs or not has_contents or alike or (not style and candidate.look >= UNMISTAKABLE)
        least = 0 if is_briefs and not has_contents else TITLE_LIKE
        is_first = not has_contents and candidate.index == column.start
        if (suffices and candidate.look >= least and candidate.look > 0) or (is_first and candidate.look):
            yield candidate


def _begins_with_title(lines: Sequence[Line], column: Column, candidates: Sequence[Title]) -> bool:
    first = next((i for i in range(column.start, column.end) if not notes.is_note(lines[i].text)), None)
    return any(candidate.index == first for candidate in candidates)


def _marked(lines: Sequence[Line], column: Column, candidates: Sequence[Title]) -> list[Title]:
    """Titles that share a bullet or count on (1. 2. 3.), where a column begins with the first such line."""
    if column.start >= column.end:
        return []
    first = lines[column.start].text
    style = marks.style(first)
    start = marks.enumerator(first)
    if not style or (start and start.number != 1):
        return []
    alone = [c for c in candidates if c.size == 1 or c.subtitle]
    if not any(c.index == column.start for c in alone):
        return []
    result: list[Title] = []
    for candidate in alone:
        text = lines[candidate.index].text
        number = marks.enumerator(text)
        counts_on = number is None or start is None or number.number == len(result) + 1
        if marks.style(text) == style and counts_on:
            result.append(candidate)
    return result


def _style(line: Line) -> Style:
    return (line.heading, line.bold, line.centred, line.large)


def _is_free(candidate: Title, entry: Entry | None, titles: Sequence[Title]) -> bool:
    overlaps = any(title.index < candidate.end and candidate.index < title.end for title in titles)
    return not overlaps and (entry is None or all(title.entry != entry for title in titles))


def _candidates(lines: Sequence[Line], index: int, opening: re.Pattern[str]) -> list[Title]:
    """The titles that may begin at a line: the line alone, or with those after it where a title is broken."""
    result = []
    for size in range(1, MOST_LINES + 1):
        part = lines[index : index + size]
        if len(part) < size or not all(_may_be_title(line) for line in part[-1:]):
            # A headline may be broken after a colon: 扬州援疆工作组：
            if size == 1 and part and part[0].text.endswith(("：", ":")) and len(part[0].text) <= 20:
                continue
            break
        if notes.subtitle(part[-1].text) is not None:
            break
        text = marks.headline("".join(line.text for line in part))
        following = index + size
        if not text or following >= len(lines):
            break
        subtitle = notes.subtitle(lines[following].text)
        following += subtitle is not None
        if following >= len(lines):
            break
        is_one = _is_one_headline(part) or (not index and _is_broken(part))
        look = _look(lines, index, following, text, bool(subtitle), opening) if is_one else 0
        # 正题 with its 副题 on one line, as some bulletins set it.
        parts = text.split("——", maxsplit=1)
        if not subtitle and len(parts) == 2 and all(len(each) >= 4 for each in parts):
            text, subtitle = parts
        result.append(Title(index, following - index, text, subtitle, look))
    return result


def _is_one_headline(part: Sequence[Line]) -> bool:
    """Whether the file itself shows that lines are one headline, be it a headline or not.

    They are one paragraph of a Word file with a line break in it, or all are larger than text and set in the
    middle. A line that fills the page's width does not show that it is: the last one does.
    """
    first = part[0]
    if all(line.number == first.number for line in part):
        return True
    are_large = all(line.large and line.bold == first.bold and not line.heading for line in part)
    return are_large and part[-1].centred and first.page == part[-1].page


def _is_broken(part: Sequence[Line]) -> bool:
    """Whether two lines at the head of all articles are a headline and the little that did not fit on its line."""
    return len(part) == 2 and len(part[0].text) >= 12 and 3 * len(part[1].text) <= 2 * len(part[0].text)


def _may_be_title(line: Line) -> bool:
    text = line.text
    is_text = bool(text) and not line.table and not line.image
    return is_text and len(text) <= LONGEST_TITLE and not text.endswith(_OPEN_END) and "。" not in text


@cache
def _opening(endings: tuple[str, ...]) -> re.Pattern[str]:
    """How an article's text begins where it is news: with a time, or with a body whose name ends so."""
    bodies = f"|.{{2,14}}(?:{'|'.join(map(re.escape, endings))})" if endings else ""
    return re.compile(f"(?:{_OPENINGS}{bodies})")


def _look(
    lines: Sequence[Line], index: int, following: int, text: str, has_subtitle: bool, opening: re.Pattern[str]
) -> int:
    """How much a line looks like an article's title, by its style, length and neighbours; 0 for not at all."""
    line = lines[index]
    before = lines[index - 1] if index else None
    if (marks.is_list_heading(line.text) and not line.heading) or notes.is_note(line.text):
        return 0
    if _DATED.match(line.text):
        return 0
    after = _text_after(lines, following)
    if after is None or not (len(after.text) > TEXT_LENGTH or han.ends_sentence(after.text) or after.image):
        return 0
    if before and not notes.is_note(before.text) and _is_cut_or_heads(before, line, lines[index:]):
        return 0
    score = 2 * bool(line.heading or line.large) + line.bold + line.centred + 2 * has_subtitle
    length = len(text)
    score += 2 if length >= 12 else 1 if length >= 10 else -1 if length < 8 else 0
    score += 2 if opening.match(after.text) else 0
    if before is None or notes.is_note(before.text):
        score += 2
    elif han.ends_sentence(before.text):
        score += 1
    return max(score, 0)


def _text_after(lines: Sequence[Line], following: int) -> Line | None:
    """The first line after a title that is not about its author."""
    while following < len(lines) and (
        notes.is_credit(lines[following].text) or notes.is_byline(lines[following].text)
    ):
        following += 1
    return lines[following] if following < len(lines) else None


def _is_cut_or_heads(before: Line, line: Line, rest: Sequence[Line]) -> bool:
    """Whether a line is the second half of a cut paragraph, or the author's line under a title."""
    if han.ends_sentence(before.text):
        return False
    if len(before.text) > 40 and not notes.subtitle(before.text):
        return True
    if notes.is_byline(line.text) and _may_be_title(before) and not notes.is_byline(before.text):
        return True
    is_under_title = (
        _may_be_title(before) and len(before.text) >= 8 and not marks.is_list_heading(before.text)
    )
    has_subtitle = len(rest) > 1 and notes.subtitle(rest[1].text) is not None
    return (
        is_under_title
        and len(line.text) <= LONGEST_BYLINE
        and len(before.text) > len(line.text)
        and not has_subtitle
    )
