"""The table in tests/cases/bigrams.yml, and what follows from the rules for every text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jianbao.search.bigrams import normalise, tokens

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "bigrams.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_case(case):
    assert normalise(case["text"]) == case["normalised"]
    assert list(tokens(case["normalised"])) == case["tokens"]


@given(st.text())
def test_normalising_again_changes_nothing_that_matters(text):
    assert list(tokens(normalise(normalise(text)))) == list(tokens(normalise(text)))


@given(st.text("援疆工作20 aB，。　", min_size=1), st.data())
def test_a_text_has_every_bigram_of_what_it_contains(text, data):
    normalised = normalise(text)
    start = data.draw(st.integers(0, len(normalised)))
    end = data.draw(st.integers(start, len(normalised)))
    wanted = {token for token in tokens(normalised[start:end]) if len(token) == 2}
    assert wanted <= set(tokens(normalised))
