"""The command ``jianbao`` in the process of the tests, for what it does; consoles, signals and cuts need their own."""

import contextlib
import io
import os
import sys
from subprocess import CompletedProcess

from jianbao import cli


def jianbao(folder, *arguments):
    """Run the command in ``folder`` as from a prompt; gives what ``subprocess.run`` would, with text."""
    words = ["jianbao", *map(str, arguments)]
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    with (
        contextlib.chdir(folder),
        open(os.devnull) as nothing,
        _replaced(sys, argv=words, stdin=nothing, stdout=streams[0], stderr=streams[1]),
    ):
        try:
            cli.main()
            status = 0
        except SystemExit as end:
            status = end.code or 0
    return CompletedProcess(words, status, *(each.buffer.getvalue().decode() for each in streams))


@contextlib.contextmanager
def _replaced(owner, **values):
    before = {name: getattr(owner, name) for name in values}
    try:
        for name, value in values.items():
            setattr(owner, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(owner, name, value)
