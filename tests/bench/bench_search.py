"""``make bench``: our search beside its peers on 500 issues, and ours on 10,000.

Everything is made anew in a temporary folder, from the seeded corpus; the browser is the system's Chromium, the
server one of this machine. ``python -m bench.bench_search 500`` leaves the large corpus out.
"""

from __future__ import annotations

import gzip
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean

from bench import corpus, ours, peers, product
from bench.product import Figures, Product, median, percentile_95
from bench.server import GZIP_LEVEL
from bench.truth import Answer, Truth

QUERIES = 200
# Peers are measured up to this size; beyond it their builds take too long.
PEERS_UP_TO = corpus.SIZES["M"]

NOTES = """\
- Query: {queries} drawn from the text (`corpus.queries`), 2 to 12 characters beginning anywhere, a twelfth figures, a
  twelfth two words. KB are 1,000 bytes of gzip (level {level}), file by file.
- Before typing: what the page loads for search until the network is idle. For a query: what comes until results
  are shown, beyond that, in a browser without cache; the query is set at once when the page has loaded. The
  index is what is no program.
- Cold: from the key press, right after the page has loaded, to the first results in the page. Warm: the same
  query again in the same page. Heap: the page with its workers, after {warm} queries.
- Recall: of the articles that hold every word of the query, by a plain scan of the texts, the share that is found,
  mean over the queries. Precision: of the articles found, the share that holds it.
- Our figures for building are of the index alone, those of Material of its whole site, of Pagefind of its index.
- In brackets: the peer's figure divided by that of our box.
"""


@dataclass(frozen=True)
class Row:
    """A line of the table: its name, its figures (none where there are none), and how each is written."""

    name: str
    figures: Callable[[Figures], tuple[float, ...]]
    form: str = ".0f"
    has_ratio: bool = True
    between: str = " / "

    def cell(self, of: Figures, ours: Figures) -> str:
        figures = self.figures(of)
        text = self.between.join(format(figure, self.form) for figure in figures) or "—"
        base = self.figures(ours)
        if not self.has_ratio or of.product.is_ours or not (figures and base and base[0]):
            return text
        return f"{text} (×{figures[0] / base[0]:.3g})"


ROWS = (
    Row("building, s", lambda f: (f.product.cost.seconds,), ".1f"),
    Row("building, peak MB", lambda f: (f.product.cost.peak_mb,)),
    Row("index on disk, files", lambda f: (_disk(f.product)[0],)),
    Row("index on disk, MB plain / gzip", lambda f: _disk(f.product)[1:], ".1f"),
    Row("loaded before typing, KB", lambda f: (f.before.gzip / 1000,), ".1f"),
    Row("loaded for a query, KB, median / 95 %", lambda f: _spread(_after(f, "gzip", 1000)), has_ratio=False),
    Row("of it the index", lambda f: _spread(_after(f, "index_gzip", 1000)), has_ratio=False),
    Row("both together, KB, median / 95 %", lambda f: _spread([visit.gzip / 1000 for visit in f.visits])),
    Row("loaded for a query, files, median / 95 %", lambda f: _spread(_after(f, "files")), has_ratio=False),
    Row("first results, cold, ms, median / 95 %", lambda f: _spread(f.cold_ms)),
    Row("first results, warm, ms, median / 95 %", lambda f: _spread(f.warm_ms), ".1f"),
    Row("visits (one a query)", lambda f: (len(f.visits),), has_ratio=False),
    Row("heap, MB", lambda f: (f.heap_mb,)),
    Row("recall, as typed", lambda f: _mean(f.typed, "recall"), ".3f", has_ratio=False),
    Row("queries that miss an article", lambda f: _incomplete(f.typed), has_ratio=False, between=" of "),
    Row("precision, as typed", lambda f: _mean(f.typed, "precision"), ".3f", has_ratio=False),
    Row("recall, in quotes", lambda f: _mean(f.quoted, "recall"), ".3f", has_ratio=False),
    Row("precision, in quotes", lambda f: _mean(f.quoted, "precision"), ".3f", has_ratio=False),
)


def main(sizes: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory() as name, product.chromium() as browser:
        folder = Path(name)
        site = ours.template(folder)
        measured = []
        for count in sizes:
            truth = Truth(corpus.issues(count))
            queries = corpus.queries(corpus.issues(count), QUERIES)
            for each in _products(count, site, folder / str(count)):
                start = time.monotonic()
                measured.append((count, product.measure(browser, each, queries, truth)))
                took = time.monotonic() - start
                print(f"{each.name}, {count} issues: measured in {took:.0f} s", file=sys.stderr)
        print(f"{os.cpu_count()} cores, Python {platform.python_version()}, Chromium {browser.version}\n")
        print(_table(measured))
    print(NOTES.format(queries=QUERIES, level=GZIP_LEVEL, warm=product.WARM_QUERIES))


def _products(count: int, site: Path, folder: Path) -> Iterator[Product]:
    yield from ours.products(count, site, folder / "ours")
    if count > PEERS_UP_TO:
        return
    if missing := peers.missing():
        print(f"the peers are left out: {', '.join(missing)} not installed", file=sys.stderr)
        return
    yield from peers.products(list(corpus.issues(count)), folder)


def _table(measured: Sequence[tuple[int, Figures]]) -> str:
    """A line a figure, a column a product; ``measured`` begins with our box."""
    ours = measured[0][1]
    heads = [f"{figures.product.name}, {count:,} issues" for count, figures in measured]
    lines = [["", *heads], ["---", *["---:"] * len(heads)]]
    lines += [[row.name, *(row.cell(figures, ours) for _, figures in measured)] for row in ROWS]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


@cache
def _disk(product: Product) -> tuple[int, float, float]:
    """The index's files, their MB, and their MB in gzip."""
    files = [path for folder in product.index for path in folder.rglob("*") if path.is_file()]
    contents = (path.read_bytes() for path in files)
    sizes = [(len(content), len(gzip.compress(content, GZIP_LEVEL))) for content in contents]
    plain, compressed = map(sum, zip(*sizes, strict=True))
    return len(files), plain / 1e6, compressed / 1e6


def _after(figures: Figures, name: str, unit: int = 1) -> list[float]:
    """A figure of what each visit loaded beyond what was loaded before typing."""
    return [getattr(visit.beyond(figures.before), name) / unit for visit in figures.visits]


def _spread(values: Sequence[float]) -> tuple[float, float]:
    return median(values), percentile_95(values)


def _mean(answers: Sequence[Answer], name: str) -> tuple[float, ...]:
    values = [value for answer in answers if (value := getattr(answer, name)) is not None]
    return (fmean(values),) if values else ()


def _incomplete(answers: Sequence[Answer]) -> tuple[float, ...]:
    return (sum(answer.recall < 1 for answer in answers), len(answers)) if answers else ()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or list(corpus.SIZES.values()))
