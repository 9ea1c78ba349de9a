"""The review sheet of an issue (核对单): what its source said, what was done to it, and what a person has looked over.

It is kept in ``.jianbao/reviews/2017/020.json``, which is neither published nor committed: whoever has the page
and its original can make it again, all but the ticks.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath

from jianbao import archive, importer, tagging
from jianbao.errors import SourceError
from jianbao.issue import Finding, Issue
from jianbao.recognise import Part, repairs
from jianbao.review import alignment
from jianbao.review.alignment import SourceLine
from jianbao.sources import Line
from jianbao.vocabulary import Vocabulary

# Repairs that took the whole line away.
REMOVALS = frozenset({"page_mark_removed", "running_head_removed", "rule_removed"})


@dataclass(frozen=True)
class Sheet:
    """A review sheet: ``original`` is the SHA-256 of the source, "" where the issue has none.

    ``reasons`` are those of the tags that the text itself gives; ``done`` the keys (``key``) of the findings that
    a person has ticked off.
    """

    original: str = ""
    lines: tuple[SourceLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    reasons: tuple[tagging.Reason, ...] = ()
    done: frozenset[str] = field(default=frozenset())

    @property
    def repairs(self) -> tuple[Finding, ...]:
        """What was done; the rest are the ``doubts``, which a person has to look at."""
        return tuple(finding for finding in self.findings if finding.is_repair)

    @property
    def doubts(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.is_repair)

    def ticked(self, key: str, is_done: bool) -> Sheet:
        """The sheet with a finding ticked off, or its tick taken back."""
        return replace(self, done=self.done | {key} if is_done else self.done - {key})


def key(finding: Finding) -> str:
    """By what a finding's tick is kept: the same for the same finding of a second import."""
    told = f"{finding.kind}\n{finding.line}\n{finding.article}\n{finding.message}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def of_reading(reading: importer.Reading) -> Sheet:
    """The sheet of a source file that has just been read."""
    lines = tuple(_lines(reading))
    blocks = alignment.blocks_of(reading.issue)
    lines = tuple(
        replace(line, became=tuple(blocks[i].key for i in place.blocks))
        for line, place in zip(lines, alignment.places(lines, blocks), strict=True)
    )
    return Sheet(reading.source.sha256, lines, reading.findings, reading.reasons)


def of_page(issue: Issue, vocabulary: Vocabulary) -> Sheet:
    """The sheet of an issue that was written by hand: it has no source, only what its tags would be."""
    tagged = tagging.tag(issue, vocabulary)
    return Sheet(findings=tagged.findings, reasons=tagged.reasons)


def path(into: archive.Archive, page: Path) -> Path:
    """Where the sheet of the issue on ``page`` is kept."""
    beside = page.relative_to(into.docs / "issues").with_suffix(".json")
    return into.root / ".jianbao" / "reviews" / beside


def save(into: archive.Archive, page: Path, sheet: Sheet) -> None:
    """Keep the sheet of the issue on ``page``. Raises ArchiveError where it cannot be written."""
    archive.write(path(into, page), _as_json(sheet).encode())


def save_of(into: archive.Archive, reading: importer.Reading) -> None:
    """Keep the sheet of an issue that was just imported; what was ticked off before stays ticked."""
    page = into.docs / archive.page_path(reading.issue)
    kept = _kept(into, page)
    save(into, page, replace(of_reading(reading), done=kept.done if kept else frozenset()))


def load(into: archive.Archive, page: Path, issue: Issue, vocabulary: Vocabulary) -> Sheet:
    """The sheet of the issue on ``page``: as it was kept, or made again from the original.

    Where the original is missing or cannot be read any more, what can be said without it.
    """
    kept = _kept(into, page)
    done = kept.done if kept else frozenset()
    if issue.original is None:
        return replace(of_page(issue, vocabulary), done=done)
    if kept and kept.original == issue.original.sha256:
        return kept
    try:
        reading = read_original(into, issue, vocabulary)
    except SourceError:
        return replace(of_page(issue, vocabulary), done=done)
    return replace(of_reading(reading), done=done)


def read_original(into: archive.Archive, issue: Issue, vocabulary: Vocabulary) -> importer.Reading:
    """What is understood of the issue's original as the archive keeps it.

    Raises SourceError where it is not there or is none.
    """
    kept = into.docs / archive.original_path(issue)
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder:
        # A web page is kept as text (020.html.txt); what it is, its own name tells.
        try:
            named = Path(folder, f"original{PurePosixPath(issue.original.name).suffix}")
            named.write_bytes(kept.read_bytes())
        except (OSError, ValueError) as error:
            raise SourceError(f"{kept}：打不开原件（{error}）") from None
        return importer.read(named, vocabulary)


def _kept(into: archive.Archive, page: Path) -> Sheet | None:
    """The sheet as it was kept, None where there is none or it cannot be understood: it can be made again."""
    try:
        return _from_json(path(into, page).read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


# A reading's lines


def _lines(reading: importer.Reading) -> Iterable[SourceLine]:
    """The lines of the source that have a word or a picture, in its order, with the margins around them."""
    removed = {finding.line for finding in reading.findings if finding.kind in REMOVALS}
    yield from _margin(reading.source.head, Part.MASTHEAD, reading.findings)
    for line in reading.source.lines:
        made = _line(line, reading.regions.at(line.number), is_removed=line.number in removed)
        if made.text or made.has_picture:
            yield made
    yield from _margin(reading.source.foot, Part.DISTRIBUTION, reading.findings)


def _margin(lines: Iterable[Line], part: Part, findings: Iterable[Finding]) -> Iterable[SourceLine]:
    """The lines of a Word file's head or foot, which have no number: taken for ``part``, or left out and reported."""
    left_out = [each.message for each in findings if each.kind in REMOVALS and each.line is None]
    for line in lines:
        is_removed = any(f"“{line.text}”" in message for message in left_out)
        yield replace(_line(line, part, is_removed), number=0, in_margin=True)


def _line(line: Line, part: Part, is_removed: bool) -> SourceLine:
    # Invisible characters and radicals for Han look the same, and are reported: they would only hide what differs.
    rows = ["　".join(filter(None, map(repairs.cleaned, row))) for row in line.table]
    text = "\n".join(filter(None, [repairs.cleaned(line.text), *rows]))
    return SourceLine(line.number, text, line.page, part, line.image is not None, is_removed)


# Sheet ↔ JSON


def _as_json(sheet: Sheet) -> str:
    values = asdict(sheet) | {"done": sorted(sheet.done)}
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def _from_json(text: str) -> Sheet:
    values = json.loads(text)
    return Sheet(
        original=values["original"],
        lines=tuple(
            SourceLine(**{**each, "part": Part(each["part"]), "became": tuple(each["became"])})
            for each in values["lines"]
        ),
        findings=tuple(Finding(**each) for each in values["findings"]),
        reasons=tuple(
            tagging.Reason(**{**each, "words": tuple(each["words"])}) for each in values["reasons"]
        ),
        done=frozenset(values["done"]),
    )
