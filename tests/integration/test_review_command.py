"""``jianbao review`` and what ``import`` leaves for it, as a user runs them."""

import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from archives import REAL_ISSUE, files


def test_import_leaves_a_sheet_and_names_the_next_step(jianbao, archive):
    result = jianbao("import", REAL_ISSUE)
    assert "下一步：运行 jianbao review 2017-20" in result.stdout
    kept = json.loads((archive / ".jianbao/reviews/2017/020.json").read_text("utf-8"))
    assert len(kept["lines"]) == 47
    assert not [path for path in files(archive / "docs") if "json" in path.suffix]


def test_a_copy_for_the_reviewer_stands_by_itself(jianbao, archive):
    jianbao("import", REAL_ISSUE)
    result = jianbao("review", "2017-20", "--output", "核对.html")
    assert result.returncode == 0
    html = (archive / "核对.html").read_text("utf-8")
    assert "与上一段接为一段（勒克脱贫摘帽｜目标，谋划全）" in html
    assert "“推进医教授疆等，进一”中的“授疆”可能有误" in html
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", html), "nothing is fetched"
    assert "review-data" not in re.sub(r"<script>.*?</script>", "", html, flags=re.S), "nothing can be saved"


def test_the_copy_never_takes_the_place_of_a_page(jianbao, archive):
    jianbao("import", REAL_ISSUE)
    before = files(archive)
    result = jianbao("review", "2017-20", "--output", "docs/issues/2017/020.md")
    assert result.returncode == 2
    assert "--output 应当是 .html 文件，不能是“020.md”" in result.stderr
    assert files(archive) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "档案中还没有简报；请先运行 jianbao import 或 jianbao new"),
        (("2017-20",), "档案中没有“2017-20”这一期"),
        (("第二十期",), "不像期号"),
    ],
)
def test_an_issue_that_is_not_there(jianbao, arguments, said):
    result = jianbao("review", *arguments)
    assert result.returncode == 1
    assert said in result.stderr


def test_it_serves_until_it_is_interrupted(jianbao, archive):
    jianbao("import", REAL_ISSUE)
    command = Path(sys.executable).with_name("jianbao")
    with subprocess.Popen(
        [command, "review", "--no-browser"], cwd=archive, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", process.stdout.readline())[0]
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
            assert "海门20万册援疆" in opener.open(address, timeout=20).read().decode()
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(address.split("?")[0], timeout=20)
        finally:
            process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "还有 11 处没有核对" in said
    assert "下一步：运行 jianbao check docs/issues/2017/020.md" in said
