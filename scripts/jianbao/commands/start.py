"""``jianbao init``: a new archive."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao import new_archive
from jianbao.chinese_click import ChineseCommand
from jianbao.commands import FILE, say


@click.command(cls=ChineseCommand)
@click.argument("folder", type=FILE, metavar="文件夹")
@click.option("--name", metavar="刊名", help="简报的名称；默认与文件夹同名。")
def init(folder: Path, name: str | None) -> None:
    """为另一种简报新建一个档案：词表、网站模板、合并请求的样例都在里面，马上可以生成网站。

    \b
    jianbao init 河长制工作简报
    jianbao init D:\\简报 --name 河长制工作简报
    """
    made = new_archive.create(folder, name)
    say(f"档案已建好：{made.root}")
    say(f"下一步：按 {made.root / 'README.md'} 填写词表，再运行 jianbao --archive {folder} build 看看网站")
