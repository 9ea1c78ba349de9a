"""The contents list (要目): its entries, each a feature or a brief, without leaders, page numbers and marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from jianbao.issue import Kind
from jianbao.recognise import han, marks, notes
from jianbao.recognise.layout import Layout
from jianbao.sources import Line

LONGEST_LABEL = 8
LONGEST_ENTRY = 90
# A headline of the contents list is set over no more lines than this.
MOST_LINES = 3


@dataclass(frozen=True)
class Entry:
    """One headline of the contents list, with the line on which it stands."""

    title: str
    kind: Kind
    line: int


@dataclass(frozen=True)
class Contents:
    """The entries in printed order; ``end`` is the index of the first line after the list.

    ``columns`` are the names of the bulletin's own columns (领导活动) that head parts of the list, with the
    kind of what stands under each.
    """

    entries: tuple[Entry, ...]
    end: int
    columns: dict[str, Kind] = field(default_factory=dict)


def find(lines: Sequence[Line], start: int, layout: Layout) -> Contents:
    """The contents list that begins at line index ``start``; no entries where none begins there."""
    if start >= len(lines):
        return Contents((), start)
    if layout.is_contents(lines[start].text):
        first = start + 1
        rows = _rows_of_table(lines, first)
        after = first + bool(rows)
        found = _Reader((*lines[:first], *rows, *lines[after:]), first, layout).read()
        return replace(found, end=found.end - len(rows) + bool(rows))
    if _is_list_of_column(lines, start, layout):
        return _Reader(lines, start, layout).read()
    return Contents((), start)


def _rows_of_table(lines: Sequence[Line], index: int) -> tuple[Line, ...]:
    """The rows of a table in which a list is set, headline and page number, each as a line; else none."""
    table = lines[index].table if index < len(lines) else ()
    rows = [[cell for cell in row if cell] for row in table]
    is_list = all(len(row) <= 2 and (len(row) < 2 or row[1].isdecimal()) for row in rows)
    texts = ("\t".join(row) for row in rows if row)
    return tuple(replace(lines[index], text=text, table=()) for text in texts) if is_list else ()


def _is_list_of_column(lines: Sequence[Line], start: int, layout: Layout) -> bool:
    """Whether a column's name at the head of the issue opens a list without 要目 over it.

    Only headlines follow then, and the same name again.
    """
    if layout.column_kind(lines[start].text) is None:
        return False
    name = han.comparable(lines[start].text)
    for index, line in enumerate(lines[start + 1 :], start + 1):
        if han.comparable(line.text) == name:
            return index > start + 1
        if line.table or line.image or len(line.text) > LONGEST_ENTRY or "。" in line.text:
            return False
    return False


class _Reader:
    """Reads a list line by line; what comes after it tells where it ends and what belongs together."""

    def __init__(self, lines: Sequence[Line], start: int, layout: Layout) -> None:
        self.lines, self.start, self.layout = lines, start, layout
        self.later = _headlines(lines[start:])
        self.style = self._style_of_entries()
        self.entries: list[Entry] = []
        self.printed: list[str] = []
        self.named: set[str] = set()
        self.columns: dict[str, Kind] = {}
        self.kind = Kind.FEATURE
        heading = lines[start - 1]
        for part in marks.headlines_in_text(layout.contents_on(heading.text) or ""):
            self._add(part, heading.number)

    def _style_of_entries(self) -> str:
        """How the list's first entry is marked, whatever column it stands under."""
        texts = (line.text for line in self.lines[self.start :])
        return next((marks.style(text) for text in texts if self.layout.column_kind(text) is None), "")

    def read(self) -> Contents:
        index = self.start
        begun_at = [index]
        while index < len(self.lines):
            size = self._take(index)
            if not size:
                break
            index += size
            begun_at.append(index)
        index = self._give_back(index, begun_at)
        return Contents(tuple(self._by_stars()), index, self.columns)

    def _take(self, index: int) -> int:
        """How many lines the entry, column or page mark at ``index`` takes; 0 where the list is over."""
        line = self.lines[index]
        title = marks.listed_headline(line.text)
        column = self.layout.column_kind(title)
        if column is not None:
            return self._take_column(index, title, column)
        if self._is_label(index):
            self.columns[han.comparable(title)] = self.kind
            return 1
        if self._opens_body(index):
            return 0
        size = self._size(index)
        text = "".join(each.text.strip() for each in self.lines[index : index + size])
        for part in marks.headlines_on(text):
            self._add(part, line.number)
        return size

    def _take_column(self, index: int, title: str, kind: Kind) -> int:
        """A column's name belongs to the list where entries follow it, and not yet the articles."""
        is_printed_as_entry = title != self.lines[index].text.strip(" \u3000【】")
        goes_on = index + 1 < len(self.lines) and not self._opens_body(index + 1)
        is_again = bool(self.entries) and han.comparable(title) in self.columns
        # A column without entries, before an article that an entry has named; its heading stands again below.
        is_empty = not goes_on and self._stands_again(title) and self._is_named(index + 1)
        if not is_printed_as_entry and (is_again or not (goes_on or is_empty)):
            return 0
        self.columns[han.comparable(title)] = kind
        self.kind = kind
        return 1

    def _is_named(self, index: int) -> bool:
        text = self.lines[index].text if index < len(self.lines) else ""
        return han.comparable(marks.listed_headline(text)) in self.named

    def _add(self, text: str, line: int) -> None:
        title = marks.listed_headline(text)
        if not title:
            return
        self.entries.append(Entry(title, self.kind, line))
        self.printed.append(text)
        # In the body, the subtitle stands on a line of its own: the first line tells already.
        self.named |= {han.comparable(title), han.comparable(title.partition("——")[0])}

    def _opens_body(self, index: int) -> bool:
        """Whether the line is no more of the list: running text, a note, or a headline for the second time.

        A list with bullets or numbers ends at the first line without, unless that line stands again: then it
        is an entry all the same.
        """
        line = self.lines[index]
        # A headline may end like a credit line (…宣传片拍摄); a note has no bullet.
        if line.table or line.image or (notes.is_note(line.text) and not marks.has_bullet(line.text)):
            return True
        title = marks.listed_headline(line.text)
        if not title or han.comparable(title) in self.named or han.comparable(title) in self.columns:
            return True
        if marks.has_leader(line.text):
            return False
        if len(line.text) > LONGEST_ENTRY or line.text.endswith("。") or notes.subtitle(line.text):
            return True
        if self.style and marks.style(line.text) != self.style:
            return not (self._stands_again(line.text) or marks.has_bullet(line.text))
        return not self.style and self._is_apart(index)

    def _is_apart(self, index: int) -> bool:
        """Whether more empty lines stand before this line than between the entries: the list is over."""
        if len(self.entries) < 2 or self._stands_again(self.lines[index].text):
            return False
        gap = self.lines[index].number - self.lines[index - 1].number
        usual = max(self.lines[i].number - self.lines[i - 1].number for i in range(self.start + 1, index))
        return gap > usual

    def _is_label(self, index: int) -> bool:
        """Whether a line only heads a part of the list (领导活动): a short line unlike the entries under it."""
        if index + 1 >= len(self.lines):
            return False
        text, following = self.lines[index].text, self.lines[index + 1].text
        title = marks.listed_headline(text)
        if len(title) > LONGEST_LABEL or marks.has_leader(text) or self._is_followed_by_text(title):
            return False
        if han.comparable(title) in self.columns or not marks.listed_headline(following):
            return False
        # What is marked like the entries above is one, and what heads a part has an entry below.
        is_marked_alike = bool(self.entries and self.style) and marks.style(text) == self.style
        if is_marked_alike or han.comparable(marks.listed_headline(following)) in self.named:
            return False
        is_bracketed = text.strip().startswith(("【", "[", "［", "〖"))
        entry_follows = self._stands_again(following) or marks.has_leader(following)
        is_unlike = marks.style(text) != marks.style(following) or marks.has_leader(following)
        return entry_follows and (is_bracketed or is_unlike)

    def _is_followed_by_text(self, title: str) -> bool:
        """Whether a headline stands again further down and running text comes after it there."""
        key = han.comparable(title)
        return any(
            len(line.text) <= LONGEST_ENTRY
            and han.comparable(marks.listed_headline(line.text)) == key
            and han.ends_sentence(after.text)
            for line, after in zip(self.lines[self.start + 1 :], self.lines[self.start + 2 :], strict=False)
        )

    def _size(self, index: int) -> int:
        """Over how many lines the headline at ``index`` is set."""
        for size in range(1, MOST_LINES + 1):
            part = self.lines[index : index + size]
            if self._stands_again("".join(line.text.strip() for line in part)):
                return size + self._has_subtitle(index + size)
        size = 1
        while index + size < len(self.lines) and size < MOST_LINES and self._goes_on(index + size):
            size += 1
        return size

    def _has_subtitle(self, index: int) -> bool:
        return index < len(self.lines) and notes.subtitle(self.lines[index].text) is not None

    def _goes_on(self, index: int) -> bool:
        """Whether a line is the rest of the entry above it."""
        before, line = self.lines[index - 1].text, self.lines[index].text
        if marks.has_leader(before) or self._stands_again(line) or self._is_label(index):
            return False
        if notes.subtitle(line):
            return marks.has_leader(line) or bool(self.style)
        is_unmarked = bool(self.style) and not marks.style(line)
        is_short = len(line) <= LONGEST_ENTRY and not line.endswith("。")
        has_pages = any(marks.has_leader(text) for text in self.printed)
        return is_short and marks.has_leader(line) and (is_unmarked or (not self.style and has_pages))

    def _stands_again(self, text: str) -> bool:
        return self.later[han.comparable(marks.listed_headline(text))] > 1

    def _give_back(self, index: int, begun_at: Sequence[int]) -> int:
        """Where the list really ends: a line that text follows is the first article's title, not an entry."""
        if index >= len(self.lines) or not self._is_text(index):
            return index
        start = max((start for start in begun_at if start < index), default=index)
        last = self.lines[start]
        if (
            self.style
            or marks.has_leader(last.text)
            or not self.entries
            or self.entries[-1].line != last.number
            or self._stands_again(last.text)
        ):
            return index
        self.entries.pop()
        self.printed.pop()
        return start

    def _is_text(self, index: int) -> bool:
        text = self.lines[index].text
        if han.comparable(marks.listed_headline(text)) in self.named:
            return False
        return (
            text.endswith("。")
            or len(text) > LONGEST_ENTRY
            or bool(notes.subtitle(text))
            or notes.is_credit(text)
        )

    def _by_stars(self) -> list[Entry]:
        """Where no heading parts briefs from features, stars may: ★ for the long articles, ☆ for the briefs."""
        hollow = ["☆" in text[:4] for text in self.printed]
        if self.kind is not Kind.FEATURE or not any(hollow) or all(hollow):
            return self.entries
        return [
            replace(entry, kind=Kind.BRIEF if is_hollow else Kind.FEATURE)
            for entry, is_hollow in zip(self.entries, hollow, strict=True)
        ]


def _headlines(lines: Sequence[Line]) -> Counter[str]:
    """How often each headline stands, over one line or several: one of the list stands again over its article."""
    found: Counter[str] = Counter()
    for index, line in enumerate(lines):
        text = ""
        for size in range(1, MOST_LINES + 1):
            if index + size > len(lines) or len(text) > LONGEST_ENTRY:
                break
            part = lines[index + size - 1].text
            if size > 1 and (len(line.text) > LONGEST_ENTRY or part.endswith("。")):
                break
            text += part.strip()
            if len(text) <= LONGEST_ENTRY * 2:
                found[han.comparable(marks.listed_headline(text))] += 1
        # The title of a brief is the first sentence of its paragraph.
        sentence, _, rest = line.text.partition("。")
        if rest and len(sentence) <= LONGEST_ENTRY:
            found[han.comparable(marks.listed_headline(sentence))] += 1
    return found
