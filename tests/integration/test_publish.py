"""``jianbao publish``, ``editions``, ``rollback`` and ``retire``."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archives import REAL_ISSUE, files, import_into
from jianbao import cli
from jianbao.archive import Archive
from jianbao.editions import publishing
from published_folders import leftovers, whole_editions

SEED = 20170807
DATES = ("2017-08-07T23:30:00Z", "2017-08-09T08:00:00+08:00", "2017-08-21T08:00:00+08:00")


@pytest.fixture
def published(tmp_path):
    return tmp_path / "发布 一"


@pytest.fixture
def commit(archive):
    """Commit everything in the archive on a day."""

    def run(date):
        who = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org")
        environment = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        for arguments in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "改"]):
            subprocess.run(["git", "-C", archive, *who, *arguments], check=True, env=environment)

    return run


def import_issue(archive, number):
    """One more issue, like the real one but for its number."""
    text = REAL_ISSUE.read_text("utf-8").replace("第20期", f"第{number}期")
    source = archive.parent / f"2017-{number}.txt"
    source.write_text(text, "utf-8")
    import_into(Archive(archive), source)


def correct(archive):
    page = archive / "docs/issues/2017/020.md"
    text = page.read_text("utf-8")
    assert "患者" in text
    note = "更正:\n- 日期: 2017-08-09\n  说明: “患者”应为“病員”\n原件:\n"
    page.write_text(text.replace("患者", "病員", 1).replace("原件:\n", note, 1), "utf-8")


def killed_publisher(archive, published, after):
    command = [Path(sys.executable).with_name("jianbao"), "publish", "--to", published]
    started = time.monotonic()
    run = subprocess.Popen(command, cwd=archive, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(max(0, started + after - time.monotonic()))
    run.kill()
    run.wait()


def test_three_editions_with_a_correction(jianbao, archive, published, commit):
    """Each publisher is killed at random before one finishes; what was served is whole each time.

    At which instants a publisher can be killed, tests/integration/test_publisher_cut.py tries one by one.
    """
    steps = [
        lambda: import_into(Archive(archive), REAL_ISSUE),
        lambda: correct(archive),
        lambda: import_issue(archive, 21),
    ]
    names = ["2017.20", "2017.20.1", "2017.21"]
    choose, needed = random.Random(SEED), 2.0
    for place, (step, date) in enumerate(zip(steps, DATES, strict=True)):
        step()
        commit(date)
        killed_publisher(archive, published, choose.uniform(0, needed))
        assert set(names[:place]) <= whole_editions(published) if published.exists() else place == 0
        start = time.monotonic()
        result = jianbao("publish", "--to", published)
        needed = time.monotonic() - start
        assert (result.returncode, result.stderr) == (0, "")
        assert names[place] in result.stdout
        assert whole_editions(published) == set(names[: place + 1])
        assert os.readlink(published / "latest") == names[place]
        assert leftovers(published) == []

    first, second, third = (published / name for name in names)
    page = "issues/2017/020.html"
    assert "病員" not in (first / page).read_text("utf-8")
    assert "病員" in (second / page).read_text("utf-8")
    assert (first / "originals/2017/020.txt").samefile(third / "originals/2017/020.txt")
    manifest = json.loads((first / "manifest.json").read_text("utf-8"))
    assert (manifest["edition"], manifest["date"]) == ("2017.20", "2017-08-08"), "the commit's day in Beijing"
    tags = subprocess.run(["git", "-C", archive, "tag"], capture_output=True, text=True, check=True).stdout
    assert tags.split() == [f"edition/{name}" for name in names]

    again = jianbao("publish", "--to", published)
    assert again.stdout.endswith("2017.21 早已发布，是最新版，没有改动\n")
    listed = jianbao("editions", published).stdout.splitlines()
    assert [line.split("（")[0] for line in listed] == names[::-1]
    assert listed[0].endswith("　最新版") and listed[1].startswith("2017.20.1（2017-08-09，提交 ")

    assert "最新版现在是 2017.20.1" in jianbao("rollback", published).stdout
    assert os.readlink(published / "latest") == "2017.20.1"
    assert "2017.21 早已发布，没有改动；最新版现在是它" in jianbao("publish", "--to", published).stdout
    assert "已撤下 2017.20（" in jianbao("retire", published, "2017.20").stdout
    assert jianbao("editions", published).stdout.splitlines()[-1].endswith("　已撤下")
    assert whole_editions(published) == {"2017.20.1", "2017.21"}
    assert leftovers(published) == []


def test_the_same_commit_makes_the_same_edition(jianbao, archive, published, commit, tmp_path):
    """In another folder, on another day, from a clone at another path."""
    import_into(Archive(archive), REAL_ISSUE)
    commit(DATES[0])
    publishing.publish(Archive(archive), published)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", archive, clone], check=True)
    jianbao("--archive", clone, "publish", "--to", tmp_path / "other")
    edition = files(published / "2017.20")
    assert edition == files(tmp_path / "other" / "2017.20")
    assert len(edition) > 100


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["publish"], 2, "缺少"),
        (["publish", "--to", "发布"], 1, "错误：docs/新.md：与提交的不同，没有发布"),
        (["editions", "没有"], 1, "错误：没有：不是发布文件夹；请先运行 jianbao publish --to 没有"),
        (["rollback", "没有"], 1, "错误：没有：不是发布文件夹"),
        (["retire", "没有", "2017.20"], 1, "错误：没有：不是发布文件夹"),
        (["retire", "没有", "../2017.20"], 2, "用法错误：版本 的值不对（“../2017.20”不像版本名"),
        (["rollback", "没有", "--to", "latest"], 2, "用法错误：--to 的值不对（“latest”不像版本名"),
    ],
)
def test_what_cannot_be_ends_with_one_clear_line(
    archive, commit, monkeypatch, capsys, arguments, status, message
):
    import_into(Archive(archive), REAL_ISSUE)
    commit(DATES[0])
    (archive / "docs" / "新.md").write_bytes(b"")
    before = files(archive)
    monkeypatch.chdir(archive)
    monkeypatch.setattr(sys, "argv", ["jianbao", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == status
    assert message in said
    assert said.count("\n") == 1
    assert files(archive) == before
