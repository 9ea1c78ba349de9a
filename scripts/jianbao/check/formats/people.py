"""The report for people: a line a finding, then how to mend each rule, the count and the next step."""

from __future__ import annotations

from collections.abc import Iterator

from jianbao.check.checker import Report
from jianbao.check.rule import RULES

# So many findings of one rule are shown; more would hide the others, and are all in the other forms.
SHOWN_OF_A_RULE = 20


def render(report: Report) -> str:
    """Lines like ``docs/issues/2017/020.md:12: JB304 错误 主题“卫生”不在词表里，是不是“医疗卫生”？``."""
    parts = [list(_findings(report)), list(_waived(report)), list(_mending(report)), list(_end(report))]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _findings(report: Report) -> Iterator[str]:
    count: dict[str, int] = {}
    for each in report.open:
        count[each.rule] = count.get(each.rule, 0) + 1
        if count[each.rule] <= SHOWN_OF_A_RULE:
            yield f"{each.place}: {each.rule} {each.level} {each.message}"
    for rule, number in count.items():
        if number > SHOWN_OF_A_RULE:
            yield f"…… {rule} 还有 {number - SHOWN_OF_A_RULE} 处；要看全部，请加 --format json"


def _waived(report: Report) -> Iterator[str]:
    for each in report.waived:
        yield f"{each.place}: {each.rule} 已免检 {each.message}（理由：{each.waived}）"


def _mending(report: Report) -> Iterator[str]:
    numbers = sorted({each.rule for each in report.open})
    if numbers:
        yield "怎么改："
    for number in numbers:
        yield f"  {number} {RULES[number].title}：{RULES[number].mend}"


def _end(report: Report) -> Iterator[str]:
    if report.edition:
        against = f"，已与发布的 {report.edition} 版对照"
    else:
        against = "；没有找到发布过的版本（git 标签 edition/…），没有对照"
    yield f"共检查 {report.pages} 期：{counts(report)}{against}"
    fixable = len(report.fixable)
    if report.errors:
        yield "下一步：改好有错误的地方，再运行一次；不明白的，运行 jianbao explain 规则编号"
    elif report.warnings:
        yield "下一步：看一遍警告，该改的改，原件如此的在页首写“免检”；再运行 jianbao build"
    else:
        yield "下一步：运行 jianbao build 生成网站"
    if fixable:
        yield f"其中 {fixable} 处可以用 jianbao check --fix 改好"


def counts(report: Report) -> str:
    """``2 处错误，3 处警告，1 处免检``."""
    parts = [f"{len(report.errors)} 处错误", f"{len(report.warnings)} 处警告"]
    return "，".join([*parts, *([f"{len(report.waived)} 处免检"] if report.waived else [])])
