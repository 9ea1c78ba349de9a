"""The masthead (报头): the bulletin's name, 期号, 总期号, date and issuer, in any usual order and spacing."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jianbao.errors import SourceError
from jianbao.issue import Finding
from jianbao.recognise import distribution, han
from jianbao.recognise.layout import Layout
from jianbao.sources import Line

# A masthead is at the top: what looks like one further down belongs to an article.
SEARCHED_LINES = 30
# Lines that say nothing known may stand in a masthead before its date or number, but not many.
MOST_UNKNOWN = 3
LONGEST_LINE = 100
LONGEST_NAME = 30
LONGEST_SPLIT_NUMBER = 30
LONGEST_ISSUER = 40

_N = han.NUMERAL
_YEAR = rf"(?P<year>(?:19|20)\d\d|{han.YEAR})"
_NUMBERS = rf"(?P<numbers>{_N}(?:\s*[期号]?\s*[、,\-—–~至和及/]\s*(?:第\s*)?{_N})*)"
_YEAR_BEFORE = rf"(?:[\[(〔【]?\s*{_YEAR}\s*年?度?\s*[\])〕】]?\s*)?"
_NUMBER = re.compile(
    rf"{_YEAR_BEFORE}(?P<before>[(\[]?\s*增\s*刊\s*[)\]]?\s*)?第\s*{_NUMBERS}\s*(?:期|号)"
    r"(?P<after>\s*[(\[]?\s*(?:增\s*刊|合\s*刊)\s*[)\]]?)?"
)
# 增刊（一）, 2018年增刊2: a supplement that is numbered without 第 and 期.
_SUPPLEMENT_NUMBER = re.compile(
    rf"{_YEAR_BEFORE}[(\[]?\s*(?P<before>增\s*刊)\s*[(\[]?\s*{_NUMBERS}\s*[)\]]?\s*[期号]?\s*[)\]]?"
)
# 〔2020〕12号, as an official paper is numbered.
_PAPER_NUMBER = re.compile(rf"[\[(〔【]\s*{_YEAR}\s*[\])〕】]\s*{_NUMBERS}\s*[号期]")
_CUMULATIVE = re.compile(
    rf"[(\[【〔]?\s*(?:总|累计)\s*第?\s*(?P<cumulative>{_N})"
    rf"(?P<more>(?:\s*[期号]?\s*[、,\-—–~至和]\s*(?:第\s*)?{_N})*)\s*[期号]\s*[)\]】〕]?"
)
_DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|{han.YEAR})\s*年\s*(?P<m>{_N})\s*月\s*(?P<d>{_N})\s*日"
    r"|(?P<y2>(?:19|20)\d\d)\s*[-./]\s*(?P<m2>\d{1,2})\s*[-./]\s*(?P<d2>\d{1,2})(?!\d)"
)
_PRINTED_ON = re.compile(r"印\s*发|编\s*印|印\s*制")
_ISSUER_LABEL = re.compile(r"^(编发单位|主办单位|编印单位|主办|编印|承办|编发|主编单位)\s*[:：]?\s*(?=\S)")
_ISSUER_TAIL = re.compile(r"\s*(主办|编印|编发|编制|编|印发|印制|印)$")
# What may stand beside the date and says nothing by itself: 2018年3月5日（星期一）出版.
_FILLER = re.compile(r"(?:星期|周)[一二三四五六日天]|出版|印发|编印|编发|签发|日期|时间")
_WIDE_SPACE = re.compile(r"[ \u3000\t]{2,}|\u3000|\t")
_SENTENCE_END = re.compile(r"[。；！？]")


@dataclass(frozen=True)
class Masthead:
    """What the masthead says; ``length`` counts the lines, from the first, that belong to it.

    ``notes`` are the lines' other words as printed: 内部资料, 编号, 签发人.
    """

    title: str
    year: int
    numbers: tuple[int, ...]
    supplement: bool
    cumulative: int | None
    date: datetime.date | None
    issuer: str | None
    notes: tuple[str, ...]
    length: int
    findings: tuple[Finding, ...]


def find(lines: Sequence[Line], layout: Layout) -> Masthead:
    """The masthead at the top of ``lines``; a date that it lacks is looked for at the end (…2018年3月5日印发).

    Raises SourceError where there is none.
    """
    pieces = _Pieces(layout)
    length = 0
    unknown: list[str] = []
    top = list(_with_whole_numbers(lines[:SEARCHED_LINES]))
    for position, (line, end) in enumerate(top):
        if layout.is_column(line.text) and (
            (pieces.title and pieces.numbers) or layout.is_contents(line.text)
        ):
            # All that stands between the masthead's number and the contents is the masthead's.
            if pieces.numbers and unknown and layout.is_contents(line.text):
                pieces.take_unknown(unknown)
                length = end - 1
            break
        following = top[position + 1][0].text if position + 1 < len(top) else ""
        if pieces.take(line, is_text_next=_is_running_text(following)):
            pieces.take_unknown(unknown)
            unknown = []
            length = end
        elif pieces.numbers and (pieces.date or _is_running_text(line.text) or len(unknown) >= MOST_UNKNOWN):
            break
        elif not _is_running_text(line.text):
            unknown.append(line.text)
    if not pieces.numbers:
        raise SourceError("没有找到报头的期号（如“2017年第20期”）；请确认这是简报，并补上报头")
    if not pieces.title:
        raise SourceError("没有找到刊名（如“援疆工作简报”）；请在期号上方补一行刊名")
    if not pieces.date and not pieces.has_bad_date:
        _take_printing_date(lines[length:], pieces)
    year = pieces.year or (pieces.date.year if pieces.date else None)
    if not year and pieces.has_bad_date:
        bad = next(each for each in pieces.findings if each.kind == "bad_date")
        raise SourceError(f"第{bad.line}行：{bad.message}；改正后再导入")
    if not year:
        raise SourceError("没有找到年份；请把期号写成“2017年第20期”，或补上日期")
    return Masthead(
        pieces.title, year, pieces.numbers, pieces.supplement, pieces.cumulative, pieces.date,
        pieces.issuer, tuple(pieces.notes), length, tuple(pieces.closing_findings()),
    )  # fmt: skip


def _is_running_text(text: str) -> bool:
    if len(text) <= 25:
        return False
    return len(text) > LONGEST_LINE or bool(_SENTENCE_END.search(text)) or text.count("，") > 1


def _with_whole_numbers(lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Each line with the index after it; a number that is set over lines (第 / 15 / 期) as one line."""
    index = 0
    while index < len(lines):
        size = next((n for n in (3, 2) if _is_split_number(lines[index : index + n], n)), 1)
        text = "".join(line.text.strip() for line in lines[index : index + size])
        yield (lines[index] if size == 1 else replace(lines[index], text=text)), index + size
        index += size


def _is_split_number(lines: Sequence[Line], size: int) -> bool:
    if len(lines) < size or sum(len(line.text) for line in lines) > LONGEST_SPLIT_NUMBER:
        return False
    texts = [unicodedata.normalize("NFKC", line.text) for line in lines]
    return bool(_NUMBER.search("".join(texts))) and not any(_NUMBER.search(text) for text in texts)


def _take_printing_date(lines: Sequence[Line], pieces: _Pieces) -> None:
    """The date on the last page, as official papers print it: ``某某办公室　　2018年3月5日印发``."""
    for line in reversed(lines[-12:]):
        if len(line.text) <= 60 and _PRINTED_ON.search(line.text):
            pieces.take(line, only=(_DATE,))


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
        self.notes: list[str] = []
        self.findings: list[Finding] = []
        self.takers = {
            _CUMULATIVE: self._take_cumulative,
            _DATE: self._take_date,
            _NUMBER: self._take_number,
            _SUPPLEMENT_NUMBER: self._take_number,
            _PAPER_NUMBER: self._take_number,
        }

    def take(
        self, line: Line, is_text_next: bool = False, only: Sequence[re.Pattern[str]] | None = None
    ) -> bool:
        """Whether ``line`` belongs to the masthead; if so, what it says is taken.

        ``is_text_next`` tells that running text follows: then the line may be an article's title.
        """
        text = han.plain_zeros(unicodedata.normalize("NFKC", line.text))
        if _is_running_text(line.text):
            return False
        # Patterns are looked for in folded text; what is left is kept as printed, in step with it.
        printed = line.text if len(text) == len(line.text) else text
        has_date = has_pattern = False
        for pattern in only or self.takers:
            match = pattern.search(text)
            if match:
                self.takers[pattern](match, line)
                text, printed = (
                    each[: match.start()] + "\t" + each[match.end() :] for each in (text, printed)
                )
                has_pattern = True
                has_date = has_date or pattern is _DATE
        if only:
            return has_pattern
        taken = has_pattern
        for part in _WIDE_SPACE.split(_together(printed)):
            part = part.strip(" ,，()（）[]【】|｜—-_:：")
            if part and not _FILLER.fullmatch(part):
                is_known = self._take_name(part, is_text_next and not has_pattern)
                if not is_known and has_date:
                    self.take_unknown([part])
                taken = is_known or taken
        return taken

    def take_unknown(self, texts: Sequence[str]) -> None:
        """Words of the masthead that nothing tells but their place: the bulletin's name, then the issuer."""
        for text in texts:
            text = _together(text)
            if not self.title and not self.issuer and len(text) <= LONGEST_NAME and "关于" not in text:
                self.title = _bare_name(text)
            elif not self.issuer and len(text) <= LONGEST_ISSUER and not re.search(r"[：:|｜]", text):
                self.issuer = _ISSUER_TAIL.sub("", text).strip()
            else:
                self.notes.append(text)

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

    def _take_name(self, part: str, may_be_title: bool) -> bool:
        """The bulletin's name, the issuer, or a note such as 内部资料; whether it was one of these."""
        bare = _bare_name(part)
        if (any(note in bare for note in self.layout.masthead_notes) and len(bare) < 30) or (
            distribution.is_colophon(part) and re.search(r"[:：]", part)
        ):
            self._note(part)
            return True
        is_name = re.fullmatch(r"[\w·“”《》（）()<>{}\[\]=&;'\"]{2,30}", bare) is not None
        if bare.endswith(self.layout.title_endings) and is_name and not may_be_title:
            if self.title is None:
                self.title = bare
            return han.comparable(self.title) == han.comparable(bare)
        labelled = _ISSUER_LABEL.match(part)
        name = part[labelled.end() :] if labelled else _ISSUER_TAIL.sub("", part)
        is_issuer = (self.title or self.numbers) and _is_organisation(name, self.layout) and not may_be_title
        if labelled or is_issuer:
            if self.issuer is None:
                self.issuer = name.strip()
            elif self.issuer != name.strip():
                self._note(part)
            return True
        return False

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

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
        # 密级 after the Law on Guarding State Secrets: such an issue is not for a public archive.
        for note in self.notes:
            if level := re.search("绝密|机密|秘密", note):
                message = f"报头标有密级“{level[0]}”（{note}）；未解密的不能放进公开的档案，请先核对"
                missing.append(Finding("classified", None, message))
        if self.date and self.year and self.date.year != self.year:
            message = f"日期在{self.date.year}年，期号却在{self.year}年，请核对"
            missing.append(Finding("year_mismatch", None, message))
        return [*self.findings, *missing]


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _together(text: str) -> str:
    """Letterspaced words without their spaces: ``援 疆 工 作 简 报`` → ``援疆工作简报``."""
    if re.fullmatch(rf"《?[{han.HAN}](?:[ \u3000]{{1,4}}[{han.HAN}])+》?", text.strip()):
        return re.sub(r"[ \u3000]", "", text)
    return text


def _bare_name(text: str) -> str:
    """A bulletin's name without white space and without the 《》 around the whole of it."""
    bare = re.sub(r"\s", "", text)
    return bare[1:-1] if re.fullmatch(r"《[^《》]*》", bare) else bare


def _is_organisation(text: str, layout: Layout) -> bool:
    short = len(text) <= LONGEST_ISSUER and not any(mark in text for mark in "，。；！？：“”")
    return short and re.sub(r"\s", "", text).endswith(layout.issuer_endings)
