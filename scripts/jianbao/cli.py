"""The command ``jianbao``: arguments, messages and exit status; the work is done elsewhere.

Exit status: 0 done, 1 bad input (one clear line on standard error), 2 wrong usage.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jianbao import archive, importer, print_pdf, report, site_builder, vocabulary
from jianbao.chinese_click import ChineseCommand, ChineseGroup, usage_message
from jianbao.errors import JianbaoError

FILE = click.Path(path_type=Path)


@click.group(cls=ChineseGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="jianbao", message="jianbao %(version)s", help="显示版本，然后退出。")
@click.option(
    "--archive", "root", type=FILE, metavar="文件夹", help="档案所在的文件夹；默认是当前文件夹所属的档案。"
)
@click.pass_context
def jianbao(context: click.Context, root: Path | None) -> None:
    """简报：把工作简报变成可以检索的静态档案。

    \b
    jianbao read 2017-20.txt      看看能读懂多少，什么也不写
    jianbao import 2017-20.txt    写成档案中的一页
    jianbao build                 生成网站（site 文件夹）
    jianbao serve                 在本机预览
    jianbao pdf 2017-20           把一期做成可以打印的 PDF
    """
    context.obj = root


def _archive(context: click.Context) -> archive.Archive:
    return archive.find(context.obj or Path.cwd())


@jianbao.command(cls=ChineseCommand)
@click.argument("file", type=FILE, metavar="文件")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 对象，供程序使用。")
@click.pass_context
def read(context: click.Context, file: Path, as_json: bool) -> None:
    """显示从简报文件中读懂了什么；什么也不写。"""
    reading = importer.read(file, vocabulary.load(_archive(context).vocabulary))
    click.echo(report.as_json(reading) if as_json else report.as_text(reading))


@jianbao.command("import", cls=ChineseCommand)
@click.argument("files", type=FILE, metavar="文件...", nargs=-1, required=True)
@click.option("--replace", is_flag=True, help="档案中已有而内容不同时，替换它（原来的另存一份）。")
@click.pass_context
def import_(context: click.Context, files: tuple[Path, ...], replace: bool) -> None:
    """把简报文件写成档案中的一页，并保存原件。

    一次可以给几个文件或文件夹：有错的跳过并说明，其余照常导入；可以重复运行。
    """
    target = _archive(context)
    words = vocabulary.load(target.vocabulary)
    sources = importer.sources_in(files)
    failed = 0
    for position, file in enumerate(sources, start=1):
        if len(sources) > 1:
            click.echo(f"[{position}/{len(sources)}] {file}")
        try:
            reading = importer.read(file, words)
            outcome = importer.store(file, reading, target, replace)
        except JianbaoError as error:
            failed += 1
            _complain(error)
            continue
        click.echo(
            f"{report.heading(reading.issue)}：{outcome.value}　docs/{archive.page_path(reading.issue)}"
        )
        if outcome is not archive.Outcome.UNCHANGED and len(sources) == 1:
            click.echo(report.as_text(reading).split("\n", 1)[1])
            click.echo("\n下一步：打开上面的页面核对标题、段落和标签，再运行 jianbao serve 预览")
    if len(sources) > 1:
        click.echo(f"共 {len(sources)} 个文件：{len(sources) - failed} 个成功，{failed} 个有错")
        click.echo("下一步：用 jianbao read 文件 查看每一期需要核对的地方，再运行 jianbao serve 预览")
    if failed:
        context.exit(1)


@jianbao.command(cls=ChineseCommand)
@click.pass_context
def build(context: click.Context) -> None:
    """由 docs 生成网站，放在 site 文件夹；双击其中的 index.html 即可离线阅读。"""
    target = _archive(context)
    site_builder.build(target)
    click.echo(f"网站已生成：{target.site / 'index.html'}")


@jianbao.command(cls=ChineseCommand)
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="端口", help="默认用 8000 起第一个空闲的端口。"
)
@click.pass_context
def serve(context: click.Context, port: int | None) -> None:
    """在本机预览网站，文件改动后自动更新；按 Ctrl+C 结束。"""
    target = _archive(context)
    port = port or site_builder.free_port()
    click.echo(f"正在生成网站；完成后请用浏览器打开 http://{site_builder.HOST}:{port}/　（按 Ctrl+C 结束）")
    site_builder.serve(target, port)


@jianbao.command(cls=ChineseCommand)
@click.argument("issue", metavar="期")
@click.option("--output", type=FILE, metavar="文件", help="写到哪里；默认是当前文件夹中的 2017-020.pdf。")
@click.pass_context
def pdf(context: click.Context, issue: str, output: Path | None) -> None:
    """把一期做成 A4 的 PDF，版式按 GB/T 9704；需要本机有 Chromium。

    期写成 2017-20、2017年第20期、2018年增刊第1期，或者页面的路径。
    """
    click.echo(f"PDF 已生成：{print_pdf.make(_archive(context), issue, output)}")


def _complain(error: JianbaoError) -> None:
    click.echo(f"错误：{error}", err=True)


def main() -> None:
    """Run the command line and end the process with its exit status."""
    # A console in another encoding (GBK, C) shows what it can and never ends in a traceback.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        sys.exit(jianbao.main(standalone_mode=False))
    except JianbaoError as error:
        _complain(error)
        sys.exit(error.exit_status)
    except click.UsageError as error:
        click.echo(usage_message(error), err=True)
        sys.exit(2)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough.
        sys.stderr.close()
        sys.exit(0)
