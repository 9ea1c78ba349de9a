"""Issues that tell little, and issues whose words try to be something else."""

import datetime
import hashlib
from dataclasses import replace

from jianbao.issue import Article, Correction, Delivery, Figure, Issue, Kind, Original, Recipient, Table
from jianbao.shelf import Entry, Shelf
from jianbao.site import dataset, years
from jianbao.site.site import Site

HOSTILE = "</script><!--<script>&amp;\"'\u2028\x0b]]>=cmd|' /C calc'!A0,{\\"


def entry(issue):
    return Entry(issue, f"issues/{issue.year}/{issue.slug}.md", f"issues/{issue.year}/{issue.slug}.html")


def site(*issues, url=None, name="河工简报", **fields):
    return Site(name, Shelf.of(map(entry, issues)), url=url, **fields)


FULL = Issue(
    "河工简报",
    2018,
    (5, 6),
    cumulative=41,
    date=datetime.date(2018, 6, 9),
    issuer="清河县河工局",
    distribution=(Recipient("县委办", Delivery.REPORT), Recipient("各堤段", Delivery.ISSUE)),
    articles=(
        Article(
            "a01",
            Kind.FEATURE,
            "汛前检查全面完成",
            subtitle="二十八段堤防逐段过堂",
            contents_title="汛前检查全面完成",
            work_groups=("城关工作组",),
            places=("清河县",),
            themes=("防汛",),
            body=(
                "六月以来，各组逐段检查堤防。",
                Table((("堤段", "长度"), ("城关段", "12公里"))),
                Figure("005-006/a01-1.png", "检查现场"),
                Figure("005-006/a01-2.png"),
            ),
        ),
        Article("a02", Kind.BRIEF, "物资入库", body=("编织袋三万条入库。",)),
    ),
    contents_without_article=("未见正文的一条",),
    original=Original("第5、6期.DOCX", "0" * 64),
    colophon=("共印80份",),
)
BARE = Issue("河工简报", 2018, (1,), supplement=True)
ODD = Issue(
    HOSTILE,
    2019,
    (7,),
    date=datetime.date(2019, 3, 1),
    issuer=HOSTILE,
    articles=(
        Article("a01", Kind.FEATURE, HOSTILE, themes=(HOSTILE,), body=(HOSTILE,)),
        Article("a02", Kind.BRIEF, "=1+1", work_groups=("@组",), body=("-2度",)),
    ),
)
# The full issue after it was published: a sum in the brief and a name in the distribution list were wrong.
CORRECTED = replace(
    FULL,
    distribution=(FULL.distribution[0], Recipient("各堤段、各闸站", Delivery.ISSUE)),
    articles=(FULL.articles[0], replace(FULL.articles[1], body=("编织袋三万五千条入库。",))),
    corrections=(
        Correction(datetime.date(2018, 6, 20), "编织袋应为三万五千条。", ("a02",)),
        Correction(datetime.date(2018, 7, 2), "分送单位漏了各闸站。"),
    ),
)


def data(site):
    """Every file of the data of ``site``, whose issues have their text: path → content."""
    made = []
    for year in reversed(years.of(site.shelf)):
        made += [
            *dataset.files_of_year(site, year.number, year.entries),
            *map(dataset.text_file, year.entries),
        ]
    files = {path: "".join(pieces) for path, pieces in (*made, *dataset.files(site))}
    sums = [(path, hashlib.sha256(text.encode()).hexdigest()) for path, text in files.items()]
    return {**files, **dict([dataset.checksums(sums)])}
