"""Our search on a corpus: the site of the real issue, with the corpus's index in place of its own.

What the pages and scripts of our search are called stands here and nowhere else in the benchmark.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from archives import REAL_ISSUE, import_into, new_archive
from bench import process
from bench.product import Product
from jianbao import site_builder

INDEX = "search"
# Search's own scripts and what they use; box.js is on every page.
SCRIPTS = ("assets/search/", "assets/vendor/lunr")

FIND = "(query) => jianbao.engine.search(query, {}).then((result) => Array.from(result.documents))"


def template(folder: Path) -> Path:
    """The site of the real issue, built once; its pages and scripts serve every corpus."""
    target = new_archive(folder / "archive")
    import_into(target, REAL_ISSUE)
    site_builder.build(target)
    return target.site


def products(count: int, template: Path, folder: Path) -> tuple[Product, Product]:
    """The box on every page, and the search page with its facets, over ``count`` issues."""
    shutil.copytree(template, folder)
    shutil.rmtree(folder / INDEX)
    cost = process.run([sys.executable, "-m", "bench.index", str(count), str(folder)], folder)
    made = json.loads((folder / process.OUTPUT).read_text("utf-8"))
    box = Product(
        name="jianbao, box",
        site=folder,
        page="index.html",
        field="#jianbao-search",
        # A file that did not come is told there, too; that is no answer.
        shown="document.querySelector('.search__count:not(.search__count--error)').textContent",
        cleared="!document.querySelector('.search__count').textContent",
        find=FIND,
        # Results are articles' numbers already.
        number=lambda number: number,
        is_search=lambda path: path.startswith((f"{INDEX}/", *SCRIPTS)),
        is_index=lambda path: path.startswith(f"{INDEX}/"),
        cost=replace(cost, seconds=made["seconds"]),
        index=(folder / INDEX,),
        is_ours=True,
    )
    page = replace(
        box,
        name="jianbao, search page",
        page="search.html",
        field="#search-query",
        shown=_search_page_shows("query"),
        cleared=_search_page_shows("''"),
        find="",
    )
    return box, page


def _search_page_shows(query: str) -> str:
    """The search page is done, without fault, and with this query: an earlier one may have been done before."""
    return (
        "!document.querySelector('.search-page__count--error') && "
        "document.documentElement.dataset.searchState === 'done'"
        f" && (new URLSearchParams(location.search).get('q') || '') === {query}"
    )
