"""A search on a built site, and the measuring of it in Chromium: the same way for every product."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench import truth
from bench.process import Cost
from bench.server import Server, serve
from bench.truth import Answer, Truth

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    # Memory is measured when asked for, not at the browser's leisure.
    "--enable-blink-features=ForceEagerMeasureMemory",
)
WAIT_MS = 30_000
# Bounds of one measurement; what was left out is said in the table.
COLD_SECONDS = 160
WARM_QUERIES = 50
RECALL_SECONDS = 45

# Sets the field as an input method does, at once, and waits until `shown` says that results are there. The time
# is that of the change of the page that made it true; where none does, that of our patience.
_TYPE = """
([selector, query, shown, patience]) => new Promise((resolve) => {
  const isShown = new Function("query", "return " + shown);
  const input = document.querySelector(selector);
  const start = performance.now();
  const timer = setTimeout(finish, patience);
  const observer = new MutationObserver(check);
  function finish() {
    observer.disconnect();
    clearTimeout(timer);
    resolve(performance.now() - start);
  }
  function check() { if (isShown(query)) finish(); }
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  input.focus();
  input.value = query;
  input.dispatchEvent(new InputEvent("input", { bubbles: true, data: query }));
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: query.slice(-1) }));
  check();
})
"""

_MEMORY = "performance.measureUserAgentSpecificMemory().then(measured => measured.bytes)"


@dataclass(frozen=True)
class Product:
    """A search to measure.

    ``page`` has the field ``field``. ``shown`` and ``cleared`` are JavaScript expressions: whether the results
    of ``query`` (or that there are none) are shown, whether nothing is. ``find`` is a JavaScript function:
    query → promise of all results, or empty where another product has the same; ``number`` tells an article's
    number from one of them, None for what is no article. ``is_search`` tells which of the served files are there
    for search, ``is_index`` which of those are no program; ``index`` names the index's folders.
    """

    name: str
    site: Path
    page: str
    field: str
    shown: str
    cleared: str
    find: str
    number: Callable[[object], int | None]
    is_search: Callable[[str], bool]
    is_index: Callable[[str], bool]
    cost: Cost
    index: tuple[Path, ...]
    before_scripts: str = ""
    # How many cold visits tell enough: a few where each loads the same.
    visits: int | None = None
    is_ours: bool = False


@dataclass(frozen=True)
class Load:
    """What was fetched for search: files and bytes, and the bytes of them that are no program."""

    files: int
    gzip: int
    index_gzip: int

    def beyond(self, other: Load) -> Load:
        """What was fetched after ``other`` had been."""
        return Load(
            max(0, self.files - other.files),
            max(0, self.gzip - other.gzip),
            max(0, self.index_gzip - other.index_gzip),
        )


@dataclass(frozen=True)
class Figures:
    """What was measured of a product."""

    product: Product
    before: Load
    visits: tuple[Load, ...]
    cold_ms: tuple[float, ...]
    warm_ms: tuple[float, ...]
    heap_mb: float
    typed: tuple[Answer, ...]
    quoted: tuple[Answer, ...]


def measure(browser: Browser, product: Product, queries: Sequence[str], truth_: Truth) -> Figures:
    """Everything that is measured of ``product`` in the browser."""
    with serve(product.site) as server:
        before = _before_typing(browser, product, server)
        visits, cold = _cold(browser, product, server, queries[: product.visits])
        with _open(browser, product, server) as page:
            warm = _warm(page, product, queries[:WARM_QUERIES])
            heap = page.evaluate(_MEMORY) / 1e6
            typed = _answers(page, product, queries, lambda query: query, truth_)
            exact = _answers(page, product, queries, truth.quoted, truth_)
    return Figures(product, before, visits, cold, warm, heap, typed, exact)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    executable = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    assert executable, "make test installs Chromium"
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*sandbox, *QUIET])
        yield browser
        browser.close()


@contextmanager
def _open(browser: Browser, product: Product, server: Server) -> Iterator[Page]:
    """The product's page in a browser that has nothing in its cache."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(WAIT_MS)
    context.add_init_script(product.before_scripts)
    server.requests.clear()
    page = context.new_page()
    page.goto(server.address + product.page, wait_until="load")
    yield page
    context.close()


def _type(page: Page, product: Product, query: str) -> float:
    return page.evaluate(_TYPE, [product.field, query, product.shown, WAIT_MS])


def _clear(page: Page, product: Product) -> None:
    page.evaluate(_TYPE, [product.field, "", product.cleared, WAIT_MS])


def _load(product: Product, server: Server) -> Load:
    paths = [path for path in server.requests if product.is_search(path)]
    sizes = {path: len(server.content(path)) for path in paths}
    return Load(
        len(paths),
        sum(sizes[path] for path in paths),
        sum(sizes[path] for path in paths if product.is_index(path)),
    )


def _before_typing(browser: Browser, product: Product, server: Server) -> Load:
    with _open(browser, product, server) as page:
        page.wait_for_load_state("networkidle")
        return _load(product, server)


def _cold(
    browser: Browser, product: Product, server: Server, queries: Sequence[str]
) -> tuple[tuple[Load, ...], tuple[float, ...]]:
    """A visit a query: typed as soon as the page is loaded."""
    visits, times = [], []
    end = time.monotonic() + COLD_SECONDS
    for query in queries:
        with _open(browser, product, server) as page:
            times.append(_type(page, product, query))
            visits.append(_load(product, server))
        if time.monotonic() > end:
            break
    return tuple(visits), tuple(times)


def _warm(page: Page, product: Product, queries: Sequence[str]) -> tuple[float, ...]:
    """Each query typed a second time in the same page."""
    times = []
    for query in queries:
        _type(page, product, query)
        _clear(page, product)
        times.append(_type(page, product, query))
        _clear(page, product)
    return tuple(times)


def _answers(
    page: Page, product: Product, queries: Sequence[str], written: Callable[[str], str], truth_: Truth
) -> tuple[Answer, ...]:
    answers: list[Answer] = []
    end = time.monotonic() + RECALL_SECONDS
    for query in queries if product.find else ():
        results = page.evaluate(f"query => ({product.find})(query)", written(query))
        found = frozenset(map(product.number, results)) - {None}
        answers.append(Answer(found, truth_.holding(query)))
        if time.monotonic() > end:
            break
    return tuple(answers)


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def percentile_95(values: Sequence[float]) -> float:
    """The smallest value that at least 95 % of the values do not exceed."""
    return sorted(values)[-(-len(values) * 95 // 100) - 1]
