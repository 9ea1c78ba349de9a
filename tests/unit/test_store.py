"""The content store: equal files once."""

import errno
import hashlib
import os

import pytest

from jianbao.editions import store
from jianbao.editions.store import Store

TEXT = "第20期".encode()
DIGEST = hashlib.sha256(TEXT).hexdigest()


@pytest.fixture
def shelf(tmp_path):
    """A store with one file, which an edition has, too."""
    made = Store(tmp_path / "store", tmp_path / "scratch")
    made.root.mkdir()
    made.scratch.mkdir()
    made.keep(file(tmp_path, "old"), DIGEST)
    return made


def file(folder, name, data=TEXT):
    path = folder / name
    path.write_bytes(data)
    return path


def test_an_equal_file_is_the_same_file(shelf, tmp_path):
    new = file(tmp_path, "new")
    assert shelf.share(new, DIGEST)
    assert new.samefile(tmp_path / "old") and new.samefile(shelf.path(DIGEST))
    assert new.read_bytes() == TEXT


def test_a_file_that_the_store_has_not_stays_as_it_is(shelf, tmp_path):
    new = file(tmp_path, "new", b"")
    assert not shelf.share(new, hashlib.sha256(b"").hexdigest())
    assert new.stat().st_nlink == 1


@pytest.mark.parametrize("damaged", [TEXT[:-1], TEXT[:-1] + b"x"])
def test_what_was_altered_in_an_older_edition_is_not_handed_on(shelf, tmp_path, damaged):
    (tmp_path / "old").write_bytes(damaged)
    new = file(tmp_path, "new")
    assert not shelf.share(new, DIGEST)
    assert new.read_bytes() == TEXT
    shelf.keep(new, DIGEST)
    assert shelf.path(DIGEST).read_bytes() == TEXT, "the next edition shares the sound one"


def test_a_file_with_too_many_links_is_followed_by_a_new_one(shelf, tmp_path, monkeypatch):
    real = os.link

    def link(source, target):
        if os.path.samefile(source, tmp_path / "old"):
            raise OSError(errno.EMLINK, "Too many links")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    new, newer = file(tmp_path, "new"), file(tmp_path, "newer")
    assert not shelf.share(new, DIGEST)
    shelf.keep(new, DIGEST)
    assert shelf.share(newer, DIGEST) and newer.samefile(new)
    assert (tmp_path / "old").read_bytes() == TEXT


def test_without_links_each_edition_has_its_own(tmp_path, monkeypatch):
    def link(source, target):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    empty = Store(tmp_path / "store", tmp_path / "scratch")
    empty.root.mkdir()
    empty.scratch.mkdir()
    new = file(tmp_path, "new")
    empty.keep(new, DIGEST)
    assert not empty.share(new, DIGEST)
    assert new.read_bytes() == TEXT


def test_a_link_that_was_left_half_done_is_in_nobodys_way(shelf, tmp_path):
    (shelf.scratch / "link").write_bytes(b"?")
    assert store.link(tmp_path / "old", tmp_path / "new", shelf.scratch)
    assert (tmp_path / "new").read_bytes() == TEXT


def test_what_no_edition_uses_goes(shelf, tmp_path):
    other = hashlib.sha256(b"").hexdigest()
    shelf.keep(file(tmp_path, "other", b""), other)
    shelf.collect({other})
    assert [path.name for path in shelf.root.rglob("*") if path.is_file()] == [other[2:]]
    assert (tmp_path / "old").read_bytes() == TEXT
    shelf.collect(set())
    assert list(shelf.root.iterdir()) == []
