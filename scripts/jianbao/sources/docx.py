"""Word files (.docx), read as they print once all tracked changes are accepted.

python-docx opens the package and knows its parts; what it does not offer (tracked changes, text boxes,
automatic numbers, notes) is read from the XML (ECMA-376, WordprocessingML). What a person wrote and the
lines do not show is reported.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from jianbao.issue import Finding
from jianbao.sources import docx_package, docx_revisions, docx_symbols, pictures, tables
from jianbao.sources.docx_numbering import Numbering
from jianbao.sources.docx_styles import Styles, Type
from jianbao.sources.source import WIDE_SPACE, Line, Read

_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_GRAPHIC_DATA = qn("a:graphicData")
# What a drawing may show that is neither text nor a picture: the end of its URI → its name for a message.
_UNREADABLE_GRAPHICS = {"/chart": "统计图表", "/chartex": "统计图表", "/diagram": "SmartArt 图形"}

_SILENT = frozenset(
    qn(name) for name in ("w:rPr", "w:pPr", "w:sectPr", "w:sdtPr", "w:tblPr", "w:rubyPr", "w:delText")
)
_SPACED = re.compile(r"[ \t]{3,}|\t")
_ENCLOSED = re.compile(r"(?i)^\s*eq\s.*[,，]\s*([^,，()]+)\)+\s*$")
_CONTENTS_HEADING = re.compile(r"\W*(?:本期)?\s*(?:要\s*目|目\s*录|导\s*读|内容提要)\W*")
# English Metric Units: 36,000 to a millimetre; 12,700 to a point. Half of an A4 page is a good guess of the middle.
_MIDDLE_OF_PAGE = 148 * 36_000
_POINT = 12_700


def lines(data: bytes) -> Read:
    """The paragraphs, tables and pictures of a .docx file's bytes, in reading order.

    Raises SourceError where the bytes are no .docx.
    """
    return _Reader(docx_package.document(data)).read()


@dataclass
class _Piece:
    """Part of a paragraph between two line breaks, as it grows."""

    text: str = ""
    types: set[Type] = field(default_factory=set)


@dataclass
class _Parts:
    """What one paragraph holds, in reading order: its pieces and the pictures between them.

    ``boxes`` are the text boxes and pictures that hang on the paragraph and stand above or below it, each
    with its place; ``after`` are lines that follow it: notes, pictures within its text.
    """

    number: int
    shown: list[_Piece | Line] = field(default_factory=lambda: [_Piece()])
    boxes: list[tuple[bool, float, list[Line]]] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    breaks: int = 0
    type: Type | None = None

    def write(self, text: str) -> None:
        """More text of the last piece, set in the type of the run that is being read."""
        if not isinstance(self.shown[-1], _Piece):
            self.shown.append(_Piece())
        piece = self.shown[-1]
        piece.text += text
        if self.type and text.strip():
            piece.types.add(self.type)

    @property
    def ends_in_text(self) -> bool:
        return isinstance(self.shown[-1], _Piece) and bool(self.shown[-1].text.strip())

    @property
    def has_text(self) -> bool:
        return any(isinstance(each, _Piece) and each.text.strip() for each in self.shown)


@dataclass
class _Field:
    """A field (ECMA-376, 17.16): its code, whether its result has begun, and what text stood before that."""

    code: str = ""
    skipped: str = ""
    has_result: bool = False


class _Reader:
    def __init__(self, document: Document) -> None:
        self.part: Part = document.part
        self.body = document.element.body
        self.findings: list[Finding] = []
        self.notes = _notes(self.part)
        self.number = 0
        self.page = 1
        self.fields: list[_Field] = []
        # Changes are accepted first: nothing below knows of them.
        changed = docx_revisions.accept(self.body)
        for note in self.notes.values():
            docx_revisions.accept(note)
        self.changed = set(changed)
        self.styles = Styles(document)
        self.numbering = Numbering(document)
        self.sections = list(self.body.iter(qn("w:sectPr")))
        self.next_section = dict(itertools.pairwise(self.sections))
        self.last_text = ""
        self.in_contents = False

    def read(self) -> Read:
        found = tuple(self._blocks(self.body))
        head = self._margin("w:headerReference")
        foot = self._margin("w:footerReference")
        findings = sorted(self.findings, key=lambda finding: finding.line or 0)
        return Read(found, tuple(dict.fromkeys(findings)), head, foot)

    def _report(self, kind: str, message: str) -> None:
        self.findings.append(Finding(kind, self.number or None, message))

    # Blocks

    def _blocks(self, parent: etree._Element) -> Iterator[Line]:
        for element in parent:
            tag = element.tag
            if tag == qn("w:p"):
                yield from self._paragraph(element)
            elif tag == qn("w:tbl"):
                yield from self._table(element)
            elif tag == f"{_COMPATIBILITY}AlternateContent":
                yield from self._blocks(_alternative(element))
            elif tag == qn("w:altChunk"):
                self._report(
                    "part_not_read", "这里嵌入了另一个文件，没有读入；请在 Word 中打开，全选复制后另存"
                )
            elif tag not in _SILENT:
                # Content controls, custom XML and the like wrap blocks.
                yield from self._blocks(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Line]:
        self.number += 1
        if element in self.changed:
            self._report("tracked_changes_accepted", "有修订痕迹，按接受修订之后的文字读入，请核对")
        if element.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            self.page += 1
        parts = _Parts(self.number)
        self._collect(element, parts, element)
        # A field's code never runs on into the next paragraph; one that seems to is broken, and its text text.
        for broken in self.fields:
            if not broken.has_result and broken.skipped:
                parts.write(broken.skipped)
        self.fields = [each for each in self.fields if each.has_result]
        above = sorted((box for box in parts.boxes if not box[0]), key=lambda box: box[1])
        below = sorted((box for box in parts.boxes if box[0]), key=lambda box: box[1])
        yield from (line for _, _, box in above for line in box)
        yield from self._lines(element, parts)
        yield from (line for _, _, box in below for line in box)
        yield from parts.after
        self.page += parts.breaks + self._section_breaks(element)

    def _lines(self, element: etree._Element, parts: _Parts) -> Iterator[Line]:
        prefix = self.numbering.prefix(element, self.styles.chain(element))
        heading = self.styles.heading(element)
        centred = self.styles.is_centred(element)
        if self.styles.is_contents_entry(element) and parts.has_text:
            yield from self._contents_heading(parts.number)
        for each in parts.shown:
            if isinstance(each, Line):
                yield each
                continue
            text = _SPACED.sub(WIDE_SPACE, each.text.strip())
            if prefix and text:
                text, prefix = prefix + text, ""
            yield Line(
                parts.number,
                text,
                page=self.page,
                heading=heading,
                bold=bool(each.types) and all(map(self.styles.is_heavier, each.types)),
                centred=centred,
                large=bool(each.types) and all(map(self.styles.is_larger, each.types)),
            )
            self.last_text = text or self.last_text

    def _contents_heading(self, number: int) -> Iterator[Line]:
        """The word 目录 before an automatic table of contents that has none: the file itself says what it is."""
        if not self.in_contents and not _CONTENTS_HEADING.fullmatch(self.last_text):
            yield Line(number, "目录", page=self.page)
        self.in_contents = True

    def _section_breaks(self, paragraph: etree._Element) -> int:
        """How many pages begin after a paragraph: one where a section ends, unless the next one goes on below."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if own is None or own not in self.next_section:
            return 0
        kind = self.next_section[own].find(qn("w:type"))
        return 0 if kind is not None and kind.get(qn("w:val")) in ("continuous", "nextColumn") else 1

    # Runs

    def _collect(self, element: etree._Element, parts: _Parts, paragraph: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == qn("w:r"):
                self._run(child, parts, paragraph)
            elif tag == f"{_COMPATIBILITY}AlternateContent":
                self._collect(_alternative(child), parts, paragraph)
            elif tag == qn("w:txbxContent"):
                self._box(child, parts, tuple(self._blocks(child)))
            elif tag == f"{_VML}textpath":
                # WordArt, as many a masthead is: its text is an attribute.
                text = " ".join(child.get("string", "").split())
                self._box(
                    child, parts, (Line(parts.number, text, page=self.page, large=True),) if text else ()
                )
            elif tag in (qn("a:blip"), f"{_VML}imagedata"):
                self._image(child, parts)
            elif tag == _GRAPHIC_DATA:
                self._graphic(child)
                self._collect(child, parts, paragraph)
            elif tag == qn("w:ruby"):
                self._ruby(child, parts, paragraph)
            elif tag == qn("w:fldSimple"):
                self._warn_of_field(child.get(qn("w:instr"), ""))
                self._collect(child, parts, paragraph)
            elif tag == _MATH_TEXT:
                parts.write(child.text or "")
            elif tag == qn("w:commentReference"):
                self._comment(child)
            elif tag not in _SILENT:
                self._collect(child, parts, paragraph)

    def _run(self, run: etree._Element, parts: _Parts, paragraph: etree._Element) -> None:
        kind = self.styles.type(run, paragraph)
        if kind.hidden:
            text = "".join(each.text or "" for each in run.iter(qn("w:t"))).strip()
            if text:
                self._report("hidden_text_removed", f"有不打印的隐藏文字，没有收入：“{_short(text)}”")
                return
        outer, parts.type = parts.type, kind
        for child in run:
            tag = child.tag
            if tag == qn("w:fldChar"):
                self._field_mark(child, parts)
            elif tag == qn("w:instrText"):
                if self.fields:
                    self.fields[-1].code += child.text or ""
            elif self.fields and not self.fields[-1].has_result:
                # Part of the field's code, not of the text.
                if tag == qn("w:t"):
                    self.fields[-1].skipped += child.text or ""
            elif tag == qn("w:t"):
                parts.write(_characters(child.text or "", run))
            elif tag in (qn("w:tab"), qn("w:ptab")):
                parts.write("\t")
            elif tag == qn("w:noBreakHyphen"):
                parts.write("-")
            elif tag == qn("w:sym"):
                self._symbol(child, parts)
            elif tag in (qn("w:br"), qn("w:cr")):
                self._break(child, parts)
            elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                self._note(child, parts)
            else:
                self._collect([child], parts, paragraph)
        parts.type = outer

    def _break(self, element: etree._Element, parts: _Parts) -> None:
        if element.get(qn("w:type")) == "page":
            # The paragraph is on the page on which it began, the next one on the new page.
            if parts.has_text:
                parts.breaks += 1
            else:
                self.page += 1
        if element.get(qn("w:type")) != "page" or parts.has_text:
            parts.shown.append(_Piece())

    def _symbol(self, element: etree._Element, parts: _Parts) -> None:
        char = docx_symbols.character(element.get(qn("w:char"), ""), element.get(qn("w:font"), ""))
        parts.write(char)
        if char == docx_symbols.UNKNOWN:
            self._report("symbol_unknown", f"有一个特殊符号认不出来，以“{char}”代替，请与原件核对")

    def _field_mark(self, element: etree._Element, parts: _Parts) -> None:
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].has_result = True
            self._warn_of_field(self.fields[-1].code)
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            if not ended.has_result:
                self._enclosed(ended.code, parts)

    def _enclosed(self, code: str, parts: _Parts) -> None:
        """带圈字符: a field that draws a character in a circle and has no text as its result."""
        match = _ENCLOSED.match(code)
        if not match:
            if re.match(r"(?i)\s*eq\s", code):
                self._report("field_not_read", f"有一个公式域没有读入：“{_short(code)}”，请与原件核对")
            return
        text = match[1].strip()
        is_small = text.isdecimal() and 1 <= int(text) <= 20
        parts.write(chr(0x245F + int(text)) if is_small else text)

    def _warn_of_field(self, code: str) -> None:
        if re.match(r"(?i)\s*(?:date|time|savedate|printdate)\b", code):
            self._report("date_field", "这里的日期由 Word 自动更新，可能不是印发时的日期，请与原件核对")

    def _ruby(self, element: etree._Element, parts: _Parts, paragraph: etree._Element) -> None:
        """The base text; the small letters above it (拼音) are left out and reported."""
        for base in element.findall(qn("w:rubyBase")):
            self._collect(base, parts, paragraph)
        above = "".join(
            each.text or "" for top in element.findall(qn("w:rt")) for each in top.iter(qn("w:t"))
        )
        if above.strip():
            self._report("ruby_removed", f"字上的注音“{_short(above)}”没有收入")

    # Pictures and boxes

    def _image(self, element: etree._Element, parts: _Parts) -> None:
        relation = element.get(qn("r:embed")) or element.get(qn("r:id"))
        part = self.part.related_parts.get(relation) if relation in self.part.rels else None
        if part is None or not hasattr(part, "blob"):
            self._report("picture_missing", "这里有一张图，但文件里只有链接，没有图片本身；请事后补上")
            return
        found, doubts = pictures.lines(part.blob, Line(parts.number, "", page=self.page))
        self.findings += doubts
        if not found:
            return
        if _frame(element) is not None:
            self._box(element, parts, found)
        elif parts.ends_in_text:
            parts.after += found
        else:
            parts.shown += found

    def _box(self, element: etree._Element, parts: _Parts, found: tuple[Line, ...]) -> None:
        if any(line.text or line.table or line.image for line in found):
            is_below, top = _place(element)
            is_picture = all(line.image for line in found)
            # A picture that floats beside a paragraph belongs below it, a box of text above it.
            is_below = is_below if is_below is not None else is_picture and parts.has_text
            parts.boxes.append(
                (is_below, top, [line for line in found if line.text or line.table or line.image])
            )

    def _graphic(self, element: etree._Element) -> None:
        uri = element.get("uri", "")
        name = next((name for end, name in _UNREADABLE_GRAPHICS.items() if uri.endswith(end)), None)
        if name:
            self._report(
                "drawing_not_read", f"这里有一个{name}，没有放进页面（原件里还在）；请截图存为 PNG 后补上"
            )

    # Notes and margins

    def _note(self, element: etree._Element, parts: _Parts) -> None:
        kind = "footnote" if element.tag == qn("w:footnoteReference") else "endnote"
        note = self.notes.get((kind, element.get(qn("w:id"))))
        text = _plain(note) if note is not None else ""
        if text:
            parts.after.append(Line(parts.number, f"注：{text}", page=self.page))
            self._report("note_placed", f"页下或文末的注释放在这一段之后，成为单独一段：“{_short(text)}”")

    def _comment(self, element: etree._Element) -> None:
        note = self.notes.get(("comment", element.get(qn("w:id"))))
        text = _plain(note) if note is not None else ""
        if text:
            self._report("comment_removed", f"有批注，不属于正文，没有收入：“{_short(text)}”")

    def _margin(self, reference: str) -> tuple[Line, ...]:
        """What the pages print in their head or foot, each line once, page numbers left out."""
        found: dict[str, Line] = {}
        number, page, part = self.number, self.page, self.part
        for section in self.sections:
            for each in section.findall(qn(reference)):
                target = (
                    part.related_parts.get(each.get(qn("r:id")))
                    if each.get(qn("r:id")) in part.rels
                    else None
                )
                root = getattr(target, "element", None)
                if root is None:
                    continue
                docx_revisions.accept(root)
                _drop_page_fields(root)
                self.part, self.number, self.page = target, 0, 1
                kept = len(self.findings)
                for line in self._blocks(root):
                    texts = (line.text and [line.text]) or [
                        "　".join(filter(None, row)) for row in line.table
                    ]
                    for text in texts:
                        if re.search(r"[^\W\d_]", re.sub(r"[第共页]", "", text)):
                            found.setdefault(text, Line(1, text))
                # A picture in the margin is ornament, a field there a page number.
                del self.findings[kept:]
        self.part, self.number, self.page = part, number, page
        return tuple(found.values())

    # Tables

    def _table(self, element: etree._Element) -> Iterator[Line]:
        before = self.number
        rows = [
            [self._cell(cell) for cell in _inside(row, qn("w:tc"))] for row in _inside(element, qn("w:tr"))
        ]
        found = tuple(tables.lines(rows, before + 1, self.page))
        if any(line.table for line in found):
            # A table of data counts as one paragraph.
            self.number = before + 1
        yield from found

    def _cell(self, element: etree._Element) -> tables.Cell:
        def value(name: str) -> str | None:
            child = element.find(f"{qn('w:tcPr')}/{qn(name)}")
            return child.get(qn("w:val"), "continue") if child is not None else None

        span = value("w:gridSpan") or "1"
        goes_on = "continue" in (value("w:vMerge"), value("w:hMerge"))
        found = tuple(line for line in self._blocks(element) if line.text or line.table or line.image)
        return tables.Cell(found, min(int(span), 60) if span.isdecimal() else 1, goes_on)


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those in content controls, not those of inner tables."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in (qn("w:tr"), qn("w:tc"), qn("w:tblPr"), qn("w:trPr")):
            yield from _inside(child, tag)


def _alternative(element: etree._Element) -> etree._Element:
    """Of the two ways to draw one thing, the newer one, unless only the older one has text or a picture."""
    choice = element.find(f"{_COMPATIBILITY}Choice")
    fallback = element.find(f"{_COMPATIBILITY}Fallback")
    wanted = (qn("w:t"), qn("a:blip"), f"{_VML}imagedata", f"{_VML}textpath", qn("w:sym"), _GRAPHIC_DATA)

    def holds(found: etree._Element | None) -> bool:
        if found is None:
            return False
        shown = (each for each in found.iter(*wanted) if each.tag != _GRAPHIC_DATA or _is_unreadable(each))
        return next(shown, None) is not None

    if holds(choice) or not holds(fallback):
        return choice if choice is not None else fallback if fallback is not None else element
    return fallback


def _is_unreadable(graphic: etree._Element) -> bool:
    return graphic.get("uri", "").endswith(tuple(_UNREADABLE_GRAPHICS))


def _frame(element: etree._Element) -> etree._Element | None:
    """What places a floating box or picture on the page: its anchor, or the VML shape; None for one in line."""
    for each in element.iterancestors():
        if each.tag == f"{_DRAWING}anchor":
            return each
        if each.tag in (f"{_DRAWING}inline", qn("w:p")):
            return None
        if each.tag in (f"{_VML}shape", f"{_VML}rect", f"{_VML}group") and "absolute" in each.get(
            "style", ""
        ):
            return each
    return None


def _place(element: etree._Element) -> tuple[bool | None, float]:
    """Whether a floating box stands below its paragraph's text, if that can be told, and how far down it is."""
    frame = _frame(element)
    if frame is None:
        return None, 0.0
    if frame.tag == f"{_DRAWING}anchor":
        position = frame.find(f"{_DRAWING}positionV")
        if position is None:
            return None, 0.0
        relative = position.get("relativeFrom", "")
        align = (position.findtext(f"{_DRAWING}align") or "").strip()
        offset = position.findtext(f"{_DRAWING}posOffset") or "0"
        top = float(offset) if re.fullmatch(r"-?\d{1,12}", offset.strip()) else 0.0
    else:
        style = dict(each.split(":", 1) for each in frame.get("style", "").split(";") if ":" in each)
        relative = style.get("mso-position-vertical-relative", "text")
        align = style.get("mso-position-vertical", "")
        match = re.fullmatch(r"(-?[\d.]{1,9})(?:pt)?", style.get("margin-top", "0").strip())
        top = float(match[1]) * _POINT if match else 0.0
    if align:
        return align == "bottom" or None, top
    if relative in ("page", "margin"):
        return top > _MIDDLE_OF_PAGE, top
    return (False if top < 0 else None), top


def _characters(text: str, run: etree._Element) -> str:
    """The text of a run; what it takes from a symbol font by code is given its Unicode character."""
    if not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = (fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or "") if fonts is not None else ""
    return "".join(
        docx_symbols.character(f"{ord(char):x}", font) if "\uf000" <= char <= "\uf0ff" else char
        for char in text
    )


def _notes(part: Part) -> dict[tuple[str, str | None], etree._Element]:
    """Footnotes, endnotes and comments, by kind and id."""
    found = {}
    for relation in part.rels.values():
        kind = relation.reltype.rpartition("/")[2].removesuffix("s")
        if relation.is_external or kind not in ("footnote", "endnote", "comment"):
            continue
        root = getattr(relation.target_part, "element", None)
        if root is None:
            try:
                root = etree.fromstring(relation.target_part.blob, etree.XMLParser(resolve_entities=False))
            except etree.XMLSyntaxError:
                continue
        for note in root.iter(qn(f"w:{kind}")):
            found[kind, note.get(qn("w:id"))] = note
    return found


def _plain(note: etree._Element) -> str:
    paragraphs = (
        "".join(each.text or "" for each in p.iter(qn("w:t"))).strip() for p in note.iter(qn("w:p"))
    )
    return " ".join(filter(None, paragraphs))


def _drop_page_fields(root: etree._Element) -> None:
    """Take page numbers out of a head or foot: they are no text."""
    for simple in [*root.iter(qn("w:fldSimple"))]:
        simple.getparent().remove(simple)
    depth = 0
    for element in [*root.iter(qn("w:fldChar"), qn("w:t"))]:
        if element.tag == qn("w:fldChar"):
            depth += {"begin": 1, "end": -1}.get(element.get(qn("w:fldCharType")), 0)
        elif depth > 0:
            element.text = ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:40] + "…"
