"""The commands, a module each for those that belong together: arguments and messages, no logic.

What every command needs is here; ``cli.py`` puts them together.
"""

from __future__ import annotations

from pathlib import Path

import click

from jianbao import archive
from jianbao.errors import JianbaoError

FILE = click.Path(path_type=Path)


def archive_of(context: click.Context) -> archive.Archive:
    """The archive that the command is to work on. Raises ArchiveError where there is none."""
    return archive.find(context.obj or Path.cwd())


def complain(error: JianbaoError) -> None:
    """Say on standard error what is wrong; the command goes on or ends as it sees fit."""
    click.echo(f"错误：{error}", err=True)
