"""How a Word file sets its paragraphs and runs: each property from the nearest place that gives it.

The places are, in order: the run, its character style, the paragraph's style and those it is based on, the
document's defaults (ECMA-376, 17.7.2).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

# Points; what Word sets where a file says nothing.
DEFAULT_SIZE = 10.0
# Type is larger than the running text's where it is so by half a step of Chinese sizes (三号 16, 小二 18).
LARGER = 1.1
# Word itself bases a style on no more than ten others.
DEEPEST = 12

_RUN, _PARAGRAPH, _TEXT = qn("w:r"), qn("w:p"), qn("w:t")
_RUN_PROPERTIES, _PARAGRAPH_PROPERTIES = qn("w:rPr"), qn("w:pPr")
_OFF = ("0", "false", "off", "none")
# Fonts in which titles are set, as heavy as bold type.
_DISPLAY_FONTS = re.compile(r"(?i)黑体|simhei|小标宋|大标宋|中宋|zhongsong|粗|魏碑|heavy|black")
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-6])")


@dataclass(frozen=True)
class Type:
    """How a run is set: size in points, whether heavy (bold or in a display font), whether hidden."""

    size: float
    heavy: bool
    hidden: bool


class Styles:
    """The styles of a document. ``body`` is the type in which most of its text is set."""

    def __init__(self, document: Document) -> None:
        root = document.styles.element
        self._styles = {each.get(qn("w:styleId")): each for each in root.findall(qn("w:style"))}
        default = (
            identifier
            for identifier, each in self._styles.items()
            if each.get(qn("w:type")) == "paragraph" and each.get(qn("w:default")) in ("1", "true", "on")
        )
        self._default = next(default, None)
        self._defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
        self._chains: dict[str | None, tuple[etree._Element, ...]] = {}
        self._types: dict[tuple[str | None, bytes], Type] = {}
        self.body = self._body_type(document.element.body)

    def chain(self, paragraph: etree._Element) -> tuple[etree._Element, ...]:
        """The paragraph's style and those that it is based on, nearest first."""
        named = paragraph.find(f"{_PARAGRAPH_PROPERTIES}/{qn('w:pStyle')}")
        return self._chain(named.get(qn("w:val")) if named is not None else self._default)

    def type(self, run: etree._Element, paragraph: etree._Element) -> Type:
        """How a run of a paragraph is set."""
        named = paragraph.find(f"{_PARAGRAPH_PROPERTIES}/{qn('w:pStyle')}")
        style = named.get(qn("w:val")) if named is not None else self._default
        own = run.find(_RUN_PROPERTIES)
        key = (style, etree.tostring(own) if own is not None else b"")
        if key not in self._types:
            self._types[key] = self._resolved(own, style)
        return self._types[key]

    def is_larger(self, type: Type) -> bool:
        return type.size >= LARGER * self.body.size

    def is_heavier(self, type: Type) -> bool:
        return type.heavy and not self.body.heavy

    def heading(self, paragraph: etree._Element) -> int:
        """The outline level of a paragraph (1 to 6), by its own or its style's level or name; 0 for none."""
        chain = self.chain(paragraph)
        for place in (paragraph, *chain):
            level = place.find(f"{_PARAGRAPH_PROPERTIES}/{qn('w:outlineLvl')}")
            if level is not None and level.get(qn("w:val"), "9").isdigit():
                value = int(level.get(qn("w:val"))) + 1
                return value if value <= 6 else 0
        for name in map(style_name, chain):
            match = _HEADING_NAME.fullmatch(name)
            if match or name in ("title", "标题"):
                return int(match[1]) if match else 1
        return 0

    def is_centred(self, paragraph: etree._Element) -> bool:
        for place in (paragraph, *self.chain(paragraph)):
            alignment = place.find(f"{_PARAGRAPH_PROPERTIES}/{qn('w:jc')}")
            if alignment is not None:
                # 分散对齐, letters spread over the line, is how many a masthead is centred.
                return alignment.get(qn("w:val")) in ("center", "distribute")
        return False

    def is_contents_entry(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph is a line of an automatic table of contents."""
        return any(
            re.fullmatch(r"(?:toc|目录)\s*\d", name) for name in map(style_name, self.chain(paragraph))
        )

    def _chain(self, identifier: str | None) -> tuple[etree._Element, ...]:
        if identifier not in self._chains:
            chain: list[etree._Element] = []
            style = self._styles.get(identifier)
            while style is not None and len(chain) < DEEPEST and style not in chain:
                chain.append(style)
                base = style.find(qn("w:basedOn"))
                style = self._styles.get(base.get(qn("w:val"))) if base is not None else None
            self._chains[identifier] = tuple(chain)
        return self._chains[identifier]

    def _resolved(self, own: etree._Element | None, style: str | None) -> Type:
        named = own.find(qn("w:rStyle")) if own is not None else None
        character = self._chain(named.get(qn("w:val"))) if named is not None else ()
        inherited = [each.find(_RUN_PROPERTIES) for each in (*character, *self._chain(style))]
        if self._defaults is not None:
            inherited.append(self._defaults.find(_RUN_PROPERTIES))
        places = [place for place in (own, *inherited) if place is not None]

        def value(name: str, attribute: str = "w:val") -> str | None:
            found = (place.find(qn(name)) for place in places)
            values = (each.get(qn(attribute), "1") for each in found if each is not None)
            return next(values, None)

        def is_on(name: str) -> bool:
            return value(name) not in (None, *_OFF)

        fonts = (place.find(qn("w:rFonts")) for place in places)
        named_fonts = (each.get(qn("w:eastAsia")) for each in fonts if each is not None)
        font = next((each for each in named_fonts if each), "")
        heavy = is_on("w:b") or bool(_DISPLAY_FONTS.search(font))
        return Type(_points(value("w:sz")), heavy, is_on("w:vanish"))

    def _body_type(self, body: etree._Element) -> Type:
        counted: Counter[Type] = Counter()
        for text in body.iter(_TEXT):
            run, paragraph = text.getparent(), next(text.iterancestors(_PARAGRAPH), None)
            if run.tag == _RUN and paragraph is not None:
                counted[self.type(run, paragraph)] += len(text.text or "")
        return counted.most_common(1)[0][0] if counted else Type(DEFAULT_SIZE, False, False)


def style_name(style: etree._Element) -> str:
    """The name of a style, in lower case: ``heading 1``."""
    name = style.find(qn("w:name"))
    return (name.get(qn("w:val")) or "").lower() if name is not None else ""


def _points(half_points: str | None) -> float:
    """A size in points: ``32`` counts half points, the strict variant may write ``16pt``."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(pt)?", half_points or "")
    if not match:
        return DEFAULT_SIZE
    return float(match[1]) / (1 if match[2] else 2)
