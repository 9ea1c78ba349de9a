"""The report as SARIF 2.1.0 (OASIS, 2020), which GitHub, Gitea's runners and editors show.

A waived finding is a result with a suppression, and its reason is the justification.
"""

from __future__ import annotations

import json
from importlib import metadata
from urllib.parse import quote

from jianbao.check.checker import Report
from jianbao.check.finding import Finding
from jianbao.check.formats.fingerprint import fingerprints
from jianbao.check.formats.for_programs import LEVELS
from jianbao.check.rule import RULES, Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report) -> str:
    """A SARIF log with one run; addresses are relative to the archive's folder."""
    rules = sorted(RULES.values(), key=lambda rule: rule.number)
    places = {rule.number: place for place, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "jianbao",
                "version": metadata.version("jianbao"),
                "language": "zh-CN",
                "rules": [_rule(each) for each in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, print_, places[finding.rule])
            for finding, print_ in fingerprints(report.findings)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.number,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.mend},
        "defaultConfiguration": {"level": LEVELS[rule.level]},
    }


def _result(finding: Finding, fingerprint: str, place: int) -> dict[str, object]:
    where = {"uri": quote(finding.path)}
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [
            {"physicalLocation": {"artifactLocation": where, "region": {"startLine": finding.line}}}
        ],
        "partialFingerprints": {"jianbao/v1": fingerprint},
    }
    if finding.waived:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.waived}]
    if finding.fix:
        fix = finding.fix
        region = {"startLine": fix.line, "startColumn": fix.start + 1, "endColumn": fix.end + 1}
        replacement = {"deletedRegion": region, "insertedContent": {"text": fix.new}}
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": where, "replacements": [replacement]}]}]
    return result
