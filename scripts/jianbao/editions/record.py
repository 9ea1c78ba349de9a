"""The record of changes (``.jianbao/changes/``): what each edition changed, kept as JSON when the edition comes.

From it come ``changes.html`` and ``changes.atom`` beside the editions, also of editions that are there no more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from jianbao.edition import Edition, Name
from jianbao.editions import changes
from jianbao.editions.changes import Changes


def untold(root: Path, kept: Path, editions: Sequence[Edition]) -> Iterator[tuple[Path, str]]:
    """(path, content) in the folder ``kept`` for each of ``editions``, newest first, of which it says nothing yet.

    ``root`` holds the editions' folders. Raises EditionError where an edition's data cannot be read.
    """
    for edition, before in zip(editions, (*editions[1:], None), strict=True):
        path = kept / f"{edition.name}.json"
        if not path.exists():
            old = before and root / str(before.name)
            yield path, changes.between(old, root / str(edition.name)).to_json()


def files(root: Path, kept: Path, editions: Sequence[Edition], latest: Name) -> dict[str, str]:
    """The page and the feed, by name. Raises EditionError where the record cannot be read."""
    paths = sorted(kept.glob("*.json"), key=lambda path: Name.parse(path.stem), reverse=True)
    told = [Changes.from_json(path.read_text("utf-8"), str(path)) for path in paths]
    # The published folder has no name of its own; its newest edition calls the archive by one.
    feed = json.loads((root / str(latest) / "feed.json").read_text("utf-8"))
    return dict(changes.files(feed["title"], told, {edition.name for edition in editions}))
