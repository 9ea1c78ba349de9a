"""``jianbao bundle``, ``verify`` and ``export``: editions to carry away, to check and to keep for long."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from jianbao import part
from jianbao.chinese_click import ChineseCommand
from jianbao.commands import FILE, archive_of
from jianbao.commands.publishing import NameType
from jianbao.edition import Name
from jianbao.editions import bundle as bundles
from jianbao.editions import verify as verifying
from jianbao.editions import warc
from jianbao.errors import EditionError

FROM = click.option(
    "--from", "source", type=FILE, metavar="发布文件夹", help="取已经发布的版本；不给出时由当前的提交生成。"
)


@click.command(cls=ChineseCommand)
@click.option(
    "--output", type=FILE, metavar="文件", help="写到哪里；默认是当前文件夹中的 jianbao-2017.20.zip。"
)
@FROM
@click.option(
    "--edition",
    "names",
    type=NameType(),
    multiple=True,
    metavar="版本",
    help="与 --from 同用；可以给几个；默认是最新版。",
)
@click.option(
    "--year",
    "years",
    type=click.IntRange(1900, 9999),
    multiple=True,
    metavar="年",
    help="只要这一年的；可以给几个。",
)
@click.option("--issues", multiple=True, metavar="期", help="只要这一期（如 2017/20）；可以给几个。")
@click.option("--no-originals", is_flag=True, help="不带原件。")
@click.option("--compress", is_flag=True, help="压缩（小一半以上）；不同的机器做出的字节可能不同。")
@click.option("--sign", "key", type=FILE, metavar="密钥", help="用这把 SSH 私钥签名。")
@click.pass_context
def bundle(
    context: click.Context,
    output: Path | None,
    source: Path | None,
    names: tuple[Name, ...],
    years: tuple[int, ...],
    issues: tuple[str, ...],
    no_originals: bool,
    compress: bool,
    key: Path | None,
) -> None:
    """做成离线包：一个 zip，解开后双击“打开简报.html”即可阅读和检索，不需要网络。

    同一个提交做出的离线包逐字节相同。不发布，不改动档案。
    """
    if source and (years or issues or no_originals):
        raise click.UsageError(
            "--year、--issues、--no-originals 不能与 --from 同用：已发布的版本只能原样打包"
        )
    if names and not source:
        raise click.UsageError("--edition 要与 --from 同用")
    packing = bundles.Packing(output, key, compress)
    click.echo("正在做离线包……")
    if source:
        made = bundles.of_published(source, names, packing)
    else:
        archive = archive_of(context)
        chosen = part.choose(archive, years, issues) if years or issues else None
        made = bundles.of_commit(archive, packing, chosen, not no_originals)
    editions = "、".join(str(edition.name) for edition in made.editions)
    state = "已做成" if made.is_new else "早已做成，没有变化"
    click.echo(
        f"{state}：{made.path}（版本 {editions}，{made.files} 个文件，{made.size / 1_000_000:.1f} MB）"
    )
    click.echo(f"下一步：jianbao verify {made.path}　核对；解开后双击“打开简报.html”阅读")


@click.command(cls=ChineseCommand)
@click.argument("path", type=FILE, metavar="发布文件夹或离线包")
@click.option("--signers", type=FILE, metavar="名单", help="核对离线包是谁签的名；每行写“名字 公钥”。")
@click.pass_context
def verify(context: click.Context, path: Path, signers: Path | None) -> None:
    """逐个核对文件是否与清单一致：发布文件夹、其中一个版本、离线包 zip 或解开的离线包。

    有问题时逐处指出，返回 1。离线包里的 verify.py 也是这个程序。
    """
    try:
        report = verifying.check(str(path), str(signers) if signers else None)
    except verifying.CannotCheck as error:
        raise EditionError(str(error)) from None
    for line in report.lines():
        click.echo(line)
    if not report.whole:
        context.exit(1)


@click.command(cls=ChineseCommand)
@click.option(
    "--warc", "target", type=FILE, required=True, metavar="文件", help="写成 WARC；以 .gz 结尾时压缩。"
)
@FROM
@click.option("--edition", "name", type=NameType(), metavar="版本", help="与 --from 同用；默认是最新版。")
@click.option("--url", metavar="网址", help="发布文件夹的网址；不给出时用一个不存在的。")
@click.pass_context
def export(
    context: click.Context, target: Path, source: Path | None, name: Name | None, url: str | None
) -> None:
    """把一个版本写成供图书馆和档案馆长期保存的 WARC（ISO 28500）；同一个版本写出的字节相同。"""
    if name and not source:
        raise click.UsageError("--edition 要与 --from 同用")
    with _edition_folder(context, source, name) as folder:
        done = warc.export(folder, target, url)
    click.echo(f"已写成：{done.path}（版本 {done.edition.name}，{done.records} 个记录）")
    click.echo("下一步：可以用 pywb、ReplayWeb.page 等程序打开")


@contextlib.contextmanager
def _edition_folder(context: click.Context, source: Path | None, name: Name | None) -> Iterator[Path]:
    """The folder of the edition that is meant, one made of the current commit for a while without ``source``."""
    if source:
        yield next(iter(bundles.whole_editions(source, [name] if name else []).values()))
        return
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder:
        yield bundles.edition_of_commit(archive_of(context), Path(folder))[1]
