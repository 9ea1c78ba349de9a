"""The publisher cut at any instant: what is served is whole, and the next run finishes the job.

The site is built once, by MkDocs from the real issue; what is killed is a process that publishes it (publisher.py).
"""

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archives import REAL_ISSUE, files, import_into, new_archive
from jianbao import site_builder
from jianbao.edition import Name
from jianbao.editions import published, publishing
from jianbao.errors import EditionError
from published_folders import edition, leftovers, name_it, whole_editions

SEED = 20170807
# How often a publisher is killed; between the rename of the edition and that of `latest`, at every operation.
WHILE_BUILT, WHILE_STORED, BY_CLOCK, WHILE_TAKEN_AWAY = 10, 15, 15, 12
FEWEST = 50
OLD, NEW, RETIRED = "2017.20.1", "2017.21", "2017.20"


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Three builds: with an error, corrected, and with one page more and one page less."""
    folder = tmp_path_factory.mktemp("sites")
    archive = new_archive(folder / "档案")
    import_into(archive, REAL_ISSUE)
    site_builder.build(archive, site=folder / "1")
    # A third of the files and most of the bytes, the same in all editions: they would only slow the kills down.
    shutil.rmtree(folder / "1" / "assets")
    for number in ("2", "3"):
        shutil.copytree(folder / "1", folder / number)
        page = folder / number / "issues" / "2017" / "020.html"
        page.write_text(page.read_text("utf-8").replace("医院", f"医院{number}"), "utf-8")
    (folder / "3" / "issues" / "2017" / "021.html").write_text("第21期", "utf-8")
    (folder / "3" / "matrix.html").unlink()
    return folder


@pytest.fixture(scope="module")
def before(tmp_path_factory, sites):
    """A published folder with two editions, the second a correction."""
    folder = tmp_path_factory.mktemp("before") / "发布"
    publish(folder, sites / "1", RETIRED)
    publish(folder, sites / "2", OLD)
    return folder


def publish(folder, site, name):
    def build(staged):
        shutil.copytree(site, staged)
        name_it(staged)

    target = published.make(folder)
    with target.alone():
        publishing.add(target, edition(name), build)


def copied(folder, to):
    """The same folder again, quickly: its files are never altered in place, so that links will do."""
    shutil.copytree(folder, to, symlinks=True, copy_function=os.link)
    # The lock is held by file; each folder has its own.
    (to / ".jianbao" / "lock").unlink()
    return to


class Publishers:
    """Publishers to be killed (publisher.py)."""

    def __init__(self):
        path = [str(Path(publishing.__file__).parents[2]), str(Path(__file__).parents[1])]
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("publisher.py")],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def start(self, folder, site, name, instant=0):
        """Start one; gives its process id."""
        print(json.dumps([str(folder), str(site), name, instant]), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())

    def end(self):
        """Its exit status, and how many file operations there were: (built, in place, in all)."""
        status, *counts = map(int, self.process.stdout.readline().split())
        return status, tuple(counts)


@pytest.fixture(scope="module")
def publishers():
    made = Publishers()
    yield made
    made.process.stdin.close()
    made.process.wait()


def check_served(folder, *kept):
    """All editions are whole, none of ``kept`` is gone, and one of them or the new one is the newest."""
    assert set(kept) <= whole_editions(folder) <= {RETIRED, OLD, NEW}
    assert os.readlink(folder / "latest") in {*kept, NEW}


def same_but_lock(folder):
    return {path: data for path, data in files(folder).items() if path.name != "lock"}


def test_killed_while_it_publishes(tmp_path, sites, before, publishers):
    site = sites / "3"
    publishers.start(copied(before, tmp_path / "reference"), site, NEW)
    _, (built, placed, whole) = publishers.end()
    assert built < placed < whole
    wanted = same_but_lock(tmp_path / "reference")
    choose = random.Random(SEED)
    instants = [
        *choose.sample(range(1, built + 1), WHILE_BUILT),
        *choose.sample(range(built + 1, placed), WHILE_STORED),
        # The edition comes to its place; then the record of changes, the root files and `latest`.
        *range(placed, whole + 1),
    ]
    assert len(instants) + BY_CLOCK + WHILE_TAKEN_AWAY >= FEWEST
    for instant in instants:
        folder = copied(before, tmp_path / str(instant))
        publishers.start(folder, site, NEW, instant)
        assert publishers.end() == (-9, ()), f"at {instant} of {whole}"
        check_served(folder, RETIRED, OLD)
        publish(folder, site, NEW)
        assert same_but_lock(folder) == wanted, f"finished after {instant} of {whole}"
        assert leftovers(folder) == []
        shutil.rmtree(folder)


def test_killed_by_the_clock(tmp_path, sites, before, publishers):
    """At any moment, in the middle of a write, too; again and again in one folder, until the job is done."""
    site = sites / "3"
    start = time.monotonic()
    publishers.start(copied(before, tmp_path / "whole"), site, NEW)
    publishers.end()
    needed = time.monotonic() - start
    choose = random.Random(SEED)
    folder, kills = copied(before, tmp_path / "killed"), 0
    for _ in range(BY_CLOCK):
        process = publishers.start(folder, site, NEW)
        time.sleep(choose.uniform(0, needed * 0.9))
        # One that has ended is not there to be killed.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        kills += publishers.end()[0] == -9
        check_served(folder, RETIRED, OLD)
    assert kills, "no run was slow enough to be killed"
    publish(folder, site, NEW)
    assert same_but_lock(folder) == same_but_lock(tmp_path / "whole")
    assert leftovers(folder) == []


@pytest.mark.parametrize(("change", "name"), [("retire", RETIRED), ("rollback", RETIRED)])
def test_killed_while_editions_change_places(tmp_path, before, publishers, change, name):
    publishers.start(copied(before, tmp_path / "reference"), change, name)
    _, (*_, whole) = publishers.end()
    choose = random.Random(SEED)
    for instant in sorted(choose.sample(range(1, whole + 1), WHILE_TAKEN_AWAY // 2)):
        folder = copied(before, tmp_path / str(instant))
        publishers.start(folder, change, name, instant)
        assert publishers.end() == (-9, ())
        check_served(folder, OLD)
        # Where the cut one had got so far that the edition counts as retired, any run takes it away.
        if change == "rollback" or any(str(each.name) == name for each in published.open_(folder).editions()):
            getattr(publishing, change)(folder, Name.parse(name))
        else:
            publishing.rollback(folder, Name.parse(OLD))
        assert same_but_lock(folder) == same_but_lock(tmp_path / "reference"), f"after {instant} of {whole}"
        assert leftovers(folder) == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own, of 40 MB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root can mount a disk")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk(small_disk, sites):
    """With room for nothing, for a part of the build, for all but the last files."""
    folder = small_disk / "发布"
    publish(folder, sites / "1", RETIRED)
    publish(folder, sites / "2", OLD)
    room = shutil.disk_usage(small_disk).free
    needed = sum(path.stat().st_size for path in (sites / "3").rglob("*"))
    filler, refused = small_disk / "filler", 0
    for share in (0, 0.01, 0.3, 0.7, 0.9, 0.97, 1, 1.02, 1.05, 1.1):
        before_it = files(folder)
        filler.write_bytes(bytes(int(room - needed * share)))
        try:
            publish(folder, sites / "3", NEW)
        except EditionError as error:
            refused += 1
            assert "No space left on device" in str(error) and "读者看到的没有变" in str(error)
            if NEW not in whole_editions(folder):
                assert files(folder) == before_it
        check_served(folder, RETIRED, OLD)
        filler.unlink()
    assert refused >= 5, "the disk was never full"
    publish(folder, sites / "3", NEW)
    assert os.readlink(folder / "latest") == NEW
    assert whole_editions(folder) == {RETIRED, OLD, NEW}
    assert leftovers(folder) == []


def test_a_file_that_may_not_grow(tmp_path, sites, before):
    """As a full disk is for one who cannot mount one: writes that end in the middle of a file."""
    folder = copied(before, tmp_path / "发布")
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    for largest in (0, 100, 2_000, 20_000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, unlimited[1]))
        try:
            with pytest.raises(EditionError, match="读者看到的没有变"):
                publish(folder, sites / "3", NEW)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        assert same_but_lock(folder) == same_but_lock(before)
    publish(folder, sites / "3", NEW)
    check_served(folder, RETIRED, OLD)
