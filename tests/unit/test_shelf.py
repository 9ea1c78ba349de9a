"""The order of the issues, and the address of an article."""

import datetime

from jianbao.issue import Article, Issue, Kind
from jianbao.shelf import Entry, Shelf


def entry(year, *numbers, month=1, supplement=False):
    date = datetime.date(year, month, 1)
    issue = Issue("简报", year, numbers, date=date, supplement=supplement)
    return Entry(issue, f"issues/{year}/{issue.slug}.md", f"issues/{year}/{issue.slug}.html")


def test_newest_first_with_merged_issues_and_supplements_in_place():
    shelf = Shelf.of(
        [
            entry(2018, 5, 6, month=6),
            entry(2017, 20, month=8),
            entry(2018, 1, month=7, supplement=True),
            entry(2018, 4, month=5),
        ]
    )
    assert [e.issue.label for e in shelf.entries] == [
        "2018年增刊第1期",
        "2018年第5、6期合刊",
        "2018年第4期",
        "2017年第20期",
    ]
    assert [e.issue.slug for e in shelf.entries] == ["s01", "005-006", "004", "020"]
    before, after = shelf.neighbours(shelf.entries[1])
    assert (before.issue.label, after.issue.label) == ("2018年第4期", "2018年增刊第1期")
    assert shelf.neighbours(shelf.newest) == (shelf.entries[1], None)


def test_an_articles_address_is_its_pages_and_its_id():
    article = Article("a03", Kind.BRIEF, "标题")
    assert entry(2017, 20).address(article) == "issues/2017/020.html#a03"
