"""A small page at every address that has moved (``docs/redirects.yml``), so that old links keep working.

It leads on by a script that keeps the place on the page (``#a01``), without scripts by its head, and else by its
link. It is no page of the site: no list, search, sitemap or search engine knows it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from html import escape

from jianbao.site.site import Site

SCRIPT = "assets/editions/moved.js"


def files(site: Site, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A page for each old address whose new one is a page; a part of the archive need not have it."""
    known = {*addresses, "search.html"}
    for old, new in site.moved.items():
        if new in known:
            yield old, _page(site, old, new)


def _page(site: Site, old: str, new: str) -> str:
    here = posixpath.dirname(old) or "."
    target = escape(posixpath.relpath(new, here))
    canonical = escape(site.url + new) if site.url else target
    return f"""<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>这一页已经移走 · {escape(site.name)}</title>
<link rel="icon" href="data:,">
<link rel="canonical" href="{canonical}">
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
</head>
<body>
<main><h1>这一页已经移走</h1><p>请看<a href="{target}" data-moved-to>新的地址</a>。</p></main>
<script src="{escape(posixpath.relpath(SCRIPT, here))}"></script>
</body>
</html>
"""
