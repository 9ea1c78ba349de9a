"""What a new archive begins with: whatever its name, from a checkout or an installed package, whole or not at all."""

import shutil
import tomllib
from pathlib import Path

import pytest
import yaml

from archives import ROOT, files
from jianbao import new_archive, vocabulary
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


@pytest.fixture(scope="module")
def river(tmp_path_factory):
    """A new archive as it is begun."""
    return new_archive.create(tmp_path_factory.mktemp("新") / "河工简报").root


def test_what_is_installed_is_what_it_asks_for(river):
    lines = (river / "requirements.txt").read_text("utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if "==" in line)
    declared = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["theme"]["name"]
    assert pinned[f"mkdocs-{declared}"] and pinned["jianbao"] and pinned["lxml"]
    assert "pytest" not in pinned, "what only the tests need is left out"


@pytest.mark.parametrize("server", ["github", "gitlab", "gitea"])
def test_it_has_the_description_of_a_merge_request_for_each_server(river, server):
    place = {
        "github": ".github/pull_request_template.md",
        "gitlab": ".gitlab/merge_request_templates/Default.md",
        "gitea": ".gitea/pull_request_template.md",
    }[server]
    assert "jianbao check" in (river / place).read_text("utf-8")


def test_an_empty_folder_gives_its_name(tmp_path):
    place = tmp_path / "水利简报"
    place.mkdir()
    new_archive.create(place)
    assert yaml.safe_load((place / "mkdocs.yml").read_text("utf-8"))["site_name"] == "水利简报"


@pytest.mark.parametrize("name", ["简报: 一", "'引号'", "#1 简报", '"双引号"', "{% raw %}<b>"])
def test_any_name_is_the_name(tmp_path, name):
    new_archive.create(tmp_path / "新", name)
    assert yaml.safe_load((tmp_path / "新/mkdocs.yml").read_text("utf-8"))["site_name"] == name


@pytest.mark.parametrize("name", ["  ", "两\n行"])
def test_no_name(tmp_path, name):
    with pytest.raises(ArchiveError, match="不能作刊名；请用 --name 写上"):
        new_archive.create(tmp_path / "新", name)
    assert not (tmp_path / "新").exists()


@pytest.mark.parametrize("path", ["docs/vocabulary.yml", "starter/docs/vocabulary.yml"])
def test_the_head_of_a_vocabulary_explains_every_key(path):
    comments = "\n".join(
        line for line in (ROOT / path).read_text("utf-8").splitlines() if line.startswith("#")
    )
    keys = {key for _, entry in vocabulary.KINDS.values() for key in entry}
    for key in (*keys, *vocabulary.KINDS, *vocabulary.LAYOUT_KEYS, "组名词", "版式"):
        assert key in comments, f"{path} 没有说明“{key}”"


@pytest.mark.parametrize("path", [".pre-commit-config.yaml", ".github/pull_request_template.md"])
def test_this_repository_uses_what_it_gives(path):
    given = ROOT / "starter" / (path if path.startswith(".pre") else "pull_request_template.md")
    assert (ROOT / path).read_bytes() == given.read_bytes()
