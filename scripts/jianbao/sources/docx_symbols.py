"""Characters that a Word file takes from a symbol font (w:sym), as the Unicode characters of the same shape.

The table follows the Unicode Consortium's proposal for Wingdings (L2/11-196); only shapes that a bulletin prints.
"""

from __future__ import annotations

# What stands for a character that cannot be told: 〓, as Chinese printers set it.
UNKNOWN = "〓"

_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒",
    0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□",
    0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xB2: "☆", 0xB6: "☆", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
} | {0x81 + value: chr(0x2460 + value) for value in range(10)} | {
    0x8C + value: chr(0x2776 + value) for value in range(10)
}  # fmt: skip
_SYMBOL = {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xA5: "∞", 0xA8: "◆"}


def character(code: str, font: str) -> str:
    """The character with the hexadecimal ``code`` in ``font``; 〓 where it cannot be told.

    Symbol fonts have their characters at F000 and above, or below 100: both mean the same.
    """
    try:
        value = int(code, 16)
    except ValueError:
        return UNKNOWN
    if not 0xF000 <= value <= 0xF0FF and value > 0xFF:
        return chr(value) if value <= 0x10FFFF and not 0xD800 <= value <= 0xF8FF else UNKNOWN
    table = _WINGDINGS if "wingdings" in font.lower() else _SYMBOL if "symbol" in font.lower() else {}
    return table.get(value & 0xFF, UNKNOWN)
