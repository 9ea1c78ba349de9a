"""The data for others: held to their schema, whole, safe in a spreadsheet, and with checksums that hold."""

import csv
import hashlib
import io
import json
from dataclasses import replace

import jsonschema
import pytest

import river_bulletin
from archives import REAL_ISSUE
from jianbao import importer, vocabulary
from jianbao.site import dataset, plain_text
from river_bulletin import BARE, CORRECTED, FULL, HOSTILE, ODD, entry, site

ALL = site(FULL, BARE, ODD, url="https://example.invalid/jb/")


@pytest.fixture(scope="module")
def data():
    return river_bulletin.data(ALL)


@pytest.mark.parametrize(
    "archive", [ALL, site(FULL), site(CORRECTED), site()], ids=["all", "no address", "corrected", "empty"]
)
def test_the_data_keep_their_schema(archive):
    data = river_bulletin.data(archive)
    schema = json.loads(data["data/schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    index = json.loads(data["data/index.json"])
    part(schema, "index").validate(index)
    for year in index["years"]:
        jsonschema.Draft202012Validator(schema).validate(json.loads(data[year["issues"]]))
        for each in data[year["articles"]].split("\n")[:-1]:
            part(schema, "line").validate(json.loads(each))
        assert year["table"] in data


def part(schema, name):
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


def test_the_schema_refuses_what_is_no_data(data):
    validator = jsonschema.Draft202012Validator(json.loads(dataset.schema()))
    whole = json.loads(data["data/issues/2018.json"])
    for spoil in (
        {"date": "昨天"},
        {"numbers": []},
        {"issuer": None},
        {"extra": 1},
        {"articles": [{}]},
        {"corrections": []},
    ):
        issue = {**whole["issues"][0], **spoil}
        assert not validator.is_valid({**whole, "issues": [issue]}), spoil


def test_an_issue_with_all_it_has(data):
    _, whole = sorted(
        json.loads(data["data/issues/2018.json"])["issues"], key=lambda issue: issue["numbers"][0]
    )
    assert whole == {
        "id": "2018/005-006",
        "title": "河工简报",
        "label": "2018年第5、6期合刊",
        "year": 2018,
        "numbers": [5, 6],
        "supplement": False,
        "cumulative": 41,
        "date": "2018-06-09",
        "issuer": "清河县河工局",
        "address": "issues/2018/005-006.html",
        "original": {"name": "第5、6期.DOCX", "sha256": "0" * 64, "address": "originals/2018/005-006.docx"},
        "contents_without_article": ["未见正文的一条"],
        "distribution": [{"name": "县委办", "delivery": "报"}, {"name": "各堤段", "delivery": "发"}],
        "colophon": ["共印80份"],
        "articles": [
            {
                "id": "a01",
                "kind": "feature",
                "title": "汛前检查全面完成",
                "subtitle": "二十八段堤防逐段过堂",
                "contents_title": "汛前检查全面完成",
                "address": "issues/2018/005-006.html#a01",
                "work_groups": ["城关工作组"],
                "themes": ["防汛"],
                "places": ["清河县"],
                "body": [
                    {"text": "六月以来，各组逐段检查堤防。"},
                    {"table": [["堤段", "长度"], ["城关段", "12公里"]]},
                    {"figure": "issues/2018/005-006/a01-1.png", "caption": "检查现场"},
                    {"figure": "issues/2018/005-006/a01-2.png"},
                ],
            },
            {
                "id": "a02",
                "kind": "brief",
                "title": "物资入库",
                "address": "issues/2018/005-006.html#a02",
                "body": [{"text": "编织袋三万条入库。"}],
            },
        ],
    }


def test_what_an_issue_does_not_tell_is_left_out(data):
    bare = next(each for each in json.loads(data["data/issues/2018.json"])["issues"] if each["supplement"])
    assert set(bare) == {"id", "title", "label", "year", "numbers", "supplement", "address", "articles"}


def test_each_line_is_an_article(data):
    # Split as programs do: U+2028 within a text ends no line.
    texts = [data[f"data/articles/{year}.jsonl"] for year in (2018, 2019)]
    lines = [json.loads(line) for text in texts for line in text.split("\n") if line]
    assert [(line["issue"]["id"], line["article"]["id"]) for line in lines] == [
        *(("2018/005-006", "a01"), ("2018/005-006", "a02"), ("2019/007", "a01"), ("2019/007", "a02"))
    ]
    assert lines[2]["article"]["title"] == HOSTILE


def test_the_table_is_safe_in_a_spreadsheet(data):
    texts = [data[f"data/articles/{year}.csv"] for year in (2018, 2019)]
    assert all(text.startswith("\ufeff期,日期,标题,") for text in texts)
    rows = [
        row for text in texts for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    ]
    assert len(rows) == 4
    assert (rows[3]["标题"], rows[3]["工作组"], rows[3]["正文"]) == ("'=1+1", "'@组", "'-2度")
    assert rows[0]["标题"] == "汛前检查全面完成——二十八段堤防逐段过堂"
    assert rows[0]["正文"] == "六月以来，各组逐段检查堤防。\n堤段　长度\n城关段　12公里\n检查现场"


def test_checksums_of_every_file_the_texts_from_the_oldest_issue_on(data):
    lines = [line.split("  ") for line in data["data/SHA256SUMS"].splitlines()]
    assert {path: sum for sum, path in lines} == {
        path.removeprefix("data/"): hashlib.sha256(text.encode()).hexdigest()
        for path, text in data.items()
        if path != "data/SHA256SUMS"
    }
    assert [path for _, path in lines if path.startswith("text/")] == [
        "text/2018/s01.txt", "text/2018/005-006.txt", "text/2019/007.txt"
    ]  # fmt: skip


def test_every_field_and_column_is_documented():
    whole = json.loads(dataset.schema())
    for part in (whole, *(whole["$defs"][name] for name in ("issue", "article", "line", "index", "year"))):
        for name, field in part["properties"].items():
            assert field["description"], name
    (page,) = dataset.pages(ALL)
    named = {
        field.name for file in page.context["data_files"] for _, fields in file.parts for field in fields
    }
    assert {"subtitle", "colophon", "article", "正文"} <= named


@pytest.mark.parametrize(("issues", "author"), [((FULL, FULL), "清河县河工局"), ((FULL, ODD), None)])
def test_the_archive_is_cited_by_its_only_issuer(issues, author):
    (page,) = dataset.pages(site(*issues))
    assert page.context["data_author"] == author


def test_corrections_stand_at_the_issue_and_at_the_article():
    data = river_bulletin.data(site(CORRECTED))
    (issue,) = json.loads(data["data/issues/2018.json"])["issues"]
    of_article = {"date": "2018-06-20", "text": "编织袋应为三万五千条。", "articles": ["a02"]}
    assert issue["corrections"] == [of_article, {"date": "2018-07-02", "text": "分送单位漏了各闸站。"}]
    first, second = issue["articles"]
    assert "corrections" not in first
    assert second["corrections"] == [of_article]
    rows = list(
        csv.DictReader(io.StringIO(data["data/articles/2018.csv"].removeprefix("\ufeff"), newline=""))
    )
    assert [row["更正"] for row in rows] == ["", "2018-06-20　编织袋应为三万五千条。"]
    assert data["data/text/2018/005-006.txt"].split("\n\n")[:3] == [
        "【更正】2018年6月20日，“物资入库”：编织袋应为三万五千条。",
        "【更正】2018年7月2日，本期：分送单位漏了各闸站。",
        "河工简报",
    ]


def test_plain_text_reads_in_the_order_of_print():
    assert "".join(plain_text.lines(FULL)).split("\n\n") == [
        "河工简报",
        "2018年第5、6期合刊（总第41期）",
        "清河县河工局",
        "2018年6月9日",
        "【本期要目】",
        "★ 汛前检查全面完成",
        "★ 未见正文的一条",
        "【本期动态】",
        "☆ 物资入库",
        "汛前检查全面完成",
        "——二十八段堤防逐段过堂",
        "六月以来，各组逐段检查堤防。",
        "堤段　长度",
        "城关段　12公里",
        "检查现场",
        "【本期动态】",
        "物资入库",
        "编织袋三万条入库。",
        "报：县委办。",
        "发：各堤段。",
        "共印80份",
        "",
    ]


@pytest.mark.parametrize("corrections", [(), CORRECTED.corrections])
def test_plain_text_is_read_again(tmp_path, corrections):
    issue = importer.read(REAL_ISSUE, vocabulary.Vocabulary()).issue
    issue = replace(issue, corrections=corrections)
    again = tmp_path / "020.txt"
    again.write_text("".join(plain_text.lines(issue)), "utf-8")
    read = importer.read(again, vocabulary.Vocabulary()).issue
    assert [article.paragraphs for article in read.articles] == [
        article.paragraphs for article in issue.articles
    ]
    assert (read.date, read.issuer, read.distribution) == (issue.date, issue.issuer, issue.distribution)
    assert entry(read).url == entry(issue).url


def test_plain_text_keeps_briefs_that_are_printed_first():
    feature, brief = FULL.articles
    text = "".join(plain_text.lines(replace(FULL, articles=(replace(brief, id="a00"), feature))))
    assert text.index("编织袋三万条入库。") < text.index("六月以来")


def test_the_licence_is_the_archives_own():
    own = replace(site(FULL), licence="清河县河工局，可以自由转载")
    (page,) = dataset.pages(own)
    assert (
        json.loads(river_bulletin.data(own)["data/issues/2018.json"])["licence"]
        == page.context["data_licence"]
        == own.licence
    )
