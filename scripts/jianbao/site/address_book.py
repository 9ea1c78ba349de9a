"""``addresses.js``: which pages the edition has, for links into it from other editions.

A link from another edition goes to the same page where it is there or has moved, else to the home page. The selector
loads the file when a reader turns to such a link; names are folded by folder, so that ten thousand issues take 50 KB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jianbao.search.scripts import script_json
from jianbao.site.site import Site

SUFFIX = ".html"


def files(site: Site, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
    """``{"pages": {"issues/2017": "019 020"}, "moved": {"themes/a.html": "themes/b.html"}}`` as a script."""
    # A template makes the search page, so it is not among the pages.
    data = {"pages": folded({*addresses, "search.html"}), "moved": dict(site.moved)}
    yield "addresses.js", f"window.jianbaoAddresses = {script_json(data)};\n"


def folded(addresses: Iterable[str]) -> dict[str, str]:
    """Folder → the names of its pages without their suffix, parted by spaces (of which an address has none)."""
    folders: dict[str, list[str]] = {}
    for address in sorted(addresses):
        folder, _, name = address.rpartition("/")
        folders.setdefault(folder, []).append(name.removesuffix(SUFFIX))
    return {folder: " ".join(names) for folder, names in folders.items()}
