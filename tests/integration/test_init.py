"""``jianbao init``: an archive for another bulletin, at work at once."""

import json
import subprocess

import pytest
import yaml

from archives import ROOT, files
from jianbao import vocabulary
from river_archive import FIRST, NAME, SECOND, filled_in


@pytest.fixture
def river(jianbao, tmp_path):
    """The new archive, still as ``init`` leaves it."""
    folder = tmp_path / "新 档案" / "河"
    result = jianbao("init", folder, "--name", NAME)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(f"档案已建好：{folder}\n下一步：")
    return folder


def test_it_has_its_own_name_and_nothing_of_another_bulletin(river):
    assert yaml.safe_load((river / "mkdocs.yml").read_text("utf-8"))["site_name"] == NAME
    assert f"# {NAME}档案" in (river / "README.md").read_text("utf-8")
    for path, data in files(river).items():
        if path.parts[0] not in ("overrides", "docs") or path.name == "vocabulary.yml":
            assert "援疆" not in data.decode(), path
            assert "{name}" not in data.decode(), path


def test_it_builds_at_once(jianbao, river):
    result = jianbao("--archive", river, "build")
    assert (result.returncode, result.stderr) == (0, "")
    home = (river / "site/index.html").read_text("utf-8")
    assert f"<title>{NAME}</title>" in home and "档案里还没有简报" in home


def test_two_issues_come_in_with_the_bulletins_own_groups_and_themes(jianbao, river, tmp_path):
    path = river / "docs" / "vocabulary.yml"
    path.write_text(filled_in(path.read_text("utf-8")), "utf-8")
    for name, text in (("3.txt", FIRST), ("4.txt", SECOND)):
        (tmp_path / name).write_text(text, "utf-8")
        result = jianbao("--archive", river, "import", tmp_path / name)
        assert (result.returncode, result.stderr) == (0, "")
    assert jianbao("--archive", river, "build").returncode == 0
    data = json.loads((river / "site/data/issues.json").read_text("utf-8"))
    assert data["archive"] == NAME
    found = [
        (article["title"], article.get("work_groups", []), article.get("themes", []))
        for issue in data["issues"]
        for article in issue["articles"]
    ]
    assert found == [
        ("城关镇开展清河行动成效明显", ["城关镇河长办"], ["清河行动"]),
        ("东河镇河长办组织集中巡河", ["东河镇河长办"], ["巡河护河"]),
        ("城关镇、东河镇河长办联合巡河", ["东河镇河长办", "城关镇河长办"], ["巡河护河"]),
    ]
    assert (river / "site/groups/chengguanzhenhezhangban/qinghexingdong.html").is_file()


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


def test_git_takes_it_whole(river):
    """Neither .gitignore nor .gitattributes keeps anything of it away."""
    subprocess.run(["git", "init", "-q", river], check=True)
    subprocess.run(["git", "-C", river, "add", "."], check=True)
    listed = subprocess.run(["git", "-C", river, "ls-files", "-z"], check=True, capture_output=True).stdout
    tracked = {name for name in listed.decode().split("\0") if name}
    assert tracked == {path.as_posix() for path in files(river) if path.parts[0] != ".git"}


@pytest.mark.parametrize("what", ["a full folder", "a file"])
def test_what_is_there_is_left_alone(jianbao, tmp_path, what):
    place = tmp_path / "已有"
    if what == "a file":
        place.write_text("原有的内容", "utf-8")
    else:
        place.mkdir()
        (place / "说明.txt").write_text("原有的内容", "utf-8")
    before = files(tmp_path)
    result = jianbao("init", place)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == f"错误：{place}：已经存在，而且不是空文件夹；请换一个新的文件夹\n"
    assert files(tmp_path) == before


def test_an_empty_folder_gives_its_name(jianbao, tmp_path):
    place = tmp_path / "水利简报"
    place.mkdir()
    assert jianbao("init", place).returncode == 0
    assert yaml.safe_load((place / "mkdocs.yml").read_text("utf-8"))["site_name"] == "水利简报"


@pytest.mark.parametrize("name", ["简报: 一", "'引号'", "#1 简报", '"双引号"', "{% raw %}<b>"])
def test_any_name_is_the_name(jianbao, tmp_path, name):
    assert jianbao("init", tmp_path / "新", "--name", name).returncode == 0
    assert yaml.safe_load((tmp_path / "新/mkdocs.yml").read_text("utf-8"))["site_name"] == name


@pytest.mark.parametrize("name", ["  ", "两\n行"])
def test_no_name(jianbao, tmp_path, name):
    result = jianbao("init", tmp_path / "新", "--name", name)
    assert (result.returncode, (tmp_path / "新").exists()) == (1, False)
    assert "不能作刊名；请用 --name 写上" in result.stderr


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
