"""The site of another bulletin's new archive is searched like any other, from file://."""

from archives import import_into
from jianbao import new_archive, site_builder
from river_archive import FIRST, NAME, SECOND, filled_in


def test_a_word_is_found(browser, tmp_path):
    target = new_archive.create(tmp_path / NAME)
    target.vocabulary.write_text(filled_in(target.vocabulary.read_text("utf-8")), "utf-8")
    for number, text in enumerate((FIRST, SECOND)):
        file = tmp_path / f"{number}.txt"
        file.write_text(text, "utf-8")
        import_into(target, file)
    site_builder.build(target)
    page = browser.new_page()
    page.goto((target.site / "index.html").as_uri())
    page.get_by_role("searchbox", name="检索全部文章").fill("白条鹭")
    page.get_by_role("button", name="检索").click()
    result = page.locator(".result__link").first
    result.wait_for()
    assert "城关镇、东河镇河长办联合巡河" in result.text_content()
    # By the name that the group had before, too.
    page.goto((target.site / "search.html").as_uri() + "?q=工作组:城关镇河道站")
    page.locator(".result__link").first.wait_for()
    assert page.locator(".result__link").count() == 2
    page.close()
