"""The vocabulary (词表): the work groups, places and themes that an archive's articles may be tagged with.

Editors own the file, ``docs/vocabulary.yml``; its own head explains its keys. It may also set the words of
the layout (``版式``), so that another bulletin needs no code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
    "易错": "slips",
}


@dataclass(frozen=True)
class WorkGroup:
    """A work group: its name is the tag; ``places`` are those it supports."""

    name: str
    aliases: tuple[str, ...] = ()
    sender: str = ""
    places: tuple[str, ...] = ()
    years: str = ""
    certainty: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """A place: ``shared`` are short names that other places have too, ``not_in`` words that only contain one."""

    name: str
    short: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    title_only: bool = False


@dataclass(frozen=True)
class Theme:
    """A theme and the words that speak for it: a key word as much as three plain ones."""

    name: str
    key_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All that tags may be; ``group_words`` are what turns a sender's name into a group's (武进＋工作组)."""

    group_words: tuple[str, ...] = ("工作组",)
    work_groups: tuple[WorkGroup, ...] = ()
    places: tuple[Place, ...] = ()
    themes: tuple[Theme, ...] = ()
    layout: Layout = field(default_factory=Layout)


# key in the file → field; the fields' own defaults tell what kind of value each holds.
_GROUP_KEYS = {
    "名称": "name", "别名": "aliases", "派出": "sender", "受援": "places", "年份": "years",
    "依据": "certainty", "说明": "note", "来源": "sources",
}  # fmt: skip
_PLACE_KEYS = {"名称": "name", "简称": "short", "同形": "shared", "不算": "not_in", "仅标题": "title_only"}
_THEME_KEYS = {"名称": "name", "关键词": "key_words", "词": "words"}
_TOP_KEYS = ("组名词", "工作组", "地点", "主题", "版式")


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
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第{mark.line + 1}行：" if mark else ""
        raise VocabularyError(f"{path}：{place}不是合格的 YAML；请检查缩进、冒号和引号") from None
    if not isinstance(data, dict):
        raise VocabularyError(f"{path}：应当有 {'、'.join(_TOP_KEYS)} 几项")
    _refuse_unknown(data, _TOP_KEYS, path)
    vocabulary = Vocabulary(
        group_words=_strings(data.get("组名词", ["工作组"]), f"{path}：组名词"),
        work_groups=_entries(data, "工作组", WorkGroup, _GROUP_KEYS, path),
        places=_entries(data, "地点", Place, _PLACE_KEYS, path),
        themes=_entries(data, "主题", Theme, _THEME_KEYS, path),
        layout=_layout(data.get("版式") or {}, path),
    )
    known = {place.name for place in vocabulary.places}
    for group in vocabulary.work_groups:
        for place in group.places:
            if known and place not in known:
                raise VocabularyError(
                    f"{path}：工作组“{group.name}”的受援地“{place}”不在“地点”中；请补上或改正"
                )
    return vocabulary


def _entries(data: Mapping, section: str, make: Callable, keys: Mapping[str, str], path: str) -> tuple:
    rows = data.get(section) or []
    if not isinstance(rows, list):
        raise VocabularyError(f"{path}：“{section}”下面应当是以“- 名称:”开头的若干项")
    made = []
    for position, row in enumerate(rows, start=1):
        where = f"{path}：{section}第{position}项"
        if not isinstance(row, dict) or not isinstance(row.get("名称"), str):
            raise VocabularyError(f"{where}：缺少“名称”")
        where += f"（{row['名称']}）"
        _refuse_unknown(row, tuple(keys), where)
        defaults = {each.name: each.default for each in fields(make)}
        values = {}
        for key, value in row.items():
            name = keys[key]
            if isinstance(defaults[name], tuple):
                values[name] = _strings(value, f"{where}：“{key}”")
            elif isinstance(defaults[name], bool):
                if not isinstance(value, bool):
                    raise VocabularyError(f"{where}：“{key}”应当是 true 或 false")
                values[name] = value
            else:
                values[name] = str(value)
        made.append(make(**values))
    names = [entry.name for entry in made]
    for name in names:
        if names.count(name) > 1:
            raise VocabularyError(f"{path}：{section}“{name}”出现了不止一次；请合并")
    return tuple(made)


def _layout(values: object, path: str) -> Layout:
    if not isinstance(values, dict):
        raise VocabularyError(f"{path}：“版式”下面应当是{'、'.join(LAYOUT_KEYS)}")
    _refuse_unknown(values, tuple(LAYOUT_KEYS), f"{path}：版式")
    return Layout(
        **{LAYOUT_KEYS[key]: _strings(words, f"{path}：版式“{key}”") for key, words in values.items()}
    )


def _strings(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise VocabularyError(f"{where}应当写成 [甲, 乙]")
    return tuple(value)


def _refuse_unknown(values: Mapping, known: tuple[str, ...], where: str) -> None:
    for key in values:
        if key not in known:
            raise VocabularyError(f"{where}：不认识“{key}”；可用的有{'、'.join(known)}")
