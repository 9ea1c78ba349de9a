"""The body: which lines are titles, which paragraphs are theirs, and which headline of the contents each has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jianbao.issue import Article, Figure, Finding, Kind, Table
from jianbao.recognise import distribution, han, repairs
from jianbao.recognise.contents import SAME_HEADLINE, Entry, headline
from jianbao.recognise.layout import Layout
from jianbao.sources import Line

LONGEST_TITLE = 60
# A reworded headline is taken for an unlisted title's only if nothing else claims it.
REWORDED_HEADLINE = 0.45
# How much a line must look like a title (see _look) to be one where there are no contents, and where there are.
TITLE_LIKE = 3
UNMISTAKABLE = 4

_SUBTITLE = re.compile(r"^\s*(?:[—–―─]{1,2}|--+)\s*(?=\S)")
_LIST_HEADING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十]+[)）]?[、.．：:]|[（(][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d)|第[一二三四五六七八九十]+[，、]|[①-⑳])"
)
_CREDIT = re.compile(
    r"^[（(【]?[^。]{0,40}(?:供\s*稿|撰\s*稿|通讯员|作\s*者|来\s*稿|报\s*送|供图|摄影|摄)[^。]{0,30}[)）】]?$"
)
_OPENING = re.compile(
    r"^(?:近日|日前|近期|近年来|连日来|今年|去年|截至|为|\d{4}年|\d{1,2}月|自|在|.{2,14}(?:工作组|指挥部|前指))"
)
_CAPTION = re.compile(
    r"^(?:[（(]?图\s*[\d一二三四五六七八九十]*\s*[：:为\s]|图为|[▲△↑◆]|[（(]?上图|[（(]?下图|照片)"
)
# 编者按 stands before the title of the article that it introduces.
_EDITORS_NOTE = re.compile(
    r"^[【\[（(]?\s*(?:编\s*者\s*按|编\s*前|按\s*语|编\s*前\s*语|本期按语)\s*[】\])）]?\s*[:：]?"
)
_FIRST_SENTENCE = re.compile(r"^(?P<title>[^。！？!?]{2,60}?)(?:。|(?P<mark>[！？!?]))\s*(?P<rest>.*)$", re.S)
_BRIEF_MARK = re.compile(r"^[★☆●○◆◇■□▲△▶►※➤]")
# A brief's first sentence is its title only where it is a headline, not the news itself.
_NEWS = re.compile(r"^(?:近日|日前|近期|今日|昨日|\d{1,2}月\d{1,2}日|\d{4}年)")


@dataclass(frozen=True)
class Recognised:
    """The articles in printed order, the headlines that found none, and what was noticed.

    ``images`` are the bytes of the pictures, by the path that the articles' figures name.
    """

    articles: tuple[Article, ...]
    images: dict[str, bytes]
    contents_without_article: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Title:
    """What may be a title, at a line index: ``size`` lines long with its subtitle; ``look`` as _look counts it.

    ``entry`` is the headline of the contents that it answers to, None as long as none is found.
    """

    index: int
    size: int
    text: str
    subtitle: str | None
    look: int = 0
    entry: Entry | None = None

    @property
    def text_as_listed(self) -> str:
        return f"{self.text}——{self.subtitle}" if self.subtitle else self.text


def find(lines: Sequence[Line], entries: Sequence[Entry], layout: Layout, folder: str) -> Recognised:
    """The articles in the body ``lines`` (without masthead, contents and footer).

    Pictures are named as files in ``folder``, the issue's own beside its page.
    """
    images: dict[str, bytes] = {}
    findings: list[Finding] = []
    briefs_start = _briefs_start(lines, entries, layout)
    feature_entries = [entry for entry in entries if entry.kind is Kind.FEATURE]
    titles = _feature_titles(lines[:briefs_start], entries if briefs_start == len(lines) else feature_entries)
    alone = {line.number for title in titles for line in lines[title.index : title.index + title.size]}

    def stands_alone(line: Line) -> bool:
        return line.number in alone or bool(
            line.heading
            or _LIST_HEADING.match(line.text)
            or _CREDIT.match(line.text)
            or distribution.begins(line.text)
            or _EDITORS_NOTE.match(line.text)
            or _is_section(line, layout)
        )

    leads = [_lead(lines, title.index, position == 0) for position, title in enumerate(titles)]
    articles: list[Article] = []
    found: set[Entry] = set()

    def add(kind: Kind, number: int, title: _Title, own: Sequence[Line], is_listed: bool) -> None:
        """One more article; ``is_listed`` where the contents list articles of its kind."""
        text, tidied = repairs.tidy_title(title.text, number)
        id = f"a{len(articles) + 1:02d}"
        listed_as = han.joined_digits(title.entry.title) if title.entry else None
        body = _content(own, f"{folder}/{id}", images)
        articles.append(Article(id, kind, text, title.subtitle, listed_as, body=body))
        findings.extend([*tidied, *_against_contents(articles[-1], number, is_listed)])
        if title.entry:
            found.add(title.entry)

    for position, title in enumerate(titles):
        end = leads[position + 1] if position + 1 < len(titles) else briefs_start
        start = title.index + title.size
        own = [*lines[leads[position] : title.index], *lines[start:end]]
        body = repairs.join_cut_paragraphs(own, stands_alone)
        findings += body.findings
        kept = [line for line in body.lines if not _is_section(line, layout)]
        kind = title.entry.kind if title.entry else Kind.FEATURE
        add(kind, lines[title.index].number, title, kept, bool(entries))
    if titles:
        findings += [
            Finding(
                "text_before_title", line.number, f"标题之前的这一行收在第一篇文章开头：“{line.text[:30]}”"
            )
            for line in lines[: titles[0].index]
            if line.text and not _EDITORS_NOTE.match(line.text) and not _is_section(line, layout)
        ]

    brief_entries = [entry for entry in entries if entry not in found]
    # Contents that name no brief leave them all out; that one of them is missing says nothing then.
    lists_briefs = any(entry.kind is Kind.BRIEF for entry in entries)
    briefs = repairs.join_cut_paragraphs(lines[briefs_start + 1 :], stands_alone)
    findings += briefs.findings
    for number, title, own in _briefs(briefs.lines, brief_entries, findings):
        add(Kind.BRIEF, number, title, own, lists_briefs)

    missing = [entry for entry in entries if entry not in found]
    findings += [
        Finding("contents_entry_without_article", entry.line, f"要目中的“{entry.title}”没有对应的文章")
        for entry in missing
    ]
    return Recognised(tuple(articles), images, tuple(entry.title for entry in missing), tuple(findings))


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
            following = lines[index + 1] if index + 1 < len(lines) else None
            is_captioned = following is not None and _is_caption(following)
            if is_captioned:
                captions.add(index + 1)
            content.append(Figure(path, following.text if is_captioned else line.text or None))
        elif line.text:
            content.append(line.text)
    return tuple(content)


def _is_caption(line: Line) -> bool:
    """Whether the line under a picture is its caption: ``图1 …``, ``▲…``, or short and centred."""
    if not line.text or len(line.text) > 60 or line.heading:
        return False
    return bool(_CAPTION.match(line.text)) or (line.centred and not line.text.endswith("。"))


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


# Features


def _briefs_start(lines: Sequence[Line], entries: Sequence[Entry], layout: Layout) -> int:
    """Index of the heading under which the briefs stand, or the number of lines where there is none."""
    for index, line in enumerate(lines):
        if layout.is_heading(line.text, layout.briefs_headings):
            return index
    # Without a heading, the briefs begin where the contents' first brief does.
    briefs = [entry for entry in entries if entry.kind is Kind.BRIEF]
    for index, line in enumerate(lines):
        sentence = _FIRST_SENTENCE.match(line.text)
        if sentence and any(han.likeness(sentence["title"], e.title) >= SAME_HEADLINE for e in briefs):
            return index - 1
    return len(lines)


def _lead(lines: Sequence[Line], title: int, is_first: bool) -> int:
    """Where the article whose title is at index ``title`` begins: at its 编者按, which stands before it.

    Whatever else stands before the first title is kept with the first article, so that no text is lost.
    """
    if is_first:
        return 0
    start = title
    while start and _EDITORS_NOTE.match(lines[start - 1].text):
        start -= 1
    return start


def _is_section(line: Line, layout: Layout) -> bool:
    return layout.is_heading(line.text, layout.briefs_headings + layout.features_headings)


def _feature_titles(lines: Sequence[Line], entries: Sequence[Entry]) -> list[_Title]:
    """Titles by the contents list first, then by their own look."""
    candidates = [title for index in range(len(lines)) for title in _candidates(lines, index)]
    scored = [(han.likeness(c.text_as_listed, e.title), c, e) for c in candidates for e in entries]
    titles: list[_Title] = []
    for threshold in (SAME_HEADLINE, REWORDED_HEADLINE):
        for score, candidate, entry in sorted(scored, key=lambda row: (-row[0], row[1].index)):
            if score < threshold:
                break
            if _is_free(candidate, entry, titles) and (
                threshold == SAME_HEADLINE or candidate.look >= TITLE_LIKE
            ):
                titles.append(replace(candidate, entry=entry))
    style = {_style(lines[title.index]) for title in titles} - {(0, False, False, False)}
    for candidate in candidates:
        alike = _style(lines[candidate.index]) in style
        suffices = not entries or alike or (not style and candidate.look >= UNMISTAKABLE)
        if candidate.look >= TITLE_LIKE and suffices and _is_free(candidate, None, titles):
            titles.append(candidate)
    return sorted(titles, key=lambda title: title.index)


def _style(line: Line) -> tuple[int, bool, bool, bool]:
    return (line.heading, line.large, line.bold, line.centred)


def _is_free(candidate: _Title, entry: Entry | None, titles: Sequence[_Title]) -> bool:
    overlaps = any(
        title.index < candidate.index + candidate.size and candidate.index < title.index + title.size
        for title in titles
    )
    return not overlaps and (entry is None or all(title.entry != entry for title in titles))


def _candidates(lines: Sequence[Line], index: int) -> list[_Title]:
    """The titles that may begin at a line: the line alone, or with the next one where a title runs over two."""
    # A headline over two lines may break after a colon: 扬州援疆工作组：
    is_first_half = lines[index].text.endswith(("：", ":")) and len(lines[index].text) <= 20
    if not (_may_be_title(lines[index]) or is_first_half) or _SUBTITLE.match(lines[index].text):
        return []
    sizes = [] if is_first_half else [1]
    if (
        index + 2 < len(lines)
        and _may_be_title(lines[index + 1])
        and not _SUBTITLE.match(lines[index + 1].text)
    ):
        sizes.append(2)
    result = []
    for size in sizes:
        text = headline("".join(line.text for line in lines[index : index + size]))
        following = index + size
        subtitle = None
        if (
            following < len(lines)
            and _SUBTITLE.match(lines[following].text)
            and len(lines[following].text) < 70
        ):
            subtitle = _SUBTITLE.sub("", lines[following].text).strip()
            following += 1
        if not text or following >= len(lines):
            continue
        score = _look(lines, index, following, bool(subtitle)) if size == 1 else 0
        # 正题 with its 副题 on one line, as some bulletins set it.
        parts = text.split("——", maxsplit=1)
        if not subtitle and len(parts) == 2 and all(len(part) >= 4 for part in parts):
            text, subtitle = parts
        result.append(_Title(index, following - index, text, subtitle, score))
    return result


def _may_be_title(line: Line) -> bool:
    is_text = bool(line.text) and not line.table and not line.image
    return (
        is_text
        and len(line.text) <= LONGEST_TITLE
        and not line.text.endswith(("。", "；", "，", "、", "：", ";", ","))
        and "。" not in line.text
    )


def _look(lines: Sequence[Line], index: int, following: int, has_subtitle: bool) -> int:
    """How much a line looks like an article's title, by its style, length and neighbours."""
    line, after = lines[index], lines[following]
    before = lines[index - 1] if index else None
    if _LIST_HEADING.match(line.text) and not line.heading:
        return 0
    if _CREDIT.match(line.text) or not (len(after.text) > 25 or han.ends_sentence(after.text) or after.image):
        return 0
    # The second half of a cut paragraph is no title.
    if (
        before
        and not han.ends_sentence(before.text)
        and not _CREDIT.match(before.text)
        and len(before.text) > 40
    ):
        return 0
    score = 2 * bool(line.heading or line.large) + bool(line.bold) + bool(line.centred) + 2 * has_subtitle
    length = len(line.text)
    score += 2 if length >= 12 else 1 if length >= 10 else -1 if length < 8 else 0
    score += 2 if _OPENING.match(after.text) else 0
    if before is None or _CREDIT.match(before.text):
        score += 2
    elif han.ends_sentence(before.text):
        score += 1
    return score


# Briefs


def _briefs(
    lines: Sequence[Line], entries: Sequence[Entry], findings: list[Finding]
) -> list[tuple[int, _Title, list[Line]]]:
    """(line number, title, body lines) of each brief; its title is its first sentence or its own line."""
    free = list(entries)
    briefs: list[tuple[int, _Title, list[Line]]] = []
    for index, line in enumerate(lines):
        if not line.text or line.table or line.image:
            if briefs:
                briefs[-1][2].append(line)
            continue
        is_marked = bool(_BRIEF_MARK.match(line.text))
        is_text = _LIST_HEADING.match(line.text) or _CREDIT.match(line.text)
        own_line = _may_be_title(line) and index + 1 < len(lines) and not is_text
        sentence = _FIRST_SENTENCE.match(line.text)
        if own_line:
            title, rest = headline(line.text), ""
        elif sentence:
            title, rest = headline(sentence["title"] + (sentence["mark"] or "")), sentence["rest"]
        else:
            title, rest = headline(line.text), ""
        # Where the contents list the briefs, a long first sentence is no unlisted brief's title.
        goes_on = _NEWS.match(title) or not rest or (entries and len(title) > 40)
        entry = max(free, key=lambda e: han.likeness(title, e.title), default=None)
        likeness = han.likeness(title, entry.title) if entry else 0.0
        if entry is not None and likeness >= SAME_HEADLINE:
            free.remove(entry)
            found = _Title(index, 1, title, None, entry=entry)
            briefs.append((line.number, found, [replace(line, text=rest)] if rest else []))
        elif briefs and not is_marked and (not briefs[-1][2] or is_text or (not own_line and goes_on)):
            briefs[-1][2].append(line)
        else:
            if not own_line and _NEWS.match(title):
                message = f"这条动态没有标题，以首句为标题：“{title[:30]}”"
                findings.append(Finding("brief_without_title", line.number, message))
            found = _Title(index, 1, title, None)
            briefs.append((line.number, found, [replace(line, text=rest)] if rest else []))
    return briefs
