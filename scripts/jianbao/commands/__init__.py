"""The commands, a module each for those that belong together: arguments and messages, no logic.

What every command needs is here; ``cli.py`` puts them together.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from jianbao import archive
from jianbao.errors import JianbaoError

FILE = click.Path(path_type=Path)
# Where the context keeps whether ``--quiet`` was given.
QUIET = "jianbao.quiet"


def archive_of(context: click.Context) -> archive.Archive:
    """The archive that the command is to work on. Raises ArchiveError where there is none."""
    return archive.find(context.obj or Path.cwd(), is_named=bool(context.obj))


def say(message: str) -> None:
    """Say that something is done, or what to do next: what ``--quiet`` leaves out. A result is printed by click.echo."""
    if not _is_quiet():
        click.echo(message)


def complain(error: JianbaoError) -> None:
    """Say on standard error what is wrong; the command goes on or ends as it sees fit."""
    click.echo(f"{click.style('错误：', fg='red')}{error}", err=True, color=colours())


def colours() -> bool | None:
    """Whether to print in colours: None for on a terminal only, False where the environment asks for none (NO_COLOR)."""
    return False if os.environ.get("NO_COLOR") else None


def progress() -> Callable[[str], None]:
    """What shows how far long work is: one line of the terminal, written over. Nothing elsewhere and with ``--quiet``."""
    if _is_quiet() or not sys.stderr.isatty():
        return lambda text: None

    def show(text: str) -> None:
        # Back to the line's start, and what stood there erased; an empty text leaves the line clean.
        click.echo(f"\r\x1b[K{text}", nl=False, err=True)

    return show


def _is_quiet() -> bool:
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(QUIET))
