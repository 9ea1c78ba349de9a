"""``jianbao import``: writes the page and keeps the original; never loses what a person wrote."""

import hashlib
from pathlib import Path

from archives import REAL_ISSUE, files

GOLDEN = REAL_ISSUE.with_suffix(".md")


def test_the_real_issue_becomes_its_golden_page(jianbao, archive):
    result = jianbao("import", REAL_ISSUE)
    assert result.returncode == 0
    assert "新建　docs/issues/2017/020.md" in result.stdout
    assert "下一步" in result.stdout
    assert (archive / "docs/issues/2017/020.md").read_text("utf-8") == GOLDEN.read_text("utf-8")


def test_the_original_is_kept_byte_for_byte(jianbao, archive):
    jianbao("import", REAL_ISSUE)
    kept = (archive / "docs/originals/2017/020.txt").read_bytes()
    assert kept == REAL_ISSUE.read_bytes()
    assert f"sha256: {hashlib.sha256(kept).hexdigest()}" in GOLDEN.read_text("utf-8")


def test_importing_again_changes_nothing(jianbao, archive):
    jianbao("import", REAL_ISSUE)
    before = files(archive)
    result = jianbao("import", REAL_ISSUE)
    assert result.returncode == 0
    assert "没有变化" in result.stdout
    assert files(archive) == before


def test_an_editors_change_is_not_overwritten(jianbao, archive):
    jianbao("import", REAL_ISSUE)
    page = archive / "docs/issues/2017/020.md"
    edited = page.read_text("utf-8").replace("主题: [交流合作]", "主题: [交流合作, 文化旅游]")
    page.write_text(edited, "utf-8")
    before = files(archive)

    result = jianbao("import", REAL_ISSUE)
    assert result.returncode == 1
    assert "2017年第20期已在档案中，内容与这次导入的不同（1 行不同" in result.stderr
    assert files(archive) == before

    result = jianbao("import", "--replace", REAL_ISSUE)
    assert result.returncode == 0
    assert page.read_text("utf-8") == GOLDEN.read_text("utf-8")
    kept = archive / ".jianbao/replaced/issues/2017/020.md"
    assert kept.read_text("utf-8") == edited


def test_an_impossible_date_is_refused(jianbao, archive):
    text = REAL_ISSUE.read_text("utf-8").replace("2017年8月7日", "2017年8月32日")
    Path(archive, "坏日期.txt").write_text(text, "utf-8")
    before = files(archive)
    result = jianbao("import", "坏日期.txt")
    assert result.returncode == 1
    assert (
        result.stderr
        == "错误：坏日期.txt：第9行：日期“2017年8月32日”不存在，没有采用；请与原件核对；改正后再导入\n"
    )
    assert files(archive) == before


def test_one_bad_file_does_not_stop_the_others(jianbao, archive):
    Path(archive, "空.txt").write_bytes(b"")
    result = jianbao("import", "空.txt", REAL_ISSUE)
    assert result.returncode == 1
    assert "空.txt：文件是空的" in result.stderr
    assert "共 2 个文件：1 个成功，1 个有错" in result.stdout
    assert (archive / "docs/issues/2017/020.md").exists()


def test_a_named_folder_that_is_no_archive_is_refused_and_no_other_one_written(jianbao, archive, tmp_path):
    before = files(archive)
    result = jianbao("--archive", tmp_path, "import", REAL_ISSUE)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"错误：{tmp_path}：这里不是简报档案")
    assert "请核对 --archive 后面的文件夹" in result.stderr
    assert files(archive) == before
