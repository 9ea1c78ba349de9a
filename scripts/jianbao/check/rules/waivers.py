"""JB009: a waiver (免检) is for a rule that there is, that can be waived, and that finds something on the page.

The rule finds what the others have found: ``checker`` asks it last, with the waivers that met no finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jianbao.check.finding import Level, Spot
from jianbao.check.record import Pardon, Record
from jianbao.check.rule import RULES, rule


@rule(
    "JB009",
    "免检没有用处",
    Level.WARNING,
    why="“免检”里写的规则不存在、不能免，或者这一页已经没有这个问题了。留着没有用的免检，将来真有问题时就看不到了。",
    bad="免检:\n  JB999: 原文如此",
    good="免检:\n  JB201: 原件要目与正文标题不同，照录",
    mend="删去这一行，或者改成对的规则编号。",
    over_page=False,
    is_waivable=False,
)
def idle_waivers(idle: Iterable[tuple[Record, Pardon]]) -> Iterator[Spot]:
    for record, pardon in idle:
        known = RULES.get(pardon.rule)
        if not known:
            reason = "没有这条规则"
        elif not known.is_waivable:
            reason = f"“{known.title}”不能免检"
        else:
            reason = f"这一页没有“{known.title}”的问题"
        yield Spot(record.path, pardon.line, f"免检 {pardon.rule}：{reason}")
