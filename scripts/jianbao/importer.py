"""Importing: the whole way from a source file to a tagged issue, and into the archive."""

from __future__ import annotations

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
    """What is understood of a source file: the tagged issue, why it has its tags, repairs and doubts."""

    issue: Issue
    reasons: tuple[tagging.Reason, ...]
    findings: tuple[Finding, ...]


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
    return Reading(tagged.issue, tagged.reasons, recognition.findings + tagged.findings)


def store(path: Path, reading: Reading, into: archive.Archive, replace: bool = False) -> archive.Outcome:
    """Write a reading of ``path`` into the archive.

    Raises SourceError where the source has a fault that must be mended first, ArchiveError where the archive
    has this issue already with other content.
    """
    for finding in reading.findings:
        if finding.kind in REFUSED:
            place = f"第{finding.line}行：" if finding.line else ""
            raise SourceError(f"{path}：{place}{finding.message}；改正后再导入")
    return into.store(reading.issue, path.read_bytes(), replace)
