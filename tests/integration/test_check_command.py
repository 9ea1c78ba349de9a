"""``jianbao check`` and ``explain`` as an editor or a pipeline runs them."""

import json
import os

import pytest
from test_rules import ISSUE, PAGE, changed, publish, write

from archives import ROOT


@pytest.fixture
def page(archive):
    """Write the archive's one page with changes; the vocabulary is the real one."""
    write(archive, "docs/originals/2017/020.txt", "2017年第20期\n")

    def with_changes(changes):
        write(archive, ISSUE, changed(PAGE, changes))

    with_changes({})
    return with_changes


def test_an_archive_in_order(jianbao, page):
    done = jianbao("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("共检查 1 期：0 处错误，0 处警告；")
    assert "下一步：运行 jianbao build" in done.stdout


def test_errors_end_with_1_and_warnings_only_when_strict(jianbao, page):
    page({"近日，南京": "近日,南京"})
    assert jianbao("check").returncode == 0
    assert jianbao("check", "--strict").returncode == 1
    page({"主题: [医疗卫生]": "主题: [卫生]"})
    done = jianbao("check")
    assert done.returncode == 1
    assert f"{ISSUE}:39: JB304 错误" in done.stdout
    assert "jianbao explain" in done.stdout


def test_only_the_files_that_were_named(jianbao, page, archive):
    page({"主题: [医疗卫生]": "主题: [卫生]"})
    assert jianbao("check", "docs/vocabulary.yml").returncode == 0
    assert jianbao("check", ISSUE).returncode == 1
    assert jianbao("check", archive / "docs").returncode == 1
    missing = jianbao("check", "没有.md")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr == "错误：没有.md：没有这个文件或文件夹；请检查写法\n"


def test_fix_says_what_it_did(jianbao, page, archive):
    page({"近日，南京": "近日,１位南京"})
    done = jianbao("check", "--fix")
    assert done.returncode == 0
    assert f"{ISSUE}:53: 已改 " in done.stderr
    assert "改了 1 行" in done.stderr
    assert (archive / ISSUE).read_text("utf-8") == changed(PAGE, {"近日，南京": "近日，1位南京"})
    assert "改了 0 行" in jianbao("check", "--fix").stderr


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab"])
def test_a_report_for_a_program_goes_to_a_file(jianbao, page, archive, form):
    page({"主题: [医疗卫生]": "主题: [卫生]"})
    done = jianbao("check", "--format", form, "--output", "report.json")
    assert (done.returncode, done.stdout) == (1, "已写入 report.json\n")
    assert "JB304" in json.dumps(json.loads((archive / "report.json").read_text("utf-8")))


def test_wrong_usage(jianbao, archive):
    for wrong, message in (
        (["check", "--format", "xml"], "用法错误：--format 只能是 text、json"),
        (["check", "--base", "main"], "用法错误：--base 要与 --summary 一起用"),
        (["explain", "JB1101"], "用法错误：没有规则“JB1101”，是不是 JB101"),
    ):
        done = jianbao(*wrong)
        assert done.returncode == 2
        assert done.stderr.startswith(message)


def test_the_summary_of_a_pull_request(jianbao, page, archive):
    assert jianbao("check", "--summary").returncode == 1  # nothing to compare with
    publish(archive)
    page({"7530 万元": "7350 万元"})
    assert jianbao("check").returncode == 1
    done = jianbao("check", "--summary")
    assert done.returncode == 0
    assert "对照 已发布的 2017.20 版：新增 0 期，修改 1 期" in done.stdout
    assert "- a01 数字：7530万元 → 7350万元" in done.stdout
    assert "JB701 改了已发布的内容，没有写更正" in done.stdout
    assert jianbao("check", "--summary", "--base", "HEAD").stdout.startswith("## 简报档案")
    assert jianbao("check", "--summary", "--base", "nowhere").returncode == 1


def test_explain(jianbao, archive):
    assert "JB101 错误 期号重复" in jianbao("explain").stdout
    assert jianbao("explain", "jb101").stdout.startswith("JB101 期号重复（错误）\n")
    assert jianbao("explain", "--markdown").stdout == (ROOT / "docs/guide/rules.md").read_text("utf-8")


def test_a_page_changed_after_publishing_is_refused_until_it_says_so(jianbao, page, archive):
    publish(archive)
    page({"7530 万元": "7350 万元"})
    done = jianbao("check")
    assert done.returncode == 1 and "JB701" in done.stdout
    note = "更正:\n- 日期: 2017-09-01\n  说明: “7530万元”应为“7350万元”\n  文章: [a01]\n原件:"
    page({"7530 万元": "7350 万元", "原件:": note})
    done = jianbao("check")
    assert done.returncode == 0
    assert "已与发布的 2017.20 版对照" in done.stdout


def test_it_reads_in_a_console_without_chinese(archive, page, jianbao):
    page({"主题: [医疗卫生]": "主题: [卫生]"})
    done = jianbao("check", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1 and "JB304" in done.stdout
