"""The names of editions."""

import pytest

from jianbao.edition import Name


@pytest.mark.parametrize("text", ["2017.20", "2017.20.1", "2018.0.3", "2026.104.12"])
def test_a_name_is_read_as_it_is_written(text):
    assert str(Name.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "latest", "2017", "2017.20.0", "2017.20.1.1", "../2017.20", "2017.20 ", "2017.020", "２０１７.20"],
)
def test_what_is_no_name(text):
    assert Name.parse(text) is None


def test_names_sort_as_their_editions_came_about():
    names = ["2017.9", "2017.20", "2017.20.1", "2017.20.10", "2018.1"]
    assert sorted(names[::-1], key=Name.parse) == names


def test_a_correction_gives_the_next_name():
    assert str(Name(2017, 20).next) == "2017.20.1"
    assert str(Name(2017, 20, 1).next) == "2017.20.2"
