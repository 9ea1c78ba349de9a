"""The masthead (报头): the bulletin's name, 期号, 总期号, date and issuer, in any usual order and spacing."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from jianbao.errors import SourceError
from jianbao.issue import Finding
from jianbao.recognise import han
from jianbao.recognise.layout import Layout
from jianbao.sources import Line

# A masthead is at the top: what looks like one further down belongs to an article.
SEARCHED_LINES = 30

_N = han.NUMERAL
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇○零九]?[〇○零一二三四五六七八九]{2,3})"
_NUMBERS = rf"(?P<numbers>{_N}(?:\s*[、,\-—–~至和及/]\s*(?:第\s*)?{_N})*)"
_NUMBER = re.compile(
    rf"(?:[\[(〔【]?\s*{_YEAR}\s*年?度?\s*[\])〕】]?\s*)?"
    rf"(?P<before>[(\[]?\s*增\s*刊\s*[)\]]?\s*)?第\s*{_NUMBERS}\s*(?:期|号)"
    r"(?P<after>\s*[(\[]?\s*(?:增\s*刊|合\s*刊)\s*[)\]]?)?"
)
# 〔2020〕12号, as an official paper is numbered.
_PAPER_NUMBER = re.compile(rf"[\[(〔【]\s*{_YEAR}\s*[\])〕】]\s*{_NUMBERS}\s*[号期]")
_CUMULATIVE = re.compile(
    rf"[(\[【〔]?\s*(?:总|累计)\s*第?\s*(?P<cumulative>{_N})(?P<more>(?:\s*[、,\-—–~至和]\s*{_N})*)\s*[期号]\s*[)\]】〕]?"
)
_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|[一二][〇○零一二三四五六七八九]{{3}})\s*年\s*(?P<m>{_N})\s*月\s*(?P<d>{_N})\s*日"
    r"|(?P<y2>(?:19|20)\d\d)\s*[-./]\s*(?P<m2>\d{1,2})\s*[-./]\s*(?P<d2>\d{1,2})(?!\d)"
)
_ISSUER_LABEL = re.compile(r"^(编发单位|主办单位|主办|编印单位|编印|承办|编发)\s*[:：]?\s*(?=\S)")
_WIDE_SPACE = re.compile(r"[ \u3000\t]{2,}|\u3000|\t")


@dataclass(frozen=True)
class Masthead:
    """What the masthead says; ``length`` counts the lines, from the first, that belong to it."""

    title: str
    year: int
    numbers: tuple[int, ...]
    supplement: bool
    cumulative: int | None
    date: datetime.date | None
    issuer: str | None
    length: int
    findings: tuple[Finding, ...]


def find(lines: Sequence[Line], layout: Layout) -> Masthead:
    """The masthead at the top of ``lines``. Raises SourceError where there is none."""
    pieces = _Pieces(layout)
    length = 0
    for index, line in enumerate(lines[:SEARCHED_LINES]):
        if layout.is_heading(line.text, layout.contents_headings + layout.features_headings):
            break
        if layout.is_heading(line.text, layout.briefs_headings) and pieces.numbers:
            break
        if not pieces.take(line):
            if pieces.numbers:
                break
            if len(line.text) > 60 or han.ends_sentence(line.text):
                continue
        else:
            length = index + 1
    if not pieces.numbers:
        raise SourceError("没有找到报头的期号（如“2017年第20期”）；请确认这是简报，并补上报头")
    if not pieces.title:
        raise SourceError("没有找到刊名（如“援疆工作简报”）；请在期号上方补一行刊名")
    year = pieces.year or (pieces.date.year if pieces.date else None)
    if not year:
        raise SourceError("没有找到年份；请把期号写成“2017年第20期”，或补上日期")
    return Masthead(
        pieces.title, year, pieces.numbers, pieces.supplement, pieces.cumulative, pieces.date,
        pieces.issuer, length, tuple(pieces.closing_findings()),
    )  # fmt: skip


class _Pieces:
    """The parts of a masthead as they turn up, each taken once; a later, different one is reported."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.title: str | None = None
        self.year: int | None = None
        self.numbers: tuple[int, ...] = ()
        self.supplement = False
        self.cumulative: int | None = None
        self.date: datetime.date | None = None
        self.issuer: str | None = None
        self.has_bad_date = False
        self.findings: list[Finding] = []

    def take(self, line: Line) -> bool:
        """Whether ``line`` belongs to the masthead; if so, what it says is taken."""
        text = unicodedata.normalize("NFKC", line.text)
        if len(text) > 100:
            return False
        taken = False
        for pattern, take in (
            (_CUMULATIVE, self._take_cumulative),
            (_DATE, self._take_date),
            (_NUMBER, self._take_number),
            (_PAPER_NUMBER, self._take_number),
        ):
            match = pattern.search(text)
            if match:
                take(match, line)
                text = text[: match.start()] + "\t" + text[match.end() :]
                taken = True
        # The rest is looked for in the line as printed, where no width has been folded.
        rest = text if taken else line.text
        for part in _WIDE_SPACE.split(_together(rest)):
            part = part.strip(" ,，()（）[]【】|｜—-_")
            if part:
                taken = self._take_name(part) or taken
        return taken

    def _take_number(self, match: re.Match[str], line: Line) -> None:
        numbers = tuple(han.number(n) for n in re.findall(_N, match["numbers"]))
        if re.search(r"[-—–~至]", match["numbers"]) and len(numbers) == 2 and numbers[0] < numbers[1]:
            numbers = tuple(range(numbers[0], numbers[1] + 1))
        if min(numbers) < 1 or len(numbers) > 20:
            return
        if match["year"]:
            self._set("year", han.number(match["year"]), line, "年份")
        self._set("numbers", numbers, line, "期号")
        if "增" in "".join(filter(None, (match.groupdict().get("before"), match.groupdict().get("after")))):
            self.supplement = True

    def _take_cumulative(self, match: re.Match[str], line: Line) -> None:
        self._set("cumulative", han.number(match["cumulative"]), line, "总期号")
        if match["more"]:
            message = f"合刊的总期号取第一个：{self.cumulative}"
            self.findings.append(Finding("cumulative_merged", line.number, message))

    def _take_date(self, match: re.Match[str], line: Line) -> None:
        parts = [match[k] or match[k + "2"] for k in "ymd"]
        try:
            self._set("date", datetime.date(*(han.number(part) for part in parts)), line, "日期")
        except ValueError:
            self.has_bad_date = True
            message = f"日期“{match[0].strip()}”不存在，没有采用；请与原件核对"
            self.findings.append(Finding("bad_date", line.number, message))

    def _take_name(self, part: str) -> bool:
        """The bulletin's name, the issuer, or a note such as 内部资料; whether it was one of these."""
        bare = re.sub(r"[《》\s]", "", part)
        if any(note in bare for note in self.layout.masthead_notes) and len(bare) < 30:
            return True
        is_name = re.fullmatch(r"[\w·“”（）()<>{}\[\]=&;'\"]{2,30}", bare) is not None
        if bare.endswith(self.layout.title_endings) and is_name:
            if self.title is None:
                self.title = bare
            return han.comparable(self.title) == han.comparable(bare)
        labelled = _ISSUER_LABEL.match(part)
        name = part[labelled.end() :] if labelled else re.sub(r"(主办|编印|编发|编|印发|印)$", "", part)
        if labelled or ((self.title or self.numbers) and _is_organisation(name, self.layout)):
            if self.issuer is None:
                self.issuer = name.strip()
            return True
        return False

    def _set(self, name: str, value: object, line: Line, label: str) -> None:
        before = getattr(self, name)
        if not before:
            setattr(self, name, value)
        elif before != value:
            message = f"报头中有两个不同的{label}，采用先出现的“{_shown(before)}”，未采用“{_shown(value)}”"
            self.findings.append(Finding("masthead_conflict", line.number, message))

    def closing_findings(self) -> list[Finding]:
        missing = []
        if not self.date and not self.has_bad_date:
            missing.append(Finding("date_missing", None, "报头中没有日期，请补上"))
        if not self.issuer:
            missing.append(Finding("issuer_missing", None, "报头中没有编发单位，请补上"))
        if self.date and self.year and self.date.year != self.year:
            message = f"日期在{self.date.year}年，期号却在{self.year}年，请核对"
            missing.append(Finding("year_mismatch", None, message))
        return [*self.findings, *missing]


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _together(text: str) -> str:
    """Letterspaced words without their spaces: ``援 疆 工 作 简 报`` → ``援疆工作简报``."""
    if re.fullmatch(rf"[{han.HAN}](?:[ \u3000]{{1,4}}[{han.HAN}])+", text.strip()):
        return re.sub(r"[ \u3000]", "", text)
    return text


def _is_organisation(text: str, layout: Layout) -> bool:
    short = len(text) <= 40 and not any(mark in text for mark in "，。；！？：“”")
    return short and re.sub(r"\s", "", text).endswith(layout.issuer_endings)
