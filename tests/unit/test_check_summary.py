"""What a branch changes, as a comment under a pull request."""

import pytest
from test_rules import ISSUE, PAGE, changed, git, new_archive, publish, write

from jianbao.check import checker, summary
from jianbao.check.summary import Changes


@pytest.fixture
def archive(tmp_path):
    """An archive, published, in a folder below the root of its repository."""
    archive = new_archive(tmp_path / "archive")
    publish(archive.root)
    return archive


def figures(article):
    return [word for text in article.paragraphs for word in text.split() if word.isdigit()]


def told(archive):
    base = "edition/2017.20"
    changes = Changes.since(archive, base)
    report = checker.check(archive).within(changes.paths)
    return summary.as_markdown(changes, "已发布的 2017.20 版", report, figures)


def test_a_new_issue_is_told_with_its_articles_and_tags(archive):
    write(
        archive.root,
        "docs/issues/2017/021.md",
        changed(PAGE, {"期号: 20\n总期号: 120": "期号: 21\n总期号: 121"}),
    )
    text = told(archive)
    assert "对照 已发布的 2017.20 版：新增 1 期，修改 0 期，删去 0 期。" in text
    assert "### 新增 2017年第21期（总第121期）　2017-08-07" in text
    assert "| a01 | 要目 | 武进工作组助力尼勒克脱贫 | 武进工作组 | 尼勒克县 | 脱贫攻坚、教育 |" in text
    assert "| a03 | 动态 | 两地青少年手拉手 | 南京工作组 | — | 教育 |" in text
    assert "### 请看一眼" in text and "- issues/2017/021.md:" in text


def test_a_changed_issue_is_told_by_what_changed(archive):
    write(
        archive.root,
        ISSUE,
        changed(
            PAGE,
            {
                "7530 万元": "7350 万元",
                "## 两地青少年手拉手": "## 两地青少年心连心",
                "[脱贫攻坚, 教育]": "[脱贫攻坚, 医疗卫生]",
                "日期: 2017-08-07": "日期: 2017-08-08",
                "原件:": "更正:\n- 日期: 2017-09-01\n  说明: “7530”应为“7350”\n免检:\n  JB305: 待定\n原件:",
            },
        ),
    )
    git(archive.root, "commit", "-q", "-a", "-m", "更正")
    text = told(archive)
    for line in (
        "### 修改 2017年第20期（总第120期）",
        "- 更正（2017-09-01）：“7530”应为“7350”",
        "- 页首（刊名、期号、日期、分送等）有改动",
        "- a01 正文有改动（2 段不同）",
        "- a01 数字：7530 → 7350",
        "- a01 标签：＋医疗卫生　－教育",
        "- a03 标题：“两地青少年手拉手”改为“两地青少年心连心”",
    ):
        assert f"{line}\n" in text, text
    assert "a02" not in text
    assert "JB009 免检没有用处" in text


def test_what_is_gone_or_unreadable_and_other_files_are_told(archive):
    (archive.root / ISSUE).unlink()
    write(archive.root, "docs/issues/2017/021.md", "没有页首\n")
    write(archive.root, "docs/redirects.yml", "issues/2017/020.html: issues/2017/021.html\n")
    text = told(archive)
    assert "新增 0 期，修改 0 期，删去 1 期" in text
    assert "### 删去\n\n- docs/issues/2017/020.md\n" in text
    assert "### 读不出来\n\n- docs/issues/2017/021.md\n" in text
    assert "### 其他文件\n\n- docs/redirects.yml\n" in text
    assert "JB001 页首写法不对" in text


def test_a_page_written_otherwise_that_shows_the_same_says_so(archive):
    write(archive.root, ISSUE, changed(PAGE, {"今年以来": "**今年以来**"}))
    assert "### 修改 2017年第20期（总第120期）\n\n- 只改了写法，显示不变\n" in told(archive)


def test_what_a_page_says_stays_text(archive):
    title = "## [x](javascript:alert) <b>@all</b> #12 | https://example.com `c`"
    write(archive.root, ISSUE, changed(PAGE, {"## 两地青少年手拉手": title}))
    line = next(line for line in told(archive).splitlines() if line.startswith("- a03 标题"))
    assert not set("[]<>@|`") & set(line)
    assert "://" not in line and " #12" not in line


def test_nothing_changed_is_said(archive):
    assert told(archive).count("\n") == 3
    assert "新增 0 期，修改 0 期，删去 0 期。检查：0 处错误，0 处警告。" in told(archive)
