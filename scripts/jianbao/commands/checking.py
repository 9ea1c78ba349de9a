"""``jianbao check`` and ``explain``: the rules over the archive, and what they say."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

import click

from jianbao import archive
from jianbao.archive import Archive
from jianbao.check import RULES, Report, checker, fixing, guide, summary
from jianbao.check.formats import FORMATS
from jianbao.chinese_click import ChineseCommand
from jianbao.commands import FILE, archive_of
from jianbao.errors import ArchiveError, HistoryError
from jianbao.history import History
from jianbao.issue import Article


@click.command(cls=ChineseCommand)
@click.argument("paths", type=FILE, metavar="[文件或文件夹]...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    metavar="形式",
    help="text（默认）、json、sarif、github 或 gitlab；后三种供代码平台显示在合并请求里。",
)
@click.option("--output", type=FILE, metavar="文件", help="写到文件里（UTF-8），不显示在屏幕上。")
@click.option("--strict", is_flag=True, help="有警告也算不通过。")
@click.option("--fix", "fixes", is_flag=True, help="改好稳妥的几种（标点、空格、反斜线）；发布过的页面不动。")
@click.option("--summary", "summed", is_flag=True, help="写一份 Markdown 摘要，供贴在合并请求里；总是通过。")
@click.option("--base", metavar="提交", help="摘要对照的提交、分支或标签；默认是最新发布的版本。")
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    strict: bool,
    fixes: bool,
    summed: bool,
    base: str | None,
) -> None:
    """按编号的规则检查档案；有错误时退出状态是 1。

    给出文件或文件夹时，只报告其中的问题（仍与整个档案对照）。规则的说明用 jianbao explain 查看。

    \b
    jianbao check                          检查整个档案
    jianbao check docs/issues/2017/020.md  只看一期
    jianbao check --fix                    改好标点、空格之类
    jianbao check --summary --base main    这个分支改了什么
    """
    if base and not summed:
        raise click.UsageError("--base 要与 --summary 一起用")
    target = archive_of(context)
    chosen = _chosen(paths, target)
    report = _report(target, chosen)
    if fixes:
        changes = fixing.fix(target, report.findings)
        for change in changes:
            # On standard error, so that a report for programs stays one.
            click.echo(f"{change.path}:{change.line}: 已改 {_difference(change)}", err=True)
        click.echo(f"改了 {len(changes)} 行", err=True)
        report = _report(target, chosen)
    if summed:
        _write(_summary(target, report, base), output)
        return
    _write(FORMATS[form](report), output)
    if report.errors or (strict and report.warnings):
        context.exit(1)


@click.command(cls=ChineseCommand)
@click.argument("number", metavar="[规则]", required=False)
@click.option("--markdown", is_flag=True, help="把所有规则写成使用说明里的那一页（Markdown）。")
def explain(number: str | None, markdown: bool) -> None:
    """说明一条规则：为什么、例子、怎么改；不给编号时列出全部。

    \b
    jianbao explain
    jianbao explain JB101
    """
    if markdown:
        click.echo(guide.page(), nl=False)
    elif not number:
        click.echo(guide.all_rules())
    elif number.upper() in RULES:
        click.echo(guide.one_rule(RULES[number.upper()]))
    else:
        like = difflib.get_close_matches(number.upper(), RULES, 1)
        hint = f"，是不是 {like[0]}" if like else ""
        raise click.UsageError(f"没有规则“{number}”{hint}")


def _report(target: Archive, chosen: tuple[str, ...]) -> Report:
    report = checker.check(target)
    return report.within(chosen) if chosen else report


def _chosen(paths: Iterable[Path], target: Archive) -> tuple[str, ...]:
    """The paths as findings name them. Raises ArchiveError for one that is not there, or not in the archive."""
    root = target.root.resolve()
    chosen = []
    for path in paths:
        if not path.exists():
            raise ArchiveError(f"{path}：没有这个文件或文件夹；请检查写法")
        if not path.resolve().is_relative_to(root):
            raise ArchiveError(f"{path}：不在档案 {root} 里；请进入那个档案，或用 --archive 指明")
        chosen.append(path.resolve().relative_to(root).as_posix())
    return tuple(chosen)


def _summary(target: Archive, report: Report, base: str | None) -> str:
    history = History(target.root)
    if base:
        commit, against = history.branch_point(base), base
    else:
        editions = history.editions()
        if not editions:
            raise HistoryError(
                f"{target.root}：还没有发布过的版本可以对照；请用 --base 指明提交，如 --base main"
            )
        name, commit = max(editions.items())
        against = f"已发布的 {name} 版"
    changes = summary.Changes.since(target, commit)
    return summary.as_markdown(changes, against, report.within(changes.paths), _figures).rstrip("\n")


def _figures(article: Article) -> Iterable[str]:
    # Only a summary needs it, and with it comes all that makes the site: a third of a second.
    from jianbao.site import figures

    return ("".join(each.sentence[each.start : each.end].split()) for each in figures.of(article))


def _write(text: str, output: Path | None) -> None:
    if output:
        archive.write(output, f"{text}\n".encode())
        click.echo(f"已写入 {output}")
    else:
        click.echo(text)


def _difference(change: fixing.Change) -> str:
    """What is different between a line and its new form, with a few characters around it."""
    steps = difflib.SequenceMatcher(None, change.old, change.new, autojunk=False).get_opcodes()
    spots = [
        f"“{change.old[max(0, a - 4) : b + 4]}”→“{change.new[max(0, c - 4) : d + 4]}”"
        for tag, a, b, c, d in steps
        if tag != "equal"
    ]
    return "；".join(spots)
