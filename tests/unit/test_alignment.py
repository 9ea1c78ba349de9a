"""The source beside the page: nothing of the one is unaccounted for in the other, whatever was done to both."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cases import SOURCES

from archives import REAL_ISSUE, ROOT
from jianbao import importer, vocabulary
from jianbao.issue import Article, Figure, Issue, Kind, Table
from jianbao.recognise import Part, han
from jianbao.review import alignment, sheet
from jianbao.review.alignment import SourceLine

WORDS = vocabulary.load(ROOT / "docs" / "vocabulary.yml")
SPRING = "三月以来，清河县组织干部群众清理河道十二公里，拆除违章建筑三处。"
SUMMER = "入汛前，各乡镇逐段检查堤防，备足编织袋三万条、砂石料五百方。"
AUTUMN = "秋后，全县开展河长巡河一千二百人次，整改问题六十四个。"


def issue_of(*articles):
    return Issue("河长制简报", 2019, (3,), date=datetime.date(2019, 5, 1), articles=articles)


def article(id, title, *body, **more):
    return Article(id, Kind.FEATURE, title, body=body, **more)


def lines_of(*texts):
    return [SourceLine(number, text) for number, text in enumerate(texts, start=1)]


def aligned(lines, issue):
    """For each line's number the keys of its blocks; a line that was moved has a star."""
    blocks = alignment.blocks_of(issue)
    return {
        line.number: ("*" if place.is_moved else "") + " ".join(blocks[i].key for i in place.blocks)
        for line, place in zip(lines, alignment.places(lines, blocks), strict=True)
    }


# Whole issues


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_every_line_is_shown_or_removed_or_in_the_front_matter(source):
    reading = importer.read(source, WORDS)
    made = sheet.of_reading(reading)
    typed = [line for line in source.read_text("utf-8").replace("\f", "\n").split("\n") if line.strip()]
    assert len(made.lines) == len(typed), "every line that holds anything is in the sheet"
    removals = {f.line for f in reading.findings if f.kind in sheet.REMOVALS}
    lost = [
        (line.number, line.text)
        for line in made.lines
        if not line.became
        and not (line.is_removed and line.number in removals)
        and line.part in (Part.BODY, Part.CONTENTS)
        and line.words
        and not is_in_contents(line, reading.issue)
    ]
    assert lost == []


def is_in_contents(line, issue):
    """Whether a line of the contents list is its heading, or stands among the headlines of the page."""
    if line.part is not Part.CONTENTS:
        return False
    titles = [a.contents_title or "" for a in issue.articles] + list(issue.contents_without_article)
    listed = "".join(han.comparable(title) for title in titles)
    words = line.words.lstrip("0123456789").rstrip("0123456789")
    pieces = [words[i : i + 4] for i in range(len(words) - 3)]
    return len(words) <= 6 or sum(piece in listed for piece in pieces) * 2 >= len(pieces)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_every_block_of_the_page_comes_from_a_line(source):
    reading = importer.read(source, WORDS)
    became = {key for line in sheet.of_reading(reading).lines for key in line.became}
    assert {block.key for block in alignment.blocks_of(reading.issue)} == became


def test_the_real_issue():
    made = {line.number: line for line in sheet.of_reading(importer.read(REAL_ISSUE, WORDS)).lines}
    parts = {number: line.part for number, line in made.items() if line.part is not Part.BODY}
    assert [n for n, part in parts.items() if part is Part.MASTHEAD] == [3, 5, 7, 9]
    assert [n for n, part in parts.items() if part is Part.CONTENTS] == [
        11,
        13,
        14,
        15,
        16,
        18,
        20,
        21,
        22,
        23,
    ]
    assert [n for n, part in parts.items() if part is Part.COLUMN] == [77]
    assert [n for n, part in parts.items() if part is Part.DISTRIBUTION] == [89]
    assert made[25].became == made[27].became == ("a01",)
    assert made[33].became == made[35].became == ("a01.3",), "cut by a page break"
    assert made[37].became == ("a01.4",), "and became 和"
    assert made[79].became == ("a05", "a05.1"), "a brief with its title in its paragraph"
    assert made[81].became == ("a06", "a06.1")
    assert made[83].became == ("a06.1",)


# What editors and repairs do


def test_a_line_that_is_nowhere_has_no_place():
    issue = issue_of(article("a01", "清河行动", SPRING, AUTUMN))
    assert aligned(lines_of("清河行动", SPRING, SUMMER, AUTUMN), issue) == {
        1: "a01",
        2: "a01.1",
        3: "",
        4: "a01.2",
    }


def test_a_line_that_stands_twice_cannot_hide_behind_the_one_that_was_kept():
    issue = issue_of(article("a01", "清河行动", SPRING))
    found = aligned(lines_of("清河行动", SPRING, SPRING), issue)
    assert sorted(found.values()) == ["", "a01", "a01.1"]


def test_text_that_repeats_is_told_apart_by_its_order():
    issue = issue_of(article("a01", "甲地清河行动", SPRING), article("a02", "乙地清河行动", SPRING))
    found = aligned(lines_of("甲地清河行动", SPRING, "乙地清河行动", SPRING), issue)
    assert found == {1: "a01", 2: "a01.1", 3: "a02", 4: "a02.1"}


@pytest.mark.parametrize(
    "edited",
    [
        SUMMER.replace("三万条", "三万二千条"),
        SUMMER.replace("逐段检查堤防", "对堤防逐段检查"),
        SUMMER.replace("入汛前，", ""),
        SUMMER + "同时落实抢险队员八百名，开展实战演练四次。",
    ],
    ids=["figure mended", "words turned round", "cut", "added to"],
)
def test_a_changed_paragraph_stays_beside_its_line(edited):
    issue = issue_of(article("a01", "清河行动", SPRING, edited, AUTUMN))
    found = aligned(lines_of("清河行动", SPRING, SUMMER, AUTUMN), issue)
    assert found == {1: "a01", 2: "a01.1", 3: "a01.2", 4: "a01.3"}


def test_the_half_of_a_cut_paragraph_does_not_take_the_other_halfs_words():
    head = "全县帮扶贫困家庭五百户，为贫困家庭发放补助，组织五个强村结对帮带贫困"
    tail = "村、五百名志愿者帮扶贫困家庭，助力全县打赢脱贫攻坚战。"
    edited = f"{head}{tail}".replace("五个强村", "五个富裕村").replace("志愿者", "各界人士")
    issue = issue_of(article("a01", "结对帮扶", SPRING, edited, AUTUMN))
    found = aligned(lines_of("结对帮扶", SPRING, head, tail, AUTUMN), issue)
    assert found == {1: "a01", 2: "a01.1", 3: "a01.2", 4: "a01.2", 5: "a01.3"}


def test_a_paragraph_written_anew_is_not_the_line_it_replaced():
    issue = issue_of(article("a01", "清河行动", SPRING, "本段另行改写，说的是别的事情。", AUTUMN))
    assert aligned(lines_of("清河行动", SPRING, SUMMER, AUTUMN), issue)[3] == ""


def test_an_article_moved_to_the_end_is_found_there():
    first, last = article("a01", "甲地清河行动", SPRING), article("a02", "乙地防汛检查", SUMMER)
    others = [
        article(f"a{n:02d}", f"第{n}篇关于巡河的文章", f"第{n}篇。{AUTUMN}", f"{AUTUMN}又及{n}。")
        for n in range(3, 7)
    ]
    texts = [text for each in (first, *others, last) for text in (each.title, *each.body)]
    found = aligned(lines_of(*texts), issue_of(last, *others, first))
    moved = {number: keys for number, keys in found.items() if keys.startswith("*")}
    assert moved == {1: "*a01", 2: "*a01.1", 15: "*a02", 16: "*a02.1"}
    assert "" not in found.values()


def test_tables_and_pictures_have_their_place():
    body = (
        SPRING,
        Table((("河段", "长度"), ("上段", "12公里"))),
        Figure("003/a01-1.png", "巡河现场"),
        Figure("003/a01-2.png"),
        AUTUMN,
    )
    lines = [
        *lines_of("清河行动", SPRING, "河段　长度\n上段　12公里"),
        SourceLine(4, "", has_picture=True),
        SourceLine(5, "巡河现场"),
        SourceLine(6, "", has_picture=True),
        SourceLine(7, AUTUMN),
    ]
    expected = {1: "a01", 2: "a01.1", 3: "a01.2", 4: "a01.3", 5: "a01.3", 6: "a01.4", 7: "a01.5"}
    assert aligned(lines, issue_of(article("a01", "清河行动", *body))) == expected


def test_a_removed_line_has_no_place_though_its_words_stand_on_the_page():
    lines = [
        SourceLine(1, "清河行动方案"),
        replace(SourceLine(2, "清河行动方案"), is_removed=True),
        SourceLine(3, SPRING),
    ]
    assert aligned(lines, issue_of(article("a01", "清河行动方案", SPRING))) == {1: "a01", 2: "", 3: "a01.1"}


# Side by side


def rows_of(lines, issue):
    blocks = alignment.blocks_of(issue)
    rows = alignment.rows(lines, alignment.places(lines, blocks), len(blocks))
    return [([lines[i].number for i in row.lines], [blocks[i].key for i in row.blocks]) for row in rows]


def test_a_kicker_that_follows_its_title_on_the_page_shares_its_row():
    kicker = "——全县河长制工作综述之一"
    issue = issue_of(article("a01", "清河行动见成效", kicker, SPRING))
    assert rows_of(lines_of(kicker, "清河行动见成效", SPRING), issue) == [
        ([1, 2], ["a01", "a01.1"]),
        ([3], ["a01.2"]),
    ]


def test_a_paragraph_that_an_editor_added_stands_alone_at_its_place():
    issue = issue_of(article("a01", "清河行动", SPRING, "编者补记：以上数字截至四月底。", AUTUMN))
    rows = rows_of(lines_of("清河行动", SPRING, AUTUMN), issue)
    assert rows == [([1], ["a01"]), ([2], ["a01.1"]), ([], ["a01.2"]), ([3], ["a01.3"])]


TEXTS = st.lists(st.text("甲乙丙丁", min_size=1, max_size=8), min_size=1, max_size=12)


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS)
def test_every_line_and_block_is_in_one_row_and_in_order(source, body):
    lines = lines_of(*source)
    blocks = alignment.blocks_of(issue_of(article("a01", *body)))
    found = alignment.places(lines, blocks)
    rows = alignment.rows(lines, found, len(blocks))
    assert [i for row in rows for i in row.lines] == list(range(len(lines)))
    assert [i for row in rows for i in row.blocks] == list(range(len(blocks)))
    for row in rows:
        for i in row.lines:
            assert found[i].is_moved or set(found[i].blocks) <= set(row.blocks)
