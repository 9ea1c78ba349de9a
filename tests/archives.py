"""Archives to test with: the real issue, and new archives made like this repository's own."""

import re
import shutil
from pathlib import Path

from jianbao import archive, importer, vocabulary

ROOT = Path(__file__).parents[1]
REAL_ISSUE = ROOT / "tests" / "cases" / "issues" / "2017-20.txt"


def new_archive(folder):
    """An archive in ``folder`` with this repository's templates and vocabulary, and no issue."""
    (folder / "docs").mkdir(parents=True)
    # Without the guide, which has tests of its own.
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(re.sub(r"  - 使用手册:\n(?:      - .*\n)+", "", config), "utf-8")
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    for name in ("vocabulary.yml", "index.md"):
        shutil.copy(ROOT / "docs" / name, folder / "docs")
    return archive.Archive(folder)


def import_into(target, file, replace=False):
    """Import a source file into an archive, as ``jianbao import`` does."""
    importer.store(file, importer.read(file, vocabulary.load(target.vocabulary)), target, replace)


def files(folder):
    """Every file below a folder with its bytes, to see that nothing was written."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
