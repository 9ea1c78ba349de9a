"""Signing by ``ssh-keygen -Y``: the key that an editor has for git or a server signs a bundle, too.

``verify.py`` is the other side; it names what is signed and for what.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from jianbao.editions import verify
from jianbao.errors import EditionError


def sign(bag: Path, key: Path) -> None:
    """Put the signature of a bundle's folder beside the list that it is of. Raises EditionError."""
    command = [
        "ssh-keygen",
        "-Y",
        "sign",
        "-q",
        "-f",
        str(key),
        "-n",
        verify.NAMESPACE,
        str(bag / verify.TAG_SUMS),
    ]
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise EditionError(
            f"{key}：没有签成（{said[-1] if said else 'ssh-keygen 没有说明原因'}）；没有做成离线包"
        )


def demand(key: Path) -> None:
    """Raise EditionError, before any work is done, where there is nothing to sign with."""
    if not key.is_file():
        raise EditionError(f"{key}：没有这个密钥文件；可以用 ssh-keygen -t ed25519 -f {key} 做一把")
    if not shutil.which("ssh-keygen"):
        raise EditionError(
            "没有找到 ssh-keygen，不能签名；请先安装（Debian：apt-get install openssh-client）"
        )
