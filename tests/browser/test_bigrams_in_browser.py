"""The client normalises and cuts text as the index does: one table for both."""

from pathlib import Path

import yaml

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "bigrams.yml").read_text("utf-8"))


def test_the_table(page, site):
    page.goto((site / "search.html").as_uri())
    found = page.evaluate(
        """async texts => {
          await jianbao.box.load();
          await jianbao.texts.simplify();
          const {normalise, stream, tokens} = jianbao.bigrams;
          return texts.map(text => [normalise(text), stream(text), tokens(stream(text))]);
        }""",
        [case["text"] for case in CASES],
    )
    assert found == [[case["normalised"], case["stream"], case["windows"]] for case in CASES]
