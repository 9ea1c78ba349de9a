"""An issue as JSON-LD: its structure, its addresses, and that it stays inside its script element."""

import json

from jianbao.site import linked_data
from river_bulletin import BARE, CORRECTED, FULL, HOSTILE, ODD, entry

URL = "https://example.invalid/jb/"
ISSUER = {"@type": "Organization", "name": "清河县河工局"}


def test_an_issue_in_its_periodical():
    data = linked_data.of(entry(FULL), URL)
    articles = data.pop("hasPart")
    address = URL + "issues/2018/005-006.html"
    assert data == {
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "@id": address,
        "url": address,
        "name": "河工简报 2018年第5、6期合刊（总第41期）",
        "issueNumber": "5/6",
        "datePublished": "2018-06-09",
        "publisher": ISSUER,
        "inLanguage": "zh-CN",
        "isPartOf": {"@type": "Periodical", "name": "河工简报", "publisher": ISSUER},
    }
    assert articles[0] == {
        "@type": "Article",
        "@id": f"{address}#a01",
        "url": f"{address}#a01",
        "headline": "汛前检查全面完成——二十八段堤防逐段过堂",
        "alternativeHeadline": "汛前检查全面完成",
        "articleSection": "要目",
        "keywords": ("城关工作组", "防汛", "清河县"),
        "author": ISSUER,
        "datePublished": "2018-06-09",
        "inLanguage": "zh-CN",
        "isPartOf": {"@id": address},
    }
    assert articles[1]["articleSection"] == "动态"
    assert "keywords" not in articles[1]


def test_what_the_issue_does_not_tell_is_left_out():
    assert set(linked_data.of(entry(BARE))) == {
        *("@context", "@type", "@id", "url", "name", "issueNumber", "inLanguage", "isPartOf")
    }


def test_without_the_sites_address_it_is_relative_to_the_page():
    data = linked_data.of(entry(FULL))
    assert (data["@id"], data["hasPart"][1]["url"]) == ("005-006.html", "005-006.html#a02")


def test_no_title_leaves_the_script_element():
    text = linked_data.script(entry(ODD))
    assert not set("<>\u2028") & set(text)
    assert json.loads(text)["hasPart"][0]["headline"] == HOSTILE


def test_a_correction_is_a_comment_of_the_issue_and_of_the_article():
    data = linked_data.of(entry(CORRECTED), URL)
    of_article = {
        "@type": "CorrectionComment",
        "datePublished": "2018-06-20",
        "text": "编织袋应为三万五千条。",
    }
    of_issue = {
        "@type": "CorrectionComment",
        "datePublished": "2018-07-02",
        "text": "分送单位漏了各闸站。",
    }
    assert (data["correction"], data["dateModified"]) == ([of_article, of_issue], "2018-07-02")
    first, second = data["hasPart"]
    assert {"correction", "dateModified"}.isdisjoint(first)
    assert (second["correction"], second["dateModified"]) == ([of_article], "2018-06-20")
