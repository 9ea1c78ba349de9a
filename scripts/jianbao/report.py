"""What ``jianbao read`` prints: a reading as a table for people or as JSON for programs."""

from __future__ import annotations

import json

from jianbao.importer import Reading
from jianbao.issue import Article, Finding, Issue
from jianbao.page import KIND_NAMES

# Findings that say what was done; all others ask a person to look.
REPAIRS = frozenset({
    "control_characters", "radical_replaced", "page_mark_removed", "running_head_removed", "rule_removed",
    "conversion_mark_removed", "conversion_mark_replaced", "page_break_joined", "line_wrap_joined",
    "title_space_removed", "watermark_removed",
})  # fmt: skip


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
            "articles": [_article(article) for article in issue.articles],
            "warnings": [
                {"kind": finding.kind, "line": finding.line, "message": finding.message}
                for finding in reading.findings
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _article(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "kind": article.kind.value,
        "title": article.title,
        "subtitle": article.subtitle,
        "contents_title": article.contents_title,
        "work_groups": list(article.work_groups),
        "places": list(article.places),
        "themes": list(article.themes),
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
        tags = [
            f"{name}：{'、'.join(values)}"
            for name, values in (
                ("工作组", article.work_groups),
                ("地点", article.places),
                ("主题", article.themes),
            )
            if values
        ]
        lines.append(f"　　　　　　{'　'.join(tags) or '没有标签'}")
    repairs = [finding for finding in reading.findings if finding.kind in REPAIRS]
    doubts = [finding for finding in reading.findings if finding.kind not in REPAIRS]
    lines += _findings("已作的修补", repairs) + _findings("请核对", doubts)
    return "\n".join(lines)


def heading(issue: Issue) -> str:
    """``《援疆工作简报》2017年第20期（总第20期）``"""
    return f"《{issue.title}》{issue.full_label}"


def _findings(title: str, findings: list[Finding]) -> list[str]:
    if not findings:
        return []
    rows = [f"  {f'第{f.line}行' if f.line else '全文'}　{f.message}　[{f.kind}]" for f in findings]
    return ["", f"{title}（{len(findings)} 处）", *rows]
