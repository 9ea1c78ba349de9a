"""What the site says of itself as an edition (关于本版): a page for readers, and ``edition.js`` for the selector.

Together with the manifest these are all that is not the same in two editions of the same pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from jianbao.search.scripts import script_json
from jianbao.site import corrections
from jianbao.site.site import MadePage, Site


def pages(site: Site) -> Iterator[MadePage]:
    """The page 关于本版."""
    context = {
        "edition": site.edition,
        "correction_count": len(corrections.of(site.shelf)),
        "licence": site.licence,
    }
    yield MadePage("edition", "关于本版", "edition.html", context)


def files(site: Site) -> Iterator[tuple[str, str]]:
    """The name and day that every page's selector (``assets/editions/selector.js``) shows; null for a preview."""
    edition = site.edition and {"name": str(site.edition.name), "date": site.edition.date.isoformat()}
    yield "edition.js", f"window.jianbaoEdition = {script_json(edition)};\n"
