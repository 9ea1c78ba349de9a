"""JB2: the articles, and the contents list (要目) against them."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator

from jianbao.check.finding import Level, Spot
from jianbao.check.holdings import Holdings
from jianbao.check.page_file import PageFile
from jianbao.check.record import Piece, Record
from jianbao.check.rule import rule
from jianbao.issue import Article
from jianbao.vocabulary import Vocabulary

# What a contents list and a headline may set differently and mean the same.
_MARKS = re.compile(r"[\s\W_]+")
# Headlines that share fewer characters are of two articles; so many characters in a row are misread or misprinted.
_UNLIKE = 0.3
_LONGEST_SLIP = 2


@rule(
    "JB201",
    "要目与标题对不上",
    Level.WARNING,
    why="要目里的标题和正文的标题说的是同一篇文章。差一两个字的，多半有一处认错或印错；完全不像的，多半两篇对错了。"
    "要目里少写、多写几个字是常事，不报。",
    bad="要目标题: 卫生援疆医疗人才培养班开班\n## 卫生援疆医疗人才培训班开班",
    good="要目标题: 卫生援疆医疗人才培训班开班\n## 卫生援疆医疗人才培训班开班",
    mend="对照原件：认错的改正；原件上两处就不同的，照录，并在页首“免检”里写上“JB201: 原件如此”。",
)
def contents_title(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    for article in page.issue.articles:
        if article.contents_title:
            message = _mismatch(article.contents_title, article)
            if message:
                yield page.at(page.fact_line(article, "要目标题"), message)


def _mismatch(listed: str, article: Article) -> str | None:
    """How the contents list's headline and the article's do not fit; None where one only says more or less."""
    listed = _MARKS.sub("", listed)
    # A contents list may leave the subtitle out.
    printed = [_MARKS.sub("", title) for title in (article.full_title, article.title)]
    if listed in printed:
        return None
    matcher = difflib.SequenceMatcher(None, listed, printed[0], autojunk=False)
    if matcher.ratio() < _UNLIKE:
        return f"要目是“{listed}”，与标题“{printed[0]}”不像同一篇"
    slips = [
        # With a character or two beside it, a difference can be found in print.
        f"要目是“{listed[max(0, a - 2) : b + 2]}”，标题是“{printed[0][max(0, c - 2) : d + 2]}”"
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag == "replace" and b - a == d - c <= _LONGEST_SLIP
    ]
    return "；".join(slips) or None


@rule(
    "JB202",
    "要目有、正文没有",
    Level.WARNING,
    why="“要目无文”里的标题，在正文里没有找到对应的文章：可能有一篇漏了，或者和前一篇连成了一篇。",
    bad="要目无文:\n- 武进工作组开展爱心助学活动",
    good="（没有“要目无文”，每条要目都有一篇文章）",
    mend="对照原件找到这篇文章，给它单独的“## 标题 {#a09}”，写上“要目标题”，再从“要目无文”里删去；"
    "原件确实没有正文的，写“免检”。",
)
def contents_without_article(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    line = page.key_line("要目无文")
    for position, title in enumerate(page.issue.contents_without_article, start=1):
        yield page.at(min(line + position, page.head_end), f"要目“{title}”没有对应的文章")


@rule(
    "JB203",
    "文章没有正文",
    Level.WARNING,
    why="只有标题没有正文的文章，多半是正文漏了，或者连到了下一篇。",
    bad="## 南京工作组四措并举 {#a03}（下面紧接着下一篇）",
    good="## 南京工作组四措并举 {#a03}（说明下面有正文）",
    mend="对照原件补上正文；原件只有标题的，写“免检”。",
)
def no_text(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    for article, section in zip(page.issue.articles, page.sections, strict=True):
        if not article.body:
            yield page.at(section.heading, f"“{article.title}”没有正文")


@rule(
    "JB204",
    "一期里没有文章",
    why="一期至少有一篇文章；没有文章的页面，读者打开是空的。",
    bad="---\n刊名: 援疆工作简报\n……\n---",
    good="---\n刊名: 援疆工作简报\n……\n---\n\n## 标题 {#a01}",
    mend="补上文章；不要这一页的，连同原件一起删去。",
)
def no_articles(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    if not page.issue.articles:
        yield page.at(1, "这一期没有文章")


@rule(
    "JB205",
    "文章重复",
    Level.WARNING,
    why="两篇文章的正文一字不差，多半是重复粘贴，或者同一期导入了两次。",
    bad="2017年第20期 a03 和第21期 a01 的正文相同",
    good="每篇文章只在一期里",
    mend="删去多余的一篇；确实在两期都登过的，在后一期写“免检”。",
    over_page=False,
)
def repeated_article(holdings: Holdings) -> Iterator[Spot]:
    first: dict[str, tuple[Record, Piece]] = {}
    for record in sorted(holdings.records.values(), key=lambda each: (each.order, each.path)):
        repeated: dict[str, list[tuple[Piece, Piece]]] = defaultdict(list)
        for piece in record.articles:
            before, original = first.setdefault(piece.digest, (record, piece))
            if piece.digest and original is not piece:
                repeated[before.path].append((piece, original))
        # An issue that was imported twice is one fault, not eight.
        for path, pairs in repeated.items():
            piece, original = pairs[0]
            same = f"{original.id}“{original.title}”" + (f"等 {len(pairs)} 篇" if len(pairs) > 1 else "")
            yield Spot(record.path, piece.line, f"正文与 {path} 的 {same}相同")
