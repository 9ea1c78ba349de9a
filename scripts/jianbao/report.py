"""What ``jianbao read`` prints: a reading as a table for people or as JSON for programs."""

from __future__ import annotations

import json

from jianbao.importer import Reading
from jianbao.issue import Article, Finding, Issue
from jianbao.page import KIND_NAMES
from jianbao.tagging import Reason

# How many of the words that gave a tag are shown: enough to judge it by.
SHOWN_WORDS = 5

# So many findings of one kind are told in one row; fewer, each by itself.
FEWEST_GROUPED = 4


def as_json(reading: Reading) -> str:
    """One JSON object; its keys are documented in the README."""
    issue = reading.issue
    return json.dumps(
        {
            "title": issue.title,
            "year": issue.year,
            "number": issue.numbers[0] if len(issue.numbers) == 1 else list(issue.numbers),
            "supplement": issue.supplement,
            "cumulative": issue.cumulative,
            "date": issue.date.isoformat() if issue.date else None,
            "issuer": issue.issuer,
            "distribution": [recipient.name for recipient in issue.distribution],
            "articles": [_article(article, reading.reasons) for article in issue.articles],
            "warnings": [
                {"kind": finding.kind, "line": finding.line, "message": finding.message}
                for finding in reading.findings
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _article(article: Article, reasons: tuple[Reason, ...]) -> dict[str, object]:
    return {
        "id": article.id,
        "kind": article.kind.value,
        "title": article.title,
        "subtitle": article.subtitle,
        "contents_title": article.contents_title,
        "work_groups": list(article.work_groups),
        "places": list(article.places),
        "themes": list(article.themes),
        "reasons": {reason.tag: list(reason.words) for reason in reasons if reason.article == article.id},
        "paragraphs": list(article.paragraphs),
    }


def as_text(reading: Reading) -> str:
    """A table in Chinese: the issue, its articles with tags, then what was repaired and what to look over."""
    issue = reading.issue
    lines = [heading(issue)]
    lines.append(f"  日期　　　{issue.date or '（无）'}")
    lines.append(f"  编发单位　{issue.issuer or '（无）'}")
    lines.append(f"  分送　　　{len(issue.distribution)} 个单位")
    lines.append("")
    for article in issue.articles:
        size = f"{len(article.paragraphs)} 段"
        lines.append(f"{article.id}　{KIND_NAMES[article.kind]}　{article.full_title}（{size}）")
        lines += [f"　　　　　　{row}" for row in _tags(article, reading.reasons)]
    repairs = [finding for finding in reading.findings if finding.is_repair]
    doubts = [finding for finding in reading.findings if not finding.is_repair]
    lines += _findings("已作的修补", repairs) + _findings("请核对", doubts)
    return "\n".join(lines)


def _tags(article: Article, reasons: tuple[Reason, ...]) -> list[str]:
    """``主题：医疗卫生（“义诊”“患者”）、教育（“学校”）``, one row a kind of tag."""
    why = {reason.tag: reason for reason in reasons if reason.article == article.id}
    kinds = {"工作组": article.work_groups, "地点": article.places, "主题": article.themes}
    rows = [
        f"{kind}：{'、'.join(f'{tag}（{_reason(why[tag])}）' for tag in tags)}"
        for kind, tags in kinds.items()
        if tags
    ]
    return rows or ["没有标签"]


def _reason(reason: Reason) -> str:
    words = "".join(f"“{word}”" for word in reason.words[:SHOWN_WORDS])
    more = "等" if len(reason.words) > SHOWN_WORDS else ""
    return f"{words}{more}" + (f"，据“{reason.decided_by}”判断" if reason.decided_by else "")


def heading(issue: Issue) -> str:
    """``《援疆工作简报》2017年第20期（总第20期）``"""
    return f"《{issue.title}》{issue.full_label}"


def _findings(title: str, findings: list[Finding]) -> list[str]:
    """The findings as a person reads them: one row a kind where a kind comes often, with all its lines."""
    if not findings:
        return []
    by_kind: dict[str, list[Finding]] = {}
    for finding in findings:
        by_kind.setdefault(finding.kind, []).append(finding)
    rows = [row for kind, group in by_kind.items() for row in _rows(kind, group)]
    return ["", f"{title}（{len(findings)} 处）", *rows]


def _rows(kind: str, group: list[Finding]) -> list[str]:
    if len(group) < FEWEST_GROUPED:
        return [f"  {f'第{f.line}行' if f.line else '全文'}　{f.message}　[{kind}]" for f in group]
    lines = _line_numbers(sorted({f.line for f in group if f.line}))
    messages = {f.message for f in group}
    said = group[0].message if len(messages) == 1 else f"如：{group[0].message}"
    return [f"  {lines or '全文'}　{len(group)} 处，{said}　[{kind}]"]


def _line_numbers(numbers: list[int]) -> str:
    """``第3、5—8行``"""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}—{run[-1]}" for run in runs]
    return f"第{'、'.join(shown)}行" if shown else ""
