"""Numbers as text, as source maps write them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianbao.search import vlq


@pytest.mark.parametrize(
    ("numbers", "text"), [([], ""), ([0, 1, 31], "ABf"), ([32], "gB"), ([1023, 1024], "/fggB"), ([0], "A")]
)
def test_written(numbers, text):
    assert vlq.text(numbers) == text
    assert vlq.decode(text) == numbers


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_every_number_comes_back(numbers):
    assert vlq.decode(vlq.text(numbers)) == numbers


def test_a_part_of_many_numbers():
    encoded = vlq.encode(np.array([5, 4000, 7, 99]))
    assert vlq.decode(encoded.between(1, 3)) == [4000, 7]
    assert encoded.between(2, 2) == ""


def test_a_text_that_is_cut_short_is_refused():
    with pytest.raises(ValueError, match="cut short"):
        vlq.decode("g")
