"""``jianbao completion``: commands and options completed by the Tab key."""

from __future__ import annotations

import click
from click import shell_completion

from jianbao.chinese_click import ChineseCommand

SHELLS = ("bash", "zsh", "fish")


@click.command(cls=ChineseCommand)
@click.argument("shell", type=click.Choice(SHELLS), metavar="外壳")
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """显示让 Tab 键补全命令和选项的脚本；外壳是 bash、zsh 或 fish。

    装上以后重新打开终端：

    \b
    jianbao completion bash > ~/.local/share/bash-completion/completions/jianbao
    jianbao completion zsh > ~/.zfunc/_jianbao        （~/.zshrc 里要有 fpath+=~/.zfunc 和 compinit）
    jianbao completion fish > ~/.config/fish/completions/jianbao.fish
    """
    made = shell_completion.get_completion_class(shell)(
        context.find_root().command, {}, "jianbao", "_JIANBAO_COMPLETE"
    )
    # Not the class's own `source`: that of bash asks for the version of a bash that need not be here.
    click.echo(shell_completion.ShellComplete.source(made))
