"""``jianbao new``: an issue without a source file, its head filled in from the newest one."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from archives import REAL_ISSUE, files
from jianbao import page, skeleton

NO_TERMINAL = {"stdin": subprocess.DEVNULL}


@pytest.fixture
def started(jianbao):
    jianbao("import", REAL_ISSUE)
    return jianbao


def parsed(archive, name):
    return page.parse((archive / "docs/issues" / name).read_text("utf-8"), name)


def test_it_goes_on_from_the_newest_issue(started, archive):
    result = started("new", "--date", "2017-08-14", **NO_TERMINAL)
    assert result.returncode == 0
    assert "《援疆工作简报》2017年第21期（总第21期）：新建　docs/issues/2017/021.md" in result.stdout
    assert "下一步：" in result.stdout and "jianbao review 2017-21" in result.stdout
    issue, before = parsed(archive, "2017/021.md"), parsed(archive, "2017/020.md")
    assert str(issue.date) == "2017-08-14"
    assert (issue.issuer, issue.distribution) == (before.issuer, before.distribution)
    assert issue.original is None
    texts = [text for article in issue.articles for text in (article.title, *article.paragraphs)]
    assert all(text.startswith(skeleton.PLACEHOLDER) for text in texts)
    assert [article.kind for article in issue.articles] == ["feature", "brief"]


def test_another_year_begins_at_one_and_goes_on_counting(started, archive):
    started("new", "--date", "2018-01-08", **NO_TERMINAL)
    issue = parsed(archive, "2018/001.md")
    assert (issue.numbers, issue.cumulative) == ((1,), 21)


def test_everything_can_be_said(jianbao, archive):
    options = ("--title", "河长制简报", "--year", "2019", "--number", "3", "--cumulative", "40", "--date", "2019-05-01",
               "--issuer", "清河县河长办")  # fmt: skip
    assert jianbao("new", *options, **NO_TERMINAL).returncode == 0
    issue = parsed(archive, "2019/003.md")
    assert (issue.title, issue.full_label, issue.issuer) == (
        "河长制简报",
        "2019年第3期（总第40期）",
        "清河县河长办",
    )
    assert jianbao("review", "2019-3", "--output", archive / "核对.html").returncode == 0


def test_nothing_is_overwritten(started, archive):
    before = files(archive)
    result = started("new", "--year", "2017", "--number", "20", "--date", "2017-08-14", **NO_TERMINAL)
    assert result.returncode == 1
    assert "2017年第20期已在档案中，没有改动" in result.stderr
    assert files(archive) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "不知道刊名；请加 --title 刊名"),
        (("--title", "河长制简报", "--date", "2019-02-30"), "“2019-02-30”不是日期；请写成 2017-08-07 的样子"),
        (("--title", "河长制简报", "--number", "0"), "--number 的值不对（应当是整数，不小于 1）"),
        (("--title", "河长制简报", "--year", "19"), "应当是整数，不小于 1949，不大于 2999"),
    ],
)
def test_wrong_usage_is_said_in_chinese(jianbao, archive, arguments, said):
    before = files(archive)
    result = jianbao("new", *arguments, **NO_TERMINAL)
    assert result.returncode == 2
    assert said in result.stderr
    assert files(archive) == before


def test_at_a_terminal_it_asks_until_it_understands(archive):
    answers = ["河长制简报", "2019年", "2019-05-01", "", "", "0", "12", "清河县河长办"]
    master, slave = pty.openpty()
    os.write(master, "".join(f"{answer}\n" for answer in answers).encode())
    command = Path(sys.executable).with_name("jianbao")
    done = subprocess.run(
        [command, "new"], cwd=archive, stdin=slave, capture_output=True, encoding="utf-8", timeout=60
    )
    os.close(slave)
    os.close(master)
    assert done.returncode == 0, done.stderr
    assert "“2019年”不是日期" in done.stdout and "应当是整数，不小于 1" in done.stdout
    issue = parsed(archive, "2019/001.md")
    assert (issue.title, issue.cumulative, issue.issuer) == ("河长制简报", 12, "清河县河长办")
