"""A rule: a numbered function over a page, or over all of the archive, with what an editor should know of it.

A number is for good: pages waive it, editors know it by heart. A rule that goes leaves its number unused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jianbao.check.finding import Finding, Level, Spot


@dataclass(frozen=True)
class Rule:
    """``why`` explains, ``bad`` and ``good`` are an example, ``mend`` says what to do; all Chinese.

    ``over_page`` rules see one page and the vocabulary, and their findings are kept as long as both are the same;
    the others see the whole archive. A rule that ``needs_issue`` is not asked about a page that cannot be parsed.
    Not every rule ``is_waivable``: what is published is not taken back by a remark. Of a rule ``until_published``
    nothing is said once the page is published: its text then stays as readers know it.
    """

    number: str
    title: str
    level: Level
    why: str
    bad: str
    good: str
    mend: str
    find: Callable[..., Iterator[Spot]]
    over_page: bool
    needs_issue: bool
    is_waivable: bool
    until_published: bool

    def finding(self, spot: Spot) -> Finding:
        return Finding(self.number, self.level, *spot)

    @property
    def group(self) -> str:
        """``JB1`` of ``JB101``."""
        return self.number[:3]


RULES: dict[str, Rule] = {}

GROUPS = {
    "JB0": "页面的写法",
    "JB1": "期号与日期",
    "JB2": "文章与要目",
    "JB3": "标签与词表",
    "JB4": "文字与版式",
    "JB5": "个人信息",
    "JB6": "链接、图片、原件和文件",
    "JB7": "已发布的内容",
}


def rule(
    number: str,
    title: str,
    level: Level = Level.ERROR,
    *,
    why: str,
    bad: str,
    good: str,
    mend: str,
    over_page: bool = True,
    needs_issue: bool = True,
    is_waivable: bool = True,
    until_published: bool = False,
) -> Callable:
    """Enter the decorated generator of spots in the table of rules."""

    def enter(find: Callable[..., Iterator[Spot]]) -> Callable[..., Iterator[Spot]]:
        if number in RULES:
            raise ValueError(f"{number} is taken by {RULES[number].title}")
        flags = (over_page, needs_issue, is_waivable, until_published)
        RULES[number] = Rule(number, title, level, why, bad, good, mend, find, *flags)
        return find

    return enter
