"""Source files: bytes of any form → lines. One form, one module."""

from __future__ import annotations

import hashlib
import importlib
import os
from pathlib import Path

from jianbao.errors import SourceError
from jianbao.sources import beside, forms
from jianbao.sources.beside import SAVED_BESIDE
from jianbao.sources.forms import SAVE_AS_DOCX
from jianbao.sources.source import MOST_LINES, TOO_MANY_LINES, Image, Line, Read, Source

__all__ = ["READERS", "SAVED_BESIDE", "SAVE_AS_DOCX", "Image", "Line", "Read", "Source", "read"]

# suffix → the module beside this one whose ``lines`` reads it (bytes → lines, or Read where there is more to say)
READERS = {
    ".txt": "text",
    ".md": "markdown",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
}

# A whole bulletin has some ten thousand characters, a long one fifty thousand.
LONGEST_LINE = 300_000

# A bulletin full of photographs has some tens of MB.
LARGEST = 100_000_000

# What is text only has no photographs: a bulletin has some tens of KB. A web page may have some inside itself,
# and takes ten times its size to read.
LARGEST_TEXT = {".txt": 10_000_000, ".md": 10_000_000, ".html": 40_000_000, ".htm": 40_000_000}


def read(path: Path) -> Source:
    """The file at ``path`` as lines.

    Raises SourceError, its message beginning with the path, where the file is absent, empty or of a form
    that cannot be read.
    """
    suffix = path.suffix.lower()
    try:
        data = _bytes(path, suffix)
        _check_form(data, suffix)
        # A reader's library takes a tenth of a second to load: only the one that is needed is.
        made = importlib.import_module(f"jianbao.sources.{READERS[suffix]}").lines(data)
        found = beside.found(made if isinstance(made, Read) else Read(made), path)
        if len(found.lines) > MOST_LINES:
            raise SourceError(TOO_MANY_LINES)
        for line in found.lines:
            if len(line.text) > LONGEST_LINE:
                raise SourceError(f"第{line.number}行有 {len(line.text)} 字，不像简报；请检查是否存错了文件")
        if not any(line.text.strip() or line.table for line in found.lines):
            raise SourceError("文件里没有文字；请检查是否存错了文件")
    except SourceError as error:
        raise SourceError(f"{path}：{error}") from None
    digest = hashlib.sha256(data).hexdigest()
    return Source(_name(path), digest, found.lines, data, found.head, found.foot, found.findings)


def _name(path: Path) -> str:
    """The file's own name. On a share or out of an archive from Windows its bytes may be GBK, not UTF-8."""
    name = os.fsencode(path.name)
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def _bytes(path: Path, suffix: str) -> bytes:
    largest = LARGEST_TEXT.get(suffix, LARGEST)
    try:
        size = path.stat().st_size
        if size > largest:
            size, limit = size // 1_000_000, largest // 1_000_000
            raise SourceError(f"文件有 {size} MB，超过 {limit} MB，不像简报；请检查是否存错了文件")
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError("没有这个文件；请核对文件名和所在文件夹") from None
    except IsADirectoryError:
        raise SourceError("这是文件夹，不是文件；请指明其中的一个文件") from None
    except OSError as error:
        raise SourceError(f"打不开（{error.strerror}）；请检查权限") from None
    if not data.strip(b"\0\t\n\f\r \xef\xbb\xbf\xff\xfe"):
        raise SourceError("文件是空的；请检查是否存错了文件")
    return data


def _check_form(data: bytes, suffix: str) -> None:
    """Raises SourceError where there is no reader for this suffix, or the bytes are of another form."""
    true = forms.true_form(data)
    # What the old container holds cannot be told from its bytes in general; the name tells that it is no .docx.
    if suffix in SAVE_AS_DOCX and data.startswith(forms.OLE_MAGIC):
        true = suffix
    if true in READERS and READERS[true] != READERS.get(suffix) and not (suffix == ".md" and true == ".html"):
        raise SourceError(f"扩展名是“{suffix}”，内容其实是 {true} 文件；请把扩展名改为 {true}，再导入")
    if true in SAVE_AS_DOCX and true != suffix:
        name, way_out = SAVE_AS_DOCX[suffix if suffix in SAVE_AS_DOCX else true]
        raise SourceError(f"内容其实是{name}（{true}），不能直接读；{way_out}")
    if suffix in SAVE_AS_DOCX:
        name, way_out = SAVE_AS_DOCX[suffix]
        raise SourceError(f"不能直接读{name}（{suffix}）；{way_out}")
    if suffix not in READERS:
        known = "、".join(READERS)
        raise SourceError(f"不认识的文件类型“{suffix or '无扩展名'}”；能读的有 {known}")
