"""What every reader makes of a file: its lines, in the order in which a person reads them.

A reader knows one form of file and nothing of bulletins; ``recognise`` knows bulletins and nothing of files.
"""

from __future__ import annotations

from dataclasses import dataclass

from jianbao.issue import Finding

# Between two parts of one line that stand far apart: 编发单位 at the left, 日期 at the right.
WIDE_SPACE = "\u3000\u3000"

# An issue has some hundred lines, the issues of a year some thousand.
MOST_LINES = 20_000
TOO_MANY_LINES = f"超过 {MOST_LINES} 行，不像一期简报；请拆成单期再导入"


@dataclass(frozen=True)
class Image:
    """A picture in the source: the bytes as stored there, their suffix with the dot (``.png``)."""

    data: bytes
    suffix: str


@dataclass(frozen=True)
class Elsewhere:
    """A picture that the file only names, by the address written there; ``beside.py`` looks for it."""

    address: str


@dataclass(frozen=True)
class Line:
    """One line of a text file, or one paragraph, table or picture of a richer form.

    ``number`` counts from 1, as an editor would find the place: the line in a text or web file, the paragraph
    in a Word file, the line counted over all pages in a PDF. ``page`` counts from 1 where the form has pages
    (a form feed in text starts one); a change of page between two lines is where a paragraph may be cut.
    ``heading`` is the level that the file's own style gives (1 to 6), 0 for none; ``large`` says that the line
    is set in larger type than the running text. ``running`` says that the line is a running head or a foot:
    it stands at the same place on several pages. ``goes_on`` is true where the layout shows that the line
    goes on the paragraph of the page before, false where it shows that it does not, None where it shows
    neither. ``table`` holds rows of cells; a line with a table or an image
    has ``text`` only where the file gives one (an alt text). A reader may leave an image ``Elsewhere``; in a
    ``Source`` every one has been found.
    """

    number: int
    text: str
    page: int = 1
    heading: int = 0
    bold: bool = False
    centred: bool = False
    table: tuple[tuple[str, ...], ...] = ()
    image: Image | Elsewhere | None = None
    large: bool = False
    running: bool = False
    goes_on: bool | None = None


@dataclass(frozen=True)
class Read:
    """What a reader makes of a file's bytes: the lines, and what of the file is not in them or is doubtful.

    ``head`` and ``foot`` are what a Word file prints in the margin of its pages, outside the text: running
    heads mostly, now and then the masthead or the distribution list.
    """

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()
    head: tuple[Line, ...] = ()
    foot: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Source:
    """A source file that has been read: its name without folders, SHA-256 (hex), lines, and the bytes themselves.

    ``head``, ``foot`` and ``findings`` are as in ``Read``.
    """

    name: str
    sha256: str
    lines: tuple[Line, ...]
    data: bytes = b""
    head: tuple[Line, ...] = ()
    foot: tuple[Line, ...] = ()
    findings: tuple[Finding, ...] = ()


def joined(first: str, second: str) -> str:
    """Two halves of a text as one; only between two Latin letters did the line break stand for a space."""
    is_latin = all(char.isascii() and char.isalpha() for char in (first[-1:], second[:1]))
    return f"{first} {second}" if is_latin else first + second
