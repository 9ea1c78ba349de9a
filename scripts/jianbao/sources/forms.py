"""The form of a file: what its name says, and what its bytes are."""

from __future__ import annotations

import re

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"

_TO_DOCX = "请在 Word 或 WPS 中打开，“另存为” .docx，再导入"
# Forms that no well-kept library reads → what they are, and the way out.
SAVE_AS_DOCX = {
    ".doc": ("旧版 Word 文件", _TO_DOCX),
    ".dot": ("旧版 Word 模板", _TO_DOCX),
    ".docm": ("带宏的 Word 文件", _TO_DOCX),
    ".wps": ("WPS 文件", _TO_DOCX),
    ".wpt": ("WPS 模板", _TO_DOCX),
    ".et": ("WPS 表格", "请把内容复制到 Word，“另存为” .docx，再导入"),
    ".rtf": ("RTF 文件", _TO_DOCX),
    ".odt": ("OpenDocument 文件", _TO_DOCX),
    ".ofd": ("OFD 版式文件", "请找到 Word 原文，或用 OFD 阅读器、WPS 转换，“另存为” .docx，再导入"),
    ".mht": ("单个文件的网页", "请用 Word 或 WPS 打开，“另存为” .docx，再导入"),
    ".mhtml": ("单个文件的网页", "请用 Word 或 WPS 打开，“另存为” .docx，再导入"),
}
# A file that a zip package of each form holds.
_PACKAGES = (
    ("word/", ".docx"),
    ("OFD.xml", ".ofd"),
    ("content.xml", ".odt"),
)
_WEB_PAGE = re.compile(rb"^(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_WEB_ARCHIVE = re.compile(
    rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:content-type:\s*multipart/related)", re.I
)


def true_form(data: bytes) -> str | None:
    """The suffix that the bytes call for; None where they are text of no particular form, or junk."""
    if data.startswith(OLE_MAGIC):
        # A .docx with a password is in this form, too; its reader says so.
        return ".doc" if "WordDocument".encode("utf-16-le") in data else ".docx"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(ZIP_MAGIC):
        return _package_form(data)
    start = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _WEB_ARCHIVE.match(start):
        return ".mht"
    return ".html" if _WEB_PAGE.match(start) else None


def _package_form(data: bytes) -> str | None:
    # The names of a package's files stand in its bytes as they are, even where it has been cut off.
    return next((suffix for name, suffix in _PACKAGES if name.encode() in data), None)
