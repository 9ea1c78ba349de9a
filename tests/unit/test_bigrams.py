"""The table in tests/cases/bigrams.yml, and what follows from the rules for every text."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jianbao.search.bigrams import normalise, stream
from reference_index import tokens

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "bigrams.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_case(case):
    assert normalise(case["text"]) == case["normalised"]
    assert stream(case["text"]) == case["stream"]
    assert tokens(case["stream"])[: len(case["windows"])] == case["windows"]


@given(st.text())
def test_normalising_again_changes_nothing_that_matters(text):
    assert stream(normalise(text)) == stream(text)


@given(st.text("援疆工作20 aB，。　園", min_size=1), st.data())
def test_a_text_has_every_token_of_what_it_contains(text, data):
    whole = stream(text)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    assert set(tokens(whole[start:end])) <= set(tokens(whole))
