"""Automatic numbers of a Word file (一、 （一） 1.), which stand in the print but not in the text."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

_CHINESE = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """A counting number below 100 in Chinese: ``12`` → ``十二``."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _CHINESE[ones]
    return (_CHINESE[tens] if tens > 1 else "") + "十" + (_CHINESE[ones] if ones else "")


def _digits(value: int) -> str:
    return "".join(_CHINESE[int(digit)] for digit in str(value)).replace("零", "〇")


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26)


# numFmt (ECMA-376, 17.18.59) → how a number is written. Others, bullets among them, print no number.
FORMATS = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalEnclosedCircle": lambda value: chr(0x245F + value) if value <= 20 else str(value),
    "decimalEnclosedCircleChinese": lambda value: chr(0x245F + value) if value <= 20 else str(value),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _digits,
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
}


class Numbering:
    """Counts a document's numbered paragraphs in order and gives each the number that it prints."""

    def __init__(self, document: Document) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counters: dict[str, dict[int, int]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            source = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            if source is not None:
                self.levels[number.get(qn("w:numId"))] = dict(
                    _level(each) for each in source.findall(qn("w:lvl"))
                )

    def prefix(self, paragraph: etree._Element, style: list) -> str:
        """The printed number of a paragraph, ``（一）`` say; empty where it has none."""
        for place in (paragraph, *(each.element for each in style)):
            properties = place.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is not None:
                break
        else:
            return ""
        identifier = properties.find(qn("w:numId"))
        level = properties.find(qn("w:ilvl"))
        levels = self.levels.get(identifier.get(qn("w:val"))) if identifier is not None else None
        depth = int(level.get(qn("w:val"), "0")) if level is not None else 0
        if not levels or depth not in levels:
            return ""
        counters = self.counters.setdefault(identifier.get(qn("w:val")), {})
        counters[depth] = counters.get(depth, levels[depth][2] - 1) + 1
        for deeper in [each for each in counters if each > depth]:
            del counters[deeper]
        form, text, _ = levels[depth]
        if form not in FORMATS:
            return ""
        for each, (its_form, _, start) in levels.items():
            shown = FORMATS.get(its_form, str)(counters.get(each, start))
            text = text.replace(f"%{each + 1}", shown)
        return text


def _level(element: etree._Element) -> tuple[int, tuple[str, str, int]]:
    def value(name: str, default: str) -> str:
        child = element.find(qn(name))
        return child.get(qn("w:val"), default) if child is not None else default

    start = value("w:start", "1")
    depth = int(element.get(qn("w:ilvl"), "0"))
    return depth, (value("w:numFmt", "decimal"), value("w:lvlText", ""), int(start) if start.isdigit() else 1)
