"""The desk as an HTML page: one for the browser of the person who looks it over, one to hand on as a file."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pypinyin import Style, lazy_pinyin

from jianbao.issue import Article, Figure, Finding, Issue, Table
from jianbao.page import KIND_NAMES
from jianbao.recognise import Part
from jianbao.review import desk as on_desk
from jianbao.review import differences, sheet
from jianbao.review.alignment import Block, Place, Row, SourceLine
from jianbao.review.desk import Desk
from jianbao.review.differences import Span
from jianbao.tagging import Reason
from jianbao.vocabulary import Vocabulary

ASSETS = Path(__file__).parent / "assets"
PART_NAMES = {
    Part.MASTHEAD: "报头",
    Part.CONTENTS: "要目",
    Part.COLOPHON: "编辑信息",
    Part.DISTRIBUTION: "分送",
}


@dataclass(frozen=True)
class Note:
    """A finding as shown: ``is_doubt`` that a person has to look at it, ``key`` by what it is ticked off."""

    message: str
    is_doubt: bool
    key: str
    is_done: bool
    line: int | None = None


@dataclass(frozen=True)
class Left:
    """A line of the source: its words with what the page has otherwise, what became of it, what was found in it.

    ``new_page`` is the number of the source's page that begins with it, None where it goes on.
    """

    line: SourceLine
    spans: tuple[Span, ...]
    fate: str
    notes: tuple[Note, ...]
    new_page: int | None


@dataclass(frozen=True)
class Right:
    """A block of the page: the words of a paragraph or title (and subtitle), or a table or picture."""

    block: Block
    texts: tuple[tuple[Span, ...], ...]
    style: str
    picture: str | None = None

    @property
    def kind(self) -> str:
        if self.block.is_head:
            return "head"
        return {Table: "table", Figure: "figure"}.get(type(self.block.content), "text")


@dataclass(frozen=True)
class ShownRow:
    """A row as shown; ``facts`` are those of the front matter that stand beside a part other than the body."""

    name: str
    left: tuple[Left, ...]
    right: tuple[Right, ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()


def served(desk: Desk, token: str) -> str:
    """The page for the browser: it can change tags and tick off what was looked at."""
    pictures = {number: f"picture/{number}" for number in range(len(desk.pictures))}
    return _rendered(
        desk, pictures, {"is_served": True, "data": _as_script_data(_data(desk) | {"token": token})}
    )


def standing(desk: Desk) -> str:
    """The page as a file of its own, to be read only: styles, scripts and pictures are in it."""
    pictures = {
        number: f"data:{on_desk.PICTURES[path.suffix.lower()]};base64,{base64.b64encode(path.read_bytes()).decode()}"
        for number, path in enumerate(desk.pictures)
    }
    inline = {name: Markup(asset(f"review.{name}")) for name in ("css", "js")}
    return _rendered(desk, pictures, {"is_served": False, "inline": inline})


def trouble(message: str) -> str:
    """The page shown in place of one that cannot be read: what is wrong, and what to do."""
    return _templates().get_template("trouble.html").render(message=message)


def asset(name: str) -> str:
    """A file of ``assets/``: a style or a script."""
    return (ASSETS / name).read_text("utf-8")


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(ASSETS, encoding="utf-8"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def _rendered(desk: Desk, pictures: Mapping[int, str], more: Mapping[str, object]) -> str:
    by_line, general, by_article = _notes(desk)
    return (
        _templates()
        .get_template("review.html")
        .render(
            desk=desk,
            issue=desk.issue,
            rows=tuple(_rows(desk, by_line, pictures)),
            general=general,
            by_article=by_article,
            tags_done={a.id: on_desk.tags_key(a.id) in desk.sheet.done for a in desk.issue.articles},
            tags={article.id: _tags(article, desk.sheet.reasons) for article in desk.issue.articles},
            kind_names=KIND_NAMES,
            **{"data": None, "inline": None, **more},
        )
    )


# Findings


def _notes(desk: Desk) -> tuple[dict[int, list[Note]], list[Note], dict[str, list[Note]]]:
    """Findings by the index of the line they are shown at, those of the whole issue, and those of articles' tags."""
    numbers = [line.number for line in desk.sheet.lines]
    by_line: dict[int, list[Note]] = {}
    general: list[Note] = []
    by_article: dict[str, list[Note]] = {}
    for finding in (*desk.sheet.repairs, *desk.doubts):
        note = _note(finding, desk)
        at = None if finding.line is None else _shown_at(numbers, finding.line)
        if finding.article:
            by_article.setdefault(finding.article, []).append(note)
        elif at is None:
            general.append(note)
        else:
            by_line.setdefault(at, []).append(note)
    return by_line, general, by_article


def _note(finding: Finding, desk: Desk) -> Note:
    key = sheet.key(finding)
    return Note(finding.message, not finding.is_repair, key, key in desk.sheet.done, finding.line)


def _shown_at(numbers: Sequence[int], line: int) -> int | None:
    """The index of the line, or where it is not shown (an empty one), of the last before it."""
    before = [index for index, number in enumerate(numbers) if 0 < number <= line]
    if not before:
        return None
    last = numbers[before[-1]]
    return numbers.index(last, 1 if numbers[0] == 0 else 0)


# Rows


def _rows(desk: Desk, notes: Mapping[int, list[Note]], pictures: Mapping[int, str]) -> Iterator[ShownRow]:
    told: set[Part] = set()
    rows = _with_all_parts(desk.rows, desk.issue)
    for row in rows:
        blocks = [desk.blocks[i] for i in row.blocks]
        lines = [desk.sheet.lines[i] for i in row.lines]
        if row.part is not Part.BODY:
            left = [(Span(line.text),) for line in lines]
            facts = () if row.part in told else tuple(_facts(desk.issue, row.part, rows))
            told.add(row.part)
            name = PART_NAMES[row.part]
        else:
            left, right = _marked(desk, row, lines, blocks)
            name, facts = "", ()
        yield ShownRow(
            name,
            tuple(
                Left(
                    line,
                    spans,
                    _fate(line, desk.places[index], desk),
                    tuple(notes.get(index, ())),
                    _new_page(desk.sheet.lines, index),
                )
                for index, line, spans in zip(row.lines, lines, left, strict=True)
            ),
            tuple(_right(block, right, desk, pictures) for block in blocks),
            facts,
        )


def _with_all_parts(rows: Sequence[Row], issue: Issue) -> list[Row]:
    """The rows with the masthead first and the distribution list last, though the source may have none."""
    found = [row.part for row in rows]
    first = [] if Part.MASTHEAD in found else [Row(Part.MASTHEAD, (), ())]
    last = [] if Part.DISTRIBUTION in found or not issue.distribution else [Row(Part.DISTRIBUTION, (), ())]
    return [*first, *rows, *last]


def _marked(
    desk: Desk, row: Row, lines: Sequence[SourceLine], blocks: Sequence[Block]
) -> tuple[list[tuple[Span, ...]], dict[str, tuple[tuple[Span, ...], ...]]]:
    """The texts of a row's lines and, by key, of its blocks, with what the other side has otherwise."""
    compared = [i for i, index in enumerate(row.lines) if desk.places[index].blocks]
    texts = {block.key: _texts(block) for block in blocks}
    ours = [lines[i].text for i in compared]
    marked, others = differences.marked(ours, [text for each in texts.values() for text in each])
    left: list[tuple[Span, ...]] = [(Span(line.text),) for line in lines]
    for i, spans in zip(compared, marked, strict=True):
        left[i] = spans
    rest = iter(others)
    return left, {key: tuple(next(rest) for _ in each) for key, each in texts.items()}


def _texts(block: Block) -> tuple[str, ...]:
    """The words of a block that are shown as text: of a head its title and subtitle, of a table none."""
    if block.is_head:
        article = block.article
        return (article.title, f"——{article.subtitle}") if article.subtitle else (article.title,)
    if isinstance(block.content, Table):
        return ()
    return block.texts


def _right(
    block: Block, texts: Mapping[str, tuple[tuple[Span, ...], ...]], desk: Desk, pictures: Mapping[int, str]
) -> Right:
    form = desk.forms.get(block.key)
    style = f"{form.kind}-{form.level}" if form and form.level else form.kind if form else ""
    number = desk.picture_number(block)
    return Right(block, texts[block.key], style, None if number is None else pictures[number])


def _fate(line: SourceLine, place: Place, desk: Desk) -> str:
    """What became of a line, where it does not stand beside its place on the page."""
    if line.in_margin:
        return "页眉或页脚，没有收进页面" if line.is_removed else "页眉或页脚"
    if line.part is Part.COLUMN:
        return "栏目名"
    if place.is_moved:
        return f"在“{desk.blocks[place.blocks[0]].article.title}”里"
    if not place.blocks and on_desk.is_text(line):
        return "导入以后改写或删去了" if line.became else "页面上没有"
    return ""


def _new_page(lines: Sequence[SourceLine], index: int) -> int | None:
    page = lines[index].page
    return page if index and page != lines[index - 1].page and not lines[index].in_margin else None


def _facts(issue: Issue, part: Part, rows: Iterable[Row]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the front matter says of a part, as (name, words)."""
    parts = {row.part for row in rows}
    if part is Part.MASTHEAD:
        yield "刊名", (issue.title,)
        yield "期号", (issue.full_label,)
        yield "日期", (issue.date.isoformat() if issue.date else "（无）",)
        yield "编发单位", (issue.issuer or "（无）",)
    if part is Part.CONTENTS:
        for kind, name in KIND_NAMES.items():
            titles = [a.contents_title for a in issue.articles if a.kind is kind and a.contents_title]
            if titles:
                yield name, tuple(titles)
        if issue.contents_without_article:
            yield "要目无文", issue.contents_without_article
    if issue.colophon and part is (Part.COLOPHON if Part.COLOPHON in parts else Part.MASTHEAD):
        yield "编辑信息", issue.colophon
    if part is Part.DISTRIBUTION:
        for delivery in dict.fromkeys(recipient.delivery for recipient in issue.distribution):
            yield delivery.value, tuple(r.name for r in issue.distribution if r.delivery is delivery)


# Tags


def _tags(article: Article, reasons: Iterable[Reason]) -> dict[str, object]:
    """The article's tags by kind with their reasons, and those that its text would give besides."""
    why = {reason.tag: reason for reason in reasons if reason.article == article.id}
    return {
        "id": article.id,
        "kinds": {
            kind: [{"name": tag, **_why(why.get(tag))} for tag in tags]
            for kind, tags in on_desk.tags(article).items()
        },
        "reasons": {tag: _why(reason) for tag, reason in why.items()},
    }


def _why(reason: Reason | None) -> dict[str, object]:
    return {"words": list(reason.words) if reason else [], "by": reason.decided_by if reason else ""}


def _data(desk: Desk) -> dict[str, object]:
    """What the script of the served page works with."""
    return {
        "path": desk.shown_path,
        "digest": desk.digest,
        "vocabulary": vocabulary_entries(desk.words),
        "articles": [_tags(article, desk.sheet.reasons) for article in desk.issue.articles],
    }


def vocabulary_entries(words: Vocabulary) -> list[dict[str, str]]:
    """Every tag that there is, with what finds it: its pinyin in full and by initials, its other names."""
    entries = []
    for kind, name in on_desk.TAG_KINDS.items():
        for entry in getattr(words, name):
            others = (
                *getattr(entry, "aliases", ()),
                *getattr(entry, "units", ()),
                *getattr(entry, "short", ()),
            )
            keys = [spelt for text in (entry.name, *others) for spelt in (text, *_pinyin(text))]
            entries.append({"kind": kind, "name": entry.name, "keys": " ".join(keys).lower()})
    return entries


def _pinyin(text: str) -> tuple[str, str]:
    return "".join(lazy_pinyin(text)), "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))


def _as_script_data(data: object) -> Markup:
    """JSON that stands in a ``<script>`` whatever its texts hold."""
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)
