"""The search program of the site is its parts, and nothing of them but comments is missing."""

from archives import ROOT
from jianbao.search import program


def test_only_lines_that_are_comments_go():
    part = '// what it does\nconst a = "//example.invalid"; // stays\n  // goes\n  call(a);'
    assert program.joined([part, "next();\n"]) == (
        'const a = "//example.invalid"; // stays\n  call(a);\nnext();\n'
    )


def test_every_script_of_search_is_a_part_or_stands_in_a_page():
    own = {"box.js", "citation.js", "landing.js", "page.js"}
    there = {path.name for path in (ROOT / "overrides" / "assets" / "search").iterdir()}
    assert there == own | {path.rsplit("/", 1)[1] for path in program.PARTS[1:]}
