"""The vocabulary (词表): the work groups, places and themes that an archive's articles may be tagged with.

Editors own the file, ``docs/vocabulary.yml``; its own head explains its keys. It may also set the words of
the layout (``版式``), so that another bulletin needs no code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import yaml

from jianbao.errors import VocabularyError
from jianbao.recognise.layout import Layout

LAYOUT_KEYS = {
    "刊名结尾": "title_endings",
    "要目标志": "contents_headings",
    "动态标志": "briefs_headings",
    "长文标志": "features_headings",
    "编发单位结尾": "issuer_endings",
    "报头附注": "masthead_notes",
    "开头单位结尾": "opening_endings",
    "易错": "slips",
}


@dataclass(frozen=True)
class Years:
    """A span of years, both ends included; None is an open end. ``2017 in Years(2011)``."""

    first: int | None = None
    last: int | None = None

    def __contains__(self, year: int) -> bool:
        return (self.first or year) <= year <= (self.last or year)

    @classmethod
    def parse(cls, text: str) -> Years:
        """The span written as ``2011—``, ``2011—2019``, ``—2019`` or ``2019``. Raises ValueError."""
        match = re.fullmatch(r"(\d{4})?\s*[—–~～-]{1,2}\s*(\d{4})?", text.strip())
        first, last = match.groups() if match else (text, text)
        years = cls(*(int(year) if year else None for year in (first, last)))
        if not (first or last) or not all(1949 <= int(y) <= 2999 for y in (first, last) if y):
            raise ValueError(text)
        if first and last and int(first) > int(last):
            raise ValueError(text)
        return years

    def __str__(self) -> str:
        """As the file has it; nothing where both ends are open."""
        if self.first == self.last:
            return str(self.first or "")
        return f"{self.first or ''}—{self.last or ''}"


ALL_YEARS = Years()


@dataclass(frozen=True)
class FormerName:
    """A name that a tag had before, and in which years, as far as they are known."""

    name: str
    years: Years = Years()

    @classmethod
    def parse(cls, text: str) -> FormerName:
        """The name written as ``镇江前方指挥组`` or ``镇江前方指挥组（2016—2018）``. Raises ValueError."""
        match = re.fullmatch(r"(?P<name>.+?)\s*[（(](?P<years>[^（(]*)[）)]", text.strip())
        if not text.strip():
            raise ValueError(text)
        return cls(match["name"], Years.parse(match["years"])) if match else cls(text.strip())

    def __str__(self) -> str:
        return f"{self.name}（{self.years}）" if str(self.years) else self.name


@dataclass(frozen=True)
class WorkGroup:
    """A work group: its name is the tag; ``places`` are those it supports.

    ``units`` are senders within it (海门 within 南通), ``years`` those that the sources cover.
    """

    name: str
    former: tuple[FormerName, ...] = ()
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sender: str = ""
    places: tuple[str, ...] = ()
    years: Years = Years()
    certainty: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def other_names(self) -> tuple[str, ...]:
        """What else names the group, in a text and in a search."""
        return (*(each.name for each in self.former), *self.aliases)


@dataclass(frozen=True)
class Place:
    """A place: ``shared`` are short names that other places have too, ``not_in`` words that only contain one.

    Short names count in issues of ``years``. A place ``as_subject_only`` is a region that holds others, a tag
    only where the article is about all of it.
    """

    name: str
    former: tuple[FormerName, ...] = ()
    short: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    years: Years = Years()
    as_subject_only: bool = False

    @property
    def other_names(self) -> tuple[str, ...]:
        """What else names the place, in a text and in a search."""
        return (*(each.name for each in self.former), *self.short)

    def names(self, year: int) -> tuple[str, ...]:
        """What stands for the place, and for it alone, in an issue of ``year``."""
        lasting = (self.name, *(each.name for each in self.former))
        return (*lasting, *self.short) if year in self.years else lasting


@dataclass(frozen=True)
class Theme:
    """A theme and the words that speak for it: a key word as much as three plain ones.

    A title with a deciding word is about the theme, whatever else it names. ``not_in`` are words that contain
    one of the others and mean something else.
    """

    name: str
    former: tuple[FormerName, ...] = ()
    deciding_words: tuple[str, ...] = ()
    key_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()

    @property
    def other_names(self) -> tuple[str, ...]:
        """What else names the theme, in a search; in a text its words do."""
        return tuple(each.name for each in self.former)


@dataclass(frozen=True)
class Vocabulary:
    """All that tags may be; ``group_words`` are what turns a sender's name into a group's (武进＋工作组).

    ``not_in`` are words that are never read, for any tag.
    """

    group_words: tuple[str, ...] = ("工作组",)
    work_groups: tuple[WorkGroup, ...] = ()
    places: tuple[Place, ...] = ()
    themes: tuple[Theme, ...] = ()
    not_in: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)

    @property
    def other_names(self) -> dict[str, dict[str, str]]:
        """For each kind of tag (``work_groups``, ``places``, ``themes``) what else names one → the tag."""
        return {
            kind: {name: entry.name for entry in getattr(self, kind) for name in entry.other_names}
            for kind in ("work_groups", "places", "themes")
        }


# key in the file → field; the fields' own defaults tell what kind of value each holds.
_GROUP_KEYS = {
    "名称": "name", "曾用名": "former", "别名": "aliases", "所属": "units", "派出": "sender", "受援": "places", "年份": "years",
    "依据": "certainty", "说明": "note", "来源": "sources",
}  # fmt: skip
_PLACE_KEYS = {
    "名称": "name", "曾用名": "former", "简称": "short", "同形": "shared", "不算": "not_in", "年份": "years",
    "大范围": "as_subject_only",
}  # fmt: skip
_THEME_KEYS = {
    "名称": "name", "曾用名": "former", "定题词": "deciding_words", "关键词": "key_words", "词": "words",
    "不算": "not_in",
}  # fmt: skip
# What a tag may be → where the vocabulary has it, and the keys of an entry.
KINDS = {
    "工作组": ("work_groups", _GROUP_KEYS),
    "地点": ("places", _PLACE_KEYS),
    "主题": ("themes", _THEME_KEYS),
}
_TOP_KEYS = ("组名词", "工作组", "地点", "主题", "不算", "版式")
_CERTAINTIES = ("已核实", "部分核实", "原文", "未核实")


def load(path: Path) -> Vocabulary:
    """The vocabulary in the file at ``path``. Raises VocabularyError, naming the file and the entry."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        raise VocabularyError(
            f"{path}：没有词表；请新建，可参照 jianbao 自带的 docs/vocabulary.yml"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}：打不开或不是 UTF-8 编码（{error}）；请另存为 UTF-8") from None
    return parse(text, str(path))


def parse(text: str, path: str) -> Vocabulary:
    """The vocabulary in YAML ``text``; ``path`` is named in messages. Raises VocabularyError."""
    try:
        data = yaml.load(text, _Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        # An error at the end is said to be one line further.
        place = f"第{min(mark.line, text.count(chr(10))) + 1}行：" if mark else ""
        problem = (
            error.problem if isinstance(error, _RepeatedKey) else "不是合格的 YAML；请检查缩进、冒号和引号"
        )
        raise VocabularyError(f"{path}：{place}{problem}") from None
    if not isinstance(data, dict):
        raise VocabularyError(f"{path}：应当有 {'、'.join(_TOP_KEYS)} 几项")
    _refuse_unknown(data, _TOP_KEYS, path)
    vocabulary = Vocabulary(
        group_words=_strings(data.get("组名词", ["工作组"]), f"{path}：“组名词”"),
        work_groups=_entries(data, "工作组", WorkGroup, _GROUP_KEYS, path),
        places=_entries(data, "地点", Place, _PLACE_KEYS, path),
        themes=_entries(data, "主题", Theme, _THEME_KEYS, path),
        not_in=_strings(data.get("不算", []), f"{path}：“不算”"),
        layout=_layout(data.get("版式") or {}, path),
    )
    checks = (
        _unknown_places,
        _unknown_certainty,
        _shared_aliases,
        _shared_places,
        _shared_themes,
        _idle_words,
    )
    for check in checks:
        for problem in check(vocabulary):
            raise VocabularyError(f"{path}：{problem}")
    return vocabulary


class _RepeatedKey(yaml.MarkedYAMLError):
    pass


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the one in C is ten times as fast
    """YAML in which a repeated key is an error: PyYAML would silently keep only the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        keys = [key.value for key, _ in node.value]
        for position, (key, _) in enumerate(node.value):
            if key.value in keys[:position]:
                raise _RepeatedKey(
                    problem=f"“{key.value}”写了不止一次；请合并成一项", problem_mark=key.start_mark
                )
        return super().construct_mapping(node, deep)


# Each check yields what is wrong, with the entry and the remedy.


def _unknown_places(vocabulary: Vocabulary) -> Iterator[str]:
    known = {place.name for place in vocabulary.places}
    for group in vocabulary.work_groups:
        for place in group.places:
            if known and place not in known:
                yield f"工作组“{group.name}”的受援地“{place}”不在“地点”中；请补上或改正"


def _unknown_certainty(vocabulary: Vocabulary) -> Iterator[str]:
    for group in vocabulary.work_groups:
        if group.certainty and group.certainty not in _CERTAINTIES:
            yield f"工作组“{group.name}”的依据“{group.certainty}”不认识；可用的有{'、'.join(_CERTAINTIES)}"


def _shared_aliases(vocabulary: Vocabulary) -> Iterator[str]:
    owner: dict[str, str] = {}
    for group in vocabulary.work_groups:
        for name in (group.name, *group.other_names, *group.units):
            if owner.setdefault(name, group.name) != group.name:
                yield f"“{name}”同时指工作组“{owner[name]}”和“{group.name}”；请从其中一个删去"


def _shared_places(vocabulary: Vocabulary) -> Iterator[str]:
    owner: dict[str, str] = {}
    for place in vocabulary.places:
        for name in (place.name, *place.other_names):
            if owner.setdefault(name, place.name) != place.name:
                yield f"“{name}”同时指地点“{owner[name]}”和“{place.name}”；简称请都改写到“同形”里，否则删去一个"
    shared = [(name, place.name) for place in vocabulary.places for name in place.shared]
    for name, place in shared:
        if name in owner:
            yield f"“{name}”是“{place}”的同形，又是“{owner[name]}”的名称或简称；请都改写到“同形”里"
        if not any(other == name and owner_ != place for other, owner_ in shared):
            yield f"地点“{place}”的同形“{name}”没有别处共用；请改写到“简称”里，或给另一处也写上"


def _shared_themes(vocabulary: Vocabulary) -> Iterator[str]:
    owner: dict[str, str] = {}
    for theme in vocabulary.themes:
        for name in (theme.name, *theme.other_names):
            if owner.setdefault(name, theme.name) != theme.name:
                yield f"“{name}”同时指主题“{owner[name]}”和“{theme.name}”；请从其中一个的曾用名里删去"


def _idle_words(vocabulary: Vocabulary) -> Iterator[str]:
    for place in vocabulary.places:
        names = (place.name, *place.other_names, *place.shared)
        for word in place.not_in:
            if word in names or not any(name in word for name in names):
                yield f"地点“{place.name}”的不算“{word}”应当是含有它的名称或简称、而更长的词；请改正或删去"
    for theme in vocabulary.themes:
        counted = (*theme.deciding_words, *theme.key_words, *theme.words, *theme.not_in)
        for word in counted:
            if counted.count(word) > 1:
                yield f"主题“{theme.name}”里“{word}”写了不止一次；请只留一处"
        for word in (*theme.deciding_words, *theme.key_words):
            if len(word) < 2:
                yield f"主题“{theme.name}”的“{word}”只有一个字，容易误认；请移到“词”里，或写成更长的词"


def _entries(data: Mapping, section: str, make: Callable, keys: Mapping[str, str], path: str) -> tuple:
    rows = data.get(section) or []
    if not isinstance(rows, list):
        raise VocabularyError(f"{path}：“{section}”下面应当是以“- 名称:”开头的若干项")
    made = []
    for position, row in enumerate(rows, start=1):
        where = f"{path}：{section}第{position}项"
        if not isinstance(row, dict) or not isinstance(row.get("名称"), str) or not row["名称"].strip():
            raise VocabularyError(f"{where}：缺少“名称”；请写成“- 名称: 某某”")
        where += f"（{row['名称']}）"
        _refuse_unknown(row, tuple(keys), where)
        defaults = {each.name: each.default for each in fields(make)}
        values = {
            keys[key]: _value(value, defaults[keys[key]], f"{where}：“{key}”") for key, value in row.items()
        }
        if "former" in values:
            values["former"] = _former(values["former"], f"{where}：“曾用名”")
        made.append(make(**values))
    names = [entry.name for entry in made]
    for name in names:
        if names.count(name) > 1:
            raise VocabularyError(f"{path}：{section}“{name}”出现了不止一次；请合并")
    return tuple(made)


def _value(value: object, default: object, where: str) -> object:
    """``value`` as the kind of thing that ``default`` is; ``where`` begins the message of the error."""
    if isinstance(default, tuple):
        return _strings(value, where)
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise VocabularyError(f"{where}应当是 true 或 false")
    if isinstance(default, Years):
        try:
            return Years.parse(str(value))
        except ValueError:
            raise VocabularyError(f"{where}应当写成 2011—、2011—2019 或 2019，不能是“{value}”") from None
    if isinstance(value, str):
        return value.strip()
    raise VocabularyError(f"{where}应当是一行文字；请改正，是数字的加上引号")


def _former(texts: tuple[str, ...], where: str) -> tuple[FormerName, ...]:
    names = []
    for text in texts:
        try:
            names.append(FormerName.parse(text))
        except ValueError:
            raise VocabularyError(f"{where}应当写成 甲组 或 甲组（2016—2018），不能是“{text}”") from None
    return tuple(names)


def _layout(values: object, path: str) -> Layout:
    if not isinstance(values, dict):
        raise VocabularyError(f"{path}：“版式”下面应当是{'、'.join(LAYOUT_KEYS)}")
    _refuse_unknown(values, tuple(LAYOUT_KEYS), f"{path}：版式")
    return Layout(
        **{LAYOUT_KEYS[key]: _strings(words, f"{path}：版式“{key}”") for key, words in values.items()}
    )


def _strings(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise VocabularyError(f"{where}应当写成 [甲, 乙]；是数字的加上引号")
    return tuple(item.strip() for item in value)


def _refuse_unknown(values: Mapping, known: tuple[str, ...], where: str) -> None:
    for key in values:
        if key not in known:
            raise VocabularyError(f"{where}：不认识“{key}”；可用的有{'、'.join(known)}，请改正或删去")
