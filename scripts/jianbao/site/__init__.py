"""The site beside the issues' own pages: what is made from all issues together.

Each module makes one kind of thing and gives it as ``pages(site)`` (pages with a template of overrides/), as
``files(site)`` (anything else) or both; here they are put together for the plugin. All are pure: the same site
gives the same pages and the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from jianbao.search import index
from jianbao.site import crossings, lists, matrix, timeline, years
from jianbao.site.site import MadePage, Site

__all__ = ["MadePage", "Site", "files", "pages"]


def pages(site: Site) -> Iterator[MadePage]:
    """Every page that no file in ``docs/`` stands for."""
    yield from lists.pages(site)
    yield from crossings.pages(site)
    yield from matrix.pages(site)
    yield from timeline.pages(site)
    yield from years.pages(site)


def files(site: Site) -> Iterator[tuple[str, str]]:
    """(path below the site's root, content) of every file that is no page."""
    yield from index.files(site.shelf)
