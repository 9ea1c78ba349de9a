"""The report: waivers, fixes, the cache, what published pages are asked."""

import json
import shutil

import pytest
from test_rules import ISSUE, PAGE, changed, new_archive, publish, write

from jianbao.archive import Archive
from jianbao.check import cache, checker, fixing
from jianbao.check.rule import RULES


@pytest.fixture
def archive(tmp_path):
    return new_archive(tmp_path)


def page(archive, changes):
    write(archive.root, ISSUE, changed(PAGE, changes))


def found(report):
    return [(each.line, each.rule, each.waived) for each in report.findings]


# Waivers


def test_a_waived_finding_is_listed_with_its_reason_and_is_no_fault(archive):
    page(archive, {"主题: [医疗卫生]": "主题: [卫生]", "原件:": "免检:\n  JB304: 词表待定\n原件:"})
    report = checker.check(archive)
    assert found(report) == [(41, "JB304", "词表待定")]
    assert (report.errors, report.warnings, len(report.waived)) == ((), (), 1)


def test_a_waiver_is_for_its_own_page(archive):
    wrong = {"主题: [医疗卫生]": "主题: [卫生]"}
    page(archive, wrong | {"原件:": "免检:\n  JB304: 词表待定\n原件:"})
    other = changed(PAGE, wrong | {"期号: 20\n总期号: 120": "期号: 21\n总期号: 121"})
    write(archive.root, "docs/issues/2017/021.md", other)
    assert [each.path for each in checker.check(archive).errors if each.rule == "JB304"] == [
        "docs/issues/2017/021.md"
    ]


# One bad page


def test_a_page_that_cannot_be_read_hides_no_other(archive):
    page(archive, {"主题: [医疗卫生]": "主题: [卫生]"})
    write(archive.root, "docs/issues/2017/021.md", "没有页首\n")
    write(archive.root, "docs/issues/2017/022.md", "简报".encode("gb18030"))
    assert [(each.path[-6:], each.rule) for each in checker.check(archive).errors] == [
        ("020.md", "JB304"),
        ("021.md", "JB001"),
        ("022.md", "JB003"),
    ]


def test_only_findings_of_the_chosen_files_are_told_but_all_pages_are_compared(archive):
    write(archive.root, "docs/issues/2017/020-021.md", changed(PAGE, {"期号: 20\n总": "期号: [20, 21]\n总"}))
    report = checker.check(archive)
    assert "JB101" in {each.rule for each in report.within(["docs/issues/2017/020-021.md"]).errors}
    assert report.within([ISSUE]).findings == ()
    assert report.within(["docs/issues/2017"]).findings == report.within(["."]).findings == report.findings
    assert report.within(["docs/issues/201"]).findings == ()


# Fixes

BEFORE = PAGE.split("近日，")[0]
TYPED = [
    # as typed, as mended
    ("1. 近日 ，南京的学生来到受援地。", "1\\. 近日，南京的学生来到受援地。"),
    ("他说:结对,１４名学生 _来到_ 受援地。", "他说：结对，14名学生 \\_来到\\_ 受援地。"),
    ("# 1号楼 3*4*5 米", "\\# 1号楼 3\\*4\\*5 米"),
    ("规格3*4*5 米", "规格3\\*4\\*5 米"),
    ("    行首空四格。", "行首空四格。"),
    ("　　投入 300 万元 。", "　　投入 300 万元。"),
]


@pytest.mark.parametrize(("typed", "mended"), TYPED)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fixes_change_what_they_name_and_no_other_byte(archive, typed, mended, end):
    before = f"{BEFORE}{typed}\n\n两校结为姐妹学校。".replace("\n", end)
    write(archive.root, ISSUE, before)
    for _ in range(3):
        fixing.fix(archive, checker.check(archive).findings)
    after = (archive.root / ISSUE).read_bytes().decode()
    assert after == f"{BEFORE}{mended}\n\n两校结为姐妹学校。".replace("\n", end)
    assert checker.check(archive).fixable == ()


def test_a_fix_is_told_line_by_line(archive):
    page(archive, {"近日，南京": "近日,南京"})
    (change,) = fixing.fix(archive, checker.check(archive).findings)
    assert (change.path, change.line, change.old[:4], change.new[:4]) == (ISSUE, 53, "近日,南", "近日，南")
    assert (archive.root / ISSUE).read_text("utf-8") == PAGE
    assert fixing.fix(archive, checker.check(archive).findings) == ()


def test_a_byte_order_mark_goes(archive):
    write(archive.root, ISSUE, PAGE.encode("utf-8-sig"))
    fixing.fix(archive, checker.check(archive).findings)
    assert (archive.root / ISSUE).read_bytes() == PAGE.encode()


def test_what_is_waived_is_not_fixed(archive):
    page(archive, {"近日，南京": "近日,南京", "原件:": "免检:\n  JB402: 原文如此\n原件:"})
    assert fixing.fix(archive, checker.check(archive).findings) == ()


def test_published_text_is_not_fixed_nor_asked_about_its_commas(archive):
    typed = {"近日，南京": "近日,南京", "下一步，": "1. 下一步，"}
    page(archive, typed)
    assert {each.rule for each in checker.check(archive).fixable} == {"JB401", "JB402"}
    publish(archive.root)
    report = checker.check(archive)
    assert [each.rule for each in report.findings] == ["JB401"]
    assert str(report.edition) == "2017.20"
    assert fixing.fix(archive, report.findings) == ()
    assert (archive.root / ISSUE).read_text("utf-8") == changed(PAGE, typed)


# The cache


def test_a_cached_run_finds_the_same(archive):
    page(
        archive,
        {"近日，南京": "近日,南京13912345678，![](a.jpg)", "原件:": "免检:\n  JB402: 原文如此\n原件:"},
    )
    first = checker.check(archive)
    assert {each.rule for each in first.findings} == {"JB402", "JB502", "JB601", "JB602"}
    assert (archive.root / cache.PLACE).is_file()
    assert checker.check(archive) == first


def test_an_unchanged_page_is_not_examined_again(archive, monkeypatch):
    checker.check(archive)
    asked = []
    monkeypatch.setattr(checker, "_examine", lambda page, words: asked.append(page.path))
    checker.check(archive)
    assert asked == []


@pytest.mark.parametrize("what", ["page", "vocabulary", "program"])
def test_the_cache_is_never_stale(archive, monkeypatch, what):
    page(archive, {"主题: [医疗卫生]": "主题: [卫生]"})
    assert len(checker.check(archive).errors) == 1
    if what == "page":
        page(archive, {})
    elif what == "vocabulary":
        text = archive.vocabulary.read_text("utf-8")
        archive.vocabulary.write_text(text.replace("医疗卫生", "卫生"), "utf-8")
    else:
        monkeypatch.setattr(cache, "_program", lambda: b"a later version")
        rule = RULES["JB304"]
        monkeypatch.setitem(RULES, "JB304", type(rule)(**{**rule.__dict__, "find": lambda *_: iter(())}))
    assert checker.check(archive).errors == ()


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b'{"stamp": "x", "pages": 3}'])
def test_a_broken_cache_is_made_anew(archive, content):
    page(archive, {"主题: [医疗卫生]": "主题: [卫生]"})
    first = checker.check(archive)
    place = archive.root / cache.PLACE
    good = json.loads(place.read_bytes())
    place.write_bytes(content)
    assert checker.check(archive) == first
    place.write_bytes(
        json.dumps(good | {"pages": {ISSUE: [good["pages"][ISSUE][0], {"path": 1}, []]}}).encode()
    )
    assert checker.check(archive) == first
    shutil.rmtree(place.parent)
    place.parent.write_text("in the way")
    assert checker.check(archive) == first


def test_an_archive_without_pages_or_git_is_checked(tmp_path):
    write(tmp_path, "docs/vocabulary.yml", "主题: []\n")
    report = checker.check(Archive(tmp_path))
    assert (report.findings, report.pages, report.edition) == ((), 0, None)
