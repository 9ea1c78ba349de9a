"""Markdown files (.md), as converters write them: headings, bold lines, tables, pictures; all else is text.

What a person sees of such a file is read, and no more is interpreted than converters write: a link or a tag
that is none of theirs stays as it is typed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jianbao.sources import text
from jianbao.sources.source import Elsewhere, Line, Read, joined

# A file that is broken at a fixed width (columns: two to a Han character) fills most of its long lines.
WIDTHS = range(40, 131)
TOLERANCE = 4
FEWEST_WRAPPED = 4

# {#name .class} at its end is for programs.
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*(?:\{[#.][^{}]*\})?$")
_UNDERLINE = re.compile(r"^={3,}$")
_BOLD = re.compile(r"^(?P<mark>\*\*\*|___|\*\*|__)(?P<text>(?:(?!(?P=mark)).)+)(?P=mark)$")
_QUOTE = re.compile(r"^(?:>[ \t]?)+")
_RULE = re.compile(r"^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# What begins a line of its own, whatever stands before it.
_BEGINS = re.compile(
    r"^(?:[-+*★☆●○◆◇■□▲△>#|]|\d{1,2}[.、．]|\*\*|!\[|【|（[一二三四五六七八九十]|[一二三四五六七八九十]、)"
)

_ROW = re.compile(r"\|")
_RULE_ROW = re.compile(r"^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_GRID_RULE = re.compile(r"^\+(?:[-=:]+\+)+$")

_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\]\\]|\\.){0,300})\]"
    r"(?:\(\s*(?:<(?P<bracketed>[^<>]*)>|(?P<address>[^()\"]*?(?:\([^()]*\)[^()\"]*?)*))(?:\s+\"[^\"]*\")?\s*\)|\[(?P<name>[^\]]*)\])"
    r"(?:\{[^}]*\})?"
    r"|<img\b(?P<attributes>[^<>]*)>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""\b(?P<name>src|alt)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""", re.IGNORECASE
)
# Where Google Docs puts its pictures: [image1]: <data:image/png;base64,…>
_DEFINITION = re.compile(r"^\[(?P<name>[^\]^]+)\]:\s*<?(?P<address>[^\s>]+)>?\s*$")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:(?:\w[\w-]*:|[ \t-]).*\n){1,60}---[ \t]*\n")
# Tags by which converters keep what Markdown has no mark for; they show nothing themselves.
_TAG = re.compile(
    r"</?(?:p|div|span|center|font|b|strong|i|em|u|sup|sub|small|big|a|figure|figcaption|h[1-6]|o:p)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HEADING_TAG = re.compile(r"^<h(?P<level>[1-6])\b", re.IGNORECASE)
_BOLD_TAG = re.compile(r"^(?:<[^<>]*>)*<(?:b|strong)>[^<]*</(?:b|strong)>(?:<[^<>]*>)*$", re.IGNORECASE)
_CENTRED_TAG = re.compile(r"""^<center\b|\balign\s*=\s*["']?center|text-align\s*:\s*center""", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
# An entry of a contents list that converters made: it leads to a heading of the same file.
_LINK_WITHIN = re.compile(r"\[([^\[\]]{1,200})\]\(#[^()\s]{0,200}\)")
_SPACE = re.compile(r"&(?:nbsp|emsp|ensp|#160|#xa0|#12288);", re.IGNORECASE)


def lines(data: bytes) -> Read:
    """The lines of a Markdown file's bytes, a table as one line. Raises SourceError where it is no text."""
    decoded = text.decode(data)
    shown = text.without_comments(re.sub(r"\r\n?", "\n", decoded.text))
    # The line ends stay, so that every line keeps its number.
    shown = _FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), shown)
    plain = [replace(line, text=_QUOTE.sub("", line.text.strip())) for line in text.split(shown)]
    named = {match["name"]: match["address"] for line in plain if (match := _DEFINITION.match(line.text))}
    pictured = {match["name"] for line in plain for match in _PICTURE.finditer(line.text) if match["name"]}
    kept = [line for line in plain if not ((d := _DEFINITION.match(line.text)) and d["name"] in pictured)]
    return Read(tuple(_with_tables(_unwrapped(kept), named)), decoded.findings())


def _unwrapped(found: Sequence[Line]) -> list[Line]:
    """Lines of a file that was broken at a fixed width, put together to paragraphs; any others as they are."""
    widths = [len(line.text.encode("gb18030", errors="replace")) for line in found]

    def alike(full: int) -> int:
        return sum(full - TOLERANCE <= width <= full for width in widths)

    full = max(WIDTHS, key=alike)
    is_wrapped = alike(full) >= FEWEST_WRAPPED and 10 * sum(width > full for width in widths) <= len(found)
    result: list[Line] = []
    may_go_on = False
    for line, width in zip(found, widths, strict=True):
        if may_go_on and line.text and not _BEGINS.match(line.text):
            result[-1] = replace(result[-1], text=joined(result[-1].text, line.text))
        else:
            result.append(line)
        is_full = full - TOLERANCE <= width <= full and not line.text.startswith(("#", "|", "!["))
        may_go_on = is_wrapped and is_full and not line.text.endswith("\\")
    return result


def _with_tables(found: Sequence[Line], named: dict[str, str]) -> Iterator[Line]:
    index = 0
    while index < len(found):
        line = found[index]
        end = index
        if _GRID_RULE.match(line.text):
            while end < len(found) and found[end].text.startswith(("+", "|")):
                end += 1
            yield replace(line, text="", table=_grid([each.text for each in found[index:end]]))
        elif index + 1 < len(found) and _ROW.search(line.text) and _RULE_ROW.match(found[index + 1].text):
            end = index + 2
            while end < len(found) and _ROW.search(found[end].text):
                end += 1
            rows = [_cells(each.text) for each in (line, *found[index + 2 : end])]
            # Where the source had no head, a converter writes an empty one.
            yield replace(line, text="", table=tuple(rows if any(rows[0]) or len(rows) == 1 else rows[1:]))
        elif index + 1 < len(found) and line.text and _UNDERLINE.match(found[index + 1].text):
            end = index + 2
            yield from (replace(each, heading=1) for each in _plain(line, named))
        else:
            end = index + 1
            if not _RULE.match(line.text):
                yield from _plain(line, named)
        index = end


def _cells(row: str) -> tuple[str, ...]:
    row = row.strip().removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return tuple(_shown(_BREAK_TAG.sub(" ", cell)) for cell in re.split(r"(?<!\\)\|", row))


def _grid(rows: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The rows of a grid table (+---+): what stands between two rules is one row."""
    result: list[tuple[str, ...]] = []
    pending: list[tuple[str, ...]] = []
    for row in rows:
        if _GRID_RULE.match(row):
            if pending:
                columns = zip(*pending, strict=False)
                result.append(tuple(" ".join(filter(None, column)) for column in columns))
            pending = []
        else:
            pending.append(_cells(row))
    return tuple(result)


def _plain(line: Line, named: dict[str, str]) -> Iterator[Line]:
    """A line as text, and the pictures in it, in their order."""
    at = 0
    for picture in _PICTURE.finditer(line.text):
        yield from _text(line, line.text[at : picture.start()])
        at = picture.end()
        attributes = {
            each["name"].lower(): html.unescape(each["double"] or each["single"] or "")
            for each in _ATTRIBUTE.finditer(picture["attributes"] or "")
        }
        written = picture["bracketed"] or picture["address"] or named.get(picture["name"] or "", "")
        alt = _shown(picture["alt"] or attributes.get("alt", ""))
        yield replace(
            line, text=alt, image=Elsewhere(attributes.get("src") or _ESCAPE.sub(r"\1", written.strip()))
        )
    if at < len(line.text) or not line.text:
        yield from _text(line, line.text[at:])


def _text(line: Line, written: str) -> Iterator[Line]:
    for piece in _BREAK_TAG.split(written):
        piece = piece.strip()
        centred = bool(_CENTRED_TAG.search(piece)) and bool(_TAG.search(piece))
        tagged = _HEADING_TAG.match(piece)
        bold_tag = bool(_BOLD_TAG.match(piece))
        piece = _TAG.sub("", piece).strip().removesuffix("\\").strip()
        heading = _HEADING.match(piece)
        piece = heading[2] if heading else piece
        bold = _BOLD.match(piece)
        level = len(heading[1]) if heading else int(tagged["level"]) if tagged else 0
        piece = _shown(bold["text"] if bold else piece)
        if piece or not written.strip():
            yield replace(line, text=piece, heading=level, bold=bool(bold) or bold_tag, centred=centred)


def _shown(written: str) -> str:
    shown = _LINK_WITHIN.sub(r"\1", _TAG.sub("", written))
    return _ESCAPE.sub(r"\1", _SPACE.sub("\u3000", shown)).strip()
