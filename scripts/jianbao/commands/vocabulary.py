"""``jianbao vocabulary``: which tags are used, and a tag renamed or merged everywhere in one step.

What it works with is imported by the command that needs it: the lists of the site bring the whole of pinyin along,
for which no other command should wait.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from jianbao import vocabulary as words
from jianbao.chinese_click import ChineseCommand, ChineseGroup
from jianbao.commands import archive_of, say
from jianbao.vocabulary import ALL_YEARS, KINDS, Years

if TYPE_CHECKING:
    from jianbao.vocabulary_care.plan import Plan
    from jianbao.vocabulary_care.uses import Use


@click.group(cls=ChineseGroup)
def vocabulary() -> None:
    """词表：看标签用在哪里，改名，合并。

    \b
    jianbao vocabulary list                              每个标签用了多少次，哪些没有用、哪些相像
    jianbao vocabulary rename 镇江工作组 镇江前方指挥部 --dry-run   先看要改什么
    jianbao vocabulary rename 镇江工作组 镇江前方指挥部 --years 2012—2018
    jianbao vocabulary merge 扶贫开发 脱贫攻坚           并入另一个标签
    """


@vocabulary.command("list", cls=ChineseCommand)
@click.pass_context
def list_(context: click.Context) -> None:
    """列出每个标签用在多少篇、多少期，哪些没有用、不在词表里或彼此相像。

    \b
    jianbao vocabulary list
    """
    from jianbao.vocabulary_care import pages, uses

    target = archive_of(context)
    known = words.load(target.vocabulary)
    found = uses.of(pages.shelf(pages.read(target)), known)
    for kind in KINDS:
        click.echo(f"{kind}（{sum(use.kind == kind for use in found)} 个）")
        for use in found:
            if use.kind == kind:
                click.echo(f"  {use.name}　{_used(use)}{'' if use.is_listed else '　不在词表里'}")
    strays = [use for use in found if not use.is_listed]
    pairs = list(uses.alike(found, known))
    if pairs:
        click.echo("相像的（请看看是不是同一个）")
        for pair in pairs:
            click.echo(f"  {pair.kind}：{pair.one}　{pair.other}　{pair.reason}")
    if strays:
        name = strays[0].name
        click.echo(
            f"下一步：不在词表里的，写进 docs/vocabulary.yml，或用 jianbao vocabulary merge {name} 标签 并入已有的"
        )


def _used(use: Use) -> str:
    if not use.articles:
        return "没有用"
    years = str(Years(use.first_year, use.last_year))
    return f"{use.articles} 篇 {use.issues} 期　{years}"


class _Span(click.ParamType):
    """A span of years, as in the vocabulary."""

    name = "年份"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> Years:
        try:
            return value if isinstance(value, Years) else Years.parse(str(value))
        except ValueError:
            self.fail("写成 2011—、2011—2019 或 2019", param, context)


def _options(command: Callable) -> Callable:
    """The options that both changes have."""
    for option in (
        click.option(
            "--kind",
            type=click.Choice(list(KINDS)),
            metavar="类别",
            help="工作组、地点或主题；一个名称同属两类时要写。",
        ),
        click.option(
            "--years", type=_Span(), metavar="年份", help="用旧名的年份，如 2012—2018；记在“曾用名”里。"
        ),
        click.option("--dry-run", is_flag=True, help="只列出要改的文件和行，什么也不写。"),
    ):
        command = option(command)
    return command


@vocabulary.command(cls=ChineseCommand)
@click.argument("old", metavar="旧名")
@click.argument("new", metavar="新名")
@_options
@click.pass_context
def rename(
    context: click.Context, old: str, new: str, kind: str | None, years: Years | None, dry_run: bool
) -> None:
    """给标签改名：词表、所有页面和旧地址一次改好，要么全改，要么不改。

    旧名记为“曾用名”，导入时仍认得，也仍查得到。

    \b
    jianbao vocabulary rename 镇江工作组 镇江前方指挥部 --dry-run
    jianbao vocabulary rename 镇江工作组 镇江前方指挥部 --years 2012—2018
    """
    from jianbao.vocabulary_care import plan

    _carry_out(plan.rename(archive_of(context), old, new, kind, years or ALL_YEARS), dry_run)


@vocabulary.command(cls=ChineseCommand)
@click.argument("old", metavar="旧名")
@click.argument("into", metavar="并入")
@_options
@click.pass_context
def merge(
    context: click.Context, old: str, into: str, kind: str | None, years: Years | None, dry_run: bool
) -> None:
    """把一个标签并入另一个：词表、所有页面和旧地址一次改好，要么全改，要么不改。

    旧名记为“曾用名”，它的别名和词都归新的标签。

    \b
    jianbao vocabulary merge 扶贫开发 脱贫攻坚 --dry-run
    """
    from jianbao.vocabulary_care import plan

    _carry_out(plan.merge(archive_of(context), old, into, kind, years or ALL_YEARS), dry_run)


def _carry_out(made: Plan, is_dry: bool) -> None:
    if not is_dry:
        made.carry_out()
    for change in made.changes:
        lines = list(change.lines())
        if is_dry:
            click.echo(change.shown_path)
            for number, line in lines:
                click.echo(f"  第{number}行　{line}")
        else:
            removed = sum(line.startswith("-") for _, line in lines)
            say(f"{change.shown_path}　改 {max(removed, len(lines) - removed)} 行")
    for note in made.notes:
        click.echo(f"注意：{note}")
    verb = "要改" if is_dry else "已改"
    say(f"{verb} {len(made.changes)} 个文件、{made.articles} 篇文章，{len(made.moves)} 个旧地址会转到新地址")
    if is_dry:
        say("什么也没有写；下一步：去掉 --dry-run 再运行一次")
    else:
        say("下一步：用 git diff 核对，再运行 jianbao build 和 git commit")
