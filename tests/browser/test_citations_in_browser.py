"""The search page cites articles in the form that Python gives them: one table for both."""

from pathlib import Path

import yaml

from jianbao.issue import Article, Issue, Kind
from jianbao.search.documents import shown

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "citations.yml").read_text("utf-8"))


def found(case):
    """What the search page has of an article (search/index.py)."""
    issue = Issue(**{**case["issue"], "numbers": tuple(case["issue"]["numbers"])})
    article = Article("a01", Kind.FEATURE, **case["article"])
    return {
        "issue": {"label": issue.label, "title": issue.title, "issuer": issue.issuer},
        "article": shown(article),
    }


def test_the_table(page, site):
    page.goto((site / "search.html").as_uri())
    cited = page.evaluate(
        "cases => cases.map(([found, address, read]) => jianbao.citation.gbt7714(found, address, read))",
        [[found(case), case.get("address", ""), str(case.get("read", ""))] for case in CASES],
    )
    assert cited == [case["gbt7714"] for case in CASES]
