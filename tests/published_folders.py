"""A published folder as one who does not trust the publisher looks at it, and small sites to publish."""

import datetime
import hashlib
import json
import os
from pathlib import Path

from jianbao.edition import Edition, Name

PAGES = 12


def edition(name):
    """An edition with a commit of its own."""
    return Edition(Name.parse(name), hashlib.sha1(name.encode()).hexdigest(), datetime.date(2017, 8, 8))


def site(**pages):
    """A build of a small site: pages and folders that all editions have, and pages of its own by their names."""

    def build(folder: Path):
        for number in range(PAGES):
            page = folder / "issues" / str(2010 + number % 3) / f"{number:03d}.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"第{number}期\n" * 400, "utf-8")
        (folder / "empty.txt").write_bytes(b"")
        for name, text in {"index": "首页", **pages}.items():
            (folder / f"{name}.html").write_text(text, "utf-8")
        (folder / "data").mkdir()
        (folder / "data" / "SHA256SUMS").write_bytes(b"")
        (folder / "feed.json").write_text('{"title": "援疆工作简报"}', "utf-8")
        name_it(folder)

    return build


def name_it(folder):
    """Let a build say that it is the edition that its folder is named after."""
    of = json.dumps({"name": folder.name, "date": "2017-08-08"})
    (folder / "edition.js").write_text(f"window.jianbaoEdition = {of};\n", "utf-8")


def whole_editions(folder):
    """The names of the editions that are served, each file of each found to be what its manifest says.

    An AssertionError says what is not whole: an edition that is listed and not there, ``latest`` leading nowhere.
    """
    folder = Path(folder)
    names = {path.name for path in folder.iterdir() if Name.parse(path.name)}
    for name in names:
        _check_whole(folder / name)
    if (folder / "latest").is_symlink():
        assert os.readlink(folder / "latest") in names
        assert (folder / "latest" / "manifest.json").is_file()
    if (folder / "versions.json").exists():
        listed = {each["version"] for each in json.loads((folder / "versions.json").read_text("utf-8"))}
        assert listed <= names, "listed and not there"
        script = (folder / "versions.js").read_text("utf-8")
        json.loads(script.removeprefix("window.jianbaoVersions = ").removesuffix(";\n"))
    return names


def _check_whole(place):
    manifest = json.loads((place / "manifest.json").read_text("utf-8"))
    assert manifest["edition"] == place.name
    listed = {each["path"]: each for each in manifest["files"]}
    paths = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert paths == {*listed, "manifest.json"}
    for path, each in listed.items():
        data = (place / path).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (each["size"], each["sha256"]), path


def leftovers(folder):
    """What is in staging, and in the store without being in an edition."""
    own = Path(folder, ".jianbao")
    manifests = [json.loads(path.read_text("utf-8")) for path in Path(folder).glob("*/manifest.json")]
    used = {each["sha256"] for manifest in manifests for each in manifest["files"]}
    kept = [path for path in (own / "store").rglob("*") if path.is_file()]
    return [
        *(own / "staging").iterdir(),
        *(path for path in kept if path.parent.name + path.name not in used),
    ]
