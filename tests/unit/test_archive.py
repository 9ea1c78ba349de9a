"""Where an issue's page and its original are kept."""

import pytest

from jianbao import archive
from jianbao.errors import ArchiveError
from jianbao.issue import Article, Figure, Issue, Kind, Original


def issue(name="简报.txt", **fields):
    fields = {"numbers": (20,), **fields}
    articles = (Article("a01", Kind.FEATURE, "标题", body=("一段。", Figure("020/a01-1.png", "图1"))),)
    return Issue("简报", 2017, original=Original(name, "0" * 64), articles=articles, **fields)


@pytest.mark.parametrize(
    ("name", "fields", "page", "original"),
    [
        ("2017-20.txt", {}, "issues/2017/020.md", "originals/2017/020.txt"),
        ("第20期.DOCX", {}, "issues/2017/020.md", "originals/2017/020.docx"),
        ("第20期.md", {}, "issues/2017/020.md", "originals/2017/020.md.txt"),
        ("第20期.htm", {}, "issues/2017/020.md", "originals/2017/020.htm.txt"),
        ("5、6.pdf", {"numbers": (5, 6)}, "issues/2017/005-006.md", "originals/2017/005-006.pdf"),
        ("增1.pdf", {"numbers": (1,), "supplement": True}, "issues/2017/s01.md", "originals/2017/s01.pdf"),
    ],
)
def test_paths_are_ascii_and_nothing_is_run_in_a_browser(name, fields, page, original):
    kept = issue(name, **fields)
    assert str(archive.page_path(kept)) == page
    assert str(archive.original_path(kept)) == original


def test_pictures_are_kept_beside_the_page(tmp_path):
    target = archive.Archive(tmp_path)
    assert target.store(issue(), b"source", {"020/a01-1.png": b"png"}) is archive.Outcome.CREATED
    assert (tmp_path / "docs/issues/2017/020/a01-1.png").read_bytes() == b"png"
    assert "![图1](020/a01-1.png)" in (tmp_path / "docs/issues/2017/020.md").read_text("utf-8")
    assert target.store(issue(), b"source", {"020/a01-1.png": b"png"}) is archive.Outcome.UNCHANGED


def test_a_write_that_fails_leaves_nothing_half_done(tmp_path):
    target = archive.Archive(tmp_path)
    (tmp_path / "docs/issues").mkdir(parents=True)
    (tmp_path / "docs/issues/2017").write_text("不是文件夹")
    with pytest.raises(ArchiveError, match="写不进去"):
        target.store(issue(), b"source", {})
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["2017"]
