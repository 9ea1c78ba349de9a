"""``--fix``: the safe changes of a report, made in the pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jianbao import archive as archive_
from jianbao.archive import Archive
from jianbao.check.finding import Finding, Fix
from jianbao.check.page_file import PageFile


@dataclass(frozen=True)
class Change:
    """A line of a page as it was and as it is now."""

    path: str
    line: int
    old: str
    new: str


def fix(archive: Archive, findings: Iterable[Finding]) -> tuple[Change, ...]:
    """Make the findings' fixes and tell what changed; every other byte stays as it is.

    A page that would not have the same articles after it is left alone. Raises ArchiveError where a page cannot be
    written.
    """
    fixes: dict[str, list[Fix]] = defaultdict(list)
    for finding in findings:
        if finding.fix and not finding.waived:
            fixes[finding.path].append(finding.fix)
    return tuple(change for path in sorted(fixes) for change in _fix_page(archive, path, fixes[path]))


def _fix_page(archive: Archive, path: str, fixes: list[Fix]) -> Iterator[Change]:
    place = archive.root / path
    data = place.read_bytes()
    old = data.decode().split("\n")
    new = list(old)
    done: list[Fix] = []
    # From the end on, so that what comes before keeps its place.
    for each in sorted(set(fixes), key=lambda f: (f.line, f.end, f.start), reverse=True):
        if done and done[-1].line == each.line and each.end > done[-1].start:
            continue  # two rules change the same words: the next run sees what is left
        line = new[each.line - 1]
        new[each.line - 1] = line[: each.start] + each.new + line[each.end :]
        done.append(each)
    written = "\n".join(new).encode()
    if not _same_articles(PageFile(path, data), PageFile(path, written)):
        return
    archive_.write(place, written)
    for number, (before, after) in enumerate(zip(old, new, strict=True), start=1):
        if before != after:
            yield Change(path, number, before.rstrip("\r"), after.rstrip("\r"))


def _same_articles(before: PageFile, after: PageFile) -> bool:
    if not before.issue:
        return True
    return bool(after.issue) and [a.id for a in after.issue.articles] == [a.id for a in before.issue.articles]
