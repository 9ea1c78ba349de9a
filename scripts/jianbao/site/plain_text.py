"""An issue as plain text, in the order and form of print: what a person reads, and the importer, too.

Of a picture its caption is left, of a table its rows. What was corrected since stands before all that
was printed, where the importer takes no notice of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jianbao.issue import Article, Delivery, Issue, Kind


def lines(issue: Issue) -> Iterator[str]:
    """The text, line by line, each with its end."""
    for block in _blocks(issue):
        yield f"{block}\n\n"


def _blocks(issue: Issue) -> Iterator[str]:
    yield from _corrections(issue)
    yield issue.title
    yield issue.full_label
    if issue.issuer:
        yield issue.issuer
    if issue.date:
        yield f"{issue.date.year}年{issue.date.month}月{issue.date.day}日"
    yield from _contents("【本期要目】", "★", issue.features)
    yield from (f"★ {title}" for title in issue.contents_without_article)
    yield from _contents("【本期动态】", "☆", issue.briefs)
    for kind, articles in groupby(issue.articles, key=lambda article: article.kind):
        if kind is Kind.BRIEF:
            yield "【本期动态】"
        for article in articles:
            yield from _head(article)
            yield from article.paragraphs
    for delivery in Delivery:
        names = [each.name for each in issue.distribution if each.delivery is delivery]
        if names:
            yield f"{delivery.value}：{'，'.join(names)}。"
    yield from issue.colophon


def _corrections(issue: Issue) -> Iterator[str]:
    for correction in issue.corrections:
        day = correction.date
        concerned = (
            f"“{article.full_title}”" for article in issue.articles if article.id in correction.articles
        )
        yield f"【更正】{day.year}年{day.month}月{day.day}日，{'、'.join(concerned) or '本期'}：{correction.text}"


def _contents(heading: str, mark: str, articles: tuple[Article, ...]) -> Iterator[str]:
    if articles:
        yield heading
        yield from (f"{mark} {article.contents_title or article.full_title}" for article in articles)


def _head(article: Article) -> Iterator[str]:
    yield article.title
    if article.subtitle:
        yield f"——{article.subtitle}"
