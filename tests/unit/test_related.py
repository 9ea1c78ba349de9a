"""Related articles: the same group, theme, place and rare words; never the article itself."""

import datetime

from bench import corpus
from jianbao.issue import Article, Issue, Kind
from jianbao.shelf import Entry, Shelf
from jianbao.site.related import MOST, Related, words_of


def entry(number, *articles):
    date = datetime.date(2017, 1, number)
    issue = Issue(title="援疆工作简报", year=2017, numbers=(number,), date=date, articles=articles)
    return Entry(issue, f"issues/2017/{number:03d}.md", f"issues/2017/{number:03d}.html")


def article(id, title, group=(), themes=(), text=""):
    return Article(id, Kind.FEATURE, title, work_groups=group, themes=themes, body=(text,) if text else ())


def related(shelf):
    articles = (article for entry in shelf.entries for article in entry.issue.articles)
    return Related.of(shelf, map(words_of, articles))


WUJIN = ("武进工作组",)
ENTRIES = (
    entry(1, article("a01", "武进工作组开展义诊", WUJIN, ("医疗卫生",)), article("a02", "机场合作签约")),
    entry(2, article("a01", "武进医生下乡巡诊", WUJIN, ("医疗卫生",), "推出“四措并举”。")),
    entry(3, article("a01", "伊宁县产业园开工", ("南通工作组",), ("产业发展",), "“四措并举”见效。")),
    entry(4, article("a01", "冬不拉进校园", ("扬州工作组",), ("教育",))),
)


def titles(number, id, entries=ENTRIES):
    shelf = Shelf.of(entries)
    of = related(shelf)
    issues = [entry.issue.numbers[0] for entry in shelf.entries for _ in entry.issue.articles]
    wanted = next(place for place, each in enumerate(of.articles) if (issues[place], each.id) == (number, id))
    return [of.articles[other].title for other in of.to(wanted)]


def test_the_same_group_and_theme():
    assert titles(1, "a01") == ["武进医生下乡巡诊"]


def test_nothing_in_common_is_no_relation():
    assert titles(4, "a01") == []
    assert titles(1, "a02") == []


def test_a_name_that_few_articles_have_is_a_relation():
    assert titles(3, "a01") == [], "two of five articles are not few"
    others = [entry(n, article("a01", chr(0x4E00 + n))) for n in range(5, 16)]
    assert titles(3, "a01", (*ENTRIES, *others)) == []
    many = [
        entry(n, *(article(f"a{i}", chr(0x4E00 + n) + chr(0x5E00 + i)) for i in range(9)))
        for n in range(5, 31)
    ]
    assert titles(3, "a01", (*ENTRIES, *many)) == ["武进医生下乡巡诊"]


def test_a_few_of_many_never_itself_and_the_same_each_time():
    shelf = Shelf.of(corpus.entries(20))
    one, other = related(shelf), related(Shelf.of(reversed(shelf.entries)))
    for number in range(len(one.articles)):
        found = one.to(number)
        assert found == other.to(number)
        assert number not in found
        assert len(set(found)) == len(found) <= MOST
    assert found, "in a corpus of one field there is something related"


def test_an_article_between_changes_nothing_for_those_that_have_nothing_in_common_with_it():
    shelf = Shelf.of(corpus.entries(20))
    day = datetime.date(2019, 6, 15)
    stranger = Issue("简报", 2019, (1,), supplement=True, date=day, articles=(article("a01", "甲"),))
    more = Shelf.of([*shelf.entries, Entry(stranger, "issues/2019/s01.md", "issues/2019/s01.html")])
    before, after = related(shelf), related(more)
    place = next(n for n, each in enumerate(after.articles) if each.title == "甲")
    assert 0 < place < len(after.articles) - 1
    for number in range(len(before.articles)):
        moved = [other + (other >= place) for other in before.to(number)]
        assert after.to(number + (number >= place)) == moved
