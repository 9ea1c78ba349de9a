"""Markdown files (.md), as converters write them: headings, bold lines, tables; all else is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jianbao.sources import text
from jianbao.sources.source import Line

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*$")
_BOLD = re.compile(r"^(?:\*\*|__)(?P<text>[^*]+)(?:\*\*|__)$")
_ROW = re.compile(r"^\|.*\|$")
_RULE_ROW = re.compile(r"^\|[\s:|-]+\|$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,})$")


def lines(data: bytes) -> tuple[Line, ...]:
    """The lines of a Markdown file's bytes, a table as one line. Raises SourceError where it is no text."""
    return tuple(_with_tables(text.lines(data)))


def _with_tables(found: tuple[Line, ...]) -> Iterator[Line]:
    rows: list[str] = []
    first: Line | None = None
    for line in (*found, None):
        if line is not None and _ROW.match(line.text.strip()):
            first = first or line
            rows.append(line.text.strip())
            continue
        if first is not None:
            yield _table(first, rows)
            rows, first = [], None
        if line is not None and not _RULE.match(line.text.strip()):
            yield _plain(line)


def _table(first: Line, rows: list[str]) -> Line:
    if len(rows) < 2 or not _RULE_ROW.match(rows[1]):
        return replace(first, text="\u3000".join(rows))
    cells = tuple(
        tuple(_ESCAPE.sub(r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", row.strip("|")))
        for row in (rows[0], *rows[2:])
    )
    return replace(first, text="", table=cells)


def _plain(line: Line) -> Line:
    heading = _HEADING.match(line.text.strip())
    shown = heading[2] if heading else line.text.strip()
    bold = _BOLD.match(shown)
    shown = _ESCAPE.sub(r"\1", bold["text"] if bold else shown)
    return replace(line, text=shown, heading=len(heading[1]) if heading else 0, bold=bool(bold))
