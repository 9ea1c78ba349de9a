"""What an edition changed for its readers, told from two editions' own data files, and its page and feed.

``tests/cases/changes/`` holds the page and the feed of three editions; ``python tests/unit/test_changes.py`` writes
them anew, to be looked over before they are committed.
"""

import datetime
from dataclasses import replace

import pytest
from lxml import etree, html

from archives import ROOT
from jianbao import feed_xml
from jianbao.edition import Edition, Name
from jianbao.editions import changes
from jianbao.editions.changes import Changes, Outcome, passages
from jianbao.editions.changes.passages import AROUND, CUT, GONE, LONGEST, MOST_PASSAGES, NEW, SAME
from jianbao.errors import EditionError
from jianbao.issue import Article, Correction, Kind
from jianbao.site import about, address_book
from river_bulletin import BARE, CORRECTED, FULL, HOSTILE, ODD, data, entry, site

CASES = ROOT / "tests" / "cases" / "changes"
A = {"a": feed_xml.ATOM}


def published(folder, name, *issues, moved=()):
    """An edition's folder with what its changes are told from."""
    name = Name.parse(name)
    edition = Edition(name, "c" * 40, datetime.date(name.year, 6, 10 + name.revision))
    of = site(*issues, edition=edition, moved=dict(moved))
    addresses = [each.url for each in of.shelf.entries]
    for path, content in (*data(of).items(), *about.files(of), *address_book.files(of, addresses)):
        target = folder / str(name) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(content), "utf-8", newline="")
    return folder / str(name)


def marked(difference):
    """Passages as one writes them by hand: ``入库[-三-][+四+]万条``."""
    signs = {SAME: "{}", GONE: "[-{}-]", NEW: "[+{}+]"}
    return ["".join(signs[piece.mark].format(piece.text) for piece in each) for each in difference.passages]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["一样。"], ["一样。"], []),
        (["编织袋三万条入库。"], ["编织袋四万条入库。"], ["编织袋[-三-][+四+]万条入库。"]),
        (["投入150万元。"], ["投入1500万元。"], ["投入[-150-][+1500+]万元。"]),
        (["甲段。", "乙段。"], ["甲段。", "新的一段。", "乙段。"], ["[+新的一段。+]"]),
        (["甲段。", "删去的一段。"], ["甲段。"], ["[-删去的一段。-]"]),
        (["完全不同的话"], ["另外说起一件事情"], ["[-完全不同的话-][+另外说起一件事情+]"]),
        # One character in common is no reason to break a change in two.
        (["县领导走访群众家庭"], ["县机关派员慰问群众家庭"], ["县[-领导走访-][+机关派员慰问+]群众家庭"]),
        (["甲" * 40 + "乙"], ["甲" * 40 + "丙"], [f"{CUT}{'甲' * AROUND}[-乙-][+丙+]"]),
        ([], ["长" * (LONGEST + 1)], [f"[+{'长' * LONGEST}{CUT}+]"]),
    ],
)
def test_passages(before, after, expected):
    assert marked(passages.between(before, after)) == expected


def test_of_many_passages_the_first_are_shown_and_the_others_counted():
    difference = passages.between([f"第{n}段旧" for n in range(12)], [f"第{n}段新" for n in range(12)])
    assert (len(difference.passages), difference.omitted) == (MOST_PASSAGES, 12 - MOST_PASSAGES)


def test_the_first_edition_adds_everything(tmp_path):
    found = changes.between(None, published(tmp_path, "2018.6", FULL, BARE))
    assert (str(found.edition), found.date, found.previous) == ("2018.6", datetime.date(2018, 6, 10), None)
    assert found.issue_count == 2
    assert [issue.label for issue in found.added] == ["2018年第5、6期合刊", "2018年增刊第1期"]


def test_a_correction_with_its_notes_and_what_it_changed(tmp_path):
    old = published(tmp_path, "2018.6", FULL, BARE)
    found = changes.between(old, published(tmp_path, "2018.6.1", CORRECTED, BARE))
    assert str(found.previous) == "2018.6"
    assert (found.added, found.moved, found.withdrawn) == ((), (), ())
    (corrected,) = found.corrected
    assert corrected.issue.address == "issues/2018/005-006.html"
    assert corrected.notes == CORRECTED.corrections
    assert [(each.id, each.title, marked(each.difference)) for each in corrected.articles] == [
        ("", "报头、分送和编印信息", ["发：各堤段[+、各闸站+]"]),
        ("a02", "物资入库", ["编织袋三万[+五千+]条入库。"]),
    ]


def test_a_note_is_told_once(tmp_path):
    old = published(tmp_path, "2018.6.1", CORRECTED)
    later = Correction(datetime.date(2018, 8, 1), "又改了一处。")
    again = replace(CORRECTED, corrections=(*CORRECTED.corrections, later))
    (corrected,) = changes.between(old, published(tmp_path, "2018.6.2", again)).corrected
    assert corrected.notes == (later,)
    assert corrected.articles == ()


def test_an_article_that_came_and_one_that_went(tmp_path):
    old = published(tmp_path, "2018.6", FULL)
    other = Article("a03", Kind.BRIEF, "闸站检修", body=("三座闸站检修完毕。",))
    new = published(tmp_path, "2018.6.1", replace(FULL, articles=(FULL.articles[0], other)))
    (corrected,) = changes.between(old, new).corrected
    assert [(each.id, each.outcome) for each in corrected.articles] == [
        ("a02", Outcome.REMOVED),
        ("a03", Outcome.ADDED),
    ]


def test_neighbours_and_tags_change_no_issue(tmp_path):
    old = published(tmp_path, "2018.6", FULL)
    tagged = replace(FULL, articles=(replace(FULL.articles[0], themes=("水利",)), FULL.articles[1]))
    found = changes.between(old, published(tmp_path, "2019.7", tagged, ODD))
    assert [issue.id for issue in found.added] == ["2019/007"]
    assert found.corrected == ()


def test_an_issue_that_moved_and_one_that_was_withdrawn(tmp_path):
    old = published(tmp_path, "2018.6", FULL, BARE)
    renumbered = replace(FULL, numbers=(7,))
    new = published(
        tmp_path, "2018.7", renumbered, moved={entry(FULL).url: entry(renumbered).url, "a.html": "b.html"}
    )
    found = changes.between(old, new)
    assert [(each.old, each.issue.id) for each in found.moved] == [("issues/2018/005-006.html", "2018/007")]
    assert [issue.id for issue in found.withdrawn] == ["2018/s01"]
    assert found.added == ()
    (corrected,) = found.corrected
    assert marked(corrected.articles[0].difference) == ["2018年第[-5、6期合刊-][+7期+]"]


def test_the_same_edition_twice_changes_nothing(tmp_path):
    old = published(tmp_path, "2018.6", FULL, ODD)
    found = changes.between(old, published(tmp_path, "2018.6.1", FULL, ODD))
    assert changes.pages.summary(found) == "各期的文字没有变化"


def test_changes_are_kept_as_json(tmp_path):
    old = published(tmp_path, "2018.6", FULL, BARE)
    new = published(tmp_path, "2019.7", CORRECTED, ODD)
    for found in (changes.between(None, old), changes.between(old, new)):
        assert Changes.from_json(found.to_json()) == found


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"edition": "x"}', "null"])
def test_what_is_no_changes_is_refused(text):
    with pytest.raises(EditionError, match=r"changes/2017\.20\.json：读不懂"):
        Changes.from_json(text, "changes/2017.20.json")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "data/SHA256SUMS").unlink(), "SHA256SUMS：读不到"),
        (lambda folder: (folder / "data/issues/2018.json").write_text("{}\n"), "没有 2018/005-006 这一期"),
        (
            lambda folder: (folder / "edition.js").write_text("window.jianbaoEdition = null;\n"),
            "没有说是哪一版",
        ),
        (lambda folder: (folder / "edition.js").write_text("//"), "读不懂"),
        (lambda folder: (folder / "data/issues/2018.json").write_bytes(b"\xff"), "不是 UTF-8"),
        (
            lambda folder: (folder / "data/issues/2018.json").write_text(
                '{"id":"2018/005-006","ti\n', "utf-8"
            ),
            "2018.json：读不懂",
        ),
    ],
)
def test_a_folder_that_is_no_edition_is_refused(tmp_path, spoil, message):
    folder = published(tmp_path, "2018.6", FULL)
    spoil(folder)
    with pytest.raises(EditionError, match=message):
        changes.between(None, folder)


def three_editions(folder):
    """Newest first: a correction and a new issue, an issue withdrawn, and the first."""
    first = published(folder, "2018.6", FULL, BARE)
    second = published(folder, "2018.6.1", CORRECTED)
    third = published(folder, "2019.7", CORRECTED, ODD)
    return [changes.between(*pair) for pair in ((second, third), (first, second), (None, first))]


@pytest.fixture
def of_three(tmp_path):
    return three_editions(tmp_path)


@pytest.mark.parametrize("name", ["changes.html", "changes.atom"])
def test_page_and_feed(of_three, name):
    assert dict(changes.files("河工简报", of_three))[name] == (CASES / name).read_text("utf-8")


def test_every_link_of_the_page_leads_to_its_edition(of_three):
    page = html.fromstring(dict(changes.files("河工简报", of_three))["changes.html"])
    assert page.xpath("//main//a/@href") == [
        *("2019.7/index.html", "changes.atom"),
        *("2019.7/index.html", "2019.7/issues/2019/007.html"),
        *(
            "2018.6.1/index.html",
            "2018.6.1/issues/2018/005-006.html",
            "2018.6.1/issues/2018/005-006.html#a02",
        ),
        "2018.6/index.html",
    ]
    ids = page.xpath("//@id")
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_an_edition_that_is_not_there_has_no_links(of_three):
    text = dict(changes.files("河工简报", of_three, {Name(2019, 7), Name(2018, 6)}))["changes.html"]
    assert "2018.6.1/" not in text
    assert "这一版不在这里" in text


def test_titles_stay_text(of_three):
    made = dict(changes.files(HOSTILE, of_three))
    assert "<script" not in made["changes.html"]
    assert HOSTILE[:20] in html.fromstring(made["changes.html"]).text_content()
    entry = etree.fromstring(made["changes.atom"].encode()).find("a:entry", A)
    assert "<script" not in entry.findtext("a:content", namespaces=A)


def test_ids_in_the_feed_last(of_three):
    whole, less = (dict(changes.files("河工简报", each))["changes.atom"] for each in (of_three, of_three[1:]))
    ids, fewer = (
        etree.fromstring(text.encode()).xpath("//a:entry/a:id/text()", namespaces=A) for text in (whole, less)
    )
    assert len(set(ids)) == 3
    assert ids[1:] == fewer


def test_a_hundred_editions_of_ten_thousand_issues_stay_small(of_three):
    newest = of_three[1]
    large = replace(newest, corrected=newest.corrected * 200, added=of_three[2].added * 5_000)
    hundred = [replace(large, edition=Name(2018, 6, number)) for number in range(100, 0, -1)]
    page = dict(changes.files("河工简报", hundred))["changes.html"]
    assert len(page.encode()) < 1_000_000
    assert page.count('<tr id="v') == 80
    assert "……共 200 期" in page
    assert "新增 10000 期，更正 200 期，撤下 1 期" in page


if __name__ == "__main__":
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as made:
        for path, text in changes.files("河工简报", three_editions(Path(made))):
            (CASES / path).write_text(text, "utf-8")
