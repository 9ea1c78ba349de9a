"""JB3: tags, and the vocabulary (词表) that they come from."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from jianbao import vocabulary
from jianbao.check.finding import Level, Spot
from jianbao.check.holdings import Holdings
from jianbao.check.page_file import PageFile
from jianbao.check.rule import rule
from jianbao.errors import VocabularyError
from jianbao.issue import Article
from jianbao.vocabulary import Vocabulary

_LINE = re.compile(r"第(\d+)行：")
_ALIKE = 0.5
_TAGS_OF = {"工作组": "work_groups", "地点": "places", "主题": "themes"}


def _unknown(page: PageFile, key: str, known: Iterable[str], other_names: dict[str, str]) -> Iterator[Spot]:
    """A spot for each tag under ``key`` that is none; ``other_names`` lead to the tag that is meant."""
    known = tuple(known)
    if not known:  # a vocabulary that cannot be read, or says nothing of this, judges nothing
        return
    for article in page.issue.articles:
        for tag in getattr(article, _TAGS_OF[key]):
            if tag not in known:
                like = other_names.get(tag) or _closest(tag, known)
                hint = f"，是不是“{like}”？" if like else ""
                yield page.at(page.fact_line(article, key), f"{key}“{tag}”不在词表里{hint}")


def _closest(tag: str, known: tuple[str, ...]) -> str | None:
    inside = [name for name in known if tag in name or name in tag]
    return next(iter([*inside, *difflib.get_close_matches(tag, known, 1, _ALIKE)]), None)


@rule(
    "JB301",
    "词表不对",
    why="词表（docs/vocabulary.yml）规定可以用哪些工作组、地点和主题。它读不出来，标签无从核对，网站也生成不了。",
    bad="地点:\n- 名称：昭苏县",
    good="地点:\n- 名称: 昭苏县",
    mend="按提示改那一行；写法在词表开头的说明里。",
    over_page=False,
    is_waivable=False,
)
def vocabulary_file(holdings: Holdings) -> Iterator[Spot]:
    path = holdings.archive.vocabulary
    try:
        vocabulary.load(path)
    except VocabularyError as error:
        reason = str(error).removeprefix(f"{path}：")
        line = _LINE.match(reason)
        yield Spot("docs/vocabulary.yml", int(line[1]) if line else 1, _LINE.sub("", reason, count=1))


@rule(
    "JB302",
    "工作组不在词表里",
    why="工作组的名称必须与词表里的完全一致，否则这篇文章不会出现在那个工作组的页面上。",
    bad="工作组: [武进组]",
    good="工作组: [武进工作组]",
    mend="改成词表里的名称；确是新的工作组，先在 docs/vocabulary.yml 里加上。",
)
def work_groups(page: PageFile, words: Vocabulary) -> Iterator[Spot]:
    others = {name: group.name for group in words.work_groups for name in (*group.aliases, *group.units)}
    return _unknown(page, "工作组", [group.name for group in words.work_groups], others)


@rule(
    "JB303",
    "地点不在词表里",
    why="地点必须与词表里的名称完全一致（昭苏县，不是昭苏），否则这篇文章不会出现在那个地点的页面上。",
    bad="地点: [昭苏]",
    good="地点: [昭苏县]",
    mend="改成词表里的名称；确是新的地点，先在 docs/vocabulary.yml 里加上。",
)
def places(page: PageFile, words: Vocabulary) -> Iterator[Spot]:
    others = {name: place.name for place in words.places for name in place.short}
    return _unknown(page, "地点", [place.name for place in words.places], others)


@rule(
    "JB304",
    "主题不在词表里",
    why="主题必须是词表里的一个，否则这篇文章不会出现在那个主题的页面上。",
    bad="主题: [卫生]",
    good="主题: [医疗卫生]",
    mend="改成词表里的主题；确要增加主题，先在 docs/vocabulary.yml 里加上。",
)
def themes(page: PageFile, words: Vocabulary) -> Iterator[Spot]:
    return _unknown(page, "主题", [theme.name for theme in words.themes], {})


@rule(
    "JB305",
    "文章没有主题",
    Level.WARNING,
    why="没有主题的文章，读者按主题找不到。程序拿不准时会留空，等编辑来定。",
    bad="主题: []",
    good="主题: [教育, 交流合作]",
    mend="从词表里选一至三个主题，第一个是主要的；确实哪个都不合适的，写“免检”。",
)
def no_theme(page: PageFile, words: Vocabulary) -> Iterator[Spot]:
    for article in page.issue.articles:
        if words.themes and not article.themes:
            yield page.at(page.fact_line(article, "主题"), f"“{article.title}”没有主题")


@rule(
    "JB306",
    "标签写了两遍",
    Level.WARNING,
    why="一篇文章里同一个标签只写一次。",
    bad="主题: [教育, 教育]",
    good="主题: [教育]",
    mend="删去多余的。",
)
def repeated_tags(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    for article in page.issue.articles:
        for key in _TAGS_OF:
            yield from _repeated(page, article, key)


def _repeated(page: PageFile, article: Article, key: str) -> Iterator[Spot]:
    tags = getattr(article, _TAGS_OF[key])
    for tag in dict.fromkeys(tag for tag in tags if tags.count(tag) > 1):
        yield page.at(page.fact_line(article, key), f"{key}“{tag}”写了不止一次")
