"""click in Chinese: click 8 has no catalogue of its own messages for Chinese, so the few in use stand here."""

from __future__ import annotations

import click


class _ChineseHelp:
    """Help pages with Chinese headings; mixed into click's commands and groups."""

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(context)
        formatter.write_usage(context.command_path, " ".join(pieces), prefix="用法：")

    def collect_usage_pieces(self, context: click.Context) -> list[str]:
        names = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
        return [names.get(piece, piece) for piece in super().collect_usage_pieces(context)]

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        records = filter(None, (param.get_help_record(context) for param in self.get_params(context)))
        rows = [(names, text.replace("[required]", "（必须给出）")) for names, text in records]
        with formatter.section("选项"):
            formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(context, formatter)

    def get_help_option(self, context: click.Context) -> click.Option | None:
        option = super().get_help_option(context)
        if option:
            option.help = "显示这份说明，然后退出。"
        return option


class ChineseCommand(_ChineseHelp, click.Command):
    """A command whose help is Chinese."""


class ChineseGroup(_ChineseHelp, click.Group):
    """A group whose help is Chinese."""

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        commands = [(name, self.get_command(context, name)) for name in self.list_commands(context)]
        with formatter.section("命令"):
            formatter.write_dl([(name, command.get_short_help_str(60)) for name, command in commands])


def usage_message(error: click.UsageError) -> str:
    """One Chinese line for a wrong call, and where its help is."""
    path = error.ctx.command_path if error.ctx else "jianbao"
    return f"用法错误：{_reason(error)}；运行 {path} --help 查看用法"


def _reason(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}"
        case click.MissingParameter(param=param) if param is not None:
            return f"缺少{param.make_metavar(error.ctx) if error.ctx else param.name}"
        case click.BadParameter(param=param) if param is not None:
            name = param.metavar if isinstance(param, click.Argument) else param.opts[0]
            return f"{name} 的值不对（{error.message}）"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 缺少内容"
    if error.message.startswith("No such command"):
        return f"没有命令 {error.message.split(chr(39))[1]}"
    if "unexpected extra argument" in error.message:
        return f"多余的参数 {error.message.split('(')[-1].rstrip(')')}"
    return "缺少命令" if type(error).__name__ == "NoArgsIsHelpError" else error.message
