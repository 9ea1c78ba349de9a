"""The body: each title with the paragraphs, tables and pictures that are its own, held against the contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jianbao.issue import Article, Figure, Finding, Kind, Table
from jianbao.recognise import briefs, columns, distribution, han, marks, notes, repairs, titles
from jianbao.recognise.columns import Column
from jianbao.recognise.contents import Contents, Entry
from jianbao.recognise.layout import Layout
from jianbao.recognise.titles import Title
from jianbao.sources import Line

# Over so many paragraphs may the editors' words before a title run.
LONGEST_NOTE = 4
LONGEST_KICKER = 40

_CAPTION = re.compile(
    r"^(?:[（(]?图\s*[\d一二三四五六七八九十]*\s*[：:为\s]|图为|[▲△↑◆]|[（(]?上图|[（(]?下图|照片)"
)


@dataclass(frozen=True)
class Recognised:
    """The articles in printed order, the headlines that found none, and what was noticed.

    ``images`` are the bytes of the pictures, by the path that the articles' figures name; ``headings`` the numbers
    of the lines that head columns.
    """

    articles: tuple[Article, ...]
    images: dict[str, bytes]
    contents_without_article: tuple[str, ...]
    findings: tuple[Finding, ...]
    headings: frozenset[int] = frozenset()


@dataclass
class _Draft:
    """An article in the making: its title, None for the lines at a column's head that have none."""

    column: Column
    title: Title | None
    line: int
    lines: list[Line] = field(default_factory=list)


def find(lines: Sequence[Line], listed: Contents, layout: Layout, folder: str) -> Recognised:
    """The articles in the body ``lines`` (without masthead, contents and footer).

    Pictures are named as files in ``folder``, the issue's own beside its page.
    """
    findings: list[Finding] = []
    parts = columns.find(lines, listed.columns, layout)
    findings += _column_names_left_out(lines, parts, layout)
    own_lines = titles.find(lines, parts, listed.entries, layout)
    drafts = [draft for column in parts for draft in _drafts(lines, column, own_lines, findings)]
    for draft in drafts:
        joined = repairs.join_cut_paragraphs(draft.lines, _stands_alone)
        draft.lines = list(joined.lines)
        findings += joined.findings
    drafts = _with_inline_briefs(drafts, listed.entries, findings)
    drafts = _with_untitled_kept(drafts, findings)

    images: dict[str, bytes] = {}
    lists_briefs = any(entry.kind is Kind.BRIEF for entry in listed.entries)
    articles: list[Article] = []
    for draft in drafts:
        kind = _kind(draft, lists_briefs)
        text, tidied = repairs.tidy_title(draft.title.text, draft.line)
        id = f"a{len(articles) + 1:02d}"
        entry = draft.title.entry
        article = Article(
            id, kind, text, draft.title.subtitle, han.joined_digits(entry.title) if entry else None,
            body=_content(draft.lines, f"{folder}/{id}", images),
        )  # fmt: skip
        articles.append(article)
        # Contents that name no brief leave them all out; that one of them is missing says nothing then.
        is_listed = lists_briefs if kind is Kind.BRIEF else bool(listed.entries)
        findings += [*tidied, *_against_contents(article, draft.line, is_listed)]

    found = {draft.title.entry for draft in drafts}
    missing = [entry for entry in listed.entries if entry not in found]
    findings += [
        Finding("contents_entry_without_article", entry.line, f"要目中的“{entry.title}”没有对应的文章")
        for entry in missing
    ]
    headings = frozenset(lines[part.heading].number for part in parts if part.heading is not None)
    without_article = tuple(entry.title for entry in missing)
    return Recognised(tuple(articles), images, without_article, tuple(findings), headings)


def _column_names_left_out(lines: Sequence[Line], parts: Sequence[Column], layout: Layout) -> list[Finding]:
    """A finding for each of the bulletin's own column names; 动态 and its like live on as the articles' kind."""
    headings = [lines[column.heading] for column in parts if column.heading is not None]
    return [
        Finding("column_name_removed", line.number, f"栏目名“{line.text}”不属于任何一篇文章，没有收入")
        for line in headings
        if layout.column_kind(marks.headline(line.text)) is None
    ]


def _stands_alone(line: Line) -> bool:
    """Whether a line never joins its neighbours, whatever a page break may have cut."""
    return bool(
        line.heading
        or marks.is_list_heading(line.text)
        or notes.is_note(line.text)
        or distribution.begins(line.text)
    )


def _kind(draft: _Draft, lists_briefs: bool) -> Kind:
    """What the contents say of the article, or else the column in which it stands."""
    entry = draft.title.entry
    if entry and (lists_briefs or draft.column.kind is None):
        return entry.kind
    return draft.column.kind or Kind.FEATURE


# From lines to drafts


def _drafts(
    lines: Sequence[Line], column: Column, own_lines: Sequence[Title], findings: list[Finding]
) -> list[_Draft]:
    """The column's lines, each with the title above it; what stands before the first title has none."""
    inside = [title for title in own_lines if column.start <= title.index < column.end]
    starts = [_lead(lines, column, inside, position) for position in range(len(inside))]
    head = lines[column.start : starts[0] if starts else column.end]
    drafts = [_Draft(column, None, head[0].number, list(head))] if head else []
    for title, (start, end) in zip(inside, pairwise([*starts, column.end]), strict=True):
        before, after = lines[start : title.index], lines[title.end : end]
        kicker = before[-1] if before and _is_kicker(before[-1].text) else None
        if kicker:
            message = f"标题上方的引题作为文章的第一段：“{kicker.text[:30]}”"
            findings.append(Finding("kicker_kept", kicker.number, message))
        drafts.append(_Draft(column, title, lines[title.index].number, [*before, *after]))
    return drafts


def _lead(lines: Sequence[Line], column: Column, inside: Sequence[Title], position: int) -> int:
    """Where the article begins: at its title, or at the 编者按 or 引题 that stands before it."""
    title = inside[position]
    first = inside[position - 1].end if position else column.start
    start = title.index
    if start - 1 >= first and _is_kicker(lines[start - 1].text) and _ends(lines, start - 1, first):
        start -= 1
    for index in range(start - 1, max(first, start - LONGEST_NOTE) - 1, -1):
        # At the head of an article, the note is that article's.
        if notes.opens_editors_note(lines[index].text) and (index > first or not position):
            return index
    return start


def _is_kicker(text: str) -> bool:
    """Whether a line may stand over a title as its 引题: short, no sentence, no note, no list."""
    is_short = 4 <= len(text) <= LONGEST_KICKER and not han.ends_sentence(text) and "。" not in text
    is_open = text.endswith(("，", "、", ","))
    return is_short and not is_open and not notes.is_note(text) and not marks.is_list_heading(text)


def _ends(lines: Sequence[Line], index: int, first: int) -> bool:
    """Whether what stands before ``index`` is complete: a paragraph that ended, or nothing."""
    return index == first or han.ends_sentence(lines[index - 1].text) or notes.is_note(lines[index - 1].text)


def _with_inline_briefs(
    drafts: Sequence[_Draft], entries: Sequence[Entry], findings: list[Finding]
) -> list[_Draft]:
    """Drafts parted where a paragraph's first sentence is the title of a brief."""
    claimed = {draft.title.entry for draft in drafts if draft.title}
    free = [entry for entry in entries if entry not in claimed]
    has_column = any(draft.column.kind is Kind.BRIEF for draft in drafts)
    result: list[_Draft] = []
    for draft in drafts:
        in_briefs = draft.column.kind is Kind.BRIEF
        is_untitled = draft.title is None and (in_briefs or draft.column.heading is not None)
        # Outside a column of briefs, only the contents can tell that a brief begins, and only if there is none.
        outside = [] if has_column else [entry for entry in free if entry.kind is Kind.BRIEF]
        wanted = free if in_briefs or is_untitled else outside
        inline = briefs.find(draft.lines, wanted, is_untitled)
        edges = [*(each.index for each in inline), len(draft.lines)]
        head = draft.lines[: edges[0]]
        if draft.title or head:
            result.append(replace(draft, lines=list(head)))
        for each, (_, end) in zip(inline, pairwise(edges), strict=True):
            if each.is_news and not each.entry:
                message = f"这条动态没有标题，以首句为标题：“{each.title[:30]}”"
                findings.append(Finding("brief_without_title", draft.lines[each.index].number, message))
            if each.entry:
                free.remove(each.entry)
            own = [each.rest] if each.rest else []
            column = draft.column if draft.column.kind else replace(draft.column, kind=Kind.BRIEF)
            title = Title(each.index, 1, each.title, None, entry=each.entry)
            line = draft.lines[each.index].number
            result.append(_Draft(column, title, line, [*own, *draft.lines[each.index + 1 : end]]))
    return result


def _with_untitled_kept(drafts: Sequence[_Draft], findings: list[Finding]) -> list[_Draft]:
    """Drafts that all have a title: lines without one go to the next article, or at the end to the last.

    No text is lost so; each such line is pointed out, but for the editors' own words.
    """
    result: list[_Draft] = []
    waiting: list[Line] = []
    for draft in drafts:
        if draft.title:
            result.append(replace(draft, lines=[*waiting, *draft.lines]))
            waiting = []
            continue
        waiting += draft.lines
        note = next((i for i, line in enumerate(draft.lines) if notes.opens_editors_note(line.text)), None)
        findings += [
            Finding("text_before_title", line.number, f"标题之前的这一行收在文章开头：“{line.text[:30]}”")
            for line in draft.lines[:note]
            if line.text
        ]
    if waiting and result:
        result[-1] = replace(result[-1], lines=[*result[-1].lines, *waiting])
    return result


# From drafts to articles


def _content(
    lines: Sequence[Line], prefix: str, images: dict[str, bytes]
) -> tuple[str | Table | Figure, ...]:
    """Lines as an article's body; pictures are put into ``images`` under ``prefix`` and a number."""
    content: list[str | Table | Figure] = []
    captions = set()
    for index, line in enumerate(lines):
        if index in captions:
            continue
        if line.table:
            content.append(Table(line.table))
        elif line.image:
            path = f"{prefix}-{sum(isinstance(each, Figure) for each in content) + 1}{line.image.suffix}"
            images[path] = line.image.data
            before = lines[index - 1] if index and index - 1 not in captions else None
            is_below = before is not None and not before.image and _names_picture(before)
            following = lines[index + 1] if index + 1 < len(lines) else None
            caption = line.text or None
            if is_below:
                content.pop()
                caption = before.text
            elif following is not None and _is_caption(following):
                captions.add(index + 1)
                caption = following.text
            content.append(Figure(path, caption))
        elif line.text:
            content.append(line.text)
    return tuple(content)


def _names_picture(line: Line) -> bool:
    """Whether a line says itself that it is a caption: ``图1 …``, ``图为…``, ``▲…``."""
    return len(line.text) <= 60 and not line.heading and bool(_CAPTION.match(line.text))


def _is_caption(line: Line) -> bool:
    """Whether the line under a picture is its caption: one that says so, or a short one that is centred."""
    is_short = bool(line.text) and len(line.text) <= 60 and not line.heading
    return _names_picture(line) or (is_short and line.centred and not line.text.endswith("。"))


def _against_contents(article: Article, line: int, has_contents: bool) -> list[Finding]:
    if not has_contents:
        return []
    if article.contents_title is None:
        return [Finding("article_not_in_contents", line, f"“{article.title}”不在要目中")]
    printed = {han.comparable(article.title), han.comparable(article.full_title)}
    if han.comparable(article.contents_title) in printed:
        return []
    message = f"标题与要目不同，两者都保留：正文“{article.full_title}”，要目“{article.contents_title}”"
    return [Finding("contents_title_mismatch", line, message)]
