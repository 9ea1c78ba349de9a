"""PDF files with a text layer: what stands where on the pages → paragraphs, tables and pictures.

pdfplumber (on pdfminer.six) tells where each character, line and picture stands. Paragraphs are joined within a
page; whether one goes on over the page break is only noted (``Line.goes_on``), and running heads are only
marked: ``recognise.repairs`` joins and removes them, and reports it.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from jianbao.errors import SourceError
from jianbao.sources import pdf_limits, pdf_pictures, pdf_rows, pdf_tables
from jianbao.sources.pdf_pages import UNKNOWN, Sheet, put_together
from jianbao.sources.pdf_pictures import Picture
from jianbao.sources.pdf_rows import Glyph
from jianbao.sources.source import Read

# A scan has no characters; a few stray ones (a stamp, a page number) do not make a text layer.
FEWEST_CHARACTERS = 20
# Where more of the characters than this cannot be told, the rest is no text either.
MOST_UNKNOWN = 0.1

# pdfminer warns of every oddity of a font; none of it concerns an editor.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def lines(data: bytes) -> Read:
    """The paragraphs, tables and pictures of a PDF file's bytes, numbered by their first row over all pages.

    Raises SourceError where the file is damaged, encrypted, a scan without text, without names for its
    characters, or larger than a bulletin is.
    """
    pdf_limits.check_unpacked(data)
    try:
        # An empty password opens what only the owner's password protects (from printing or copying).
        with pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False) as pdf:
            pages = pdf_limits.pages(pdf)
            glyphs = [pdf_rows.glyphs(page.chars) for page in pages]
            _check_text([text for text, _ in glyphs])
            return _read(pages, glyphs)
    except SourceError:
        raise
    except Exception as error:
        # pdfminer fails on damaged files in more ways than can be listed; pdfplumber wraps some of them.
        if (
            isinstance(error, PdfminerException)
            and error.args
            and isinstance(error.args[0], PDFPasswordIncorrect)
        ):
            raise SourceError("PDF 加了密码；请去掉密码，另存一份再导入") from None
        raise SourceError("PDF 已损坏或不完整，读不出来；请重新导出一份") from None


def _check_text(pages: Sequence[Sequence[Glyph]]) -> None:
    text = [glyph.text for page in pages for glyph in page if not glyph.is_blank]
    if len(text) < FEWEST_CHARACTERS:
        raise SourceError("PDF 里没有文字（是扫描件）；请先做文字识别（OCR），或找到 Word 原文再导入")
    unknown = text.count(UNKNOWN)
    if unknown > MOST_UNKNOWN * len(text):
        raise SourceError(
            "PDF 的字体没有文字编码，取出的只会是乱码；请找到 Word 原文，或重新做文字识别（OCR）再导入"
        )


def _read(pages: Sequence[Page], glyphs: Sequence[tuple[list[Glyph], str]]) -> Read:
    body = pdf_rows.body_size(text for text, _ in glyphs)
    cleared = pdf_rows.without_watermarks([text for text, _ in glyphs], body)
    pictures = [pdf_pictures.pictures(page) for page in pages]
    recurring = pdf_pictures.recurring(pictures)
    sheets = [
        _sheet(
            page, text, [aslant, watermark], [picture for picture in found if picture.key not in recurring]
        )
        for page, (_, aslant), (text, watermark), found in zip(pages, glyphs, cleared, pictures, strict=True)
    ]
    return put_together(sheets, body)


def _sheet(page: Page, text: list[Glyph], left_out: Sequence[str], pictures: Sequence[Picture]) -> Sheet:
    text, upright = pdf_rows.without_vertical(text)
    tables, text = pdf_tables.tables(page, text)
    kept = [picture for picture in pictures if not pdf_pictures.is_decoration(picture, page, text)]
    return Sheet(
        page.page_number,
        page,
        tuple(pdf_rows.columns(text)),
        tuple(tables),
        tuple(kept),
        left_out=tuple(each for each in (*left_out, upright) if each),
        is_scan=not text and any(picture.covers(page) for picture in kept),
    )
