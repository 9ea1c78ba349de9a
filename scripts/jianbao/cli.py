"""The command ``jianbao``: the commands together, errors and exit status. The commands are in commands/.

Exit status: 0 done, 1 bad input (one clear line on standard error), 2 wrong usage, 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from jianbao.chinese_click import ChineseGroup, usage_message
from jianbao.commands import FILE, QUIET, colours, complain
from jianbao.errors import JianbaoError

EXIT_STATUSES = """\b
退出状态：
  0    完成
  1    输入有问题：说明哪个文件、哪一行、怎样改；原有的内容没有损坏
  2    用法不对：没有这个命令或选项
  130  被 Ctrl+C 中断
"""


# Every command by its name, and where it is in commands/.
COMMANDS = {
    "read": "issues.read",
    "import": "issues.import_",
    "new": "issues.new",
    "review": "review.review",
    "check": "checking.check",
    "explain": "checking.explain",
    "vocabulary": "vocabulary.vocabulary",
    "build": "site.build",
    "serve": "site.serve",
    "pdf": "site.pdf",
    "publish": "publishing.publish",
    "editions": "publishing.editions",
    "rollback": "publishing.rollback",
    "retire": "publishing.retire",
    "bundle": "bundling.bundle",
    "verify": "bundling.verify",
    "export": "bundling.export",
    "init": "start.init",
    "completion": "completion.completion",
}


class LazyCommands(Mapping):
    """The commands, each loaded when it is asked for: none has to wait for what another one needs."""

    def __getitem__(self, name: str) -> click.Command:
        module, command = COMMANDS[name].split(".")
        return getattr(importlib.import_module(f"jianbao.commands.{module}"), command)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


@click.group(
    cls=ChineseGroup,
    commands=LazyCommands(),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_STATUSES,
)
@click.version_option(package_name="jianbao", message="jianbao %(version)s", help="显示版本，然后退出。")
@click.option(
    "--archive", "root", type=FILE, metavar="文件夹", help="档案所在的文件夹；默认是当前文件夹所属的档案。"
)
@click.option("--quiet", "-q", is_flag=True, help="只显示结果和错误，不显示进度和提示。")
@click.pass_context
def jianbao(context: click.Context, root: Path | None, quiet: bool) -> None:
    """简报：把工作简报变成可以检索的静态档案。

    \b
    jianbao read 2017-20.txt      看看能读懂多少，什么也不写
    jianbao import 2017-20.txt    写成档案中的一页
    jianbao new                   没有源文件，新建一页来填写
    jianbao review 2017-20        在浏览器中对照源文件核对
    jianbao check                 检查档案有没有错
    jianbao build                 生成网站（site 文件夹）
    jianbao serve                 在本机预览
    jianbao pdf 2017-20           把一期做成可以打印的 PDF
    jianbao publish --to 文件夹   把已提交的档案发布成一个版本
    jianbao bundle                做成可以带走、双击打开的离线包
    jianbao verify 离线包         核对它是否完好
    jianbao 命令 --help           一个命令的说明和例子
    """
    context.obj = root
    context.meta[QUIET] = quiet


def main() -> None:
    """Run the command line and end the process with its exit status."""
    # A console in another encoding (GBK, C) shows what it can and never ends in a traceback.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        sys.exit(jianbao.main(prog_name="jianbao", standalone_mode=False, color=colours()))
    except JianbaoError as error:
        complain(error)
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
