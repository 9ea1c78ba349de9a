"""Recognising: lines → Issue, with every repair and doubt reported.

The order is the order of the print: masthead, contents, articles, distribution list.
"""

from __future__ import annotations

from dataclasses import dataclass

from jianbao.errors import SourceError
from jianbao.issue import Finding, Issue, Original, slug
from jianbao.recognise import articles, contents, distribution, doubts, margins, masthead, regions, repairs
from jianbao.recognise.layout import Layout
from jianbao.recognise.regions import Part, Regions
from jianbao.sources import Source

__all__ = ["Layout", "Part", "Recognition", "Regions", "recognise"]


@dataclass(frozen=True)
class Recognition:
    """An issue as understood, still without tags, and the findings in the order of their lines.

    ``images`` are the bytes of its pictures, by the path that its figures name; ``regions`` tells which lines of
    the source its parts stand on.
    """

    issue: Issue
    findings: tuple[Finding, ...]
    images: dict[str, bytes]
    regions: Regions


def recognise(source: Source, layout: Layout | None = None) -> Recognition:
    """The issue that ``source`` prints.

    Raises SourceError where the source has no masthead or no article: then it is no bulletin.
    """
    layout = layout or Layout()
    whole = margins.taken_in(source, layout)
    findings: list[Finding] = [*whole.findings]
    lines = whole.lines
    for repair in (repairs.unwrap, repairs.clean, repairs.drop_page_marks, repairs.drop_conversion_marks):
        repaired = repair(lines)
        lines = repaired.lines
        findings += repaired.findings
    findings += doubts.personal_data(lines)
    findings += doubts.slips(lines, layout.slips)

    head = masthead.find(lines, layout)
    findings += head.findings
    listed = contents.find(lines, head.length, layout)
    if not listed.entries:
        findings.append(Finding("contents_missing", None, "没有要目，文章标题由版式推断，请核对"))
    body = lines[listed.end :]
    sent = distribution.find(body)
    body_end = sent.start
    while body_end and distribution.is_colophon(body[body_end - 1].text):
        body_end -= 1
    colophon = (*body[body_end : sent.start], *body[sent.end :])
    found = articles.find(body[:body_end], listed, layout, slug(head.numbers, head.supplement))
    findings += found.findings
    findings += sent.findings
    if not sent.recipients:
        findings.append(Finding("distribution_missing", None, "没有找到分送单位（报、送、发）"))
    if not found.articles:
        raise SourceError("有报头，但没有找到任何文章；请确认文件完整，标题独占一行")

    issue = Issue(
        title=head.title,
        year=head.year,
        numbers=head.numbers,
        supplement=head.supplement,
        cumulative=head.cumulative,
        date=head.date,
        issuer=head.issuer,
        distribution=sent.recipients,
        articles=found.articles,
        contents_without_article=found.contents_without_article,
        colophon=(*head.notes, *(line.text for line in colophon if line.text)),
        original=Original(source.name, source.sha256),
    )
    where = regions.of(
        (
            (Part.CONTENTS, lines[head.length : listed.end]),
            (Part.BODY, body[:body_end]),
            (Part.COLOPHON, body[body_end : sent.start]),
            (Part.DISTRIBUTION, body[sent.start : sent.end]),
            (Part.COLOPHON, body[sent.end :]),
        ),
        found.headings,
    )
    in_order = tuple(sorted(findings, key=lambda finding: finding.line or 0))
    return Recognition(issue, in_order, found.images, where)
