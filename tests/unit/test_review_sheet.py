"""The review sheet: kept beside nothing that is published, made again where it is lost, its ticks kept."""

import json
from dataclasses import replace

import pytest

from archives import REAL_ISSUE, import_into, new_archive
from jianbao import importer, page, vocabulary
from jianbao.review import desk, sheet


@pytest.fixture
def archive(tmp_path):
    return new_archive(tmp_path)


def words(archive):
    return vocabulary.load(archive.vocabulary)


def imported(archive, source=REAL_ISSUE):
    reading = importer.read(source, words(archive))
    importer.store(source, reading, archive)
    sheet.save_of(archive, reading)
    return next((archive.docs / "issues").rglob("*.md"))


def loaded(archive, at):
    return sheet.load(archive, at, page.parse(at.read_text("utf-8"), str(at)), words(archive))


def test_it_holds_source_repairs_doubts_and_reasons(archive):
    at = imported(archive)
    kept = json.loads((archive.root / ".jianbao/reviews/2017/020.json").read_text("utf-8"))
    line = next(each for each in kept["lines"] if each["number"] == 47)
    assert line["text"].startswith("目标，谋划全年工作重点")
    assert line["became"] == ["a02.2"]
    made = loaded(archive, at)
    assert [f.line for f in made.repairs if f.kind == "page_break_joined"] == [35, 47, 63, 73, 83]
    assert [(f.line, f.kind) for f in made.doubts] == [
        (25, "contents_title_mismatch"),
        (41, "contents_title_mismatch"),
        (57, "doubtful_wording"),
    ]
    reason = next(r for r in made.reasons if r.article == "a07" and r.tag == "南通工作组")
    assert reason.words == ("南通工作组",)


def test_what_is_kept_is_what_was_made(archive):
    at = imported(archive)
    assert loaded(archive, at) == sheet.of_reading(importer.read(REAL_ISSUE, words(archive)))


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("{", "utf-8")])
def test_where_it_is_lost_it_is_made_again_from_the_original(archive, spoil):
    at = imported(archive)
    before = loaded(archive, at)
    spoil(sheet.path(archive, at))
    assert loaded(archive, at) == before


def test_ticks_outlast_a_second_import_of_a_changed_source(archive, tmp_path):
    at = imported(archive)
    doubts = loaded(archive, at).doubts
    sheet.save(archive, at, loaded(archive, at).ticked(sheet.key(doubts[0]), True))
    changed = tmp_path / "2017-20.txt"
    changed.write_text(REAL_ISSUE.read_text("utf-8").replace("深入推进医教授疆", "深入推进医教援疆"), "utf-8")
    reading = importer.read(changed, words(archive))
    importer.store(changed, reading, archive, replace=True)
    sheet.save_of(archive, reading)
    again = loaded(archive, at)
    assert len(again.doubts) == len(doubts) - 1
    assert again.done == {sheet.key(again.doubts[0])}


def test_a_tick_can_be_taken_back(archive):
    made = sheet.Sheet().ticked("tags-a01", True)
    assert made.done == {"tags-a01"}
    assert made.ticked("tags-a01", False).done == frozenset()


def test_a_web_page_kept_as_text_is_read_as_what_it_was(archive, tmp_path):
    body = "".join(f"<p>{line}</p>" for line in REAL_ISSUE.read_text("utf-8").split("\n") if line)
    source = tmp_path / "第20期.html"
    source.write_text(f"<html><meta charset='utf-8'><body>{body}</body></html>", "utf-8")
    at = imported(archive, source)
    assert (archive.docs / "originals/2017/020.html.txt").is_file()
    before = loaded(archive, at)
    sheet.path(archive, at).unlink()
    assert loaded(archive, at) == before
    assert len(before.lines) == 47


def test_characters_that_look_the_same_do_not_differ(archive, tmp_path):
    source = tmp_path / "2017-20.txt"
    source.write_text(REAL_ISSUE.read_text("utf-8").replace("工作组", "⼯作组\u200b"), "utf-8")
    at = imported(archive, source)
    texts = [line.text for line in loaded(archive, at).lines]
    assert "南京工作组四措并举推进伊宁市脱贫攻坚工作" in texts
    assert any(f.kind == "radical_replaced" for f in loaded(archive, at).repairs)


def test_an_issue_without_an_original_has_only_its_tags(archive):
    at = imported(archive)
    issue = replace(page.parse(at.read_text("utf-8"), str(at)), original=None)
    at.write_text(page.write(issue), "utf-8")
    made = loaded(archive, at)
    assert made.lines == ()
    assert {reason.tag for reason in made.reasons if reason.article == "a08"} == {
        "泰州工作组",
        "昭苏县",
        "交流合作",
    }


def test_an_original_that_is_gone_is_no_obstacle(archive):
    import_into(archive, REAL_ISSUE)
    (archive.docs / "originals/2017/020.txt").unlink()
    at = archive.docs / "issues/2017/020.md"
    assert loaded(archive, at).lines == ()
    assert desk.laid(archive, at).original is None
