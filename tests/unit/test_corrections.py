"""The page of all corrections: the newest first, by year, cut where there are many."""

import datetime
from dataclasses import replace

from jianbao.issue import Correction
from jianbao.site import corrections
from river_bulletin import CORRECTED, FULL, site


def on(day, text="改了一处。", articles=()):
    return Correction(datetime.date.fromisoformat(day), text, articles)


def issue(number, *notes):
    return replace(FULL, numbers=(number,), corrections=notes)


def test_the_newest_first_and_by_year():
    archive = site(issue(1, on("2019-01-02"), on("2018-07-01")), issue(2, on("2018-12-31")), FULL)
    (page,) = corrections.pages(archive)
    assert page.path == "corrections"
    years = {
        year: [(each.correction.date.isoformat(), each.entry.issue.slug) for each in members]
        for year, members in page.context["years"].items()
    }
    assert years == {2019: [("2019-01-02", "001")], 2018: [("2018-12-31", "002"), ("2018-07-01", "001")]}


def test_with_the_articles_that_each_concerns():
    whole, of_article = corrections.of(site(CORRECTED).shelf)
    assert whole.articles == ()
    assert [article.title for article in of_article.articles] == ["物资入库"]


def test_the_page_is_there_before_anything_was_corrected():
    (page,) = corrections.pages(site(FULL))
    assert page.context["corrections"] == ()


def test_many_are_cut_by_year(monkeypatch):
    monkeypatch.setattr(corrections, "MOST_ON_A_PAGE", 3)
    monkeypatch.setattr(corrections, "NEWEST", 2)
    archive = site(*(issue(number, on(f"20{18 + number % 2}-01-{number:02d}")) for number in range(1, 6)))
    first, *years = corrections.pages(archive)
    assert first.context["is_long"]
    assert [each.entry.issue.slug for each in first.context["newest"]] == ["005", "003"]
    assert [(page.path, len(page.context["corrections"])) for page in years] == [
        ("corrections-2019", 3),
        ("corrections-2018", 2),
    ]
