"""``jianbao publish``, ``editions``, ``rollback`` and ``retire``: the archive's editions in a published folder."""

from __future__ import annotations

from pathlib import Path

import click

from jianbao.chinese_click import ChineseCommand
from jianbao.commands import FILE, archive_of
from jianbao.edition import Edition, Name
from jianbao.editions import published, publishing


class NameType(click.ParamType):
    """An edition's name, typed."""

    name = "版本"

    def convert(self, value: object, param: click.Parameter | None, context: click.Context | None) -> Name:
        name = value if isinstance(value, Name) else Name.parse(str(value))
        return name or self.fail(f"“{value}”不像版本名；应当像 2017.20 或 2017.20.1", param, context)


FOLDER = click.argument("folder", type=FILE, metavar="发布文件夹")


@click.command(cls=ChineseCommand)
@click.option(
    "--to",
    "folder",
    type=FILE,
    required=True,
    metavar="发布文件夹",
    help="网站服务器所指的文件夹；没有时新建。",
)
@click.pass_context
def publish(context: click.Context, folder: Path) -> None:
    """把已提交的档案发布成一个版本，并使它成为最新版。

    以前的版本原样保留；中途断了，再运行一次即可。
    """
    click.echo(f"正在发布到 {folder}……")
    done = publishing.publish(archive_of(context), folder)
    name = done.edition.name
    if done.added is not None:
        size = sum(each.size for each in done.added)
        click.echo(
            f"已发布 {_line(done.edition)}：共 {len(done.files)} 个文件，"
            f"其中 {len(done.added)} 个是新的（{_megabytes(size)}）"
        )
        click.echo(
            f"下一步：用浏览器打开 {folder / 'index.html'}；用 git push origin edition/{name} 让别的副本也知道"
        )
    elif done.was_latest:
        click.echo(f"{name} 早已发布，是最新版，没有改动")
    else:
        click.echo(f"{name} 早已发布，没有改动；最新版现在是它")


@click.command(cls=ChineseCommand)
@FOLDER
def editions(folder: Path) -> None:
    """列出发布文件夹中的版本，新的在前。"""
    target = published.open_(folder)
    for edition in target.editions():
        click.echo(_line(edition) + ("　最新版" if edition.name == target.latest else ""))
    for edition in target.retired():
        click.echo(f"{_line(edition)}　已撤下")


@click.command(cls=ChineseCommand)
@FOLDER
@click.option("--to", "name", type=NameType(), metavar="版本", help="退回到哪个版本；默认是最新版的前一个。")
def rollback(folder: Path, name: Name | None) -> None:
    """使以前的版本成为最新版；什么也不删除。"""
    edition = publishing.rollback(folder, name)
    click.echo(f"最新版现在是 {_line(edition)}")
    click.echo(f"下一步：改好以后提交，再运行 jianbao publish --to {folder}")


@click.command(cls=ChineseCommand)
@FOLDER
@click.argument("name", type=NameType(), metavar="版本")
def retire(folder: Path, name: Name) -> None:
    """撤下一个以前的版本，腾出只有它用的空间；它的清单仍然保留。"""
    edition = publishing.retire(folder, name)
    click.echo(f"已撤下 {_line(edition)}；清单留在 {published.open_(folder).retired_manifest(name)}")


def _line(edition: Edition) -> str:
    """``2017.20（2017-08-08，提交 1a2b3c4）``"""
    return f"{edition.name}（{edition.date}，提交 {edition.commit[:7]}）"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
