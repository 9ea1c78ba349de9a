"""Which lines of the source became which part of the page: found from their text, after the fact.

The page is the truth and a person may have changed it since, so nothing that the importer knew is enough. Lines
that stand on the page word for word, in the same order, are the anchors; between them a line belongs to what
shares most of its words; what is left may stand anywhere. Each character of the page is given to one line only,
so that a line that is nowhere on the page cannot hide behind a like one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from jianbao.issue import Article, Figure, Issue, Table
from jianbao.recognise import Part, han

# An anchor is long enough not to stand twice by chance, and does not stand all over the page.
SHORTEST_ANCHOR = 6
MOST_PLACES = 40
# A changed line is told by the pieces of this length that it shares with the page: half of it at least.
PIECE = 3
LEAST_SHARED = 0.5
# A line that stands further away than this from its neighbours was moved: it is not drawn beside its place.
NEARBY = 4
# Stands for a picture, which has no text, where texts are compared.
_PICTURE = "\ue000"


@dataclass(frozen=True)
class SourceLine:
    """A line of the source: ``number`` as an editor counts, ``text`` as it looks, a table's rows as lines of it.

    ``became`` are the keys of the blocks that the importer made of it (``a01``, ``a01.2``).
    """

    number: int
    text: str
    page: int = 1
    part: Part = Part.BODY
    has_picture: bool = False
    is_removed: bool = False
    in_margin: bool = False
    became: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What of it is compared with the page."""
        return _PICTURE * self.has_picture + han.comparable(self.text)


@dataclass(frozen=True)
class Block:
    """A piece of the page's articles: the head of one (``key`` a01) or a block of its body (a01.1, a01.2 …)."""

    key: str
    article: Article
    content: str | Table | Figure

    @property
    def is_head(self) -> bool:
        return self.key == self.article.id

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.content,) if isinstance(self.content, str) else self.content.texts

    @property
    def words(self) -> str:
        return _PICTURE * isinstance(self.content, Figure) + "".join(map(han.comparable, self.texts))


@dataclass
class Place:
    """Where a line stands: the indices of its blocks; ``is_moved`` tells that they are not where it is expected."""

    blocks: tuple[int, ...] = ()
    is_moved: bool = False
    span: tuple[int, int] = field(default=(0, 0), repr=False)


@dataclass(frozen=True)
class Row:
    """What stands side by side: lines, as indices, and blocks, as indices; either may be none.

    ``part`` is BODY, or a part of the issue that the page has in its front matter.
    """

    part: Part
    lines: tuple[int, ...]
    blocks: tuple[int, ...]


def blocks_of(issue: Issue) -> tuple[Block, ...]:
    """All of the issue's articles, block by block."""
    return tuple(block for article in issue.articles for block in _blocks(article))


def _blocks(article: Article) -> Iterator[Block]:
    yield Block(article.id, article, article.full_title)
    for number, content in enumerate(article.body, start=1):
        yield Block(f"{article.id}.{number}", article, content)


def places(lines: Sequence[SourceLine], blocks: Sequence[Block]) -> tuple[Place, ...]:
    """For each line its place among ``blocks``; lines that are no text of an article, or removed, have none."""
    page = _Page(blocks)
    found = [Place() for _ in lines]
    words = [line.words if line.part is Part.BODY and not line.is_removed else "" for line in lines]
    for index, start in _chain(words, page.text):
        found[index] = page.take(start, start + len(words[index]))
    for match in (page.exactly_between, page.likely_between):
        # Between what the lines before and after it have taken, a line looks for its place.
        before, after = 0, _next_starts(found, len(page.text))
        for index, text in enumerate(words):
            if text and not found[index].blocks:
                found[index] = match(text, before, after[index]) or found[index]
            before = found[index].span[1] if found[index].blocks else before
    for index, text in enumerate(words):
        if text and not found[index].blocks:
            found[index] = page.anywhere(text) or found[index]
            found[index].is_moved = not _is_near(found, index)
    return tuple(found)


def _next_starts(found: Sequence[Place], end: int) -> list[int]:
    """For each line, where on the page the next line that has a place begins; ``end`` where there is none."""
    starts = []
    for place in reversed(found):
        starts.append(end)
        end = place.span[0] if place.blocks else end
    return starts[::-1]


def _is_near(found: Sequence[Place], index: int) -> bool:
    here = found[index].blocks
    if not here:
        return True
    neighbours = [next((p.blocks for p in side if p.blocks and not p.is_moved), None)
                  for side in (reversed(found[:index]), found[index + 1 :])]  # fmt: skip
    known = [n for n in neighbours if n]
    return not known or any(abs(here[0] - block) <= NEARBY for n in known for block in n)


class _Page:
    """The words of all blocks as one text, of which each character is given away once."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        texts = [block.words for block in blocks]
        self.text = "".join(texts)
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text))
        self._taken = bytearray(len(self.text))

    def take(self, start: int, end: int) -> Place:
        """Give away the characters from ``start`` to ``end``: the blocks that they are in."""
        self._taken[start:end] = b"\1" * (end - start)
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end, lo=first + 1) - 1
        blocks = tuple(i for i in range(first, last + 1) if self._starts[i] < self._starts[i + 1])
        return Place(blocks, span=(start, end))

    def exactly_between(self, words: str, low: int, high: int) -> Place | None:
        """``words`` as they stand between two places of the page and are not taken yet."""
        at = self.text.find(words, low, high)
        while at >= 0 and self._is_taken(at, at + len(words)):
            at = self.text.find(words, at + 1, high)
        return self.take(at, at + len(words)) if at >= 0 else None

    def anywhere(self, words: str) -> Place | None:
        return self.exactly_between(words, 0, len(self.text))

    def likely_between(self, words: str, low: int, high: int) -> Place | None:
        """The blocks between two places that share most of ``words``, as an editor or a repair has changed them."""
        pairs = [
            (at, own)
            for own in range(len(words) - PIECE + 1)
            for at in self._pieces_between(words[own : own + PIECE], low, high - PIECE)
        ]
        # Block → where on the page it has a piece of the line, and which characters of the line these are.
        hits: dict[int, list[int]] = {}
        shared: dict[int, set[int]] = {}
        for at, own in _together(pairs, len(words) // 2 + PIECE):
            block = bisect_right(self._starts, at) - 1
            hits.setdefault(block, []).append(at)
            shared.setdefault(block, set()).update(range(own, own + PIECE))
        covered: set[int] = set()
        blocks = []
        for block in sorted(shared, key=lambda block: -len(shared[block])):
            # A line goes on in the next block (a brief's title, then its text) with words that are not yet found.
            if len(shared[block] - covered) * 2 >= min(self._size(block), len(words)):
                covered |= shared[block]
                blocks.append(block)
        if len(covered) < LEAST_SHARED * len(words):
            return None
        own = [at for block in blocks for at in hits[block]]
        for at in own:
            self._taken[at : at + PIECE] = b"\1" * PIECE
        return Place(tuple(sorted(blocks)), span=(min(own), max(own) + PIECE))

    def _pieces_between(self, piece: str, low: int, high: int) -> Iterator[int]:
        """Where on the page ``piece`` begins from ``low`` to ``high`` and is not taken."""
        at = self._pieces.get(piece, ())
        for start in at[bisect_left(at, low) : bisect_right(at, high)]:
            if not self._is_taken(start, start + PIECE):
                yield start

    @cached_property
    def _pieces(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at in range(len(self.text) - PIECE + 1):
            found.setdefault(self.text[at : at + PIECE], []).append(at)
        return found

    def _size(self, block: int) -> int:
        return self._starts[block + 1] - self._starts[block]

    def _is_taken(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) >= 0


def _together(pairs: Sequence[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    """Of places on the page and in the line that hold the same, those that run side by side, but for ``width``.

    What a phrase that comes again elsewhere has in common with the line is left out so.
    """
    by_shift = sorted(pairs, key=lambda pair: pair[0] - pair[1])
    shifts = [at - own for at, own in by_shift]
    ends = [bisect_right(shifts, shift + width) for shift in shifts]
    first = max(range(len(shifts)), key=lambda i: ends[i] - i, default=0)
    return by_shift[first : ends[first]] if by_shift else []


@dataclass(frozen=True)
class _Link:
    """A line placed on the page: ``weight`` is that of the whole chain of placed lines that ends with it."""

    line: int
    start: int
    end: int
    weight: int
    before: _Link | None


def _chain(words: Sequence[str], page: str) -> list[tuple[int, int]]:
    """(line, place on the page) of the lines that stand there word for word and in order: the weightiest such chain."""
    # Chains by where they end, each weightier than those that end before.
    ends: list[int] = []
    best: list[_Link] = []
    for index, text in enumerate(words):
        if len(text) < SHORTEST_ANCHOR and _PICTURE not in text:
            continue
        links = []
        for start in _occurrences(text, page):
            position = bisect_right(ends, start) - 1
            before = best[position] if position >= 0 else None
            weight = (before.weight if before else 0) + len(text)
            links.append(_Link(index, start, start + len(text), weight, before))
        for link in links:
            position = bisect_left(ends, link.end)
            if position and best[position - 1].weight >= link.weight:
                continue
            stop = position
            while stop < len(best) and best[stop].weight <= link.weight:
                stop += 1
            if stop == position and position < len(ends) and ends[position] == link.end:
                continue
            ends[position:stop], best[position:stop] = [link.end], [link]
    chain = []
    link = best[-1] if best else None
    while link:
        chain.append((link.line, link.start))
        link = link.before
    return chain[::-1]


def _occurrences(text: str, page: str) -> list[int]:
    found = []
    at = page.find(text)
    while at >= 0 and len(found) <= MOST_PLACES:
        found.append(at)
        at = page.find(text, at + 1)
    return found if len(found) <= MOST_PLACES or _PICTURE in text else []


def rows(lines: Sequence[SourceLine], found: Sequence[Place], count: int) -> tuple[Row, ...]:
    """What stands side by side, in order: every line and every one of ``count`` blocks in exactly one row."""
    firsts = [min(place.blocks) if place.blocks and not place.is_moved else count for place in found]
    # The first block that this line or any after it goes to: rows may not cross.
    ahead = [count] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        ahead[index] = min(ahead[index + 1], firsts[index])
    result: list[Row] = []
    block = index = 0
    while index < len(lines):
        part = lines[index].part
        if part not in (Part.BODY, Part.COLUMN):
            end = index + 1
            while end < len(lines) and lines[end].part is part:
                end += 1
            result.append(Row(part, tuple(range(index, end)), ()))
            index = end
            continue
        if firsts[index] == count:
            result.append(Row(Part.BODY, (index,), ()))
            index += 1
            continue
        result += [Row(Part.BODY, (), (each,)) for each in range(block, ahead[index])]
        block, end = ahead[index], index
        stop = block
        while end < len(lines) and (end == index or ahead[end] < stop):
            if firsts[end] < count:
                stop = max(stop, max(found[end].blocks) + 1)
            end += 1
        result.append(Row(Part.BODY, tuple(range(index, end)), tuple(range(block, stop))))
        block, index = stop, end
    rest = [Row(Part.BODY, (), (each,)) for each in range(block, count)]
    last = next((i for i in range(len(result), 0, -1) if result[i - 1].part is Part.BODY), len(result))
    return (*result[:last], *rest, *result[last:])
