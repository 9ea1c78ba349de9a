"""Whole issues: tests/cases/issues/ holds a source, the page expected of it, and the findings expected.

Adding a layout to the importer is adding a source file there; ``python tests/unit/test_cases.py`` writes what
the importer makes of the new ones, to be looked over before they are committed.
"""

from pathlib import Path

import pytest

from archives import ROOT
from jianbao import importer, page, vocabulary

FOLDER = ROOT / "tests" / "cases" / "issues"
SOURCES = sorted(FOLDER.glob("*.txt"))


def made_of(source: Path) -> dict[Path, str]:
    """The page and the findings, by the files that hold what is expected."""
    reading = importer.read(source, vocabulary.load(ROOT / "docs" / "vocabulary.yml"))
    findings = "".join(f"{f.line or '-'} {f.kind} {f.message}\n" for f in reading.findings)
    return {
        source.with_suffix(".md"): page.write(reading.issue),
        source.with_suffix(".findings"): findings,
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_case(source):
    for path, text in made_of(source).items():
        assert text == path.read_text("utf-8")


if __name__ == "__main__":
    for each in SOURCES:
        for expected, content in made_of(each).items():
            if not expected.exists():
                expected.write_text(content, "utf-8")
