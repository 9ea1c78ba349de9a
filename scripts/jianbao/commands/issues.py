"""``jianbao read`` and ``import``: source file → page."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao import archive, importer, report, vocabulary
from jianbao.chinese_click import ChineseCommand
from jianbao.commands import FILE, archive_of, complain, say
from jianbao.errors import JianbaoError


@click.command(cls=ChineseCommand)
@click.argument("file", type=FILE, metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象，供程序使用。")
@click.pass_context
def read(context: click.Context, file: Path, as_json: bool) -> None:
    """显示从简报文件中读懂了什么；什么也不写。

    \b
    jianbao read 2017-20.docx
    jianbao read --json 2017-20.docx > 2017-20.json
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
    jianbao import 2017-20.docx
    jianbao import 2017年简报
    jianbao import --replace 2017-20.docx
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
        except JianbaoError as error:
            failed += 1
            complain(error)
            continue
        say(f"{report.heading(reading.issue)}：{outcome.value}　docs/{archive.page_path(reading.issue)}")
        if outcome is not archive.Outcome.UNCHANGED and len(sources) == 1:
            say(report.as_text(reading).split("\n", 1)[1])
            say("\n下一步：打开上面的页面核对标题、段落和标签，再运行 jianbao serve 预览")
    if len(sources) > 1:
        say(f"共 {len(sources)} 个文件：{len(sources) - failed} 个成功，{failed} 个有错")
        say("下一步：用 jianbao read 文件 查看每一期需要核对的地方，再运行 jianbao serve 预览")
    if failed:
        context.exit(1)
