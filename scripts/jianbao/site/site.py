"""What the modules of the site share: the archive as they see it, and a page that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jianbao.edition import Edition
from jianbao.shelf import Shelf
from jianbao.vocabulary import Vocabulary


@dataclass(frozen=True)
class Site:
    """An archive on its way to the reader.

    ``url`` is the site's address with a slash at its end, None where it is not known (a bundle, a preview):
    then only relative addresses can be given. ``edition`` is None for a preview and for ``mkdocs build``. Nothing
    but the edition's own page and script may depend on it: all other files stay equal from one edition to the next.
    ``moved`` are the old addresses with those that they lead to (``redirects.load``).
    """

    name: str
    shelf: Shelf
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    url: str | None = None
    edition: Edition | None = None
    moved: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MadePage:
    """A page that no file in ``docs/`` stands for.

    ``path`` is its address without ``.html`` (``groups/wujingongzuozu``), ``template`` a file of overrides/,
    ``context`` what the template finds beside what every page has.
    """

    path: str
    title: str
    template: str
    context: Mapping[str, object]
