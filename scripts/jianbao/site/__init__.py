"""The site beside the issues' own pages: what is made from all issues together.

Each module makes one kind of thing and gives it as ``pages(site)`` (pages with a template of overrides/), as
``files(site)`` (anything else) or both; here they are put together for the plugin. What needs the issues' text is
given year by year (``dataset.files_of_year``, ``ledger``). All are pure: the same site gives the same pages and the
same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jianbao.site import (
    about,
    address_book,
    corrections,
    crossings,
    dataset,
    feeds,
    lists,
    matrix,
    moved,
    sitemap,
    timeline,
    years,
)
from jianbao.site.site import LICENCE, MadeFile, MadePage, Note, Part, Site

__all__ = ["LICENCE", "MadeFile", "MadePage", "Note", "Part", "Site", "files", "pages"]


def pages(site: Site) -> Iterator[MadePage]:
    """Every page that no file in ``docs/`` stands for and that needs no issue's text."""
    yield from lists.pages(site)
    yield from crossings.pages(site)
    yield from matrix.pages(site)
    yield from timeline.pages(site)
    yield from years.pages(site)
    yield from dataset.pages(site)
    yield from corrections.pages(site)
    yield from about.pages(site)


def files(site: Site, addresses: Iterable[str]) -> Iterator[MadeFile]:
    """Every file that is no page and that needs no issue's text; ``addresses`` are those of all pages.

    They are small and made with each build. A large file's content comes in pieces.
    """
    yield from feeds.files(site)
    yield from dataset.files(site)
    yield from sitemap.files(site, addresses)
    yield from about.files(site)
    yield from address_book.files(site, addresses)
    yield from moved.files(site, addresses)
