"""The command as a user runs it: a new process in an archive of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from archives import new_archive


@pytest.fixture
def archive(tmp_path):
    """An empty archive with the real vocabulary."""
    return new_archive(tmp_path / "档案 一").root


@pytest.fixture
def jianbao(archive):
    """Run ``jianbao`` with arguments in the archive; gives the finished process."""
    command = Path(sys.executable).with_name("jianbao")

    def run(*arguments, **options):
        return subprocess.run(
            [command, *map(str, arguments)], cwd=archive, capture_output=True, encoding="utf-8", **options
        )

    return run
