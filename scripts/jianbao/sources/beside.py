"""Pictures that a web page or a Markdown file only names: looked for beside the file, never elsewhere.

A browser that saves a page puts its pictures into a folder beside it (``简报_files``, ``简报.files``). An
address is data from the file: nothing is fetched from the net, nothing is read outside the file's folder.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from jianbao.issue import Finding
from jianbao.sources import pictures
from jianbao.sources.source import Elsewhere, Line, Read

# A photograph has some MB; a bulletin full of them some tens.
LARGEST_PICTURE = 30_000_000
LARGEST_TOGETHER = 100_000_000

_DATA = re.compile(r"data:image/[\w.+-]+(?:;[\w=-]+)*;base64,(.*)", re.DOTALL | re.IGNORECASE)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
# How browsers and Word name the folder of a page's pictures after the page.
SAVED_BESIDE = ("_files", ".files", "_file")


def found(read: Read, path: Path) -> Read:
    """``read`` with the pictures that lie beside ``path``; for each that does not, a finding in its place."""
    if not any(isinstance(line.image, Elsewhere) for line in read.lines):
        return read
    lines: list[Line] = []
    findings: list[Finding] = []
    size = 0
    for line in read.lines:
        if not isinstance(line.image, Elsewhere):
            lines.append(line)
            continue
        data = _bytes(line.image.address, path)
        size += len(data or b"")
        if data is None or size > LARGEST_TOGETHER:
            findings.append(_missing(line))
            continue
        shown, doubts = pictures.lines(data, line)
        lines += shown
        findings += doubts
    return Read(tuple(lines), (*read.findings, *findings), read.head, read.foot)


def _missing(line: Line) -> Finding:
    address = line.image.address
    shown = address if len(address) <= 60 else f"{address[:30]}…{address[-25:]}"
    named = f"“{line.text}”" if line.text else ""
    message = f"图片{named}不在文件旁边（{shown}），没有放进页面；请把网页连同图片文件夹一起保存后重新导入，或事后补上"
    return Finding("picture_missing", line.number, message)


def _bytes(address: str, path: Path) -> bytes | None:
    """The bytes of a picture that the file holds in itself or that lies in or below the folder of ``path``."""
    inline = _DATA.match(address)
    if inline:
        try:
            return base64.b64decode(unquote(inline[1])) or None
        except (binascii.Error, ValueError):
            return None
    folder = path.parent
    for name in _names(address, path.stem):
        place = folder / name
        try:
            is_inside = place.resolve(strict=True).is_relative_to(folder.resolve())
            if is_inside and place.is_file() and place.stat().st_size <= LARGEST_PICTURE:
                return place.read_bytes()
        except (OSError, ValueError):
            # A name too long for the file system, or with a zero byte: no such file either.
            continue
    return None


def _names(address: str, stem: str) -> Iterator[str]:
    """The relative names that an address may stand for; last, its file in the folder that the browser made."""
    plain = re.split(r"[?#]", address.strip().replace("\\", "/"), maxsplit=1)[0]
    unescaped = (unquote(plain), plain, unquote(plain, encoding="gb18030", errors="replace"))
    if plain and not _ABSOLUTE.match(plain):
        yield from dict.fromkeys(unescaped)
    for name in dict.fromkeys(name.rsplit("/", 1)[-1] for name in unescaped):
        if name not in ("", ".", ".."):
            yield from (f"{stem}{ending}/{name}" for ending in SAVED_BESIDE)
