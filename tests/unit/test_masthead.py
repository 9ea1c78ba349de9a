"""The masthead in the orders and spacings in which bulletins print it."""

import datetime

import pytest

from jianbao.errors import SourceError
from jianbao.recognise import Layout, masthead
from jianbao.sources import Line

SPRING = datetime.date(2018, 3, 5)


def find(text):
    lines = [Line(number, line) for number, line in enumerate(text.strip().splitlines(), 1) if line.strip()]
    return masthead.find(lines, Layout())


@pytest.mark.parametrize(
    ("printed", "year", "numbers", "cumulative", "date"),
    [
        ("援疆工作简报\n2018年第7期（总第97期）\n前方指挥部\n2018年3月5日", 2018, (7,), 97, SPRING),
        ("援疆工作简报\n第 7 期 (总第 97 期)\n前方指挥部　　2018年3月5日", 2018, (7,), 97, SPRING),
        ("援 疆 工 作 简 报\n第七期\n前方指挥部　　二〇一八年三月五日", 2018, (7,), None, SPRING),
        ("援疆工作简报\n［２０１８］第７期\n前方指挥部  ２０１８年３月５日", 2018, (7,), None, SPRING),
        ("援疆工作简报 第7期\n前方指挥部编 2018-03-05", 2018, (7,), None, SPRING),
        ("内部资料　注意保存\n援疆工作简报\n〔2018〕第7期\n前方指挥部\n2018.3.5", 2018, (7,), None, SPRING),
        ("援疆工作简报\n前方指挥部　2018年3月5日\n2018年第5、6期合刊", 2018, (5, 6), None, SPRING),
        ("援疆工作简报\n2018年第5-7期（合刊）\n前方指挥部\n2018年3月5日", 2018, (5, 6, 7), None, SPRING),
        ("援疆工作简报\n2018年第5期、第6期合刊\n前方指挥部\n2018年3月5日", 2018, (5, 6), None, SPRING),
        ("援疆工作简报\n2018年第\n7\n期\n前方指挥部\n2018年3月5日", 2018, (7,), None, SPRING),
        ("援疆工作简报\n2018年第一百零三期\n前方指挥部\n2018年3月5日", 2018, (103,), None, SPRING),
    ],
)
def test_masthead(printed, year, numbers, cumulative, date):
    found = find(printed)
    assert found.title == "援疆工作简报"
    assert (found.year, found.numbers, found.cumulative, found.date) == (year, numbers, cumulative, date)
    assert found.issuer == "前方指挥部"
    assert not found.supplement
    assert found.findings == ()


@pytest.mark.parametrize(
    "number", ["2018年增刊第1期", "2018年第1期（增刊）", "增刊（一）", "（2018年增刊1）"]
)
def test_a_supplement_is_numbered_by_itself(number):
    found = find(f"援疆工作简报\n{number}\n前方指挥部\n2018年3月5日")
    assert found.supplement
    assert found.numbers == (1,)


@pytest.mark.parametrize(
    "date",
    [
        "二〇一八年三月五日",
        "二○一八年三月五日",
        "二零一八年三月五日",
        "二O一八年三月五日",
        "二0一八年三月五日",
        "２０１８．３．５",
    ],
)
def test_dates_in_all_typings(date):
    assert find(f"援疆工作简报\n第7期\n前方指挥部　　{date}").date == SPRING


def test_what_nothing_tells_but_its_place():
    found = find("情况汇编\n第7期\n某市督查科\n2018年3月5日\n本期要目\n甲县复工")
    assert (found.title, found.issuer, found.length) == ("情况汇编", "某市督查科", 4)


def test_the_date_may_stand_on_the_last_page():
    found = find(
        "督查专报\n第7期\n某市办公室\n全市复工情况\n截至目前，全市企业已经全部复工，生产恢复正常。\n某市办公室　2018年3月5日印发"
    )
    assert (found.date, found.year) == (SPRING, 2018)


def test_other_words_of_the_masthead_are_kept():
    found = find("内部资料　注意保存\n援疆工作简报\n第7期\n前方指挥部　2018年3月5日　签发人：某某")
    assert found.notes == ("内部资料", "注意保存", "签发人：某某")


def test_a_masthead_printed_twice_is_read_once():
    found = find("援疆工作简报\n2017年第20期\n\n援疆工作简报\n2017年第20期\n前方指挥部\n2017年8月7日")
    assert found.length == 6
    assert found.findings == ()


@pytest.mark.parametrize(
    ("printed", "kinds"),
    [
        ("援疆工作简报\n2018年第7期\n前方指挥部\n2018年2月30日", ["bad_date"]),
        ("援疆工作简报\n2018年第7期\n前方指挥部", ["date_missing"]),
        ("援疆工作简报\n2018年第7期\n2018年3月5日", ["issuer_missing"]),
        ("援疆工作简报\n2018年第7期\n前方指挥部\n2019年3月5日", ["year_mismatch"]),
        ("援疆工作简报\n2018年第7期\n第8期\n前方指挥部\n2018年3月5日", ["masthead_conflict"]),
    ],
)
def test_what_is_doubtful_is_reported(printed, kinds):
    assert [finding.kind for finding in find(printed).findings] == kinds


def test_an_impossible_date_is_never_made_into_another():
    assert find("援疆工作简报\n2018年第7期\n前方指挥部\n2018年2月30日").date is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("采购合同\n甲方\n乙方", "没有找到报头的期号"),
        ("2018年第7期\n前方指挥部", "没有找到刊名"),
        ("援疆工作简报\n第7期\n前方指挥部", "没有找到年份"),
        ("援疆工作简报\n第7期\n前方指挥部\n2018年2月30日", "第4行：日期“2018年2月30日”不存在"),
    ],
)
def test_what_has_no_masthead_is_no_bulletin(text, message):
    with pytest.raises(SourceError, match=message):
        find(text)


@pytest.mark.parametrize(("note", "kinds"), [("机密★1年", ["classified"]), ("内部资料 注意保存", [])])
def test_a_classified_issue_is_pointed_out(note, kinds):
    found = find(f"{note}\n援疆工作简报\n2018年第7期\n前方指挥部\n2018年3月5日")
    assert [finding.kind for finding in found.findings] == kinds
