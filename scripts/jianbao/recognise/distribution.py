"""The distribution list (分送) at the end: who gets the issue, by 报 (superiors), 送 (peers), 发 (subordinates)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.issue import Delivery, Recipient
from jianbao.sources import Line

_VERBS = {
    "报": Delivery.REPORT, "抄报": Delivery.REPORT, "呈报": Delivery.REPORT, "主报": Delivery.REPORT,
    "报送": Delivery.REPORT, "送": Delivery.SEND, "抄送": Delivery.SEND, "分送": Delivery.SEND,
    "主送": Delivery.SEND, "发": Delivery.ISSUE, "印发": Delivery.ISSUE, "发送": Delivery.ISSUE,
    "发至": Delivery.ISSUE, "增发": Delivery.EXTRA,
}  # fmt: skip
# 报 and 送 may be letterspaced (报　送：). The longest verb is asked first.
_START = re.compile(
    r"^(?:本\s*期\s*)?(?P<verb>"
    + "|".join(r"[ \u3000]*".join(verb) for verb in sorted(_VERBS, key=len, reverse=True))
    + r")\s*(?P<colon>[:：])?\s*"
)
# The editorial footer: who edited, checked and signed, how to reach them, how many copies were printed.
_COLOPHON = re.compile(
    r"^[（(【]?\s*(?:主\s*编|副\s*主\s*编|执行主编|编\s*辑|编\s*审|责任编辑|责\s*编|总\s*编|审\s*核|审\s*签|审\s*定|签\s*发|校\s*对|核\s*稿"
    r"|联\s*系|电\s*话|传\s*真|邮\s*箱|电子邮|E-?mail|地\s*址|邮\s*编|投\s*稿|共\s*印|印\s*数|印\s*发)",
    re.IGNORECASE,
)
_COPIES = re.compile(r"[（(]?\s*共\s*印\s*\d+\s*份\s*[)）]?")


@dataclass(frozen=True)
class Distribution:
    """The recipients in printed order; ``start`` and ``end`` are the indices of the lines they stand on."""

    recipients: tuple[Recipient, ...]
    start: int
    end: int


def begins(text: str) -> bool:
    """Whether a line begins a distribution list: ``本期报：…``, ``送：…``, ``本期增发×××``."""
    match = _START.match(text)
    return bool(match and (match["colon"] or match["verb"] == "增发"))


def find(lines: Sequence[Line]) -> Distribution:
    """The distribution list of an issue; ``start == end == len(lines)`` where there is none."""
    starts = [index for index, line in enumerate(lines) if begins(line.text)]
    # A list stands at the end, its lines together; an early line that merely begins like one is not it.
    starts = [index for index in starts if len(lines) - index <= 20]
    if not starts:
        return Distribution((), len(lines), len(lines))
    recipients: list[Recipient] = []
    index = starts[0]
    while index < len(lines):
        match = _START.match(lines[index].text)
        if not (match and begins(lines[index].text)):
            break
        text = lines[index].text[match.end() :]
        index += 1
        # A list cut by a page break goes on until its full stop.
        while index < len(lines) and not text.endswith(("。", ")", "）")) and _goes_on(lines[index].text):
            text += lines[index].text
            index += 1
        verb = _VERBS[re.sub(r"\s", "", match["verb"])]
        recipients += [Recipient(name, verb) for name in names(text)]
    return Distribution(tuple(recipients), starts[0], index)


def _goes_on(text: str) -> bool:
    return not begins(text) and not is_colophon(text)


def is_colophon(text: str) -> bool:
    """Whether a line belongs to the editorial footer: ``主编：…　审核：…``, ``联系电话…``, ``（共印50份）``."""
    return bool(_COLOPHON.match(text)) and len(text) <= 100


def names(text: str) -> tuple[str, ...]:
    """The recipients in the text after the verb.

    They are parted by commas; 、 parts what shares an ending (``省委、省政府有关领导同志``) and is a parting
    mark only where no comma and no such ending stands.
    """
    text = _COPIES.sub("", text).strip().rstrip("。.")
    parts = _split(text, "，,；;。")
    if len(parts) == 1 and not re.search(r"(有关)?(领导|同志|负责人)$", text):
        shorter = _split(text, "、")
        # 伊犁州党委、政府 is one recipient: 政府 alone names nobody.
        if all(len(part.strip()) >= 3 for part in shorter):
            parts = shorter
    if len(parts) == 1:
        parts = re.split(r"[ \u3000]{2,}|\u3000", text)
    return tuple(part.strip() for part in parts if part.strip())


def _split(text: str, marks: str) -> list[str]:
    """``text`` cut at ``marks`` outside brackets."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "（(") - (char in "）)")
        if char in marks and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts
