"""Pictures: which ones a page can show, told by their bytes; a suffix may lie."""

from __future__ import annotations

from jianbao.issue import Finding
from jianbao.sources.source import Image, Line

# The first bytes of the formats that every browser shows.
_SHOWN = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
)
_NOT_SHOWN = (
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"\x01\x00\x09\x00", "WMF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\x1f\x8b", "EMZ"),
)


def image(data: bytes) -> Image | None:
    """The picture with the suffix that its bytes call for; None where a browser cannot show it."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Image(data, ".webp")
    return next((Image(data, suffix) for magic, suffix in _SHOWN if data.startswith(magic)), None)


def format_name(data: bytes) -> str:
    """The name of a format that a browser does not show, for a message: ``EMF``."""
    if data[40:44] == b" EMF":
        return "EMF"
    if b"<svg" in data[:1000]:
        return "SVG"
    return next((name for magic, name in _NOT_SHOWN if data.startswith(magic)), "无法识别的")


def lines(data: bytes, line: Line) -> tuple[tuple[Line, ...], tuple[Finding, ...]]:
    """``line`` with the picture in ``data``, or none and a finding where a page cannot show it."""
    found = image(data)
    if found:
        return (Line(line.number, line.text, page=line.page, image=found),), ()
    return (), (unshown(format_name(data), line.number),)


def unshown(name: str, line: int) -> Finding:
    """That a picture is not on the page, for its format; the original keeps it."""
    message = f"这里有一张{name}格式的图，网页不能显示，没有放进页面（原件里还在）；请另存为 PNG 后补上"
    return Finding("picture_format", line, message)
