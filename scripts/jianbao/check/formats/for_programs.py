"""The report as JSON of our own.

::

    {"version": 1, "pages": 8, "edition": "2017.20" or null,
     "errors": 1, "warnings": 2, "waived": 1,
     "findings": [{"rule": "JB304", "title": "主题不在词表里", "level": "error" or "warning",
                   "path": "docs/issues/2017/020.md", "line": 33, "message": "…", "mend": "…",
                   "fix": {"line": 33, "start": 4, "end": 5, "new": "："} or null,
                   "waived": reason or null}]}

``line`` counts from 1; a fix's columns count characters from 0, its end not included. Keys are only ever added.
"""

from __future__ import annotations

import json

from jianbao.check.checker import Report
from jianbao.check.finding import Finding, Level
from jianbao.check.rule import RULES

LEVELS = {Level.ERROR: "error", Level.WARNING: "warning"}


def render(report: Report) -> str:
    """The report as one JSON object."""
    values = {
        "version": 1,
        "pages": report.pages,
        "edition": str(report.edition) if report.edition else None,
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "waived": len(report.waived),
        "findings": [_finding(each) for each in report.findings],
    }
    return json.dumps(values, ensure_ascii=False, indent=2)


def _finding(finding: Finding) -> dict[str, object]:
    rule = RULES[finding.rule]
    return {
        "rule": finding.rule,
        "title": rule.title,
        "level": LEVELS[finding.level],
        "path": finding.path,
        "line": finding.line,
        "message": finding.message,
        "mend": rule.mend,
        "fix": finding.fix and finding.fix._asdict(),
        "waived": finding.waived,
    }
