"""``jianbao init``: an archive for another bulletin, at work at once."""

import json
import subprocess

import pytest
import yaml

from archives import files
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
    assert "档案里还没有简报" in (river / "site/timeline.html").read_text("utf-8")
    assert "还没有标上工作组和主题的文章" in (river / "site/matrix.html").read_text("utf-8")


def test_two_issues_come_in_with_the_bulletins_own_groups_and_themes(jianbao, river, tmp_path):
    path = river / "docs" / "vocabulary.yml"
    path.write_text(filled_in(path.read_text("utf-8")), "utf-8")
    for name, text in (("3.txt", FIRST), ("4.txt", SECOND)):
        (tmp_path / name).write_text(text, "utf-8")
        result = jianbao("--archive", river, "import", tmp_path / name)
        assert (result.returncode, result.stderr) == (0, "")
    assert jianbao("--archive", river, "build").returncode == 0
    index = json.loads((river / "site/data/index.json").read_text("utf-8"))
    assert index["archive"] == NAME
    years = [json.loads((river / "site" / year["issues"]).read_text("utf-8")) for year in index["years"]]
    found = [
        (article["title"], article.get("work_groups", []), article.get("themes", []))
        for year in years
        for issue in year["issues"]
        for article in issue["articles"]
    ]
    assert found == [
        ("城关镇开展清河行动成效明显", ["城关镇河长办"], ["清河行动"]),
        ("东河镇河长办组织集中巡河", ["东河镇河长办"], ["巡河护河"]),
        ("城关镇、东河镇河长办联合巡河", ["东河镇河长办", "城关镇河长办"], ["巡河护河"]),
    ]
    assert (river / "site/groups/chengguanzhenhezhangban/qinghexingdong.html").is_file()


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
