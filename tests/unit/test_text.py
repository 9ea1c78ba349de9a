"""Text and Markdown files: encodings, damaged bytes, line ends, and what converters write."""

import base64

import pytest

from jianbao import recognise, sources
from jianbao.errors import SourceError
from jianbao.issue import Figure, Table

ONE, TWO = "柳河镇开展秋粮抢收互助行动", "松山镇举办农机手技能比武"
FIRST = "近日，柳河镇组织党员突击队帮助困难农户抢收水稻，累计收割一千二百亩，得到群众称赞。"
SECOND = "下一步，柳河镇将统筹调度烘干设备，做好粮食入库工作，确保颗粒归仓、农民增收。"
THIRD = "日前，松山镇举办农机手技能比武，来自十二个村的六十名农机手参加，展现了良好的操作水平。"
TEXT = f"""秋收工作简报
2020年第6期（总第18期）
农业农村局办公室　　2020年10月12日
【本期要目】
★ {ONE}
★ {TWO}
{ONE}
{FIRST}
{SECOND}
{TWO}
{THIRD}
报：县委办公室，县政府办公室。
"""
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def read(tmp_path, data, name="简报.txt"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return sources.read(path)


def check(source, first=(FIRST, SECOND)):
    result = recognise.recognise(source)
    issue = result.issue
    assert (issue.title, issue.label, issue.cumulative) == ("秋收工作简报", "2020年第6期", 18)
    assert (issue.issuer, str(issue.date)) == ("农业农村局办公室", "2020-10-12")
    assert [(a.title, a.body) for a in issue.articles] == [(ONE, first), (TWO, (THIRD,))]
    assert [each.name for each in issue.distribution] == ["县委办公室", "县政府办公室"]
    return result


# Text


ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk",
)  # fmt: skip
LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", "\r\n\r\n")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", LINE_ENDS, ids=["lf", "crlf", "cr", "lf lf", "crlf crlf"])
def test_encodings_and_line_ends(tmp_path, encoding, end):
    source = read(tmp_path, TEXT.replace("\n", end).encode(encoding))
    result = check(source)
    assert (source.findings, result.findings) == ((), ())


def test_mixed_line_ends(tmp_path):
    lines = TEXT.splitlines()
    mixed = "".join(line + ("\n", "\r\n", "\r")[at % 3] for at, line in enumerate(lines))
    source = read(tmp_path, mixed)
    check(source)
    assert [line.number for line in source.lines if line.text] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\x0b"])
def test_other_ends_of_lines_end_lines_too(tmp_path, end):
    check(read(tmp_path, TEXT.replace("\n", end)))


def test_a_form_feed_begins_a_page(tmp_path):
    source = read(tmp_path, TEXT.replace(SECOND, "\f" + SECOND))
    check(source)
    assert [line.page for line in source.lines if line.text in (FIRST, SECOND)] == [1, 2]


def damaged(text, encoding, before):
    """``text`` in ``encoding`` with half a character put in before the first ``before``."""
    start, end = text.split(before, maxsplit=1)
    return start.encode(encoding) + "镇".encode()[:1] + (before + end).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_damaged_byte_is_shown_and_pointed_out(tmp_path, encoding):
    source = read(tmp_path, damaged(TEXT, encoding, "得到群众"))
    check(source, (FIRST.replace("得到", "�得到"), SECOND))
    assert [(f.kind, f.line) for f in source.findings] == [("damaged_bytes", 8)]
    assert "�得到群众" in source.findings[0].message


def test_a_damaged_byte_of_gbk_is_pointed_out(tmp_path):
    data = TEXT.encode("gb18030")
    at = data.index("，得到群众".encode("gb18030"))
    source = read(tmp_path, data[:at] + b"\xff" + data[at:])
    check(source, (FIRST.replace("，得到", "�，得到"), SECOND))
    assert [(f.kind, f.line) for f in source.findings] == [("damaged_bytes", 8)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_cut_off_within_a_character(tmp_path, encoding):
    source = read(tmp_path, (TEXT + "联系人").encode(encoding)[:-1])
    check(source)
    assert [(f.kind, f.line) for f in source.findings] == [("damaged_bytes", 13)]


def test_big5_is_told_from_gbk(tmp_path):
    traditional = "工作簡報\n2020年第6期\n2020年10月12日\n柳河鎮開展秋糧搶收互助行動\n近日，柳河鎮組織黨員突擊隊幫助困難農戶搶收水稻，得到群眾稱讚。\n"
    source = read(tmp_path, traditional.encode("big5"))
    assert source.lines[0].text == "工作簡報"
    assert [(f.kind, f.line) for f in source.findings] == [("encoding_doubtful", None)]


def test_a_stray_zero_does_not_make_it_utf16(tmp_path):
    for encoding in ("utf-8", "gb18030"):
        source = read(tmp_path, TEXT.replace("得到", "\0得到").encode(encoding))
        result = check(source)
        assert [f.kind for f in result.findings] == ["control_characters"]


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, "привет мир ".encode("koi8-r") * 50, b"\x89PNG\r\n\x1a\n" + bytes(500), b"\xff\xfe\xff"],
    ids=["all bytes", "Russian", "picture", "mark only"],
)  # fmt: skip
def test_what_is_no_chinese_text_is_refused(tmp_path, data):
    with pytest.raises(SourceError, match=r"编码无法识别|没有文字|没有找到|文件是空的"):
        recognise.recognise(read(tmp_path, data))


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", "　　\n　\n".encode(), "\ufeff".encode("utf-16-le"), "\u00a0\n".encode()]
)
def test_an_empty_file_is_refused(tmp_path, data):
    with pytest.raises(SourceError, match=r"文件是空的|没有文字"):
        read(tmp_path, data)


# A name that says another form


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le")
LOCKED_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
PACKAGE = b"PK\x03\x04" + bytes(26) + b"word/document.xml" + bytes(99)
WEB = b"<html><body>x</body></html>"
MHT = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.doc", OLD_WORD, "不能直接读旧版 Word 文件（.doc）；请在 Word 或 WPS 中打开，“另存为” .docx"),
        ("a.wps", OLD_WORD, "“另存为” .docx"),
        ("a.rtf", b"{\\rtf1}", "“另存为” .docx"),
        ("a.odt", b"PK\x03\x04" + bytes(26) + b"content.xml", "“另存为” .docx"),
        ("a.ofd", b"PK\x03\x04" + bytes(26) + b"OFD.xml", "“另存为” .docx"),
        ("a.mht", MHT, "“另存为” .docx"),
        ("a.docx", OLD_WORD, "内容其实是旧版 Word 文件（.doc）"),
        ("a.docx", LOCKED_WORD, "加了密码"),
        ("a.docx", b"{\\rtf1}", "内容其实是RTF 文件（.rtf）"),
        ("a.docx", WEB, "请把扩展名改为 .html"),
        ("a.docx", b"%PDF-1.7", "请把扩展名改为 .pdf"),
        ("a.doc", WEB, "请把扩展名改为 .html"),
        ("a.doc", PACKAGE, "请把扩展名改为 .docx"),
        ("a.wps", PACKAGE, "请把扩展名改为 .docx"),
        ("a.txt", PACKAGE, "请把扩展名改为 .docx"),
        ("a.txt", WEB, "请把扩展名改为 .html"),
        ("a.txt", OLD_WORD, "内容其实是旧版 Word 文件"),
        ("a.html", MHT, "单个文件的网页"),
        ("a", PACKAGE, "请把扩展名改为 .docx"),
        ("a.jpg", PNG, "不认识的文件类型"),
    ],
)  # fmt: skip
def test_files_of_another_form_than_their_name_says(tmp_path, name, data, message):
    with pytest.raises(SourceError) as error:
        read(tmp_path, data, name)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


# Markdown


def markdown(tmp_path, text):
    return read(tmp_path, text, "简报.md")


SPACED = TEXT.replace("\n", "\n\n")


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        SPACED,
        TEXT.replace("\n", "  \n"),
        TEXT.replace("\n", "\\\n"),
        SPACED.replace("秋收工作简报", "# 秋收工作简报").replace(f"\n{ONE}", f"\n## {ONE}"),
        SPACED.replace("秋收工作简报", "秋收工作简报\n============").replace(f"\n{ONE}", f"\n**{ONE}**"),
        SPACED.replace("秋收工作简报", "# **秋收工作简报**").replace("【本期要目】", "## 【本期要目】 {#contents}"),
        SPACED.replace("★ ", "- ★ ").replace("（总第18期）", "\\(总第18期\\)"),
        SPACED.replace("秋收工作简报", "<h1 align=\"center\">秋收工作简报</h1>").replace("\n近日", "\n&emsp;&emsp;近日"),
        SPACED.replace(f"\n{ONE}", f"\n<p align='center'><b>{ONE}</b></p>").replace("　　2020", "<br>2020"),
        "---\ntitle: 秋收\ndate: 2021-01-01\n---\n" + SPACED,
        SPACED.replace(f"★ {ONE}", f"1. [{ONE}](#one)", 1).replace(f"★ {TWO}", f"2. [{TWO}](#two)", 1),
        SPACED.replace(FIRST, f"> {FIRST}").replace("【本期要目】", "<!-- 第9期\n-->\n---\n\n【本期要目】\n\n***"),
    ],
    ids=["lines", "spaced", "two spaces", "backslash", "headings", "underlined", "bold headings", "list", "tags", "centred",
         "front matter", "contents that lead to headings", "quote and comment"],
)  # fmt: skip
def test_what_converters_write(tmp_path, text):
    check(markdown(tmp_path, text))


def wrapped(text, width):
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_a_file_broken_at_a_fixed_width(tmp_path):
    text = SPACED
    for paragraph in (FIRST, SECOND, THIRD):
        text = text.replace(paragraph, wrapped(paragraph * 3, 28))
    result = recognise.recognise(markdown(tmp_path, text))
    assert [a.body for a in result.issue.articles] == [(FIRST * 3, SECOND * 3), (THIRD * 3,)]


PIPES = "| 村 | 亩 |\n|:---|---:|\n| 柳\\|河 | 12 |\n"
OPEN_PIPES = "村 | 亩\n---|---\n柳\\|河 | 12\n"
NO_HEAD = "|  |  |\n|---|---|\n| 村 | 亩 |\n| 柳\\|河 | 12 |\n"
GRID = "+----+----+\n| 村 | 亩 |\n+====+====+\n| 柳\\|河 | 12 |\n+----+----+\n"


@pytest.mark.parametrize(
    "table", [PIPES, OPEN_PIPES, NO_HEAD, GRID], ids=["pipes", "open", "no head", "grid"]
)
def test_tables(tmp_path, table):
    source = markdown(tmp_path, SPACED.replace(SECOND, f"{table}\n{SECOND}"))
    check(source, (FIRST, Table((("村", "亩"), ("柳|河", "12"))), SECOND))


@pytest.mark.parametrize(
    ("written", "caption"),
    [
        ("![](media/image1.png)", None),
        ("![图1 抢收](media/image1.png){width=\"5in\"}", "图1 抢收"),
        ("![](<media/image1.png> \"x\")\n\n图1 抢收", "图1 抢收"),
        ("<img src='media/image1.png' alt='图1 抢收' />", "图1 抢收"),
        ("![][image1]\n\n[image1]: <media/image1.png>", None),
    ],
    ids=["plain", "alt text", "caption below", "tag", "by name"],
)  # fmt: skip
def test_pictures(tmp_path, written, caption):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "image1.png").write_bytes(PNG)
    source = markdown(tmp_path, SPACED.replace(SECOND, f"{written}\n\n{SECOND}"))
    check(source, (FIRST, Figure("006/a01-1.png", caption), SECOND))
    assert source.findings == ()


def test_a_picture_that_is_not_there_is_reported(tmp_path):
    source = markdown(tmp_path, SPACED.replace(SECOND, f"![抢收](media/lost.png)\n\n{SECOND}"))
    check(source)
    assert [(f.kind, f.line) for f in source.findings] == [("picture_missing", 17)]


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{{ config }}", "[x](javascript:alert)", "1986. 是一年", "&lt;", "a_b_c", "5 * 3 * 2", "../../x"],
)  # fmt: skip
def test_what_no_converter_writes_stays_as_it_is(tmp_path, text):
    paragraph = f"近日，{text}，柳河镇收割水稻，得到称赞。"
    source = markdown(tmp_path, SPACED.replace(SECOND, paragraph))
    check(source, (FIRST, paragraph))


@pytest.mark.parametrize("text", ["![](", "<!--", "<img ", "**a", "|a", "[a]: ", '![a](b "', "\\", "<p "])
def test_a_long_line_of_marks_takes_no_long_time(tmp_path, text):
    with pytest.raises(SourceError, match="字，不像简报"):
        markdown(tmp_path, "长文" + text * (2_000_000 // len(text)))
