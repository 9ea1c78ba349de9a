"""``make bench``: how long ``jianbao check`` takes over 1,000 issues; the figure to reach is 5 s on two cores.

Each run is the command in a process of its own, as an editor or a pipeline starts it: first (nothing kept), again
(every page as it was), and after a change of one page. The archive is a git repository with a published edition, so
that the pages are compared with it, too. Beside it stands autocorrect alone, which knows punctuation and nothing else
of an archive: one process that lints the same pages as Markdown.
"""

from __future__ import annotations

import hashlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archives import ROOT
from bench import corpus
from jianbao.archive import Archive, original_path, page_path
from jianbao.check import cache
from jianbao.issue import Issue, Original
from jianbao.page import write

ISSUES = 1_000
RUNS = 5
PEER = """
import sys, autocorrect_py
from pathlib import Path
for path in Path(sys.argv[1]).rglob("*.md"):
    autocorrect_py.lint_for(path.read_text("utf-8"), "markdown")
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = _make_archive(root)
        kept = root / cache.PLACE
        command = [Path(sys.executable).with_name("jianbao"), "check", "--format", "json"]
        page = next((root / "docs" / "issues").rglob("*.md"))

        def check() -> None:
            done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
            assert f'"pages": {ISSUES}' in done.stdout, done.stderr

        def peer() -> None:
            subprocess.run([sys.executable, "-c", PEER, root / "docs" / "issues"], check=True)

        rows = {
            "jianbao check, first run": _times(check, lambda: kept.unlink(missing_ok=True)),
            "jianbao check, nothing changed": _times(check, lambda: None),
            "jianbao check, one page changed": _times(check, lambda: _touch(page)),
            "autocorrect alone": _times(peer, lambda: None),
        }
    print(f"| checking | issues | bytes an issue | s, median of {RUNS} | min to max |")
    print("|---|---|---|---|---|")
    for name, times in rows.items():
        spread = f"{min(times):.2f} to {max(times):.2f}"
        print(f"| {name} | {ISSUES} | {size} | {statistics.median(times):.2f} | {spread} |")


def _times(run: Callable[[], None], before: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(RUNS):
        before()
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return times


def _make_archive(root: Path) -> int:
    """A published archive of invented issues with their originals; gives the bytes of an issue's page."""
    docs = Archive(root).docs
    docs.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copy(ROOT / "docs" / "vocabulary.yml", docs)
    (root / ".gitignore").write_text(".cache/\n")
    size = 0
    for issue in corpus.issues(ISSUES):
        text = write(_with_original(issue, docs)).encode()
        path = docs / page_path(issue)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        size += len(text)
    who = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    commands = (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "bench"], ["tag", "edition/2019.24"])
    for command in commands:
        subprocess.run(["git", "-C", root, *who, *command], check=True)
    return size // ISSUES


def _with_original(issue: Issue, docs: Path) -> Issue:
    data = corpus.text(issue).encode()
    fields = {**issue.__dict__, "original": Original("简报.txt", hashlib.sha256(data).hexdigest())}
    complete = Issue(**fields)
    path = docs / original_path(complete)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return complete


def _touch(page: Path) -> None:
    """Give the page another line, which no rule minds."""
    page.write_text(f"{page.read_text('utf-8')}\n\n再记一段。\n", "utf-8")


if __name__ == "__main__":
    main()
