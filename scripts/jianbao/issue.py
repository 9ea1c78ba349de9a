"""An issue of the bulletin (一期简报) and its parts: plain values that every other module shares.

Nothing here reads a file or knows Markdown. Values check themselves when they are made, so that an ``Issue``
that exists is one that can be archived.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a section of the issue is: a long article (要目) or a one-paragraph brief (动态)."""

    FEATURE = "feature"
    BRIEF = "brief"


class Delivery(StrEnum):
    """How a recipient gets the issue, after the verbs of the distribution list.

    报 to superiors, 送 to peers, 发 to subordinates, 增发 for this issue only.
    """

    REPORT = "报"
    SEND = "送"
    ISSUE = "发"
    EXTRA = "增发"


@dataclass(frozen=True)
class Recipient:
    """One entry of the distribution list, as printed: ``Recipient("后方单位有关领导同志", Delivery.REPORT)``."""

    name: str
    delivery: Delivery


# The kinds of findings that say what was done; all others ask a person to look.
REPAIRS = frozenset({
    "control_characters", "radical_replaced", "page_mark_removed", "running_head_removed", "rule_removed",
    "conversion_mark_removed", "conversion_mark_replaced", "page_break_joined", "line_wrap_joined",
    "title_space_removed", "column_name_removed", "site_line_removed", "tracked_changes_accepted",
    "watermark_removed",
})  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """Something the importer did or doubts.

    ``kind`` is stable and English, for programs; ``message`` is Chinese, for people; ``line`` is the line of
    the source file, counted from 1, or None where the finding belongs to no line. ``article`` is the id of the
    article whose tags it is about, "" where it is about something else.
    """

    kind: str
    line: int | None
    message: str
    article: str = ""

    @property
    def is_repair(self) -> bool:
        """Whether it says what was done; any other asks a person to look."""
        return self.kind in REPAIRS


@dataclass(frozen=True)
class Table:
    """A table in an article: rows of cells, the first row its head."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Each row as one line of text."""
        return tuple("　".join(cell for cell in row if cell) for row in self.rows)


@dataclass(frozen=True)
class Figure:
    """A picture in an article: its file, named from the issue's page (``020/a01-1.png``), and its caption."""

    path: str
    caption: str | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.caption,) if self.caption else ()


@dataclass(frozen=True)
class Article:
    """One article: a feature or a brief, with the tags that are its own.

    ``id`` is lasting (``a01``): links from outside point at it. ``contents_title`` is the headline as the
    issue's contents list (要目) prints it, None where the contents do not list the article. ``body`` holds
    paragraphs, tables and pictures in printed order.
    """

    id: str
    kind: Kind
    title: str
    subtitle: str | None = None
    contents_title: str | None = None
    work_groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    body: tuple[str | Table | Figure, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError(f"文章 {self.id} 没有标题")

    @property
    def full_title(self) -> str:
        """Title and subtitle as one line, joined by the dash that the contents list uses."""
        return f"{self.title}——{self.subtitle}" if self.subtitle else self.title

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All text of the body, paragraph by paragraph; a table's rows and a picture's caption are such, too."""
        texts = ((each,) if isinstance(each, str) else each.texts for each in self.body)
        return tuple(text for group in texts for text in group)

    @property
    def tags(self) -> tuple[str, ...]:
        return self.work_groups + self.themes + self.places


@dataclass(frozen=True)
class Original:
    """The source file that the issue was imported from: its own name and the SHA-256 of its bytes (hex)."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Correction:
    """A correction (更正) made after the issue was published: on which day, what was wrong and what it is now.

    ``articles`` are the ids of the articles it concerns, none where it concerns the issue as a whole.
    """

    date: datetime.date
    text: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiver:
    """A rule of ``jianbao check`` that this page need not keep (``JB402``), with the reason that a person gave."""

    rule: str
    reason: str


@dataclass(frozen=True)
class Issue:
    """One issue of a bulletin.

    ``numbers`` holds one number, or several when issues were merged (第5、6期合刊). ``supplement`` is true for
    a 增刊, which is numbered by itself. ``cumulative`` is the 总第N期, None where it is not printed.
    ``contents_without_article`` keeps the headlines of the contents list for which no article was found.
    ``colophon`` holds the lines of the editorial footer (主编、审核、联系电话、共印N份) as printed.
    ``corrections`` stand in the order of the page.
    """

    title: str
    year: int
    numbers: tuple[int, ...]
    cumulative: int | None = None
    date: datetime.date | None = None
    issuer: str | None = None
    distribution: tuple[Recipient, ...] = ()
    articles: tuple[Article, ...] = ()
    contents_without_article: tuple[str, ...] = ()
    original: Original | None = None
    supplement: bool = False
    colophon: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    waivers: tuple[Waiver, ...] = ()

    def __post_init__(self) -> None:
        if not self.numbers or min(self.numbers) < 1:
            raise ValueError("期号必须是正整数")
        if not 1949 <= self.year <= 2999:
            raise ValueError(f"年份 {self.year} 不像简报的年份")
        ids = [article.id for article in self.articles]
        repeated = {id for id in ids if ids.count(id) > 1}
        if repeated:
            raise ValueError(f"文章编号重复：{'、'.join(sorted(repeated))}")
        named = {id for correction in self.corrections for id in correction.articles}
        if not named <= set(ids):
            raise ValueError(f"更正所说的文章不在本期：{'、'.join(sorted(named - set(ids)))}")

    @property
    def slug(self) -> str:
        return slug(self.numbers, self.supplement)

    @property
    def label(self) -> str:
        """How the issue is named in print: ``2017年第20期``, ``2018年第5、6期合刊``, ``2018年增刊第1期``."""
        numbers = "、".join(str(number) for number in self.numbers)
        if self.supplement:
            return f"{self.year}年增刊第{numbers}期"
        return f"{self.year}年第{numbers}期" + ("合刊" if len(self.numbers) > 1 else "")

    @property
    def full_label(self) -> str:
        """The label with the running number, where it is printed: ``2017年第20期（总第20期）``."""
        return f"{self.label}（总第{self.cumulative}期）" if self.cumulative else self.label

    @property
    def features(self) -> tuple[Article, ...]:
        return tuple(article for article in self.articles if article.kind is Kind.FEATURE)

    @property
    def briefs(self) -> tuple[Article, ...]:
        return tuple(article for article in self.articles if article.kind is Kind.BRIEF)

    @property
    def corrected(self) -> datetime.date | None:
        """The day of the last correction, None where there is none."""
        return max((correction.date for correction in self.corrections), default=None)

    def corrections_of(self, article: Article) -> tuple[Correction, ...]:
        """The corrections that concern ``article``."""
        return tuple(correction for correction in self.corrections if article.id in correction.articles)

    @property
    def tags(self) -> tuple[str, ...]:
        """The union of the articles' tags, in the order in which they first occur."""
        return tuple(dict.fromkeys(tag for article in self.articles for tag in article.tags))


def slug(numbers: tuple[int, ...], supplement: bool) -> str:
    """An issue's name within its year, safe as a file name: ``020``, ``005-006`` or ``s01`` (增刊)."""
    if supplement:
        return "s" + "-".join(f"{number:02d}" for number in numbers)
    return "-".join(f"{number:03d}" for number in numbers)
