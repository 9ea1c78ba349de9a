"""Text files: .txt in the encodings that Chinese offices have used, and .md.

The encodings are tried in an order in which a wrong guess fails: a byte order mark decides, then UTF-8, which
other encodings almost never satisfy by chance, then GB18030, the superset of GBK and GB 2312 that Chinese law
asks software to read (GB 18030-2022). UTF-16 without a mark is told by its zero bytes.
"""

from __future__ import annotations

import codecs
import unicodedata

from jianbao.errors import SourceError
from jianbao.sources.source import Line

# UTF-32's little-endian mark begins with UTF-16's, so it is asked first.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def lines(data: bytes) -> tuple[Line, ...]:
    """The lines of a text file's bytes; a form feed ends a page and, where it stands inside a line, the line.

    Raises SourceError where no encoding fits.
    """
    result = []
    page = 1
    for number, text in enumerate(_normalised_ends(decode(data)).split("\n"), start=1):
        for part_of_page, part in enumerate(text.split("\f")):
            page += 1 if part_of_page else 0
            result.append(Line(number, part, page=page))
    return tuple(result)


def decode(data: bytes) -> str:
    """The text of bytes in UTF-8, UTF-16, UTF-32 or GB18030. Raises SourceError where none fits."""
    for encoding in _candidates(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError("不是文本文件，或者编码无法识别；请另存为 UTF-8 编码的 .txt 再导入")


def _candidates(data: bytes) -> tuple[str, ...]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return (encoding,)
    if b"\0" in data:
        return _utf16_by_zero_bytes(data)
    return ("utf-8", "gb18030")


def _utf16_by_zero_bytes(data: bytes) -> tuple[str, ...]:
    """UTF-16 text has the zero bytes of ASCII and line ends on one side of each pair.

    A few Han characters (一, U+4E00) have theirs on the other side: the larger count tells.
    """
    even, odd = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return (encoding,) if _is_text(data.decode(encoding, errors="replace")) else ()


def _is_text(text: str) -> bool:
    """Whether all but a few characters are ones that a bulletin prints."""
    strange = sum(
        unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") for char in text if char not in "\r\n\t\f"
    )
    return strange * 50 <= len(text)


def _normalised_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
