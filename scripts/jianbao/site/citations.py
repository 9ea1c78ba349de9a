"""An article as a citation: GB/T 7714—2015 for a list of references, BibTeX and RIS for a reference manager.

The search page makes the first form in the browser, too (``overrides/assets/search/citation.js``); the cases of
both are in ``tests/cases/citations.yml``. What an issue does not tell is left out, never guessed.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from jianbao.issue import Article, Issue
from jianbao.shelf import Entry

# BibTeX's special characters. A brace is written by its name, because BibTeX counts braces, escaped or not.
_BIBTEX_SPECIAL = re.compile(r"[\\{}%#$&_~^]")
_BIBTEX_NAMES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Citation:
    """The three forms of one article's citation, each as text to copy."""

    gbt7714: str
    bibtex: str
    ris: str


def of(entry: Entry, site_url: str | None = None) -> dict[str, Citation]:
    """The citation of each article of an issue, by its id; with the address where the site's is known."""
    issue = entry.issue
    citations = {}
    for article in issue.articles:
        address = site_url + entry.address(article) if site_url else None
        key = f"jianbao-{issue.year}-{issue.slug}-{article.id}"
        # An online source needs the day on which it was read, which no build knows: the issue is cited as printed.
        citations[article.id] = Citation(
            gbt7714(issue, article), bibtex(issue, article, key, address), ris(issue, article, address)
        )
    return citations


def number(issue: Issue) -> str:
    """The number within its year as a citation has it: ``20``, ``5/6`` (合期), ``增刊1``.

    GB/T 7714—2015, 7.2: the numbers of a merged issue are parted by a slash.
    """
    numbers = "/".join(map(str, issue.numbers))
    return f"增刊{numbers}" if issue.supplement else numbers


def gbt7714(
    issue: Issue, article: Article, address: str | None = None, read: datetime.date | None = None
) -> str:
    """主要责任者. 题名[J]. 刊名, 年(期). With ``address`` and the day it was ``read``: [J/OL] and both at the end.

    GB/T 7714—2015, 4.4 (连续出版物中的析出文献). The title stands as it is printed, its dash too (8.2); without an
    issuer the item is left out, as the standard allows where references are numbered (8.1.3). Raises ValueError
    for an address without the day of reading, which the standard asks for.
    """
    if bool(address) != bool(read):
        raise ValueError("联机文献的引文要有引用日期和地址")
    author = f"{_line(issue.issuer)}. " if issue.issuer else ""
    medium, online = ("J/OL", f"[{read.isoformat()}]. {address}") if read else ("J", "")
    title, journal = _line(article.full_title), _line(issue.title)
    return f"{author}{title}[{medium}]. {journal}, {issue.year}({number(issue)}){online}."


def bibtex(issue: Issue, article: Article, key: str, address: str | None = None) -> str:
    """An ``@article`` entry (BibTeX's own fields, and ``url``); ``key`` is ASCII.

    Author and title are in double braces: the author is an organisation, the title keeps its letters.
    """
    fields = {
        "author": issue.issuer and f"{{{_bibtex(issue.issuer)}}}",
        "title": f"{{{_bibtex(article.full_title)}}}",
        "journal": _bibtex(issue.title),
        "year": str(issue.year),
        "month": issue.date and str(issue.date.month),
        "number": number(issue),
        "keywords": _bibtex(", ".join(article.tags)),
        "language": "chinese",
        "url": address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{key},\n{lines}}}\n"


def ris(issue: Issue, article: Article, address: str | None = None) -> str:
    """A ``JOUR`` record after the RIS format specification (Research Information Systems): a tag a line."""
    fields = [
        ("TY", "JOUR"),
        ("AU", issue.issuer),
        ("TI", article.full_title),
        ("T2", issue.title),
        ("PY", str(issue.year)),
        ("DA", issue.date and f"{issue.date:%Y/%m/%d}"),
        ("IS", number(issue)),
        *(("KW", tag) for tag in article.tags),
        ("LA", "zh"),
        ("UR", address),
    ]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\n".join((*lines, "ER  - ", ""))


def _line(text: str) -> str:
    """One line, whatever the text holds: a line break would begin another field."""
    return " ".join(text.splitlines())


def _bibtex(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(lambda match: _BIBTEX_NAMES.get(match[0], f"\\{match[0]}"), _line(text))
