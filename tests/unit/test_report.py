"""What ``read`` prints for people: many findings of one kind are one row, with all their lines."""

from jianbao import report
from jianbao.importer import Reading
from jianbao.issue import Article, Finding, Issue, Kind
from jianbao.recognise import Regions
from jianbao.sources import Source

ISSUE = Issue(
    "河长制简报", 2019, (3,), articles=(Article("a01", Kind.FEATURE, "清河行动", body=("正文。",)),)
)


def printed(*findings):
    return report.as_text(
        Reading(ISSUE, (), findings, Source("简报.txt", "", ()), {}, Regions())
    ).splitlines()


def test_many_findings_of_one_kind_are_one_row_with_their_lines():
    marks = [Finding("page_mark_removed", line, f"删去页码“{line}”") for line in (12, 30, 31, 32, 47)]
    assert printed(*marks)[-2:] == [
        "已作的修补（5 处）",
        "  第12、30—32、47行　5 处，如：删去页码“12”　[page_mark_removed]",
    ]


def test_few_findings_are_told_one_by_one():
    doubts = [Finding("contents_missing", None, "没有要目"), Finding("personal_data", 9, "有手机号")]
    assert printed(*doubts)[-3:] == [
        "请核对（2 处）",
        "  全文　没有要目　[contents_missing]",
        "  第9行　有手机号　[personal_data]",
    ]
