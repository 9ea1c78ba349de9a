"""What a built site says of editions, corrections and moved addresses; and that little of it depends on the edition."""

import datetime

import pytest

from archives import REAL_ISSUE, files, import_into, new_archive
from jianbao import site_builder
from jianbao.edition import Edition, Name

NOTE = """更正:
- 日期: 2017-08-20
  说明: “150 万元”应为“160 万元”<b>。
  文章: [a02]
原件:
"""


def edition(name, day):
    return Edition(Name.parse(name), "c" * 40, datetime.date.fromisoformat(day))


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """An archive whose issue was corrected, with an address that has moved."""
    target = new_archive(tmp_path_factory.mktemp("corrected"))
    import_into(target, REAL_ISSUE)
    page = target.docs / "issues/2017/020.md"
    page.write_text(page.read_text("utf-8").replace("原件:\n", NOTE, 1), "utf-8")
    (target.docs / "redirects.yml").write_text("themes/fupin.html: themes/tuopingongjian.html\n", "utf-8")
    return target


@pytest.fixture(scope="module")
def two(corrected):
    """The files of two editions of the same pages."""
    return [
        built(corrected, edition("2017.20", "2017-08-08")),
        built(corrected, edition("2017.20.1", "2017-08-20")),
    ]


def built(target, of):
    site_builder.build(target, edition=of)
    return {path.as_posix(): data for path, data in files(target.site).items()}


def test_nothing_but_the_editions_own_page_and_script_depends_on_it(two):
    first, second = two
    assert first.keys() == second.keys()
    assert sorted(path for path in first if first[path] != second[path]) == ["edition.html", "edition.js"]


def test_the_page_about_the_edition(two):
    text = two[1]["edition.html"].decode()
    for said in (
        "2017.20.1",
        "2017年8月20日",
        "c" * 40,
        "1 期，8 篇文章",
        "jianbao verify",
        "python3 verify.py",
    ):
        assert said in text
    assert "这是预览" not in text


def test_a_preview_says_so(corrected):
    made = built(corrected, None)
    assert made["edition.js"] == b"window.jianbaoEdition = null;\n"
    assert "这是预览，还没有发布" in made["edition.html"].decode()
    assert "manifest.json" not in made["edition.html"].decode()


def test_every_page_leads_to_the_edition_and_the_corrections(two):
    for path, data in two[0].items():
        if path.endswith(".html") and path not in ("404.html", "themes/fupin.html"):
            text = data.decode().replace('="./', '="')
            up = "../" * path.count("/")
            assert f'href="{up}edition.html"' in text, path
            assert f'href="{up}corrections.html"' in text, path


def test_a_correction_is_told_on_the_issue_at_the_article_and_on_its_page(two):
    issue, all_of_them, home = (
        two[0][path].decode() for path in ("issues/2017/020.html", "corrections.html", "index.html")
    )
    assert issue.count("“150 万元”应为“160 万元”&lt;b&gt;。") == 1
    marked = issue.split('aria-labelledby="a02"')[1].split("</article>")[0]
    assert '<a href="#correction-1">2017年8月20日</a>' in marked
    assert issue.count("article-corrected") == 1
    assert "“150 万元”应为“160 万元”&lt;b&gt;。" in all_of_them
    assert "issues/2017/020.html#a02" in all_of_them
    assert "issues/2017/020.html#corrections" in home


def test_a_moved_address_is_no_page_of_the_site(two):
    made = two[0]
    assert b"tuopingongjian.html" in made["themes/fupin.html"]
    mentions = [path for path, data in made.items() if b"themes/fupin.html" in data]
    assert sorted(mentions) == ["addresses.js", "redirects.yml"]


def test_a_page_cannot_have_moved(jianbao, archive):
    (archive / "docs/redirects.yml").write_text("# 说明\nindex.html: corrections.html\n", "utf-8")
    done = jianbao("build")
    assert done.returncode == 1
    assert "redirects.yml：第2行：index.html 是现有的一页" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (archive / "site").exists()
