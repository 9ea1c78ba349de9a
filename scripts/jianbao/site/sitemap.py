"""``sitemap.xml`` (sitemaps.org, protocol 0.9): every page of the site, an issue's with its date.

The date of a corrected issue is that of its last correction.

MkDocs' own has the day of the build as each page's date; this one has a date only where an issue tells one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from jianbao.site.site import Site

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The protocol's limit; beyond it the site has an index of sitemaps.
MOST = 50_000


def files(site: Site, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The sitemap of the pages at ``addresses`` (from the site's root); nothing where the site's own is not known.

    The site's root stands for its home page, and has the newest issue's date.
    """
    if not site.url:
        return
    dates = {entry.url: entry.issue.corrected or entry.issue.date for entry in site.shelf.entries}
    if site.shelf.newest:
        dates["index.html"] = site.shelf.newest.issue.date
    rows = [
        (site.url + ("" if address == "index.html" else address), dates.get(address))
        for address in sorted(addresses)
    ]
    if len(rows) <= MOST:
        yield "sitemap.xml", _document("urlset", "url", rows)
        return
    parts = []
    for start in range(0, len(rows), MOST):
        path = f"sitemap-{len(parts) + 1}.xml"
        parts.append((site.url + path, None))
        yield path, _document("urlset", "url", rows[start : start + MOST])
    yield "sitemap.xml", _document("sitemapindex", "sitemap", parts)


def _document(root: str, element: str, rows: Iterable[tuple[str, object]]) -> str:
    lines = [
        f"<{element}><loc>{escape(address)}</loc>"
        f"{f'<lastmod>{date.isoformat()}</lastmod>' if date else ''}</{element}>"
        for address, date in rows
    ]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">'
    return "\n".join((head, *lines, f"</{root}>", ""))
