"""Two editions → what the newer changed, from their own data files.

Which issues differ is told by the checksums of their plain text (``data/SHA256SUMS``): an issue's words alone count,
not its neighbours, related articles or tags. The lines of these issues, and no others, are then taken from
``data/issues/``, of which each file holds a year, an issue a line.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jianbao.edition import Name
from jianbao.editions.changes import passages
from jianbao.editions.changes.values import (
    ArticleChange,
    Changes,
    CorrectedIssue,
    IssueName,
    Move,
    Outcome,
)
from jianbao.errors import EditionError
from jianbao.issue import Correction

HEAD_TITLE = "报头、分送和编印信息"

_SUM = re.compile(r"(?P<sum>[0-9a-f]{64})  text/(?P<id>.+)\.txt\n?")
_ISSUE_START = '{"id":"'
_SCRIPT = re.compile(r"window\.\w+ = (?P<value>.*);\s*", re.DOTALL)

Data = Mapping[str, object]


def between(old: Path | None, new: Path) -> Changes:
    """What the edition in folder ``new`` changed against the one in ``old``; with None, all of it is added.

    Raises EditionError where a folder is no edition, or its data cannot be read.
    """
    here = _Folder(new)
    there = _Folder(old) if old else None
    after, before = here.sums(), there.sums() if there else {}
    missing = before.keys() - after.keys()
    differing = {id for id, digest in after.items() if before.get(id) != digest}
    then = {data["id"]: data for data in there.issues((differing & before.keys()) | missing)} if there else {}
    came_from = _came_from(then, missing, here.moved() if missing else {})
    added, corrected, moved, stayed = [], [], [], set()
    # One at a time: of an edition with ten thousand new issues no more than their names is kept.
    for data in here.issues(differing):
        issue = _name(data)
        was = issue.id if issue.id in then else came_from.get(issue.address)
        if was is None:
            added.append(issue)
            continue
        stayed.add(was)
        corrected.append(_corrected(then[was], data))
        if was != issue.id:
            moved.append(Move(then[was]["address"], issue))
    name, date = here.edition()
    return Changes(
        edition=name,
        date=date,
        previous=there.edition()[0] if there else None,
        issue_count=len(after),
        added=tuple(reversed(added)),
        corrected=tuple(each for each in reversed(corrected) if each.notes or each.articles),
        moved=tuple(reversed(moved)),
        withdrawn=tuple(_name(data) for id, data in reversed(then.items()) if id in missing - stayed),
    )


@dataclass(frozen=True)
class _Folder:
    """An edition's folder, as far as its changes are told from it."""

    path: Path

    def edition(self) -> tuple[Name, datetime.date]:
        values = self._script("edition.js")
        try:
            name, date = Name.parse(values["name"]), datetime.date.fromisoformat(values["date"])
        except (KeyError, TypeError, ValueError):
            name = None
        if name is None:
            raise EditionError(f"{self.path / 'edition.js'}：没有说是哪一版；请用 jianbao publish 做的一版")
        return name, date

    def sums(self) -> dict[str, str]:
        """Issue → the checksum of its plain text, from the oldest issue to the newest."""
        lines = map(_SUM.fullmatch, self._lines("data/SHA256SUMS"))
        return {line["id"]: line["sum"] for line in lines if line}

    def issues(self, wanted: Collection[str]) -> Iterator[Data]:
        """The data of these issues, from the oldest to the newest. Raises EditionError where one is missing."""
        lost = set(wanted)
        for year in sorted({id.partition("/")[0] for id in wanted}):
            name = f"data/issues/{year}.json"
            for line in self._lines(name):
                id = line[len(_ISSUE_START) :].partition('"')[0]
                if line.startswith(_ISSUE_START) and id in lost:
                    lost.remove(id)
                    yield self._parsed(line.rstrip().rstrip(","), name)
        if lost:
            id = min(lost)
            path = self.path / f"data/issues/{id.partition('/')[0]}.json"
            raise EditionError(f"{path}：没有 {id} 这一期，与 SHA256SUMS 不符；请用 jianbao verify 核对")

    def moved(self) -> dict[str, str]:
        """The addresses that have moved, as the edition itself knows them."""
        values = self._script("addresses.js")
        return values["moved"] if isinstance(values, dict) else {}

    def _script(self, name: str) -> object:
        match = _SCRIPT.fullmatch("".join(self._lines(name)))
        return self._parsed(match["value"] if match else "", name)

    def _parsed(self, text: str, name: str) -> object:
        try:
            return json.loads(text)
        except ValueError:
            raise EditionError(f"{self.path / name}：读不懂，可能已损坏；请用 jianbao verify 核对") from None

    def _lines(self, name: str) -> Iterator[str]:
        path = self.path / name
        try:
            # An issue's text may hold other line ends than the one that parts the lines.
            with path.open(encoding="utf-8", newline="\n") as file:
                yield from file
        except OSError as error:
            raise EditionError(
                f"{path}：读不到（{error.strerror}）；这个文件夹不是完整的一版，请用 jianbao verify 核对"
            ) from None
        except UnicodeDecodeError:
            raise EditionError(f"{path}：不是 UTF-8，可能已损坏；请用 jianbao verify 核对") from None


def _came_from(
    then: Mapping[str, Data], missing: Collection[str], moved: Mapping[str, str]
) -> dict[str, str]:
    """New address → the issue of the edition before whose own address leads there now."""
    return {
        moved[data["address"]]: id for id, data in then.items() if id in missing and data["address"] in moved
    }


def _name(data: Data) -> IssueName:
    return IssueName(data["id"], data["title"], data["label"], data["address"])


def _corrected(before: Data, after: Data) -> CorrectedIssue:
    known = _notes(before)
    notes = tuple(note for note in _notes(after) if note not in known)
    return CorrectedIssue(_name(after), notes, tuple(_article_changes(before, after)))


def _notes(data: Data) -> list[Correction]:
    return [
        Correction(datetime.date.fromisoformat(each["date"]), each["text"], tuple(each.get("articles", ())))
        for each in data.get("corrections", ())
    ]


def _article_changes(before: Data, after: Data) -> Iterator[ArticleChange]:
    difference = passages.between(_head(before), _head(after))
    if difference.passages:
        yield ArticleChange("", HEAD_TITLE, Outcome.CHANGED, difference)
    old = {article["id"]: article for article in before["articles"]}
    new = {article["id"]: article for article in after["articles"]}
    for id, article in (old | new).items():
        title = _titles(article)[0]
        if id not in new:
            yield ArticleChange(id, title, Outcome.REMOVED)
        elif id not in old:
            yield ArticleChange(id, title, Outcome.ADDED)
        else:
            difference = passages.between(_text(old[id]), _text(article))
            if difference.passages:
                yield ArticleChange(id, title, Outcome.CHANGED, difference)


def _head(data: Data) -> list[str]:
    recipients = [f"{each['delivery']}：{each['name']}" for each in data.get("distribution", ())]
    number = f"总第{data['cumulative']}期" if "cumulative" in data else ""
    lines = [data["title"], data["label"], number, data.get("issuer", ""), data.get("date", "")]
    lines += [*data.get("contents_without_article", ()), *recipients, *data.get("colophon", ())]
    return [line for line in lines if line]


def _titles(article: Data) -> list[str]:
    subtitle, listed = article.get("subtitle"), article.get("contents_title")
    full = f"{article['title']}——{subtitle}" if subtitle else article["title"]
    return [full] if listed in (None, full) else [full, listed]


def _text(article: Data) -> list[str]:
    return [*_titles(article), *(line for block in article["body"] for line in _block(block))]


def _block(block: Data) -> list[str]:
    if "table" in block:
        return ["　".join(row) for row in block["table"]]
    # A picture without a caption has no words to compare.
    return [text for text in (block.get("text", block.get("caption")),) if text]
