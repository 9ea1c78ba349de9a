"""Scripts and styles hold nothing that Chromium 78 does not know."""

import re
from pathlib import Path

from archives import ROOT

ACORN = Path(__file__).parent / "vendor" / "acorn-8.14.1.js"
FOLDERS = (ROOT / "overrides" / "assets", ROOT / "scripts" / "jianbao" / "review" / "assets")
PARSE = """text => {
  try { acorn.parse(text, { ecmaVersion: 2017, sourceType: "script" }); return null; }
  catch (error) { return error.message; }
}"""
# Selectors and properties younger than Chromium 78 that change what is shown where they are missing.
YOUNG_CSS = re.compile(r":(?:is|has|where)\(|(?<![-\w])(?:gap|inset|aspect-ratio)\s*:|@layer|@container")


def files(pattern):
    return [path for folder in FOLDERS for path in sorted(folder.rglob(pattern))]


def test_every_script_is_es2017(browser):
    page = browser.new_page()
    page.add_script_tag(path=ACORN)
    assert page.evaluate(PARSE, "async () => { await x; }") is None
    assert page.evaluate(PARSE, "x?.y"), "the check finds what is too young"
    assert page.evaluate(PARSE, "({ ...x })")
    scripts = files("*.js")
    assert len(scripts) > 3
    refused = {path.name: page.evaluate(PARSE, path.read_text("utf-8")) for path in scripts}
    page.close()
    assert {name: message for name, message in refused.items() if message} == {}


def test_no_style_is_too_young():
    sheets = files("*.css")
    assert sheets
    found = {path.name: YOUNG_CSS.findall(path.read_text("utf-8")) for path in sheets}
    assert {name: young for name, young in found.items() if young} == {}
