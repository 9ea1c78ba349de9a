"""``jianbao build``, ``serve`` and ``pdf``: pages → site and paper."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao import print_pdf, site_builder
from jianbao.chinese_click import ChineseCommand
from jianbao.commands import FILE, archive_of, progress, say


@click.command(cls=ChineseCommand)
@click.pass_context
def build(context: click.Context) -> None:
    """由 docs 生成网站，放在 site 文件夹；双击其中的 index.html 即可离线阅读。

    \b
    jianbao build
    jianbao --archive D:\\简报 build
    """
    target = archive_of(context)
    site_builder.build(target, progress=progress())
    say(f"网站已生成：{target.site / 'index.html'}")


@click.command(cls=ChineseCommand)
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="端口", help="默认用 8000 起第一个空闲的端口。"
)
@click.pass_context
def serve(context: click.Context, port: int | None) -> None:
    """在本机预览网站，文件改动后自动更新；按 Ctrl+C 结束。

    \b
    jianbao serve
    jianbao serve --port 8080
    """
    target = archive_of(context)
    port = port or site_builder.free_port()
    say(f"正在生成网站；完成后请用浏览器打开 http://{site_builder.HOST}:{port}/　（按 Ctrl+C 结束）")
    site_builder.serve(target, port, progress())


@click.command(cls=ChineseCommand)
@click.argument("issue", metavar="期")
@click.option("--output", type=FILE, metavar="文件", help="写到哪里；默认是当前文件夹中的 2017-020.pdf。")
@click.pass_context
def pdf(context: click.Context, issue: str, output: Path | None) -> None:
    """把一期做成 A4 的 PDF，版式按 GB/T 9704；需要本机有 Chromium。

    期写成 2017-20、2017年第20期、2018年增刊第1期，或者页面的路径。

    \b
    jianbao pdf 2017-20
    jianbao pdf 2018年增刊第1期 --output 增刊.pdf
    """
    say(f"PDF 已生成：{print_pdf.make(archive_of(context), issue, output)}")
