"""Word files: what their paragraphs, boxes, notes and changes print, and what is reported of the rest."""

import base64
import io
import zipfile

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap

from archives import ROOT, import_into, new_archive
from jianbao import importer, recognise, sources, vocabulary
from jianbao.errors import SourceError
from jianbao.issue import Figure

NAMESPACES = {
    **nsmap,
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "xml")
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EMF = b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60)

ONE, TWO = "云岭镇扎实推进茶园提质增效", "石桥镇打造家门口的就业车间"
FIRST = "近日，云岭镇组织农技人员走进茶园，为三百二十户茶农讲解修剪和施肥技术，群众反映良好。"
SECOND = "下一步，云岭镇将完善茶叶加工、销售和品牌建设的全链条服务，带动茶农持续稳定增收。"
THIRD = "今年以来，石桥镇盘活闲置校舍，建成就业车间六个，吸纳一百八十名村民就近上岗，月均增收两千元。"


def r(text, *, bold=False, size=None, font=None, extra=""):
    """A run; ``size`` in points."""
    properties = "<w:b/>" * bold + (f'<w:sz w:val="{size * 2}"/>' if size else "")
    properties = (f'<w:rFonts w:eastAsia="{font}"/>' if font else "") + properties + extra
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content="", *, centred=False, properties="", **how):
    """A paragraph of text, or of XML where ``content`` begins with a tag."""
    inner = content if content.startswith("<") else r(content, **how)
    alignment = '<w:jc w:val="center"/>' if centred else ""
    return f"<w:p><w:pPr>{properties}{alignment}</w:pPr>{inner}</w:p>"


MASTHEAD = (
    p("乡村振兴工作简报", centred=True, size=36),
    p("2021年第8期（总第56期）", centred=True),
    p("乡村振兴局办公室　　2021年6月18日", centred=True),
)
CONTENTS = (p("本期要目"), p(ONE), p(TWO))
ARTICLES = (p(ONE, centred=True, bold=True), p(FIRST), p(SECOND), p(TWO, centred=True, bold=True), p(THIRD))
SENT = (p("报：县委办公室，县政府办公室。"),)


def word(*blocks, prepare=lambda document: None):
    """A .docx file's bytes whose body is ``blocks``, after ``prepare`` has put parts into its document."""
    document = docx.Document()
    prepared = prepare(document) or {}
    body = document.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    xml = "".join(blocks)
    for name, value in prepared.items():
        xml = xml.replace(name, value)
    for element in reversed(parse_xml(f"<w:body {DECLARED}>{xml}</w:body>")):
        body.insert(0, element)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def issue(*middle, contents=CONTENTS, prepare=lambda document: None):
    """A whole issue with ``middle`` between its contents and its distribution list."""
    return word(*MASTHEAD, *contents, *middle, *SENT, prepare=prepare)


def read(tmp_path, data):
    path = tmp_path / "简报.docx"
    path.write_bytes(data)
    return sources.read(path)


def understood(tmp_path, data):
    return recognise.recognise(read(tmp_path, data))


def kinds(source):
    return [finding.kind for finding in source.findings]


def texts(source):
    return [line.text for line in source.lines if line.text]


def articles(result):
    return [(article.title, article.body) for article in result.issue.articles]


PLAIN = [(ONE, (FIRST, SECOND)), (TWO, (THIRD,))]


def test_an_issue(tmp_path):
    result = understood(tmp_path, issue(*ARTICLES))
    assert articles(result) == PLAIN
    assert result.findings == ()


# Titles


@pytest.mark.parametrize(
    "how",
    [
        {"properties": '<w:pStyle w:val="Heading1"/>'},
        {"properties": '<w:outlineLvl w:val="0"/>'},
        {"centred": True},
        {"bold": True},
        {"size": 22},
        {"font": "黑体"},
        {"centred": True, "font": "方正小标宋简体", "size": 22},
    ],
    ids=["style", "outline level", "centred", "bold", "larger", "heavy font", "as offices print"],
)
def test_titles_without_contents(tmp_path, how):
    result = understood(
        tmp_path, issue(p(ONE, **how), p(FIRST), p(SECOND), p(TWO, **how), p(THIRD), contents=())
    )
    assert articles(result) == PLAIN
    assert [finding.kind for finding in result.findings] == ["contents_missing"]


def test_larger_is_said_of_the_text_that_most_of_the_file_is_not(tmp_path):
    source = read(
        tmp_path, word(p("大字标题", size=22), p(FIRST, size=16), p(SECOND, size=16), p("小字", size=9))
    )
    assert [line.large for line in source.lines] == [True, False, False, False]


def test_where_all_text_is_bold_none_is(tmp_path):
    source = read(tmp_path, word(p(ONE, bold=True), p(FIRST, bold=True)))
    assert not any(line.bold for line in source.lines)


@pytest.mark.parametrize("contents", [CONTENTS, ()], ids=["with contents", "without"])
def test_a_title_over_two_lines_of_one_paragraph(tmp_path, contents):
    halves = r(ONE[:6], bold=True) + "<w:r><w:br/></w:r>" + r(ONE[6:], bold=True)
    result = understood(tmp_path, issue(p(halves, centred=True), *ARTICLES[1:], contents=contents))
    assert articles(result) == PLAIN


# Masthead


BOX = """<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>
<wp:positionV relativeFrom="{relative}"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape style="position:absolute"><v:textbox><w:txbxContent>{content}</w:txbxContent>
</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def box(content, *, top=0, relative="page"):
    return BOX.format(content=content, top=top, relative=relative)


WORDART = '<w:r><w:pict><v:shape type="#_x0000_t136"><v:textpath string="乡村振兴工作简报"/></v:shape></w:pict></w:r>'
RED_LINE = '<w:r><w:pict><v:line from="0,0" to="440pt,0" strokecolor="red"/></w:pict></w:r>'


def table(*rows):
    cells = ("".join(f"<w:tc>{c if c.startswith('<') else p(c)}</w:tc>" for c in row) for row in rows)
    return f"<w:tbl><w:tblPr/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@pytest.mark.parametrize(
    "masthead",
    [
        (
            p(box(MASTHEAD[0], top=900_000) + box(MASTHEAD[1], top=1_900_000)),
            p("乡村振兴局办公室　　2021年6月18日"),
        ),
        (p(box(MASTHEAD[1], top=1_900_000) + box(MASTHEAD[0], top=900_000)), MASTHEAD[2]),
        (p(WORDART), MASTHEAD[1], p(RED_LINE), MASTHEAD[2]),
        (table(["乡村振兴工作简报"], ["2021年第8期（总第56期）"], ["乡村振兴局办公室　　2021年6月18日"]),),
        (MASTHEAD[0], table(["2021年第8期", "（总第56期）"], ["乡村振兴局办公室", "2021年6月18日"])),
        (MASTHEAD[0], MASTHEAD[1], table(["乡村振兴局办公室", "2021年6月18日"])),
        (
            MASTHEAD[0],
            p(
                r("2021年第8期（总第56期）")
                + "<w:r><w:br/></w:r>"
                + r("乡村振兴局办公室")
                + "<w:r><w:tab/><w:tab/></w:r>"
                + r("2021年6月18日")
            ),
        ),
        (
            p(
                r("乡村振兴工作简报", size=36) + "<w:r><w:br/></w:r>" + r("2021年第8期（总第56期）"),
                centred=True,
            ),
            MASTHEAD[2],
        ),
    ],
    ids=[
        "text boxes",
        "text boxes stored in another order",
        "WordArt and a red line",
        "table of one column",
        "table of two rows and columns",
        "table of one row",
        "line breaks and tabs",
        "one paragraph",
    ],
)
def test_mastheads(tmp_path, masthead):
    result = understood(tmp_path, word(*masthead, *CONTENTS, *ARTICLES, *SENT))
    found = result.issue
    assert (found.title, found.label, found.cumulative) == ("乡村振兴工作简报", "2021年第8期", 56)
    assert (found.issuer, str(found.date)) == ("乡村振兴局办公室", "2021-06-18")
    assert articles(result) == PLAIN
    assert result.findings == ()


def in_the_head(*texts):
    def prepare(document):
        section = document.sections[0]
        section.different_first_page_header_footer = True
        head = section.first_page_header
        head.is_linked_to_previous = False
        for text in texts:
            head.add_paragraph(text)

    return prepare


def test_a_masthead_in_the_head_of_the_page(tmp_path):
    prepare = in_the_head("乡村振兴工作简报", "2021年第8期（总第56期）", "乡村振兴局办公室　2021年6月18日")
    result = understood(tmp_path, word(*CONTENTS, *ARTICLES, *SENT, prepare=prepare))
    assert (result.issue.title, result.issue.label) == ("乡村振兴工作简报", "2021年第8期")
    assert (result.issue.issuer, str(result.issue.date)) == ("乡村振兴局办公室", "2021-06-18")
    assert articles(result) == PLAIN


def test_a_running_head_is_reported_and_left_out(tmp_path):
    result = understood(tmp_path, issue(*ARTICLES, prepare=in_the_head("乡村振兴简报", "内部资料")))
    assert result.issue.title == "乡村振兴工作简报"
    assert articles(result) == PLAIN
    assert [f.message for f in result.findings] == [
        "页眉或页脚“乡村振兴简报”没有收入",
        "页眉或页脚“内部资料”没有收入",
    ]


# Contents


def field(code, result):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}{result}{mark('end')}"
    )


def entry(title, page):
    link = f'<w:hyperlink w:anchor="_Toc{page}">{r(title)}<w:r><w:tab/></w:r>{field(f"PAGEREF _Toc{page} h", r(page))}</w:hyperlink>'
    return p(link, properties='<w:pStyle w:val="TOC1"/>')


def with_contents_style(document):
    styles = document.styles.element
    styles.append(
        parse_xml(
            f'<w:style {DECLARED} w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
        )
    )


@pytest.mark.parametrize(
    "heading", [(p("目　录", centred=True),), ()], ids=["with heading", "without heading"]
)
def test_an_automatic_table_of_contents(tmp_path, heading):
    contents = (
        "<w:sdt><w:sdtPr><w:docPartObj/></w:sdtPr><w:sdtContent>",
        *heading,
        entry(ONE, "1"),
        entry(TWO, "2"),
        "</w:sdtContent></w:sdt>",
    )
    result = understood(tmp_path, issue(*ARTICLES, contents=contents, prepare=with_contents_style))
    assert articles(result) == PLAIN
    assert [a.contents_title for a in result.issue.articles] == [ONE, TWO]
    assert result.findings == ()


# Tracked changes


def deleted(text):
    return f'<w:del w:id="1" w:author="某"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text):
    return f'<w:ins w:id="2" w:author="某">{r(text)}</w:ins>'


MARK_DELETED = '<w:rPr><w:del w:id="3" w:author="某"/></w:rPr>'


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([p(r("甲") + deleted("乙") + inserted("丙"))], ["甲丙"]),
        ([p("甲，", properties=MARK_DELETED), p("乙。")], ["甲，乙。"]),
        (
            [p("甲，", properties=MARK_DELETED), p("乙，", properties=MARK_DELETED), p("丙。")],
            ["甲，乙，丙。"],
        ),
        ([p("甲。"), p(deleted("乙。"), properties=MARK_DELETED), p("丙。")], ["甲。", "丙。"]),
        (
            [
                p(f'<w:moveFrom w:id="4" w:author="某">{r("甲。")}</w:moveFrom>', properties=MARK_DELETED),
                p("乙。"),
                p(f'<w:moveTo w:id="5" w:author="某">{r("甲。")}</w:moveTo>'),
            ],
            ["乙。", "甲。"],
        ),
        ([p("甲。"), p(inserted("乙。"), properties='<w:rPr><w:ins w:id="6"/></w:rPr>')], ["甲。", "乙。"]),
    ],
    ids=["in a line", "two paragraphs made one", "three made one", "a whole paragraph", "moved", "added"],
)
def test_changes_are_accepted(tmp_path, blocks, expected):
    assert texts(read(tmp_path, word(*blocks))) == expected


def test_rows_that_are_deleted_are_gone_and_added_ones_stay(tmp_path):
    rows = table(["村", "户"], ["甲村", "12"], ["乙村", "9"], ["丙村", "30"])
    rows = rows.replace(
        f"<w:tr><w:tc>{p('甲村')}", f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{p('甲村')}"
    )
    rows = rows.replace(
        f"<w:tr><w:tc>{p('乙村')}", f"<w:tr><w:trPr><w:ins w:id='1'/></w:trPr><w:tc>{p('乙村')}"
    )
    source = read(tmp_path, word(p(FIRST), rows))
    assert source.lines[1].table == (("村", "户"), ("乙村", "9"), ("丙村", "30"))


def test_that_there_were_changes_is_said(tmp_path):
    source = read(tmp_path, word(p("甲。"), p(r("乙") + inserted("。"))))
    assert [(f.kind, f.line) for f in source.findings] == [("tracked_changes_accepted", 2)]


# Text that is not simply there


NOTES = """<w:{0}s {1}><w:{0} w:id="0" w:type="separator"><w:p/></w:{0}><w:{0} w:id="7"><w:p>
<w:r><w:footnoteRef/></w:r><w:r><w:t> 数据截至五月底。</w:t></w:r></w:p></w:{0}></w:{0}s>"""


def with_notes(kind):
    def prepare(document):

        part = Part(
            PackURI(f"/word/{kind}s.xml"),
            f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
            NOTES.format(kind, DECLARED).encode(),
            document.part.package,
        )
        document.part.relate_to(
            part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s"
        )

    return prepare


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_follow_their_paragraph(tmp_path, kind):
    noted = p(r(FIRST[:20]) + f'<w:r><w:{kind}Reference w:id="7"/></w:r>' + r(FIRST[20:]))
    source = read(tmp_path, word(p(ONE), noted, p(SECOND), prepare=with_notes(kind)))
    assert texts(source) == [ONE, FIRST, "注：数据截至五月底。", SECOND]
    assert [(f.kind, f.line) for f in source.findings] == [("note_placed", 2)]


def test_comments_are_reported(tmp_path):
    commented = p(r(FIRST) + '<w:r><w:commentReference w:id="7"/></w:r>')
    source = read(tmp_path, word(commented, prepare=with_notes("comment")))
    assert texts(source) == [FIRST]
    assert [f.message for f in source.findings] == ["有批注，不属于正文，没有收入：“数据截至五月底。”"]


@pytest.mark.parametrize(
    ("content", "text", "reported"),
    [
        (r("甲") + r("看不见", extra="<w:vanish/>") + r("乙"), "甲乙", ["hidden_text_removed"]),
        (r("甲") + '<w:r><w:noBreakHyphen/></w:r>' + r("乙"), "甲-乙", []),
        (r("甲") + '<w:r><w:tab/></w:r>' + r("乙"), "甲　　乙", []),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0AB"/></w:r>' + r("甲"), "★甲", []),
        ('<w:r><w:sym w:font="Webdings" w:char="F0AB"/></w:r>' + r("甲"), "〓甲", ["symbol_unknown"]),
        (field("DATE", r("2021年6月18日")), "2021年6月18日", ["date_field"]),
        (f'<w:fldSimple w:instr="TIME">{r("2021年6月18日")}</w:fldSimple>', "2021年6月18日", ["date_field"]),
        (f'<w:smartTag w:element="place">{r("云岭镇")}</w:smartTag>' + r("。"), "云岭镇。", []),
        (f"<w:ruby><w:rt>{r('chá')}</w:rt><w:rubyBase>{r('茶')}</w:rubyBase></w:ruby>" + r("园"), "茶园", ["ruby_removed"]),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,3)</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("甲"),
            "③甲",
            [],
        ),
        (r("　　甲") + "<w:r><w:lastRenderedPageBreak/></w:r>" + r("乙　"), "甲乙", []),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("甲"), "甲", []),
    ],
    ids=["hidden", "hyphen", "tab", "symbol", "unknown symbol", "date", "simple date", "smart tag", "ruby",
         "enclosed", "page in a paragraph", "broken field"],
)  # fmt: skip
def test_what_a_paragraph_prints(tmp_path, content, text, reported):
    source = read(tmp_path, word(p(content), p(FIRST)))
    assert texts(source) == [text, FIRST]
    assert kinds(source) == reported


def test_a_page_that_word_broke_by_itself_cuts_no_paragraph(tmp_path):
    page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    source = read(tmp_path, word(p(FIRST), p(r("甲村") + page), p(page + r("乙村"))))
    assert [line.page for line in source.lines] == [1, 1, 1]


@pytest.mark.parametrize(
    ("blocks", "pages"),
    [
        ([p("甲"), p('<w:r><w:br w:type="page"/></w:r>'), p("乙")], [1, 2]),
        ([p("甲"), p("乙", properties="<w:pageBreakBefore/>")], [1, 2]),
        ([p("甲", properties="<w:sectPr/>"), p("乙")], [1, 2]),
        ([p("甲", properties="<w:sectPr/>"), p("乙", properties='<w:sectPr><w:type w:val="continuous"/></w:sectPr>')], [1, 1]),
    ],
    ids=["page break", "break before", "section", "section that goes on"],
)  # fmt: skip
def test_pages(tmp_path, blocks, pages):
    assert [line.page for line in read(tmp_path, word(*blocks)).lines if line.text] == pages


# Numbers


def level(depth, form, text, extra=""):
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'


def with_lists(*levels, restart=False):
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' * restart

    def prepare(document):
        root = document.part.numbering_part.element
        for element in list(root):
            root.remove(element)
        abstract = f'<w:abstractNum {DECLARED} w:abstractNumId="90">{"".join(levels)}</w:abstractNum>'
        root.append(parse_xml(abstract))
        for number in (91, 92):
            own = override if number == 92 else ""
            root.append(
                parse_xml(f'<w:num {DECLARED} w:numId="{number}"><w:abstractNumId w:val="90"/>{own}</w:num>')
            )

    return prepare


def numbered(text, depth=0, number=91):
    return p(
        text,
        properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def test_numbers_of_three_levels(tmp_path):
    prepare = with_lists(
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCountingThousand", "（%2）"),
        level(2, "decimal", "%3."),
    )
    blocks = [
        numbered("甲"),
        numbered("乙", 1),
        numbered("丙", 2),
        numbered("丁", 2),
        numbered("戊", 1),
        numbered("己"),
    ]
    expected = ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "二、己"]
    assert texts(read(tmp_path, word(*blocks, prepare=prepare))) == expected


@pytest.mark.parametrize(("restart", "third"), [(False, "3.丙"), (True, "1.丙")])
def test_two_lists_of_one_kind_count_on_unless_told_otherwise(tmp_path, restart, third):
    prepare = with_lists(level(0, "decimal", "%1."), restart=restart)
    blocks = [numbered("甲"), numbered("乙"), numbered("丙", number=92)]
    assert texts(read(tmp_path, word(*blocks, prepare=prepare))) == ["1.甲", "2.乙", third]


@pytest.mark.parametrize(
    ("form", "text", "shown"),
    [
        ("decimalEnclosedCircleChinese", "%1", "①"), ("decimalEnclosedParen", "%1", "⑴"),
        ("ideographTraditional", "%1、", "甲、"), ("upperRoman", "%1.", "I."), ("none", "", ""),
        ("chineseCounting", "第%1条", "第一条"), ("decimalFullWidth", "%1．", "１．"),
        ("bullet", "★", "★"), ("bullet", "\uf06c", "•"),
    ],
)  # fmt: skip
def test_forms_of_numbers(tmp_path, form, text, shown):
    source = read(tmp_path, word(numbered("茶"), prepare=with_lists(level(0, form, text))))
    assert texts(source) == [shown + "茶"]


# Tables


def test_merged_cells_keep_the_columns(tmp_path):
    xml = table(["镇", "茶园", "就业"], ["云岭镇", "320", ""], ["合计", "320", "180"])
    span = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p("面积和户数")}</w:tc>'
    xml = xml.replace("</w:tbl>", f"<w:tr><w:tc>{p('说明')}</w:tc>{span}</w:tr></w:tbl>")
    down = f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc><w:tc>{p('1')}</w:tc><w:tc>{p('2')}</w:tc></w:tr>"
    source = read(tmp_path, word(p(FIRST), xml.replace("</w:tbl>", f"{down}</w:tbl>")))
    assert source.lines[1].table[3:] == (("说明", "面积和户数", ""), ("", "1", "2"))


def test_a_table_in_a_cell_is_read(tmp_path):
    inner = table(["甲", "乙"], ["丙", "丁"])
    source = read(tmp_path, word(table(["镇", "茶园"], ["云岭镇", inner + p("")])))
    assert source.lines[0].table == (("镇", "茶园"), ("云岭镇", "甲　乙 丙　丁"))


@pytest.mark.parametrize(
    "sent",
    [
        table(["报：县委办公室，县政府办公室。"], ["送：各镇。"]),
        table(["报：", "县委办公室，县政府办公室。"], ["送：", "各镇。"]),
        table(["报", "县委办公室，县政府办公室"], ["送", "各镇"]),
        table(["报：县委办公室，县政府办公室。", ""], ["送：各镇。", "（共印30份）"]),
        table(["报", "县委办公室，县政府办公室"], ["送", "各镇"], ["（共印30份）", ""]),
    ],
    ids=["one column", "two columns", "without colons", "copies at the side", "copies below"],
)
def test_distribution_lists_in_tables(tmp_path, sent):
    result = understood(tmp_path, word(*MASTHEAD, *CONTENTS, *ARTICLES, sent))
    assert [(each.name, each.delivery.value) for each in result.issue.distribution] == [
        ("县委办公室", "报"),
        ("县政府办公室", "报"),
        ("各镇", "送"),
    ]
    assert articles(result) == PLAIN


def test_a_table_with_发_in_a_cell_may_be_data(tmp_path):
    source = read(tmp_path, word(table(["收", "320"], ["发", "180"])))
    assert source.lines[0].table == (("收", "320"), ("发", "180"))


def test_a_text_box_at_the_foot_of_the_page_comes_last(tmp_path):
    last = p(r(THIRD) + box(p("报：县委办公室，县政府办公室。"), top=9_000_000))
    result = understood(tmp_path, word(*MASTHEAD, *CONTENTS, *ARTICLES[:-1], last))
    assert articles(result) == PLAIN
    assert [each.name for each in result.issue.distribution] == ["县委办公室", "县政府办公室"]


def test_an_issue_within_a_frame(tmp_path):
    framed = f"<w:tbl><w:tblPr/><w:tr><w:tc>{''.join((*MASTHEAD, *CONTENTS, *ARTICLES, *SENT))}</w:tc></w:tr></w:tbl>"
    assert articles(understood(tmp_path, word(framed))) == PLAIN


# Pictures


INLINE = '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="p"><pic:pic><pic:blipFill><a:blip r:embed="RID"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
ANCHORED = INLINE.replace("wp:inline", "wp:anchor")
VML = '<w:r><w:pict><v:shape style="width:9pt"><v:imagedata r:id="RID"/></v:shape></w:pict></w:r>'


def with_picture(data=PNG, suffix="png"):
    def prepare(document):

        part = Part(PackURI(f"/word/media/image9.{suffix}"), f"image/{suffix}", data, document.part.package)
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        return {"RID": document.part.relate_to(part, kind)}

    return prepare


CAPTION = "图1　农技人员在茶园讲解修剪技术"
FIGURE = Figure("008/a01-1.png", CAPTION)


@pytest.mark.parametrize(
    "blocks",
    [
        (p(INLINE), p(CAPTION, centred=True)),
        (p(VML), p(CAPTION, centred=True)),
        (p(ANCHORED), p(CAPTION, centred=True)),
        (p(INLINE + r(CAPTION)),),
        (p(INLINE + "<w:r><w:br/></w:r>" + r(CAPTION)),),
        (table([p(INLINE)], [CAPTION]),),
        (p(CAPTION, centred=True), p(INLINE)),
        (
            p(f"<w:r><mc:AlternateContent><mc:Choice Requires='wpg'>{ANCHORED[5:-6]}</mc:Choice></mc:AlternateContent></w:r>"),
            p(CAPTION, centred=True),
        ),
    ],
    ids=["in line", "VML", "anchored", "in the caption's line", "line break", "table", "caption above", "group"],
)  # fmt: skip
def test_pictures_with_captions(tmp_path, blocks):
    body = (*ARTICLES[:2], *blocks, *ARTICLES[2:])
    result = understood(tmp_path, issue(*body, prepare=with_picture()))
    assert articles(result)[0] == (ONE, (FIRST, FIGURE, SECOND))
    assert result.images == {"008/a01-1.png": PNG}


def test_pictures_side_by_side_with_captions_below(tmp_path):
    pictures = table([p(INLINE), p(INLINE)], ["图1　讲解", "图2　修剪"])
    body = (*ARTICLES[:2], pictures, *ARTICLES[2:])
    result = understood(tmp_path, issue(*body, prepare=with_picture()))
    figures = (Figure("008/a01-1.png", "图1　讲解"), Figure("008/a01-2.png", "图2　修剪"))
    assert articles(result)[0] == (ONE, (FIRST, *figures, SECOND))


def test_a_picture_in_a_line_of_text_follows_the_line(tmp_path):
    source = read(tmp_path, word(p(r(FIRST[:9]) + INLINE + r(FIRST[9:])), prepare=with_picture()))
    assert [line.text for line in source.lines] == [FIRST, ""]
    assert source.lines[1].image.data == PNG


def test_a_picture_among_data_is_kept(tmp_path):
    data = table(["镇", "茶园"], ["云岭镇", "320"], ["石桥镇", p(INLINE)])
    source = read(tmp_path, word(data, prepare=with_picture()))
    assert source.lines[0].table == (("镇", "茶园"), ("云岭镇", "320"), ("石桥镇", ""))
    assert source.lines[1].image.data == PNG


@pytest.mark.parametrize(
    ("data", "name"), [(EMF, "EMF"), (b"\xd7\xcd\xc6\x9a" + bytes(20), "WMF"), (b"junk", "无法识别的")]
)
def test_a_picture_that_no_browser_shows_is_reported(tmp_path, data, name):
    source = read(tmp_path, word(p(FIRST), p(INLINE), prepare=with_picture(data, "emf")))
    assert not any(line.image for line in source.lines)
    assert [(f.kind, f.line) for f in source.findings] == [("picture_format", 2)]
    assert f"{name}格式" in source.findings[0].message


def test_what_a_reader_reports_stands_with_the_rest_by_line(tmp_path):
    path = tmp_path / "简报.docx"
    body = (*ARTICLES[:2], p(INLINE), p("联系电话：13800001234。"), *ARTICLES[2:])
    path.write_bytes(issue(*body, prepare=with_picture(EMF, "emf")))
    found = importer.read(path, vocabulary.load(ROOT / "docs" / "vocabulary.yml")).findings
    assert [(f.kind, f.line) for f in found if f.line] == [("picture_format", 9), ("personal_data", 10)]


def test_pictures_reach_the_archive(tmp_path):
    path = tmp_path / "简报.docx"
    path.write_bytes(issue(*ARTICLES[:2], p(INLINE), *ARTICLES[2:], prepare=with_picture()))
    target = new_archive(tmp_path / "archive")
    import_into(target, path)
    assert (target.docs / "issues" / "2021" / "008" / "a01-1.png").read_bytes() == PNG
    assert "008/a01-1.png" in (target.docs / "issues" / "2021" / "008.md").read_text("utf-8")


def test_the_suffix_follows_the_bytes(tmp_path):
    source = read(tmp_path, word(p(FIRST), p(INLINE), prepare=with_picture(PNG, "emf")))
    assert source.lines[-1].image.suffix == ".png"


@pytest.mark.parametrize(("kind", "name"), [("chart", "统计图表"), ("diagram", "SmartArt")])
def test_charts_are_reported(tmp_path, kind, name):
    graphic = f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}"/></a:graphic>'
    drawn = f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"
    source = read(tmp_path, word(p(FIRST), p(drawn)))
    assert kinds(source) == ["drawing_not_read"]
    assert name in source.findings[0].message


# Other packages


def rewritten(data, change):
    """The package with each of its parts as ``change(name, bytes)`` makes it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def strict(name, part):
    if name.endswith((".xml", ".rels")):
        for word_ in (b"wordprocessingml", b"drawingml", b"officeDocument"):
            old = b"http://schemas.openxmlformats.org/" + word_ + b"/2006/"
            part = part.replace(old, b"http://purl.oclc.org/ooxml/" + word_ + b"/")
    return part


def lost_picture(name, part):
    relation = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="NULL"/></Relationships>'
    return part.replace(b"</Relationships>", relation) if name == "word/_rels/document.xml.rels" else part


def with_macros(name, part):
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return part.replace(old, b"application/vnd.ms-word.document.macroEnabled.main+xml")


@pytest.mark.parametrize("change", [strict, lost_picture, with_macros])
def test_variants_of_the_package(tmp_path, change):
    data = rewritten(issue(*ARTICLES), change)
    assert articles(understood(tmp_path, data)) == PLAIN


def test_a_picture_that_is_only_linked_is_reported(tmp_path):
    source = read(tmp_path, word(p(FIRST), p(INLINE.replace("RID", "rId404"))))
    assert kinds(source) == ["picture_missing"]


def deep(name, part):
    inner = b"<w:sdt><w:sdtContent>" * 100_000 + b"</w:sdtContent></w:sdt>" * 100_000
    return part.replace(b"<w:body>", b"<w:body>" + inner) if name == "word/document.xml" else part


def empty_text(name, part):
    return (
        part
        if name != "word/document.xml"
        else part[: part.index(b"<w:body>") + 8] + b"</w:body></w:document>"
    )


@pytest.mark.parametrize(("change", "message"), [(deep, "层次太深"), (empty_text, "没有文字")])
def test_packages_that_are_refused(tmp_path, change, message):
    with pytest.raises(SourceError, match=message):
        read(tmp_path, rewritten(issue(*ARTICLES), change))


def test_a_package_of_thousands_of_files_is_refused(tmp_path):
    stream = io.BytesIO(issue(*ARTICLES))
    with zipfile.ZipFile(stream, "a") as package:
        for number in range(4_000):
            package.writestr(f"word/{number}.bin", b"")
    with pytest.raises(SourceError, match="超过 3000 个文件"):
        read(tmp_path, stream.getvalue())


def test_a_part_that_is_longer_than_it_says_is_refused(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 150_000_000)
    data = stream.getvalue()
    # The size stands in the central directory, 24 bytes after its entry begins.
    at = data.index(b"PK\x01\x02") + 24
    with pytest.raises(SourceError, match="不是完整的"):
        read(tmp_path, data[:at] + (1000).to_bytes(4, "little") + data[at + 4 :])
