"""``jianbao pdf``: which issue is meant, and what is said where it cannot be printed."""

import pytest

from archives import REAL_ISSUE, import_into, new_archive
from jianbao import print_pdf
from jianbao.errors import ArchiveError


@pytest.fixture
def target(tmp_path):
    made = new_archive(tmp_path / "档案")
    import_into(made, REAL_ISSUE)
    for name in ("2018/005-006.md", "2018/s01.md"):
        page = made.docs / "issues" / name
        page.parent.mkdir(exist_ok=True)
        page.write_text("", "utf-8")
    return made


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("2017-20", "2017/020.md"),
        ("2017/020", "2017/020.md"),
        ("2017年第20期", "2017/020.md"),
        (" 2017 年 第 20 期 ", "2017/020.md"),
        ("2018年第5、6期合刊", "2018/005-006.md"),
        ("2018-5-6", "2018/005-006.md"),
        ("2018年增刊第1期", "2018/s01.md"),
        ("2018-s1", "2018/s01.md"),
    ],
)
def test_an_issue_by_its_name(target, name, page):
    assert print_pdf.page_of(target, name) == target.docs / "issues" / page


def test_an_issue_by_its_page(target):
    page = target.docs / "issues/2017/020.md"
    assert print_pdf.page_of(target, str(page)) == page.resolve()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("2017-21", "档案中没有“2017-21”这一期（docs/issues/2017/021.md）；2017年有：020"),
        ("2016-1", "档案中没有2016年的简报"),
        ("第二十期", "“第二十期”不像期号；请写成 2017-20、2017年第20期或 2018年增刊第1期的样子"),
        ("mkdocs.md", "mkdocs.md：档案中没有这一页"),
    ],
)
def test_no_such_issue(target, name, message):
    with pytest.raises(ArchiveError) as error:
        print_pdf.page_of(target, name)
    assert message in str(error.value)


def test_without_chromium(target, monkeypatch):
    monkeypatch.setattr(print_pdf, "NAMES", ("no-such-chromium",))
    monkeypatch.setattr(print_pdf, "PLACES", ())
    monkeypatch.delenv(print_pdf.VARIABLE, raising=False)
    with pytest.raises(ArchiveError, match=r"没有找到 Chromium.*也可以在浏览器中打开这一期再打印"):
        print_pdf.make(target, "2017-20")


def test_a_program_that_prints_nothing(target, monkeypatch, tmp_path):
    monkeypatch.setenv(print_pdf.VARIABLE, "true")
    with pytest.raises(ArchiveError, match="没有做成 PDF（返回 0）"):
        print_pdf.make(target, "2017-20", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def test_a_folder_that_is_not_there(target, tmp_path, monkeypatch):
    monkeypatch.setenv(print_pdf.VARIABLE, "true")
    with pytest.raises(ArchiveError, match="没有这个文件夹"):
        print_pdf.make(target, "2017-20", tmp_path / "无" / "x.pdf")
