"""``jianbao read``, ``import`` and ``new``: source file → page, or a page to be typed."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from jianbao import archive, importer, page, report, skeleton, vocabulary
from jianbao.chinese_click import DAY, ChineseCommand, refusal
from jianbao.commands import FILE, archive_of, complain, say
from jianbao.errors import JianbaoError
from jianbao.issue import Issue
from jianbao.review import sheet

YEAR, NUMBER = click.IntRange(1949, 2999), click.IntRange(1)


@click.command(cls=ChineseCommand)
@click.argument("file", type=FILE, metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象，供程序使用。")
@click.pass_context
def read(context: click.Context, file: Path, as_json: bool) -> None:
    """显示从简报文件中读懂了什么；什么也不写。

    \b
    jianbao read 2017-20.txt           报头、文章、标签和依据、修补和疑点
    jianbao read 2017-20.txt --json    供程序使用
    """
    reading = importer.read(file, vocabulary.load(archive_of(context).vocabulary))
    click.echo(report.as_json(reading) if as_json else report.as_text(reading))


@click.command("import", cls=ChineseCommand)
@click.argument("files", type=FILE, metavar="文件...", nargs=-1, required=True)
@click.option("--replace", is_flag=True, help="档案中已有而内容不同时，替换它（原来的另存一份）。")
@click.pass_context
def import_(context: click.Context, files: tuple[Path, ...], replace: bool) -> None:
    """把简报文件写成档案中的一页，并保存原件。

    一次可以给几个文件或文件夹：有错的跳过并说明，其余照常导入；可以重复运行。

    \b
    jianbao import 2017-20.docx           导入一期，然后 jianbao review 核对
    jianbao import 2016年 2017年          导入两个文件夹中的各期
    jianbao import --replace 2017-20.pdf  换了源文件，重新导入
    """
    target = archive_of(context)
    words = vocabulary.load(target.vocabulary)
    sources = importer.sources_in(files)
    failed = 0
    for position, file in enumerate(sources, start=1):
        if len(sources) > 1:
            say(f"[{position}/{len(sources)}] {file}")
        try:
            reading = importer.read(file, words)
            outcome = importer.store(file, reading, target, replace)
            sheet.save_of(target, reading)
        except JianbaoError as error:
            failed += 1
            complain(error)
            continue
        say(f"{report.heading(reading.issue)}：{outcome.value}　docs/{archive.page_path(reading.issue)}")
        if len(sources) == 1:
            if outcome is not archive.Outcome.UNCHANGED:
                say(report.as_text(reading).split("\n", 1)[1])
            say(f"\n下一步：运行 jianbao review {_name(reading.issue)}，对照源文件核对标题、段落和标签")
    if len(sources) > 1:
        say(f"共 {len(sources)} 个文件：{len(sources) - failed} 个成功，{failed} 个有错")
        say("下一步：用 jianbao review 期号 逐期核对，再运行 jianbao check 检查、jianbao serve 预览")
    if failed:
        context.exit(1)


@click.command(cls=ChineseCommand)
@click.option("--title", metavar="刊名", help="默认同最新一期。")
@click.option("--year", type=YEAR, metavar="年份", help="默认是日期的年份。")
@click.option("--number", type=NUMBER, metavar="期号", help="默认接着最新一期；另一年从1起。")
@click.option("--cumulative", type=NUMBER, metavar="总期号", help="默认接着最新一期；最新一期没有时不写。")
@click.option("--date", type=DAY, metavar="日期", help="如 2017-08-07；默认是今天。")
@click.option("--issuer", metavar="编发单位", help="默认同最新一期。")
@click.pass_context
def new(context: click.Context, **options: object) -> None:
    """没有源文件时新建一期：写好刊名、期号和分送单位，文章留给你填写。

    在终端里运行时，没有给出的各项逐一询问，直接回车用括号中的值。已有的一期不会被覆盖。

    \b
    jianbao new                                     逐项询问
    jianbao new --number 21 --date 2017-08-14       其余照最新一期
    """
    target = archive_of(context)
    latest = target.newest_page
    like = page.parse(archive.page_text(latest, str(latest)), str(latest)) if latest else None
    known = _asked(like, options)
    try:
        issue, text = skeleton.text(like, **known)
    except ValueError as error:
        raise click.UsageError(str(error), context) from None
    path = target.create(issue, text).relative_to(target.root).as_posix()
    say(f"{report.heading(issue)}：新建　{path}")
    say(
        f"下一步：用编辑器打开这一页，把“{skeleton.PLACEHOLDER}……）”都换成正文；"
        f"再运行 jianbao review {_name(issue)} 选定标签，jianbao check {path} 检查"
    )


def _asked(newest: Issue | None, options: Mapping[str, object]) -> dict[str, object]:
    """The head of a new issue: what the options say, else what a person answers, else what follows the newest.

    Raises UsageError where nothing tells the bulletin's name.
    """
    asks = sys.stdin.isatty()

    def value(name: str, question: str, default: object, kind: click.ParamType = click.STRING) -> object:
        if options[name] is not None or not asks:
            return default if options[name] is None else options[name]
        return _ask(question, default, kind)

    title = value("title", "刊名", newest.title if newest else None)
    if not title:
        raise click.UsageError("档案里还没有简报，不知道刊名；请加 --title 刊名")
    date = value("date", "日期", datetime.date.today(), DAY)
    year = value("year", "年份", date.year, YEAR)
    number = value("number", "期号", skeleton.next_number(newest, year), NUMBER)
    cumulative = value("cumulative", "总期号（没有就直接回车）", skeleton.next_cumulative(newest), NUMBER)
    issuer = value("issuer", "编发单位", newest.issuer if newest else None)
    return {
        "title": title,
        "date": date,
        "year": year,
        "numbers": (number,),
        "cumulative": cumulative,
        "issuer": issuer,
    }


def _ask(question: str, default: object, kind: click.ParamType) -> object:
    """A person's answer, asked for until it can be understood; None where there is none and need be none."""
    while True:
        answer = click.prompt(
            question, default="" if default is None else str(default), show_default=bool(default)
        )
        if not answer:
            return None
        try:
            return kind.convert(answer, None, None)
        except click.BadParameter as error:
            click.echo(f"  {refusal(kind, error.message)}")


def _name(issue: Issue) -> str:
    """How the issue is called on the command line: ``2017-20``, ``2018-s1``, ``2018-5-6``."""
    numbers = "-".join(map(str, issue.numbers))
    return f"{issue.year}-{'s' if issue.supplement else ''}{numbers}"
