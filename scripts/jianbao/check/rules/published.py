"""JB7: what has been published stays as readers saw it, or the page says what was corrected.

What counts as the page's word is all that readers read or cite: the names, numbers and dates of the issue, its
distribution list and colophon, its original, and the kind, title, place in the contents and text of every article.
Tags do not count: they are how the archive sorts its articles, and change with the vocabulary. Nor do waivers, nor
Markdown that shows the same words.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jianbao import redirects
from jianbao.check.finding import Level, Spot
from jianbao.check.holdings import Holdings
from jianbao.check.page_file import PageFile
from jianbao.check.rule import rule
from jianbao.errors import ArchiveError
from jianbao.issue import Article, Issue
from jianbao.vocabulary import Vocabulary

_LINE = re.compile(r"第(\d+)行：")
_ADDRESS = re.compile(r"[\w./-]+/[\w./-]+")
_TAG_LINE = re.compile(r"\s*(?:工作组|地点|主题):")


def _changed(holdings: Holdings) -> Iterator[tuple[PageFile, Issue]]:
    """Each page that is not as it was published, with the issue as it was."""
    if not holdings.published:
        return
    for path in holdings.published.changed:
        file = holdings.file(path)
        before = holdings.published.issue(path)
        if before and path in holdings.records and file.is_file():
            yield PageFile(path, file.read_bytes()), before


def _as_read(issue: Issue) -> Issue:
    """The issue without what readers do not read as its word."""
    articles = tuple(replace(each, work_groups=(), places=(), themes=()) for each in issue.articles)
    return replace(issue, articles=articles, corrections=(), waivers=())


@rule(
    "JB701",
    "改了已发布的内容，没有写更正",
    why="读者可能已经引用过发布的文字。改了标题、正文、日期、图片等，必须写一条“更正”，说明哪天改了什么；"
    "改标签、改写法（显示不变）不算。",
    bad="（改了第20期的一个数字，页首没有“更正”）",
    good="更正:\n- 日期: 2017-09-01\n  说明: “投入援疆资金7530万元”应为“投入援疆资金7350万元”\n  文章: [a02]",
    mend="在页首加一条“更正”：日期写今天，说明写清原来是什么、现在是什么。不是有意改的，用 git checkout 恢复。",
    over_page=False,
    is_waivable=False,
)
def changed_without_correction(holdings: Holdings) -> Iterator[Spot]:
    for page, before in _changed(holdings):
        new = set(page.issue.corrections) - set(before.corrections)
        if not new and _as_read(page.issue) != _as_read(before):
            line = _first_change(page, holdings.published.text(page.path))
            what = _what_changed(before, page.issue)
            yield page.at(line, f"与已发布的 {holdings.published.name} 版不同：{what}")
    yield from _replaced_pictures(holdings)


def _replaced_pictures(holdings: Holdings) -> Iterator[Spot]:
    """Where a page shows a picture that is no longer the one that was published, and has no new correction."""
    published = holdings.published
    if not published:
        return
    replaced = {path for path in published.changed if not path.endswith(".md")} & holdings.files
    for record in holdings.records.values() if replaced else ():
        pictures = [each for each in record.targets if each.is_image and record.place(each)[0] in replaced]
        before = published.issue(record.path) if pictures else None
        if before:
            page = PageFile(record.path, holdings.file(record.path).read_bytes())
            if set(page.issue.corrections) <= set(before.corrections):
                yield from (
                    Spot(record.path, each.line, f"与已发布的 {published.name} 版不同：图片 {each.address}")
                    for each in pictures
                )


def _first_change(page: PageFile, before: str) -> int:
    """The first line that is not as it was, a line of tags aside."""
    old = [line.removesuffix("\r") for line in before.split("\n")]
    steps = difflib.SequenceMatcher(None, old, page.lines, autojunk=False).get_opcodes()
    for tag, a, b, c, d in steps:
        differing = [*old[a:b], *page.lines[c:d]]
        if tag != "equal" and not all(_TAG_LINE.match(line) for line in differing):
            return min(c + 1, len(page.lines))
    return 1


def _what_changed(before: Issue, now: Issue) -> str:
    old = {article.id: article for article in _as_read(before).articles}
    new = {article.id: article for article in _as_read(now).articles}
    ids = [id for id in {**old, **new} if old.get(id) != new.get(id)]
    head = replace(_as_read(before), articles=()) != replace(_as_read(now), articles=())
    order = list(old) != list(new) and not ids
    return "、".join([*(["页首"] if head else []), *ids, *(["文章的次序"] if order else [])])


@rule(
    "JB702",
    "文章编号没有了",
    why="读者的链接（020.html#a02）靠文章编号找到文章。已经发布的编号不能删、不能改。",
    bad="## 武进工作组多措并举 {#a12}（原来是 {#a02}）",
    good="## 武进工作组多措并举 {#a02}",
    mend="把编号改回去。文章确要撤下的，保留标题和编号，正文写明已撤下，并写“更正”。",
    over_page=False,
    is_waivable=False,
)
def vanished_id(holdings: Holdings) -> Iterator[Spot]:
    for page, before in _changed(holdings):
        now = {article.id for article in page.issue.articles}
        for article in before.articles:
            if article.id not in now:
                same = next((each for each in page.issue.articles if each.title == article.title), None)
                line = page.section(same).heading if same else 1
                yield page.at(line, f"已发布的 {article.id}“{article.title}”没有了")


@rule(
    "JB703",
    "文章编号给了另一篇",
    why="已经发布的编号指向哪一篇，就一直指向那一篇；给了另一篇，读者的链接就会打开错的文章。",
    bad="（在前面插进一篇，后面的编号依次挪了一位）",
    good="（新插进的一篇用没有用过的编号，如 {#a09}，别的不动）",
    mend="把各篇的编号改回去；新的文章用没有用过的编号。",
    over_page=False,
    is_waivable=False,
)
def moved_id(holdings: Holdings) -> Iterator[Spot]:
    for page, before in _changed(holdings):
        old = {article.id: article for article in before.articles}
        for article in page.issue.articles:
            was = old.get(article.id)
            if was and _is_another(article, was, before, page.issue):
                line = page.section(article).heading
                yield page.at(line, f"{article.id} 已发布时是“{was.title}”，现在是“{article.title}”")


def _is_another(article: Article, was: Article, before: Issue, now: Issue) -> bool:
    """Whether the id stands for another article: its title is new, and old ones stand elsewhere or nothing is left."""
    if article.title == was.title:
        return False
    swapped = any(each.title == was.title for each in now.articles)
    taken = any(each.title == article.title for each in before.articles)
    return (
        swapped
        or taken
        or (bool(was.body) and set(was.body).isdisjoint(article.body) and not _like(article, was))
    )


def _like(one: Article, other: Article) -> bool:
    texts = ("".join(one.paragraphs), "".join(other.paragraphs))
    return difflib.SequenceMatcher(None, *texts, autojunk=False).quick_ratio() > 0.8


@rule(
    "JB704",
    "更正被删改",
    why="写过并且发布了的更正是档案的一部分，只能增加，不能删改。更正本身有错的，再写一条。",
    bad="（删去了 2017-09-01 的更正）",
    good="（保留 2017-09-01 的更正，再加一条）",
    mend="把原来的更正恢复，要补充的另写一条。",
    over_page=False,
    is_waivable=False,
)
def altered_correction(holdings: Holdings) -> Iterator[Spot]:
    for page, before in _changed(holdings):
        for correction in before.corrections:
            if correction not in page.issue.corrections:
                yield page.at("更正", f"已发布的 {correction.date} 的更正不见了，或者改过")


@rule(
    "JB705",
    "更正的日期不对",
    Level.WARNING,
    why="更正总在这一期印发之后。日期更早的，多半是写错了年份。",
    bad="日期: 2017-08-07\n更正:\n- 日期: 2016-09-01",
    good="日期: 2017-08-07\n更正:\n- 日期: 2017-09-01",
    mend="改成写更正的那一天。",
)
def date_of_correction(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    for correction in page.issue.corrections:
        if page.issue.date and correction.date < page.issue.date:
            yield page.at("更正", f"更正的日期 {correction.date} 早于这一期的日期 {page.issue.date}")


@rule(
    "JB706",
    "已发布的页面没有了",
    why="已经发布的一期，地址会被引用。页面改名或删去，要在 docs/redirects.yml 里写上旧地址转到哪里。",
    bad="（docs/issues/2017/020.md 改名为 021.md）",
    good="# docs/redirects.yml\nissues/2017/020.html: issues/2017/021.html",
    mend="不是有意的，恢复页面（git checkout）；确要改名，在 docs/redirects.yml 里加一行“旧地址: 新地址”。",
    over_page=False,
    is_waivable=False,
)
def removed_page(holdings: Holdings) -> Iterator[Spot]:
    if not holdings.published:
        return
    moved = _moved(holdings)
    for path in holdings.published.changed:
        address = path.removeprefix("docs/").removesuffix(".md") + ".html"
        gone = path.endswith(".md") and path not in holdings.files
        if gone and address not in moved and path in holdings.published.pages:
            yield Spot(
                path,
                1,
                f"{holdings.published.name} 版里的这一页没有了，docs/redirects.yml 里也没有写 {address}",
            )


def _moved(holdings: Holdings) -> dict[str, str]:
    try:
        return redirects.load(holdings.archive.docs / redirects.NAME)
    except ArchiveError:  # JB707 tells
        return {}


@rule(
    "JB707",
    "改址表不对",
    why="docs/redirects.yml 记着改过的地址，一行一条“旧地址: 新地址”。写错了，旧链接就打不开。",
    bad="issues/2017/020: issues/2017/021",
    good="issues/2017/020.html: issues/2017/021.html",
    mend="按提示改那一行。旧地址上已经没有页面、新地址上有页面，才写得进去；只增加，不删除。",
    over_page=False,
    is_waivable=False,
)
def redirects_file(holdings: Holdings) -> Iterator[Spot]:
    path = holdings.archive.docs / redirects.NAME
    name = f"docs/{redirects.NAME}"
    try:
        moved = redirects.load(path)
    except ArchiveError as error:
        reason = str(error).removeprefix(f"{path}：")
        yield Spot(name, _line_of(reason, path), _LINE.sub("", reason, count=1))
        return
    lines = path.read_text("utf-8").splitlines() if moved else []
    for old, new in moved.items():
        line = next((n for n, text in enumerate(lines, start=1) if text.lstrip("'\" ").startswith(old)), 1)
        if _source(old) in holdings.files:
            yield Spot(name, line, f"旧地址 {old} 上还有页面 {_source(old)}")
        if new.startswith("issues/") and _source(new) not in holdings.files:
            yield Spot(name, line, f"新地址 {new} 上没有页面")


def _line_of(reason: str, path: Path) -> int:
    """The line that an error is about: the one it names, or the one that begins with the address it names."""
    line, address = _LINE.match(reason), _ADDRESS.search(reason)
    if line:
        return int(line[1])
    lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    return next((n for n, text in enumerate(lines, start=1) if address and address[0] in text), 1)


def _source(address: str) -> str:
    return f"docs/{address.removesuffix('.html')}.md"
