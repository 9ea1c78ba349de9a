"""An editor looks an issue over in the browser: from a Word file to the tags on its page."""

import threading

import docx
import pytest

from archives import REAL_ISSUE, import_into, new_archive
from browser.test_accessibility import AXE
from jianbao import importer, vocabulary
from jianbao.review import desk, sheet, view
from jianbao.review.server import ReviewServer

PARAGRAPHS = (
    "援疆工作简报",
    "2018年第6期（总第60期）",
    "江苏省对口支援新疆伊犁州前方指挥部　　2018年4月9日",
    "本期要目",
    "南京工作组为伊宁市学校捐赠图书",
    "泰州工作组举办就业培训班",
    "南京工作组为伊宁市学校捐赠图书",
    "近日，南京工作组向伊宁市三所学校捐赠图书一万二千册，师生代表参加捐赠仪式，联系电话13812345678。",
    "下一步，将继续组织爱心企业资助困难学生。",
    "泰州工作组举办就业培训班",
    "4月2日，泰州工作组在昭苏县举办首期就业技能培训班，百余名学员参加。",
    "报：省委组织部，省对口支援办。",
)
WINDOW = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def archive(tmp_path):
    """An archive into which a Word file was imported, with its review sheet."""
    document = docx.Document()
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    source = tmp_path / "第6期.docx"
    document.save(source)
    target = new_archive(tmp_path / "档案")
    reading = importer.read(source, vocabulary.load(target.vocabulary))
    importer.store(source, reading, target)
    sheet.save_of(target, reading)
    return target


@pytest.fixture
def issue(archive):
    return archive.docs / "issues/2018/006.md"


@pytest.fixture
def server(archive, issue):
    with ReviewServer(archive, issue) as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield made
        made.shutdown()


@pytest.fixture
def opened(browser, server):
    """The review page, opened at the address that the command prints; what goes wrong in it fails the test."""
    context = browser.new_context(viewport=WINDOW, locale="zh-CN")
    page = watched(context)
    page.goto(server.address)
    yield page
    context.close()
    assert page.errors == []


def watched(context):
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.errors.append(message.text))
    return page


def row_with(page, text):
    return page.locator(".row").filter(has_text=text)


def tags(page, article):
    return page.locator(f"[data-tags={article}]")


def violations(page):
    page.evaluate(AXE.read_text("utf-8"))
    result = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [(each["id"], node["html"][:160]) for each in result["violations"] for node in each["nodes"][:3]]


def changed_lines(before, after):
    pairs = zip(before.split("\n"), after.split("\n"), strict=True)
    return [after for before, after in pairs if before != after]


def test_from_a_word_file_to_changed_tags(opened, issue):
    before = issue.read_text("utf-8")
    assert "?token=" not in opened.url, "the secret does not stay in the address"

    # Source and page stand at the same height, with the doubt at its line.
    row = row_with(opened, "联系电话")
    source, page = row.locator(".line__words").bounding_box(), row.locator(".text").bounding_box()
    assert source["x"] + source["width"] < page["x"]
    assert abs(source["y"] - page["y"]) < 20
    assert row.locator(".line__number").text_content() == "源文件第8行"
    assert "有手机号（138…78）" in row.locator(".note--doubt").inner_text()

    # From one open place to the next: the first article's tags, then the doubt. It is ticked off by the keyboard.
    opened.click("#next")
    assert opened.evaluate("document.activeElement.dataset.key") == "tags-a01"
    opened.click("#next")
    assert opened.evaluate("document.activeElement.closest('.note').textContent").count("有手机号") == 1
    opened.keyboard.press("Space")
    opened.wait_for_function("document.querySelector('#progress').textContent.includes('已核对 1 / 3')")

    # A theme is found by its initials and moves to the front, the focus going with it; a group goes.
    own = tags(opened, "a01")
    assert own.locator(".tag").all_inner_texts()[:1] == ["爱心捐赠"]
    box = own.get_by_role("combobox")
    box.fill("nmy")
    assert own.get_by_role("option").all_text_contents() == ["农牧业主题"]
    opened.keyboard.press("Enter")
    own.get_by_role("button", name="“农牧业”提前").click()
    themes = own.locator(".tags__kind").first.locator(".tag")
    for _ in range(themes.count() - 2):
        opened.keyboard.press("Enter")
    own.get_by_role("button", name="去掉“南京工作组”").click()
    assert issue.read_text("utf-8") == before, "nothing is written before it is saved"
    expected = ", ".join(themes.all_inner_texts())
    opened.keyboard.press("Control+s")
    opened.wait_for_selector("#message:has-text('已存入 docs/issues/2018/006.md')")
    after = issue.read_text("utf-8")
    assert changed_lines(before, after) == ["    工作组: []", f"    主题: [{expected}]"]
    assert expected.startswith("农牧业, 爱心捐赠")

    # What was done is still there when the page is opened again.
    opened.reload()
    assert "已核对 1 / 3" in opened.inner_text("#progress")
    assert tags(opened, "a01").locator(".tag").first.inner_text() == "农牧业"
    assert tags(opened, "a01").get_by_role("button", name="添上“南京工作组”").count() == 1


def test_the_words_that_gave_a_tag_are_marked(opened):
    tag = tags(opened, "a02").get_by_role("button", name="就业创业", exact=True)
    tag.focus()
    marked = opened.locator("mark.found").all_inner_texts()
    assert set(marked) >= {"就业"}
    assert opened.locator("mark.found").evaluate_all(
        "marks => marks.every(mark => mark.closest('[data-article]').dataset.article === 'a02')"
    )
    tag.blur()
    assert opened.locator("mark.found").count() == 0
    assert "泰州工作组举办就业培训班" in opened.inner_text("#a02")


def test_a_page_changed_on_the_disk_is_not_overwritten(browser, server, issue):
    context = browser.new_context(viewport=WINDOW)
    page = watched(context)
    page.goto(server.address)
    tags(page, "a02").get_by_role("button", name="去掉“昭苏县”").click()
    edited = issue.read_text("utf-8").replace("百余名学员", "一百二十名学员")
    issue.write_text(edited, "utf-8")
    page.click("#save")
    page.wait_for_selector(".message--wrong:has-text('在打开之后又改过，没有保存')")
    assert issue.read_text("utf-8") == edited
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    row = row_with(page, "一百二十名学员")
    assert row.locator("mark.differs").all_inner_texts() == ["余", "一", "二十"]
    context.close()


def test_what_an_editor_took_out_is_told_at_its_line(browser, server, issue):
    issue.write_text(
        issue.read_text("utf-8").replace("下一步，将继续组织爱心企业资助困难学生。\n", ""), "utf-8"
    )
    context = browser.new_context(viewport=WINDOW)
    page = watched(context)
    page.goto(server.address)
    assert "导入以后改写或删去了" in row_with(page, "下一步，将继续组织").inner_text()
    context.close()


def test_it_ends_from_the_page(opened, server):
    opened.click("#stop")
    opened.wait_for_selector("#message:has-text('已经结束')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [WINDOW, PHONE], ids=["office", "phone"])
def test_it_is_accessible_and_fits(browser, server, window, scheme):
    context = browser.new_context(viewport=window, color_scheme=scheme, reduced_motion="reduce")
    page = watched(context)
    page.goto(server.address)
    tags(page, "a02").get_by_role("button", name="去掉“昭苏县”").click()
    page.click("#save")
    page.wait_for_selector("#message:has-text('已存入')")
    tags(page, "a01").get_by_role("combobox").fill("jy")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= window["width"]
    context.close()
    assert page.errors == []


def test_the_copy_for_a_reviewer(browser, tmp_path):
    target = new_archive(tmp_path / "档案")
    import_into(target, REAL_ISSUE)
    copy = tmp_path / "核对 2017-20.html"
    copy.write_text(view.standing(desk.laid(target, target.docs / "issues/2017/020.md")), "utf-8")
    context = browser.new_context(viewport=WINDOW)
    context.set_offline(True)
    page = watched(context)
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(copy.as_uri())
    assert requested == [copy.as_uri()]
    assert row_with(page, "深入推进医教授疆").locator(".note--doubt").count() == 1
    tags(page, "a03").get_by_role("button", name="脱贫攻坚").hover()
    assert "脱贫攻坚" in page.locator("mark.found").all_inner_texts()
    assert page.locator("input:enabled").count() == 0
    assert page.locator("#save").count() == 0
    assert violations(page) == []
    context.close()
    assert page.errors == []


def test_without_scripts_it_can_be_read(browser, server):
    context = browser.new_context(viewport=WINDOW, java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address)
    assert page.locator("noscript, .intro").first.is_visible()
    assert row_with(page, "联系电话").locator(".note--doubt").is_visible()
    assert not page.locator(".bar__buttons").is_visible()
    context.close()
