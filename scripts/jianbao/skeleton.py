"""The page of an issue that is written here and has no source file: its head filled in, its articles to be typed.

What a person has to replace begins with ``PLACEHOLDER``, so that a page that was left unfinished can be told.
"""

from __future__ import annotations

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


def next_number(newest: Issue | None, year: int) -> int:
    """The number after the newest issue's in its own year, in another year the first."""
    return max(newest.numbers) + 1 if newest and newest.year == year else 1


def next_cumulative(newest: Issue | None) -> int | None:
    """The 总期号 after the newest issue's, None where that prints none."""
    return newest.cumulative + len(newest.numbers) if newest and newest.cumulative else None


def text(like: Issue | None, **known: object) -> tuple[Issue, str]:
    """An issue with example articles, and its page; what is not ``known`` of issuer and recipients is as in ``like``.

    ``known`` are fields of ``Issue``, None where nothing is said. Raises ValueError where they make no issue.
    """
    copied = {} if like is None else {"issuer": like.issuer, "distribution": like.distribution}
    given = {name: value for name, value in known.items() if value is not None}
    issue = Issue(**{**copied, **given}, articles=_ARTICLES)
    return issue, page.write(issue)
