"""What an edition changed: plain values, and their JSON."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from enum import StrEnum

from jianbao.edition import Name
from jianbao.editions.changes.passages import NONE, Difference, Passage, Piece
from jianbao.errors import EditionError
from jianbao.issue import Correction


class Outcome(StrEnum):
    """What became of an article."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class IssueName:
    """An issue as a list names it; ``address`` is its page's, from the edition's root, ``title`` the bulletin's."""

    id: str
    title: str
    label: str
    address: str


@dataclass(frozen=True)
class ArticleChange:
    """How an article of a corrected issue differs; ``id`` is empty for what belongs to no article (报头、分送)."""

    id: str
    title: str
    outcome: Outcome
    difference: Difference = NONE


@dataclass(frozen=True)
class CorrectedIssue:
    """An issue whose words are others than in the edition before, with the corrections (更正) that are new in it."""

    issue: IssueName
    notes: tuple[Correction, ...] = ()
    articles: tuple[ArticleChange, ...] = ()


@dataclass(frozen=True)
class Move:
    """An issue whose page has another address than in the edition before; the old one leads there."""

    old: str
    issue: IssueName


@dataclass(frozen=True)
class Changes:
    """What ``edition`` changed against ``previous``, None for the first; issues from the newest to the oldest."""

    edition: Name
    date: datetime.date
    previous: Name | None
    issue_count: int
    added: tuple[IssueName, ...] = ()
    corrected: tuple[CorrectedIssue, ...] = ()
    moved: tuple[Move, ...] = ()
    withdrawn: tuple[IssueName, ...] = ()

    def to_json(self) -> str:
        """The same as JSON; the same changes give the same bytes."""
        data = {
            "edition": str(self.edition),
            "date": self.date.isoformat(),
            "previous": self.previous and str(self.previous),
            "issue_count": self.issue_count,
            "added": [_named(each) for each in self.added],
            "corrected": [_corrected(each) for each in self.corrected],
            "moved": [{"old": each.old, "issue": _named(each.issue)} for each in self.moved],
            "withdrawn": [_named(each) for each in self.withdrawn],
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str, path: str = "changes.json") -> Changes:
        """What ``to_json`` wrote. Raises EditionError, naming ``path``, where it is nothing of the kind."""
        try:
            return _changes(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise EditionError(f"{path}：读不懂，可能已损坏；请从备份恢复，或删去它再发布一次") from None


def _named(issue: IssueName) -> dict[str, str]:
    return {"id": issue.id, "title": issue.title, "label": issue.label, "address": issue.address}


def _corrected(corrected: CorrectedIssue) -> dict[str, object]:
    return {
        "issue": _named(corrected.issue),
        "notes": [
            {"date": note.date.isoformat(), "text": note.text, "articles": note.articles}
            for note in corrected.notes
        ],
        "articles": [
            {
                "id": article.id,
                "title": article.title,
                "outcome": article.outcome,
                "passages": [
                    [[piece.mark, piece.text] for piece in each] for each in article.difference.passages
                ],
                "omitted": article.difference.omitted,
            }
            for article in corrected.articles
        ],
    }


def _changes(data: dict) -> Changes:
    return Changes(
        edition=_name(data["edition"]),
        date=datetime.date.fromisoformat(data["date"]),
        previous=_name(data["previous"]) if data["previous"] is not None else None,
        issue_count=int(data["issue_count"]),
        added=tuple(IssueName(**each) for each in data["added"]),
        corrected=tuple(_read_corrected(each) for each in data["corrected"]),
        moved=tuple(Move(each["old"], IssueName(**each["issue"])) for each in data["moved"]),
        withdrawn=tuple(IssueName(**each) for each in data["withdrawn"]),
    )


def _name(text: str) -> Name:
    name = Name.parse(text)
    if name is None:
        raise ValueError(text)
    return name


def _read_corrected(data: dict) -> CorrectedIssue:
    return CorrectedIssue(
        IssueName(**data["issue"]),
        tuple(
            Correction(datetime.date.fromisoformat(note["date"]), note["text"], tuple(note["articles"]))
            for note in data["notes"]
        ),
        tuple(
            ArticleChange(
                article["id"],
                article["title"],
                Outcome(article["outcome"]),
                Difference(tuple(map(_passage, article["passages"])), int(article["omitted"])),
            )
            for article in data["articles"]
        ),
    )


def _passage(pieces: list[list[str]]) -> Passage:
    return tuple(Piece(mark, text) for mark, text in pieces)
