"""What git says of an archive."""

import datetime
import subprocess

import pytest

from jianbao.edition import Name
from jianbao.errors import HistoryError
from jianbao.history import History

# 2017-08-07 23:30 in UTC is already the next day in Beijing.
LATE = {"GIT_AUTHOR_DATE": "2017-08-07T23:30:00+00:00", "GIT_COMMITTER_DATE": "2017-08-07T23:30:00+00:00"}


def git(folder, *arguments):
    who = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org")
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True, env=LATE)


@pytest.fixture
def history(tmp_path):
    """An archive below the root of its repository, with one issue committed."""
    git(tmp_path, "init", "-q")
    (tmp_path / "archive" / "docs" / "issues").mkdir(parents=True)
    (tmp_path / "archive" / "docs" / "issues" / "020.md").write_text("第20期\n", "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "第20期")
    return History(tmp_path / "archive")


def test_the_day_of_a_commit_is_beijings(history):
    assert history.date(history.head()) == datetime.date(2017, 8, 8)


def test_what_is_not_committed_is_named(history):
    assert history.uncommitted() == ()
    (history.root / "docs" / "issues" / "020.md").write_text("第21期\n", "utf-8")
    (history.root / "新一期.docx").write_bytes(b"")
    assert history.uncommitted() == ("archive/docs/issues/020.md", "archive/新一期.docx")


def test_what_a_build_would_read_though_git_ignores_it_is_named(history):
    (history.root / ".gitignore").write_text("*.tmp\n/site/\n", "utf-8")
    git(history.root, "add", ".")
    git(history.root, "commit", "-q", "-m", "不管的文件")
    (history.root / "docs" / "第21期.tmp").write_bytes(b"")
    (history.root / "site").mkdir()
    (history.root / "site" / "index.html").write_bytes(b"")
    assert history.uncommitted() == ()
    assert history.uncommitted("docs", "mkdocs.yml") == ("archive/docs/第21期.tmp",)


def test_a_published_edition_is_remembered_with_what_it_said(history):
    published = history.head()
    history.tag(Name(2017, 20), published)
    page = history.root / "docs" / "issues" / "020.md"
    page.write_text("第20期，改过\n", "utf-8")
    git(history.root, "commit", "-q", "-a", "-m", "改")
    git(history.root, "tag", "-a", "-m", "附注", "edition/2017.20.1")
    git(history.root, "tag", "edition/newest")
    assert history.editions() == {Name(2017, 20): published, Name(2017, 20, 1): history.head()}
    assert history.changed(published) == ("docs/issues/020.md",)
    assert history.changed(history.head()) == ()
    assert history.read(published, "docs/issues/020.md") == "第20期\n".encode()
    assert history.files(published, "docs") == ("docs/issues/020.md",)
    assert history.read(published, "docs/issues/021.md") is None


def test_an_edition_is_not_published_from_two_commits(history):
    history.tag(Name(2017, 20), history.head())
    with pytest.raises(HistoryError, match="git tag 没有成功"):
        history.tag(Name(2017, 20), history.head())


def test_a_folder_without_git_says_so(tmp_path):
    with pytest.raises(HistoryError, match="git rev-parse"):
        History(tmp_path).head()


def test_a_branch_is_compared_with_where_it_left_the_other(history):
    trunk = history.head()
    git(history.root, "branch", "main-line")
    page = history.root / "docs" / "issues" / "020.md"
    page.write_text("第20期，改过\n", "utf-8")
    git(history.root, "commit", "-q", "-a", "-m", "改")
    assert history.branch_point("main-line") == trunk
    for wrong in ("--output=/tmp/x", "nowhere"):
        with pytest.raises(HistoryError):
            history.branch_point(wrong)
