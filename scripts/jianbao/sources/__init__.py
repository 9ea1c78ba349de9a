"""Source files: bytes of any form → lines. One form, one module."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path

from jianbao.errors import SourceError
from jianbao.sources.source import Image, Line, Read, Source

__all__ = ["READERS", "Image", "Line", "Read", "Source", "read"]

# suffix → the module beside this one whose ``lines`` reads it (bytes → lines, or Read where there is more to say)
READERS = {
    ".txt": "text",
    ".md": "markdown",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
}

# A bulletin full of photographs has some tens of MB.
LARGEST = 100_000_000

# What is text only has no photographs: a bulletin has some tens of KB.
LARGEST_TEXT = 10_000_000
TEXT_FORMS = frozenset({".txt", ".md", ".html", ".htm"})

# Forms that no well-kept library reads; the way out is in the message.
SAVE_AS_DOCX = frozenset({".doc", ".wps", ".rtf", ".et", ".odt"})


def read(path: Path) -> Source:
    """The file at ``path`` as lines.

    Raises SourceError, its message beginning with the path, where the file is absent, empty or of a form
    that cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path}：没有这个文件；请核对文件名和所在文件夹") from None
    except IsADirectoryError:
        raise SourceError(f"{path}：这是文件夹，不是文件；请指明其中的一个文件") from None
    except OSError as error:
        raise SourceError(f"{path}：打不开（{error.strerror}）；请检查权限") from None
    if not data.strip(b"\0\t\n\f\r \xef\xbb\xbf\xff\xfe"):
        raise SourceError(f"{path}：文件是空的；请检查是否存错了文件")
    suffix = path.suffix.lower()
    largest = LARGEST_TEXT if suffix in TEXT_FORMS else LARGEST
    if len(data) > largest:
        size, limit = len(data) // 1_000_000, largest // 1_000_000
        raise SourceError(f"{path}：文件有 {size} MB，超过 {limit} MB，不像简报；请检查是否存错了文件")
    if suffix in SAVE_AS_DOCX:
        raise SourceError(f"{path}：不能直接读 {suffix}；请在 Word 或 WPS 中“另存为” .docx，再导入")
    if suffix not in READERS:
        known = "、".join(READERS)
        raise SourceError(f"{path}：不认识的文件类型“{suffix or '无扩展名'}”；能读的有 {known}")
    # A reader's library takes a tenth of a second to load: only the one that is needed is.
    reader = importlib.import_module(f"jianbao.sources.{READERS[suffix]}")
    try:
        made = reader.lines(data)
    except SourceError as error:
        raise SourceError(f"{path}：{error}") from None
    found = made if isinstance(made, Read) else Read(made)
    return Source(path.name, hashlib.sha256(data).hexdigest(), found.lines, data, found.findings)
