"""The page of an issue that is written here and has no source file: its head filled in, its articles to be typed.

What a person has to replace begins with ``PLACEHOLDER``, so that a page that was left unfinished can be told.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from jianbao import page
from jianbao.issue import Article, Issue, Kind

PLACEHOLDER = "（在此填写"

_ARTICLES = (
    Article(
        "a01",
        Kind.FEATURE,
        f"{PLACEHOLDER}第一篇长文的标题）",
        body=(
            f"{PLACEHOLDER}第一段。一段文字写在一行里，段与段之间空一行。）",
            f"{PLACEHOLDER}第二段。工作组、地点、主题写在上面的方括号里，用逗号隔开，第一个主题是主要的。）",
        ),
    ),
    Article(
        "a02",
        Kind.BRIEF,
        f"{PLACEHOLDER}第一条动态的标题）",
        body=(f"{PLACEHOLDER}正文。再加一篇，就把从“##”开始的这几行复制一份，编号依次改为 a03、a04……）",),
    ),
)


@dataclass(frozen=True)
class Next:
    """What the issue after ``newest`` is called, if nothing else is said."""

    title: str | None
    year: int
    number: int
    cumulative: int | None


def following(newest: Issue | None, today: datetime.date) -> Next:
    """The issue after the newest one: the next number of its year, in a new year the first; the next 总期号.

    ``title`` is None where the archive has no issue yet.
    """
    if newest is None:
        return Next(None, today.year, 1, None)
    year = max(today.year, newest.year)
    number = max(newest.numbers) + 1 if year == newest.year else 1
    cumulative = newest.cumulative + len(newest.numbers) if newest.cumulative else None
    return Next(newest.title, year, number, cumulative)


def text(like: Issue | None, **known: object) -> tuple[Issue, str]:
    """An issue with example articles, and its page; what is not ``known`` of issuer and recipients is as in ``like``.

    ``known`` are fields of ``Issue``, None where nothing is said. Raises ValueError where they make no issue.
    """
    copied = {} if like is None else {"issuer": like.issuer, "distribution": like.distribution}
    given = {name: value for name, value in known.items() if value is not None}
    issue = Issue(**{**copied, **given}, articles=_ARTICLES)
    return issue, page.write(issue)
