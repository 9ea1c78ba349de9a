"""docs/ → site/ with MkDocs: the same site that ``mkdocs build`` makes, with messages in Chinese."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jianbao.archive import Archive
from jianbao.edition import Edition
from jianbao.errors import ArchiveError

# The preview is for this machine alone.
HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 20
# The log in which the plugin says how far it is.
STEPS = "jianbao.steps"


def build(
    archive: Archive,
    docs: Path | None = None,
    site: Path | None = None,
    edition: Edition | None = None,
    has_originals: bool = True,
    progress: Callable[[str], None] = lambda text: None,
) -> None:
    """Make ``site/`` anew; with ``docs`` and ``site`` another site in the archive's form.

    ``edition`` is what the site says of itself, None for a preview; ``has_originals`` whether the source files
    are in it. ``progress`` is told what is being done. Raises ArchiveError with MkDocs' own message where it cannot.
    """
    with _mkdocs(archive, progress) as (load_config, commands):
        folders = {"docs_dir": str(docs or archive.docs), "site_dir": str(site or archive.site)}
        config = load_config(str(archive.config), **folders)
        plugin = config.plugins["jianbao"]
        plugin.edition, plugin.has_originals = edition, has_originals
        commands.build.build(config)


def serve(archive: Archive, port: int, progress: Callable[[str], None] = lambda text: None) -> None:
    """Serve the site at ``http://127.0.0.1:port/``, remade whenever a file changes, until Ctrl+C.

    Raises ArchiveError where the port is taken or the site cannot be made.
    """
    with _mkdocs(archive, progress) as (_, commands):
        commands.serve.serve(str(archive.config), livereload=True, dev_addr=f"{HOST}:{port}", site_url=None)


def free_port() -> int:
    """The first free port from 8000 on, so that a second archive can be previewed beside the first."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    last = FIRST_PORT + PORTS_TRIED - 1
    raise ArchiveError(f"端口 {FIRST_PORT} 至 {last} 都被占用；请用 --port 指定一个空闲的")


@contextmanager
def _mkdocs(archive: Archive, progress: Callable[[str], None]) -> Iterator[tuple]:
    # Material prints a notice on MkDocs 2 at import; it says nothing to an editor.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs import commands
    from mkdocs.commands import build, serve  # noqa: F401  (makes them attributes of commands)
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    messages = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(messages)
    logger.propagate = False
    steps = logging.getLogger(STEPS)
    shown = _Steps(progress)
    steps.addHandler(shown)
    steps.setLevel(logging.INFO)
    try:
        yield load_config, commands
    except MkDocsException as error:
        # MkDocs logs what is wrong and then aborts with a word that says nothing.
        reason = messages.errors[-1] if messages.errors else f"{archive.config}：{error}"
        raise ArchiveError(f"{reason}（网站没有做成）") from None
    except OSError as error:
        raise ArchiveError(f"{error.filename or archive.root}：{error.strerror}（网站没有做成）") from None
    finally:
        logger.removeHandler(messages)
        steps.removeHandler(shown)
        progress("")


class _Messages(logging.Handler):
    """MkDocs' log: warnings go to the terminal at once, errors are kept for the one line that is shown."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            self.errors.append(record.getMessage())
        else:
            print(f"注意：{record.getMessage()}", file=sys.stderr)


class _Steps(logging.Handler):
    """How far the build is, told as it comes."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        super().__init__()
        self._progress = progress

    def emit(self, record: logging.LogRecord) -> None:
        self._progress(record.getMessage())
