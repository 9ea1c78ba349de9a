"""What a branch changes, as Markdown to be set under a pull request (合并请求).

What pages say is data: none of it becomes Markdown, a link, or calls anybody by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from jianbao import page
from jianbao.archive import Archive
from jianbao.check.checker import Report
from jianbao.check.finding import Finding
from jianbao.check.formats.people import counts
from jianbao.check.rule import RULES
from jianbao.errors import PageError
from jianbao.history import History
from jianbao.issue import Article, Issue
from jianbao.page import KIND_NAMES

# Of so many issues, findings and figures the summary tells one by one; a reviewer reads no more in a comment.
SHOWN_ISSUES, SHOWN_FINDINGS, SHOWN_FIGURES = 20, 50, 12

_LIVE = re.compile(r"[\\`*_\[\]{}<>|@#&~!$+=-]")
_NUMBER = re.compile(r"^(\d+)\.")
_ADDRESS = re.compile(r"(?i)://|www\.")

# Gives the figures in an article as they are printed: 7530万元, 36471人次.
FiguresOf = Callable[[Article], Iterable[str]]


@dataclass(frozen=True)
class Change:
    """A page that differs: the issue before and now; None where there was none, is none, or none can be read."""

    path: str
    before: Issue | None
    now: Issue | None
    is_gone: bool = False


@dataclass(frozen=True)
class Changes:
    """All that differs below docs/ from ``base``, a commit: pages of issues, and other files by their paths."""

    base: str
    pages: tuple[Change, ...]
    others: tuple[str, ...]

    @classmethod
    def since(cls, archive: Archive, base: str) -> Changes:
        """What is not in the folder as it was in commit ``base``. Raises HistoryError."""
        history = History(archive.root)
        paths = sorted({*history.changed(base, "docs"), *_new_files(history)})
        pages = [path for path in paths if path.startswith("docs/issues/") and path.endswith(".md")]
        return cls(
            base,
            tuple(_change(archive, history, base, path) for path in pages),
            tuple(path for path in paths if path not in pages),
        )

    @property
    def paths(self) -> tuple[str, ...]:
        return (*(change.path for change in self.pages), *self.others)


def _new_files(history: History) -> list[str]:
    """Files below docs/ that git does not know yet, from the archive's folder."""
    # git names them from the repository's root, which may be further up.
    places = (re.search(r"(?:^|/)(docs/.*)$", name) for name in history.uncommitted())
    return [place[1] for place in places if place and (history.root / place[1]).is_file()]


def _change(archive: Archive, history: History, base: str, path: str) -> Change:
    place = archive.root / path
    now = place.read_bytes() if place.is_file() else None
    return Change(path, _issue(history.read(base, path), path), _issue(now, path), is_gone=now is None)


def _issue(data: bytes | None, path: str) -> Issue | None:
    try:
        return None if data is None else page.parse(data.decode("utf-8-sig"), path)
    except (PageError, UnicodeDecodeError):
        return None


def as_markdown(changes: Changes, against: str, report: Report, figures_of: FiguresOf) -> str:
    """The summary. ``against`` names the base for people, ``report`` is that of the changed files."""
    new = [each for each in changes.pages if each.now and not each.before]
    gone = [each for each in changes.pages if each.is_gone]
    altered = [each for each in changes.pages if each.now and each.before]
    unread = [each for each in changes.pages if not each.now and not each.is_gone]
    blocks = [
        "## 简报档案：这次改了什么",
        f"对照 {_text(against)}：新增 {len(new)} 期，修改 {len(altered)} 期，删去 {len(gone)} 期。"
        f"检查：{counts(report)}。",
        *(_new_issue(each) for each in new[:SHOWN_ISSUES]),
        *(_altered_issue(each, figures_of) for each in altered[:SHOWN_ISSUES]),
    ]
    untold = len(new[SHOWN_ISSUES:]) + len(altered[SHOWN_ISSUES:])
    blocks += [f"还有 {untold} 期没有一一列出。"] if untold else []
    blocks += [_list("### 删去", (each.path for each in gone))] if gone else []
    blocks += [_list("### 读不出来", (each.path for each in unread))] if unread else []
    blocks += [_list("### 其他文件", changes.others)] if changes.others else []
    blocks += [_findings("### 需要处理", report.errors)] if report.errors else []
    blocks += [_findings("### 请看一眼", report.warnings)] if report.warnings else []
    blocks += [_list("### 免检", map(_waiver, report.waived))] if report.waived else []
    return "\n\n".join(blocks) + "\n"


def _new_issue(change: Change) -> str:
    issue = change.now
    head = f"### 新增 {_text(issue.full_label)}" + (f"　{issue.date}" if issue.date else "　没有日期")
    rows = (_row(article) for article in issue.articles)
    return "\n".join(
        [
            head,
            "",
            f"{_text(issue.title)}，{len(issue.features)} 篇要目，{len(issue.briefs)} 条动态（{_text(change.path)}）",
            "",
            "| 编号 | 栏目 | 标题 | 工作组 | 地点 | 主题 |",
            "|---|---|---|---|---|---|",
            *rows,
        ]
    )


def _row(article: Article) -> str:
    lists = (
        "、".join(map(_text, tags)) or "—" for tags in (article.work_groups, article.places, article.themes)
    )
    return (
        f"| {article.id} | {KIND_NAMES[article.kind]} | {_text(article.full_title)} | {' | '.join(lists)} |"
    )


def _altered_issue(change: Change, figures_of: FiguresOf) -> str:
    before, now = change.before, change.now
    old = {article.id: article for article in before.articles}
    new = {article.id: article for article in now.articles}
    lines = [
        f"更正（{each.date}）：{_text(each.text)}"
        for each in now.corrections
        if each not in before.corrections
    ]
    if _head(before) != _head(now):
        lines.append("页首（刊名、期号、日期、分送等）有改动")
    lines += [f"{id} 新增：{_text(new[id].full_title)}" for id in new if id not in old]
    lines += [f"{id} 删去：{_text(old[id].full_title)}" for id in old if id not in new]
    for id in new:
        if id in old:
            lines += _altered_article(old[id], new[id], figures_of)
    if not lines:
        lines = ["只改了写法，显示不变" if before.waivers == now.waivers else "只改了免检"]
    return _list(f"### 修改 {_text(now.full_label)}", lines, escaped=True)


def _head(issue: Issue) -> Issue:
    return replace(issue, articles=(), corrections=(), waivers=())


def _altered_article(old: Article, new: Article, figures_of: FiguresOf) -> Iterator[str]:
    if old.full_title != new.full_title:
        yield f"{new.id} 标题：“{_text(old.full_title)}”改为“{_text(new.full_title)}”"
    if old.kind != new.kind:
        yield f"{new.id} 栏目：{KIND_NAMES[old.kind]}改为{KIND_NAMES[new.kind]}"
    if old.contents_title != new.contents_title:
        yield f"{new.id} 要目标题：“{_text(old.contents_title or '')}”改为“{_text(new.contents_title or '')}”"
    if old.body != new.body:
        changed = len(set(new.body) ^ set(old.body))
        yield f"{new.id} 正文有改动（{changed} 段不同）" if changed else f"{new.id} 正文各段的次序有改动"
        yield from _figures(new.id, Counter(figures_of(old)), Counter(figures_of(new)))
    if old.tags != new.tags:
        added = [f"＋{_text(tag)}" for tag in new.tags if tag not in old.tags]
        taken = [f"－{_text(tag)}" for tag in old.tags if tag not in new.tags]
        yield f"{new.id} 标签：{'　'.join([*added, *taken]) or '次序有改动'}"


def _figures(id: str, old: Counter[str], new: Counter[str]) -> Iterator[str]:
    gone, come = list((old - new).elements()), list((new - old).elements())
    if gone or come:
        yield f"{id} 数字：{_some(gone) or '（无）'} → {_some(come) or '（无）'}"


def _some(figures: list[str]) -> str:
    more = "等" if len(figures) > SHOWN_FIGURES else ""
    return "、".join(map(_text, figures[:SHOWN_FIGURES])) + more


def _findings(head: str, findings: tuple[Finding, ...]) -> str:
    lines = [
        f"{_place(each)} {each.rule} {RULES[each.rule].title}：{each.message}"
        for each in findings[:SHOWN_FINDINGS]
    ]
    more = len(findings) - SHOWN_FINDINGS
    return _list(head, [*lines, *([f"还有 {more} 处"] if more > 0 else [])])


def _place(finding: Finding) -> str:
    return f"{PurePosixPath(finding.path).relative_to('docs')}:{finding.line}"


def _waiver(finding: Finding) -> str:
    return f"{_place(finding)} {finding.rule} {finding.message}（理由：{finding.waived}）"


def _list(head: str, lines: Iterable[str], escaped: bool = False) -> str:
    return "\n".join([head, "", *(f"- {line if escaped else _text(line)}" for line in lines)])


def _text(text: str) -> str:
    """``text`` on one line, shown as it is by GitHub, GitLab and Gitea."""
    shown = _LIVE.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))
    shown = _NUMBER.sub(r"\1&#46;", shown)
    return _ADDRESS.sub(lambda match: match[0].replace(":", "&#58;").replace(".", "&#46;"), shown)
