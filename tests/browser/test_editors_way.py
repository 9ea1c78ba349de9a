"""The whole way of an editor: from a Word file to a published issue, and on to its first correction."""

import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest

import in_process
from archives import new_archive
from browser.conftest import wait_until

PARAGRAPHS = (
    "援疆工作简报",
    "2018年第6期（总第60期）",
    "江苏省对口支援新疆伊犁州前方指挥部　　2018年4月9日",
    "本期要目",
    "南京工作组为伊宁市学校捐赠图书",
    "泰州工作组举办就业培训班",
    "南京工作组为伊宁市学校捐赠图书",
    "近日,南京工作组向伊宁市三所学校捐赠图书一万二千册，师生代表参加捐赠仪式，联系电话13812345678。",
    "泰州工作组举办就业培训班",
    "4月2日，泰州工作组在昭苏县举办首期就业技能培训班，120余名学员参加，每人补助350元。",
    "报：省委组织部，省对口支援办。",
)
ISSUE = "docs/issues/2018/006.md"
CORRECTION = """更正:
- 日期: 2018-04-20
  说明: “120余名学员”应为“130余名学员”。
  文章: [a02]
原件:
"""


@pytest.fixture
def archive(tmp_path):
    """An archive under version control, on a branch of its own for the new issue."""
    root = new_archive(tmp_path / "简报 档案").root
    (root / ".gitignore").write_text("site/\n.jianbao/\n.cache/\n", "utf-8")
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "编辑")
    git(root, "config", "user.email", "editor@example.org")
    commit(root, "新建档案")
    git(root, "switch", "-q", "-c", "2018-6")
    return root


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    context.close()


def git(root, *arguments):
    subprocess.run(["git", "-C", root, *arguments], check=True, capture_output=True)


def commit(root, message):
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", message)


def done(root, *arguments):
    """What a command says that must come to its end."""
    ended = in_process.jianbao(root, *arguments)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def refused(root, *arguments):
    ended = in_process.jianbao(root, *arguments)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    return ended.stdout


def word_file(path):
    document = docx.Document()
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    document.save(path)
    return path


@contextmanager
def review(root):
    """The address that ``jianbao review`` prints, and in the end what it says when it is stopped."""
    command = [Path(sys.executable).with_name("jianbao"), "review", "2018-6", "--no-browser"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8") as process:
        said = []
        try:
            yield re.search(r"http://\S+", process.stdout.readline())[0], said
        finally:
            process.send_signal(signal.SIGINT)
            said.append(process.communicate(timeout=20)[0])
    assert process.returncode == 0


def edit(root, old, new):
    """What an editor does with Notepad."""
    path = root / ISSUE
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_from_a_word_file_to_a_published_issue_and_its_correction(archive, page, tmp_path):
    said = done(archive, "import", word_file(tmp_path / "第6期.docx"))
    assert f"新建　{ISSUE}" in said and "下一步：运行 jianbao review 2018-6" in said

    # She sees a doubt beside its line and ticks it off, changes an article's themes, and saves.
    with review(archive) as (address, ended):
        page.goto(address)
        row = page.locator(".row").filter(has_text="联系电话")
        assert row.locator(".line__number").text_content() == "源文件第8行"
        doubt = row.locator(".note--doubt")
        assert "有手机号（138…78）" in doubt.inner_text()
        doubt.get_by_role("checkbox").check()
        tags = page.locator("[data-tags=a02]")
        tags.get_by_role("button", name="去掉“人才培训”").click()
        tags.get_by_role("combobox").fill("jy")
        tags.get_by_role("option", name="教育").first.click()
        page.keyboard.press("Control+s")
        page.wait_for_selector(f"#message:has-text('已存入 {ISSUE}')")
    assert "下一步：运行 jianbao check" in ended[0]
    themes = re.findall(r"主题: \[(.*)\]", (archive / ISSUE).read_text("utf-8"))
    assert themes[1] == "就业创业, 教育"

    # A slip of her own is refused, with what is meant; what is safe is mended for her; the number she makes a choice on.
    edit(archive, "主题: [就业创业, 教育]", "主题: [就业, 教育]")
    assert re.search(
        rf"{ISSUE}:\d+: JB304 错误 主题“就业”不在词表里，是不是“就业创业”？", refused(archive, "check")
    )
    edit(archive, "主题: [就业, 教育]", "主题: [就业创业, 教育]")
    assert "“近日,南京工作”→“近日，南京工作”" in done(archive, "check", "--fix")
    edit(archive, "，联系电话13812345678", "")
    assert "0 处错误，0 处警告" in done(archive, "check")

    # The site has it, and its search finds it by a double click.
    assert "网站已生成" in done(archive, "build")
    page.goto((archive / "site/search.html").as_uri() + "?q=就业技能培训班")
    wait_until(page, "document.documentElement.dataset.searchState === 'done'")
    assert "泰州工作组举办就业培训班" in page.inner_text(".results")

    # For the one who reviews the pull request.
    commit(archive, "2018年第6期")
    summary = done(archive, "check", "--summary", "--base", "main")
    assert "新增 1 期" in summary and "泰州工作组举办就业培训班" in summary and "就业创业、教育" in summary

    to = tmp_path / "发布"
    assert "已发布 2018.6" in done(archive, "publish", "--to", to)

    # Readers have it now: a change is refused until the page says what was corrected.
    edit(archive, "120余名学员", "130余名学员")
    assert re.search(rf"{ISSUE}:\d+: JB701 错误 与已发布的 2018.6 版不同：a02", refused(archive, "check"))
    edit(archive, "原件:\n", CORRECTION)
    assert "已与发布的 2018.6 版对照" in done(archive, "check")
    commit(archive, "更正第6期的一个数字")
    assert "已发布 2018.6.1" in done(archive, "publish", "--to", to)
    page.goto((to / "latest/issues/2018/006.html").as_uri())
    assert "130余名学员" in page.inner_text("article")
    assert "“120余名学员”应为“130余名学员”。" in page.inner_text("section.corrections")
    assert "120余名学员" in (to / "2018.6/issues/2018/006.html").read_text("utf-8")
    assert page.errors == []
