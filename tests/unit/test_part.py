"""A part of the archive: which issues, what it is called, what is copied."""

import pytest

from archives import files, new_archive
from jianbao import part
from jianbao.errors import ArchiveError


@pytest.fixture
def archive(tmp_path):
    target = new_archive(tmp_path / "archive")
    for path in (
        *("issues/2017/020.md", "issues/2017/020/a01-1.png", "issues/2017/021.md"),
        *("issues/2018/005-006.md", "issues/2018/s01.md", "issues/2018/s01/a01-1.png"),
        *("originals/2017/020.txt", "originals/2017/021.docx", "originals/2018/s01.md.txt"),
        *("guide/search.md", "guide/issues/x.md"),
    ):
        place = target.docs / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(path)
    return target


@pytest.mark.parametrize(
    ("years", "issues", "name", "label", "pages"),
    [
        ([2017], [], "year-2017", "选编：2017年，共 2 期", "2017/020 2017/021"),
        ([], ["2017/20"], "2017-020", "选编：2017年第20期，共 1 期", "2017/020"),
        ([], ["2018年第5、6期合刊"], "2018-005-006", "选编：2018年第5、6期，共 1 期", "2018/005-006"),
        ([2017], ["2018年增刊第1期", "2017-20"], "2017-020-2018-s01-year-2017",
         "选编：2017年第20期、2018年增刊第1期、2017年，共 3 期", "2017/020 2017/021 2018/s01"),
    ],
)  # fmt: skip
def test_a_part(archive, years, issues, name, label, pages):
    chosen = part.choose(archive, years, issues)
    assert (chosen.name, chosen.label) == (name, label)
    assert [f"{page.parent.name}/{page.stem}" for page in chosen.pages] == pages.split()


def test_the_order_in_which_it_is_asked_for_makes_no_difference(archive):
    one, other = part.choose(archive, [2018, 2017], []), part.choose(archive, [2017, 2018], [])
    assert one == other


def test_a_long_name_is_cut_and_tells_parts_apart(archive):
    names = {
        part.choose(archive, [2017, 2018], issues).name for issues in (["2017-20"], ["2017-21"], ["2018-s1"])
    }
    assert len({*names}) == 3
    many = part.choose(archive, [2017, 2018], ["2017-20", "2017-21", "2018-s1"]).name
    assert len(many) <= part.LONGEST_NAME


def test_its_own_files_are_copied_and_all_that_is_no_issue(archive, tmp_path):
    part.choose(archive, [], ["2017-20", "2018年增刊第1期"]).copy(tmp_path / "docs")
    assert {path.as_posix() for path in files(tmp_path / "docs")} == {
        *("issues/2017/020.md", "issues/2017/020/a01-1.png", "originals/2017/020.txt"),
        *("issues/2018/s01.md", "issues/2018/s01/a01-1.png", "originals/2018/s01.md.txt"),
        *("guide/search.md", "guide/issues/x.md", "vocabulary.yml", "index.md"),
    }


def test_what_there_is_not(archive):
    with pytest.raises(ArchiveError, match="没有2016年的简报；有：2017、2018"):
        part.choose(archive, [2016], [])
