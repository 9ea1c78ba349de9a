"""What is left when all else is gone: web archives that other programs read, and docs/ from which all is remade."""

import datetime
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archives import REAL_ISSUE, import_into, new_archive
from jianbao import site_builder
from jianbao.archive import Archive
from jianbao.edition import Edition, Name

COMMAND = Path(sys.executable).with_name("jianbao")


def jianbao(folder, *arguments):
    return subprocess.run([COMMAND, *map(str, arguments)], cwd=folder, capture_output=True, encoding="utf-8")


def git(folder, *arguments):
    who = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org")
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    target = new_archive(tmp_path_factory.mktemp("archive"))
    import_into(target, REAL_ISSUE)
    git(target.root, "init", "-q")
    git(target.root, "add", ".")
    git(target.root, "commit", "-q", "-m", "第20期")
    return target


@pytest.fixture(scope="module")
def published(archive, tmp_path_factory):
    """The published folder with the archive's edition."""
    place = tmp_path_factory.mktemp("published") / "简报"
    done = jianbao(archive.root, "publish", "--to", place)
    assert done.returncode == 0, done.stderr
    return place


def listed(manifest):
    return {each["path"]: each["sha256"] for each in manifest["files"]}


def test_pages_and_originals_alone_give_the_published_edition_byte_for_byte(archive, published, tmp_path):
    manifest = json.loads((published / "2017.20" / "manifest.json").read_bytes())
    # No git, no site, no index: the pages, the originals, and the program with its templates.
    rest = Archive(tmp_path / "rest")
    shutil.copytree(archive.docs, rest.docs)
    shutil.copytree(archive.root / "overrides", rest.root / "overrides")
    shutil.copy(archive.config, rest.root)
    edition = Edition(
        Name.parse(manifest["edition"]), manifest["commit"], datetime.date.fromisoformat(manifest["date"])
    )
    site_builder.build(rest, edition=edition)
    made = {
        path.relative_to(rest.site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in rest.site.rglob("*")
        if path.is_file()
    }
    assert made == listed(manifest)


@pytest.mark.parametrize("name", ["2017.20.warc", "2017.20.warc.gz"])
def test_an_edition_as_a_web_archive(published, tmp_path, name):
    done = jianbao(
        tmp_path, "export", "--warc", name, "--from", published, "--url", "https://jb.example.org/"
    )
    assert (done.returncode, done.stderr) == (0, "")
    edition = published / "2017.20"
    files = {
        path.relative_to(edition).as_posix(): path.read_bytes()
        for path in edition.rglob("*")
        if path.is_file()
    }
    expected = {f"https://jb.example.org/2017.20/{path}": data for path, data in files.items()}
    expected["https://jb.example.org/2017.20/"] = files["index.html"]

    records, kinds, ids = {}, {}, set()
    with (tmp_path / name).open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            ids.add(record.rec_headers.get_header("WARC-Record-ID"))
            if record.rec_type == "response":
                address = record.rec_headers.get_header("WARC-Target-URI")
                records[address] = record.content_stream().read()
                kinds[address.rpartition(".")[2]] = record.http_headers.get_header("Content-Type")
                assert record.http_headers.get_statuscode() == "200"
    assert records == expected
    assert len(ids) == len(expected) + 1
    assert kinds["html"] == "text/html; charset=utf-8"
    assert "application/octet-stream" not in kinds.values(), kinds
    assert f"{len(expected)} 个记录" in done.stdout
    assert subprocess.run([COMMAND.with_name("warcio"), "check", tmp_path / name]).returncode == 0


def test_a_web_archive_of_the_commit_is_that_of_its_edition(archive, published, tmp_path):
    for name, source in {"a.warc.gz": ["--from", published], "b.warc.gz": []}.items():
        done = jianbao(archive.root, "export", "--warc", tmp_path / name, *source)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.warc.gz").read_bytes() == (tmp_path / "b.warc.gz").read_bytes()


def test_a_web_archive_overwrites_nothing_and_is_of_whole_editions(archive, published, tmp_path):
    (tmp_path / "a.warc").write_bytes(b"mine")
    done = jianbao(tmp_path, "export", "--warc", "a.warc", "--from", published)
    assert done.returncode == 1
    assert "已经有这个文件，没有改动" in done.stderr
    assert (tmp_path / "a.warc").read_bytes() == b"mine"
    copy = tmp_path / "copy"
    shutil.copytree(published, copy, symlinks=True)
    (copy / "2017.20" / "index.html").write_bytes(b"x")
    done = jianbao(tmp_path, "export", "--warc", "b.warc", "--from", copy)
    assert done.returncode == 1
    assert "index.html：大小不对" in done.stderr
    assert jianbao(tmp_path, "export", "--warc", "没有/b.warc", "--from", published).returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.warc", "copy"]
