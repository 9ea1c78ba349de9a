"""What editions take on the disk: ``python -m bench.bench_editions [ISSUES [EDITIONS]]``, 500 and 100 unless told.

The first edition has ISSUES invented issues; each one after it adds the next issue or corrects an older one, in turn.
Beside ours: the same editions as plain copies, and in git, as mike keeps them in a branch (git shares equal files and
packs them; to serve an edition it must be checked out again, so that what is served comes on top).
"""

from __future__ import annotations

import datetime
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archives import new_archive
from bench import corpus
from jianbao import archive, page, site_builder
from jianbao.edition import Edition, Name
from jianbao.editions import manifest, published, publishing
from jianbao.editions.manifest import Listed, Manifest
from jianbao.editions.published import Published

# The first that fits; the others are pages that list.
KINDS = {
    "issues' pages": r"issues/",
    "search index": r"search/",
    "data, plain text, feeds": r"data/|.*\.(xml|json|csv|txt|jsonl)$",
    "figures' pages": r"figures",
    "pages of years and months": r"years/|timeline",
    "pages of groups, places, themes": r"groups/|places/|themes/|matrix",
    "edition's own": r"edition\.|addresses\.js",
    "home and others": r"",
}
MB = 1_000_000


@dataclass(frozen=True)
class Step:
    """One edition as it was published: what it added to the one before, what time it took."""

    kind: str
    manifest: Manifest
    added: tuple[Listed, ...]
    building: float
    storing: float


def main(issues: int = corpus.SIZES["M"], editions: int = 100) -> None:
    with tempfile.TemporaryDirectory() as folder:
        steps = list(_publish(Path(folder), issues, editions))
        _print_sizes(Path(folder), steps)
        for kind in ("issue added", "issue corrected"):
            _print_changes(kind, [step for step in steps if step.kind == kind])


def _publish(folder: Path, issues: int, editions: int) -> Iterable[Step]:
    made, choose = new_archive(folder / "archive"), random.Random(corpus.SEED)
    waiting = list(corpus.issues(issues + editions // 2))
    pages = [_write(made, waiting.pop(0)) for _ in range(issues)]
    target = published.make(folder / "published")
    git = _Git(folder / "git")
    for number in range(editions):
        kind = ("issue added", "issue corrected")[(number + 1) % 2] if number else "first"
        if kind == "issue added":
            pages.append(_write(made, waiting.pop(0)))
        elif number:
            _correct(choose.choice(pages), number)
        edition = Edition(
            Name(2019, 1, number), hashlib.sha1(bytes([number])).hexdigest(), datetime.date(2019, 1, 1)
        )
        yield _step(made, target, edition, kind)
        git.commit(target.folder(edition.name))
        print(f"edition {number + 1} of {editions}", file=sys.stderr)
    git.pack()


def _step(made: archive.Archive, target: Published, edition: Edition, kind: str) -> Step:
    building = 0.0

    def build(site: Path) -> None:
        nonlocal building
        start = time.perf_counter()
        # Always in the same folder, so that only what has changed is made: the same bytes as a full build.
        site_builder.build(made, site=made.site, edition=edition)
        building = time.perf_counter() - start
        shutil.copytree(made.site, site, dirs_exist_ok=True)

    start = time.perf_counter()
    with target.alone():
        done = publishing.add(target, edition, build)
    whole = time.perf_counter() - start
    path = target.folder(edition.name) / manifest.NAME
    return Step(kind, Manifest.load(path), done.added or (), building, whole - building)


def _write(made: archive.Archive, issue: corpus.Issue) -> Path:
    path = made.docs / archive.page_path(issue)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.write(issue), "utf-8")
    return path


def _correct(path: Path, number: int) -> None:
    """A word in the middle of the page is another."""
    text = path.read_text("utf-8")
    place = text.index("。", len(text) // 2)
    path.write_text(f"{text[:place]}（第{number}次更正）{text[place:]}", "utf-8")


class _Git:
    """A repository with a commit for each edition."""

    def __init__(self, path: Path) -> None:
        self.path = path
        subprocess.run(["git", "init", "-q", "--bare", path], check=True)

    def commit(self, tree: Path) -> None:
        who = ("-c", "user.name=bench", "-c", "user.email=bench@example.org")
        for arguments in (["add", "-A", "."], [*who, "commit", "-q", "-m", tree.name]):
            command = [
                "git",
                f"--git-dir={self.path}",
                "--work-tree=.",
                "-c",
                "core.bare=false",
                "-c",
                "gc.auto=0",
            ]
            subprocess.run([*command, *arguments], cwd=tree, check=True)

    def pack(self) -> None:
        subprocess.run(["git", f"--git-dir={self.path}", "gc", "-q", "--prune=now"], check=True)


def _print_sizes(folder: Path, steps: list[Step]) -> None:
    # A manifest lists all files but itself.
    copies = sum(step.manifest.size + sum(map(len, step.manifest.lines())) for step in steps)
    copied = sum(len(step.manifest.files) + 1 for step in steps)
    ours, files = _on_disk(folder / "published")
    git, git_files = _on_disk(folder / "git")
    first, last = steps[0].manifest, steps[-1].manifest
    print(f"\n{len(steps)} editions; the first has {len(first.files)} files, {first.size / MB:.1f} MB, "
          f"the last {len(last.files)} files, {last.size / MB:.1f} MB\n")  # fmt: skip
    print("| | files | MB | beside ours |\n|---|---:|---:|---:|")
    print(f"| jianbao, published folder, all editions served | {files} | {ours / MB:.1f} | |")
    print(f"| plain copies, all editions served | {copied} | {copies / MB:.1f} | ×{copies / ours:.2f} |")
    print(f"| git, packed, nothing served | {git_files} | {git / MB:.1f} | ×{git / ours:.2f} |")
    later = steps[1:]
    if later:
        added = sum(each.size for step in later for each in step.added) / len(later)
        share = added / last.size
        print(f"\nAn edition after the first adds {added / MB:.2f} MB, {share:.1%} of its size. "
              f"Seconds an edition: {_mean(step.building for step in later):.1f} building, "
              f"{_mean(step.storing for step in later):.2f} storing.")  # fmt: skip


def _print_changes(what: str, steps: list[Step]) -> None:
    """Which files an edition has that no edition before it had, by kind, as a mean over the editions."""
    if not steps:
        return
    print(
        f"\n| one {what}: files | in the edition | changed or new | share | MB in the edition | MB changed or new |"
    )
    print("|---|---:|---:|---:|---:|---:|")
    there, new = Counter(), Counter()
    for step in steps:
        for counter, files in ((there, step.manifest.files), (new, step.added)):
            for each in files:
                kind = _kind(each.path)
                counter[kind] += 1
                counter[kind, "bytes"] += each.size
    count = len(steps)
    for kind in KINDS:
        size, changed = there[kind, "bytes"] / count / MB, new[kind, "bytes"] / count / MB
        share = new[kind] / there[kind] if there[kind] else 0
        print(
            f"| {kind} | {there[kind] / count:.0f} | {new[kind] / count:.0f} | {share:.0%} | {size:.2f} | {changed:.2f} |"
        )


def _kind(path: str) -> str:
    return next(kind for kind, pattern in KINDS.items() if re.match(pattern, path))


def _on_disk(folder: Path) -> tuple[int, int]:
    """Bytes and number of the files below a folder, one that has several names once."""
    stats = [Path(place, name).lstat() for place, _, names in os.walk(folder) for name in names]
    sizes = {(each.st_dev, each.st_ino): each.st_size for each in stats}
    return sum(sizes.values()), len(sizes)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
