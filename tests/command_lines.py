"""Command lines as documents and samples write them, held to the commands that there are; nothing is run."""

import re
import shlex

import click

from jianbao.cli import jianbao

# What another command may follow, and what ends the words of one.
_JOINS = re.compile(r"^(?:\|\|?|&&?|;)$")
_OPERATORS = re.compile(r"^(?:\|\|?|&&?|;|\d?>>?(?:&\d)?|<)$")


def in_blocks(markdown):
    """The lines of ```sh blocks that call jianbao, a line that goes on after a backslash as one."""
    for block in re.findall(r"^```sh\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL):
        yield from in_script(block)


def in_script(script):
    """Every call of jianbao in a shell script, as the words after ``jianbao``."""
    for line in script.replace("\\\n", " ").splitlines():
        words = list(_words(line))
        for place, word in enumerate(words):
            if re.split(r"[/\\]", word)[-1] in ("jianbao", "jianbao.exe") and _is_first(words, place):
                call = words[place + 1 :]
                end = next((i for i, each in enumerate(call) if _OPERATORS.match(each)), len(call))
                yield tuple(call[:end])


def _words(line):
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    try:
        yield from lexer
    except ValueError:
        return


def _is_first(words, place):
    return place == 0 or bool(_JOINS.match(words[place - 1])) or words[place - 1] in ("run:", "then", "-")


def parse(words):
    """The names of the commands called and the options used. Raises click.UsageError where there is no such call."""
    context = jianbao.make_context("jianbao", list(words))
    path, used = [], set(_used(context))
    rest = [*context._protected_args, *context.args]
    while isinstance(context.command, click.Group):
        _, command, _ = context.command.resolve_command(context, rest)
        path.append(rest[0])
        context = command.make_context(rest[0], rest[1:], parent=context)
        used |= {(*path, option) for option in _used(context)}
        rest = [*context._protected_args, *context.args]
    return tuple(path), used


def _used(context):
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name)
        if isinstance(parameter, click.Option) and given is click.core.ParameterSource.COMMANDLINE:
            yield parameter.opts[0]


def commands(group=jianbao, path=()):
    """Every command that is no group, with the words by which it is called."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command
