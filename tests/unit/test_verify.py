"""What ``verify`` finds in a published folder, an edition, a bundle as a zip and unzipped."""

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jianbao.editions import verify

PAGES = {"index.html": "首页\n", "issues/2017/020.html": "第20期\n", "search/a/一.js": "x"}


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def edition(folder, name, pages=PAGES):
    """An edition's folder with its manifest."""
    for path, text in pages.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    listed = [
        {"path": path, "size": len(text.encode()), "sha256": sha256(text.encode())}
        for path, text in sorted(pages.items())
    ]
    manifest = {"edition": name, "date": "2017-08-08", "commit": "c" * 40, "tools": {}, "files": listed}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def versions(folder, names, latest):
    listed = [{"version": n, "title": n, "aliases": ["latest"] * (n == latest)} for n in names]
    (folder / "versions.json").write_text(json.dumps(listed), "utf-8")
    script = json.dumps({"latest": latest, "versions": listed})
    (folder / "versions.js").write_text(f"window.jianbaoVersions = {script};\n", "utf-8")


def seal(bag, payload=True):
    """BagIt's lists over a bundle's folder as it stands."""
    data = sorted(path for path in (bag / "data").rglob("*") if path.is_file())
    if payload:
        lines = [f"{sha256(path.read_bytes())}  {path.relative_to(bag).as_posix()}\n" for path in data]
        (bag / "manifest-sha256.txt").write_text("".join(lines), "utf-8")
    (bag / "bagit.txt").write_text("BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n")
    size = sum(path.stat().st_size for path in data)
    (bag / "bag-info.txt").write_text(f"Bagging-Date: 2017-08-08\nPayload-Oxum: {size}.{len(data)}\n")
    tags = sorted(
        path for path in bag.iterdir() if path.is_file() and not path.name.startswith("tagmanifest")
    )
    lines = [f"{sha256(path.read_bytes())} {path.name}\n" for path in tags]
    (bag / "tagmanifest-sha256.txt").write_text("".join(lines), "utf-8")


def zipped(bag, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(bag.rglob("*")):
            archive.write(path, path.relative_to(bag.parent))
    return target


@pytest.fixture
def published(tmp_path):
    """Three editions, the second of them shown as the newest, as after a rollback."""
    folder = tmp_path / "发布"
    for name in ("2017.19", "2017.20", "2017.20.1"):
        edition(folder / name, name, {**PAGES, "edition.js": name})
    versions(folder, ["2017.20.1", "2017.20", "2017.19"], "2017.20")
    (folder / "latest").symlink_to("2017.20")
    (folder / ".jianbao").mkdir()
    (folder / ".jianbao" / "lock").touch()
    (folder / "robots.txt").write_text("the administrator's own")
    return folder


@pytest.fixture
def bag(tmp_path):
    folder = tmp_path / "解开" / "jianbao-2017.20"
    edition(folder / "data" / "2017.20", "2017.20")
    versions(folder / "data", ["2017.20"], "2017.20")
    (folder / "打开简报.html").write_text("<a href=data/2017.20/index.html>", "utf-8")
    seal(folder)
    return folder


def found(path, signers=None):
    """The faults, as ``path：what``."""
    return [f"{fault.path}：{fault.what}" for fault in verify.check(path, signers).faults.values()]


def first(faults):
    assert len(faults) == 1, faults
    return faults[0]


def change(path, data=None):
    """Flip one bit of a file, or give it another content."""
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(bytes(whole) if data is None else data)


# What is whole.


def test_what_is_whole_says_what_it_is(published, bag, tmp_path):
    assert found(published) == []
    lines = list(verify.check(published / "2017.20").lines())
    assert lines[0] == "版本文件夹 2017.20：版本 2017.20（2017-08-08，提交 cccccccccccc），5 个文件，616 字节"
    assert lines[-1] == "完好：每个文件都与清单一致，没有缺少，没有多出。"
    assert found(published / "latest") == []
    for place in (bag, bag.parent, zipped(bag, tmp_path / "jianbao-2017.20.zip")):
        report = verify.check(place)
        assert report.faults == {}
        assert [each.name for each in report.editions] == ["2017.20"]
        assert report.files == len([path for path in bag.rglob("*") if path.is_file()])
        assert report.size == sum(path.stat().st_size for path in bag.rglob("*") if path.is_file())


def test_what_a_system_leaves_behind_is_no_fault(bag):
    (bag / ".DS_Store").write_bytes(b"x")
    (bag / "data" / "2017.20" / "Thumbs.db").write_bytes(b"x")
    report = verify.check(bag)
    assert report.whole
    assert list(report.lines())[:2] == [
        "注意：.DS_Store 是系统留下的，不属于档案",
        "注意：data/2017.20/Thumbs.db 是系统留下的，不属于档案",
    ]


# A published folder.


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda d: change(d / "2017.19/index.html"), "2017.19/index.html：内容被改动（SHA-256 与清单不同）"),
        (
            lambda d: change(d / "2017.19/index.html", b"x"),
            "2017.19/index.html：大小不对：应当是 7 字节，实有 1 字节",
        ),
        (lambda d: (d / "2017.20.1/search/a/一.js").unlink(), "2017.20.1/search/a/一.js：缺少"),
        (lambda d: (d / "2017.20/issues/x.html").touch(), "2017.20/issues/x.html：多出；清单里没有"),
        (
            lambda d: (d / "2017.20/x.html").symlink_to("/etc/passwd"),
            "2017.20/x.html：是指到别处的链接，不是文件；没有去读",
        ),
        (
            lambda d: (d / "2017.20/manifest.json").unlink(),
            "2017.20/manifest.json：缺少清单；这个版本没有做完，或者被动过",
        ),
        (lambda d: os.mkfifo(d / "2017.20/pipe"), "2017.20/pipe：不是普通文件；没有去读"),
        (lambda d: (d / "latest").unlink(), "latest：缺少；不带版本的网址打不开"),
        (lambda d: (d / "versions.js").unlink(), "versions.js：缺少"),
        (lambda d: change(d / "versions.json", b"{"), "versions.json：读不懂，不是版本清单"),
        (lambda d: change(d / "versions.json", b"[" * 99_999), "versions.json：读不懂，不是版本清单"),
        (lambda d: relink(d, "2017.20.1"), "latest：指向 2017.20.1，而 versions.json 说最新的是 2017.20"),
        (lambda d: relink(d, "2016.1"), "latest：指向 2016.1，没有这个版本"),
        (lambda d: relink(d, "../发布/2017.20"), "latest：指向 ../发布/2017.20，不是一个版本"),
        (lambda d: edition(d / "2018.1", "2018.1"), "versions.json：没有列出版本 2018.1"),
        (lambda d: shutil.rmtree(d / "2017.19"), "versions.json：列有版本 2017.19，但没有这个文件夹"),
        (
            lambda d: edition(d / "2017.19", "2017.18", {**PAGES, "edition.js": "2017.19"}),
            "2017.19/manifest.json：是版本 2017.18 的清单，不是 2017.19 的",
        ),
    ],
)
def test_a_fault_of_a_published_folder_is_named(published, damage, fault):
    damage(published)
    assert fault in found(published)
    assert len(found(published)) <= 2


def relink(folder, target):
    (folder / "latest").unlink()
    (folder / "latest").symlink_to(target)


def test_the_two_lists_of_editions_agree(published):
    both = (published / "versions.json").read_bytes()
    versions(published, ["2017.20.1", "2017.20", "2017.19"], "2017.20.1")
    (published / "versions.json").write_bytes(both)
    assert first(found(published)) == "versions.js：与 versions.json 说的最新版本不同"


def test_on_a_store_without_links_latest_is_a_copy(published):
    (published / "latest").unlink()
    shutil.copytree(published / "2017.20", published / "latest")
    assert found(published) == []
    change(published / "latest" / "index.html")
    assert first(found(published)) == "latest/index.html：内容被改动（SHA-256 与清单不同）"


@pytest.mark.parametrize("path", ["../../secret", "/etc/passwd", "a/../../b", "c:\\x", "a//b", ".", ""])
def test_no_list_leads_out_of_the_folder(published, tmp_path, path):
    (tmp_path / "secret").write_text("x")
    manifest = published / "2017.20" / "manifest.json"
    values = json.loads(manifest.read_bytes())
    values["files"].append({"path": path, "size": 1, "sha256": sha256(b"x")})
    manifest.write_text(json.dumps(values))
    assert first(found(published)) == (
        f"2017.20/{path}：2017.20/manifest.json 列的这个路径指到文件夹之外；没有去读"
    )


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 99_999,
        b'{"edition": "1", "date": "", "commit": "", "files": [{"path": 1, "size": 1, "sha256": "x"}]}',
        b'{"edition": "1", "date": "", "commit": "", "files": [{"path": "a", "size": true, "sha256": "x"}]}',
        b'{"edition": "1", "date": "", "commit": "", "files": 5}',
    ],
)
def test_junk_for_a_manifest_is_no_traceback(published, text):
    (published / "2017.20" / "manifest.json").write_bytes(text)
    assert "2017.20/manifest.json：清单读不懂" in found(published)[0]


# A bundle.


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (
            lambda b: change(b / "data/2017.20/index.html"),
            "data/2017.20/index.html：内容被改动（SHA-256 与清单不同）",
        ),
        (
            lambda b: change(b / "data/2017.20/manifest.json"),
            "data/2017.20/manifest.json：清单读不懂",
        ),
        (lambda b: change(b / "打开简报.html"), "打开简报.html：内容被改动（SHA-256 与清单不同）"),
        (lambda b: change(b / "data/versions.js"), "data/versions.js：内容被改动（SHA-256 与清单不同）"),
        (lambda b: (b / "data/versions.js").unlink(), "data/versions.js：缺少"),
        (lambda b: (b / "data/2017.20/x.html").touch(), "data/2017.20/x.html：多出；清单里没有"),
        (lambda b: (b / "data/x.html").touch(), "data/x.html：多出；清单里没有"),
        (lambda b: (b / "autorun.inf").touch(), "autorun.inf：多出；清单里没有"),
        (lambda b: (b / "fetch.txt").write_text("http://x - data/x"), "fetch.txt：要求从网上取文件"),
        (lambda b: (b / "tagmanifest-sha256.txt").unlink(), "tagmanifest-sha256.txt：缺少"),
        (lambda b: (b / "manifest-sha256.txt").unlink(), "manifest-sha256.txt：缺少"),
        (
            lambda b: (b / "manifest-sha256.txt").write_text("junk"),
            "manifest-sha256.txt：内容被改动（SHA-256 与清单不同）",
        ),
        (lambda b: (b / "bag-info.txt").write_text("x: y"), "bag-info.txt：内容被改动"),
        (lambda b: shutil.rmtree(b / "data/2017.20"), "data：里面没有版本"),
    ],
)
@pytest.mark.parametrize("form", ["folder", "zip"])
def test_a_fault_of_a_bundle_is_named(bag, tmp_path, damage, fault, form):
    damage(bag)
    faults = found(bag if form == "folder" else zipped(bag, tmp_path / "包.zip"))
    assert any(each.startswith(fault) for each in faults), faults


def test_lists_made_anew_over_a_change_do_not_hide_it(bag):
    change(bag / "data" / "2017.20" / "index.html")
    seal(bag)
    assert first(found(bag)) == "data/2017.20/index.html：内容被改动（SHA-256 与清单不同）"


def test_a_line_of_bagits_list_does_not_lead_out(bag):
    with (bag / "manifest-sha256.txt").open("a") as file:
        file.write(f"{sha256(b'x')}  ../../secret\n")
    seal(bag, payload=False)
    assert first(found(bag)) == "../../secret：manifest-sha256.txt 列的这个路径指到文件夹之外；没有去读"


# A zip from a stranger.


def test_a_zip_that_was_cut_short_says_so(bag, tmp_path):
    whole = zipped(bag, tmp_path / "包.zip").read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 5):
        (tmp_path / "断.zip").write_bytes(whole[:length])
        with pytest.raises(verify.CannotCheck, match="不是压缩包，或者没有下载完整"):
            verify.check(tmp_path / "断.zip")


def test_damage_inside_the_zip_is_found(bag, tmp_path):
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(zipped(bag, path)) as archive:
        entry = archive.getinfo("jianbao-2017.20/data/2017.20/index.html")
    data = bytearray(path.read_bytes())
    data[entry.header_offset + 30 + len(entry.filename) + 3] ^= 1
    path.write_bytes(data)
    assert found(path)[0].startswith("data/2017.20/index.html：读不出来")


def test_a_zip_bomb_is_not_unpacked(bag, tmp_path):
    path = zipped(bag, tmp_path / "包.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("jianbao-2017.20/data/2017.20/bomb", bytes(300 << 20))
    with pytest.raises(verify.CannotCheck, match=r"解开后有 314\.6 MB"):
        verify.check(path)


def test_a_file_that_is_larger_than_its_manifest_says_is_not_read(bag, tmp_path, monkeypatch):
    (bag / "data" / "2017.20" / "index.html").write_bytes(bytes(50 << 20))
    seal(bag)
    path, read = zipped(bag, tmp_path / "包.zip"), []
    opened = zipfile.ZipFile.open
    monkeypatch.setattr(
        zipfile.ZipFile,
        "open",
        lambda self, entry, *a, **k: read.append(entry) or opened(self, entry, *a, **k),
    )
    assert first(found(path)) == ("data/2017.20/index.html：大小不对：应当是 7 字节，实有 52428800 字节")
    assert not [entry for entry in read if entry.filename.endswith("data/2017.20/index.html")]


@pytest.mark.parametrize("name", ["../x", "/x", "jianbao-2017.20/../../x", "jianbao-2017.20\\x"])
def test_a_zip_with_a_name_that_leads_out_is_not_to_be_unpacked(bag, tmp_path, name):
    path = zipped(bag, tmp_path / "包.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, "x")
    assert first(found(path)).endswith("：这个名字指到文件夹之外；请不要解开这个压缩包")


def test_links_and_doubles_in_a_zip_are_named(bag, tmp_path):
    path = zipped(bag, tmp_path / "包.zip")
    link = zipfile.ZipInfo("jianbao-2017.20/data/2017.20/link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(link, "/etc/passwd")
        archive.writestr("jianbao-2017.20/打开简报.html", "another")
        archive.writestr("__MACOSX/x", "")
        archive.writestr("beside.txt", "")
    assert found(path) == [
        "beside.txt：在离线包的文件夹之外",
        "data/2017.20/link：是指到别处的链接，不是文件；没有去读",
        "打开简报.html：压缩包里有两个同名的文件",
    ]


def test_other_things_are_not_checked(tmp_path):
    with zipfile.ZipFile(tmp_path / "别的.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    (tmp_path / "空").mkdir()
    (tmp_path / "乱.zip").write_bytes(os.urandom(999))
    for name, reason in {
        "别的.zip": "不是简报的离线包",
        "空": "这里没有可以核对的",
        "乱.zip": "不是压缩包",
        "没有": "没有这个文件或文件夹",
    }.items():
        with pytest.raises(verify.CannotCheck, match=reason):
            verify.check(tmp_path / name)


# Signatures.


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Two keys, and a list of signers with the first."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("editor", "stranger"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name], check=True
        )
    signers = (folder / "editor.pub").read_text()
    (folder / "signers").write_text(f'editor@example.org namespaces="jianbao" {signers}')
    return folder


def sign(bag, key, namespace="jianbao"):
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", namespace, bag / "tagmanifest-sha256.txt"],
        check=True,
    )


def test_a_signature_says_who(bag, keys, tmp_path):
    sign(bag, keys / "editor")
    for place in (bag, zipped(bag, tmp_path / "包.zip")):
        report = verify.check(place, str(keys / "signers"))
        assert report.whole
        assert report.signature.startswith("editor@example.org 签名，与内容相符（SHA256:")
    assert "要核对是谁的，请加 --signers" in verify.check(bag).signature


def test_unsigned_strangers_and_altered_are_three_messages(bag, keys):
    signers = str(keys / "signers")
    assert verify.check(bag).whole
    assert first(found(bag, signers)) == "tagmanifest-sha256.txt.sig：没有签名"
    sign(bag, keys / "stranger")
    assert "不在名单" in first(found(bag, signers))
    (bag / "tagmanifest-sha256.txt.sig").unlink()
    sign(bag, keys / "editor")
    change(bag / "打开简报.html")
    seal(bag)
    assert first(found(bag, signers)) == (
        "tagmanifest-sha256.txt.sig：签名与内容对不上：清单或签名在签名之后被改动"
    )
    assert not verify.check(bag).whole, (
        "a signature that does not fit is a fault without a list of signers, too"
    )


def test_a_signature_for_something_else_is_none_for_us(bag, keys):
    sign(bag, keys / "editor", namespace="file")
    assert "对不上" in first(found(bag, str(keys / "signers")))


def test_only_bundles_are_signed(published, keys):
    assert "只有离线包带签名" in first(found(published, str(keys / "signers")))


# The one file.

PROGRAM = Path(verify.__file__)


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-I", "-S", *map(str, arguments)], capture_output=True, encoding="utf-8", timeout=60
    )


def test_it_runs_alone_in_the_bundle_that_it_lies_in(bag):
    shutil.copy(PROGRAM, bag / "verify.py")
    seal(bag)
    done = run(bag / "verify.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert "完好" in done.stdout
    change(bag / "data" / "2017.20" / "index.html")
    done = run(bag / "verify.py")
    assert done.returncode == 1
    assert done.stdout.startswith("data/2017.20/index.html：内容被改动")
    assert "怎么办：请从原来的发布处" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["-h"], 0, "核对简报档案的文件是否完好"),
        (["没有"], 1, "错误：没有：没有这个文件或文件夹"),
        (["a", "b"], 2, "用法："),
        (["--force"], 2, "用法："),
        (["a", "--signers"], 2, "用法："),
        ([".", "--signers", "没有"], 1, "没有这个签名人名单"),
    ],
)
def test_exit_status(arguments, status, said):
    done = run(PROGRAM, *arguments)
    assert done.returncode == status
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_it_keeps_to_an_old_python_and_the_standard_library():
    tree = ast.parse(PROGRAM.read_text("utf-8"), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & {"removeprefix", "removesuffix", "file_digest", "is_relative_to", "isjunction"}
