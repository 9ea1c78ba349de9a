"""The head and foot of the page: running heads mostly, now and then the masthead or the distribution list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.errors import SourceError
from jianbao.issue import Finding
from jianbao.recognise import distribution, han, masthead
from jianbao.recognise.layout import Layout
from jianbao.sources import Line, Source


@dataclass(frozen=True)
class WithMargins:
    """The lines of the text, with what the margins add to them, and a finding for what they do not."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]


def taken_in(source: Source, layout: Layout) -> WithMargins:
    """The source's lines; where they have no masthead, or no distribution list, the margins' own is taken in.

    Whatever else stands in a margin and not in the text is a running head: it is left out and reported.
    """
    lines = source.lines
    head = () if not source.head or _has_masthead(lines, layout) else source.head
    has_list = any(distribution.begins(line.text.strip()) for line in lines)
    foot = () if has_list or not any(distribution.begins(line.text) for line in source.foot) else source.foot
    printed = {han.comparable(line.text) for line in lines}
    left = [line for line in (*source.head, *source.foot) if line not in (*head, *foot)]
    findings = tuple(
        Finding("running_head_removed", None, f"页眉或页脚“{line.text}”没有收入")
        for line in left
        if han.comparable(line.text) not in printed
    )
    return WithMargins((*head, *lines, *foot), findings)


def _has_masthead(lines: Sequence[Line], layout: Layout) -> bool:
    try:
        masthead.find([line for line in lines if line.text.strip()], layout)
    except SourceError:
        return False
    return True
