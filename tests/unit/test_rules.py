"""Each rule of ``check`` over invented pages: cases/rules/*.yml, described there."""

import shutil
import subprocess

import pytest
import yaml

from archives import ROOT
from jianbao.archive import Archive
from jianbao.check import GROUPS, RULES, checker

CASES = ROOT / "tests" / "cases" / "rules"
PAGE = (CASES / "page.md").read_text("utf-8")
ISSUE = "docs/issues/2017/020.md"
ORIGINAL = "2017年第20期\n"


def _cases():
    rules = {}
    for path in sorted(CASES.glob("JB*.yml")):
        rules |= yaml.safe_load(path.read_text("utf-8"))
    return rules


RULE_CASES = _cases()


def write(root, path, text):
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text if isinstance(text, bytes) else text.encode())


def changed(text, changes):
    for old, new in (changes or {}).items():
        assert old in text, f"the page does not hold {old!r}"
        text = text.replace(str(old), str(new))
    return text


def new_archive(root):
    write(root, "mkdocs.yml", "site_name: 援疆工作简报\n")
    write(root, "docs/originals/2017/020.txt", ORIGINAL)
    write(root, ISSUE, PAGE)
    shutil.copy(CASES / "vocabulary.yml", root / "docs" / "vocabulary.yml")
    return Archive(root)


def publish(root, name="2017.20"):
    """Commit what there is and tag it as a published edition."""
    if not (root / ".git").exists():
        git(root, "init", "-q")
        write(root, ".gitignore", ".cache/\n")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", name)
    git(root, "tag", f"edition/{name}")


def git(root, *arguments):
    who = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org")
    subprocess.run(["git", "-C", root, *who, *arguments], check=True, capture_output=True)


def made(root, case):
    """The archive that a case describes."""
    archive = new_archive(root)
    if case.get("published"):
        before = case["published"] if isinstance(case["published"], dict) else {}
        write(root, ISSUE, changed(PAGE, before))
        for path, content in case.get("published_files", {}).items():
            write(root, path, content)
        publish(root)
    else:
        before = {}
    text = changed(changed(PAGE, before), case.get("change"))
    text = text.split(case["cut"])[0] if "cut" in case else text
    write(root, ISSUE, text.encode(case.get("encoding", "utf-8")))
    for path, changes in case.get("more", {}).items():
        write(root, path, changed(PAGE, changes))
    for path, content in case.get("files", {}).items():
        write(root, path, content)
    for path in case.get("big", ()):
        write(root, path, b"\0" * 3_000_000)
    for path in case.get("remove", ()):
        (root / path).unlink()
    return archive


@pytest.mark.parametrize(
    ("rule", "case"),
    [
        pytest.param(rule, case, id=f"{rule}-{'fails' if case.get('finds') else 'passes'}-{place}")
        for rule, cases in RULE_CASES.items()
        for place, case in enumerate(cases)
    ],
)
def test_a_rule_finds_what_its_cases_say(tmp_path, rule, case):
    report = checker.check(made(tmp_path, case))
    expected = [str(each) for each in case.get("finds", ())]
    expected = [each if each.startswith("docs/") else f"{ISSUE}:{each}" for each in expected]
    found = [(each.place, each.message) for each in report.findings if each.rule == rule and not each.waived]
    assert [place for place, _ in found] == [each.split(" ")[0] for each in expected], found
    for (_, message), each in zip(found, expected, strict=True):
        assert each.partition(" ")[2] in message


def test_every_rule_has_a_case_that_fails_and_one_that_passes():
    assert set(RULE_CASES) == set(RULES)
    for rule, cases in RULE_CASES.items():
        assert {bool(case.get("finds")) for case in cases} == {True, False}, rule


def test_the_page_that_the_cases_begin_with_has_no_fault(tmp_path):
    assert checker.check(new_archive(tmp_path)).findings == ()


def test_every_rule_says_what_an_editor_needs():
    for rule in RULES.values():
        assert rule.group in GROUPS
        for text in (rule.title, rule.why, rule.bad, rule.good, rule.mend):
            assert text.strip(), rule.number
        assert rule.bad != rule.good, rule.number
        # The title is read in a list, the rest as sentences.
        assert len(rule.title) <= 20 and rule.why.endswith("。") and rule.mend.endswith("。"), rule.number


def test_the_real_archive_has_no_errors():
    report = checker.check(Archive(ROOT))
    assert report.pages >= 1
    assert report.errors == ()
