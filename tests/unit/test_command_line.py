"""What every command owes its user: help in Chinese with an example, and documents that tell the truth."""

import re

import click
import pytest

from archives import ROOT
from command_lines import commands, in_blocks, in_script, parse
from jianbao.chinese_click import usage_message
from jianbao.cli import jianbao

COMMANDS = dict(commands())
GUIDE = sorted((ROOT / "docs" / "guide").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", ROOT / "starter" / "README.md", *GUIDE]
CALLS = [
    (path.relative_to(ROOT).as_posix(), words)
    for path in DOCUMENTS
    for words in in_blocks(path.read_text("utf-8"))
]
HAN = re.compile("[一-鿿]")
# What click says by itself in English.
ENGLISH = re.compile(
    r"Usage|Options|Commands|Show this|Arguments|\[required|\[default|\[env|INTEGER|\bTEXT\b|\bPATH\b|\bFILE\b|\bNAME\b"
)


def help_of(path, command):
    context = click.Context(jianbao, info_name="jianbao")
    for name in path:
        context = click.Context(context.command.commands[name], parent=context, info_name=name)
    return context.command.get_help(context)


def groups(group=jianbao, path=()):
    yield path, group
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from groups(command, (*path, name))


ALL = [*COMMANDS.items(), *groups()]


@pytest.mark.parametrize(("path", "command"), ALL, ids=["-".join(path) or "jianbao" for path, _ in ALL])
def test_help_is_chinese_and_has_an_example(path, command):
    shown = help_of(path, command)
    assert not ENGLISH.search(shown), shown
    assert f"jianbao {' '.join(path)}".strip() in shown.split("\n", 1)[1], "an example of a call"
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help and HAN.search(option.help), option.opts
            assert option.metavar or option.is_flag or option.count, (
                f"{option.opts}: what is to be written after it"
            )
        else:
            assert HAN.search(option.metavar or ""), option.name


@pytest.mark.parametrize("path", COMMANDS, ids="-".join)
def test_the_examples_of_a_commands_help_are_calls_that_it_takes(path):
    examples = [
        words
        for line in (COMMANDS[path].help or "").splitlines()
        # What stands far to the right explains the call.
        for words in in_script(
            re.split(r" {2,}(?=[^ ])", line.strip().removeprefix("\b"))[0].replace("\\", "/")
        )
    ]
    assert examples
    for words in examples:
        assert parse(words)[0] == path


def test_exit_statuses_are_in_the_help():
    shown = help_of((), jianbao)
    assert re.search(r"退出状态.*0.*1.*2.*130", shown, re.DOTALL)


@pytest.mark.parametrize(("path", "words"), CALLS, ids=[f"{path} {' '.join(words)}" for path, words in CALLS])
def test_every_call_in_the_documents_can_be_made(path, words):
    try:
        parse(words)
    except click.UsageError as error:
        pytest.fail(f"{path}：jianbao {' '.join(words)}：{usage_message(error)}")


def test_the_documents_call_something():
    assert len(CALLS) > 10


@pytest.mark.skipif(not GUIDE, reason="the guide is still to be written")
@pytest.mark.parametrize("path", COMMANDS, ids="-".join)
def test_every_command_and_option_is_in_the_documents(path):
    text = "\n".join(document.read_text("utf-8") for document in DOCUMENTS)
    assert any(parse(words)[0] == path for _, words in CALLS), (
        f"no ```sh block shows jianbao {' '.join(path)}"
    )
    for option in COMMANDS[path].params:
        if isinstance(option, click.Option):
            assert option.opts[0] in text, f"jianbao {' '.join(path)} {option.opts[0]}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("builld",), "没有命令 builld，是不是 build"),
        (("完全不像",), "没有命令 完全不像；"),
        (("read",), "缺少文件"),
        (("read", "甲", "乙"), "多余的参数 乙"),
        (("read", "--jsn", "甲"), "没有选项 --jsn，是不是 --json"),
        (("serve", "--port"), "选项 --port 缺少内容"),
        (("serve", "--port", "0"), "--port 的值不对（应当是 1 至 65535 的整数）"),
        (("serve", "--port", "甲"), "--port 的值不对（应当是 1 至 65535 的整数）"),
        (("read", "--json=1", "甲"), "选项 --json 后面不能跟内容"),
        (("vocabulary",), "缺少命令"),
        (
            ("vocabulary", "rename", "甲", "乙", "--kind", "丙"),
            "--kind 的值不对（可以写 工作组、地点、主题）",
        ),
        (("completion", "cmd"), "外壳 的值不对（可以写 bash、zsh、fish）"),
    ],
)
def test_a_wrong_call_is_answered_in_one_chinese_line(arguments, message):
    with pytest.raises(click.UsageError) as error:
        jianbao.main(list(arguments), standalone_mode=False)
    line = usage_message(error.value)
    assert message in line
    assert "\n" not in line
    assert not re.search(r"[A-Z][a-z]+ [a-z]+", line), "nothing of click's English"
