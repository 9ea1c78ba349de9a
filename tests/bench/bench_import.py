"""``make bench``: how long reading takes, for 1,000 issues of text; the figure to reach is 10 ms an issue."""

import resource
import statistics
import tempfile
import time
from pathlib import Path

from archives import ROOT
from bench import corpus
from jianbao import importer, vocabulary

ISSUES = 1_000
RUNS = 3


def main() -> None:
    words = vocabulary.load(ROOT / "docs" / "vocabulary.yml")
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for issue in corpus.issues(ISSUES):
            path = Path(folder, f"{issue.cumulative:05d}.txt")
            path.write_text(corpus.text(issue), "utf-8")
            paths.append(path)
        size = sum(path.stat().st_size for path in paths) / ISSUES
        totals = []
        for _ in range(RUNS):
            start = time.perf_counter()
            articles = sum(len(importer.read(path, words).issue.articles) for path in paths)
            totals.append((time.perf_counter() - start) / ISSUES * 1000)
    assert articles == 8 * ISSUES, "the corpus must be read right before its time counts"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spread = f"{min(totals):.1f} to {max(totals):.1f}"
    print(
        "| reading and tagging text | issues | bytes an issue | ms an issue, median of 3 | min to max | peak MB |"
    )
    print("|---|---|---|---|---|---|")
    print(
        f"| jianbao read | {ISSUES} | {size:.0f} | {statistics.median(totals):.1f} | {spread} | {peak:.0f} |"
    )


if __name__ == "__main__":
    main()
