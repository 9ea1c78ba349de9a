"""Addresses that have moved."""

import pytest

from jianbao import redirects
from jianbao.errors import ArchiveError


def test_an_address_that_moved_twice_leads_to_the_last(tmp_path):
    path = tmp_path / "redirects.yml"
    redirects.add(path, "themes/fupin.html", "themes/jingzhunfupin.html")
    redirects.add(path, "themes/jingzhunfupin.html", "themes/tuopingongjian.html")
    assert redirects.load(path) == {
        "themes/fupin.html": "themes/tuopingongjian.html",
        "themes/jingzhunfupin.html": "themes/tuopingongjian.html",
    }


def test_no_file_and_an_empty_one_move_nothing(tmp_path):
    assert redirects.load(tmp_path / "redirects.yml") == {}
    (tmp_path / "redirects.yml").write_text("# 只有说明\n", "utf-8")
    assert redirects.load(tmp_path / "redirects.yml") == {}


def test_saying_it_twice_writes_it_once_and_keeps_what_a_person_wrote(tmp_path):
    path = tmp_path / "redirects.yml"
    path.write_text("# 编辑的说明\nyears/a.html: years/b.html\n", "utf-8")
    for _ in range(2):
        redirects.add(path, "themes/a.html", "themes/b.html")
    assert (
        path.read_text("utf-8") == "# 编辑的说明\nyears/a.html: years/b.html\nthemes/a.html: themes/b.html\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a.html: b.html\nb.html: a.html\n", "转了一圈"),
        ("a.html: ../b.html\n", "不是本站页面"),
        ("a.html: https://example.org/b.html\n", "不是本站页面"),
        ("/etc/a.html: b.html\n", "不是本站页面"),
        ("a.html: 3\n", "不是本站页面"),
        ("- a.html\n", "每行一条"),
        ("a.html: [b.html\n", "第2行"),
    ],
)
def test_what_cannot_be_followed_is_refused(tmp_path, text, message):
    path = tmp_path / "redirects.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(ArchiveError, match=message):
        redirects.load(path)


def test_a_circle_is_not_written(tmp_path):
    path = tmp_path / "redirects.yml"
    redirects.add(path, "a.html", "b.html")
    with pytest.raises(ArchiveError, match="转了一圈"):
        redirects.add(path, "b.html", "a.html")
    assert redirects.load(path) == {"a.html": "b.html"}


def test_an_address_that_is_a_page_cannot_have_moved(tmp_path):
    path = tmp_path / "redirects.yml"
    path.write_text(
        "# 编辑的说明\nthemes/a.html: themes/b.html\n'Years/2017.html': years/2018.html\n", "utf-8"
    )
    moved = redirects.load(path)
    redirects.refuse_pages(path, moved, ["index.html", "themes/b.html"])
    with pytest.raises(ArchiveError, match=r"redirects\.yml：第3行：years/2017\.html 是现有的一页"):
        redirects.refuse_pages(path, moved, ["index.html", "years/2017.html"])
