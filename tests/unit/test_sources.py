"""Each form of source file: the same invented issue, as text in several encodings, Markdown, Word, web and PDF."""

import base64
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from archives import ROOT
from jianbao import recognise, sources
from jianbao.errors import SourceError
from jianbao.issue import Figure, Table

TITLE = "东河镇开展清河行动成效明显"
FIRST = "近日，东河镇组织党员志愿者清理河道，打捞漂浮物三十吨，群众反映良好。"
SECOND = "下一步，将建立长效机制，落实网格责任，确保河道清洁、水质达标。"
BRIEF = "西河镇召开巡河推进会。会议要求各村压实责任，按时完成清单任务。"
TEXT = f"""河长制工作简报
2019年第3期（总第30期）
河长制办公室　　2019年4月1日
【本期要目】
★ {TITLE}
【工作动态】
☆ 西河镇召开巡河推进会
{TITLE}
{FIRST}
{SECOND}
【工作动态】
{BRIEF}
报：市委办公室，市政府办公室。
"""
# A PDF of one empty page that asks for a password (RC4, 128 bits).
LOCKED = (ROOT / "tests" / "cases" / "sources" / "locked.pdf").read_bytes()
# A picture of one pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def understood(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return recognise.recognise(sources.read(path))


def check(result):
    """Whether the invented issue came out right."""
    issue = result.issue
    assert (issue.title, issue.label, issue.cumulative) == ("河长制工作简报", "2019年第3期", 30)
    assert (str(issue.date), issue.issuer) == ("2019-04-01", "河长制办公室")
    assert [(a.kind.value, a.title) for a in issue.articles] == [
        ("feature", TITLE),
        ("brief", "西河镇召开巡河推进会"),
    ]
    assert issue.articles[0].paragraphs == (FIRST, SECOND)
    assert [r.name for r in issue.distribution] == ["市委办公室", "市政府办公室"]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode("gbk"),
        TEXT.replace("\n", "\r\n\r\n").encode("utf-8"),
        TEXT.replace("\n", "\r").encode("utf-8"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk crlf", "crlf blank", "cr"],
)
def test_text(tmp_path, data):
    result = understood(tmp_path, "简报.txt", data)
    check(result)
    assert result.findings == ()


def test_text_with_four_byte_characters_of_gb18030(tmp_path):
    check(understood(tmp_path, "简报.txt", (TEXT + "联系人：㐂𠮷\n").encode("gb18030")))


def test_markdown(tmp_path):
    text = TEXT.replace("河长制工作简报", "# 河长制工作简报").replace(f"\n{TITLE}\n", f"\n## **{TITLE}**\n")
    table = "\n| 村 | 吨 |\n|---|---|\n| 甲村 | 12 |\n"
    result = understood(tmp_path, "简报.md", text.replace(SECOND, SECOND + table).encode())
    assert result.issue.articles[0].body == (FIRST, SECOND, Table((("村", "吨"), ("甲村", "12"))))


def word():
    """The invented issue as a Word file, its masthead set in a table."""
    document = docx.Document()
    for text in ("河长制工作简报", "2019年第3期（总第30期）"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    row = document.add_table(1, 2).rows[0].cells
    row[0].text, row[1].text = "河长制办公室", "2019年4月1日"
    for text in TEXT.splitlines()[3:]:
        document.add_paragraph(text)
    return document


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraph(document, text):
    return next(each for each in document.paragraphs if each.text == text)


def title(document):
    """The headline in the body, not the one in the contents list."""
    return [each for each in document.paragraphs if each.text == TITLE][-1]


def test_word(tmp_path):
    result = understood(tmp_path, "简报.docx", saved(word()))
    check(result)
    assert result.findings == ()


def test_word_tracked_changes_are_read_as_accepted(tmp_path):
    document = word()
    first = paragraph(document, FIRST)._p
    first.insert(
        0, parse_xml(f'<w:del {nsdecls("w")} w:id="1"><w:r><w:delText>删去的话。</w:delText></w:r></w:del>')
    )
    first.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2"><w:r><w:t>添上的话。</w:t></w:r></w:ins>'))
    result = understood(tmp_path, "简报.docx", saved(document))
    assert result.issue.articles[0].paragraphs == (FIRST + "添上的话。", SECOND)


def test_word_text_boxes_tables_pictures_and_numbers(tmp_path):
    document = word()
    second = paragraph(document, SECOND)
    box = (
        f"<w:r {nsdecls('w')}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>编者按：框里的话，也要读到。</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    second._p.append(parse_xml(box))
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("村", "吨", "甲村", "12"), strict=True):
        cell.text = text
    second._p.addnext(table._tbl)
    picture = document.add_paragraph()
    picture.add_run().add_picture(io.BytesIO(PNG))
    caption = document.add_paragraph("图1 志愿者清理河道")
    table._tbl.addnext(picture._p)
    picture._p.addnext(caption._p)
    result = understood(tmp_path, "简报.docx", saved(document))
    body = result.issue.articles[0].body
    assert body == (
        FIRST,
        "编者按：框里的话，也要读到。",
        SECOND,
        Table((("村", "吨"), ("甲村", "12"))),
        Figure("003/a01-1.png", "图1 志愿者清理河道"),
    )
    assert result.images == {"003/a01-1.png": PNG}


def test_word_automatic_numbers_are_read_as_printed(tmp_path):
    document = word()
    first = paragraph(document, FIRST)
    first.style = document.styles["List Number"]
    result = understood(tmp_path, "简报.docx", saved(document))
    assert result.issue.articles[0].paragraphs == ("1." + FIRST, SECOND)


def test_word_headings_tell_titles_without_contents(tmp_path):
    document = word()
    for text in ("【本期要目】", f"★ {TITLE}", "【工作动态】", "☆ 西河镇召开巡河推进会"):
        each = paragraph(document, text)._p
        each.getparent().remove(each)
    title(document).style = document.styles["Heading 1"]
    result = understood(tmp_path, "简报.docx", saved(document))
    check(result)
    assert [f.kind for f in result.findings] == ["contents_missing"]


WEB = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>河长制工作简报 - 某市</title></head><body>
<div class="top-nav"><a href="/">首页</a> | <a href="/x">新闻</a></div>
<div class="main"><div class="crumb">当前位置：首页 &gt; 简报</div>
<h1>河长制工作简报2019年第3期</h1>
<p class="info">发布时间：2019-05-09 10:20　来源：某市网　浏览次数：123</p>
<div id="zoom">{text}</div>
<div>上一篇：<a href="2.html">河长制工作简报2019年第2期</a></div>
<div class="related"><h3>相关链接</h3><ul><li><a href="9.html">南河镇巡河忙</a></li></ul></div></div>
<div id="footer">版权所有：某市　苏ICP备00000000号</div><script>var a = "第9期";</script></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8"), ("gbk", "utf-8")]
)
def test_web_page(tmp_path, charset, encoding):
    text = "".join(f"<p>&nbsp;&nbsp;{line}</p>\n" for line in TEXT.splitlines())
    result = understood(tmp_path, "简报.html", WEB.format(charset=charset, text=text).encode(encoding))
    check(result)
    assert result.findings == ()


def test_web_page_with_line_breaks_only(tmp_path):
    text = "<br>\n".join(TEXT.splitlines())
    check(understood(tmp_path, "简报.htm", WEB.format(charset="utf-8", text=text).encode()))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("简报.docx", b"PK\x03\x04junk", "不是完整的 .docx"),
        ("简报.docx", saved(docx.Document())[:3000], "不是完整的 .docx"),
        ("简报.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 999, "加了密码"),
        ("简报.pdf", b"%PDF-1.4 junk", "PDF 已损坏"),
        ("简报.pdf", b"junk", "PDF 已损坏"),
        ("简报.pdf", LOCKED, "PDF 加了密码"),
        ("简报.html", b"<html><body><script>x</script></body></html>", "网页里没有文字"),
        ("简报.html", b"<div>" * 20000 + b"x", "层次太深"),
        ("简报.html", b"<br>" * 100_001, "标记超过 100000 个"),
        ("简报.txt", "长".encode() * 4_000_000, "文件有 12 MB，超过 10 MB"),
        ("简报.txt", "长".encode() * 1_700_000, "第1行有 1700000 字"),
        ("简报.wps", b"x", "另存为"),
        ("简报.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 999, "不能直接读旧版 Word 文件（.doc）"),
    ],
    ids=[
        "junk word",
        "cut word",
        "locked word",
        "cut pdf",
        "junk pdf",
        "locked pdf",
        "empty page",
        "deep page",
        "page of tags",
        "large text",
        "one line",
        "wps",
        "doc",
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(tmp_path, name, data, message):
    with pytest.raises(SourceError) as error:
        understood(tmp_path, name, data)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("size", "message"), [(250, "展开后有 250 MB"), (30, "正文展开后有 30 MB")])
def test_a_zip_bomb_is_not_unpacked(tmp_path, size, message):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (size * 1_000_000))
    with pytest.raises(SourceError, match=message):
        understood(tmp_path, "简报.docx", stream.getvalue())


def test_a_package_that_declares_entities_is_refused(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(word()))) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "word/document.xml":
                head = b'<!DOCTYPE w:document [<!ENTITY s SYSTEM "file:///etc/passwd">]>'
                data = data.replace(b"<w:document", head + b"<w:document", 1)
                data = data.replace(FIRST.encode(), FIRST.encode() + b"&s;")
            new.writestr(info, data)
    with pytest.raises(SourceError, match="实体声明"):
        understood(tmp_path, "简报.docx", stream.getvalue())


def test_a_file_name_in_gbk_is_read_as_the_name_that_it_is(tmp_path):
    file = os.path.join(os.fsencode(tmp_path), "第20期.txt".encode("gbk"))
    with open(file, "wb") as opened:
        opened.write("简报".encode())
    assert sources.read(Path(os.fsdecode(file))).name == "第20期.txt"
