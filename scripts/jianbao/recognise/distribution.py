"""The distribution list (分送) at the end: who gets the issue, by 报 (superiors), 送 (peers), 发 (subordinates)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jianbao.issue import Delivery, Finding, Recipient
from jianbao.recognise import repairs
from jianbao.sources import Line

_VERBS = {
    "报": Delivery.REPORT, "抄报": Delivery.REPORT, "呈报": Delivery.REPORT, "主报": Delivery.REPORT,
    "报送": Delivery.REPORT, "送": Delivery.SEND, "抄": Delivery.SEND, "抄送": Delivery.SEND, "分送": Delivery.SEND,
    "主送": Delivery.SEND, "呈送": Delivery.REPORT, "发": Delivery.ISSUE, "印发": Delivery.ISSUE,
    "发送": Delivery.ISSUE, "抄发": Delivery.ISSUE, "下发": Delivery.ISSUE, "分发": Delivery.ISSUE,
    "发至": Delivery.ISSUE, "增发": Delivery.EXTRA,
}  # fmt: skip
# 报 and 送 may be letterspaced (报　送：) or in brackets (【报】). The longest verb is asked first.
_VERB = "|".join(r"[ \u3000]*".join(verb) for verb in sorted(_VERBS, key=len, reverse=True))
_START = re.compile(
    rf"^[【\[［]?\s*(?:本\s*期\s*)?(?P<verb>{_VERB})(?:单位|范围|对象)?\s*(?P<colon>[】\]］]\s*[:：]?|[:：])?\s*"
)
# A second verb on one line: 报：甲，乙；送：丙。
_NEXT_ON_LINE = re.compile(rf"(?<=[；;。，,\s])(?=(?:本期)?(?:{_VERB})\s*[:：])")
# The editorial footer: who edited, checked and signed, how to reach them, how many copies were printed.
_COLOPHON = re.compile(
    r"^[（(【]?\s*(?:主\s*编|副\s*主\s*编|执行主编|编\s*辑|编\s*审|责任编辑|责\s*编|总\s*编|审\s*核|审\s*签|审\s*定|签\s*发|校\s*对|核\s*稿"
    r"|联\s*系|电\s*话|传\s*真|邮\s*箱|电子邮|E-?mail|地\s*址|邮\s*编|投\s*稿|共\s*印|印\s*数|印\s*发|主\s*题\s*词|关\s*键\s*词"
    r"|值\s*班|拟\s*稿|网\s*址)",
    re.IGNORECASE,
)
# The line at the foot of an official paper: 某某办公室　　2018年3月5日印发.
_PRINTED_BY = re.compile(
    r"^[^。；]{2,40}\d\s*日\s*(?:印\s*发|印|编\s*印)(?:\s*[（(]?共印\s*\d+\s*份[)）]?)?$|^[^。；]{2,40}日印发$"
)
_COPIES = re.compile(r"[（(]?\s*共\s*印\s*\d+\s*份\s*[)）]?")
# What 、 parts is one recipient where the parts share an ending (省委、省政府领导) or a body (组长、副组长).
_SHARED_ENDING = re.compile(r"(?:领导|同志|负责人)$")
_SHARED_BODY = re.compile(r"、(?:副|(?:书记|常委|委员|主任|组长|组员|代表|成员)(?:、|$))")
MOST_LINES = 40
LONGEST_COLOPHON = 100
FULL_LINE = 30


@dataclass(frozen=True)
class Distribution:
    """The recipients in printed order; ``start`` and ``end`` are the indices of the lines they stand on."""

    recipients: tuple[Recipient, ...]
    start: int
    end: int
    findings: tuple[Finding, ...] = ()


def begins(text: str) -> bool:
    """Whether a line begins a distribution list: ``本期报：…``, ``送：…``, ``【发】…``, ``本期增发×××``."""
    match = _START.match(text)
    return bool(match and (match["colon"] or match["verb"] == "增发"))


def find(lines: Sequence[Line]) -> Distribution:
    """The distribution list of an issue; ``start == end == len(lines)`` where there is none."""
    # A list stands at the end, its lines together; an early line that merely begins like one is not it.
    for start in (index for index, line in enumerate(lines) if begins(line.text)):
        end = next((i for i in range(start + 1, len(lines)) if is_colophon(lines[i].text)), len(lines))
        after = lines[end:]
        if len(lines) - start <= MOST_LINES and all(len(line.text) <= LONGEST_COLOPHON for line in after):
            findings: list[Finding] = []
            recipients = tuple(_recipients(lines[start:end], findings))
            return Distribution(recipients, start, end, tuple(findings))
    return Distribution((), len(lines), len(lines))


def is_colophon(text: str) -> bool:
    """Whether a line belongs to the editorial footer: ``主编：…　审核：…``, ``联系电话…``, ``（共印50份）``."""
    return len(text) <= LONGEST_COLOPHON and bool(_COLOPHON.match(text) or _PRINTED_BY.match(text))


def _recipients(lines: Sequence[Line], findings: list[Finding]) -> Iterator[Recipient]:
    delivery = Delivery.REPORT
    rows: list[str] = []
    before: Line | None = None
    for line in lines:
        is_new_page = before is not None and before.page != line.page
        is_full = before is not None and len(before.text) >= FULL_LINE
        for part in _parts(line.text):
            match = _START.match(part)
            if match and begins(part):
                yield from _named(rows, delivery)
                delivery = _VERBS[re.sub(r"\s", "", match["verb"])]
                rows = [part[match.end() :]]
            elif _is_cut(rows, is_full):
                # A list set over several lines may end each with a comma: that is no cut.
                if is_new_page or not rows[-1].endswith(("，", "、", ",")):
                    findings.append(repairs.joined_finding(rows[-1], part, line.number))
                rows[-1] += part
            else:
                rows.append(part)
        before = line
    yield from _named(rows, delivery)


def _parts(text: str) -> list[str]:
    """A line parted before each verb that it holds; the first one, letterspaced or not, begins it."""
    match = _START.match(text)
    head = match.end() if match and begins(text) else 0
    first, *others = _NEXT_ON_LINE.split(text[head:])
    return [text[:head] + first, *others]


def _is_cut(rows: Sequence[str], is_full: bool) -> bool:
    """Whether the last row goes on in the next line; ``is_full`` tells that its line has the width of a page.

    A list with commas is one text, and is cut where it ends in the middle; a list without, or one whose verb
    stands alone on its line, has one recipient a line.
    """
    if rows[-1].endswith(("，", "、", ",")):
        return True
    is_one_a_line = len(rows) > 1 or not rows[0]
    ends = rows[-1].endswith(("。", "；", ";"))
    return not is_one_a_line and not ends and (is_full or len(_split(rows[-1], "，,；;、")) > 1)


def _named(rows: Sequence[str], delivery: Delivery) -> list[Recipient]:
    return [Recipient(name, delivery) for row in rows for name in names(row)]


def names(text: str) -> tuple[str, ...]:
    """The recipients in the text after the verb.

    They are parted by commas; 、 parts what shares an ending (``省委、省政府有关领导同志``) and is a parting
    mark only where no comma and no such ending stands.
    """
    text = _COPIES.sub("", text).strip().rstrip("。.")
    parts = _split(text, "，,；;。")
    if len(parts) == 1 and not _SHARED_ENDING.search(text) and not _SHARED_BODY.search(text):
        shorter = _split(text, "、")
        # 伊犁州党委、政府 is one recipient: 政府 alone names nobody.
        if all(len(part.strip()) >= 3 for part in shorter):
            parts = shorter
    if len(parts) == 1:
        parts = re.split(r"[ \u3000]{2,}|\u3000|(?<=[\u4e00-\u9fff]{4})[ ](?=[\u4e00-\u9fff]{4})", text)
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
