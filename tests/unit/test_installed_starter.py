"""A new archive from an installed package is the one from this checkout; one that fails leaves nothing behind."""

import shutil
import tomllib
from pathlib import Path

import pytest

from archives import ROOT, files
from jianbao import new_archive
from jianbao.errors import ArchiveError

# Where the wheel has what is not in the package itself: path in the checkout → path in the wheel.
IN_THE_WHEEL = {
    "starter": "jianbao/starter",
    "overrides": "jianbao/starter/overrides",
    "mkdocs.yml": "jianbao/starter/mkdocs.yml",
    "docs/guide": "jianbao/starter/docs/guide",
}


def test_an_installed_package_gives_the_same_archive(tmp_path, monkeypatch):
    here = new_archive.create(tmp_path / "一" / "河工简报")
    for path, target in IN_THE_WHEEL.items():
        copy = shutil.copytree if (ROOT / path).is_dir() else shutil.copy
        copy(ROOT / path, tmp_path / target, **({"dirs_exist_ok": True} if copy is shutil.copytree else {}))
    monkeypatch.setattr(new_archive, "_INSTALLED", tmp_path / "jianbao" / "starter")
    installed = new_archive.create(tmp_path / "二" / "河工简报")
    # The guide comes with the package as it is, pictures only or not.
    without_guide = [
        {path: data for path, data in files(archive.root).items() if path.parts[:2] != ("docs", "guide")}
        for archive in (here, installed)
    ]
    assert without_guide[0] == without_guide[1]


def test_the_wheel_has_it():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel.get("force-include") == IN_THE_WHEEL


@pytest.mark.parametrize("existing", [True, False], ids=["an empty folder", "no folder"])
def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch, existing):
    folder = tmp_path / "新" / "档案"
    if existing:
        folder.mkdir(parents=True)
    copytree = shutil.copytree

    def full(source, target, *more, **options):
        if Path(source).name == "overrides":
            raise OSError(28, "No space left on device", str(target))
        return copytree(source, target, *more, **options)

    monkeypatch.setattr(new_archive.shutil, "copytree", full)
    with pytest.raises(ArchiveError, match="写不进去（No space left on device）"):
        new_archive.create(folder)
    assert list(tmp_path.rglob("*")) == ([tmp_path / "新", folder] if existing else [])
