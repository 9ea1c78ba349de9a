"""Importing: the whole way from a source file to a tagged issue, and into the archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jianbao import archive, recognise, sources, tagging
from jianbao.errors import SourceError
from jianbao.issue import Finding, Issue
from jianbao.vocabulary import Vocabulary

# What a person must mend in the source before it can be archived.
REFUSED = frozenset({"bad_date"})


@dataclass(frozen=True)
class Reading:
    """What is understood of a source file: the tagged issue, why it has its tags, repairs and doubts.

    ``source`` is the file as it was read, ``regions`` tells which of its lines hold which part of the issue, and
    ``images`` are the bytes of its pictures, by the path that its figures name.
    """

    issue: Issue
    reasons: tuple[tagging.Reason, ...]
    findings: tuple[Finding, ...]
    source: sources.Source
    images: dict[str, bytes]
    regions: recognise.Regions


def sources_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files to import: those named, and in a folder all that have a form that can be read, by name.

    Raises SourceError where a folder holds none.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        forms = sources.READERS.keys() | sources.SAVE_AS_DOCX
        # ~$ begins the lock file of a document that is open in Word.
        inside = [each for each in path.rglob("*") if each.suffix.lower() in forms and each.is_file()]
        inside = sorted(
            each
            for each in inside
            if not each.name.startswith(("~$", "."))
            # What a browser saves with a page, in a folder beside it, is part of that page.
            and not any(
                folder.name.endswith(sources.SAVED_BESIDE) for folder in each.relative_to(path).parents
            )
        )
        if not inside:
            raise SourceError(f"{path}：文件夹里没有可以导入的文件（{'、'.join(sources.READERS)}）")
        found += inside
    return tuple(found)


def read(path: Path, vocabulary: Vocabulary) -> Reading:
    """What is understood of the file at ``path``; nothing is written.

    Raises SourceError, its message beginning with the path.
    """
    source = sources.read(path)
    try:
        recognition = recognise.recognise(source, vocabulary.layout)
    except (SourceError, ValueError) as error:
        raise SourceError(f"{path}：{error}") from None
    tagged = tagging.tag(recognition.issue, vocabulary)
    noticed = (*source.findings, *recognition.findings)
    findings = (*sorted(noticed, key=lambda finding: finding.line or 0), *tagged.findings)
    return Reading(tagged.issue, tagged.reasons, findings, source, recognition.images, recognition.regions)


def store(path: Path, reading: Reading, into: archive.Archive, replace: bool = False) -> archive.Outcome:
    """Write a reading of ``path`` into the archive.

    Raises SourceError where the source has a fault that must be mended first, ArchiveError where the archive
    has this issue already with other content.
    """
    for finding in reading.findings:
        if finding.kind in REFUSED:
            place = f"第{finding.line}行：" if finding.line else ""
            raise SourceError(f"{path}：{place}{finding.message}；改正后再导入")
    return into.store(reading.issue, reading.source.data, reading.images, replace)
