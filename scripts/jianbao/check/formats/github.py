"""The report as workflow commands, which GitHub (and Gitea's runner) sets beside the lines of a pull request."""

from __future__ import annotations

from jianbao.check.checker import Report
from jianbao.check.finding import Finding
from jianbao.check.formats.for_programs import LEVELS
from jianbao.check.formats.people import counts
from jianbao.check.rule import RULES


def render(report: Report) -> str:
    """A line ``::error file=…,line=…,title=…::…`` for each finding that is not waived, then the count."""
    return "\n".join([*map(_command, report.open), f"共检查 {report.pages} 期：{counts(report)}"])


def _command(finding: Finding) -> str:
    title = f"{finding.rule} {RULES[finding.rule].title}"
    values = {"file": finding.path, "line": finding.line, "title": title}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in values.items())
    return f"::{LEVELS[finding.level]} {properties}::{_text(finding.message)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
