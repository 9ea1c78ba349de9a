"""The rules as people read them."""

from archives import ROOT
from jianbao.check import RULES, guide


def test_the_guides_page_is_what_the_rules_say():
    made = guide.page()
    assert (ROOT / guide.PAGE).read_text("utf-8") == made, (
        "运行 jianbao explain --markdown > docs/guide/rules.md"
    )
    assert all(f"{{#{number}}}" in made and rule.title in made for number, rule in RULES.items())


def test_one_rule_is_told_with_an_example_and_how_to_mend_it():
    text = guide.one_rule(RULES["JB101"])
    assert text.startswith("JB101 期号重复（错误）")
    assert RULES["JB101"].why in text and RULES["JB101"].mend in text and "不对：" in text
    assert "不能免检" in guide.one_rule(RULES["JB701"])


def test_all_rules_are_listed_in_order():
    listed = [line.split()[0] for line in guide.all_rules().splitlines() if line.startswith("  JB")]
    assert listed == sorted(RULES)
