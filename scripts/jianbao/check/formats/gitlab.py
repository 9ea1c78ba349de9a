"""The report as GitLab's code quality report (``artifacts: reports: codequality``)."""

from __future__ import annotations

import json

from jianbao.check.checker import Report
from jianbao.check.finding import Level
from jianbao.check.formats.fingerprint import fingerprints
from jianbao.check.rule import RULES

_SEVERITIES = {Level.ERROR: "major", Level.WARNING: "minor"}


def render(report: Report) -> str:
    """A JSON list of what is not waived."""
    rows = [
        {
            "description": f"{finding.rule} {RULES[finding.rule].title}：{finding.message}",
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.level],
            "location": {"path": finding.path, "lines": {"begin": finding.line}},
        }
        for finding, fingerprint in fingerprints(report.open)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
