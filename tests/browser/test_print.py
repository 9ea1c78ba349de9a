"""An issue on paper: GB/T 9704's A4 page, 22 lines of 28 characters, page numbers, the 版记 at the end."""

import re
import statistics

import pypdfium2
import pytest

from archives import REAL_ISSUE, import_into, new_archive
from jianbao import print_pdf

# Points of PDF in a millimetre.
MM = 72 / 25.4


@pytest.fixture(scope="module")
def pdf(tmp_path_factory):
    target = new_archive(tmp_path_factory.mktemp("print") / "简报 档案")
    import_into(target, REAL_ISSUE)
    path = print_pdf.make(target, "2017年第20期", target.root / "第20期.pdf")
    assert not target.site.exists(), "the archive's site is left alone"
    return pypdfium2.PdfDocument(path)


NUMBER = re.compile(r"— (\d+) —")


def lines(page):
    return page.get_textpage().get_text_range().replace("\r\n", "\n").split("\n")


def boxes(page):
    """(left, bottom, right, top) of each piece of a line in the type area, and below it."""
    text = page.get_textpage()
    found = [text.get_rect(position) for position in range(text.count_rects())]
    return [box for box in found if box[1] > 35 * MM], [box for box in found if box[1] <= 35 * MM]


def test_a4_with_22_lines_of_28_characters(pdf):
    assert [round(side / MM) for side in pdf[2].get_size()] == [210, 297]
    body = [line for line in lines(pdf[2]) if not NUMBER.fullmatch(line)]
    assert len(body) == 22
    assert statistics.mode(map(len, body)) == 28
    area, _ = boxes(pdf[2])
    left, right = min(box[0] for box in area), max(box[2] for box in area)
    assert left / MM == pytest.approx(28, abs=1)
    assert right / MM == pytest.approx(210 - 26, abs=1.5)


def test_page_numbers_odd_right_and_even_left(pdf):
    for number, page in enumerate(pdf, start=1):
        assert [match[1] for line in lines(page) if (match := NUMBER.fullmatch(line))] == [str(number)]
        _, below = boxes(page)
        assert all((box[0] > 105 * MM) == (number % 2 == 1) for box in below)


def test_what_is_printed_and_what_is_not(pdf):
    printed = "\n".join(line for page in pdf for line in lines(page) if not NUMBER.fullmatch(line))
    text = re.sub(r"\s+", "", printed)
    assert text.startswith(
        "援疆工作简报2017年第20期（总第20期）江苏省对口支援新疆伊犁州前方指挥部2017年8月7日本期要目"
    )
    assert text.endswith("后方单位有关领导同志。江苏省对口支援新疆伊犁州前方指挥部2017年8月7日印发")
    for screen_only in ("检索", "本文链接", "相关文章", "SHA-256", "jianbao"):
        assert screen_only not in text
