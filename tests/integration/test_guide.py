"""Every command that the guide shows is run, page by page in the guide's order, as its reader would run it.

What a reader does in between by hand (edit a page, agree to a merge request) is done by the tables below. The
archive is a clone that an editor works in; ``/srv`` is a folder of the test's own.
"""

import os
import re
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import docx
import pytest
import yaml

import archives
import in_process
from archives import REAL_ISSUE, ROOT
from jianbao import new_archive, site_builder
from published_folders import whole_editions
from river_archive import FIRST, filled_in

GUIDE = ROOT / "docs" / "guide"
# What is not run, by how the command begins, and why.
NOT_RUN = {
    "python3 -m venv": "wants a machine of its own: installs into it",
    "~/jianbao/bin/pip install": "installs from the internet",
    "source ~/jianbao/bin/activate": "of what was not installed",
    ".venv/bin/pip install": "installs into the archive",
    "pip wheel": "loads from the internet",
    "apt-get": "needs root",
    "rm /etc/": "needs root",
    "cp serving/nginx.conf /etc/": "needs root; the file itself is tested in test_serving.py",
    "nginx": "needs root; the configuration is tested in test_serving.py",
    "curl -sI http://127.0.0.1/": "the same addresses are asked for in test_serving.py",
    "sh serving/": "copies to other machines; the scripts are run in test_serving.py",
    "rclone config": "needs a store of one's own; one is made in test_serving.py",
    "docker": "needs a container daemon",
}
# These wait until they are ended; what is served says this.
SERVERS = {"jianbao review 2017-20": "核对", "jianbao serve": "简报"}
# A question that is answered by return.
ASKS = {"ssh-keygen -t ed25519 -f bianjibu": ("-N", "")}
PAGE = Path("docs/issues/2017/020.md")
CORRECTION = "更正:\n- 日期: 2017-09-01\n  说明: “超过150万元”应为“超过160万元”。\n  文章: [a02]\n"


def commands(page):
    """The lines of a page's ```sh blocks, one that goes on after a backslash as one."""
    text = (GUIDE / page).read_text("utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from block.replace("\\\n", " ").splitlines()


def pages():
    """The guide's pages in the order of the site's navigation."""
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    sections = next(each["使用手册"] for each in config["nav"] if "使用手册" in each)
    return [Path(each).name for each in sections]


def not_run(command):
    return next((start for start in NOT_RUN if command.startswith(start)), None)


class Reader:
    """Who reads the guide: a folder to work in, the commands at hand, and a colleague who agrees to everything."""

    def __init__(self, tmp_path):
        self.home = tmp_path / "家"
        self.served = tmp_path / "srv"
        self.origin = tmp_path / "origin.git"
        self.folder = self.archive = tmp_path / "援疆工作简报"
        self.elsewhere = tmp_path / "别处"
        self.branch = None
        for folder in (self.home, self.served, self.elsewhere):
            folder.mkdir()
        tools = Path(sys.executable).parent
        self.environment = {
            **os.environ,
            "HOME": str(self.home),
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "GIT_AUTHOR_NAME": "编辑",
            "GIT_AUTHOR_EMAIL": "editor@example.org",
            "GIT_COMMITTER_NAME": "编辑",
            "GIT_COMMITTER_EMAIL": "editor@example.org",
        }
        # What a reader does by hand after a command.
        self.by_hand = {
            "git push -u origin 2017-20": self._mend_what_the_colleague_found,
            "git switch -c gengzheng-2017-20": self._correct,
            "jianbao new --number 21 --date 2017-08-14": self._give_up_new_pages,
            "git status": self._give_up_new_pages,
            "jianbao init 河长制工作简报": self._fill_in_the_vocabulary,
            "jianbao verify 离线包.zip": self._unzip,
            "python3 verify.py .": self.goes_to_the_archive,
        }

    def has_an_archive(self):
        """Give the reader what the administrator has set up: a clone of the archive, and the Word files."""
        made = new_archive.create(self.archive, "援疆工作简报")
        made.vocabulary.write_bytes((ROOT / "docs/vocabulary.yml").read_bytes())
        self._git("init", "-q", "-b", "main")
        self._git("add", ".")
        self._git("commit", "-q", "-m", "新建档案")
        self._git("init", "-q", "--bare", "-b", "main", self.origin)
        self._git("remote", "add", "origin", self.origin)
        self._git("push", "-q", "-u", "origin", "main")
        # What lies about in the folder is not part of the archive.
        names = ("*.docx", "*.zip", "*.gz", "*.pdf", "核对.html", "bianjibu*", "名单.txt", "2016年", "2017年")
        exclude = "".join(f"/{name}\n" for name in names)
        (self.archive / ".git/info/exclude").write_text(exclude, "utf-8")
        text = REAL_ISSUE.read_text("utf-8")
        _word_file(self.archive / "2017-20.docx", text)
        for name, number in (("2016年", 3), ("2017年", 19)):
            (self.archive / name).mkdir()
            issue = text.replace("2017年", name).replace("第20期", f"第{number}期")
            _word_file(self.archive / name / f"{number}.docx", issue)

    def goes_to_the_archive(self):
        self.folder = self.archive

    def runs(self, command):
        """Run one line of the guide, and what follows it by hand."""
        if command.startswith("cd "):
            self.folder = self.folder / command[3:]
            return
        if command == "git pull" and self.branch:
            # By now a colleague has agreed to the merge request.
            self._git("push", "-q", "origin", f"{self.branch}:main")
        if command.startswith("git push -u origin "):
            self.branch = command.split()[-1]
        if command in SERVERS:
            self._serves(command)
        else:
            self._does(command)
        self.by_hand.get(command, lambda: None)()

    def _does(self, command):
        line = command.replace("/srv/", f"{self.served}/")
        if line.startswith("jianbao ") and not set("|>&$") & set(line):
            done = in_process.jianbao(self.folder, *shlex.split(line)[1:])
        else:
            arguments = ["bash", "-c", f'{line} "$@"', "bash", *ASKS.get(command, ())]
            done = subprocess.run(
                arguments, capture_output=True, encoding="utf-8", timeout=60, **self.process
            )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"

    def _serves(self, command):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
        with subprocess.Popen(["bash", "-c", f"exec {command}"], **self.process, **pipes) as process:
            try:
                said = ""
                while not (address := re.search(r"http://127\.0\.0\.1:\d+/\S*", said)):
                    line = process.stdout.readline()
                    assert line, f"{command}\n{said}"
                    said += line
                assert SERVERS[command] in _opened(address[0])
            finally:
                process.send_signal(signal.SIGINT)
            process.communicate(timeout=20)
        assert process.returncode in (0, 130)

    @property
    def process(self):
        return {"cwd": self.folder, "env": self.environment, "stdin": subprocess.DEVNULL}

    def _git(self, *arguments):
        command = ["git", "-C", self.archive, *arguments]
        subprocess.run(command, check=True, env=self.environment, capture_output=True)

    def _correct(self):
        page = self.archive / PAGE
        text = page.read_text("utf-8").replace("超过 150 万元", "超过 160 万元")
        page.write_text(text.replace("原件:\n", CORRECTION + "原件:\n", 1), "utf-8")

    def _mend_what_the_colleague_found(self):
        page = self.archive / PAGE
        page.write_text(page.read_text("utf-8").replace("医教授疆", "医教援疆"), "utf-8")

    def _give_up_new_pages(self):
        self._git("clean", "-q", "-f", "-d", "docs")

    def _unzip(self):
        with zipfile.ZipFile(self.folder / "离线包.zip") as bundle:
            bundle.extractall(self.elsewhere)
        (self.folder,) = self.elsewhere.glob("jianbao-*")

    def _fill_in_the_vocabulary(self):
        archive = self.folder / "河长制工作简报"
        words = archive / "docs/vocabulary.yml"
        words.write_text(filled_in(words.read_text("utf-8")), "utf-8")
        (archive / "2019-3.txt").write_text(FIRST, "utf-8")


def _opened(address):
    """What is served there; `serve` names its address before it has built the site."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    for _ in range(100):
        try:
            return opener.open(address, timeout=20).read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail(f"{address}：nothing is served")


def _word_file(path, text):
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(path)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    made = Reader(tmp_path_factory.mktemp("guide"))
    made.has_an_archive()
    return made


@pytest.mark.parametrize("page", pages())
def test_every_command_of_the_guide_is_run(reader, page):
    reader.folder = reader.elsewhere if page == "starting.md" else reader.archive
    for command in commands(page):
        if not not_run(command):
            reader.runs(command)


def test_what_the_guide_led_to(reader):
    """The issue, its correction and the vocabulary's change were each published; the first was taken away again."""
    assert whole_editions(reader.served / "jianbao") == {"2017.20.1", "2017.20.2"}
    assert whole_editions(reader.served / "hezhang") == {"2019.3"}


def test_the_footer_leads_to_the_guide_where_there_is_one(reader, tmp_path):
    without = archives.new_archive(tmp_path / "无手册")
    site_builder.build(without)
    for site, expected in ((reader.archive / "site", True), (without.site, False)):
        for name in ("index.html", "search.html"):
            footer = (site / name).read_text("utf-8").rpartition('class="site-footer"')[2]
            assert ("guide/index.html" in footer) == expected, name


def test_what_is_not_run_is_in_the_guide():
    shown = [command for page in pages() for command in commands(page)]
    assert [start for start in NOT_RUN if not any(each.startswith(start) for each in shown)] == []
    assert not [start for start in NOT_RUN if start.startswith("jianbao")]
    assert len(shown) > 90
