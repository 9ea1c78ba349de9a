"""The client normalises and cuts text as the index does: one table for both."""

from pathlib import Path

import yaml

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "bigrams.yml").read_text("utf-8"))


def test_the_table(page, site):
    page.goto((site / "index.html").as_uri())
    found = page.evaluate(
        "texts => texts.map(t => [jianbao.bigrams.normalise(t),"
        " jianbao.bigrams.tokens(jianbao.bigrams.normalise(t))])",
        [case["text"] for case in CASES],
    )
    assert found == [[case["normalised"], case["tokens"]] for case in CASES]
