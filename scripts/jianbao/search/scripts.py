"""Data → a script that hands it over: what http and file:// load alike, by a script tag."""

from __future__ import annotations

import json


def call(function: str, *arguments: object) -> str:
    """A script of one line that calls ``function`` with ``arguments`` as JSON; the same data, the same bytes."""
    return f"{function}({','.join(map(script_json, arguments))});\n"


def script_json(data: object) -> str:
    """JSON that is safe inside a script, whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
