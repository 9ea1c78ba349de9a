"""The manifest of an edition."""

import hashlib
import json

import pytest

from jianbao.editions import manifest
from jianbao.editions.manifest import Listed, Manifest
from jianbao.errors import EditionError
from published_folders import edition


@pytest.fixture
def made(tmp_path):
    """A manifest of two files, and the file that it is in."""
    (tmp_path / "期").mkdir()
    (tmp_path / "期" / "020.html").write_text("第20期", "utf-8")
    (tmp_path / "index.html").write_text("", "utf-8")
    (tmp_path / "manifest.json").write_text("", "utf-8")
    files = tuple(Listed.of(tmp_path, path) for path in manifest.paths_in(tmp_path))
    path = tmp_path / "manifest.json"
    value = Manifest(edition("2017.20"), {"mkdocs": "1.6.1"}, files)
    path.write_text("".join(value.lines()), "utf-8")
    return value, path


def test_a_manifest_says_what_every_file_is(made):
    value, path = made
    said = json.loads(path.read_text("utf-8"))
    assert list(said) == ["edition", "date", "commit", "tools", "files"]
    assert (said["edition"], said["date"], said["commit"]) == ("2017.20", "2017-08-08", value.edition.commit)
    text = "第20期".encode()
    assert said["files"] == [
        {"path": "index.html", "size": 0, "sha256": hashlib.sha256(b"").hexdigest()},
        {"path": "期/020.html", "size": len(text), "sha256": hashlib.sha256(text).hexdigest()},
    ]
    assert value.size == len(text)


def test_a_manifest_is_read_as_it_was_written(made):
    value, path = made
    assert Manifest.load(path) == value
    assert manifest.load_edition(path) == value.edition


def test_a_manifest_without_files_is_json_too():
    empty = Manifest(edition("2017.20"), {}, ())
    assert json.loads("".join(empty.lines()))["files"] == []


def test_the_edition_is_read_without_the_files(made):
    """The first lines are enough; a manifest set by another program is read whole."""
    value, path = made
    text = path.read_text("utf-8")
    path.write_text(json.dumps(json.loads(text)), "utf-8")
    assert manifest.load_edition(path) == value.edition
    path.write_text(text[: text.index("index.html")], "utf-8")
    assert manifest.load_edition(path) == value.edition


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "不是 JSON",
        '{"edition": "2017.20"}',
        '{"edition": "../..", "date": "2017-08-08", "commit": "1", "tools": {}, "files": []}',
        '{"edition": "2017.20", "date": "八月", "commit": "1", "tools": {}, "files": []}',
    ],
)
def test_what_is_no_manifest_is_named(tmp_path, text):
    path = tmp_path / "manifest.json"
    path.write_text(text, "utf-8")
    for read in (Manifest.load, manifest.load_edition):
        with pytest.raises(EditionError, match=r"manifest\.json：内容不是版本的清单"):
            read(path)


def test_a_missing_manifest_is_named(tmp_path):
    with pytest.raises(EditionError, match="No such file"):
        manifest.load_edition(tmp_path / "manifest.json")


def test_all_that_decides_over_a_sites_bytes_is_named():
    assert {"jianbao", "mkdocs", "mkdocs-material", "lunr"} <= set(manifest.tools())
