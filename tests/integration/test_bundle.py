"""``jianbao bundle`` and ``verify``: the archive to carry away, as an editor makes it and a reader checks it."""

import hashlib
import html
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import bagit
import click
import pytest

from archives import REAL_ISSUE, files, import_into, new_archive
from bench import corpus
from jianbao import cli
from jianbao.archive import Archive
from jianbao.chinese_click import usage_message
from jianbao.edition import Name
from jianbao.editions import bundle as bundles
from jianbao.editions import portable, published, publishing, verify
from jianbao.errors import EditionError, JianbaoError
from published_folders import edition, site

COMMAND = Path(sys.executable).with_name("jianbao")
DAY = "2017-08-07T23:30:00+00:00"


def git(folder, *arguments):
    who = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org")
    when = {**os.environ, "GIT_AUTHOR_DATE": DAY, "GIT_COMMITTER_DATE": DAY}
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True, env=when)


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """The real issue of 2017 and two invented ones of 2019, committed."""
    target = new_archive(tmp_path_factory.mktemp("origin") / "档案")
    import_into(target, REAL_ISSUE)
    corpus.write_docs(target.docs, 2)
    (target.root / ".gitignore").write_text("/jianbao-*.zip\n")
    git(target.root, "init", "-q")
    git(target.root, "add", ".")
    git(target.root, "commit", "-q", "-m", "三期")
    return target.root


@pytest.fixture
def clone(origin, tmp_path):
    return clone_of(origin, tmp_path / "另一处 副本")


@pytest.fixture
def here(clone, monkeypatch):
    """A clone, in which one works."""
    monkeypatch.chdir(clone)
    return clone


def run(*arguments):
    """The command in this process; gives the exit status where that is no error."""
    return cli.jianbao.main([*map(str, arguments)], standalone_mode=False)


def clone_of(origin, folder):
    subprocess.run(["git", "clone", "-q", origin, folder], check=True)
    return folder


def jianbao(folder, *arguments, umask=-1, **environment):
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        cwd=folder, capture_output=True, encoding="utf-8", umask=umask, env={**os.environ, **environment},
    )  # fmt: skip


def bundle(folder, *arguments, **environment):
    """Make a bundle; gives its path as the command says it."""
    done = jianbao(folder, "bundle", *arguments, **environment)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    (path,) = folder.glob("*.zip")
    assert f"：{path}（版本 " in done.stdout
    return path


def names(path):
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def made(origin, tmp_path_factory):
    """A bundle of the whole archive."""
    return bundle(clone_of(origin, tmp_path_factory.mktemp("made") / "clone"))


def test_two_clean_clones_give_the_same_bytes(origin, made, tmp_path):
    other = bundle(
        clone_of(origin, tmp_path / "ein anderer Ort"),
        umask=0o077, TZ="America/New_York", LANG="C", LC_ALL="C", PYTHONHASHSEED="42", PYTHONUTF8="1",
    )  # fmt: skip
    assert other.name == made.name == "jianbao-2019.24.zip"
    assert other.read_bytes() == made.read_bytes()


def test_every_system_can_unpack_it(made):
    with zipfile.ZipFile(made) as archive:
        entries = archive.infolist()
    paths = [entry.filename for entry in entries]
    assert paths == sorted(paths)
    assert [path for path in paths if not path.isascii()] == ["jianbao-2019.24/打开简报.html"]
    assert list(portable.faults(path for path in paths if path.isascii())) == []
    for entry in entries:
        assert bool(entry.flag_bits & 0x800) == (not entry.filename.isascii()), "the flag for UTF-8 names"
        assert entry.date_time == (2017, 8, 8, 0, 0, 0)
        assert entry.external_attr >> 16 == 0o100644


def test_librarians_programs_and_checksums_agree(made, tmp_path):
    shutil.unpack_archive(made, tmp_path)
    bag = tmp_path / "jianbao-2019.24"
    read = bagit.Bag(str(bag))
    read.validate()
    assert read.info["Bagging-Date"] == "2017-08-08"
    for sums in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--quiet", "--strict", sums], cwd=bag, check=True)
    assert "版本 2019.24，2017-08-08，提交 " in (bag / "README.txt").read_text("utf-8-sig")


def test_every_link_leads_to_a_file_in_the_bundle(made):
    with zipfile.ZipFile(made) as archive:
        there = set(archive.namelist())
        # A page that is not found is shown at addresses that nobody knows.
        pages = {name: archive.read(name).decode() for name in there if re.search(r"(?<!/404)\.html$", name)}
    lost = []
    for name, text in pages.items():
        for link in re.findall(r'(?:href|src)="([^"#?]+)', text):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(html.unescape(link))))
            if not re.match(r"[a-z]+:", link) and target not in there:
                lost.append(f"{name}: {link}")
    assert len(pages) > 100
    assert lost == []


@pytest.mark.skipif(not shutil.which("unzip"), reason="no unzip here")
def test_unzip_gives_the_same_files_and_its_own_program_finds_them_whole(made, tmp_path):
    locale = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(["unzip", "-q", made, "-d", tmp_path / "桌面 一"], check=True, env=locale)
    bag = tmp_path / "桌面 一" / "jianbao-2019.24"
    done = subprocess.run([sys.executable, "-I", bag / "verify.py"], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "完好" in done.stdout
    (bag / "data" / "2019.24" / "index.html").write_bytes(b"x")
    done = subprocess.run([sys.executable, "-I", bag / "verify.py"], capture_output=True, encoding="utf-8")
    assert done.returncode == 1
    assert done.stdout.startswith("data/2019.24/index.html：大小不对")


def test_verify_checks_the_zip_as_it_is(made, tmp_path):
    done = jianbao(tmp_path, "verify", made)
    assert (done.returncode, done.stderr) == (0, "")
    assert "版本 2019.24（2017-08-08" in done.stdout
    (tmp_path / "断.zip").write_bytes(made.read_bytes()[:-100])
    done = jianbao(tmp_path, "verify", "断.zip")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "错误：断.zip：不是压缩包，或者没有下载完整（File is not a zip file）；请重新下载或复制\n"
    )


@pytest.mark.parametrize(
    ("arguments", "name", "pages", "has_original"),
    [
        (["--year", "2017", "--no-originals"], "year-2017-no-originals", {"2017/020"}, False),
        (
            ["--issues", "2019年第24期", "--year", "2017"],
            "2019-024-year-2017",
            {"2019/024", "2017/020"},
            True,
        ),
    ],
)
def test_a_part_is_named_after_what_is_in_it(here, arguments, name, pages, has_original):
    run("bundle", *arguments)
    path = here / f"jianbao-2019.24-{name}.zip"
    top = f"jianbao-2019.24-{name}/data/2019.24/"
    inside = {path.removeprefix(top) for path in names(path)}
    assert {path for path in inside if path.startswith("issues/")} == {
        f"issues/{page}.html" for page in pages
    }
    assert [path for path in inside if path.startswith("originals/")] == [
        "originals/2017/020.txt"
    ] * has_original
    assert verify.check(str(path)).whole
    with zipfile.ZipFile(path) as archive:
        assert "选编：" in archive.read(f"{top.split('/')[0]}/README.txt").decode("utf-8-sig")
    assert git_status(here) == ""


def git_status(folder):
    return subprocess.run(
        ["git", "-C", folder, "status", "--porcelain"], capture_output=True, check=True, encoding="utf-8"
    ).stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--year", "2016"], 1, "档案中没有2016年的简报；有：2017、2019"),
        (["--issues", "2017/21"], 1, "2017年有：020"),
        (["--issues", "第20期"], 1, "不像期号"),
        (["--output", "没有/包.zip"], 1, "没有这个文件夹"),
        (["--sign", "没有的密钥"], 1, "没有的密钥：没有这个密钥文件"),
        (["--from", "docs"], 1, "不是发布文件夹"),
        (["--edition", "2019.24"], 2, "--edition 要与 --from 同用"),
        (["--from", "x", "--year", "2017"], 2, "不能与 --from 同用"),
        (["--year", "去年"], 2, "--year 的值不对"),
    ],
)
def test_what_cannot_be_made_leaves_nothing_behind(here, arguments, status, said):
    with pytest.raises((JianbaoError, click.UsageError)) as caught:
        run("bundle", *arguments)
    assert getattr(caught.value, "exit_status", 2) == status
    assert said in (str(caught.value) if status == 1 else usage_message(caught.value))
    assert git_status(here) == ""
    assert list(here.glob("*.zip")) == []


def test_what_is_not_committed_is_not_bundled(here):
    page = here / "docs/issues/2017/020.md"
    page.write_text(page.read_text("utf-8") + "\n补一段。\n", "utf-8")
    with pytest.raises(EditionError, match=r"docs/issues/2017/020\.md：与提交的不同"):
        run("bundle")
    assert list(here.glob("*.zip")) == []


def test_what_was_published_from_a_commit_gives_the_bundle_of_the_commit(here, made, tmp_path):
    publishing.publish(Archive(here), tmp_path / "发布")
    run("bundle", "--from", tmp_path / "发布")
    assert (here / made.name).read_bytes() == made.read_bytes()


# From a published folder of small sites.


@pytest.fixture
def place(tmp_path):
    """A published folder with two editions, the second a correction."""
    place = tmp_path / "发布"
    target = published.make(place)
    for name, text in {"2019.24": "8月2日", "2019.24.1": "8月3日"}.items():
        with target.alone():
            publishing.add(target, edition(name), small_site(text))
    return place


def small_site(text):
    """A site with one issue that says ``text``."""

    def build(folder):
        site(page=text)(folder)
        issue = {
            "id": "2017/020", "title": "援疆工作简报", "label": "2017年第20期", "address": "issues/2010/000.html",
            "articles": [{"id": "a01", "title": "开班", "body": [{"text": text}]}],
        }  # fmt: skip
        lines = ['{"archive":"援疆工作简报","issues":[', json.dumps(issue, separators=(",", ":")), "]}"]
        (folder / "data" / "issues").mkdir(parents=True)
        (folder / "data" / "issues" / "2017.json").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "data" / "index.json").write_text('{"archive": "援疆工作简报"}\n', "utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        (folder / "data" / "SHA256SUMS").write_text(f"{digest}  text/2017/020.txt\n", "utf-8")

    return build


def of_place(place, to, *editions, **packing):
    chosen = [Name.parse(name) for name in editions]
    return bundles.of_published(place, chosen, bundles.Packing(to, **packing))


def test_published_editions_are_bundled_as_they_are(place, tmp_path, monkeypatch, capsys):
    before = files(place)
    monkeypatch.chdir(tmp_path)
    run("bundle", "--from", place, "--edition", "2019.24", "--edition", "2019.24.1")
    assert files(place) == before
    path = tmp_path / "jianbao-2019.24.1-2-editions.zip"
    assert f"已做成：{path}（版本 2019.24.1、2019.24，" in capsys.readouterr().out
    assert verify.check(str(path)).whole
    top = path.stem
    with zipfile.ZipFile(path) as archive:
        for name, text in {"2019.24": "8月2日", "2019.24.1": "8月3日"}.items():
            assert archive.read(f"{top}/data/{name}/page.html").decode() == text
        assert b"url=data/2019.24.1/index.html" in archive.read(f"{top}/index.html")
        assert b'"latest": "2019.24.1"' in archive.read(f"{top}/data/versions.js")
        told = archive.read(f"{top}/data/changes.html").decode()
    assert '<a href="2019.24/index.html">' in told
    assert "8月<del>2</del><ins>3</ins>日" in told


def test_an_edition_that_is_not_there_or_not_whole_is_not_bundled(place, tmp_path):
    with pytest.raises(EditionError, match=r"没有版本 2016\.1；现有：2019\.24\.1、2019\.24"):
        of_place(place, tmp_path / "包.zip", "2016.1")
    damaged = place / "2019.24.1" / "index.html"
    damaged.unlink()
    damaged.write_bytes(b"x")
    with pytest.raises(EditionError, match=r"index\.html：大小不对"):
        of_place(place, tmp_path / "包.zip")
    assert not (tmp_path / "包.zip").exists()


def test_another_file_in_its_place_is_kept(place, tmp_path):
    first = of_place(place, tmp_path / "包.zip")
    again = of_place(place, tmp_path / "包.zip")
    assert (first.is_new, again.is_new) == (True, False)
    (tmp_path / "包.zip").write_bytes(b"mine")
    with pytest.raises(EditionError, match="已经有一个内容不同的文件，没有改动"):
        of_place(place, tmp_path / "包.zip")
    assert (tmp_path / "包.zip").read_bytes() == b"mine"


def test_signed_and_verified(place, tmp_path, capsys):
    key = tmp_path / "钥匙"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    signers = tmp_path / "名单"
    signers.write_text(f"编辑部 {key.with_suffix('.pub').read_text()}", "utf-8")
    path = tmp_path / "包.zip"
    run("bundle", "--from", place, "--output", path, "--sign", key)
    run("verify", path, "--signers", signers)
    assert "签名：编辑部 签名，与内容相符" in capsys.readouterr().out
    shutil.unpack_archive(path, tmp_path / "解开")
    bagit.Bag(str(tmp_path / "解开" / "jianbao-2019.24.1")).validate()
    signers.write_text("", "utf-8")
    assert run("verify", path, "--signers", signers) == 1
    assert "不在名单" in capsys.readouterr().out


def test_compressed_it_holds_the_same(place, tmp_path):
    small = of_place(place, tmp_path / "小.zip", compress=True).path
    large = of_place(place, tmp_path / "大.zip").path
    assert small.stat().st_size < large.stat().st_size
    with zipfile.ZipFile(small) as one, zipfile.ZipFile(large) as other:
        assert {n: one.read(n) for n in one.namelist()} == {n: other.read(n) for n in other.namelist()}
