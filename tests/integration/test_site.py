"""``jianbao build`` and ``jianbao serve``."""

import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from archives import REAL_ISSUE, files

# Pages that no one is to land on from elsewhere.
UNLISTED = {"404", "search"}


@pytest.fixture
def with_issue(jianbao, archive):
    jianbao("import", REAL_ISSUE)
    return archive


def test_build(jianbao, with_issue):
    result = jianbao("build")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == f"网站已生成：{with_issue / 'site' / 'index.html'}\n"
    page = (with_issue / "site/issues/2017/020.html").read_text("utf-8")
    assert "<title>2017年第20期 · 援疆工作简报</title>" in page
    tags = re.search('<meta name="keywords" content="([^"]*)">', page)[1].split(",")
    assert len(tags) == len(set(tags)), "the union of the articles' tags, each once"
    assert {"武进工作组", "泰州工作组", "尼勒克县", "医疗卫生", "交流合作"} <= set(tags)
    assert (with_issue / "site/originals/2017/020.txt").read_bytes() == REAL_ISSUE.read_bytes()


def test_mkdocs_alone_builds_the_same_site(jianbao, with_issue):
    jianbao("build")
    mkdocs = Path(sys.executable).with_name("mkdocs")
    subprocess.run([mkdocs, "build", "-q", "-d", "other"], cwd=with_issue, check=True)
    assert files(with_issue / "site") == files(with_issue / "other")


@pytest.mark.parametrize(
    ("typed", "instead", "message"),
    [
        ("栏目: 动态", "栏目: 新闻", "docs/issues/2017/020.md：第102行：栏目“新闻”不对，应当是要目或动态"),
        ("期号: 20", "期号: 二十", "docs/issues/2017/020.md：第4行：“期号”应当是数字"),
    ],
)
def test_a_slip_in_a_page_ends_with_one_clear_line(jianbao, with_issue, typed, instead, message):
    page = with_issue / "docs/issues/2017/020.md"
    page.write_text(page.read_text("utf-8").replace(typed, instead, 1), "utf-8")
    result = jianbao("build")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert message in result.stderr


@pytest.mark.parametrize("typed", ["[看](javascript:x())", "![图](http://example.invalid/x.png)"])
def test_a_link_that_is_not_allowed_is_shown_as_text(jianbao, with_issue, typed):
    with (with_issue / "docs/issues/2017/020.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{typed}\n")
    result = jianbao("build")
    assert (result.returncode, result.stderr) == (0, "")
    page = (with_issue / "site/issues/2017/020.html").read_text("utf-8")
    assert f"<p><span>{typed[typed.index('[') + 1]}</span></p>" in page


def test_an_archive_without_issues_builds(jianbao, archive):
    assert jianbao("build").returncode == 0
    assert not (archive / "site/atom.xml").exists()
    assert 'rel="alternate' not in (archive / "site/index.html").read_text("utf-8")
    assert json.loads((archive / "site/data/index.json").read_bytes())["years"] == []


def test_data_and_sitemap(jianbao, with_issue):
    config = with_issue / "mkdocs.yml"
    config.write_text("site_url: https://example.invalid/jb\n" + config.read_text("utf-8"), "utf-8")
    assert jianbao("build").returncode == 0
    site = with_issue / "site"
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=site / "data", check=True)
    address = "https://example.invalid/jb/issues/2017/020.html"
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert f"<url><loc>{address}</loc><lastmod>2017-08-07</lastmod></url>" in sitemap
    assert sitemap.count("<url>") == len([path for path in site.rglob("*.html") if path.stem not in UNLISTED])
    assert not (site / "sitemap.xml.gz").exists()
    assert f'"@id":"{address}#a01"' in (site / "issues/2017/020.html").read_text("utf-8")
    assert json.loads((site / "data/issues/2017.json").read_bytes())["site"] == "https://example.invalid/jb/"


def test_serve_says_where_and_serves(with_issue):
    command = Path(sys.executable).with_name("jianbao")
    process = subprocess.Popen(
        [command, "serve"], cwd=with_issue, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        line = process.stdout.readline()
        address = line[line.index("http://") :].split("/　")[0]
        page = _get(f"{address}/issues/2017/020.html")
        assert "简报" in page
        # The script that reloads the page when a file changes; the policy of this page lets it run.
        assert "livereload(" in page
        assert "script-src 'self' 'unsafe-inline'" in page
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors
    assert process.returncode == 0


def _get(address):
    """The page at an address, as soon as the server answers (at most half a minute)."""
    for _ in range(60):
        try:
            return urllib.request.urlopen(address, timeout=5).read().decode()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError(f"{address} 没有应答")
