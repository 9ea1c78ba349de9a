"""The command on consoles of all kinds: GBK, ASCII, a real terminal, a pipe; and what --quiet leaves out."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archives import REAL_ISSUE

COMMAND = Path(sys.executable).with_name("jianbao")
ANSI = re.compile(r"\x1b\[")


def run(archive, *arguments, **environment):
    """The finished process, its output as bytes, with these variables set and those that are None not."""
    merged = {**os.environ, **environment}
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        cwd=archive,
        capture_output=True,
        env={name: value for name, value in merged.items() if value is not None},
    )


@pytest.fixture
def issue(archive):
    """A source file whose name and place have Chinese characters and a space."""
    file = archive.parent / "原稿 第20期.txt"
    file.write_bytes(REAL_ISSUE.read_bytes())
    return file


CONSOLES = {
    "GBK": ("gbk", {"PYTHONIOENCODING": "gbk"}),
    "C": ("utf-8", {"LC_ALL": "C", "LANG": None, "PYTHONIOENCODING": None}),
}


@pytest.mark.parametrize(("encoding", "environment"), CONSOLES.values(), ids=CONSOLES)
def test_no_console_is_lost(archive, issue, encoding, environment):
    missing = archive / "没有 这一期.txt"
    index = archive / "site" / "index.html"
    for arguments, status, words in (
        (("import", issue), 0, "：新建　docs/issues/2017/020.md\n"),
        (("vocabulary", "rename", "武进工作组", "武进前方指挥部"), 0, "已改 3 个文件、1 篇文章"),
        (("build",), 0, f"网站已生成：{index}\n"),
        (("read", missing), 1, f"错误：{missing}"),
    ):
        done = run(archive, *arguments, **environment)
        shown = (done.stdout + done.stderr).decode(encoding)
        assert done.returncode == status, shown
        assert words in shown
    page = (archive / "docs/issues/2017/020.md").read_text("utf-8")
    assert "武进前方指挥部" in page and "原稿 第20期.txt" in page
    assert index.is_file()


def test_what_gbk_does_not_have_is_replaced_and_the_rest_stays(archive):
    odd = archive / "甲✕乙.txt"
    odd.write_text("不是简报", "utf-8")
    shown = run(archive, "read", odd, PYTHONIOENCODING="gbk").stderr.decode("gbk")
    assert "甲?乙.txt" in shown and shown.startswith("错误：")


def test_quiet_says_nothing_but_results_and_errors(archive, issue):
    for arguments in (
        ("import", issue),
        ("build",),
    ):
        done = run(archive, "--quiet", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b""), arguments
    assert "2017年第20期" in run(archive, "-q", "read", issue).stdout.decode(), "this is the result"
    done = run(archive, "-q", "read", archive / "没有.txt")
    assert done.returncode == 1 and done.stderr.startswith("错误：".encode())


def on_a_terminal(archive, *arguments, **environment):
    """What a terminal gets to see, as text."""
    process, terminal = pty.fork()
    if not process:
        os.chdir(archive)
        os.execve(COMMAND, [str(COMMAND), *map(str, arguments)], {**os.environ, **environment})
    seen = b""
    until = time.monotonic() + 60
    while time.monotonic() < until and select.select([terminal], [], [], 30)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(terminal)
    os.waitpid(process, 0)
    return seen.decode()


def test_a_terminal_sees_how_far_the_build_is(archive, issue):
    run(archive, "import", issue)
    seen = on_a_terminal(archive, "build")
    steps = [step for step in re.split(r"\r\x1b\[K", seen) if step]
    assert steps[0] == "正在读各期页面……"
    pages = [step for step in steps if step.startswith("正在生成页面：")]
    counts = [tuple(map(int, step.split("：")[1].split("/"))) for step in pages]
    assert len(counts) > 2
    assert counts == sorted(counts)
    assert counts[-1] == (counts[0][1],) * 2, "the last says that all are done"
    assert "正在做检索索引……" in steps
    assert steps[-1] == f"网站已生成：{archive / 'site' / 'index.html'}\r\n"
    assert "正在" not in on_a_terminal(archive, "--quiet", "build")


def test_colours_are_for_terminals_only(archive):
    assert "\x1b[31m错误：\x1b[0m" in on_a_terminal(archive, "read", "没有.txt")
    assert not ANSI.search(on_a_terminal(archive, "read", "没有.txt", NO_COLOR="1"))
    assert not ANSI.search(run(archive, "read", "没有.txt").stderr.decode())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(archive, shell):
    done = run(archive, "completion", shell)
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"_JIANBAO_COMPLETE={shell}_complete" in done.stdout.decode()


def test_bash_completes_commands_and_options(archive):
    script = archive / "补全.bash"
    script.write_bytes(run(archive, "completion", "bash").stdout)
    asked = """
      source 补全.bash
      COMP_WORDS=(jianbao vocabulary re); COMP_CWORD=2; _jianbao_completion jianbao; echo "${COMPREPLY[@]}"
      COMPREPLY=(); COMP_WORDS=(jianbao serve --p); COMP_CWORD=2; _jianbao_completion jianbao; echo "${COMPREPLY[@]}"
    """
    path = f"{COMMAND.parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", asked],
        cwd=archive,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PATH": path},
    )
    assert (done.stdout, done.stderr) == ("rename\n--port\n", "")


def test_a_reader_that_has_seen_enough_is_no_error(archive, issue):
    pipe = subprocess.run(
        ["bash", "-c", f'"{COMMAND}" read "{issue}" | head -1; exit "${{PIPESTATUS[0]}}"'],
        cwd=archive, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert "Traceback" not in pipe.stderr
    assert pipe.stdout.count("\n") == 1
