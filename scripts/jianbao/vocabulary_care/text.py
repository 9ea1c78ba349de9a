"""The text of the vocabulary file, changed from one vocabulary into another: only the lines that must change.

People edit the file, so that its comments, order and line breaks are theirs. YAML's own parser tells where each
value stands; only those places are written over. The new text is then parsed and held to the vocabulary that it
is to be: whatever this module cannot do without loss is refused, never half done.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields

import yaml

from jianbao import vocabulary
from jianbao.errors import VocabularyError
from jianbao.vocabulary import KINDS, Vocabulary

LONGEST_LINE = 110


def changed(text: str, path: str, after: Vocabulary, names: dict[str, dict[str, str | None]]) -> str:
    """``text`` (with its line ends as they are) so that it says ``after``.

    ``names`` are kind (工作组) → an entry's name in ``text`` → its name in ``after``, None where it goes; entries
    that are not in it keep theirs. Raises VocabularyError where the text cannot be changed so.
    """
    before = vocabulary.parse(text, path)
    sheet = _Sheet(text, path)
    for kind, (field, keys) in KINDS.items():
        key_of = {name: key for key, name in keys.items()}
        wanted = {entry.name: entry for entry in getattr(after, field)}
        for entry in getattr(before, field):
            name = names.get(kind, {}).get(entry.name, entry.name)
            node = sheet.entry(kind, entry.name)
            if name is None:
                sheet.remove(node, sheet.section(kind))
                continue
            for each in fields(entry):
                old, new = getattr(entry, each.name), getattr(wanted[name], each.name)
                if old != new:
                    sheet.set(node, key_of[each.name], old, new)
    result = sheet.result()
    if vocabulary.parse(result, path) != after:
        raise VocabularyError(f"{path}：词表的写法特殊，不能自动改动；请手工修改，什么也没有写")
    return result


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


class _Sheet:
    """A YAML text, the nodes in it, and what is to be written over."""

    def __init__(self, text: str, path: str) -> None:
        self._text, self._path = text, path
        self._root = yaml.compose(text, yaml.SafeLoader)
        self._end_of_line = "\r\n" if "\r\n" in text else "\n"
        self._edits: list[_Edit] = []

    def result(self) -> str:
        text = self._text
        last = len(text)
        for edit in reversed(sorted(self._edits, key=lambda edit: (edit.start, edit.end))):
            if edit.end > last:
                raise VocabularyError(f"{self._path}：要改的地方互相重叠；请手工修改，什么也没有写")
            text = text[: edit.start] + edit.text + text[edit.end :]
            last = edit.start
        return text

    def section(self, kind: str) -> yaml.SequenceNode:
        return _value(self._root, kind)

    def entry(self, kind: str, name: str) -> yaml.MappingNode:
        return next(node for node in self.section(kind).value if _value(node, "名称").value.strip() == name)

    def set(self, entry: yaml.MappingNode, key: str, old: object, new: object) -> None:
        """Write ``new`` for ``old`` under ``key``: a line of text, or the items of a list."""
        node = _value(entry, key)
        if not isinstance(old, tuple):
            self._over(node, _scalar(str(new)))
            return
        old, new = tuple(map(str, old)), tuple(map(str, new))
        if node is None:
            self._add_key(entry, key, new)
        elif len(old) == len(new) and node.value:
            for item, was, now in zip(node.value, old, new, strict=True):
                if was != now:
                    self._over(item, _scalar(now))
        else:
            for item, was in zip(node.value, old, strict=True):
                if was not in new:
                    self.remove(item, node)
            added = [value for value in new if value not in old]
            if added:
                self._append(node, added)

    def remove(self, item: yaml.Node, sequence: yaml.SequenceNode) -> None:
        """Take an item out of its list. Comments that stood in it stay, on lines of their own."""
        place = sequence.value.index(item)
        if sequence.flow_style:
            self._remove_in_flow(sequence, place)
            return
        dash = self._text.rindex("-", 0, item.start_mark.index)
        start = self._line_start(dash)
        end = self._line_end(_end(self._text, item))
        if self._text[start:dash].strip():
            raise self._refusal(item)
        comments = [" " * (dash - start) + comment for comment in self._comments(dash, end)]
        after = end + len(self._end_of_line) if end < len(self._text) else end
        self._edits.append(_Edit(start, after, "".join(line + self._end_of_line for line in comments)))

    def _remove_in_flow(self, sequence: yaml.SequenceNode, place: int) -> None:
        items = sequence.value
        if len(items) == 1:
            start, end = sequence.start_mark.index, sequence.end_mark.index
            replacement = "[]"
        elif place + 1 < len(items):
            start, end = items[place].start_mark.index, items[place + 1].start_mark.index
            replacement = ""
        else:
            start, end = items[place - 1].end_mark.index, items[place].end_mark.index
            replacement = ""
        if self._comments(start, end):
            raise self._refusal(items[place])
        self._edits.append(_Edit(start, end, replacement))

    def _over(self, node: yaml.Node, text: str) -> None:
        if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
            raise self._refusal(node)
        self._edits.append(_Edit(node.start_mark.index, node.end_mark.index, text))

    def _add_key(self, entry: yaml.MappingNode, key: str, values: Iterable[str]) -> None:
        """The key with its list, after the entry's name."""
        written = f"{key}: [{', '.join(map(_scalar, values))}]"
        name_key, name = next(pair for pair in entry.value if pair[0].value == "名称")
        if entry.flow_style:
            self._insert(name.end_mark.index, f", {written}")
            return
        indent = " " * name_key.start_mark.column
        self._insert(self._line_end(name.end_mark.index), f"{self._end_of_line}{indent}{written}")

    def _append(self, sequence: yaml.SequenceNode, values: list[str]) -> None:
        items = sequence.value
        if not items:
            written = f"[{', '.join(map(_scalar, values))}]"
            self._edits.append(_Edit(sequence.start_mark.index, sequence.end_mark.index, written))
            return
        last = items[-1].end_mark.index
        if not sequence.flow_style:
            dash = " " * sequence.start_mark.column + "- "
            lines = "".join(f"{self._end_of_line}{dash}{_scalar(value)}" for value in values)
            self._insert(self._line_end(last), lines)
            return
        column = _width(self._text[self._line_start(last) : last])
        indent = " " * (self._indent(items[0].start_mark.index) + 2)
        written = ""
        for scalar in map(_scalar, values):
            is_full = column + _width(scalar) + 3 > LONGEST_LINE
            piece = f",{self._end_of_line}{indent}{scalar}" if is_full else f", {scalar}"
            column = len(indent) + _width(scalar) if is_full else column + _width(piece)
            written += piece
        self._insert(last, written)

    def _insert(self, place: int, text: str) -> None:
        self._edits.append(_Edit(place, place, text))

    def _comments(self, start: int, end: int) -> list[str]:
        """The comments between two places: what stands between YAML's tokens and is no white space."""
        found = []
        before = start
        for token in [*yaml.scan(self._text, yaml.SafeLoader)]:
            if token.start_mark.index > before:
                found += re.findall(r"#[^\r\n]*", self._text[before : min(token.start_mark.index, end)])
            before = max(before, token.end_mark.index)
            if before >= end:
                break
        return found

    def _line_start(self, place: int) -> int:
        return self._text.rfind("\n", 0, place) + 1

    def _line_end(self, place: int) -> int:
        """Where the line ends that ``place`` is on, before its line break."""
        end = self._text.find("\n", place)
        end = len(self._text) if end < 0 else end
        return end - 1 if self._text[end - 1 : end] == "\r" else end

    def _indent(self, place: int) -> int:
        """How far the key is set in whose line ``place`` is, the dash of an item not counted."""
        return len(re.match(r" *(?:- )?", self._text[self._line_start(place) :])[0])

    def _refusal(self, node: yaml.Node) -> VocabularyError:
        line = node.start_mark.line + 1
        return VocabularyError(
            f"{self._path}：第{line}行：写法特殊（夹有说明或多行文字），不能自动改动；请手工修改，什么也没有写"
        )


def _value(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for each, value in node.value if each.value == key), None)


def _end(text: str, node: yaml.Node) -> int:
    """Where a node's own text ends; a block's mark is only at what follows it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    return len(text[: node.end_mark.index].rstrip())


def _scalar(text: str) -> str:
    """``text`` as YAML has it in a list or after a key, in quotes only where it must be."""
    try:
        is_plain = yaml.safe_load(f"a: {text}") == {"a": text} and yaml.safe_load(f"[{text}]") == [text]
    except yaml.YAMLError:
        is_plain = False
    return text if is_plain else "'" + text.replace("'", "''") + "'"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
