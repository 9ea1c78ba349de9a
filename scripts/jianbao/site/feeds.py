"""The newest issues for feed readers: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.

An entry is an issue, its content the contents list with a link to each article. Addresses are the site's where it
is known, relative to the feed's own otherwise (the feeds are at the site's root). An entry's id is a name, not an
address: it stays the same when the site moves, and in a bundle that has no address.
"""

from __future__ import annotations

import datetime
import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape

from lxml import etree

from jianbao.shelf import Entry
from jianbao.site.site import Site

NEWEST = 20
ATOM = "http://www.w3.org/2005/Atom"

# An issue has a day, feeds ask for a moment: the day's beginning in Beijing.
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))
# What no XML document may hold (XML 1.0, 2.2), not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Drawn once; whoever changes it makes every entry a new one.
_NAMESPACE = uuid.UUID("3b0ef7f6-5f0d-5c40-9f5c-8f0a9d7c6b11")


@dataclass(frozen=True)
class Feed:
    """A form in which the feed is offered: ``path`` from the site's root."""

    path: str
    name: str
    media_type: str
    write: Callable[[Site, tuple[Entry, ...]], str]


def offered(site: Site) -> tuple[Feed, ...]:
    """The feeds that ``site`` has: none without issues, and no Atom, which asks for dates, where there are none."""
    newest = site.shelf.entries[:NEWEST]
    dated = any(entry.issue.date for entry in newest)
    return tuple(feed for feed in FEEDS if newest and (dated or feed.write is not atom))


def files(site: Site) -> Iterator[tuple[str, str]]:
    """Every feed that ``site`` has."""
    for feed in offered(site):
        yield feed.path, feed.write(site, site.shelf.entries[:NEWEST])


def atom(site: Site, entries: tuple[Entry, ...]) -> str:
    """An Atom feed of ``entries``, of which one at least has a date; those without, which Atom forbids, are not in it."""
    dated = [entry for entry in entries if entry.issue.date]
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
    _add(feed, "title", site.name)
    _add(feed, "id", _id(site))
    _add(feed, "updated", max(map(_moment, dated)).isoformat())
    # A feed must have an author, and an issue may have none.
    _add(_add(feed, "author"), "name", site.name)
    _add(feed, "link", rel="self", type="application/atom+xml", href=_address(site, "atom.xml"))
    _add(feed, "link", rel="alternate", type="text/html", href=_address(site, "index.html"))
    for entry in dated:
        item = _add(feed, "entry")
        _add(item, "title", _title(entry))
        _add(item, "id", _id(site, entry))
        _add(item, "updated", _moment(entry).isoformat())
        _add(item, "published", _moment(entry).isoformat())
        if entry.issue.issuer:
            _add(_add(item, "author"), "name", entry.issue.issuer)
        _add(item, "link", rel="alternate", type="text/html", href=_address(site, entry.url))
        for tag in entry.issue.tags:
            _add(item, "category", term=tag)
        _add(item, "content", _contents(site, entry), type="html")
    return _xml(feed)


def rss(site: Site, entries: tuple[Entry, ...]) -> str:
    """An RSS 2.0 feed of ``entries`` (RSS 2.0.11, RSS Advisory Board)."""
    root = etree.Element("rss", nsmap={"atom": ATOM}, version="2.0")
    channel = _add(root, "channel")
    _add(channel, "title", site.name)
    _add(channel, "link", _address(site, "index.html"))
    _add(channel, "description", f"{site.name}：最新的{NEWEST}期")
    _add(channel, "language", "zh-cn")
    if site.url:
        link = {"rel": "self", "type": "application/rss+xml", "href": _address(site, "rss.xml")}
        etree.SubElement(channel, f"{{{ATOM}}}link", link)
    for entry in entries:
        item = _add(channel, "item")
        _add(item, "title", _title(entry))
        _add(item, "link", _address(site, entry.url))
        _add(item, "description", _contents(site, entry))
        for tag in entry.issue.tags:
            _add(item, "category", tag)
        _add(item, "guid", _id(site, entry), isPermaLink="false")
        if entry.issue.date:
            _add(item, "pubDate", format_datetime(_moment(entry)))
    return _xml(root)


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
        "date_published": _moment(entry).isoformat() if issue.date else None,
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


def _moment(entry: Entry) -> datetime.datetime:
    return datetime.datetime.combine(entry.issue.date, datetime.time(), _BEIJING)


def _address(site: Site, path: str) -> str:
    return (site.url or "") + path


def _id(site: Site, entry: Entry | None = None) -> str:
    name = f"{site.name}/{entry.url}" if entry else site.name
    return uuid.uuid5(_NAMESPACE, name).urn


def _contents(site: Site, entry: Entry) -> str:
    """The contents list as HTML."""
    parts = []
    for heading, articles in (("本期要目", entry.issue.features), ("本期动态", entry.issue.briefs)):
        items = "".join(
            f'<li><a href="{escape(_address(site, entry.address(article)))}">{escape(article.full_title)}</a></li>'
            for article in articles
        )
        parts.append(f"<h2>{heading}</h2><ol>{items}</ol>" if items else "")
    # JSON Feed and RSS want a content that is not empty.
    return "".join(parts) or f"<p>{escape(_title(entry))}</p>"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new last child in its parent's namespace; an attribute's or a text's unfit characters show as U+FFFD."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, etree.QName(namespace, name) if namespace else name)
    for key, value in attributes.items():
        element.set(key, _fit(value))
    if text is not None:
        element.text = _fit(text)
    return element


def _fit(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _xml(root: etree._Element) -> str:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True).decode()
