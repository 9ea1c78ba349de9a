"""All rules over an archive → a report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jianbao import vocabulary
from jianbao.archive import Archive
from jianbao.check.cache import Cache, Examined
from jianbao.check.finding import Finding, Level, Spot
from jianbao.check.holdings import Holdings, Published
from jianbao.check.page_file import PageFile
from jianbao.check.record import Pardon, Record
from jianbao.check.rule import RULES, Rule
from jianbao.check.rules.waivers import idle_waivers
from jianbao.edition import Name
from jianbao.errors import ArchiveError, VocabularyError
from jianbao.vocabulary import Vocabulary

_WAIVERS = "JB009"


@dataclass(frozen=True)
class Report:
    """``findings`` in the order of files and lines, waived ones among them; ``pages`` is how many were looked at.

    ``edition`` is the published edition that pages were compared with, None where there is none.
    """

    findings: tuple[Finding, ...]
    pages: int
    edition: Name | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level is Level.ERROR and not each.waived)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level is Level.WARNING and not each.waived)

    @property
    def open(self) -> tuple[Finding, ...]:
        """Errors and warnings, in order."""
        return tuple(each for each in self.findings if not each.waived)

    @property
    def waived(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.waived)

    @property
    def fixable(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.open if each.fix)

    def within(self, paths: Iterable[str]) -> Report:
        """The report on these files and folders only (``docs/issues/2017``)."""
        paths = tuple(paths)
        return replace(self, findings=tuple(each for each in self.findings if is_within(each.path, paths)))


def is_within(path: str, paths: tuple[str, ...]) -> bool:
    """Whether ``path`` is one of ``paths``, or below one."""
    return any(path == each or each == "." or path.startswith(f"{each}/") for each in paths)


def check(archive: Archive) -> Report:
    """What all rules find in the archive. Raises ArchiveError where a file cannot be read."""
    words, source = _vocabulary(archive)
    cache = Cache.open(archive.root, source)
    files = frozenset(_files(archive))
    examined: dict[str, Examined] = {}
    for path in sorted(each for each in files if each.startswith("docs/issues/") and each.endswith(".md")):
        page = PageFile(path, _read(archive.root / path))
        known = cache.find(page)
        if not known:
            known = _examine(page, words)
            cache.keep(page, known)
        examined[path] = known
    cache.save()
    records = {path: each.record for path, each in examined.items() if each.record}
    holdings = Holdings(archive, records, files, Published.of(archive.root))
    findings = [
        *(RULES[number].finding(spot) for each in examined.values() for number, spot in each.spots),
        *(rule.finding(spot) for rule in _over_archive() for spot in rule.find(holdings)),
    ]
    judged = _judged(findings, records, holdings.published)
    edition = holdings.published and holdings.published.name
    return Report(tuple(sorted(judged, key=lambda each: each.order)), len(examined), edition)


def _vocabulary(archive: Archive) -> tuple[Vocabulary, bytes]:
    """The vocabulary, and its bytes; an empty one where it is wrong, which rule JB301 tells."""
    try:
        return vocabulary.load(archive.vocabulary), archive.vocabulary.read_bytes()
    except (VocabularyError, OSError):
        return Vocabulary(), b"none"


def _files(archive: Archive) -> Iterator[str]:
    """All files below docs/ that a site is made from: those that begin with a dot are not."""
    for folder, folders, names in os.walk(archive.docs):
        folders[:] = [name for name in folders if not name.startswith(".")]
        place = Path(folder).relative_to(archive.root).as_posix()
        yield from (f"{place}/{name}" for name in names if not name.startswith("."))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ArchiveError(f"{path}：打不开（{error.strerror}）；请检查权限") from None


def _examine(page: PageFile, words: Vocabulary) -> Examined:
    return Examined(
        Record.of(page),
        tuple(
            (rule.number, spot)
            for rule in RULES.values()
            if rule.over_page and (page.issue or not rule.needs_issue)
            for spot in rule.find(page, words)
        ),
    )


def _over_archive() -> Iterator[Rule]:
    return (rule for rule in RULES.values() if not rule.over_page and rule.number != _WAIVERS)


def _judged(
    findings: Iterable[Finding], records: Mapping[str, Record], published: Published | None
) -> Iterator[Finding]:
    """The findings with the pages' waivers, and what is wrong with those.

    A published page is not asked what only new text is asked, and offers no fix.
    """
    pardons = {
        (path, pardon.rule): pardon
        for path, record in records.items()
        for pardon in record.pardons
        if pardon.rule in RULES and RULES[pardon.rule].is_waivable
    }
    used: set[tuple[str, Pardon]] = set()
    for finding in findings:
        pardon = pardons.get((finding.path, finding.rule))
        if pardon:
            used.add((finding.path, pardon))
            finding = replace(finding, waived=pardon.reason)
        if published and finding.path in published.pages:
            if RULES[finding.rule].until_published:
                continue
            finding = replace(finding, fix=None)
        yield finding
    idle = (
        (record, pardon)
        for path, record in records.items()
        for pardon in record.pardons
        if (path, pardon) not in used
    )
    yield from (RULES[_WAIVERS].finding(Spot(*spot)) for spot in idle_waivers(idle))
