#!/usr/bin/env python3
"""核对简报档案的文件是否完好：每个文件的大小和 SHA-256 是否与清单一致，有没有缺少或多出的文件。

    python3 verify.py                       核对本文件所在的离线包
    python3 verify.py jianbao-2017.20.zip   核对没有解开的离线包，或者解开的文件夹、发布文件夹、其中一个版本
    python3 verify.py 离线包 --signers 名单   并核对是谁签的名（需要 ssh-keygen；名单每行“名字 公钥”）

结果：0 完好，1 有问题，2 用法不对。只读不写；需要 Python 3.8 以上，不需要别的程序。
"""

# This file stands alone: it is copied into every bundle, for readers who have only an old Python. It imports the
# standard library alone and keeps to the syntax of Python 3.8. Nothing is opened by a path that a list names: only
# what a walk of the folder (which follows no link) or the zip's own directory has found is read.

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
import zlib
from typing import Any, BinaryIO, Callable, Iterable, Iterator, NamedTuple  # noqa: UP035 (as Python 3.8 has it)

MANIFEST = "manifest.json"
SUMS = "manifest-sha256.txt"
TAG_SUMS = "tagmanifest-sha256.txt"
SIGNATURE = TAG_SUMS + ".sig"
NAMESPACE = "jianbao"  # what `ssh-keygen -Y sign -n` was told: a signature for something else is none for us

# The largest list that is read into memory: 60,000 files take about 10 MB.
LONGEST_LIST = 64 << 20
# A site is text and shrinks to a tenth; a zip that grows a hundredfold was made to do harm.
LARGEST_GROWTH = 100
BLOCK = 1 << 20

_EDITION = re.compile(r"\d{4}\.(?:0|[1-9]\d{0,3})(?:\.[1-9]\d{0,5})?", re.ASCII)
_SUM = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# What systems leave behind in a folder that was only looked at.
_LITTER = re.compile(r"(?:.*/)?(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*|\.directory)|__MACOSX/.*")

COPY_AGAIN = "请从原来的发布处或离线包重新复制；原来的也这样，就请与制作者联系"
REMOVE = "多出的文件不是这份档案的；请不要打开，移走后再核对"
DISTRUST = "这不像 jianbao 做的档案；请不要使用，并与给您的人核实"
PUBLISH_AGAIN = "请在发布的机器上重新运行 jianbao publish，它会补完没有做完的发布"


class CannotCheck(Exception):
    """There is nothing here that could be checked; the message says why, in Chinese."""


class Fault(NamedTuple):
    """What is wrong with one file, and what to do."""

    path: str
    what: str
    advice: str


class Edition(NamedTuple):
    name: str
    date: str
    commit: str


class File(NamedTuple):
    """A file that was found. Files with the same ``key`` are one on the disk (hard links): read once."""

    size: int
    open: Callable[[], BinaryIO]
    key: object


class Listed(NamedTuple):
    """What a list says of a file; BagIt's lists give no size."""

    sha256: str
    size: int | None = None


class Tree(NamedTuple):
    """Files by their path from a root, and what is there but is no file (links, pipes), with the reason."""

    files: dict[str, File]
    strange: dict[str, str]

    def parts(self) -> dict[str, Tree]:
        """The folders at the root, each as a tree of its own."""
        parts: dict[str, Tree] = {}
        for index, entries in enumerate(self):
            for path, entry in entries.items():
                first, slash, rest = path.partition("/")
                if slash:
                    parts.setdefault(first, Tree({}, {}))[index][rest] = entry
        return parts


class Report:
    """What was checked and found. ``whole`` says whether there is no fault."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.editions: list[Edition] = []
        self.faults: dict[str, Fault] = {}
        self.litter: dict[str, None] = {}
        self.signature = ""
        self.files = self.size = 0
        self._sums: dict[object, str] = {}

    @property
    def whole(self) -> bool:
        return not self.faults

    def fault(self, path: str, what: str, advice: str) -> None:
        """The first thing that is wrong with a file is enough."""
        self.faults.setdefault(path, Fault(path, what, advice))

    def sum(self, path: str, file: File) -> str | None:
        """The file's SHA-256; None, and a fault, where it cannot be read."""
        if file.key not in self._sums:
            digest = hashlib.sha256()
            try:
                with file.open() as stream:
                    for block in iter(lambda: stream.read(BLOCK), b""):
                        digest.update(block)
            except _UNREADABLE as error:
                self.fault(path, f"读不出来（{_reason(error)}）", COPY_AGAIN)
                return None
            self._sums[file.key] = digest.hexdigest()
        return self._sums[file.key]

    def lines(self) -> Iterator[str]:
        """The report as a person reads it."""
        for fault in self.faults.values():
            yield f"{_printable(fault.path)}：{fault.what}"
        for path in self.litter:
            yield f"注意：{_printable(path)} 是系统留下的，不属于档案"
        yield f"{self.subject}：{self._editions()}，{self.files} 个文件，{_bytes(self.size)}"
        if self.signature:
            yield "签名：" + self.signature
        if self.whole:
            yield "完好：每个文件都与清单一致，没有缺少，没有多出。"
            return
        yield f"有问题：{len(self.faults)} 处，列在上面。"
        for advice in dict.fromkeys(fault.advice for fault in self.faults.values()):
            yield f"怎么办：{advice}。"

    def _editions(self) -> str:
        if len(self.editions) > 3:
            return f"{len(self.editions)} 个版本"
        shown = (
            f"版本 {_printable(e.name)}（{_printable(e.date)}，提交 {_printable(e.commit[:12])}）"
            for e in self.editions
        )
        return "、".join(shown) or "没有版本"


# What reading a damaged or hostile file may end in.
_UNREADABLE = (
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
)


def check(path: str, signers: str | None = None) -> Report:
    """Check what lies at ``path``: a published folder, an edition in it, a bundle as a zip or unzipped.

    With ``signers`` (a file as ssh-keygen's ALLOWED SIGNERS) a missing or other signature is a fault, too.
    Raises CannotCheck where there is none of these, or where it is too strange to be looked into.
    """
    path = str(path)
    if signers and not os.path.isfile(signers):
        raise CannotCheck(f"{signers}：没有这个签名人名单；每行写“名字 公钥”")
    if os.path.isdir(path):
        return _check_folder(path, signers)
    if not os.path.exists(path):
        raise CannotCheck(f"{path}：没有这个文件或文件夹")
    with _opened_zip(path) as archive:
        report = Report("离线包 " + os.path.basename(path))
        _check_bag(_zip_tree(archive, path, report), report, signers)
    return report


def _check_folder(path: str, signers: str | None) -> Report:
    shown = os.path.basename(os.path.abspath(path))
    names = set(os.listdir(path))
    # Windows unpacks into a folder of the zip's name, and the bundle's own folder is in that one.
    inner = [name for name in names if os.path.isfile(os.path.join(path, name, "bagit.txt"))]
    if "bagit.txt" not in names and len(inner) == 1:
        path, names = os.path.join(path, inner[0]), {"bagit.txt"}
    if "bagit.txt" in names:
        report = Report("解开的离线包 " + shown)
        _check_bag(_folder_tree(path), report, signers)
    elif MANIFEST in names:
        report = Report("版本文件夹 " + shown)
        _check_edition(_folder_tree(path), "", report)
        _no_signature(signers, report)
    elif "versions.json" in names or any(_EDITION.fullmatch(name) for name in names):
        report = Report("发布文件夹 " + shown)
        _check_published(path, names, report)
        _no_signature(signers, report)
    else:
        raise CannotCheck(
            f"{path}：这里没有可以核对的（没有 bagit.txt、manifest.json 或 versions.json）；"
            "请指明发布文件夹、其中一个版本、离线包 zip 或解开的离线包"
        )
    return report


def _check_published(root: str, names: set[str], report: Report) -> None:
    """Every edition against its manifest, and that ``latest`` and the lists of editions agree with them."""
    editions = []
    for name in sorted(name for name in names if _EDITION.fullmatch(name)):
        place = os.path.join(root, name)
        if os.path.islink(place) or not os.path.isdir(place):
            report.fault(name, "应当是文件夹", PUBLISH_AGAIN)
        else:
            editions.append(name)
            _check_edition(_folder_tree(place), name + "/", report, name)
    files = {}
    for name in ("versions.json", "versions.js"):
        place = os.path.join(root, name)
        if os.path.isfile(place) and not os.path.islink(place):
            files[name] = _file(place, os.stat(place))
    latest = _check_versions(files, editions, report)
    _check_latest(root, latest, report)


def _check_latest(root: str, latest: str | None, report: Report) -> None:
    """``latest`` leads to the edition that the lists call so; on a store without links it is a copy of it."""
    place = os.path.join(root, "latest")
    if not os.path.lexists(place):
        report.fault("latest", "缺少；不带版本的网址打不开", PUBLISH_AGAIN)
    elif os.path.islink(place):
        target = os.readlink(place).rstrip("/\\")
        if not _EDITION.fullmatch(target):
            report.fault("latest", f"指向 {_printable(target)}，不是一个版本", PUBLISH_AGAIN)
        elif not os.path.isdir(os.path.join(root, target)):
            report.fault("latest", f"指向 {target}，没有这个版本", PUBLISH_AGAIN)
        elif latest and target != latest:
            report.fault("latest", f"指向 {target}，而 versions.json 说最新的是 {latest}", PUBLISH_AGAIN)
    elif not os.path.isdir(place):
        report.fault("latest", "不是文件夹", PUBLISH_AGAIN)
    else:
        _check_edition(_folder_tree(place), "latest/", report, latest)


def _check_versions(files: dict[str, File], editions: list[str], report: Report) -> str | None:
    """The lists of editions agree with the folders and with each other. Gives the newest by ``versions.json``."""
    latest = {}
    for name in ("versions.json", "versions.js"):
        if name not in files:
            report.fault(name, "缺少", PUBLISH_AGAIN)
            continue
        try:
            versions, latest[name] = _versions(_read(files[name]), name)
        except (*_UNREADABLE, RecursionError, KeyError, TypeError, AttributeError):
            report.fault(name, "读不懂，不是版本清单", PUBLISH_AGAIN)
            continue
        for version in sorted(set(versions) - set(editions)):
            report.fault(name, f"列有版本 {_printable(version)}，但没有这个文件夹", PUBLISH_AGAIN)
        for version in sorted(set(editions) - set(versions)):
            report.fault(name, f"没有列出版本 {version}", PUBLISH_AGAIN)
        if latest[name] not in versions:
            report.fault(name, "没有说明哪个版本最新", PUBLISH_AGAIN)
    if len(set(latest.values())) > 1:
        report.fault("versions.js", "与 versions.json 说的最新版本不同", PUBLISH_AGAIN)
    return latest.get("versions.json") or latest.get("versions.js")


def _versions(data: bytes, name: str) -> tuple[list[str], str]:
    """The editions and the newest of them, as ``versions.json`` (mike) or ``versions.js`` has them."""
    text = data.decode("utf-8")
    if name == "versions.js":
        found = json.loads(text[text.index("=") + 1 :].strip().rstrip(";"))
        return [str(each["version"]) for each in found["versions"]], str(found["latest"])
    found = json.loads(text)
    latest = [str(each["version"]) for each in found if "latest" in each["aliases"]]
    return [str(each["version"]) for each in found], latest[0] if len(latest) == 1 else ""


def _check_edition(tree: Tree, shown: str, report: Report, name: str | None = None) -> None:
    """An edition's files against its manifest, which must be that of edition ``name`` where one is given."""
    place = shown + MANIFEST
    manifest = tree.files.get(MANIFEST)
    if manifest is None:
        report.fault(place, "缺少清单；这个版本没有做完，或者被动过", PUBLISH_AGAIN)
        return
    try:
        edition, listed = _manifest(_read(manifest))
    except (*_UNREADABLE, RecursionError, KeyError, TypeError) as error:
        report.fault(place, f"清单读不懂（{_reason(error)}）", COPY_AGAIN)
        return
    if name is not None and edition.name != name:
        report.fault(place, f"是版本 {_printable(edition.name)} 的清单，不是 {name} 的", COPY_AGAIN)
    if edition not in report.editions:
        report.editions.append(edition)
    _note_strange(tree, shown, report)
    found = {path: file for path, file in tree.files.items() if path != MANIFEST}
    _compare(found, listed, shown, place, report)
    report.files += 1
    report.size += manifest.size


def _manifest(data: bytes) -> tuple[Edition, dict[str, Listed]]:
    """An edition's ``manifest.json``. Raises one of several errors where it is none."""
    found: Any = json.loads(data.decode("utf-8"))
    listed = {}
    for entry in found["files"]:
        path, size, digest = entry["path"], entry["size"], entry["sha256"]
        if not isinstance(path, str) or type(size) is not int or not _SHA256.fullmatch(digest):
            raise ValueError("有一条不是路径、大小和 SHA-256")
        if path in listed:
            raise ValueError(f"{path} 列了两次")
        listed[path] = Listed(digest, size)
    return Edition(str(found["edition"]), str(found["date"]), str(found["commit"])), listed


def _check_bag(tree: Tree, report: Report, signers: str | None) -> None:
    """A bundle: BagIt's two lists (RFC 8493), the editions in it, their list, and the signature."""
    _note_strange(tree, "", report)
    if "fetch.txt" in tree.files:
        report.fault("fetch.txt", "要求从网上取文件；离线包没有这样的文件", DISTRUST)
    if b"Tag-File-Character-Encoding: UTF-8" not in _small(tree, "bagit.txt", report):
        report.fault("bagit.txt", "不是 BagIt 的说明", DISTRUST)
    tags, payload = {}, {}
    for path, file in tree.files.items():
        (payload if path.startswith("data/") else tags)[path] = file
    outside = {path: tags.pop(path) for path in (TAG_SUMS, SIGNATURE) if path in tags}
    report.files += len(outside)
    report.size += sum(file.size for file in outside.values())
    _compare(tags, _sums(tree, TAG_SUMS, report), "", TAG_SUMS, report)

    data = tree.parts().get("data", Tree({}, {}))
    folders = {name: part for name, part in sorted(data.parts().items()) if _EDITION.fullmatch(name)}
    counted = report.files, report.size
    for name, part in folders.items():
        _check_edition(part, f"data/{name}/", report, name)
    # BagIt's list has these files once more, with all others: each is counted once.
    report.files, report.size = counted
    _compare(payload, _sums(tree, SUMS, report), "", SUMS, report)
    if not folders:
        report.fault("data", "里面没有版本", DISTRUST)
    elif "versions.js" in data.files:
        _check_bundled_versions(data.files["versions.js"], list(folders), report)
    _check_oxum(payload, _small(tree, "bag-info.txt", report), report)
    _check_signature(tree, signers, report)


def _check_bundled_versions(file: File, editions: list[str], report: Report) -> None:
    try:
        versions, latest = _versions(_read(file), "versions.js")
    except (*_UNREADABLE, RecursionError, KeyError, TypeError):
        versions, latest = [], ""
    if sorted(versions) != sorted(editions) or latest not in versions:
        report.fault("data/versions.js", "与里面的版本对不上", COPY_AGAIN)


def _check_oxum(payload: dict[str, File], info: bytes, report: Report) -> None:
    """``Payload-Oxum``: bytes and number of the files, BagIt's quick check that a transfer was complete."""
    match = re.search(rb"^Payload-Oxum: *(\d{1,18})\.(\d{1,9})\s*$", info, re.MULTILINE)
    counted = {path: file for path, file in payload.items() if not _LITTER.fullmatch(path)}
    size = sum(file.size for file in counted.values())
    if not match or (int(match[1]), int(match[2])) != (size, len(counted)):
        what = f"说有 {match[2].decode()} 个文件，共 {match[1].decode()} 字节" if match else "没有写明文件数"
        report.fault("bag-info.txt", f"{what}；实有 {len(counted)} 个，共 {size} 字节", COPY_AGAIN)


def _sums(tree: Tree, name: str, report: Report) -> dict[str, Listed]:
    """One of BagIt's lists, a SHA-256 and a path a line; a fault for each line that is not so."""
    listed = {}
    for number, line in enumerate(_small(tree, name, report).decode("utf-8", "replace").splitlines(), 1):
        match = _SUM.fullmatch(line)
        if not match:
            report.fault(f"{name} 第{number}行", "读不懂；应当是 SHA-256 和路径", COPY_AGAIN)
        elif match[2] in listed:
            report.fault(f"{name} 第{number}行", f"{_printable(match[2])} 列了两次", DISTRUST)
        else:
            listed[match[2]] = Listed(match[1].lower())
    return listed


def _compare(
    found: dict[str, File], listed: dict[str, Listed], shown: str, where: str, report: Report
) -> None:
    """Name each file that is missing, added or changed. ``shown`` goes before its path; ``where`` is the list."""
    for path in sorted(listed.keys() | found.keys()):
        file, entry = found.get(path), listed.get(path)
        name = shown + path
        if file is not None and entry is not None:
            report.files += 1
            report.size += file.size
        if name in report.faults:
            continue
        if entry is not None and not _is_inside(path):
            report.fault(name, f"{where} 列的这个路径指到文件夹之外；没有去读", DISTRUST)
        elif file is None:
            report.fault(name, "缺少", COPY_AGAIN)
        elif entry is None and _LITTER.fullmatch(path):
            report.litter[name] = None
        elif entry is None:
            report.fault(name, "多出；清单里没有", REMOVE)
        elif entry.size is not None and file.size != entry.size:
            report.fault(name, f"大小不对：应当是 {entry.size} 字节，实有 {file.size} 字节", COPY_AGAIN)
        elif report.sum(name, file) not in (entry.sha256, None):
            report.fault(name, "内容被改动（SHA-256 与清单不同）", COPY_AGAIN)


def _note_strange(tree: Tree, shown: str, report: Report) -> None:
    for path, what in sorted(tree.strange.items()):
        report.fault(shown + path, what, DISTRUST)


def _is_inside(path: str) -> bool:
    """A relative path with ``/`` that stays below where it starts, on every system."""
    steps = path.split("/")
    return not any(step in ("", ".", "..") for step in steps) and not re.search(r"[\\:\x00-\x1f]", path)


# Trees: of a folder, of a zip.


def _folder_tree(root: str) -> Tree:
    """Every file below ``root``. Links are named, never followed."""
    tree = Tree({}, {})
    folders = [("", root)]
    while folders:
        prefix, folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            tree.strange[prefix.rstrip("/")] = f"读不出来（{_reason(error)}）"
            continue
        for entry in entries:
            path = prefix + entry.name
            status = entry.stat(follow_symlinks=False)
            # On Windows a junction is a folder to all but this bit: the entry is a name for something elsewhere.
            elsewhere = getattr(status, "st_reparse_tag", 0) & 0x20000000
            if stat.S_ISLNK(status.st_mode) or elsewhere:
                tree.strange[path] = "是指到别处的链接，不是文件；没有去读"
            elif stat.S_ISDIR(status.st_mode):
                folders.append((path + "/", entry.path))
            elif stat.S_ISREG(status.st_mode):
                tree.files[path] = _file(entry.path, status)
            else:
                tree.strange[path] = "不是普通文件；没有去读"
    return tree


def _file(place: str, status: os.stat_result) -> File:
    # Windows gives no number to a file that a walk has found.
    key = (status.st_dev, status.st_ino) if status.st_ino else place
    return File(status.st_size, lambda: open(place, "rb"), key)


@contextlib.contextmanager
def _opened_zip(path: str) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise CannotCheck(
            f"{path}：不是压缩包，或者没有下载完整（{_reason(error)}）；请重新下载或复制"
        ) from None
    with archive:
        yield archive


def _zip_tree(archive: zipfile.ZipFile, path: str, report: Report) -> Tree:
    """The files of the bundle in a zip, from the bundle's folder. Raises CannotCheck for a zip that would do harm."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    size, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if packed > os.path.getsize(path) or size > LARGEST_GROWTH * max(packed, BLOCK):
        raise CannotCheck(
            f"{path}：压缩包说自己解开后有 {_bytes(size)}，不像简报的离线包，没有核对；{DISTRUST}"
        )
    tops = {
        e.filename[: -len("bagit.txt")] for e in entries if re.fullmatch(r"(?:[^/]+/)?bagit\.txt", e.filename)
    }
    if len(tops) != 1:
        raise CannotCheck(f"{path}：不是简报的离线包（里面没有 bagit.txt）")
    top = tops.pop()
    tree = Tree({}, {})
    for entry in entries:
        inside = entry.filename.startswith(top)
        name = entry.filename[len(top) :] if inside else entry.filename
        if not _is_inside(entry.filename):
            tree.strange[name] = "这个名字指到文件夹之外；请不要解开这个压缩包"
        elif stat.S_ISLNK(entry.external_attr >> 16):
            tree.strange[name] = "是指到别处的链接，不是文件；没有去读"
        elif name in tree.files:
            tree.strange[name] = "压缩包里有两个同名的文件"
        elif inside:
            tree.files[name] = File(entry.file_size, _opener(archive, entry), (path, name))
        elif _LITTER.fullmatch(name):
            report.litter[name] = None
        else:
            tree.strange[name] = "在离线包的文件夹之外"
    return tree


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], Any]:
    return lambda: archive.open(entry)


def _small(tree: Tree, name: str, report: Report) -> bytes:
    """A list or a note in whole; empty, and a fault, where it is missing or cannot be read."""
    if name not in tree.files:
        report.fault(name, "缺少", COPY_AGAIN)
        return b""
    try:
        return _read(tree.files[name])
    except _UNREADABLE as error:
        report.fault(name, f"读不出来（{_reason(error)}）", COPY_AGAIN)
        return b""


def _read(file: File) -> bytes:
    if file.size > LONGEST_LIST:
        raise ValueError("太大")
    with file.open() as stream:
        data = stream.read(LONGEST_LIST + 1)
    if len(data) > LONGEST_LIST:
        raise ValueError("太大")
    return data


# The signature, by ssh-keygen: a well-kept program that most systems have.


def _no_signature(signers: str | None, report: Report) -> None:
    if signers:
        report.fault("签名", "这里没有签名；只有离线包带签名", "请核对离线包")


def _check_signature(tree: Tree, signers: str | None, report: Report) -> None:
    """Who has signed TAG_SUMS, the list that covers all others."""
    if SIGNATURE not in tree.files:
        report.signature = "没有签名；核对能说明文件没有损坏，不能说明是谁做的"
        if signers:
            report.fault(SIGNATURE, "没有签名", "请向制作者要带签名的离线包")
        return
    ssh_keygen = shutil.which("ssh-keygen")
    if not ssh_keygen:
        report.signature = "有签名，没有核对：这台机器上没有 ssh-keygen"
        if signers:
            report.fault(SIGNATURE, "没有核对", "请安装 OpenSSH（Debian：apt-get install openssh-client）")
        return
    signed, signature = _small(tree, TAG_SUMS, report), _small(tree, SIGNATURE, report)
    with tempfile.TemporaryDirectory(prefix="jianbao-") as folder:
        place = os.path.join(folder, "sig")
        with open(place, "wb") as file:
            file.write(signature)
        _judge_signature(_SshKeygen(ssh_keygen, place, signed), signers, report)


def _judge_signature(ssh: _SshKeygen, signers: str | None, report: Report) -> None:
    found, key = ssh.run("check-novalidate")
    if not found:
        report.signature = f"不对：签名与 {TAG_SUMS} 对不上"
        report.fault(SIGNATURE, "签名与内容对不上：清单或签名在签名之后被改动", DISTRUST)
        return
    key = " ".join(re.findall(r"SHA256:\S+", key)) or "钥匙不明"
    if not signers:
        report.signature = f"有签名（{key}）；要核对是谁的，请加 --signers 名单"
        return
    _, names = ssh.run("find-principals", "-f", signers)
    for name in names.splitlines():
        if ssh.run("verify", "-f", signers, "-I", name)[0]:
            report.signature = f"{_printable(name)} 签名，与内容相符（{key}）"
            return
    report.signature = f"不在名单中的钥匙（{key}）"
    report.fault(
        SIGNATURE,
        f"签名的钥匙（{key}）不在名单 {signers} 中，或者名单没有许可它签这类内容",
        "请向制作者核实他的公钥；不能确认就不要使用",
    )


class _SshKeygen(NamedTuple):
    program: str
    signature: str
    signed: bytes

    def run(self, step: str, *arguments: str) -> tuple[bool, str]:
        """One step of ``ssh-keygen -Y``: whether it succeeded, and what it said."""
        namespace = () if step == "find-principals" else ("-n", NAMESPACE)
        done = subprocess.run(
            [self.program, "-Y", step, *namespace, "-s", self.signature, *arguments],
            input=self.signed, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        return done.returncode == 0, done.stdout.decode("utf-8", "replace")


# Words.


def _reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _printable(text: str) -> str:
    """A name from a stranger's list: no character that a terminal would obey."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _bytes(size: float) -> str:
    if size < 1000:
        return f"{size} 字节"
    units = iter(("KB", "MB", "GB", "TB"))
    while size >= 1000:
        size, unit = size / 1000, next(units)
    return f"{size:.1f} {unit}"


def main(arguments: Iterable[str]) -> int:
    """The command: ``verify.py [PATH] [--signers FILE]``. Gives the exit status."""
    paths, signers = [], None
    rest = iter(arguments)
    for argument in rest:
        if argument in ("-h", "--help"):
            print(__doc__.strip())
            return 0
        if argument == "--signers":
            signers = next(rest, None)
        elif not argument.startswith("-"):
            paths.append(argument)
        if (argument.startswith("-") and (argument != "--signers" or signers is None)) or len(paths) > 1:
            print("用法：python3 verify.py [离线包或文件夹] [--signers 名单]", file=sys.stderr)
            return 2
    try:
        report = check(paths[0] if paths else os.path.dirname(os.path.abspath(__file__)), signers)
    except CannotCheck as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    for line in report.lines():
        print(line)
    return 0 if report.whole else 1


if __name__ == "__main__":
    for _stream in (sys.stdout, sys.stderr):
        _stream.reconfigure(errors="replace")
    _status = main(sys.argv[1:])
    if os.name == "nt" and len(sys.argv) == 1 and sys.stdin.isatty():
        input("按回车键结束。")  # a double click opens a window that would close at once
    sys.exit(_status)
