"""Editions come and go in a published folder; what is served stays whole."""

import errno
import os
import re
import subprocess
import threading

import filelock
import pytest

from archives import REAL_ISSUE, files, import_into, new_archive
from jianbao import site_builder
from jianbao.edition import Name
from jianbao.editions import published, publishing
from jianbao.errors import EditionError, HistoryError
from jianbao.history import History
from published_folders import edition, leftovers, site, whole_editions


@pytest.fixture
def folder(tmp_path):
    """A published folder with two editions."""
    made = tmp_path / "发布"
    add(made, "2017.20", site(page="错字"))
    add(made, "2017.20.1", site(page="正字"))
    return made


def add(folder, name, build):
    target = published.make(folder)
    with target.alone():
        return publishing.add(target, edition(name), build)


def latest(folder):
    return os.readlink(folder / "latest")


def test_editions_stand_beside_each_other(folder):
    assert whole_editions(folder) == {"2017.20", "2017.20.1"}
    assert latest(folder) == "2017.20.1"
    assert (folder / "2017.20" / "page.html").read_text("utf-8") == "错字"
    assert (folder / "latest" / "page.html").read_text("utf-8") == "正字"
    assert leftovers(folder) == []
    assert [str(each.name) for each in published.open_(folder).editions()] == ["2017.20.1", "2017.20"]


def test_equal_files_are_one_file(folder):
    """Of two editions, and of one."""
    first, second = (folder / name for name in ("2017.20", "2017.20.1"))
    assert (first / "index.html").samefile(second / "index.html")
    add(folder, "2017.21", site(one="一样", other="一样"))
    assert (folder / "2017.21" / "one.html").samefile(folder / "2017.21" / "other.html")


def test_an_edition_adds_only_what_changed(folder):
    done = add(folder, "2017.21", site(page="正字", new="第21期"))
    assert [each.path for each in done.added] == ["edition.js", "new.html"]
    assert len(done.files) > len(done.added)


def told(folder):
    """The editions that changes.html tells of."""
    return re.findall(r'id="v([\d.]+)"', (folder / "changes.html").read_text("utf-8"))


def test_what_each_edition_changed_is_told(folder):
    assert told(folder) == ["2017.20.1", "2017.20"]
    assert "援疆工作简报" in (folder / "changes.atom").read_text("utf-8")
    before = files(folder)
    # Told once, and told again where a run was cut before it could.
    (folder / ".jianbao" / "changes" / "2017.20.1.json").unlink()
    add(folder, "2017.20.1", site())
    assert files(folder) == before


def test_everyone_may_read_what_the_umask_lets_them(tmp_path):
    before = os.umask(0o022)
    try:
        add(tmp_path / "公开", "2017.20", site())
    finally:
        os.umask(before)
    for path in (tmp_path / "公开").rglob("*"):
        wanted = 0o755 if path.is_dir() else 0o644
        assert path.stat().st_mode & 0o777 == wanted, path


def test_rollback_leads_back_and_takes_nothing_away(folder):
    before = files(folder / "2017.20.1")
    assert str(publishing.rollback(folder).name) == "2017.20"
    assert latest(folder) == "2017.20"
    assert files(folder / "2017.20.1") == before
    assert whole_editions(folder) == {"2017.20", "2017.20.1"}
    publishing.rollback(folder, Name.parse("2017.20.1"))
    assert latest(folder) == "2017.20.1"


@pytest.mark.parametrize(
    ("to", "message"),
    [("2017.19", "没有版本 2017.19，没有改动；现有：2017.20.1、2017.20"), (None, "之前没有别的版本")],
)
def test_a_rollback_that_cannot_be(folder, to, message):
    publishing.rollback(folder)
    with pytest.raises(EditionError, match=message):
        publishing.rollback(folder, to and Name.parse(to))
    assert latest(folder) == "2017.20"


def test_a_retired_edition_leaves_its_manifest_and_no_bytes(folder):
    wrong = folder / "2017.20" / "page.html"
    twin = published.open_(folder).store
    said = (folder / "2017.20" / "manifest.json").read_bytes()
    assert wrong.stat().st_nlink == 2
    publishing.retire(folder, Name(2017, 20))
    assert whole_editions(folder) == {"2017.20.1"}
    assert (folder / ".jianbao" / "retired" / "2017.20.json").read_bytes() == said
    assert not any("错字" in path.read_text("utf-8") for path in twin.root.rglob("*") if path.is_file())
    assert "2017.20.1" in (folder / "versions.json").read_text("utf-8")
    assert '"2017.20"' not in (folder / "versions.json").read_text("utf-8")
    assert [str(each.name) for each in published.open_(folder).retired()] == ["2017.20"]
    assert told(folder) == ["2017.20.1", "2017.20"], "what it changed is told, without links into it"
    assert 'href="2017.20/' not in (folder / "changes.html").read_text("utf-8")
    assert leftovers(folder) == []


@pytest.mark.parametrize(
    ("name", "message"), [("2017.20.1", "是最新版，不能撤下"), ("2016.1", "没有版本 2016.1")]
)
def test_what_cannot_be_retired(folder, name, message):
    before = files(folder)
    with pytest.raises(EditionError, match=message):
        publishing.retire(folder, Name.parse(name))
    assert files(folder) == before


def test_a_retirement_that_was_cut_is_finished(folder):
    retired = folder / ".jianbao" / "retired"
    retired.mkdir()
    (retired / "2017.20.json").write_bytes((folder / "2017.20" / "manifest.json").read_bytes())
    add(folder, "2017.21", site())
    assert whole_editions(folder) == {"2017.20.1", "2017.21"}
    assert leftovers(folder) == []


@pytest.mark.parametrize("failing", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_build_that_fails_leaves_nothing(folder, failing):
    def build(staged):
        site()(staged)
        raise failing

    before = files(folder)
    with pytest.raises((EditionError, KeyboardInterrupt)):
        add(folder, "2017.21", build)
    assert files(folder) == before


def test_the_second_publisher_waits_for_the_first(folder, monkeypatch):
    inside, done = threading.Event(), threading.Event()

    def build(staged):
        inside.set()
        done.wait(10)
        site(page="第21期")(staged)

    first = threading.Thread(target=add, args=(folder, "2017.21", build))
    first.start()
    inside.wait(10)
    monkeypatch.setattr(published, "WAIT", 0.1)
    with pytest.raises(EditionError, match="另一个 jianbao 正在发布到这里"):
        add(folder, "2017.22", site())
    monkeypatch.setattr(published, "WAIT", 10)
    done.set()
    add(folder, "2017.22", site())
    first.join()
    assert whole_editions(folder) == {"2017.20", "2017.20.1", "2017.21", "2017.22"}
    assert latest(folder) == "2017.22"


def test_a_lock_file_that_a_dead_publisher_left_is_no_lock(folder):
    (folder / ".jianbao" / "lock").write_text("12345", "utf-8")
    add(folder, "2017.21", site())
    assert filelock.FileLock(folder / ".jianbao" / "lock").acquire(timeout=0)


def foreign_folder(path):
    path.mkdir()
    (path / "别人的.txt").write_text("别人的", "utf-8")


def foreign_link(path):
    (path.parent.parent / "别处").mkdir()
    path.symlink_to("../别处")


@pytest.mark.parametrize("make", [foreign_folder, foreign_link])
@pytest.mark.parametrize("name", ["2017.21", "latest", "versions.json", "404.html"])
def test_what_is_not_ours_is_never_touched(folder, name, make):
    path = folder / name
    if path.is_symlink() or path.exists():
        path.unlink()
    make(path)
    before = files(folder)
    for change in (lambda: add(folder, "2017.21", site()), lambda: publishing.rollback(folder)):
        with pytest.raises(EditionError, match=f"{name}：不是 jianbao 发布的，没有改动"):
            change()
    assert files(folder) == before


def test_our_own_folder_is_no_link_to_someone_elses(tmp_path):
    (tmp_path / "别处" / "staging").mkdir(parents=True)
    (tmp_path / "别处" / "staging" / "别人的.txt").write_text("别人的", "utf-8")
    (tmp_path / "发布").mkdir()
    (tmp_path / "发布" / ".jianbao").symlink_to("../别处")
    with pytest.raises(EditionError, match="不是 jianbao 发布的"):
        add(tmp_path / "发布", "2017.21", site())
    assert (tmp_path / "别处" / "staging" / "别人的.txt").exists()


def test_a_folder_with_other_things_is_refused(tmp_path):
    (tmp_path / "照片.jpg").write_bytes(b"")
    with pytest.raises(EditionError, match=r"文件夹里有别的东西（照片\.jpg）"):
        published.make(tmp_path)
    with pytest.raises(EditionError, match="不是发布文件夹"):
        published.open_(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["照片.jpg"]


def test_a_disk_without_links_is_refused_before_anything_is_built(tmp_path, monkeypatch):
    """As vfat and some network drives answer."""

    def refuse(*_, **__):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "symlink", refuse)
    with pytest.raises(EditionError, match=r"这个磁盘不支持符号链接.*没有发布"):
        published.make(tmp_path / "发布")
    assert list((tmp_path / "发布").iterdir()) == []


# From an archive in git. The build itself is left out here; tests/integration/test_publish.py has it.


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """The real issue, committed."""
    monkeypatch.setattr(site_builder, "build", lambda archive, docs, folder, *_: site()(folder))
    made = new_archive(tmp_path / "档案")
    import_into(made, REAL_ISSUE)
    (made.root / ".gitignore").write_text(".cache/\n", "utf-8")
    git(made, "init", "-q")
    commit(made)
    return made


def git(archive, *arguments):
    who = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org")
    subprocess.run(["git", "-C", archive.root, *who, *arguments], check=True, capture_output=True)


def commit(archive, page=None, text=""):
    """Commit all, with one more page where one is named."""
    if page:
        path = archive.docs / "issues" / page
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    git(archive, "add", ".")
    git(archive, "commit", "-q", "--allow-empty", "-m", "改")


def publish_untagged(archive, folder):
    """As by a colleague who does not push the tag."""
    done = publishing.publish(archive, folder)
    git(archive, "tag", "-d", f"edition/{done.edition.name}")
    return done


def test_an_edition_is_named_after_the_newest_issue(archive, tmp_path):
    names = []
    for page in (None, "2017/020.md", "2017/s02.md", "2018/005-006.md", "2018/004.md", "2018/s01.md"):
        commit(archive, page)
        names.append(str(publishing.publish(archive, tmp_path / "发布").edition.name))
    assert names == ["2017.20", "2017.20.1", "2017.20.2", "2018.6", "2018.6.1", "2018.6.2"]
    assert latest(tmp_path / "发布") == "2018.6.2"


def test_an_archive_of_supplements_alone_has_number_nought(archive, tmp_path):
    (archive.docs / "issues/2017/020.md").rename(archive.docs / "issues/2017/s01.md")
    commit(archive)
    assert str(publishing.publish(archive, tmp_path / "发布").edition.name) == "2017.0"


def test_an_archive_without_issues_has_no_name(archive, tmp_path):
    (archive.docs / "issues/2017/020.md").unlink()
    commit(archive)
    with pytest.raises(EditionError, match="还没有一期简报"):
        publishing.publish(archive, tmp_path / "发布")


def test_the_same_commit_again_changes_nothing(archive, tmp_path):
    first = publishing.publish(archive, tmp_path / "发布")
    before = files(tmp_path / "发布")
    again = publishing.publish(archive, tmp_path / "发布")
    assert (again.edition, again.added, again.was_latest) == (first.edition, None, True)
    assert files(tmp_path / "发布") == before


def test_the_same_commit_again_undoes_a_rollback(archive, tmp_path):
    publishing.publish(archive, tmp_path / "发布")
    commit(archive)
    publishing.publish(archive, tmp_path / "发布")
    publishing.rollback(tmp_path / "发布")
    again = publishing.publish(archive, tmp_path / "发布")
    assert (str(again.edition.name), again.added, again.was_latest) == ("2017.20.1", None, False)
    assert latest(tmp_path / "发布") == "2017.20.1"


def test_another_folder_gets_the_name_that_the_commit_has(archive, tmp_path):
    publishing.publish(archive, tmp_path / "发布")
    commit(archive)
    there = publishing.publish(archive, tmp_path / "发布").edition
    assert publishing.publish(archive, tmp_path / "另一处").edition == there


def test_without_a_tag_the_folder_remembers(archive, tmp_path):
    first = publish_untagged(archive, tmp_path / "发布").edition
    assert publish_untagged(archive, tmp_path / "发布").edition == first
    commit(archive)
    assert str(publish_untagged(archive, tmp_path / "发布").edition.name) == "2017.20.1"


def test_what_is_published_is_not_altered_without_a_word(archive, tmp_path):
    publishing.publish(archive, tmp_path / "发布")
    page = archive.docs / "issues/2017/020.md"
    page.write_text(page.read_text("utf-8").replace("88名", "86名", 1), "utf-8")
    commit(archive)
    before = files(tmp_path / "发布")
    with pytest.raises(EditionError, match=r"020\.md:\d+：.*（JB701）.*没有发布.*jianbao check"):
        publishing.publish(archive, tmp_path / "发布")
    assert files(tmp_path / "发布") == before
    note = "更正:\n- 日期: 2017-09-01\n  说明: “88名”应为“86名”\n原件:\n"
    page.write_text(page.read_text("utf-8").replace("原件:\n", note, 1), "utf-8")
    commit(archive)
    assert str(publishing.publish(archive, tmp_path / "发布").edition.name) == "2017.20.1"
    git(archive, "checkout", "-q", "edition/2017.20")
    again = publishing.publish(archive, tmp_path / "另一处").edition.name
    assert str(again) == "2017.20", "what was published once may be published elsewhere, whatever came later"


def test_a_clone_without_tags_learns_from_the_folder_what_readers_have_seen(archive, tmp_path):
    publish_untagged(archive, tmp_path / "发布")
    page = archive.docs / "issues/2017/020.md"
    page.write_text(page.read_text("utf-8").replace("88名", "86名", 1), "utf-8")
    commit(archive)
    with pytest.raises(EditionError, match="JB701"):
        publishing.publish(archive, tmp_path / "发布")
    assert list(History(archive.root).editions()) == [Name(2017, 20)]


def test_a_clone_without_the_published_commit_is_told_to_fetch_it(archive, tmp_path):
    publish_untagged(archive, tmp_path / "发布")
    git(archive, "commit", "-q", "--amend", "-m", "另一段历史")
    git(archive, "reflog", "expire", "--expire=now", "--all")
    git(archive, "gc", "-q", "--prune=now")
    before = files(tmp_path / "发布")
    with pytest.raises(EditionError, match=r"2017\.20 由提交 .*没有这个提交.*git fetch --tags"):
        publishing.publish(archive, tmp_path / "发布")
    assert files(tmp_path / "发布") == before


def test_a_retired_name_is_not_given_again(archive, tmp_path):
    publish_untagged(archive, tmp_path / "发布")
    commit(archive)
    publish_untagged(archive, tmp_path / "发布")
    publishing.retire(tmp_path / "发布", Name(2017, 20))
    commit(archive)
    assert str(publish_untagged(archive, tmp_path / "发布").edition.name) == "2017.20.2"


def test_a_retired_edition_does_not_come_back_unseen(archive, tmp_path):
    publishing.publish(archive, tmp_path / "发布")
    commit(archive)
    publishing.publish(archive, tmp_path / "发布")
    publishing.retire(tmp_path / "发布", Name(2017, 20))
    git(archive, "checkout", "-q", "edition/2017.20")
    with pytest.raises(EditionError, match=r"发布过 2017\.20，已经撤下"):
        publishing.publish(archive, tmp_path / "发布")


def test_the_folder_of_another_archive_is_refused(archive, tmp_path):
    add(tmp_path / "发布", "2017.20", site())
    git(archive, "tag", "edition/2017.20")
    with pytest.raises(EditionError, match=r"2017\.20 是由另一个提交"):
        publishing.publish(archive, tmp_path / "发布")


@pytest.mark.parametrize(
    "path", ["docs/issues/2017/020.md", "docs/新.md", "docs/忽略.tmp", "overrides/main.html", "mkdocs.yml"]
)
def test_what_is_not_committed_is_not_published(archive, tmp_path, path):
    (archive.root / ".gitignore").write_text("*.tmp\n", "utf-8")
    commit(archive)
    (archive.root / path).write_text("没有提交\n", "utf-8")
    with pytest.raises(EditionError, match=f"{path}：与提交的不同，没有发布"):
        publishing.publish(archive, tmp_path / "发布")
    assert not (tmp_path / "发布").exists()


def test_many_uncommitted_files_are_counted(archive, tmp_path):
    for number in range(9):
        (archive.docs / f"{number}.md").write_bytes(b"")
    with pytest.raises(EditionError, match=r"docs/0\.md、.*等 9 个文件：与提交的不同"):
        publishing.publish(archive, tmp_path / "发布")


def test_what_lies_elsewhere_does_not_matter(archive, tmp_path):
    (archive.root / "site").mkdir()
    (archive.root / "site" / "index.html").write_bytes(b"")
    (archive.root / "笔记.txt").write_bytes(b"")
    publishing.publish(archive, tmp_path / "发布")


def test_a_page_that_changes_during_the_build_stops_it(archive, tmp_path, monkeypatch):
    def build(archive, docs, folder, *_):
        site()(folder)
        (archive.docs / "新.md").write_bytes(b"")

    monkeypatch.setattr(site_builder, "build", build)
    with pytest.raises(EditionError, match=r"docs/新\.md：与提交的不同"):
        publishing.publish(archive, tmp_path / "发布")
    assert whole_editions(tmp_path / "发布") == set()
    assert leftovers(tmp_path / "发布") == []


@pytest.mark.parametrize(
    "place", [".", "docs", "docs/发布", "overrides/发布", "site", "site/发布", ".git/发布", ".."]
)
def test_the_archives_own_folders_are_refused(archive, place):
    before = files(archive.root)
    with pytest.raises(EditionError, match="与档案自己的文件夹重叠，没有发布"):
        publishing.publish(archive, archive.root / place)
    assert files(archive.root) == before


def test_a_link_into_the_archive_is_refused(archive, tmp_path):
    (tmp_path / "发布").symlink_to(archive.docs)
    with pytest.raises(EditionError, match="与档案自己的文件夹重叠"):
        publishing.publish(archive, tmp_path / "发布")


def test_a_tag_that_git_refuses_can_be_made_by_the_next_run(archive, tmp_path):
    lock = archive.root / ".git" / "refs" / "tags" / "edition" / "2017.20.lock"
    lock.parent.mkdir(parents=True)
    lock.write_bytes(b"")
    with pytest.raises(HistoryError, match=r"2017\.20 已发布，但没有记进 git"):
        publishing.publish(archive, tmp_path / "发布")
    lock.unlink()
    publishing.publish(archive, tmp_path / "发布")
    git(archive, "rev-parse", "edition/2017.20")


def test_an_archive_that_is_in_no_repository_says_so(tmp_path):
    with pytest.raises(HistoryError, match="git"):
        publishing.publish(new_archive(tmp_path / "档案"), tmp_path / "发布")
    assert not (tmp_path / "发布").exists()
