"""Citations of an article: one table for Python and the browser, and the two forms for reference managers."""

import datetime
from pathlib import Path

import pytest
import yaml

from jianbao.issue import Article, Issue, Kind
from jianbao.shelf import Entry
from jianbao.site import citations

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "citations.yml").read_text("utf-8"))

ARTICLE = Article(
    "a02",
    Kind.FEATURE,
    "武进工作组多措并举",
    subtitle="助力脱贫",
    work_groups=("武进工作组",),
    themes=("脱贫攻坚",),
)
ISSUE = Issue(
    "援疆工作简报",
    2017,
    (20,),
    date=datetime.date(2017, 8, 7),
    issuer="江苏省前方指挥部",
    articles=(ARTICLE,),
)
BARE = Article("a01", Kind.BRIEF, "要闻")


def values(case):
    issue = Issue(**{**case["issue"], "numbers": tuple(case["issue"]["numbers"])})
    return issue, Article("a01", Kind.FEATURE, **case["article"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_gbt7714(case):
    cited = citations.gbt7714(*values(case), case.get("address"), case.get("read"))
    assert cited == case["gbt7714"]


def test_an_online_source_needs_the_day_of_reading():
    with pytest.raises(ValueError, match="引用日期"):
        citations.gbt7714(ISSUE, ARTICLE, "https://example.invalid/")


def test_bibtex():
    assert citations.bibtex(ISSUE, ARTICLE, "jianbao-2017-020-a02", "https://example.invalid/x.html#a02") == (
        "@article{jianbao-2017-020-a02,\n"
        "  author = {{江苏省前方指挥部}},\n"
        "  title = {{武进工作组多措并举——助力脱贫}},\n"
        "  journal = {援疆工作简报},\n"
        "  year = {2017},\n"
        "  month = {8},\n"
        "  number = {20},\n"
        "  keywords = {武进工作组, 脱贫攻坚},\n"
        "  language = {chinese},\n"
        "  url = {https://example.invalid/x.html#a02},\n"
        "}\n"
    )


def test_ris():
    assert citations.ris(ISSUE, ARTICLE, "https://example.invalid/x.html#a02").splitlines() == [
        "TY  - JOUR",
        "AU  - 江苏省前方指挥部",
        "TI  - 武进工作组多措并举——助力脱贫",
        "T2  - 援疆工作简报",
        "PY  - 2017",
        "DA  - 2017/08/07",
        "IS  - 20",
        "KW  - 武进工作组",
        "KW  - 脱贫攻坚",
        "LA  - zh",
        "UR  - https://example.invalid/x.html#a02",
        "ER  - ",
    ]


def test_what_the_issue_does_not_tell_is_left_out():
    issue = Issue("简报", 2018, (5, 6))
    assert [line[:2] for line in citations.ris(issue, BARE).splitlines()] == [
        *("TY", "TI", "T2", "PY", "IS", "LA", "ER")
    ]
    entry = citations.bibtex(issue, BARE, "key")
    assert [line.split(" = ")[0].strip() for line in entry.splitlines()[1:-1]] == [
        *("title", "journal", "year", "number", "language")
    ]


def test_bibtex_and_ris_hold_a_hostile_title():
    hostile = Article("a01", Kind.BRIEF, "50%的{A}#1\\x_$ & ~^\u2028ER  - ")
    entry = citations.bibtex(ISSUE, hostile, "key")
    assert entry.count("{") == entry.count("}")
    assert r"50\%的\textbraceleft{}A\textbraceright{}\#1\textbackslash{}x\_\$ \& " in entry
    assert len(citations.ris(ISSUE, hostile).splitlines()) == 9


@pytest.mark.parametrize(
    ("site_url", "address"),
    [(None, None), ("https://example.invalid/", "https://example.invalid/p.html#a02")],
)
def test_an_address_only_where_the_sites_is_known(site_url, address):
    citation = citations.of(Entry(ISSUE, "p.md", "p.html"), site_url)["a02"]
    assert ("UR  - " in citation.ris) == bool(address)
    assert str(address) in citation.bibtex or not address
    assert citation.gbt7714.endswith("[J]. 援疆工作简报, 2017(20).")
