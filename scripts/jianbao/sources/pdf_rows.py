"""The characters of a PDF page → rows of text, in the order in which a person reads them.

A PDF says where each character stands and nothing of lines, columns or spaces: all of that is told from the
places, measured in points and in ems (the size of the type). Heights count from the top of the page.
"""

from __future__ import annotations

import functools
import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jianbao.sources.source import WIDE_SPACE, joined

# A gap in ems that parts a row: columns and 编发单位　　日期 have it, justified text does not.
GAP = 0.8
WIDE_GAP = 1.5
# Two columns of text have at least so many rows each, and fill their width in at least this share of them.
FEWEST_COLUMN_ROWS = 4
COLUMN_FILLED = 0.5
MOST_ABOVE = 3
# Type so much larger than the running text is a watermark when text is printed over it.
WATERMARK_SIZE = 1.5
# Vertical writing: so many characters, one under the other with hardly any space between.
FEWEST_VERTICAL = 3
VERTICAL_PITCH = 1.35
# What a character is shown as that the file does not name.
UNKNOWN = "\ufffd"

_BOLD_FONTS = re.compile(
    r"(?i)bold|black|heavy|simhei|heiti|xbs|xiaobiaosong|zhongsong|dbs|htj|黑体|小标宋|中宋"
)
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
# Bullets of the fonts Symbol and Wingdings, which have no Unicode of their own.
_BULLETS = str.maketrans(
    {
        0xF06C: "●", 0xF06E: "■", 0xF075: "◆", 0xF076: "❖", 0xF0A7: "▪", 0xF0B7: "•", 0xF0D8: "➢", 0xF0FC: "✓",
    }
)  # fmt: skip
# Characters of a font without Unicode map, as pdfminer shows them; of private use; none at all.
_UNNAMED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd\x00-\x08]")
# A font is cut into subsets, each named with six letters before the font's name (ISO 32000, 9.6.4).
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_SPACED_HAN = re.compile(r"(?<=[^\x00-\xff\s])[ \u00a0](?=[^\x00-\xff\s])")
_HAN_PAIR = re.compile(r"(?<=[^\x00-\xff\s])(?=[^\x00-\xff\s])")


@dataclass(frozen=True)
class Glyph:
    """One character on the page; ``y`` is the height of its baseline."""

    text: str
    left: float
    right: float
    y: float
    size: float
    font: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class Row:
    """A row of text as it is printed; ``y`` is the height of its baseline, ``font`` that of most of its characters."""

    text: str
    left: float
    right: float
    y: float
    size: float
    font: str
    bold: bool = False

    @property
    def top(self) -> float:
        return self.y - 0.85 * self.size

    @property
    def bottom(self) -> float:
        return self.y + 0.15 * self.size


@dataclass(frozen=True)
class Column:
    """Rows that are read one after the other; ``is_side`` where another column of them stands beside."""

    rows: tuple[Row, ...]
    is_side: bool = False


def glyphs(characters: Iterable[dict]) -> tuple[list[Glyph], str]:
    """A page's characters, as pdfplumber gives them, and the text of those that are printed aslant or sideways.

    A stamp or a watermark stands so; where most of a page does (a wide table turned to fit), it is turned back.
    """
    by_turn: defaultdict[int, list[dict]] = defaultdict(list)
    for each in characters:
        if not each["text"]:
            continue
        a, b = each["matrix"][:2]
        by_turn[round(math.degrees(math.atan2(b, a))) % 360].append(each)
    main = max(by_turn, key=lambda turn: (len(by_turn[turn]), turn == 0), default=0)
    if main % 90:
        main = 0
    upright = [_glyph(each, main) for each in by_turn.pop(main, [])]
    others = (each["text"] for turn in sorted(by_turn) for each in by_turn[turn])
    return upright, "".join("".join(others).split())


def _glyph(each: dict, turn: int) -> Glyph:
    x, y = each["matrix"][4:6]
    drop = each["bottom"] + each["y0"]  # the page's height, in the PDF's own coordinates
    places = {
        0: (each["x0"], each["x1"], drop - y),
        90: (each["y0"], each["y1"], x),
        180: (-each["x1"], -each["x0"], y - drop),
        270: (-each["y1"], -each["y0"], -x),
    }
    left, right, height = places[turn]
    size = each["size"] if turn % 180 == 0 else each["width"]
    return Glyph(_known(each["text"]), left, right, height, size, _SUBSET.sub("", each["fontname"]))


def _known(text: str) -> str:
    return _UNNAMED.sub(UNKNOWN, text.translate(_BULLETS))


def without_watermarks(pages: Sequence[Sequence[Glyph]], body: float) -> list[tuple[list[Glyph], str]]:
    """Each page's glyphs without those of a watermark, and the watermark's text.

    It is large type over which running text (of size ``body``) is printed; where a page has no text under it,
    it is told by standing there on another page.
    """
    marks = {_place(glyph) for page in pages for glyph in _under_text(page, body)}
    result = []
    for page in pages:
        kept = [glyph for glyph in page if _place(glyph) not in marks]
        text = "".join(glyph.text for glyph in page if _place(glyph) in marks)
        result.append((kept, "".join(text.split())))
    return result


def _place(glyph: Glyph) -> tuple[str, int, int]:
    return glyph.text, round(glyph.left), round(glyph.y)


def _under_text(page: Sequence[Glyph], body: float) -> list[Glyph]:
    """The large glyphs of a style over which running text is printed."""
    large = [glyph for glyph in page if glyph.size > WATERMARK_SIZE * body and not glyph.is_blank]
    small = [glyph for glyph in page if glyph.size < 1.2 * body and not glyph.is_blank]
    styles = Counter((glyph.font, round(glyph.size)) for glyph in large)
    under = Counter(
        (glyph.font, round(glyph.size)) for glyph in large if any(_is_over(s, glyph) for s in small)
    )
    behind = {style for style, count in under.items() if count * 4 >= styles[style]}
    return [glyph for glyph in large if (glyph.font, round(glyph.size)) in behind]


def _is_over(small: Glyph, large: Glyph) -> bool:
    x, y = (small.left + small.right) / 2, small.y - 0.35 * small.size
    return large.left < x < large.right and large.y - 0.8 * large.size < y < large.y + 0.1 * large.size


def without_vertical(page: Sequence[Glyph]) -> tuple[list[Glyph], str]:
    """Glyphs without those that stand one under the other beside the text, as a stamp's do, and their text."""
    single = [piece[0] for line in _lines(page) for piece in _pieces(line) if len(piece) == 1]
    stacks: list[list[Glyph]] = []
    for glyph in single:
        if glyph.text.isascii():
            continue
        for stack in stacks:
            last = stack[-1]
            is_under = abs(glyph.left - last.left) < 0.2 * glyph.size and abs(glyph.size - last.size) < 0.5
            if is_under and 0.8 * glyph.size < glyph.y - last.y < VERTICAL_PITCH * glyph.size:
                stack.append(glyph)
                break
        else:
            stacks.append([glyph])
    upright = [glyph for stack in stacks if len(stack) >= FEWEST_VERTICAL for glyph in stack]
    return [glyph for glyph in page if glyph not in upright], "".join(glyph.text for glyph in upright)


def body_size(pages: Iterable[Sequence[Glyph]]) -> float:
    """The size of type in which most of the characters are set; 0 where there are none."""
    sizes = Counter(round(glyph.size * 2) / 2 for page in pages for glyph in page if not glyph.is_blank)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def columns(page: Sequence[Glyph]) -> list[Column]:
    """The page's text in reading order: side by side columns one after the other, all else from the top down."""
    pieces = [piece for line in _lines(page) for piece in _pieces(line)]
    return [Column(tuple(_rows(part)), is_side) for part, is_side in _parted(pieces, is_side=False)]


def text_of(page: Sequence[Glyph]) -> str:
    """All of the text as one, its rows joined by a space between Latin letters and by nothing else."""
    rows = (row.text for column in columns(page) for row in column.rows)
    return functools.reduce(joined, rows, "")


# Glyphs → pieces: what stands on one baseline without a wide gap


def _lines(page: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs by baseline, from the top down; raised and lowered small ones are with the line that they touch."""
    lines: list[list[Glyph]] = []
    for glyph in sorted((g for g in page if not g.is_blank), key=lambda g: g.y):
        if lines and glyph.y - lines[-1][0].y < 0.3 * max(glyph.size, lines[-1][0].size) * 0.8:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    lines = _with_raised(lines)
    blanks = [glyph for glyph in page if glyph.is_blank]
    by_height: defaultdict[int, list[Glyph]] = defaultdict(list)
    for glyph in blanks:
        by_height[round(glyph.y)].append(glyph)
    for line in lines:
        y = round(line[0].y)
        near = (glyph for height in (y - 1, y, y + 1) for glyph in by_height.get(height, ()))
        line += [glyph for glyph in near if abs(glyph.y - line[0].y) < 1]
    return [_once(sorted(line, key=lambda g: (g.left, g.right))) for line in lines]


def _with_raised(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Footnote marks and exponents (``m²``) put into their line, as the raised figures that Unicode has."""
    result = list(lines)
    for small in lines:
        size = max(glyph.size for glyph in small)
        for line in lines:
            base = line[0]
            rise = base.y - small[0].y
            inside = -0.3 * base.size < rise < 0.75 * base.size and size < 0.8 * base.size
            if line is small or not inside or not all(_touches(glyph, line) for glyph in small):
                continue
            is_raised = rise > 0.15 * base.size
            text = "".join(glyph.text for glyph in small)
            is_exponent = is_raised and not text.translate(_SUPERSCRIPTS).isascii() and text.isascii()
            result.remove(small)
            line += [
                replace(
                    glyph,
                    y=base.y,
                    size=base.size,
                    text=glyph.text.translate(_SUPERSCRIPTS) if is_exponent else glyph.text,
                )
                for glyph in small
            ]
            break
    return result


def _touches(glyph: Glyph, line: Sequence[Glyph]) -> bool:
    reach = 0.6 * line[0].size
    return any(glyph.left - reach < other.right and other.left < glyph.right + reach for other in line)


def _once(line: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs of a line without those printed twice, as some programs do for bold type and shadows."""
    result: list[Glyph] = []
    for glyph in line:
        twice = any(
            glyph.text == before.text and abs(glyph.left - before.left) < 0.3 * glyph.size
            for before in result[-3:]
        )
        if not twice or glyph.is_blank:
            result.append(glyph)
    return result


def _pieces(line: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """A line's glyphs, parted where a wide gap is; the even gaps of letterspaced type are none."""
    shown = [glyph for glyph in line if not glyph.is_blank]
    if not shown:
        return
    letterspace = _letterspace(shown)
    piece: list[Glyph] = []
    reach = -math.inf
    for glyph in line:
        if not glyph.is_blank and piece and glyph.left - reach - letterspace > GAP * glyph.size:
            yield _stripped(piece)
            piece = []
        if piece or not glyph.is_blank:
            piece.append(glyph)
        if not glyph.is_blank:
            reach = glyph.right
    if piece:
        yield _stripped(piece)


def _letterspace(shown: Sequence[Glyph]) -> float:
    gaps = [after.left - before.right for before, after in pairwise(shown)]
    if len(gaps) < 2:
        return 0.0
    return max(0.0, statistics.median(gaps))


def _stripped(piece: list[Glyph]) -> list[Glyph]:
    while piece[-1].is_blank:
        piece.pop()
    return piece


# Pieces → columns

_Pieces = Sequence[list[Glyph]]


def _parted(pieces: _Pieces, is_side: bool) -> Iterator[tuple[list[list[Glyph]], bool]]:
    """Pieces by the column in which they stand, in reading order, and whether it has another beside it."""
    x = _gutter(pieces)
    if x is None:
        if pieces:
            yield list(pieces), is_side
        return
    bands: list[tuple[bool, list[list[Glyph]]]] = []
    for piece in pieces:
        crosses = _crosses(piece, x)
        if not bands or bands[-1][0] != crosses:
            bands.append((crosses, []))
        bands[-1][1].append(piece)
    across: list[list[Glyph]] = []
    for crosses, band in bands:
        left = [piece for piece in band if piece[0].left < x - 1]
        right = [piece for piece in band if piece[0].left >= x - 1]
        if crosses or min(_filled(left), _filled(right)) == 0:
            across += band
            continue
        before, left = _without_start(left, right)
        left, after = _without_end(left, right)
        if across or before:
            yield [*across, *before], is_side
        yield from _parted(left, is_side=True)
        yield from _parted(right, is_side=True)
        across = after
    if across:
        yield across, is_side


def _crosses(piece: list[Glyph], x: float) -> bool:
    return piece[0].left < x - 1 and piece[-1].right > x


def _gutter(pieces: _Pieces) -> float | None:
    """Where the second column begins: rows begin there, none crosses, and on both sides they fill a width."""
    if not pieces:
        return None
    starts = sorted(piece[0].left for piece in pieces)
    second = starts[0] + 6 * statistics.median(piece[0].size for piece in pieces)
    for x in dict.fromkeys(starts):
        if x < second or sum(abs(x - start) < 2 for start in starts) < FEWEST_COLUMN_ROWS:
            continue
        band = _band(pieces, x)
        left = [piece for piece in band if piece[0].left < x - 1]
        right = [piece for piece in band if piece[0].left >= x - 1]
        if min(_filled(left), _filled(right)) >= COLUMN_FILLED:
            return x
    return None


def _band(pieces: _Pieces, x: float) -> list[list[Glyph]]:
    """The longest run of pieces, from the top down, none of which crosses ``x``."""
    best: list[list[Glyph]] = []
    run: list[list[Glyph]] = []
    for piece in pieces:
        if _crosses(piece, x):
            run = []
            continue
        run.append(piece)
        if len(run) > len(best):
            best = run
    return best


def _filled(pieces: _Pieces) -> float:
    """The share of pieces in the first column of ``pieces`` that fill its width; 0 for too few of them.

    Text fills its column; the cells of a table and a label with its value do not.
    """
    if not pieces:
        return 0.0
    size = statistics.median(piece[0].size for piece in pieces)
    left = min(piece[0].left for piece in pieces)
    column = [piece for piece in pieces if piece[0].left < left + 2.5 * size]
    right = statistics.quantiles([piece[-1].right for piece in column], n=10)[-1] if len(column) > 1 else left
    if len(column) < FEWEST_COLUMN_ROWS or right - left < 6 * size:
        return 0.0
    return sum(abs(piece[-1].right - right) < 2 * size for piece in column) / len(column)


def _without_start(left: _Pieces, right: _Pieces) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """What stands above both columns, the short last row of a paragraph say, and the left column."""
    top = right[0][0].y - 0.5 * right[0][0].size
    above = sum(piece[0].y < top for piece in left)
    # With more of them above it, the right column has a picture at its top.
    above = above if above <= MOST_ABOVE else 0
    return list(left[:above]), list(left[above:])


def _without_end(left: _Pieces, right: _Pieces) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """The left column, and what follows both: it is set off or in another type, below the right one's end."""
    end = right[-1][0].y
    font = Counter(piece[0].font for piece in left).most_common(1)[0][0]
    pitch = statistics.median(b[0].y - a[0].y for a, b in pairwise(left))
    for index, (before, piece) in enumerate(pairwise(left), start=1):
        is_below = piece[0].y > end + 0.5 * piece[0].size
        if is_below and (piece[0].y - before[0].y > 1.6 * pitch or piece[0].font != font):
            return list(left[:index]), list(left[index:])
    return list(left), []


# Pieces → rows


def _rows(pieces: Sequence[list[Glyph]]) -> Iterator[Row]:
    row: list[list[Glyph]] = []
    for piece in sorted(pieces, key=lambda p: (p[0].y, p[0].left)):
        if row and piece[0].y - row[0][0].y > 0.4 * max(piece[0].size, row[0][0].size):
            yield _row(sorted(row, key=lambda p: p[0].left))
            row = []
        row.append(piece)
    if row:
        yield _row(sorted(row, key=lambda p: p[0].left))


def _row(pieces: Sequence[list[Glyph]]) -> Row:
    text = _text(pieces[0])
    for before, after in pairwise(pieces):
        gap = (after[0].left - before[-1].right) / after[0].size
        text += (WIDE_SPACE if gap > WIDE_GAP else "\u3000" if gap > GAP else "") + _text(after)
    shown = [glyph for piece in pieces for glyph in piece if not glyph.is_blank]
    size = statistics.median_low(sorted(glyph.size for glyph in shown))
    bold = all(is_bold(glyph.font) for glyph in shown)
    # Han only: figures and Latin words have a font of their own in many files.
    fonts = Counter(glyph.font for glyph in shown if not glyph.text.isascii())
    font = fonts.most_common(1)[0][0] if fonts else ""
    return Row(text, pieces[0][0].left, max(g.right for g in shown), shown[0].y, size, font, bold)


def _text(piece: Sequence[Glyph]) -> str:
    """A piece's text: with its own spaces, and one where Latin words stand apart without any."""
    text = piece[0].text
    for before, after in pairwise(piece):
        is_latin = all(char.isascii() and char.isalnum() for char in (text[-1:], after.text[:1]))
        apart = after.left - before.right > 0.22 * after.size
        text += (" " if is_latin and apart else "") + after.text
    text = text.replace("\u00a0", " ").strip()
    text = re.sub(r"[ \t]{3,}|\t", WIDE_SPACE, text)
    return without_letterspaces(text) if is_letterspaced(text) else text


def is_letterspaced(text: str) -> bool:
    """Whether nearly every two Han characters have a space between them, as a letterspaced line has."""
    spaced, close = len(_SPACED_HAN.findall(text)), len(_HAN_PAIR.findall(text))
    return spaced >= 3 and spaced >= 4 * close


def without_letterspaces(text: str) -> str:
    return _SPACED_HAN.sub("", text)


def is_bold(font: str) -> bool:
    """Whether a font's name is that of a bold type or of one that Chinese offices use as such (黑体, 小标宋)."""
    return bool(_BOLD_FONTS.search(_decoded(font)))


def _decoded(font: str) -> str:
    """Fonts have Chinese names in GBK, which PDF libraries show as Latin letters with accents."""
    try:
        return font.encode("latin-1").decode("gb18030")
    except UnicodeError:
        return font
