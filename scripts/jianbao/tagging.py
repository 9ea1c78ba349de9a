"""Tagging: Issue → Issue with work groups, places and themes on each article, each with its reason.

A work group is tagged only where the text names the group, a place only by a name that stands for itself, a
theme by the weight of its words. What cannot be decided is left untagged and reported.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from jianbao.issue import Finding, Issue
from jianbao.vocabulary import Place, Vocabulary
from jianbao.word_finder import WordFinder

MOST_THEMES = 3
KEY_WEIGHT = 3
# A word in the title says more of an article than one in its text.
TITLE_WEIGHT = 3
# Many repeats of one word say no more.
MOST_REPEATS = 3
# Up to this many characters a text's words count in full; in a longer one they count by their share of it.
FULL_LENGTH = 400
# A second or third theme must weigh more than a key word in passing, by more than one word or one in the
# title, and at least this part of the weightiest.
LEAST_SIDE_WEIGHT = 5
KEY_IN_TITLE = KEY_WEIGHT * TITLE_WEIGHT
SIDE_SHARE = 0.2

_DIVISION = "(?:市|区|县|州)?"
_BATCH = r"(?:第[一二三四五六七八九十\d]+批)?"
_QUOTE = "[“”‘’\"'「」『』（）()·]{0,2}"
_AND = f"(?:{_QUOTE}[、和与及]{_QUOTE}|”“|」「)"
# What may stand between a list of senders and the word for their groups: 南京、江宁、南通三个工作组.
_IN_ALL = r"等?(?:[两二三四五六七八九十几\d]+(?:个|家|支|地|市))?"
# What … in a group word stands for: a few Han characters, not 的.
_SOME_HAN = "(?!的)[一-鿿]"


@dataclass(frozen=True)
class Reason:
    """Why an article has a tag: the words of the text that gave it.

    ``decided_by`` is the group or sender that decided between places which share the word, or "".
    """

    article: str
    tag: str
    words: tuple[str, ...]
    decided_by: str = ""


@dataclass(frozen=True)
class Tagged:
    """The issue with tags, the reasons of all of them, and what could not be decided."""

    issue: Issue
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]


def tag(issue: Issue, vocabulary: Vocabulary) -> Tagged:
    """``issue`` with the tags that its articles' texts give."""
    tagger = _tagger(vocabulary)
    articles, reasons, findings = [], [], []
    for article in issue.articles:
        text = _Text(
            title=tagger.readable(article.full_title), body=tagger.readable("\n".join(article.paragraphs))
        )
        groups = tagger.work_groups(text)
        places, undecided = tagger.places(text, issue.year, tuple(groups))
        themes = tagger.themes(text)
        reasons += [
            Reason(article.id, name, *reason)
            for found in (groups, places, themes)
            for name, reason in found.items()
        ]
        for name, options in undecided.items():
            message = f"“{article.title}”中的“{name}”分不清是{'、'.join(options)}，没有标注，请人工选定"
            findings.append(Finding("ambiguous_place", None, message, article.id))
        if vocabulary.themes and not themes:
            message = f"“{article.title}”没有一个主题词，请人工选定主题"
            findings.append(Finding("theme_missing", None, message, article.id))
        elif themes and tagger.is_doubtful(themes, text):
            name, (words, _) = next(iter(themes.items()))
            message = f"“{article.title}”的主题“{name}”只凭“{words[0]}”一词，请核对"
            findings.append(Finding("theme_doubtful", None, message, article.id))
        articles.append(
            replace(article, work_groups=tuple(groups), places=tuple(places), themes=tuple(themes))
        )
    return Tagged(replace(issue, articles=tuple(articles)), tuple(reasons), tuple(findings))


@dataclass(frozen=True)
class _Text:
    """An article's words without what hides or feigns a name."""

    title: str
    body: str

    @property
    def whole(self) -> str:
        return f"{self.title}\n{self.body}"

    @property
    def opening(self) -> str:
        """The title and the first paragraph."""
        first, *_ = self.body.split("\n", 1)
        return f"{self.title}\n{first}"


# A tag → the words that gave it, and what decided between tags that share the word.
_Found = dict[str, tuple[tuple[str, ...], str]]


@functools.lru_cache(maxsize=8)
def _tagger(vocabulary: Vocabulary) -> _Tagger:
    return _Tagger(vocabulary)


class _Tagger:
    """A vocabulary made ready for reading: its words by what they stand for, its groups as a pattern."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._aliases = {
            alias: group.name
            for group in vocabulary.work_groups
            for alias in (group.name, *group.other_names)
        }
        self._senders = _senders(vocabulary)
        self._group_finder = WordFinder(self._aliases)
        self._sender_finder = WordFinder(self._senders)
        self._group_pattern = _group_pattern(vocabulary.group_words, tuple(self._senders))
        self._place_finder = WordFinder(
            name for place in vocabulary.places for name in (place.name, *place.other_names, *place.shared)
        )
        self._no_places = [word for place in vocabulary.places for word in place.not_in]
        # word → the themes that it speaks for, with its weight; a word that speaks for none is in the way.
        self._theme_words: dict[str, dict[str, int]] = {}
        for theme in vocabulary.themes:
            for word in theme.not_in:
                self._theme_words.setdefault(word, {})
            for word in (*theme.deciding_words, *theme.key_words, *theme.words):
                weight = 1 if word in theme.words else KEY_WEIGHT
                self._theme_words.setdefault(word, {})[theme.name] = weight
        self._theme_finder = WordFinder(self._theme_words)

    def readable(self, text: str) -> str:
        """``text`` without spaces, which may cut a name in two, and without the words that are never read."""
        return _without(re.sub(r"[ \u3000]+", "", text), self._vocabulary.not_in)

    def work_groups(self, text: _Text) -> _Found:
        """The groups that the text names, in the vocabulary's order."""
        words: dict[str, list[str]] = {}
        for match in self._group_pattern.finditer(text.whole) if self._group_pattern else ():
            for sender in self._sender_finder.find(match["senders"]):
                words.setdefault(self._senders[sender], []).append(match[0])
        for alias in self._group_finder.find(text.whole):
            words.setdefault(self._aliases[alias], []).append(alias)
        return {
            group.name: (tuple(dict.fromkeys(words[group.name])), "")
            for group in self._vocabulary.work_groups
            if group.name in words
        }

    def places(
        self, text: _Text, year: int, groups: tuple[str, ...]
    ) -> tuple[_Found, dict[str, tuple[str, ...]]]:
        """The places that the text names, in the vocabulary's order, and the shared names left undecided."""
        words = self._place_names(text.whole)
        found: _Found = {}
        for place in self._vocabulary.places:
            names = tuple(name for name in place.names(year) if name in words)
            if names and not place.as_subject_only:
                found[place.name] = (names, "")
        undecided = {}
        for name, options in self._shared_names(words).items():
            named = [place.name for place in options if place.name in found]
            place, by = self._decide(options, groups, text) or (named[0] if len(named) == 1 else "", "")
            if place:
                found.setdefault(place, ((name,), by))
            elif not named:
                undecided[name] = tuple(place.name for place in options)
        found |= self._subjects(text, year, alone=not found)
        order = [place.name for place in self._vocabulary.places]
        return {name: found[name] for name in sorted(found, key=order.index)}, undecided

    def _place_names(self, text: str) -> set[str]:
        return set(self._place_finder.find(_without(text, self._no_places)))

    def _shared_names(self, words: set[str]) -> dict[str, list[Place]]:
        shared: dict[str, list[Place]] = {}
        for place in self._vocabulary.places:
            for name in place.shared:
                if name in words:
                    shared.setdefault(name, []).append(place)
        return shared

    def _decide(self, options: list[Place], groups: tuple[str, ...], text: _Text) -> tuple[str, str] | None:
        """Which of ``options`` is meant, and by what: a group that the text names, else a mere sender."""
        senders = dict.fromkeys(self._sender_finder.find(text.whole))
        for clues in ({name: name for name in groups}, {name: self._senders[name] for name in senders}):
            supported = {
                place.name: clue
                for clue, group_name in clues.items()
                for group in self._vocabulary.work_groups
                if group.name == group_name
                for place in options
                if place.name in group.places
            }
            if len(supported) == 1:
                return next(iter(supported.items()))
            if supported:
                return None
        return None

    def _subjects(self, text: _Text, year: int, alone: bool) -> _Found:
        """The regions that the article is about: named in full in its title, or where no place within is.

        Where it is ``alone``, a short name in the title or the full one in the opening is enough.
        """
        in_title = self._place_names(text.title)
        in_opening = self._place_names(text.opening)
        found: _Found = {}
        for place in self._vocabulary.places:
            if not place.as_subject_only:
                continue
            full = [name for name in place.names(year) if len(name) >= len(place.name)]
            names = [name for name in (place.names(year) if alone else full) if name in in_title]
            names += [name for name in full if alone and name in in_opening and name not in names]
            if names:
                found[place.name] = (tuple(names), "")
        return found

    def themes(self, text: _Text) -> _Found:
        """One to three themes, the main one first; none where the text has no word of any."""
        in_title = dict.fromkeys(self._theme_finder.find(text.title))
        in_body = Counter(self._theme_finder.find(text.body))
        share = min(1, FULL_LENGTH / max(len(text.body), 1))
        weights = {theme.name: 0.0 for theme in self._vocabulary.themes}
        words: dict[str, list[str]] = {theme.name: [] for theme in self._vocabulary.themes}
        for word in in_title | dict.fromkeys(in_body):
            count = TITLE_WEIGHT * (word in in_title) + share * min(in_body[word], MOST_REPEATS)
            for theme, weight in self._theme_words[word].items():
                weights[theme] += weight * count
                words[theme].append(word)
        decided = {
            theme.name
            for theme in self._vocabulary.themes
            if not in_title.keys().isdisjoint(theme.deciding_words)
        }
        # Equal weights keep the vocabulary's order, so that the result does not depend on chance.
        ranked = sorted(weights, key=lambda theme: (theme not in decided, -weights[theme]))
        enough = max(LEAST_SIDE_WEIGHT, SIDE_SHARE * max(weights.values(), default=0))
        main = [theme for theme in ranked[:1] if words[theme]]
        side = [
            theme
            for theme in ranked[1:]
            if theme in decided
            or (weights[theme] >= enough and (len(words[theme]) > 1 or weights[theme] >= KEY_IN_TITLE))
        ]
        return {theme: (tuple(words[theme]), "") for theme in (main + side)[:MOST_THEMES]}

    def is_doubtful(self, themes: _Found, text: _Text) -> bool:
        """Whether the main theme rests on a single word, neither a key word nor in the title."""
        (name, (words, _)), *_ = themes.items()
        plain = self._theme_words[words[0]][name] < KEY_WEIGHT
        return len(words) == 1 and plain and words[0] not in text.title


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "\n")
    return text


def sender_of(name: str, vocabulary: Vocabulary) -> str:
    """What a group's name begins with, before the word for groups: ``武进工作组`` → ``武进``; "" where it ends with none."""
    words = sorted(vocabulary.group_words, key=len, reverse=True)
    word = next((word for word in words if name.endswith(word)), None)
    return name.removesuffix(word) if word else ""


def _senders(vocabulary: Vocabulary) -> dict[str, str]:
    """What a group's name begins with → the name: ``武进`` → ``武进工作组``; its sub-units likewise."""
    senders = {}
    for group in vocabulary.work_groups:
        for sender in (sender_of(group.name, vocabulary), *group.units):
            if len(sender) > 1:
                senders[sender] = group.name
    return senders


def _group_pattern(group_words: tuple[str, ...], senders: tuple[str, ...]) -> re.Pattern[str] | None:
    """One or several senders, then what makes them groups: ``武进第九批援疆工作组``, ``扬州、泰州工作组``."""
    if not senders:
        return None
    sender = "|".join(map(re.escape, sorted(senders, key=len, reverse=True)))
    one = f"(?:{sender}){_DIVISION}"
    some = f"(?:(?!{sender}){_SOME_HAN}){{0,8}}?"
    ordered = sorted(group_words, key=len, reverse=True)
    words = "|".join(some.join(map(re.escape, word.split("…"))) for word in ordered)
    return re.compile(
        f"(?P<senders>{one}(?:{_AND}{one})*){_QUOTE}{_IN_ALL}{_QUOTE}{_BATCH}{_QUOTE}(?:{words})"
    )
