"""The command as a user runs it: a new process in an archive of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REAL_ISSUE = ROOT / "tests" / "cases" / "issues" / "2017-20.txt"


@pytest.fixture
def archive(tmp_path):
    """An empty archive with the real vocabulary."""
    folder = tmp_path / "档案 一"
    (folder / "docs").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copy(ROOT / "docs" / "vocabulary.yml", folder / "docs")
    return folder


@pytest.fixture
def jianbao(archive):
    """Run ``jianbao`` with arguments in the archive; gives the finished process."""
    command = Path(sys.executable).with_name("jianbao")

    def run(*arguments, **options):
        return subprocess.run(
            [command, *map(str, arguments)], cwd=archive, capture_output=True, encoding="utf-8", **options
        )

    return run


def files(folder):
    """Every file below a folder with its bytes, to see that nothing was written."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
