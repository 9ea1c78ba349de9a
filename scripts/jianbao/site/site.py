"""What the modules of the site share: the archive as they see it, and a page that they make."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jianbao.edition import Edition
from jianbao.shelf import Shelf
from jianbao.vocabulary import Vocabulary

LICENCE = "简报文字的权利属于各编发单位；引用请注明编发单位、刊名和期号。"


@dataclass(frozen=True)
class Site:
    """An archive on its way to the reader.

    ``url`` is the site's address with a slash at its end, None where it is not known (a bundle, a preview):
    then only relative addresses can be given. ``edition`` is None for a preview and for ``mkdocs build``. Nothing
    but the edition's own page and script may depend on it: all other files stay equal from one edition to the next.
    ``moved`` are the old addresses with those that they lead to (``redirects.load``).
    ``licence`` says to whom the texts belong and how they may be used.
    """

    name: str
    shelf: Shelf
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    url: str | None = None
    edition: Edition | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    licence: str = LICENCE


@dataclass(frozen=True)
class MadePage:
    """A page that no file in ``docs/`` stands for.

    ``path`` is its address without ``.html`` (``groups/wujingongzuozu``), ``template`` a file of overrides/,
    ``given`` what the template finds beside what every page has, or what makes it when it is needed. ``key`` stands
    for all that ``given`` depends on: a page whose key is what it was is not made again. None: it is, each time.
    """

    path: str
    title: str
    template: str
    given: Mapping[str, object] | Callable[[], Mapping[str, object]]
    key: str | None = None

    @cached_property
    def context(self) -> Mapping[str, object]:
        return self.given() if callable(self.given) else self.given


# A file that is no page: its path below the site's root, and its content, a large one in pieces.
MadeFile = tuple[str, str | Iterable[str]]


@dataclass(frozen=True)
class Note:
    """What else is to be known of a part, beside its files."""

    value: object


@dataclass(frozen=True)
class Part:
    """Files and pages of the site that are made together; ``key`` is as a page's."""

    name: str
    key: str | None
    make: Callable[[], Iterator[MadePage | MadeFile | Note]]


def key_of(*things: object) -> str:
    """A short text that differs where the things do, as they are written."""
    return hashlib.blake2b("\0".join(map(str, things)).encode(), digest_size=16).hexdigest()
