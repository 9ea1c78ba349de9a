"""``jianbao review``: an issue's source and page side by side in the browser, or as a file."""

from __future__ import annotations

import contextlib
import os
import sys
import webbrowser
from pathlib import Path

import click

from jianbao import print_pdf
from jianbao.archive import Archive
from jianbao.chinese_click import ChineseCommand
from jianbao.commands import FILE, archive_of
from jianbao.errors import ArchiveError


@click.command(cls=ChineseCommand)
@click.argument("issue", metavar="[期]", required=False)
@click.option(
    "--output", type=FILE, metavar="文件", help="不开网页，写成一个只供阅读的 HTML 文件，给审阅的人看。"
)
@click.option("--port", type=click.IntRange(1, 65535), metavar="端口", help="默认由系统给一个空闲的端口。")
@click.option("--no-browser", is_flag=True, help="只显示网址，不自动打开浏览器。")
@click.pass_context
def review(
    context: click.Context, issue: str | None, output: Path | None, port: int | None, no_browser: bool
) -> None:
    """在浏览器中核对一期：源文件和页面左右对照，修补、疑点和标签的依据都标出。

    标签可以在网页上增删、调换先后，存进这一期的页面；其余文字用编辑器改。
    期的写法同 jianbao pdf；不写时是最新的一期。网页只在本机能打开，按 Ctrl+C 或点“结束”停止。

    \b
    jianbao review                                核对最新的一期
    jianbao review 2017-20                        核对2017年第20期
    jianbao review 2017-20 --output 核对.html     写成一个文件，附在合并请求后面
    """
    # The dictionary of pinyin takes a third of a second to load: no other command has to wait for it.
    from jianbao.review import desk, view
    from jianbao.review.server import ReviewServer

    target = archive_of(context)
    page = print_pdf.page_of(target, issue) if issue else _newest(target)
    if output:
        # A slip must not put the copy in the place of a page.
        if output.suffix.lower() not in (".html", ".htm"):
            raise click.UsageError(f"--output 应当是 .html 文件，不能是“{output.name}”", context)
        _write(output, view.standing(desk.laid(target, page)))
        click.echo(f"已写成 {output}，可以双击打开，也可以附在合并请求后面")
        return
    with ReviewServer(target, page, port or 0) as server:
        click.echo(f"请用浏览器打开 {server.address}　（核对完按 Ctrl+C 或点网页上的“结束”）")
        if not no_browser and _has_screen():
            webbrowser.open(server.address)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever(poll_interval=0.2)
    left = desk.laid(target, page).open_count
    name = page.relative_to(target.root).as_posix()
    click.echo(f"\n还有 {left} 处没有核对，可以再运行 jianbao review" if left else "\n全部核对过了")
    click.echo(f"下一步：运行 jianbao check {name}，再运行 jianbao serve 预览，最后用 git 提交")


def _has_screen() -> bool:
    """Whether a window can open: without one, Python would start a browser of the terminal, and wait for it."""
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _newest(target: Archive) -> Path:
    if target.newest_page is None:
        raise ArchiveError("档案中还没有简报；请先运行 jianbao import 或 jianbao new")
    return target.newest_page


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise ArchiveError(f"{path}：写不进去（{error.strerror}）") from None
