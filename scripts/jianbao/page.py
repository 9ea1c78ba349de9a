"""An issue's page: Issue ↔ Markdown, both ways.

The page is what editors see and change, so its words are Chinese and each fact stands once: the issue's in the
front matter, an article's in the block ``/// 文章`` under its heading. ``write`` makes the page of a newly
imported issue; from then on the page is the truth and ``parse`` reads it. A page is never written from a
parsed issue: that would lose what an editor added (a table, an emphasis).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import yaml

from jianbao import literal
from jianbao.errors import PageError
from jianbao.issue import (
    Article,
    Correction,
    Delivery,
    Figure,
    Issue,
    Kind,
    Original,
    Recipient,
    Table,
    Waiver,
)

BLOCK_NAME = "文章"
KIND_NAMES = {Kind.FEATURE: "要目", Kind.BRIEF: "动态"}
KINDS = {name: kind for kind, name in KIND_NAMES.items()}

FRONT_MATTER_KEYS = (
    "刊名", "年份", "期号", "增刊", "总期号", "日期", "编发单位", "分送", "编辑信息", "要目无文", "更正", "原件", "免检",
)  # fmt: skip
CORRECTION_KEYS = ("日期", "说明", "文章")
ARTICLE_KEYS = ("栏目", "副题", "要目标题", "工作组", "地点", "主题")

# The one in C is many times as fast.
YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_REMARK = re.compile(r"(?:^|\s)#.*$")
_HEADING = re.compile(r"^##[ ]+(?P<title>.*?)[ ]*\{#(?P<id>[A-Za-z][\w-]*)\}[ ]*$")
_FIGURE = re.compile(r"^!\[(?P<caption>(?:\\.|[^\]\\])*)\]\((?P<path>[^()\s]+)\)$")
_TABLE_RULE = re.compile(r"^\|[ :|-]+\|$")
_WIDE_COLON = re.compile(
    rf"^(?P<start>[ ]*(?:- )?)(?P<key>{'|'.join((*FRONT_MATTER_KEYS, *CORRECTION_KEYS, *ARTICLE_KEYS, '文件名'))})：[ ]?"
)
_BLOCK_START = re.compile(rf"^/{{3,}}[ ]*{BLOCK_NAME}[ ]*$")
_BLOCK_END = re.compile(r"^/{3,}[ ]*$")


def write(issue: Issue) -> str:
    """The Markdown page of ``issue``, ending with a line break; the same issue gives the same bytes."""
    parts = [f"---\n{_yaml(_front_matter(issue), flow=False)}---\n"]
    parts += [_section(article) for article in issue.articles]
    return "\n".join(parts)


def parse(text: str, path: str) -> Issue:
    """The issue on a page.

    ``path`` is named in messages only. A paragraph is the text that the page shows: of Markdown that an editor
    added, its words. Raises PageError, its message
    ``path：第N行：…``, where the page does not have the form that ``write`` gives.
    """
    page = _Page.of(text, path)
    meta, body_start = page.front_matter()
    page.refuse_stray_lines(body_start)
    articles = tuple(_article(page, start, end) for start, end in page.sections(body_start))
    fields = _Fields(page, 1, meta, FRONT_MATTER_KEYS)
    facts = {name: read(fields) for name, read in _FACTS.items()}
    try:
        return Issue(articles=articles, **facts)
    except ValueError as error:
        raise page.error(1, str(error)) from None


def faults(text: str, path: str) -> tuple[PageError, ...]:
    """All that keeps ``parse`` from reading the page, in the order of its lines: one for each article and each fact.

    None where ``parse`` reads it. Of a head that is no YAML, the facts are not known, but the articles are looked at.
    """
    page = _Page.of(text, path)
    found: list[PageError] = []

    def attempt(read: Callable, *arguments: object) -> object:
        try:
            return read(*arguments)
        except PageError as error:
            found.append(error)

    front = attempt(page.front_matter)
    if not front and page.lines[0].strip() == "---" and page.body_start:
        # Full-width colons hide what else is wrong in the head.
        found[:] = page.wide_colons(1, page.body_start)
        page = page.with_narrow_colons_in_head()
        front = attempt(page.front_matter) or ({}, page.body_start)
    if front:
        meta, body_start = front
        attempt(page.refuse_stray_lines, body_start)
        for start, end in page.sections(body_start):
            attempt(_article, page, start, end)
        known = {key: value for key, value in meta.items() if key in FRONT_MATTER_KEYS}
        attempt(_Fields, page, 1, meta, FRONT_MATTER_KEYS)
        for read in _FACTS.values() if meta else ():
            attempt(read, _Fields(page, 1, known, FRONT_MATTER_KEYS))
        if not found:
            attempt(parse, text, path)
    return tuple(sorted(found, key=lambda error: error.line))


def set_tags(text: str, path: str, changes: Mapping[str, Mapping[str, tuple[str, ...]]]) -> str:
    """The page with other tags: for an article's id, the lists that take the place of what stands there.

    ``changes`` is like ``{"a02": {"主题": ("教育", "就业创业")}}``; the keys are 工作组, 地点 and 主题. Every other
    line of the page stays as it is, byte by byte. Raises PageError where the page cannot be parsed or has no such
    article.
    """
    typed = text.split("\n")
    page = _Page(path, tuple(line.removesuffix("\r") for line in typed))
    _, body_start = page.front_matter()
    page.refuse_stray_lines(body_start)
    blocks = {}
    for start, end in page.sections(body_start):
        article = _article(page, start, end)
        first = next(i for i in range(start + 1, end) if _BLOCK_START.match(page.lines[i])) + 1
        blocks[article.id] = range(
            first, next(i for i in range(first, end) if _BLOCK_END.match(page.lines[i]))
        )
    lines: list[str | None] = list(typed)
    for id, options in changes.items():
        if id not in blocks:
            raise page.error(1, f"这一页没有文章 {id}")
        for key, values in options.items():
            _set_option(lines, blocks[id], key, values)
    return "\n".join(line for line in lines if line is not None)


def _set_option(lines: list[str | None], block: range, key: str, values: tuple[str, ...]) -> None:
    """Put ``key: [values]`` in the place of its lines in ``block``, or after the last line where it is missing.

    What an editor remarked there after a # stands behind it. A line that goes is None, so that the others keep their
    numbers.
    """
    end = "\r" if lines[block[0]].endswith("\r") else ""
    written = f"    {_yaml({key: list(values)}, flow=None).rstrip()}{end}"
    place = next((i for i in block if lines[i] is not None and lines[i].strip().startswith(f"{key}:")), None)
    if place is None:
        last = max(i for i in block if lines[i] is not None)
        lines[last] = f"{lines[last]}\n{written}"
        return
    indent = len(lines[place]) - len(lines[place].lstrip())
    remarks = _remark(lines[place])
    for i in range(place + 1, block.stop):
        line = lines[i] or ""
        # What a list on several lines goes on with: deeper lines, and items at the key's own depth.
        if not line.strip() or (
            len(line) - len(line.lstrip()) <= indent and not line.lstrip().startswith("- ")
        ):
            break
        remarks += _remark(line)
        lines[i] = None
    lines[place] = f"{written.removesuffix(end)}{remarks}{end}"


def _remark(line: str) -> str:
    """``  # 原文如此`` of a line of YAML, empty where it has none; a # within quotation marks is text."""
    bare = _QUOTED.sub(lambda match: "x" * len(match[0]), line)
    match = _REMARK.search(bare)
    return f"  {line[match.start() :].strip()}" if match else ""


def body(text: str) -> str:
    """What of a page, which can be parsed, is Markdown: all that follows the front matter."""
    lines = text.split("\n")
    end = next(place for place, line in enumerate(lines[1:], 1) if line.strip() in ("---", "..."))
    return "\n".join(lines[end + 1 :]).lstrip("\n")


# Issue → page


def _front_matter(issue: Issue) -> dict[str, object]:
    deliveries = dict.fromkeys(recipient.delivery for recipient in issue.distribution)
    values = {
        "刊名": issue.title,
        "年份": issue.year,
        "期号": issue.numbers[0] if len(issue.numbers) == 1 else list(issue.numbers),
        "增刊": issue.supplement,
        "总期号": issue.cumulative,
        "日期": issue.date,
        "编发单位": issue.issuer,
        "分送": {
            delivery.value: [r.name for r in issue.distribution if r.delivery is delivery]
            for delivery in deliveries
        },
        "编辑信息": list(issue.colophon),
        "要目无文": list(issue.contents_without_article),
        "更正": [_correction(each) for each in issue.corrections],
        "原件": issue.original and {"文件名": issue.original.name, "sha256": issue.original.sha256},
        "免检": {waiver.rule: waiver.reason for waiver in issue.waivers},
    }
    return {key: value for key, value in values.items() if value not in (None, False, [], {})}


def _correction(correction: Correction) -> dict[str, object]:
    values = {"日期": correction.date, "说明": correction.text}
    return values | ({"文章": list(correction.articles)} if correction.articles else {})


def _section(article: Article) -> str:
    options = {
        "栏目": KIND_NAMES[article.kind],
        "副题": article.subtitle,
        "要目标题": article.contents_title,
        "工作组": list(article.work_groups),
        "地点": list(article.places),
        "主题": list(article.themes),
    }
    options = {key: value for key, value in options.items() if value is not None}
    block = "".join(f"    {line}\n" for line in _yaml(options, flow=None).splitlines())
    body = "".join(f"\n{_block(each)}\n" for each in article.body)
    heading = f"## {literal.escape(article.title)} {{#{article.id}}}"
    return f"{heading}\n\n/// {BLOCK_NAME}\n{block}///\n{body}"


def _block(block: str | Table | Figure) -> str:
    match block:
        case Table(rows):
            width = max(map(len, rows))
            cells = [[*map(_cell, row), *[" "] * (width - len(row))] for row in rows]
            lines = [cells[0], ["---"] * width, *cells[1:]]
            return "\n".join(f"| {' | '.join(line)} |" for line in lines)
        case Figure(path, caption):
            return f"![{literal.escape(caption or '')}]({path})"
    return literal.escape(block)


def _cell(text: str) -> str:
    return literal.escape(text).replace("|", "&#124;") or " "


def _yaml(values: dict[str, object], flow: bool | None) -> str:
    """YAML in the order given; ``flow=None`` sets lists on one line (``工作组: [武进工作组]``)."""
    return yaml.safe_dump(
        values, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=float("inf")
    )


# page → Issue


@dataclass(frozen=True)
class _Page:
    """The lines of a page, and how to say where a fault is."""

    path: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, text: str, path: str) -> _Page:
        return cls(path, tuple(text.replace("\r\n", "\n").split("\n")))

    def error(self, number: int, message: str) -> PageError:
        return PageError(self.path, number, message)

    def yaml(self, text: str, first: int) -> dict[str, object]:
        """The mapping in ``text``, whose first line is line ``first`` of the page."""
        try:
            values = yaml.load(text, YamlLoader)
        except yaml.YAMLError:
            raise next(self.wide_colons(first, first + text.count("\n") + 1), None) or self.error(
                first + _line_of_fault(text), "不是“名称: 内容”的写法；请检查半角冒号、其后的空格和缩进"
            ) from None
        except ValueError:  # 日期: 2017-02-30
            raise self.error(
                first + _line_without_day(text), "有不存在的日期；请写成 2017-08-07 的样子"
            ) from None
        if not isinstance(values, dict):
            raise next(self.wide_colons(first, first + text.count("\n") + 1), None) or self.error(
                first, "应当是“名称: 内容”的若干行"
            )
        return values

    def wide_colons(self, first: int, stop: int) -> Iterator[PageError]:
        """What most often makes YAML fail, each at its own line (from ``first``): YAML names a later one."""
        for number, line in enumerate(self.lines[first - 1 : stop - 1], start=first):
            match = _WIDE_COLON.match(line)
            if match:
                yield self.error(number, f"“{match['key']}”后面是全角冒号；应当是半角冒号加一个空格")

    def with_narrow_colons_in_head(self) -> _Page:
        """The page as it would be with half-width colons after the names in its head."""
        head = (_WIDE_COLON.sub(r"\g<start>\g<key>: ", line) for line in self.lines[: self.body_start])
        return _Page(self.path, (*head, *self.lines[self.body_start :]))

    @cached_property
    def body_start(self) -> int | None:
        """The index of the first line after the front matter, None where it does not end."""
        ends = (i for i, line in enumerate(self.lines) if i and line.strip() in ("---", "..."))
        return next((end + 1 for end in ends), None)

    def front_matter(self) -> tuple[dict[str, object], int]:
        """The front matter, and the index of the first line after it."""
        if self.lines[0].strip() != "---":
            raise self.error(1, "第一行应当是 ---，其下是刊名、年份、期号等")
        if not self.body_start:
            raise self.error(1, "开头的 --- 没有配对的 ---")
        return self.yaml("\n".join(self.lines[1 : self.body_start - 1]), 2), self.body_start

    def sections(self, start: int) -> Iterator[tuple[int, int]]:
        """For each ``## `` heading from line index ``start`` on: its index and that of the next one."""
        starts = [index for index in range(start, len(self.lines)) if self.lines[index].startswith("## ")]
        return pairwise([*starts, len(self.lines)])

    def refuse_stray_lines(self, start: int) -> None:
        """Raise PageError where a line from index ``start`` on stands before the first article."""
        for index in range(start, len(self.lines)):
            if self.lines[index].startswith("## "):
                return
            if self.lines[index].strip():
                raise self.error(index + 1, "这一行不在任何文章里；每篇文章以“## 标题 {#a01}”开头")


def _article(page: _Page, start: int, end: int) -> Article:
    heading = _HEADING.match(page.lines[start])
    if not heading:
        raise page.error(start + 1, "文章标题应当写成“## 标题 {#a01}”，编号在全页不重复、不改动")
    block = next((i for i in range(start + 1, end) if page.lines[i].strip()), None)
    if block is None or not _BLOCK_START.match(page.lines[block]):
        raise page.error(start + 1, f"标题下面缺少“/// {BLOCK_NAME}”（栏目、工作组、地点、主题）")
    close = next((i for i in range(block + 1, end) if _BLOCK_END.match(page.lines[i])), None)
    if close is None:
        raise page.error(block + 1, f"“/// {BLOCK_NAME}”没有用单独一行 /// 结束")
    options = page.yaml("\n".join(page.lines[block + 1 : close]), block + 2)
    fields = _Fields(page, block + 1, options, ARTICLE_KEYS)
    kind = fields.text("栏目", required=True)
    if kind not in KINDS:
        raise page.error(block + 1, f"栏目“{kind}”不对，应当是{'或'.join(KINDS)}")
    try:
        return Article(
            id=heading["id"],
            kind=KINDS[kind],
            title=literal.shown(heading["title"]),
            subtitle=fields.text("副题"),
            contents_title=fields.text("要目标题"),
            work_groups=fields.texts("工作组"),
            places=fields.texts("地点"),
            themes=fields.texts("主题"),
            body=tuple(_body(page.lines[close + 1 : end])),
        )
    except ValueError as error:
        raise page.error(start + 1, str(error)) from None


def _body(lines: tuple[str, ...]) -> Iterator[str | Table | Figure]:
    for block in re.split(r"\n[ \t]*\n", "\n".join(lines)):
        block = block.strip("\n")
        figure = _FIGURE.match(block)
        rows = block.split("\n")
        if figure:
            yield Figure(figure["path"], literal.unescape(figure["caption"]) or None)
        elif len(rows) > 1 and _TABLE_RULE.match(rows[1]) and all(row.startswith("|") for row in rows):
            yield Table(tuple(_cells(row) for row in (rows[0], *rows[2:])))
        elif block.strip():
            yield literal.shown(block)


def _cells(row: str) -> tuple[str, ...]:
    cells = re.split(r"(?<!\\)\|", row.strip().strip("|"))
    return tuple(literal.shown(cell.strip()) for cell in cells)


def _line_of_fault(text: str) -> int:
    """The line, from 0, at which YAML goes wrong; the loader in C names one further on."""
    try:
        yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        return error.problem_mark.line if error.problem_mark else 0
    except yaml.YAMLError:
        pass
    return 0


def _line_without_day(text: str) -> int:
    """The line, from 0, with a date that is in no calendar."""
    for number, line in enumerate(text.split("\n")):
        for year, month, day in re.findall(r"(\d{4})-(\d\d?)-(\d\d?)", line):
            try:
                datetime.date(int(year), int(month), int(day))
            except ValueError:
                return number
    return 0


@dataclass(frozen=True)
class _Fields:
    """Typed access to a mapping that a person may have typed; every complaint names the key."""

    page: _Page
    line: int
    values: dict[str, object]
    known: tuple[str, ...]

    def __post_init__(self) -> None:
        for key in self.values:
            if key not in self.known:
                raise self.wrong(key, f"不认识；可用的有{'、'.join(self.known)}")

    def wrong(self, key: object, message: str) -> PageError:
        lines = enumerate(self.page.lines[self.line - 1 :], start=self.line)
        number = next((n for n, line in lines if line.strip().startswith(f"{key}:")), self.line)
        return self.page.error(number, f"“{key}”{message}")

    def text(self, key: str, required: bool = False) -> str | None:
        value = self.values.get(key)
        if value is None and not required:
            return None
        # A name of figures only (刊名: 2017) is read by YAML as a number.
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "应当是一行文字")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str | int) for item in value):
            raise self.wrong(key, "应当写成 [甲, 乙]，没有时写 []")
        return tuple(str(item) for item in value)

    def integer(self, key: str, required: bool = False) -> int | None:
        value = self.values.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(key, "应当是数字")
        return value

    def integers(self, key: str) -> tuple[int, ...]:
        value = self.values.get(key)
        numbers = value if isinstance(value, list) else [value]
        if not numbers or not all(isinstance(n, int) and not isinstance(n, bool) for n in numbers):
            raise self.wrong(key, "应当是数字，合刊写成 [5, 6]")
        return tuple(numbers)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "应当是 true 或 false")
        return value

    def date(self, key: str) -> datetime.date | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
            raise self.wrong(key, "应当写成 2017-08-07 的样子")
        return value

    def mapping(self, key: str) -> dict[str, object]:
        value = self.values.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.wrong(key, "下面应当是“名称: 内容”的若干行")
        return value

    def recipients(self, key: str) -> tuple[Recipient, ...]:
        fields = _Fields(self.page, self.line, self.mapping(key), tuple(d.value for d in Delivery))
        return tuple(Recipient(name, Delivery(verb)) for verb in fields.values for name in fields.texts(verb))

    def original(self, key: str) -> Original | None:
        mapping = self.mapping(key)
        if not mapping:
            return None
        fields = _Fields(self.page, self.line, mapping, ("文件名", "sha256"))
        return Original(fields.text("文件名", required=True), fields.text("sha256", required=True))

    def corrections(self, key: str) -> tuple[Correction, ...]:
        entries = self.values.get(key) or []
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.wrong(key, "下面应当是若干条“- 日期: 2026-11-24”，各带一行“说明: …”")
        return tuple(self._correction(key, entry) for entry in entries)

    def _correction(self, key: str, entry: dict[str, object]) -> Correction:
        fields = _Fields(self.page, self.line, entry, CORRECTION_KEYS)
        date = fields.date("日期")
        if date is None:
            raise self.wrong(key, "缺少日期；请写成“日期: 2026-11-24”")
        return Correction(date, fields.text("说明", required=True), fields.texts("文章"))

    def waivers(self, key: str) -> tuple[Waiver, ...]:
        mapping = self.mapping(key)
        if not all(isinstance(reason, str) and reason.strip() for reason in mapping.values()):
            raise self.wrong(key, "每条规则后面要写理由，如“JB402: 原文如此”")
        return tuple(Waiver(str(rule), reason) for rule, reason in mapping.items())


# A fact of the issue → how it is read from the front matter.
_FACTS: dict[str, Callable[[_Fields], object]] = {
    "title": lambda fields: fields.text("刊名", required=True),
    "year": lambda fields: fields.integer("年份", required=True),
    "numbers": lambda fields: fields.integers("期号"),
    "supplement": lambda fields: fields.flag("增刊"),
    "cumulative": lambda fields: fields.integer("总期号"),
    "date": lambda fields: fields.date("日期"),
    "issuer": lambda fields: fields.text("编发单位"),
    "distribution": lambda fields: fields.recipients("分送"),
    "colophon": lambda fields: fields.texts("编辑信息"),
    "contents_without_article": lambda fields: fields.texts("要目无文"),
    "original": lambda fields: fields.original("原件"),
    "corrections": lambda fields: fields.corrections("更正"),
    "waivers": lambda fields: fields.waivers("免检"),
}
