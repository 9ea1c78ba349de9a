"""Word files (.docx), read as they print once all tracked changes are accepted.

python-docx opens the package and knows its styles; what it does not offer (tracked changes, text boxes,
automatic numbers) is read from the XML (ECMA-376, WordprocessingML).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from jianbao.errors import SourceError
from jianbao.sources.docx_numbering import Numbering
from jianbao.sources.source import WIDE_SPACE, Image, Line

# A bulletin with its pictures is a few MB; what unpacks to more than this is no bulletin.
MOST_UNPACKED = 200_000_000
# Its text alone, as XML; parsed it takes many times as much memory.
MOST_XML = 20_000_000
OLE_MAGIC = b"\xd0\xcf\x11\xe0"

_DROPPED = frozenset(
    qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rPr", "w:pPr")
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = qn("w:txbxContent")
_BLIP = qn("a:blip")
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_SPACED = re.compile(r"[ \t]{3,}|\t")


def lines(data: bytes) -> tuple[Line, ...]:
    """The paragraphs, tables and pictures of a .docx file's bytes, in reading order.

    Heads, feet and notes at the foot of a page are left out. Raises SourceError where the bytes are no .docx.
    """
    document = _open(data)
    return tuple(_Reader(document).read())


def _open(data: bytes) -> Document:
    if data.startswith(OLE_MAGIC):
        raise SourceError("文件加了密码，或者其实是旧的 .doc；请在 Word 中去掉密码，另存为 .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(info.file_size for info in package.infolist())
            xml = max((i.file_size for i in package.infolist() if i.filename.endswith(".xml")), default=0)
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise SourceError("不是完整的 .docx 文件；请在 Word 中打开，另存一份再导入") from None
    if size > MOST_UNPACKED:
        raise SourceError(f"展开后有 {size // 1_000_000} MB，超过 {MOST_UNPACKED // 1_000_000} MB，不像简报")
    if xml > MOST_XML:
        raise SourceError(f"正文展开后有 {xml // 1_000_000} MB，超过 {MOST_XML // 1_000_000} MB，不像简报")
    if "word/document.xml" not in names:
        raise SourceError("里面没有 Word 正文；请在 Word 中打开，另存为 .docx")
    try:
        return docx.Document(io.BytesIO(data))
    except Exception:
        # A damaged package fails in python-docx, lxml or zipfile, in more ways than can be listed.
        raise SourceError("文件已损坏，打不开；请在 Word 中打开，另存一份再导入") from None


@dataclass
class _Parts:
    """What one paragraph holds, collected in reading order; text boxes come before the paragraph they hang on."""

    texts: list[str] = field(default_factory=lambda: [""])
    boxes: list[etree._Element] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    breaks: int = 0


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbering = Numbering(document)
        self.styles = {style.style_id: style for style in document.styles}
        self.number = 0
        self.page = 1

    def read(self) -> Iterator[Line]:
        yield from self._blocks(self.document.element.body)

    def _blocks(self, parent: etree._Element) -> Iterator[Line]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in (
                qn("w:sdt"),
                qn("w:sdtContent"),
                qn("w:ins"),
                qn("w:moveTo"),
                qn("w:customXml"),
            ):
                yield from self._blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Line]:
        self.number += 1
        number = self.number
        style = self._style_chain(element)
        if element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            self.page += 1
        parts = _Parts()
        self._collect(element, parts, self._is_on(style, "bold"))
        for box in parts.boxes:
            yield from self._blocks(box)
        texts = [_SPACED.sub(WIDE_SPACE, text.strip()) for text in parts.texts]
        prefix = self.numbering.prefix(element, style)
        for position, text in enumerate(texts):
            yield Line(
                number,
                prefix + text if position == 0 and text else text,
                page=self.page,
                heading=_heading(element, style),
                bold=bool(parts.bold) and all(parts.bold),
                centred=self._is_centred(element, style),
            )
        for image in parts.images:
            yield Line(number, "", page=self.page, image=image)
        self.page += parts.breaks

    def _collect(self, element: etree._Element, parts: _Parts, bold: bool) -> None:
        for child in element:
            tag = child.tag
            if tag in _DROPPED or tag == _FALLBACK:
                continue
            if tag == _TEXT_BOX:
                parts.boxes.append(child)
            elif tag == qn("w:r"):
                own = child.find(f"{qn('w:rPr')}/{qn('w:b')}")
                is_bold = bold if own is None else own.get(qn("w:val"), "1") not in ("0", "false", "off")
                if any((t.text or "").strip() for t in child.iter(qn("w:t"))):
                    parts.bold.append(is_bold)
                self._collect(child, parts, bold)
            elif tag == qn("w:t"):
                parts.texts[-1] += child.text or ""
            elif tag == qn("w:tab"):
                parts.texts[-1] += "\t"
            elif tag == qn("w:noBreakHyphen"):
                parts.texts[-1] += "-"
            elif tag in (qn("w:br"), qn("w:cr")):
                self._break(child, parts)
            elif tag == qn("w:lastRenderedPageBreak"):
                self._turn(parts)
            elif tag in (_BLIP, _IMAGE_DATA):
                self._image(child, parts)
                self._collect(child, parts, bold)
            else:
                self._collect(child, parts, bold)

    def _break(self, element: etree._Element, parts: _Parts) -> None:
        if element.get(qn("w:type")) == "page":
            self._turn(parts)
        elif element.get(qn("w:type")) != "column":
            parts.texts.append("")

    def _turn(self, parts: _Parts) -> None:
        """A page ends here: the paragraph is on the page on which it began, the next one on the new page."""
        if any(parts.texts):
            parts.breaks += 1
        else:
            self.page += 1

    def _image(self, element: etree._Element, parts: _Parts) -> None:
        relation = element.get(qn("r:embed")) or element.get(qn("r:id"))
        part = self.document.part.related_parts.get(relation) if relation else None
        if part is not None and part.content_type.startswith("image/"):
            suffix = "." + str(part.partname).rsplit(".", 1)[-1].lower()
            parts.images.append(Image(part.blob, suffix))

    def _table(self, element: etree._Element) -> Iterator[Line]:
        """A table of data is one line; one row or column only is layout, and its cells are lines of text."""
        rows = element.findall(qn("w:tr"))
        widths = [len(row.findall(qn("w:tc"))) for row in rows]
        if len(rows) == 1 or max(widths, default=0) <= 1:
            for row in rows:
                cells = [tuple(self._blocks(cell)) for cell in row.findall(qn("w:tc"))]
                texts = [[line for line in cell if line.text] for cell in cells]
                if len(texts) > 1 and all(len(cell) <= 1 for cell in texts):
                    text = WIDE_SPACE.join(cell[0].text for cell in texts if cell)
                    yield Line(self.number, text, page=self.page)
                    yield from (line for cell in cells for line in cell if line.image)
                else:
                    yield from (line for cell in cells for line in cell)
            return
        self.number += 1
        cells = tuple(tuple(self._cell(cell) for cell in row.findall(qn("w:tc"))) for row in rows)
        yield Line(self.number, "", page=self.page, table=cells)

    def _cell(self, element: etree._Element) -> str:
        merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is not None and merge.get(qn("w:val")) != "restart":
            return ""
        before = self.number
        text = " ".join(line.text for line in self._blocks(element) if line.text)
        self.number = before
        return text

    def _style_chain(self, element: etree._Element) -> list:
        """The paragraph's style and those that it is based on, nearest first."""
        identifier = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self.styles.get(identifier.get(qn("w:val"))) if identifier is not None else None
        chain = []
        while style is not None and style not in chain:
            chain.append(style)
            style = getattr(style, "base_style", None)
        return chain

    @staticmethod
    def _is_on(style: list, name: str) -> bool:
        for each in style:
            value = getattr(getattr(each, "font", None), name, None)
            if value is not None:
                return value
        return False

    @staticmethod
    def _is_centred(element: etree._Element, style: list) -> bool:
        for place in (element, *(each.element for each in style)):
            alignment = place.find(f"{qn('w:pPr')}/{qn('w:jc')}")
            if alignment is not None:
                return alignment.get(qn("w:val")) == "center"
        return False


def _heading(element: etree._Element, style: list) -> int:
    """The outline level of a paragraph (1 to 6), by its own or its style's level or name; 0 for none."""
    for place in (element, *(each.element for each in style)):
        level = place.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None and level.get(qn("w:val"), "9").isdigit():
            value = int(level.get(qn("w:val"))) + 1
            return value if value <= 6 else 0
    for each in style:
        match = re.fullmatch(r"(?:heading|标题)\s*([1-6])", (each.name or "").lower())
        if match:
            return int(match[1])
        if (each.name or "").lower() in ("title", "标题"):
            return 1
    return 0
