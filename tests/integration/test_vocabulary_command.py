"""``jianbao vocabulary``: what it prints, and that a site made afterwards is whole."""

import pytest

from archives import REAL_ISSUE, files


@pytest.fixture
def with_issue(jianbao, archive):
    jianbao("import", REAL_ISSUE)
    return archive


def test_list_rename_and_build(jianbao, with_issue):
    listed = jianbao("vocabulary", "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert "  武进工作组　1 篇 1 期　2017\n" in listed.stdout
    assert "  昆山工作组　没有用\n" in listed.stdout
    assert "  地点：伊宁市　伊宁县　去掉通名以后相同\n" in listed.stdout

    before = files(with_issue)
    dry = jianbao("vocabulary", "rename", "武进工作组", "武进前方指挥部", "--years", "2011—2018", "--dry-run")
    assert files(with_issue) == before
    assert "docs/issues/2017/020.md\n  第51行　-    工作组: [武进工作组]\n" in dry.stdout
    assert "  第69行　+  曾用名: [武进工作组（2011—2018）]\n" in dry.stdout
    assert dry.stdout.endswith("什么也没有写；下一步：去掉 --dry-run 再运行一次\n")

    done = jianbao("vocabulary", "rename", "武进工作组", "武进前方指挥部", "--years", "2011—2018")
    assert (done.returncode, done.stderr) == (0, "")
    assert "已改 3 个文件、1 篇文章，4 个旧地址会转到新地址\n" in done.stdout
    assert jianbao("build").returncode == 0
    page = (with_issue / "site/groups/wujinqianfangzhihuibu.html").read_text("utf-8")
    assert "<dt>曾用名</dt><dd>武进工作组（2011—2018）</dd>" in page
    # The importer knows both names.
    assert "武进前方指挥部" in jianbao("read", REAL_ISSUE).stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("rename", "武进工作租", "甲组"), 1, "错误：没有标签“武进工作租”；是不是“武进工作组”"),
        (("merge", "武进工作组", "甲组"), 1, "错误：词表里没有工作组“甲组”"),
        (("rename", "武进工作组"), 2, "用法错误：缺少新名"),
        (("rename", "武进工作组", "甲组", "--kind", "单位"), 2, "--kind 的值不对"),
        (("rename", "武进工作组", "甲组", "--years", "去年"), 2, "--years 的值不对（写成 2011—、2011—2019 或 2019）"),
    ],
)  # fmt: skip
def test_a_wrong_call_changes_nothing(jianbao, archive, arguments, status, message):
    before = files(archive)
    result = jianbao("vocabulary", *arguments)
    assert result.returncode == status
    assert result.stderr.startswith(message.split("（")[0]) or message in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(archive) == before
