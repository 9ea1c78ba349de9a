"""Names that some system cannot hold."""

import pytest

from jianbao.editions import portable


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("data/2017.20/issues/2017/020.html", None),
        ("data/console.html", None),
        ("a/" + "b" * 177, None),
        ("a/" + "b" * 178, "长 180 个字符"),
        ("图.png", "不全是英文"),
        ("a/CON", "保留"),
        ("a/con.html", "保留"),
        ("nul.tar.gz/x", "保留"),
        ("COM1", "保留"),
        ("a./b", "以点或空格结尾"),
        ("a/b ", "以点或空格结尾"),
        ("a//b", "以点或空格结尾"),
        ("a:b", "不许用"),
        ("a\\b", "不许用"),
        ("a?b", "不许用"),
        ("a\nb", "不许用"),
    ],
)
def test_a_name(path, reason):
    found = list(portable.faults([path]))
    assert [each for each, _ in found] == ([path] if reason else [])
    assert all(reason in said for _, said in found)


def test_names_that_differ_in_case_alone_are_one_file_on_windows():
    assert list(portable.faults(["a/B.html", "a/c.html", "A/d.html", "a/b.html"])) == [
        ("A/d.html", "与 a 只有大小写不同"),
        ("a/b.html", "与 a/B.html 只有大小写不同"),
    ]
