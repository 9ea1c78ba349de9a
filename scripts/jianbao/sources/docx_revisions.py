"""Tracked changes of a Word file, accepted: what is deleted or moved away goes, what is added stays.

ECMA-376, 17.13.5. A paragraph whose mark is deleted (or hidden) goes on in the next one.
"""

from __future__ import annotations

from docx.oxml.ns import qn
from lxml import etree

_GONE = tuple(qn(name) for name in ("w:del", "w:moveFrom"))
_ADDED = tuple(qn(name) for name in ("w:ins", "w:moveTo"))
_PARAGRAPH, _ROW, _TABLE = qn("w:p"), qn("w:tr"), qn("w:tbl")
_PROPERTIES, _ROW_PROPERTIES, _CELL = qn("w:pPr"), qn("w:trPr"), qn("w:tc")
_MARK = f"{_PROPERTIES}/{qn('w:rPr')}"
_PROPERTY_PARENTS = (qn("w:rPr"), _ROW_PROPERTIES)


def accept(root: etree._Element) -> list[etree._Element]:
    """Accept all changes below ``root``, in place; the paragraphs in which something was changed, in order."""
    changed: dict[etree._Element, None] = {}
    for element in [*root.iter(*_GONE, *_ADDED)]:
        paragraph = next(element.iterancestors(_PARAGRAPH), None)
        if paragraph is not None:
            changed[paragraph] = None
        if element.tag in _GONE and element.getparent().tag not in _PROPERTY_PARENTS:
            element.getparent().remove(element)
    for row in [*root.iter(_ROW)]:
        marks = row.find(_ROW_PROPERTIES)
        is_gone = marks is not None and any(marks.find(tag) is not None for tag in _GONE)
        if is_gone or any(cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None for cell in row):
            _remove_row(row, whole=is_gone)
    # From the last: of many in a row, each then has only its own to hand on.
    for paragraph in reversed([*root.iter(_PARAGRAPH)]):
        if _goes_on(paragraph):
            _merge_into_next(paragraph)
    return list(changed)


def _remove_row(row: etree._Element, whole: bool) -> None:
    if not whole:
        for cell in row.findall(_CELL):
            if cell.find(f"{qn('w:tcPr')}/{qn('w:cellDel')}") is not None:
                row.remove(cell)
        return
    table = row.getparent()
    table.remove(row)
    if table.tag == _TABLE and table.find(f".//{_ROW}") is None and table.getparent() is not None:
        table.getparent().remove(table)


def _goes_on(paragraph: etree._Element) -> bool:
    mark = paragraph.find(_MARK)
    if mark is None:
        return False
    hidden = mark.find(qn("w:specVanish"))
    return hidden is not None or any(mark.find(tag) is not None for tag in _GONE)


def _merge_into_next(paragraph: etree._Element) -> None:
    """Put what the paragraph holds before what the next one holds; that one's style is kept, as Word does."""
    own = [child for child in paragraph if child.tag != _PROPERTIES]
    following = paragraph.getnext()
    while following is not None and following.tag != _PARAGRAPH and not len(following):
        # Bookmarks and the like stand between paragraphs.
        following = following.getnext()
    if following is None or following.tag != _PARAGRAPH:
        # Before a table or at the end of a cell there is nothing to go on in.
        if not own and following is not None:
            paragraph.getparent().remove(paragraph)
        return
    at = 1 if following.find(_PROPERTIES) is not None else 0
    for position, child in enumerate(own):
        following.insert(at + position, child)
    paragraph.getparent().remove(paragraph)
