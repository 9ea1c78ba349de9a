"""Names that every system takes: a bundle is unpacked on Windows, UOS and macOS, by whatever program is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# Windows takes 260 characters; the folder that a reader unpacks into needs some of them.
LONGEST = 180

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]')


def faults(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each path (relative, with ``/``) that some system cannot hold, with the reason in Chinese."""
    spelled: dict[str, str] = {}
    for path in paths:
        reason = _reason(path)
        if reason:
            yield path, reason
        for step in _steps(path):
            other = spelled.setdefault(step.lower(), step)
            if other != step:
                yield path, f"与 {other} 只有大小写不同"


def _reason(path: str) -> str | None:
    names = path.split("/")
    if len(path) >= LONGEST:
        return f"长 {len(path)} 个字符，应当少于 {LONGEST} 个"
    if not path.isascii():
        return "不全是英文字母、数字和符号"
    if _FORBIDDEN.search(path):
        return "含有 Windows 不许用的符号"
    if any(name.endswith((".", " ")) or not name for name in names):
        return "有一段以点或空格结尾"
    if any(_RESERVED.fullmatch(name) for name in names):
        return "有一段是 Windows 保留的名字"
    return None


def _steps(path: str) -> Iterator[str]:
    """The path and every folder on the way to it: two folders collide as two files do."""
    yield path
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
