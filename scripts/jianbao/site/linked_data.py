"""An issue as linked data (JSON-LD, schema.org), for search engines and other machines that read its page.

The issue is a ``PublicationIssue`` in its ``Periodical``, each article an ``Article`` in the issue. A
correction is a ``CorrectionComment`` of the issue and of the articles that it concerns. Properties for which the
issue has no value are left out.
"""

from __future__ import annotations

from jianbao.issue import Article, Correction, Kind
from jianbao.search.scripts import script_json
from jianbao.shelf import Entry
from jianbao.site import citations

_SECTIONS = {Kind.FEATURE: "要目", Kind.BRIEF: "动态"}


def script(entry: Entry, site_url: str | None = None) -> str:
    """The JSON-LD of an issue's page, safe inside ``<script type="application/ld+json">``."""
    return script_json(of(entry, site_url))


def of(entry: Entry, site_url: str | None = None) -> dict[str, object]:
    """The issue as data. Without the site's address, addresses are relative to the issue's page."""
    issue = entry.issue
    page = site_url + entry.url if site_url else entry.url.rsplit("/", 1)[-1]
    organisation = {"@type": "Organization", "name": issue.issuer} if issue.issuer else None
    date = issue.date.isoformat() if issue.date else None
    shared = {"author": organisation, "datePublished": date, "inLanguage": "zh-CN", "isPartOf": {"@id": page}}
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "PublicationIssue",
            "@id": page,
            "url": page,
            "name": f"{issue.title} {issue.full_label}",
            "issueNumber": citations.number(issue),
            "datePublished": date,
            **_corrected(issue.corrections),
            "publisher": organisation,
            "inLanguage": "zh-CN",
            "isPartOf": _known({"@type": "Periodical", "name": issue.title, "publisher": organisation}),
            "hasPart": [
                _article(article, f"{page}#{article.id}", shared | _corrected(issue.corrections_of(article)))
                for article in issue.articles
            ],
        }
    )


def _article(article: Article, address: str, shared: dict[str, object]) -> dict[str, object]:
    other_title = article.contents_title if article.contents_title != article.full_title else None
    return _known(
        {
            "@type": "Article",
            "@id": address,
            "url": address,
            "headline": article.full_title,
            "alternativeHeadline": other_title,
            "articleSection": _SECTIONS[article.kind],
            "keywords": article.tags,
            **shared,
        }
    )


def _corrected(corrections: tuple[Correction, ...]) -> dict[str, object]:
    if not corrections:
        return {}
    comments = [
        {"@type": "CorrectionComment", "datePublished": each.date.isoformat(), "text": each.text}
        for each in corrections
    ]
    return {"dateModified": max(each.date for each in corrections).isoformat(), "correction": comments}


def _known(properties: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in properties.items() if value}
