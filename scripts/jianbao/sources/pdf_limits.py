"""What a PDF file may cost to read: checked before anything of it is unpacked or interpreted."""

from __future__ import annotations

import base64
import collections
import contextlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import pdfplumber
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page

from jianbao.errors import SourceError

# A bulletin has ten to thirty pages; a page takes about a tenth of a second.
MOST_PAGES = 80
# One stream unpacked: a font of all Han characters has 20 MB, a large photograph stored without loss 70.
MOST_UNPACKED = 80_000_000
# What draws the pages: a page of text is 10 to 30 KB, and a second goes by for each 300 KB.
MOST_DRAWING = 2_000_000
DEEPEST_FORM = 8

_STREAM = re.compile(rb"stream\r?\n")
_DO = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_ASCII85 = re.compile(rb"/(?:ASCII85Decode|A85)\b")
_PIECE = 1 << 16
# A stream's dictionary, which names how it is packed.
LONGEST_HEAD = 500


def check_unpacked(data: bytes) -> None:
    """Raises SourceError where a stream in the file unpacks to more than a bulletin can need (a zip bomb).

    Streams are looked for in the bytes and unpacked piece by piece, for pdfminer unpacks one whole; what is
    packed twice is unpacked twice.
    """
    for match in _STREAM.finditer(data):
        end = data.find(b"endstream", match.end())
        packed = data[match.end() : end if end >= 0 else len(data)]
        if _ASCII85.search(data, max(0, match.start() - LONGEST_HEAD), match.start()):
            packed = _from_ascii85(packed)
        once = _limited(_unpacked(packed[i : i + _PIECE] for i in range(0, len(packed), _PIECE)))
        for layer in (_limited(_unpacked(once)), once):
            # What cannot be unpacked is not packed, packed in another way, or encrypted.
            with contextlib.suppress(zlib.error):
                collections.deque(layer, maxlen=0)


def _from_ascii85(packed: bytes) -> bytes:
    try:
        return base64.a85decode(packed.partition(b"~>")[0])
    except ValueError:
        return b""


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not unpacking.eof:
            yield unpacking.decompress(rest, _PIECE)
            rest = unpacking.unconsumed_tail


def _limited(pieces: Iterable[bytes]) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_UNPACKED:
            raise SourceError(f"展开后超过 {MOST_UNPACKED // 1_000_000} MB，不像简报；请重新导出一份 PDF")
        yield piece


def pages(pdf: pdfplumber.PDF) -> list[Page]:
    """The file's pages. Raises SourceError where there are more of them, or more on them, than a bulletin has."""
    if len(list(islice(PDFPage.create_pages(pdf.doc), MOST_PAGES + 1))) > MOST_PAGES:
        raise SourceError(f"PDF 超过 {MOST_PAGES} 页，不像一期简报；请拆成单期再导入")
    drawing = 0
    for page in pdf.pages:
        drawing += _drawing(page.page_obj)
        if drawing > MOST_DRAWING:
            raise SourceError(
                "PDF 页面上的内容太多（可能是地图或复杂图形），不像简报；请从 Word 原文重新导出"
            )
    return pdf.pages


def _drawing(page: PDFPage) -> int:
    """Bytes that draw a page, what it draws several times counted as often."""
    streams = [resolve1(each) for each in page.contents]
    content = b"\n".join(each.get_data() for each in streams if isinstance(each, PDFStream))
    return _with_forms(content, page.resources, {}, 0)


def _with_forms(content: bytes, resources: object, known: dict[int, int], depth: int) -> int:
    """The size of ``content`` with all forms that it draws, and those that they draw."""
    resources = resolve1(resources)
    forms = resolve1(resources.get("XObject")) if isinstance(resources, Mapping) else None
    size = len(content)
    if not isinstance(forms, Mapping) or depth > DEEPEST_FORM:
        return size if depth <= DEEPEST_FORM else MOST_DRAWING + 1
    for name in _DO.findall(content):
        form = resolve1(forms.get(name.decode("latin-1")))
        if not isinstance(form, PDFStream) or getattr(form.get("Subtype"), "name", "") != "Form":
            continue
        if id(form) not in known:
            known[id(form)] = 0
            inner = form.get("Resources", resources)
            known[id(form)] = _with_forms(form.get_data(), inner, known, depth + 1)
        size += known[id(form)]
        if size > MOST_DRAWING:
            break
    return size
