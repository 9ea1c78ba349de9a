"""The report in the forms that people and programs read."""

import json

import jsonschema
import pytest
from test_rules import ISSUE, PAGE, changed, new_archive, write

from jianbao.check import RULES, checker
from jianbao.check.formats import FORMATS
from jianbao.check.formats.fingerprint import fingerprints

# The part of the SARIF 2.1.0 schema (OASIS) that a run of ours touches: what is required, of what type, and no more.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}


def strict(required, **properties):
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


LEVEL = {"enum": ["none", "note", "warning", "error"]}
FIRST = {"type": "integer", "minimum": 1}
REGION = strict([], startLine=FIRST, startColumn=FIRST, endLine=FIRST, endColumn=FIRST)
LOCATION = strict([], uri={"type": "string", "format": "uri-reference", "pattern": r"^[\x21-\x7e]+$"})
RULE = strict(
    ["id"],
    id={"type": "string"},
    shortDescription=TEXT,
    fullDescription=TEXT,
    help=TEXT,
    defaultConfiguration=strict([], level=LEVEL),
)
REPLACEMENT = strict(["deletedRegion"], deletedRegion=REGION, insertedContent=TEXT)
CHANGE = strict(
    ["artifactLocation", "replacements"],
    artifactLocation=LOCATION,
    replacements={"type": "array", "minItems": 1, "items": REPLACEMENT},
)
RESULT = strict(
    ["message"],
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": -1},
    level=LEVEL,
    message=TEXT,
    locations={
        "type": "array",
        "items": strict([], physicalLocation=strict([], artifactLocation=LOCATION, region=REGION)),
    },
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    suppressions={
        "type": "array",
        "uniqueItems": True,
        "items": strict(["kind"], kind={"enum": ["inSource", "external"]}, justification={"type": "string"}),
    },
    fixes={
        "type": "array",
        "items": strict(
            ["artifactChanges"], artifactChanges={"type": "array", "minItems": 1, "items": CHANGE}
        ),
    },
)
DRIVER = strict(
    ["name"],
    name={"type": "string"},
    version={"type": "string"},
    language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    rules={"type": "array", "uniqueItems": True, "items": RULE},
)
SARIF = strict(
    ["version", "runs"],
    **{
        "$schema": {"type": "string", "format": "uri"},
        "version": {"enum": ["2.1.0"]},
        "runs": {
            "type": "array",
            "items": strict(
                ["tool"],
                tool=strict(["driver"], driver=DRIVER),
                columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                results={"type": "array", "items": RESULT},
            ),
        },
    },
)
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {"lines": {"type": "object", "required": ["begin"]}},
            },
        },
    },
}


@pytest.fixture
def archive(tmp_path):
    return new_archive(tmp_path)


@pytest.fixture
def report(archive):
    """An error, two warnings alike on one page with a fix each, a waived error, a file with a Chinese name."""
    changes = {"主题: [医疗卫生]": "主题: [卫生]", "今年以来，": "今年以来,", "近日，": "近日,今年以来,"}
    waiver = {"原件:": "免检:\n  JB501: 已故烈士，家属同意\n原件:", "下一步": "11010519491231002X下一步"}
    write(archive.root, ISSUE, changed(PAGE, changes | waiver))
    write(archive.root, "docs/issues/2017/020/开班%,:.jpg", "图")
    return checker.check(archive)


def test_people_read_the_place_the_rule_and_what_to_do(report):
    text = FORMATS["text"](report)
    assert f"{ISSUE}:41: JB304 错误 主题“卫生”不在词表里，是不是“医疗卫生”？\n" in text
    assert f"\n  JB304 主题不在词表里：{RULES['JB304'].mend}\n" in text
    assert "JB501 已免检 有身份证号（110…2X），请删去或遮盖（理由：已故烈士，家属同意）" in text
    assert "共检查 1 期：1 处错误，4 处警告，1 处免检；没有找到发布过的版本" in text
    assert "其中 3 处可以用 jianbao check --fix 改好" in text


def test_many_findings_of_one_rule_do_not_bury_the_others(archive):
    lines = "\n\n".join(f"第{n}段,好" for n in range(30))
    write(archive.root, ISSUE, changed(PAGE, {"近日，": f"{lines}\n\n近日13912345678，"}))
    text = FORMATS["text"](checker.check(archive))
    assert text.count(": JB402 警告") == 20
    assert "…… JB402 还有 10 处" in text
    assert ": JB502 警告" in text


def test_programs_read_the_same(report):
    data = json.loads(FORMATS["json"](report))
    assert (data["errors"], data["warnings"], data["waived"], data["edition"]) == (1, 4, 1, None)
    error = next(each for each in data["findings"] if each["level"] == "error" and not each["waived"])
    assert (error["rule"], error["path"], error["line"]) == ("JB304", ISSUE, 41)
    fix = next(each["fix"] for each in data["findings"] if each["fix"])
    assert fix == {"line": 30, "start": 4, "end": 5, "new": "，"}


def test_the_schema_of_the_test_can_fail(report):
    log = json.loads(FORMATS["sarif"](report))
    del log["runs"][0]["results"][0]["message"]["text"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(log, SARIF)


def test_sarif_is_valid_and_names_rules_places_waivers_and_fixes(report):
    log = json.loads(FORMATS["sarif"](report))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    waived = [each for each in run["results"] if "suppressions" in each]
    assert [each["suppressions"][0]["justification"] for each in waived] == ["已故烈士，家属同意"]
    fix = next(each["fixes"][0] for each in run["results"] if "fixes" in each)
    assert fix["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 30, "startColumn": 5, "endColumn": 6},
            "insertedContent": {"text": "，"},
        }
    ]
    uris = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]}
    assert "docs/issues/2017/020/%E5%BC%80%E7%8F%AD%25%2C%3A.jpg" in uris


def test_github_commands_are_escaped(report):
    lines = FORMATS["github"](report).splitlines()
    start = f"::error file={ISSUE},line=41,title=JB304 主题不在词表里::主题“卫生”"
    assert [line.startswith(start) for line in lines].count(True) == 1
    assert any("file=docs/issues/2017/020/开班%25%2C%3A.jpg,line=1," in line for line in lines)
    assert not any("JB501" in line for line in lines)


def test_gitlab_reads_a_code_quality_report(report):
    rows = json.loads(FORMATS["gitlab"](report))
    jsonschema.validate(rows, GITLAB)
    assert len(rows) == len(report.open)
    assert {row["severity"] for row in rows} == {"major", "minor"}


def test_fingerprints_differ_and_outlive_a_moved_line(archive, report):
    before = {print_ for _, print_ in fingerprints(report.findings)}
    assert len(before) == len(report.findings)
    text = (archive.root / ISSUE).read_text("utf-8").replace("编发单位:", "增刊: false\n编发单位:")
    write(archive.root, ISSUE, text)
    after = checker.check(archive)
    assert [each.line for each in after.findings] != [each.line for each in report.findings]
    assert {print_ for _, print_ in fingerprints(after.findings)} == before
