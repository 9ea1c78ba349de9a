"""Automatic numbers of a Word file (一、 （一） 1.), which stand in the print but not in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from jianbao.sources import docx_symbols

_CHINESE = "零一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_NUMBER_PROPERTIES = f"{qn('w:pPr')}/{qn('w:numPr')}"


def chinese(value: int) -> str:
    """A counting number below 1,000 in Chinese: ``12`` → ``十二``, ``103`` → ``一百零三``."""
    if value >= 1000:
        return _figures(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = _CHINESE[hundreds] + "百" if hundreds else ""
    if tens:
        text += (_CHINESE[tens] if tens > 1 or hundreds else "") + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_CHINESE[ones] if ones or not value else "")


def _figures(value: int) -> str:
    return "".join(_CHINESE[int(digit)] for digit in str(value)).replace("零", "〇")


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def _row(first: str, count: int) -> Callable[[int], str]:
    """Numbers that are characters in a row from ``first`` (①, ⑴, ⒈), as far as the row goes."""
    return lambda value: chr(ord(first) + value - 1) if 1 <= value <= count else str(value)


def _of(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)]


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
# numFmt (ECMA-376, 17.18.59) → how a number is written. Of others, the plain figure is printed.
FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "numberInDash": lambda value: f"- {value} -",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _figures,
    "japaneseDigitalTenThousand": _figures,
    "taiwaneseDigital": _figures,
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
}


@dataclass(frozen=True)
class _Level:
    """One level of a list: its number's format, the text around it (``（%1）``), where it starts counting."""

    form: str
    text: str
    start: int
    style: str | None = None
    font: str = ""


@dataclass(frozen=True)
class _List:
    """A list (w:num): its levels, the counters that it shares, and where it begins to count anew."""

    levels: dict[int, _Level]
    shared: str
    restarts: dict[int, int]


class Numbering:
    """Counts a document's numbered paragraphs in order and gives each the number that it prints."""

    def __init__(self, document: Document) -> None:
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
        # A list may take its levels from another one, by way of a style.
        by_style = {
            link.get(qn("w:val")): each
            for each in abstract.values()
            if (link := each.find(qn("w:styleLink"))) is not None
        }
        for number in root.findall(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            source = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            if source is None:
                continue
            link = source.find(qn("w:numStyleLink"))
            source = by_style.get(link.get(qn("w:val")), source) if link is not None else source
            self._lists[number.get(qn("w:numId"))] = _list(number, source)

    def prefix(self, paragraph: etree._Element, styles: Sequence[etree._Element]) -> str:
        """The printed number of a paragraph, ``（一）`` say; empty where it has none.

        ``styles`` are the paragraph's style and those that it is based on, nearest first.
        """
        identifier, depth = self._place(paragraph, styles)
        found = self._lists.get(identifier) if identifier is not None else None
        if found is None or depth not in found.levels:
            return ""
        counters = self._counters.setdefault(found.shared, {})
        level = found.levels[depth]
        if depth in found.restarts and (identifier, depth) not in self._begun:
            counters[depth] = found.restarts[depth]
        else:
            counters[depth] = counters.get(depth, level.start - 1) + 1
        self._begun.add((identifier, depth))
        for deeper in [each for each in counters if each > depth]:
            del counters[deeper]
        if level.form == "bullet":
            return _bullet(level)

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            each = found.levels.get(at, level)
            return FORMATS.get(each.form, str)(counters.get(at, each.start))

        return re.sub(r"%([1-9])", shown, level.text)

    def _place(self, paragraph: etree._Element, styles: Sequence[etree._Element]) -> tuple[str | None, int]:
        """The list (numId) and the level of a paragraph: its own, else its style's."""
        own = paragraph.find(_NUMBER_PROPERTIES)
        depth = own.find(qn("w:ilvl")) if own is not None else None
        for place in (paragraph, *styles):
            properties = place.find(_NUMBER_PROPERTIES)
            number = properties.find(qn("w:numId")) if properties is not None else None
            if number is None:
                continue
            identifier = number.get(qn("w:val"))
            depth = depth if depth is not None else properties.find(qn("w:ilvl"))
            if depth is not None:
                return identifier, _integer(depth.get(qn("w:val")), 0)
            return identifier, self._depth_of_style(identifier, place.get(qn("w:styleId")))
        return None, 0

    def _depth_of_style(self, identifier: str | None, style: str | None) -> int:
        levels = self._lists[identifier].levels if identifier in self._lists else {}
        return next((depth for depth, level in levels.items() if style and level.style == style), 0)


def _list(number: etree._Element, source: etree._Element) -> _List:
    levels = dict(_level(each) for each in source.findall(qn("w:lvl")))
    restarts = {}
    for override in number.findall(qn("w:lvlOverride")):
        own = override.find(qn("w:lvl"))
        if own is not None:
            depth, level = _level(own)
            levels[depth] = level
        start = override.find(qn("w:startOverride"))
        if start is not None:
            depth = _integer(override.get(qn("w:ilvl")), 0)
            restarts[depth] = _integer(start.get(qn("w:val")), 1)
            if depth in levels:
                levels[depth] = replace(levels[depth], start=restarts[depth])
    return _List(levels, source.get(qn("w:abstractNumId"), ""), restarts)


def _level(element: etree._Element) -> tuple[int, _Level]:
    def value(name: str) -> str | None:
        child = element.find(qn(name))
        return child.get(qn("w:val")) if child is not None else None

    fonts = element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = (fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or "") if fonts is not None else ""
    # A format of its own (AlternateContent) stands for figures.
    form = value("w:numFmt") or "decimal"
    level = _Level(form, value("w:lvlText") or "", _integer(value("w:start"), 1), value("w:pStyle"), font)
    return _integer(element.get(qn("w:ilvl")), 0), level


def _bullet(level: _Level) -> str:
    """The bullet as printed; what only a symbol font knows, and cannot be told, is a dot."""
    shown = "".join(
        docx_symbols.character(f"{ord(char):x}", level.font) if "\ue000" <= char <= "\uf8ff" else char
        for char in level.text.strip()
    )
    return shown.replace(docx_symbols.UNKNOWN, "•")


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 6 else default
