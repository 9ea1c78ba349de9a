"""What a page may load: the Content-Security-Policy in the head of every page.

The same in all pages, so that it does not make a page's bytes differ. ``serving/nginx.conf`` sends it as a header,
too, with what only a header can say; a test compares the two.
"""

from __future__ import annotations

# Everything is a file of the site itself: no script, handler or style in a page, nothing from elsewhere, and no
# request by a script (the search index comes as scripts). ``file:`` is for double click, where browsers differ in
# what 'self' is; on a server no browser lets a page load such an address. ``data:``: the icons in Material's styles.
_SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' file:",
    "style-src": "'self' file:",
    "img-src": "'self' file: data:",
    "form-action": "'self' file:",
    "base-uri": "'none'",
}
# ``mkdocs serve`` writes a script into each page that asks the server whether there is something new.
_LIVE = {"script-src": "'self' 'unsafe-inline'", "connect-src": "'self'"}


def policy(is_live: bool = False) -> str:
    """The policy of a page; with ``is_live`` that of the preview which reloads itself."""
    sources = {**_SOURCES, **_LIVE} if is_live else _SOURCES
    return "; ".join(f"{name} {allowed}" for name, allowed in sources.items())
