"""The newest issues for feed readers, and those corrected lately: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.

An entry is an issue, its content the corrections and the contents list with a link to each article; the day of the
last correction is that of its change. Addresses are the site's where it
is known, relative to the feed's own otherwise (the feeds are at the site's root). An entry's id is a name, not an
address: it stays the same when the site moves, and in a bundle that has no address.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape

from lxml import etree

from jianbao.issue import Article, Correction
from jianbao.shelf import Entry, Shelf
from jianbao.site import feed_xml
from jianbao.site.site import Site

NEWEST = 20
# Of older issues so many are in the feed that were corrected last.
CORRECTED = 10


@dataclass(frozen=True)
class Feed:
    """A form in which the feed is offered: ``path`` from the site's root."""

    path: str
    name: str
    media_type: str
    write: Callable[[Site, tuple[Entry, ...]], str]


def offered(site: Site) -> tuple[Feed, ...]:
    """The feeds that ``site`` has: none without issues, and no Atom, which asks for dates, where there are none."""
    entries = _entries(site.shelf)
    dated = any(map(_updated, entries))
    return tuple(feed for feed in FEEDS if entries and (dated or feed.write is not atom))


def files(site: Site) -> Iterator[tuple[str, str]]:
    """Every feed that ``site`` has."""
    for feed in offered(site):
        yield feed.path, feed.write(site, _entries(site.shelf))


def _entries(shelf: Shelf) -> tuple[Entry, ...]:
    """The issues corrected last among the older ones, then the newest."""
    older = [entry for entry in shelf.entries[NEWEST:] if entry.issue.corrections]
    older.sort(key=lambda entry: entry.issue.corrected, reverse=True)
    return (*older[:CORRECTED], *shelf.entries[:NEWEST])


def atom(site: Site, entries: tuple[Entry, ...]) -> str:
    """An Atom feed of ``entries``, of which one at least has a date; those without, which Atom forbids, are not in it."""
    dated = [entry for entry in entries if _updated(entry)]
    feed = feed_xml.feed()
    feed_xml.add(feed, "title", site.name)
    feed_xml.add(feed, "id", _id(site))
    feed_xml.add(feed, "updated", max(map(_updated, dated)).isoformat())
    # A feed must have an author, and an issue may have none.
    feed_xml.add(feed_xml.add(feed, "author"), "name", site.name)
    feed_xml.add(feed, "link", rel="self", type="application/atom+xml", href=_address(site, "atom.xml"))
    feed_xml.add(feed, "link", rel="alternate", type="text/html", href=_address(site, "index.html"))
    for entry in dated:
        item = feed_xml.add(feed, "entry")
        feed_xml.add(item, "title", _title(entry))
        feed_xml.add(item, "id", _id(site, entry))
        feed_xml.add(item, "updated", _updated(entry).isoformat())
        if entry.issue.date:
            feed_xml.add(item, "published", feed_xml.moment(entry.issue.date).isoformat())
        if entry.issue.issuer:
            feed_xml.add(feed_xml.add(item, "author"), "name", entry.issue.issuer)
        feed_xml.add(item, "link", rel="alternate", type="text/html", href=_address(site, entry.url))
        for tag in entry.issue.tags:
            feed_xml.add(item, "category", term=tag)
        feed_xml.add(item, "content", _contents(site, entry), type="html")
    return feed_xml.document(feed)


def rss(site: Site, entries: tuple[Entry, ...]) -> str:
    """An RSS 2.0 feed of ``entries`` (RSS 2.0.11, RSS Advisory Board)."""
    root = etree.Element("rss", nsmap={"atom": feed_xml.ATOM}, version="2.0")
    channel = feed_xml.add(root, "channel")
    feed_xml.add(channel, "title", site.name)
    feed_xml.add(channel, "link", _address(site, "index.html"))
    feed_xml.add(channel, "description", f"{site.name}：最新的{NEWEST}期")
    feed_xml.add(channel, "language", "zh-cn")
    if site.url:
        link = {"rel": "self", "type": "application/rss+xml", "href": _address(site, "rss.xml")}
        etree.SubElement(channel, f"{{{feed_xml.ATOM}}}link", link)
    for entry in entries:
        item = feed_xml.add(channel, "item")
        feed_xml.add(item, "title", _title(entry))
        feed_xml.add(item, "link", _address(site, entry.url))
        feed_xml.add(item, "description", _contents(site, entry))
        for tag in entry.issue.tags:
            feed_xml.add(item, "category", tag)
        feed_xml.add(item, "guid", _id(site, entry), isPermaLink="false")
        if entry.issue.date:
            feed_xml.add(item, "pubDate", format_datetime(feed_xml.moment(entry.issue.date)))
        if entry.issue.corrected:
            # RSS has no word for it and lets Atom's in.
            etree.SubElement(item, f"{{{feed_xml.ATOM}}}updated").text = _updated(entry).isoformat()
    return feed_xml.document(root)


def json_feed(site: Site, entries: tuple[Entry, ...]) -> str:
    """A JSON Feed 1.1 of ``entries`` (jsonfeed.org/version/1.1)."""
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": site.name, "language": "zh-CN"}
    if site.url:
        feed |= {"home_page_url": _address(site, "index.html"), "feed_url": _address(site, "feed.json")}
    feed["items"] = [_json_item(site, entry) for entry in entries]
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _json_item(site: Site, entry: Entry) -> dict[str, object]:
    issue = entry.issue
    item = {
        "id": _id(site, entry),
        "url": _address(site, entry.url),
        "title": _title(entry),
        "content_html": _contents(site, entry),
        "date_published": issue.date and feed_xml.moment(issue.date).isoformat(),
        "date_modified": issue.corrected and _updated(entry).isoformat(),
        "authors": [{"name": issue.issuer}] if issue.issuer else None,
        "tags": issue.tags,
    }
    return {name: value for name, value in item.items() if value}


FEEDS = (
    Feed("atom.xml", "Atom", "application/atom+xml", atom),
    Feed("rss.xml", "RSS", "application/rss+xml", rss),
    Feed("feed.json", "JSON Feed", "application/feed+json", json_feed),
)


def _title(entry: Entry) -> str:
    return f"{entry.issue.title} {entry.issue.full_label}"


def _updated(entry: Entry) -> datetime.datetime | None:
    """When the issue last changed: when it was corrected, else when it came out; None where neither is known."""
    days = [day for day in (entry.issue.date, entry.issue.corrected) if day]
    return feed_xml.moment(max(days)) if days else None


def _address(site: Site, path: str) -> str:
    return (site.url or "") + path


def _id(site: Site, entry: Entry | None = None) -> str:
    name = f"{site.name}/{entry.url}" if entry else site.name
    return feed_xml.identifier(name)


def _contents(site: Site, entry: Entry) -> str:
    """The corrections and the contents list as HTML."""
    issue = entry.issue
    corrections = "".join(_correction(site, entry, each) for each in issue.corrections)
    parts = [f"<h2>更正</h2><ul>{corrections}</ul>"] if corrections else []
    for heading, articles in (("本期要目", issue.features), ("本期动态", issue.briefs)):
        items = "".join(f"<li>{_link(site, entry, article)}</li>" for article in articles)
        parts.append(f"<h2>{heading}</h2><ol>{items}</ol>" if items else "")
    # JSON Feed and RSS want a content that is not empty.
    return "".join(parts) or f"<p>{escape(_title(entry))}</p>"


def _correction(site: Site, entry: Entry, correction: Correction) -> str:
    concerned = [article for article in entry.issue.articles if article.id in correction.articles]
    links = "、".join(_link(site, entry, article) for article in concerned)
    return f"<li>{correction.date.isoformat()}　{escape(correction.text)}{links and f'（{links}）'}</li>"


def _link(site: Site, entry: Entry, article: Article) -> str:
    return f'<a href="{escape(_address(site, entry.address(article)))}">{escape(article.full_title)}</a>'
