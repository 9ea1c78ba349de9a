"""click in Chinese: click 8 has no catalogue of its own messages for Chinese, so the few in use stand here."""

from __future__ import annotations

import datetime
import difflib
import unicodedata
from collections.abc import Sequence

import click

# A term longer than this has its explanation on the line below.
WIDEST_TERM = 30


class _Formatter(click.HelpFormatter):
    """Columns by the width that characters have on the terminal: a Han character is two wide."""

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = WIDEST_TERM, col_spacing: int = 2
    ) -> None:
        widest = max((width for term, _ in rows if (width := _width(term)) <= col_max), default=0)
        for term, explanation in rows:
            gap = widest - _width(term)
            indent = " " * self.current_indent
            below = "\n" + indent + " " * (widest + col_spacing)
            self.write(f"{indent}{term}{below if gap < 0 else ' ' * (gap + col_spacing)}{explanation}\n")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class Day(click.ParamType):
    """A day written as 2017-08-07, as a ``datetime.date``."""

    name = "日期"

    def convert(
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> datetime.date:
        try:
            return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期；请写成 2017-08-07 的样子", param, context)


DAY = Day()


def refusal(kind: click.ParamType, message: str) -> str:
    """Why a value is not of a kind: click's own words are English; ``message`` where it says it itself."""
    match kind:
        case click.Choice(choices=choices):
            return f"可以写 {'、'.join(map(str, choices))}"
        case click.IntRange(min=least, max=most):
            if most is None:
                return f"应当是不小于 {least} 的整数"
            return f"应当是 {least} 至 {most} 的整数"
        case click.types.IntParamType():
            return "应当是整数"
    return message


class _ChineseHelp:
    """Help pages with Chinese headings; mixed into click's commands and groups."""

    def get_help(self, context: click.Context) -> str:
        formatter = _Formatter()
        self.format_help(context, formatter)
        return formatter.getvalue().rstrip("\n")

    def format_usage(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = self.collect_usage_pieces(context)
        formatter.write_usage(context.command_path, " ".join(pieces), prefix="用法：")

    def collect_usage_pieces(self, context: click.Context) -> list[str]:
        names = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
        return [names.get(piece, piece) for piece in super().collect_usage_pieces(context)]

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        options = [each for each in self.get_params(context) if isinstance(each, click.Option)]
        records = filter(None, (option.get_help_record(context) for option in options))
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
            formatter.write_dl([(name, _first_sentence(command)) for name, command in commands])


def _first_sentence(command: click.Command) -> str:
    """What a list of commands says of one: its help as far as the first stop, 。 or ；."""
    line = (command.help or "").strip().split("\n", 1)[0]
    return min((line.split(stop, 1)[0] for stop in "。；"), key=len)


def usage_message(error: click.UsageError) -> str:
    """One Chinese line for a wrong call, and where its help is."""
    path = error.ctx.command_path if error.ctx else "jianbao"
    return f"用法错误：{_reason(error)}；运行 {path} --help 查看用法"


def _reason(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_meant(error.option_name, error.possibilities or ())}"
        case click.MissingParameter(param=param) if param is not None:
            return f"缺少{param.make_metavar(error.ctx) if error.ctx else param.name}"
        case click.BadParameter(param=click.Option(type=click.Choice(choices=choices)) as param):
            return f"{param.opts[0]} 只能是 {'、'.join(map(str, choices))}"
        case click.BadParameter(param=param) if param is not None:
            name = param.opts[0] if isinstance(param, click.Option) else param.make_metavar(error.ctx)
            return f"{name} 的值不对（{refusal(param.type, error.message)}）"
        case click.BadOptionUsage():
            is_flag = "does not take" in error.message
            return f"选项 {error.option_name} {'后面不能跟内容' if is_flag else '缺少内容'}"
    if error.message.startswith("No such command"):
        name = error.message.split(chr(39))[1]
        group = error.ctx.command if error.ctx else None
        return f"没有命令 {name}{_meant(name, getattr(group, 'commands', ()))}"
    if "unexpected extra argument" in error.message:
        return f"多余的参数 {error.message.split('(')[-1].rstrip(')')}"
    return "缺少命令" if type(error).__name__ == "NoArgsIsHelpError" else error.message


def _meant(name: str, among: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, list(among), n=1)
    return f"，是不是 {close[0]}" if close else ""
