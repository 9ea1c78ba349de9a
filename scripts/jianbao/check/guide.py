"""The rules for people: one on the terminal (``jianbao explain``), all as the guide's page ``docs/guide/rules.md``."""

from __future__ import annotations

from collections.abc import Iterator

from jianbao import literal
from jianbao.check.rule import GROUPS, RULES, Rule

PAGE = "docs/guide/rules.md"

_HEAD = """---
title: 检查的规则
template: guide.html
---

`jianbao check` 按下面的规则检查档案里的每一期。每条规则有一个编号，不会改变；在命令行里运行 `jianbao explain JB101`，也能看到其中一条。

- **错误**必须改好，否则合并请求通不过：读者会被误导，或者网站生成不了。
- **警告**请看一眼：多半是认错、写错，也可能原件就是这样。

原件就是这样的，在那一页的页首写上“免检”和理由，以后就不再报：

    免检:
      JB201: 原件要目与正文标题不同，照录

理由写给后来的人看。免检的地方仍会列出来；问题没有了，免检也要删去（JB009）。标着“不能免检”的规则，没有例外。
"""
_FLAGS = {
    "is_waivable": (False, "不能免检"),
    "until_published": (True, "只查没有发布过的页面"),
}


def page() -> str:
    """The guide's page of all rules, as Markdown; made anew by ``jianbao explain --markdown``."""
    return "\n".join([_HEAD, *_sections()])


def all_rules() -> str:
    """Every rule on a line, by subject."""
    lines = []
    for group, title in GROUPS.items():
        lines += [title, *(f"  {rule.number} {rule.level} {rule.title}" for rule in _of(group)), ""]
    return "\n".join([*lines, "下一步：运行 jianbao explain JB101 看一条规则的说明、例子和改法"])


def one_rule(rule: Rule) -> str:
    """A rule as it is told on the terminal."""
    return "\n".join(
        [
            _heading(rule),
            "",
            rule.why,
            "",
            "不对：",
            _indented(rule.bad),
            "",
            "对：",
            _indented(rule.good),
            "",
            f"怎么改：{rule.mend}",
        ]
    )


def _sections() -> Iterator[str]:
    for group, title in GROUPS.items():
        yield f"## {title} {{#{group}}}\n"
        for rule in _of(group):
            number, words = _heading(rule).split(" ", 1)
            yield f"### {number} {words} {{#{number}}}\n\n{literal.escape(rule.why)}\n"
            yield f"不对：\n\n{_indented(rule.bad)}\n\n对：\n\n{_indented(rule.good)}\n"
            yield f"**怎么改**　{literal.escape(rule.mend)}\n"


def _of(group: str) -> list[Rule]:
    return sorted((rule for rule in RULES.values() if rule.group == group), key=lambda rule: rule.number)


def _heading(rule: Rule) -> str:
    notes = [rule.level, *(note for name, (value, note) in _FLAGS.items() if getattr(rule, name) is value)]
    return f"{rule.number} {rule.title}（{'，'.join(notes)}）"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.replace("\u200b", "□").split("\n"))
