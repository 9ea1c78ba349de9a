"""Tagging: Issue → Issue with work groups, places and themes on each article, each with its reason.

A work group is tagged only where the text names the group, a place only by a name that stands for itself, a
theme by the weight of its words. What cannot be decided is left untagged and reported.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jianbao.issue import Article, Finding, Issue
from jianbao.vocabulary import Place, Vocabulary

MOST_THEMES = 3
# A word in the title says more of an article than one in its text; many repeats of one word say no more.
TITLE_WEIGHT = 3
KEY_WORD_WEIGHT = 3
MOST_REPEATS = 3
# A second or third theme must weigh at least this part of the first one.
THEME_SHARE = 1 / 3

_DIVISION = r"(?:市|区|县|州)?"
_BATCH = r"(?:第[一二三四五六七八九十\d]+批)?"


@dataclass(frozen=True)
class Reason:
    """Why an article has a tag: the words of the text that gave it."""

    article: str
    tag: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Tagged:
    """The issue with tags, the reasons of all of them, and what could not be decided."""

    issue: Issue
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]


def tag(issue: Issue, vocabulary: Vocabulary) -> Tagged:
    """``issue`` with the tags that its articles' texts give."""
    names_group = _group_pattern(vocabulary)
    articles, reasons, findings = [], [], []
    for article in issue.articles:
        groups = dict(_work_groups(article, vocabulary, names_group))
        places, doubts = _places(article, vocabulary, tuple(groups))
        themes = _themes(article, vocabulary)
        found = {**groups, **places, **themes}
        reasons += [Reason(article.id, name, words) for name, words in found.items()]
        findings += doubts
        if vocabulary.themes and not themes:
            message = f"“{article.title}”没有一个主题词，请人工选定主题"
            findings.append(Finding("theme_missing", None, message))
        articles.append(
            replace(article, work_groups=tuple(groups), places=tuple(places), themes=tuple(themes))
        )
    return Tagged(replace(issue, articles=tuple(articles)), tuple(reasons), tuple(findings))


def _text(article: Article) -> str:
    """The whole article as one text in which spaces inside names do not hide them."""
    return re.sub(r"[ \u3000]+", "", "\n".join((article.full_title, *article.paragraphs)))


@functools.lru_cache(maxsize=8)
def _group_pattern(vocabulary: Vocabulary) -> re.Pattern[str] | None:
    """One or several senders, then what makes them groups: ``武进第九批援疆工作组``, ``扬州、泰州工作组``."""
    if not _stems(vocabulary):
        return None
    stem = _any_stem(vocabulary).pattern + _DIVISION
    words = "|".join(map(re.escape, sorted(vocabulary.group_words, key=len, reverse=True)))
    return re.compile(rf"{stem}(?:[、和与及]{stem})*{_BATCH}(?:{words})")


@functools.lru_cache(maxsize=8)
def _any_stem(vocabulary: Vocabulary) -> re.Pattern[str]:
    stems = sorted(_stems(vocabulary), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, stems))})")


@functools.lru_cache(maxsize=8)
def _stems(vocabulary: Vocabulary) -> dict[str, str]:
    """What a group's name begins with → the name: ``武进`` → ``武进工作组``."""
    suffixes = sorted(vocabulary.group_words, key=len, reverse=True)
    stems = {}
    for group in vocabulary.work_groups:
        suffix = next((s for s in suffixes if group.name.endswith(s)), "")
        stem = group.name.removesuffix(suffix)
        if suffix and len(stem) > 1:
            stems[stem] = group.name
    return stems


def _work_groups(
    article: Article, vocabulary: Vocabulary, pattern: re.Pattern[str] | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = _text(article)
    stems = _stems(vocabulary)
    named: dict[str, list[str]] = {}
    for match in pattern.finditer(text) if pattern else ():
        for stem in _any_stem(vocabulary).findall(match[0]):
            named.setdefault(stems[stem], []).append(match[0])
    for group in vocabulary.work_groups:
        words = named.get(group.name, []) + [a for a in (group.name, *group.aliases) if a in text]
        if words:
            yield group.name, tuple(dict.fromkeys(words))


def _places(
    article: Article, vocabulary: Vocabulary, groups: tuple[str, ...]
) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    text = _text(article)
    found = {}
    shared: dict[str, list[Place]] = {}
    # Full names are taken out first, so that 伊宁市 is not also a mention of the ambiguous 伊宁.
    without_names = text
    for place in sorted(vocabulary.places, key=lambda p: len(p.name), reverse=True):
        without_names = without_names.replace(place.name, "\n")
    for place in vocabulary.places:
        where = _text(replace(article, body=())) if place.title_only else text
        rest = where
        for word in place.not_in:
            rest = rest.replace(word, "\n")
        words = tuple(name for name in (place.name, *place.short) if name in rest)
        longer = [
            other.name for other in vocabulary.places if other is not place and place.name in other.name
        ]
        if words and not (longer and not _stands_alone(rest, words, longer)):
            found[place.name] = words
        for name in place.shared:
            shared.setdefault(name, []).append(place)
    supported = {p for group in vocabulary.work_groups if group.name in groups for p in group.places}
    doubts = []
    for name, places in shared.items():
        rest = without_names
        for word in (word for place in places for word in place.not_in):
            rest = rest.replace(word, "\n")
        if name not in rest:
            continue
        by_group = [place for place in places if place.name in supported]
        named = [place for place in places if place.name in found]
        decided = by_group if len(by_group) == 1 else named if len(named) == 1 else []
        if decided:
            found.setdefault(decided[0].name, (name,))
        elif not named:
            options = "、".join(place.name for place in places)
            message = f"“{article.title}”中的“{name}”分不清是{options}，没有标注，请人工选定"
            doubts.append(Finding("ambiguous_place", None, message))
    order = [place.name for place in vocabulary.places]
    return {name: found[name] for name in sorted(found, key=order.index)}, doubts


def _stands_alone(text: str, words: tuple[str, ...], longer: list[str]) -> bool:
    for name in longer:
        text = text.replace(name, "\n")
    return any(word in text for word in words)


def _themes(article: Article, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    title, body = article.full_title, "\n".join(article.paragraphs)
    scores: dict[str, int] = {}
    words_of: dict[str, tuple[str, ...]] = {}
    for theme in vocabulary.themes:
        score = 0
        seen = []
        for word in (*theme.key_words, *theme.words):
            weight = KEY_WORD_WEIGHT if word in theme.key_words else 1
            count = TITLE_WEIGHT * (word in title) + min(body.count(word), MOST_REPEATS)
            if count:
                seen.append(word)
                score += weight * count
        if score:
            scores[theme.name] = score
            words_of[theme.name] = tuple(seen)
    best = max(scores.values(), default=0)
    # Equal scores keep the vocabulary's order, so that the result does not depend on chance.
    ranked = sorted(scores, key=lambda name: -scores[name])[:MOST_THEMES]
    return {name: words_of[name] for name in ranked if scores[name] >= THEME_SHARE * best}
