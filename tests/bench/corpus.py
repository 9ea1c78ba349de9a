"""The reference corpora: invented issues, the same for the same seed.

S is the real issue, M 500 invented ones, L 10,000 (80,000 articles). An issue has four features of about 900
characters and four briefs of about 200. Issue ``number`` is the same in every corpus; a smaller corpus is the
newest part of a larger one. The newest 504 issues are 24 a year, 1999 to 2019; the older ones, 190 a year from
1949 on, are there for their number only.

How natural: the words are in ``words.txt``, some 4,200 with Zipf's weights, by theme; names of people, villages,
schools and firms are made of syllables for each article anew. Of the Han bigrams (``python -m bench.naturalness``):

| | Han characters | distinct | most common | entropy |
|---|---|---|---|---|
| M | 1.9 million | 83,000 | 援疆 0.9 % | 13.0 bits |
| L | 37 million | 222,000 | 援疆 0.9 % | 13.1 bits |
| a public weekly on technology, general words | 1.7 million | 194,000 | 一个 0.7 % | 14.6 bits |
| the real issue | 4,100 | 2,035 | 援疆 2.0 % | 10.4 bits |
| one invented issue | 3,800 | 2,077 | 工作 1.0 % | 10.6 bits |
"""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from archives import ROOT
from bench.grammar import Grammar, Table, weighted, write
from jianbao import archive, page, vocabulary
from jianbao.issue import Article, Delivery, Issue, Kind, Recipient
from jianbao.shelf import Entry

SIZES = {"M": 500, "L": 10_000}
SEED = 20170807

NEWEST_YEAR = 2019
RECENT, RECENT_A_YEAR = 504, 24
OLDER_A_YEAR = 190
FEATURES, BRIEFS = 4, 4
# Paragraphs of a feature, and the length at which a paragraph ends.
PARAGRAPHS, PARAGRAPH_LENGTH, BRIEF_LENGTH = 4, 205, 170
TITLE_LENGTHS = range(12, 35)

# What an article has for itself, and how many of each.
CAST = {"人": ("人名", 3), "村": ("村名", 2), "乡": ("乡名", 2), "校": ("校名", 1), "企": ("企名", 1)}
OWN = frozenset({"组", "县", "派", *CAST})
NO_GROUP = vocabulary.WorkGroup("", sender="江苏省", places=("伊犁州",))

RECIPIENTS = (
    ("中央新疆办", Delivery.REPORT),
    ("省委、省人大、省政府、省政协、省纪委有关领导同志", Delivery.REPORT),
    ("新疆自治区党委、人大、政府、政协、纪委有关领导同志", Delivery.REPORT),
    ("省委组织部、援疆办", Delivery.REPORT),
    ("伊犁州党委、人大、政府、政协、纪委有关领导同志", Delivery.REPORT),
    ("后方单位有关领导同志", Delivery.REPORT),
    ("各工作组", Delivery.ISSUE),
)

_FIGURE_EDGE = re.compile(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
_FIGURE = re.compile(r"\d[\d.]{2,}(?:[万亿]?[\u4e00-\u9fff])?")


def issues(count: int, seed: int = SEED) -> Iterator[Issue]:
    """The newest ``count`` invented issues, oldest first, tagged, made one at a time."""
    for number in range(SIZES["L"] - count + 1, SIZES["L"] + 1):
        yield issue(number, seed)


def issue(number: int, seed: int = SEED) -> Issue:
    """The invented issue with the running number ``number``, 1 to 10,000."""
    rng = random.Random(f"{seed}-{number}")
    year, of_year, date = _calendar(number)
    spaced = (
        rng.random() < 1 / 3
    )  # some offices set figures apart from the Han beside them, as the real issue does
    titles: set[str] = set()
    articles = tuple(
        _article(
            rng, f"a{position:02d}", Kind.FEATURE if position <= FEATURES else Kind.BRIEF, titles, spaced
        )
        for position in range(1, FEATURES + BRIEFS + 1)
    )
    chosen = RECIPIENTS[: rng.randint(4, len(RECIPIENTS))]
    return Issue(
        title="援疆工作简报",
        year=year,
        numbers=(of_year,),
        cumulative=number,
        date=date,
        issuer="江苏省对口支援新疆伊犁州前方指挥部",
        distribution=tuple(Recipient(name, delivery) for name, delivery in chosen),
        articles=articles,
    )


def entries(count: int, seed: int = SEED) -> Iterator[Entry]:
    """The issues with the addresses that they have in a site of ours, oldest first."""
    for each in issues(count, seed):
        source = archive.page_path(each)
        yield Entry(each, str(source), str(source.with_suffix(".html")))


def text(issue: Issue) -> str:
    """The text file that an issue is imported from."""
    lines = [
        issue.title,
        f"{issue.year}年第{issue.numbers[0]}期（总第{issue.cumulative}期）",
        issue.issuer,
        f"{issue.date.year}年{issue.date.month}月{issue.date.day}日",
        "【本期要目】",
        *(f"★ {article.full_title}" for article in issue.features),
        "【本期动态】",
        *(f"☆ {article.full_title}" for article in issue.briefs),
    ]
    for article in issue.features:
        lines += [article.title, *([f"——{article.subtitle}"] if article.subtitle else []), *article.body]
    lines += ["【本期动态】", *(f"{article.title}。{article.body[0]}" for article in issue.briefs)]
    for delivery, verb in ((Delivery.REPORT, "本期报："), (Delivery.ISSUE, "发：")):
        names = [each.name for each in issue.distribution if each.delivery is delivery]
        lines += [f"{verb}{'，'.join(names)}。"] if names else []
    return "\n\n".join(lines) + "\n"


def write_docs(docs: Path, count: int, seed: int = SEED) -> None:
    """Write the pages of the newest ``count`` issues below ``docs/``, as an import does."""
    for each in issues(count, seed):
        path = docs / archive.page_path(each)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.write(each), "utf-8")


def queries(issues: Iterable[Issue], count: int = 200, seed: int = SEED) -> list[str]:
    """What people might type, drawn from the text: each query is in an article of ``issues``.

    Most are 2 to 12 Han characters that begin anywhere, inside words too, the short ones most often; one in
    twelve is a figure, one in twelve two such pieces of one article, parted by a space.
    """
    rng = random.Random(f"{seed}-queries")
    kept: list[str] = []
    # A reservoir: every article has the same chance, and no more than `count` are held.
    for seen, article in enumerate(article for issue in issues for article in issue.articles):
        place = len(kept) if len(kept) < count else rng.randint(0, seen)
        if place < count:
            kept[place : place + 1] = ["\n".join((article.title, *article.paragraphs))]
    return [_query(rng, kept[position % len(kept)]) for position in range(count)]


def _query(rng: random.Random, text: str) -> str:
    kind = rng.random()
    figures = _FIGURE.findall(text)
    if kind < 1 / 12 and figures:
        return rng.choice(figures)
    pieces = 2 if kind > 11 / 12 else 1
    return " ".join(_piece(rng, text) for _ in range(pieces))


def _piece(rng: random.Random, text: str) -> str:
    wanted = rng.choices(range(2, 13), (24, 18, 22, 8, 7, 5, 5, 3, 3, 2, 3))[0]
    places = [
        place for run in _HAN_RUN.finditer(text) for place in range(run.start(), run.end() - wanted + 1)
    ]
    if not places:
        return _HAN_RUN.findall(text)[0][:4]
    start = rng.choice(places)
    return text[start : start + wanted]


def _calendar(number: int) -> tuple[int, int, datetime.date]:
    """Year, number within the year and date of the issue with this running number."""
    if not 1 <= number <= SIZES["L"]:
        raise ValueError(f"the corpus has issues 1 to {SIZES['L']}, not {number}")
    back = SIZES["L"] - number
    if back < RECENT:
        years, place, a_year = *divmod(back, RECENT_A_YEAR), RECENT_A_YEAR
    else:
        years, place = divmod(back - RECENT, OLDER_A_YEAR)
        years, a_year = years + RECENT // RECENT_A_YEAR, OLDER_A_YEAR
    year, of_year = NEWEST_YEAR - years, a_year - place
    date = datetime.date(year, 1, 1) + datetime.timedelta(days=365 * of_year // a_year - 1)
    return year, of_year, date


def _article(rng: random.Random, id: str, kind: Kind, titles: set[str], spaced: bool) -> Article:
    vocabulary_ = _vocabulary()
    group = rng.choice(_groups()) if rng.random() < 0.8 else NO_GROUP
    other = rng.choice(vocabulary_.places).name if rng.random() < 0.25 else None
    places = tuple(dict.fromkeys(filter(None, (rng.choice(group.places), other))))
    themes = tuple(dict.fromkeys(rng.choice(_themes()) for _ in range(rng.choice((1, 2, 2, 3, 4)))))
    writer = _Writer(rng, group, places, themes)
    title = writer.title(titles)
    subtitle = writer.title(titles) if kind is Kind.FEATURE and rng.random() < 0.15 else None
    if kind is Kind.FEATURE:
        body = [writer.paragraph(PARAGRAPH_LENGTH, lead=position > 0) for position in range(PARAGRAPHS)]
    else:
        body = [writer.paragraph(BRIEF_LENGTH)]
    if spaced:
        body = [_FIGURE_EDGE.sub(" ", paragraph) for paragraph in body]
    return Article(
        id=id,
        kind=kind,
        title=title,
        subtitle=subtitle,
        contents_title=f"{title}——{subtitle}" if subtitle else title,
        work_groups=(group.name,) if group.name else (),
        places=places,
        themes=themes,
        body=tuple(body),
    )


class _Writer:
    """Writes one article: its theme's words, its own names."""

    def __init__(
        self,
        rng: random.Random,
        group: vocabulary.WorkGroup,
        places: tuple[str, ...],
        themes: tuple[str, ...],
    ) -> None:
        self.rng = rng
        self.themes = themes
        self.own: dict[str, Table] = {
            "组": [(group.name.removesuffix("工作组") or "江苏",)],
            "派": [(group.sender.split(" ")[0],)],
            "县": [(place,) for place in places],
        }
        for name, (source, count) in CAST.items():
            self.own[name] = [(self.text(themes[0], source),) for _ in range(count)]

    def text(self, theme: str, name: str) -> str:
        pieces: list[str] = []
        write(_grammar().tables(theme)[name], self.own, self.rng.random, pieces)
        return "".join(pieces)

    def title(self, taken: set[str]) -> str:
        """A headline that the issue does not have yet."""
        while True:
            title = self.text(self.themes[0], "标题")
            if len(title) in TITLE_LENGTHS and title not in taken:
                taken.add(title)
                return title

    def paragraph(self, length: int, lead: bool = False) -> str:
        pieces = [self.text(self.themes[0], "段首")] if lead else []
        while sum(map(len, pieces)) < length:
            # The first theme is what the article is about; the others come in now and then.
            theme = self.themes[0] if self.rng.random() < 0.6 else self.rng.choice(self.themes)
            pieces.append(self.text(theme, "句"))
        return "".join(pieces)


@cache
def _grammar() -> Grammar:
    return Grammar(Path(__file__).with_name("words.txt"), OWN)


@cache
def _vocabulary() -> vocabulary.Vocabulary:
    return vocabulary.load(ROOT / "docs" / "vocabulary.yml")


@cache
def _groups() -> Table:
    return weighted(list(_vocabulary().work_groups))


@cache
def _themes() -> Table:
    names = [theme.name for theme in _vocabulary().themes]
    assert set(names) == set(_grammar().themes), "words.txt has the lists of each theme of the vocabulary"
    return weighted(names)
