"""The whole archive as data, in ``data/``, and the page that documents it (开放数据, ``data.html``).

===================  =======================================================================================
index.json           the archive, its years, and where their files are
issues/2017.json     everything of a year: its issues, their articles
articles/2017.jsonl  JSON Lines, an article a line with the head of its issue
articles/2017.csv    the same as a table, for a spreadsheet
text/2017/020.txt    an issue as plain text
schema.json          JSON Schema of ``issues/`` (``#/$defs/line`` is a line of ``articles/``, ``#/$defs/index`` the index)
SHA256SUMS           checksums, for ``sha256sum -c``
===================  =======================================================================================

A file holds a year at most: a correction changes that one, and no archive is ever one string. Fields without a
value are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jianbao.archive import original_path
from jianbao.issue import Article, Correction, Figure, Issue, Table
from jianbao.page import KIND_NAMES
from jianbao.shelf import Entry
from jianbao.site import feeds, plain_text, spreadsheet, years
from jianbao.site.site import MadeFile, MadePage, Site

FOLDER = "data"
FORMAT = "2.0"

# A column of the table → what it holds. The first ones are those of the search page's table.
COLUMNS = {
    "期": "期的名称，如“2017年第20期”",
    "日期": "印发日期，年-月-日",
    "标题": "标题，副题在破折号后",
    "栏目": "要目或动态",
    "工作组": "工作组，几个之间用顿号",
    "主题": "主题，几个之间用顿号",
    "地点": "地点，几个之间用顿号",
    "地址": "文章的地址，从网站根起",
    "刊名": "刊名，照报头",
    "编发单位": "编发单位",
    "正文": "正文，一段一行；表格一行一行，图片只有说明",
    "更正": "涉及本文的更正，一条一行：日期　说明",
}
# The columns that no row leaves empty.
ALWAYS = frozenset({"期", "标题", "栏目", "地址", "刊名"})


@dataclass(frozen=True)
class Field:
    """A field or a column as the page documents it; ``is_required`` where it is always there."""

    name: str
    meaning: str
    is_required: bool


@dataclass(frozen=True)
class DataFile:
    """A file of the data as the page documents it; ``parts`` are (what has the fields, its fields)."""

    path: str
    meaning: str
    parts: tuple[tuple[str, tuple[Field, ...]], ...] = ()


def files_of_year(site: Site, year: int, entries: Sequence[Entry]) -> Iterator[MadeFile]:
    """The files of a year; ``entries`` are its issues with their text, from the oldest on."""
    yield f"{FOLDER}/issues/{year}.json", _issues(site, year, entries)
    yield f"{FOLDER}/articles/{year}.jsonl", _articles(entries)
    yield f"{FOLDER}/articles/{year}.csv", spreadsheet.lines(COLUMNS, _rows(entries))


def text_file(entry: Entry) -> MadeFile:
    """An issue, with its text, as plain text."""
    return f"{FOLDER}/text/{_id(entry.issue)}.txt", plain_text.lines(entry.issue)


def files(site: Site) -> Iterator[MadeFile]:
    """The files that belong to no year, but for the checksums."""
    yield f"{FOLDER}/index.json", _index(site)
    yield f"{FOLDER}/schema.json", schema()


def checksums(sums: Iterable[tuple[str, str]]) -> MadeFile:
    """The list of checksums, of (path below the site's root, SHA-256 in hex), in the order given.

    The texts come from the oldest issue to the newest: what tells editions apart (``editions/changes``) reads it so.
    """
    lines = (f"{sum}  {path.removeprefix(f'{FOLDER}/')}\n" for path, sum in sums)
    return f"{FOLDER}/SHA256SUMS", "".join(lines)


def pages(site: Site) -> Iterator[MadePage]:
    """The page 开放数据."""
    issuers = {entry.issue.issuer for entry in site.shelf.entries}
    context = {
        "data_files": _documented(),
        "data_folder": FOLDER,
        "data_years": years.of(site.shelf),
        "data_format": FORMAT,
        "data_licence": site.licence,
        # Who has issued everything is the one to cite; of several none stands for the rest.
        "data_author": issuers.pop() if len(issuers) == 1 else None,
        "data_feeds": feeds.offered(site),
    }
    yield MadePage("data", "开放数据", "data.html", context)


@cache
def schema() -> str:
    """The JSON Schema that the data keep."""
    return resources.files(__package__).joinpath("schema.json").read_text("utf-8")


def issue_data(entry: Entry) -> dict[str, object]:
    """An issue as ``issues/`` have it."""
    issue = entry.issue
    original = issue.original and {
        "name": issue.original.name,
        "sha256": issue.original.sha256,
        "address": original_path(issue).as_posix(),
    }
    return _known(
        id=_id(issue),
        title=issue.title,
        label=issue.label,
        year=issue.year,
        numbers=issue.numbers,
        supplement=issue.supplement,
        cumulative=issue.cumulative,
        date=_date(issue),
        issuer=issue.issuer,
        address=entry.url,
        original=original,
        contents_without_article=issue.contents_without_article,
        distribution=[{"name": each.name, "delivery": each.delivery.value} for each in issue.distribution],
        colophon=issue.colophon,
        corrections=[_correction(each) for each in issue.corrections],
    ) | {"articles": [article_data(entry, article) for article in issue.articles]}


def article_data(entry: Entry, article: Article) -> dict[str, object]:
    """An article as ``issues/`` and ``articles/`` have it."""
    return _known(
        id=article.id,
        kind=article.kind.value,
        title=article.title,
        subtitle=article.subtitle,
        contents_title=article.contents_title,
        address=entry.address(article),
        work_groups=article.work_groups,
        themes=article.themes,
        places=article.places,
        corrections=[_correction(each) for each in entry.issue.corrections_of(article)],
    ) | {"body": [_block(entry, block) for block in article.body]}


def _index(site: Site) -> str:
    data = _known(
        format=FORMAT,
        archive=site.name,
        site=site.url,
        licence=site.licence,
        newest=site.shelf.newest and site.shelf.newest.issue.label,
        issue_count=len(site.shelf.entries),
        article_count=site.shelf.article_count,
    )
    data["years"] = [
        {
            "year": year.number,
            "issue_count": len(year.entries),
            "article_count": year.article_count,
            "issues": f"{FOLDER}/issues/{year.number}.json",
            "articles": f"{FOLDER}/articles/{year.number}.jsonl",
            "table": f"{FOLDER}/articles/{year.number}.csv",
        }
        for year in reversed(years.of(site.shelf))
    ]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _issues(site: Site, year: int, entries: Sequence[Entry]) -> Iterator[str]:
    head = _known(
        format=FORMAT,
        archive=site.name,
        site=site.url,
        licence=site.licence,
        year=year,
        issue_count=len(entries),
        article_count=sum(len(entry.issue.articles) for entry in entries),
    )
    # The head's last brace makes room for the issues, one a line.
    yield f'{_json(head)[:-1]},"issues":['
    for place, entry in enumerate(entries):
        yield f"{',' if place else ''}\n{_json(issue_data(entry))}"
    yield "\n]}\n"


def _articles(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        issue = entry.issue
        head = _known(
            id=_id(issue), title=issue.title, label=issue.label, date=_date(issue), issuer=issue.issuer
        )
        for article in issue.articles:
            yield _json({"issue": head, "article": article_data(entry, article)}) + "\n"


def _rows(entries: Iterable[Entry]) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        issue = entry.issue
        for article in issue.articles:
            yield (
                issue.label,
                _date(issue) or "",
                article.full_title,
                KIND_NAMES[article.kind],
                "、".join(article.work_groups),
                "、".join(article.themes),
                "、".join(article.places),
                entry.address(article),
                issue.title,
                issue.issuer or "",
                "\n".join(article.paragraphs),
                "\n".join(f"{each.date}　{each.text}" for each in issue.corrections_of(article)),
            )


def _correction(correction: Correction) -> dict[str, object]:
    return _known(date=correction.date.isoformat(), text=correction.text, articles=list(correction.articles))


def _block(entry: Entry, block: str | Table | Figure) -> dict[str, object]:
    match block:
        case Table():
            return {"table": block.rows}
        case Figure():
            folder = entry.url.rpartition("/")[0]
            return _known(figure=f"{folder}/{block.path}", caption=block.caption)
        case _:
            return {"text": block}


def _documented() -> tuple[DataFile, ...]:
    whole = json.loads(schema())
    parts = whole["$defs"]
    columns = tuple(Field(name, meaning, name in ALWAYS) for name, meaning in COLUMNS.items())
    return (
        DataFile(
            "index.json",
            "目录：有哪些年份，各年的文件在哪里",
            tuple(map(_part, (parts["index"], parts["year"]))),
        ),
        DataFile(
            "issues/年.json",
            "一年的全部内容：各期、各篇和全文，如 issues/2017.json",
            tuple(map(_part, (whole, parts["issue"], parts["article"]))),
        ),
        DataFile(
            "articles/年.jsonl", "JSON Lines，一行一篇，如 articles/2017.jsonl", (_part(parts["line"]),)
        ),
        DataFile(
            "articles/年.csv",
            "表格，一行一篇，如 articles/2017.csv（Excel 可直接打开；以 =、+、-、@ 开头的单元格前加了单引号，以免当作公式）",
            (("一行", columns),),
        ),
        DataFile("text/年/期.txt", "纯文本，一期一个文件，如 text/2017/020.txt；表格一行一行，图片只有说明"),
        DataFile(
            "schema.json",
            "JSON Schema：issues/年.json 的格式；articles/年.jsonl 的一行见其中的 $defs/line，index.json 见 $defs/index",
        ),
        DataFile("SHA256SUMS", "以上各文件的校验值，用 sha256sum -c SHA256SUMS 核对"),
    )


def _part(part: dict) -> tuple[str, tuple[Field, ...]]:
    required = part["required"]
    fields = (
        Field(name, field["description"], name in required) for name, field in part["properties"].items()
    )
    return part["description"], tuple(fields)


def _id(issue: Issue) -> str:
    return f"{issue.year}/{issue.slug}"


def _date(issue: Issue) -> str | None:
    return issue.date.isoformat() if issue.date else None


def _known(**fields: object) -> dict[str, object]:
    """The fields that have a value; no and nought are values."""
    return {name: value for name, value in fields.items() if value not in (None, "", (), [])}


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
