"""Vocabulary → Vocabulary with one tag renamed, or merged into another; the importer goes on knowing the old name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jianbao import tagging
from jianbao.vocabulary import KINDS, FormerName, Place, Theme, Vocabulary, WorkGroup, Years

Entry = WorkGroup | Place | Theme


def entries(words: Vocabulary, kind: str) -> dict[str, Entry]:
    """Name → entry of a kind (工作组, 地点 or 主题)."""
    return {entry.name: entry for entry in getattr(words, KINDS[kind][0])}


def renamed(words: Vocabulary, kind: str, old: str, new: str, years: Years) -> Vocabulary:
    """``words`` with the entry ``old`` called ``new``; ``old`` is its former name, borne in ``years``.

    A name that the entry had before and now has again is no other name of it any more.
    """
    entry = entries(words, kind)[old]
    former = tuple(each for each in entry.former if each.name != new)
    changed = replace(entry, name=new, former=(*former, FormerName(old, years)))
    match changed:
        case WorkGroup():
            aliases = tuple(alias for alias in changed.aliases if alias != new)
            units = _joined(changed.units, _sender(words, old, new))
            changed = replace(changed, aliases=aliases, units=units)
        case Place():
            changed = replace(changed, short=tuple(name for name in changed.short if name != new))
    return _elsewhere(_put(words, kind, {old: changed}), kind, old, new)


def merged(words: Vocabulary, kind: str, old: str, into: str, years: Years) -> Vocabulary:
    """``words`` with all by which ``old`` is known given to ``into``, and the entry ``old`` gone.

    ``old`` may be a tag that only pages have. What is said of the old entry by itself (派出、年份、依据、说明、
    大范围) has no place in the other's.
    """
    known = entries(words, kind)
    target, source = known[into], known.get(old)
    if old not in target.other_names:
        target = replace(target, former=(*target.former, FormerName(old, years)))
    match target, source:
        case WorkGroup(), WorkGroup():
            target = replace(
                target,
                former=_joined(target.former, source.former),
                aliases=_joined(target.aliases, source.aliases),
                units=_joined(target.units, (*_sender(words, old, into), *source.units)),
                places=_joined(target.places, source.places),
                sources=_joined(target.sources, source.sources),
            )
        case Place(), Place():
            target = replace(
                target,
                former=_joined(target.former, source.former),
                short=_joined(target.short, (name for name in source.short if name != into)),
                shared=_joined(target.shared, source.shared),
                not_in=_joined(target.not_in, source.not_in),
            )
        case Theme(), Theme():
            target = _theme(target, source)
    return _elsewhere(_put(words, kind, {old: None, into: target}), kind, old, into)


def _theme(target: Theme, source: Theme) -> Theme:
    """``target`` with the words of ``source``; where both know a word, ``target`` says what it counts."""
    taken = {*target.deciding_words, *target.key_words, *target.words, *target.not_in}

    def new(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(word for word in words if word not in taken)

    return replace(
        target,
        former=_joined(target.former, source.former),
        deciding_words=(*target.deciding_words, *new(source.deciding_words)),
        key_words=(*target.key_words, *new(source.key_words)),
        words=(*target.words, *new(source.words)),
        not_in=(*target.not_in, *new(source.not_in)),
    )


def _sender(words: Vocabulary, old: str, new: str) -> tuple[str, ...]:
    """The old name's sender, if it is another than the new one's: 武进援疆干部 are of this group still."""
    sender = tagging.sender_of(old, words)
    return (sender,) if len(sender) > 1 and sender != tagging.sender_of(new, words) else ()


def _put(words: Vocabulary, kind: str, changed: dict[str, Entry | None]) -> Vocabulary:
    field = KINDS[kind][0]
    kept = (changed.get(entry.name, entry) for entry in getattr(words, field))
    return replace(words, **{field: tuple(entry for entry in kept if entry)})


def _elsewhere(words: Vocabulary, kind: str, old: str, new: str) -> Vocabulary:
    """A place has its name in the groups that support it, too."""
    if kind != "地点":
        return words
    groups = tuple(replace(group, places=swapped(group.places, old, new)) for group in words.work_groups)
    return replace(words, work_groups=groups)


def swapped(names: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    """``names`` with ``new`` in the place of ``old``, each once."""
    return tuple(dict.fromkeys(new if name == old else name for name in names))


def _joined(own: tuple, others: Iterable) -> tuple:
    return tuple(dict.fromkeys((*own, *others)))
