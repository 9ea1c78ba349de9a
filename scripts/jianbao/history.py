"""The git history of the archive: which commit is checked out, what was published, what a page said then.

An edition that was published has a tag (``edition/2017.20``) at the commit it was made from; the tags are how a
clone knows what is published. Everything is asked of the program ``git``.
"""

from __future__ import annotations

import datetime
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from jianbao.edition import Name
from jianbao.errors import HistoryError

TAG_PREFIX = "edition/"
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))


@dataclass(frozen=True)
class History:
    """The repository that the archive's folder ``root`` is in. Paths are relative to ``root``, with ``/``.

    Every method raises HistoryError where there is no repository, no git, or git refuses.
    """

    root: Path

    def head(self) -> str:
        """The full hash of the commit that is checked out."""
        return self._git("rev-parse", "--verify", "HEAD^{commit}").decode().strip()

    def uncommitted(self, *paths: str) -> tuple[str, ...]:
        """The files in ``root``, or below ``paths``, that a checkout of the commit would not have, or otherwise.

        Changed, new or deleted; with ``paths`` those that git is told to ignore count, too, since whoever reads the
        folder reads them. As git names them, from the root of the repository.
        """
        ignored = ("--ignored=matching",) if paths else ()
        entries = self._git(
            "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", *ignored, "--", *(paths or (".",))
        )  # fmt: skip
        return tuple(entry[3:].decode("utf-8", "replace") for entry in entries.split(b"\0") if entry)

    def date(self, commit: str) -> datetime.date:
        """The commit's day (committer date) in Beijing."""
        seconds = int(self._git("show", "--no-patch", "--format=%ct", commit))
        return datetime.datetime.fromtimestamp(seconds, _BEIJING).date()

    def editions(self) -> dict[Name, str]:
        """Every published edition that is tagged, oldest first, with its commit."""
        lines = self._git(
            "for-each-ref",
            "--format=%(refname:lstrip=2) %(objectname) %(*objectname)",
            f"refs/tags/{TAG_PREFIX}",
        )
        found = {}
        for line in lines.decode().splitlines():
            # An annotated tag has a hash of its own; the commit comes after it.
            ref, *hashes = line.split()
            name = Name.parse(ref.removeprefix(TAG_PREFIX))
            if name:
                found[name] = hashes[-1]
        return dict(sorted(found.items()))

    def branch_point(self, ref: str) -> str:
        """The commit that ``ref`` (``origin/main``, a tag, a hash) and the one checked out have in common."""
        if ref.startswith("-"):
            raise HistoryError(f"“{ref}”不是提交、分支或标签的名称")
        return self._git("merge-base", "HEAD", ref).decode().strip()

    def tag(self, name: Name, commit: str) -> None:
        """Remember that edition ``name`` was published from ``commit``. Raises HistoryError where the tag exists."""
        self._git("tag", f"{TAG_PREFIX}{name}", commit)

    def has(self, commit: str) -> bool:
        """Whether the repository holds the commit; a shallow clone lacks the older ones."""
        try:
            self._git("cat-file", "-e", f"{commit}^{{commit}}")
        except HistoryError:
            return False
        return True

    def read(self, commit: str, path: str) -> bytes | None:
        """The file's bytes in ``commit``, None where it was not there."""
        try:
            return self._git("show", f"{commit}:./{path}")
        except HistoryError:
            return None

    def files(self, commit: str, path: str = ".") -> tuple[str, ...]:
        """The files below ``path`` in ``commit``."""
        names = self._git("ls-tree", "-r", "-z", "--name-only", commit, "--", path)
        return tuple(name.decode("utf-8", "replace") for name in names.split(b"\0") if name)

    def changed(self, commit: str, path: str = ".") -> tuple[str, ...]:
        """The files below ``path`` that are not now, in the folder, as they were in ``commit``: changed or deleted."""
        names = self._git("diff", "--name-only", "-z", "--no-renames", "--relative", commit, "--", path)
        return tuple(name.decode("utf-8", "replace") for name in names.split(b"\0") if name)

    def _git(self, *arguments: str) -> bytes:
        # A hook sets these to its own repository; the messages are matched by nobody, so any language will do.
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        try:
            done = subprocess.run(
                ["git", "-C", str(self.root), "-c", "core.quotepath=off", *arguments],
                capture_output=True, env=environment, check=False,
            )  # fmt: skip
        except FileNotFoundError:
            raise HistoryError("没有找到 git；请先安装（Debian：apt-get install git）") from None
        if done.returncode:
            reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise HistoryError(
                f"{self.root}：git {arguments[0]} 没有成功：{reason[-1] if reason else '原因不明'}"
            )
        return done.stdout
