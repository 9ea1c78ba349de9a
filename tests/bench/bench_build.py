"""``make bench``: how long a site takes to make, ours beside MkDocs with Material and Hugo, on the same issues.

Everything is made anew in a temporary folder, from the seeded corpus, as a user would: by the command. ``--only``
and ``--sizes`` run a part (``python -m bench.bench_build --only ours --sizes 500``), ``--runs`` says how often.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import corpus, generators, process
from bench.generators import Generator
from bench.process import Cost
from jianbao.issue import Issue

# What is run of each generator, by the number of issues; MkDocs' cost grows with the square.
SIZES = {"ours": (100, 500, 1_000, 10_000), "mkdocs": (100, 500, 1_000), "hugo": (100, 500, 1_000, 10_000)}
RUNS = 3
# Of the largest corpus, once is enough to know.
RUNS_OF_LARGE, LARGE = 1, 5_000

NOTES = """\
- Wall and CPU seconds and memory are of the command with all that it starts, the median of {runs} runs ({large} of
  10,000 issues), from an empty folder. Memory counts a page that processes share once.
- One issue changed: a sentence is added to an article in the middle of the archive, and the command is run again.
  Hugo and MkDocs make the whole site again.
- An issue's page: the newest issue's, alone, in KB of 1,000 bytes. Hugo's theme is the least that shows the same; it
  has no search and no data. MkDocs' site has its search, the others' sites have their lists by tag.
- In brackets: the peer's figure divided by ours of the same size.
"""


@dataclass(frozen=True)
class Figures:
    """What was measured of a generator on ``issues`` issues."""

    key: str
    name: str
    issues: int
    full: list[Cost]
    changed: list[Cost]
    files: int
    mb: float
    page: tuple[float, float]


@dataclass(frozen=True)
class Row:
    """A line of the table: its name, its figure, and how it is written."""

    name: str
    figure: Callable[[Figures], float]
    form: str = ".1f"


ROWS = (
    Row("full build, s", lambda f: median(c.seconds for c in f.full)),
    Row("of it CPU, s", lambda f: median(c.cpu for c in f.full)),
    Row("CPU, ms an issue", lambda f: median(c.cpu for c in f.full) / f.issues * 1000),
    Row("peak memory, MB", lambda f: median(c.peak_mb for c in f.full), ".0f"),
    Row("one issue changed, s", lambda f: median(c.seconds for c in f.changed)),
    Row("of it CPU, s", lambda f: median(c.cpu for c in f.changed)),
    Row("files", lambda f: f.files, ".0f"),
    Row("site, MB", lambda f: f.mb),
    Row("site, KB an issue", lambda f: f.mb * 1000 / f.issues, ".0f"),
    Row("an issue's page, KB", lambda f: f.page[0]),
    Row("in gzip, KB", lambda f: f.page[1]),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="+", choices=generators.GENERATORS, default=[*generators.GENERATORS])
    parser.add_argument("--sizes", nargs="+", type=int)
    parser.add_argument("--runs", type=int, default=RUNS)
    asked = parser.parse_args()
    measured = []
    for size in sorted(set(asked.sizes or sum(SIZES.values(), ()))):
        issues = list(corpus.issues(size))
        for key in asked.only:
            if size in (asked.sizes or SIZES[key]) and generators.is_there(key):
                runs = RUNS_OF_LARGE if size >= LARGE else asked.runs
                measured.append(_measured(key, issues, runs))
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(table(measured))
    print(NOTES.format(runs=asked.runs, large=RUNS_OF_LARGE))


def _measured(key: str, issues: list[Issue], runs: int) -> Figures:
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        generator = generators.GENERATORS[key](issues, Path(name))
        full = []
        for _ in range(runs):
            for made in (generator.site, generator.folder / ".cache"):
                shutil.rmtree(made, ignore_errors=True)
            full.append(_run(generator))
        changed = []
        # What is changed is settled: a file as old as the build is looked at twice by some.
        time.sleep(2.5)
        for number in range(runs):
            path = generators.sources(generator, issues[len(issues) // 2])
            path.write_text(path.read_text("utf-8") + f"\n第{number + 1}次补正。\n", "utf-8")
            changed.append(_run(generator))
        sizes = [path.stat().st_size for path in generator.site.rglob("*") if path.is_file()]
        page = generator.issue_page(issues[-1]).read_bytes()
    print(f"{generator.name}, {len(issues)} issues: {time.monotonic() - start:.0f} s", file=sys.stderr)
    return Figures(
        key,
        generator.name,
        len(issues),
        full,
        changed,
        len(sizes),
        sum(sizes) / 1e6,
        (len(page) / 1000, len(gzip.compress(page, 6)) / 1000),
    )


def _run(generator: Generator) -> Cost:
    return process.run(generator.command, generator.folder, {"NO_MKDOCS_2_WARNING": "1"})


def table(measured: list[Figures]) -> str:
    """A line a figure, a column a generator and size."""
    ours = {figures.issues: figures for figures in measured if figures.key == "ours"}
    heads = [f"{figures.name}, {figures.issues:,} issues" for figures in measured]
    lines = [["", *heads], ["---", *["---:"] * len(heads)]]
    lines += [
        [row.name, *(_cell(row, figures, ours.get(figures.issues)) for figures in measured)] for row in ROWS
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cell(row: Row, figures: Figures, ours: Figures | None) -> str:
    text = format(row.figure(figures), row.form)
    if ours is None or ours is figures or not row.figure(ours):
        return text
    return f"{text} (×{row.figure(figures) / row.figure(ours):.3g})"


if __name__ == "__main__":
    main()
