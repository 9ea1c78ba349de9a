"""JB1: numbers and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from jianbao import archive
from jianbao.check.finding import Level, Spot
from jianbao.check.holdings import Holdings
from jianbao.check.page_file import PageFile
from jianbao.check.record import Record
from jianbao.check.rule import rule
from jianbao.vocabulary import Vocabulary

# A bulletin of so many issues is known by its name; a single issue of one named nearly so is taken for a slip.
_FEWEST_KNOWN = 3


def _at(record: Record, key: str, message: str) -> Spot:
    return Spot(record.path, record.lines[key], message)


@rule(
    "JB101",
    "期号重复",
    why="同一种简报一年里每个期号只有一期；增刊另外编号。两页用了同一个期号，读者和引用就分不清是哪一期。",
    bad="issues/2017/020.md 和 issues/2017/020-021.md 都含第20期",
    good="issues/2017/020.md 是第20期，issues/2017/021.md 是第21期",
    mend="对照原件，改正其中一页的期号（文件名也要跟着改）；确是同一期导入了两次的，删去一页。",
    over_page=False,
)
def repeated_number(holdings: Holdings) -> Iterator[Spot]:
    for series in holdings.series:
        owner: dict[tuple[int, int], Record] = {}
        for record in series:
            for number in record.numbers:
                first = owner.setdefault((record.year, number), record)
                if first is not record:
                    yield _at(record, "期号", f"{record.year}年第{number}期已在 {first.path}")


@rule(
    "JB102",
    "缺期",
    Level.WARNING,
    why="一年里的期号应当连续。中间缺了期，多半是有一期还没有导入，或者期号认错了。合刊占几个期号，增刊不占。",
    bad="档案里有2017年第18期和第20期，没有第19期",
    good="2017年第18、19、20期都在档案里",
    mend="把缺的一期导入；查明确实没有出过的，在缺口后面那一期的“免检”里写上理由。",
    over_page=False,
)
def missing_number(holdings: Holdings) -> Iterator[Spot]:
    for series in holdings.series:
        for before, after in pairwise(series):
            first = before.numbers[-1] + 1 if before.year == after.year else 1
            missing = range(first, after.numbers[0])
            # A year that the archive does not have at all is not a gap, nor what came before its first issue.
            if missing and after.year - before.year <= 1:
                span = f"第{first}期" if len(missing) == 1 else f"第{first}至{missing[-1]}期"
                kind = "增刊" if after.supplement else ""
                yield _at(after, "期号", f"{after.year}年{kind}{span}不在档案里")


@rule(
    "JB103",
    "日期先后不对",
    Level.WARNING,
    why="期号大的一期，日期不应当早于期号小的一期。反过来的，多半是日期或期号有一处认错、写错。",
    bad="第19期 2017-08-17，第20期 2017-08-07",
    good="第19期 2017-07-31，第20期 2017-08-07",
    mend="对照原件改正日期或期号；原件上就是这样印的，照录并写“免检”。",
    over_page=False,
)
def order_of_dates(holdings: Holdings) -> Iterator[Spot]:
    for series in holdings.series:
        dated = [record for record in series if record.date]
        for before, after in pairwise(dated):
            if before.date > after.date:
                yield _at(
                    after, "日期", f"{after.date} 早于前一期（{before.year}年{before.name}）的 {before.date}"
                )


@rule(
    "JB104",
    "日期与年份不符",
    Level.WARNING,
    why="日期应当在页首“年份”那一年里；年末的一期可以晚到次年1月。差得更多的，多半是年份或日期认错了。",
    bad="年份: 2017\n日期: 2011-08-07",
    good="年份: 2017\n日期: 2017-08-07",
    mend="对照原件改正年份或日期。",
)
def date_in_year(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    date, year = page.issue.date, page.issue.year
    if date and date.year != year and (date.year, date.month) != (year + 1, 1):
        yield page.at("日期", f"日期 {date} 不在 {year} 年")


@rule(
    "JB105",
    "总期号不连贯",
    Level.WARNING,
    why="总期号（总第N期）从创刊起连着数，应当一期比一期大；两期之间期号相差几，总期号也应当相差几。",
    bad="第19期总第119期，第20期总第102期",
    good="第19期总第119期，第20期总第120期",
    mend="对照原件改正总期号；原件就印错的，照录并写“免检”。",
    over_page=False,
)
def cumulative_numbers(holdings: Holdings) -> Iterator[Spot]:
    for series in holdings.series:
        for before, after in pairwise([record for record in series if record.cumulative]):
            step = after.cumulative - before.cumulative
            between = f"前一期（{before.year}年{before.name}）是总第{before.cumulative}期"
            if step <= 0:
                yield _at(after, "总期号", f"总第{after.cumulative}期没有增加，{between}")
            elif before.year == after.year and step not in _steps(holdings, before, after):
                count = after.numbers[0] - before.numbers[-1]
                yield _at(after, "总期号", f"总第{after.cumulative}期，{between}，期号却只差 {count}")


def _steps(holdings: Holdings, before: Record, after: Record) -> range:
    """How much greater the running number may be: a 合刊 counts once or several times, a 增刊 may count, too."""
    extras = holdings.supplements[after.title, after.year]
    merged = len(before.numbers) + len(after.numbers) - 2
    distance = after.numbers[0] - before.numbers[-1]
    # Issues between the two that are not in the archive may have been merged ones.
    least = 1 if distance > 1 else distance
    return range(least, distance + merged + extras + 1)


@rule(
    "JB106",
    "文件名与期号不符",
    why="页面的文件名来自年份和期号（issues/2017/020.md），它就是这一期在网上的地址。"
    "两者不一致，读者按期号找不到它。",
    bad="docs/issues/2017/20.md，期号: 21",
    good="docs/issues/2017/021.md，期号: 21",
    mend="期号对的，改文件名；文件名对的，改期号。已经发布过的页面改名，还要在 docs/redirects.yml 里写上旧地址。",
    is_waivable=False,
)
def path_of_page(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    expected = PurePosixPath("docs", archive.page_path(page.issue)).as_posix()
    if page.path != expected:
        yield page.at("期号", f"{page.issue.label}的页面应当在 {expected}")


@rule(
    "JB107",
    "没有日期",
    Level.WARNING,
    why="没有日期的一期不能按时间排列，也不出现在按月份的统计里。",
    bad="年份: 2017\n期号: 20",
    good="年份: 2017\n期号: 20\n日期: 2017-08-07",
    mend="从原件的报头或版记里找到日期，写成“日期: 2017-08-07”；原件上确实没有的，写“免检”。",
)
def no_date(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    if not page.issue.date:
        yield page.at("年份", "没有日期")


@rule(
    "JB108",
    "刊名像是写错",
    Level.WARNING,
    why="刊名差一个字，就成了另一种简报：期号各数各的，列表里也分成两处。",
    bad="刊名: 援疆工作简抱",
    good="刊名: 援疆工作简报",
    mend="对照原件改正；确是另一种简报的，写“免检”。",
    over_page=False,
)
def odd_title(holdings: Holdings) -> Iterator[Spot]:
    count = Counter(record.title for record in holdings.records.values())
    known = [title for title in count if count[title] >= _FEWEST_KNOWN]
    for record in holdings.records.values():
        if count[record.title] == 1:
            for title in known:
                if _differ_in_one_character(record.title, title):
                    message = f"“{record.title}”像是“{title}”（档案里有 {count[title]} 期）"
                    yield _at(record, "刊名", message)


def _differ_in_one_character(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
