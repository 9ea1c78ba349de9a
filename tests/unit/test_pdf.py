"""PDF pages: characters by their places → rows, columns, paragraphs; and what a file may cost."""

import zlib

import pytest

from archives import ROOT
from jianbao.errors import SourceError
from jianbao.sources import pdf, pdf_limits
from jianbao.sources.pdf_paragraphs import frame_of, paragraphs
from jianbao.sources.pdf_rows import Glyph, columns, without_vertical, without_watermarks

SIZE = 16.0
TEXT = (
    "近日，东河镇组织党员志愿者清理河道，打捞漂浮物三十吨，群众反映良好。下一步，将建立长效机制，落实责任。"
)


def typeset(text, x, y, size=SIZE, font="Song", gap=0.0):
    """The glyphs of one row: Han characters one em wide, others half."""
    glyphs = []
    for char in text:
        width = size / 2 if char.isascii() else size
        glyphs.append(Glyph(char, x, x + width, y, size, font))
        x += width + gap
    return glyphs


def page(*rows):
    """Rows of text from the top down, each a text with the ems by which it is indented."""
    return [
        glyph for i, (text, em) in enumerate(rows) for glyph in typeset(text, 80 + em * SIZE, 100 + 28 * i)
    ]


def texts(glyphs):
    return [row.text for column in columns(glyphs) for row in column.rows]


def joined(glyphs):
    rows = [row for column in columns(glyphs) for row in column.rows]
    return [paragraph.text for paragraph in paragraphs(rows, frame_of(rows, SIZE), SIZE)]


@pytest.mark.parametrize(
    ("glyphs", "expected"),
    [
        (typeset("河长办", 80, 100) + typeset("2019年4月1日", 400, 100), ["河长办　　2019年4月1日"]),
        (typeset("工作简报", 80, 100, gap=2 * SIZE), ["工作简报"]),
        (typeset("工 作 简 报 摘 要", 80, 100), ["工作简报摘要"]),
        (typeset("张 三和李 四到了", 80, 100), ["张 三和李 四到了"]),
        (typeset("面积12m", 80, 100) + typeset("2", 136, 94, 9), ["面积12m²"]),
        (typeset("增长", 80, 100) + typeset("增长", 80.5, 100), ["增长"]),
        (typeset("Wi", 80, 100) + typeset("Fi", 102, 100), ["Wi Fi"]),
    ],
    ids=["far parts", "letterspaced", "spaces", "names", "exponent", "printed twice", "latin"],
)
def test_a_row_of_text(glyphs, expected):
    assert texts(glyphs) == expected


def test_columns_are_read_one_after_the_other():
    left = [f"左栏第{n}行的文字写满了这一行" for n in "一二三四五六"]
    right = [f"右栏第{n}行的文字写满了这一行" for n in "一二三四五六"]
    glyphs = typeset("这一行是横跨两栏的标题它比一栏要宽得多", 120, 72)
    for index, (one, other) in enumerate(zip(left, right, strict=True)):
        glyphs += typeset(one, 80, 100 + 28 * index) + typeset(other, 80 + 16 * SIZE, 100 + 28 * index)
    assert texts(glyphs)[1:] == left + right


def test_a_table_without_lines_is_no_columns():
    rows = [("甲村", "三十户"), ("乙村镇", "五户"), ("丙村", "二十六户"), ("丁", "七户"), ("戊村", "九户")]
    glyphs = [
        glyph
        for index, (one, other) in enumerate(rows)
        for glyph in typeset(one, 80, 100 + 28 * index) + typeset(other, 300, 100 + 28 * index)
    ]
    assert texts(glyphs)[0] == "甲村　　三十户"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(TEXT[:18], 2), (TEXT[18:38], 0), (TEXT[38:], 0), (TEXT[:18], 2), (TEXT[18:38], 0)], [3, 2]),
        ([(TEXT[:20], 0), (TEXT[20:33], 0), (TEXT[:20], 0), (TEXT[20:40], 0)], [2, 2]),
        ([("报：" + TEXT[3:21], 0), (TEXT[21:39], 2), ("送：" + TEXT[3:21], 0), (TEXT[:20], 0)], [2, 2]),
        ([(TEXT[:20], 0), ("【工作动态】", 0), (TEXT[:20], 0), (TEXT[20:40], 0)], [1, 1, 2]),
        ([("清河镇开展巡河行动……………………3", 0), ("东河镇清淤工作进展顺利………………4", 0), (TEXT[:20], 0), (TEXT[20:40], 0)], [1, 1, 2]),
    ],
    ids=["indented", "short last row", "hanging", "heading", "contents"],
)  # fmt: skip
def test_paragraphs(rows, expected):
    remaining = [text for text, _ in rows]
    for paragraph, count in zip(joined(page(*rows)), expected, strict=True):
        assert paragraph == "".join(remaining[:count])
        del remaining[:count]


def test_a_watermark_under_the_text_and_a_stamp_beside_it_are_told():
    text = page((TEXT[:20], 0), (TEXT[20:40], 0), (TEXT[:20], 0))
    watermark = typeset("内部", 90, 150, 60, "Hei")
    pages = [text + watermark, page(("结尾。", 0)) + watermark]
    assert without_watermarks(pages, SIZE) == [(text, "内部"), (page(("结尾。", 0)), "内部")]
    stamp = [glyph for i, char in enumerate("机密件") for glyph in typeset(char, 520, 120 + 17 * i)]
    assert without_vertical(text + stamp) == (text, "机密件")


HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
# A font that numbers its characters and does not say which they are.
NAMELESS = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/Song/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
)


def file(content, filters=b"/FlateDecode", font=HELVETICA):
    """A PDF of one page, which ``content`` draws, packed as it is given."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 "
        + font
        + b">>>>>>",
        b"<</Length %d/Filter %s>>stream\n%s\nendstream" % (len(content), filters, content),
    ]
    data, places = b"%PDF-1.5\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def test_a_file_that_only_the_owner_may_change_is_read():
    data = (ROOT / "tests" / "cases" / "sources" / "owner-locked.pdf").read_bytes()
    assert [line.text for line in pdf.lines(data).lines] == ["Only the owner may print this page."]


BOMB = zlib.compress(b" " * (pdf_limits.MOST_UNPACKED + 1), 9)
CURVES = zlib.compress(b"0 0 m 9 9 l S " * 200_000)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (file(BOMB), "展开后超过 80 MB"),
        (file(zlib.compress(BOMB), b"[/FlateDecode/FlateDecode]"), "展开后超过 80 MB"),
        (file(CURVES), "页面上的内容太多"),
        (file(zlib.compress(b"BT /F1 12 Tf (scan) Tj ET")), "没有文字"),
        (file(zlib.compress(b"BT /F1 12 Tf <%s> Tj ET" % (b"00070008" * 20)), font=NAMELESS), "没有文字编码"),
    ],
    ids=["bomb", "bomb in a bomb", "drawing", "few characters", "nameless characters"],
)
def test_what_is_no_bulletin_is_refused_before_it_costs_much(data, message):
    with pytest.raises(SourceError, match=message):
        pdf.lines(data)
