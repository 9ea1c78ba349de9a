"""The command as a user runs it, in an archive of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

import in_process
from archives import new_archive


@pytest.fixture
def archive(tmp_path):
    """An empty archive with the real vocabulary."""
    return new_archive(tmp_path / "档案 一").root


@pytest.fixture
def jianbao(archive):
    """Run ``jianbao`` with arguments in the archive; gives what the finished process would be.

    With options of ``subprocess.run`` it is a process: for what depends on one.
    """

    def run(*arguments, **options):
        if not options:
            return in_process.jianbao(archive, *arguments)
        command = Path(sys.executable).with_name("jianbao")
        return subprocess.run(
            [command, *map(str, arguments)], cwd=archive, capture_output=True, encoding="utf-8", **options
        )

    return run
