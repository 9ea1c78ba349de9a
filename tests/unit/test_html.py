"""Web pages saved from sites: the bulletin is read, the site around it is not."""

import base64

import pytest

from jianbao import recognise, sources
from jianbao.errors import SourceError
from jianbao.issue import Figure, Table

ONE, TWO = "南湖区推进老旧小区加装电梯", "北塘区开展社区老年助餐"
FIRST = "近日，南湖区召开老旧小区加装电梯推进会，会议要求各街道加快办理审批手续，年内完成六十台。"
SECOND = "下一步，南湖区将建立加装电梯项目库，落实专人跟踪服务，及时协调解决群众反映的问题。"
THIRD = "今年以来，北塘区依托社区食堂，为八百名老年人提供午餐和送餐服务，受到居民普遍欢迎。"
TEXT = [
    "民生实事工作简报",
    "2022年第4期（总第40期）",
    "民生实事办公室　　2022年9月5日",
    "【本期要目】",
    f"★ {ONE}",
    f"★ {TWO}",
    ONE,
    FIRST,
    SECOND,
    TWO,
    THIRD,
    "报：市委办公室，市政府办公室。",
]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def paragraphs(texts=TEXT, tag='<p style="text-indent: 2em">&nbsp;&nbsp;{}</p>\n'):
    return "".join(tag.format(text) for text in texts)


def read(tmp_path, page, name="简报.html", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode(encoding))
    return sources.read(path)


def check(source):
    result = recognise.recognise(source)
    issue = result.issue
    assert (issue.title, issue.label, issue.cumulative) == ("民生实事工作简报", "2022年第4期", 40)
    assert (issue.issuer, str(issue.date)) == ("民生实事办公室", "2022-09-05")
    assert [(a.title, a.body) for a in issue.articles] == [(ONE, (FIRST, SECOND)), (TWO, (THIRD,))]
    assert [each.name for each in issue.distribution] == ["市委办公室", "市政府办公室"]
    assert issue.colophon == ()
    return result


# Sites


OLD_SITE = """<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>某市</TITLE></HEAD>
<BODY bgColor=#ffffff><TABLE width=1000 align=center><TR><TD><A href="index.htm">首页</A> | <A href="a.htm">政务公开</A> | <A href="b.htm">工作动态</A></TD></TR></TABLE>
<TABLE width=1000 align=center><TR><TD>您现在的位置：<A href="/">首页</A> &gt;&gt; 工作简报 &gt;&gt; 正文</TD></TR></TABLE>
<TABLE width=1000 align=center><TBODY><TR><TD align=middle><STRONG><FONT size=4>民生实事工作简报2022年第4期</FONT></STRONG></TD></TR>
<TR><TD align=middle>来源：某市政府网　　发布日期：2022-10-08 09:30　　点击数：<SCRIPT>hits()</SCRIPT>321　　【字体：<A>大</A> <A>中</A> <A>小</A>】</TD></TR>
<TR><TD><DIV id=zoom>{text}</DIV></TD></TR>
<TR><TD align=right>【<A>打印本页</A>】【<A>关闭窗口</A>】</TD></TR>
<TR><TD>上一篇：<A href="3.htm">民生实事工作简报2022年第3期</A></TD></TR><TR><TD>下一篇：没有了</TD></TR></TBODY></TABLE>
<TABLE width=1000 align=center><TR><TD align=middle>主办单位：某市人民政府办公室　技术支持：某公司<BR>苏ICP备12345678号　建议使用1024*768分辨率浏览</TD></TR></TABLE></BODY></HTML>"""

NEW_SITE = """<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="PubDate" content="2022-10-08"><title>民生实事工作简报</title></head><body>
<header class="header"><div class="topbar"><a href="#">无障碍浏览</a><a href="#">繁體</a></div><nav><ul><li><a>首页</a></li><li><a>工作动态</a></li></ul></nav></header>
<div class="container"><div class="breadcrumb"><span>当前位置：</span><a>首页</a><span>&gt;</span><a>工作简报</a></div>
<div class="article"><h1 class="title">民生实事工作简报2022年第4期</h1>
<div class="article-info"><span>发布时间：2022-10-08 09:30</span><span>来源：某市政府网</span><span>浏览次数：<i>321</i></span>
<span class="font-size">字体：<a>大</a><a>中</a><a>小</a></span></div>
<div class="share"><span>分享到：</span><a>微信</a></div>
<div class="TRS_Editor"><div class="Custom_UnionStyle">{text}</div></div>
<div class="attachment" style="display:none">附件：内部稿.doc</div>
<div class="btns"><a href="javascript:window.print()">打印本页</a><a href="javascript:window.close()">关闭窗口</a></div>
<ul class="pages"><li>上一篇：<a>民生实事工作简报2022年第3期</a></li><li>下一篇：<a>民生实事工作简报2022年第5期</a></li></ul></div>
<div class="xgwd"><h3>相关文档</h3><ul><li><a>民生实事工作简报2022年第1期</a><span>2022-03-01</span></li><li><a>民生实事工作简报2022年第2期</a></li></ul></div></div>
<footer><p>版权所有：某市人民政府　主办单位：某市人民政府办公室</p><p>网站标识码：3200000000　苏公网安备 32000000000000号</p></footer>
<script>document.write("第9期")</script><noscript>请启用脚本</noscript><!-- 第8期 --></body></html>"""

PLAIN_PAGE = "<html><head><title>x</title></head><body>{text}</body></html>"


@pytest.mark.parametrize("site", [OLD_SITE, NEW_SITE, PLAIN_PAGE], ids=["tables", "blocks", "plain"])
@pytest.mark.parametrize(
    "text",
    [
        paragraphs(),
        "<br>\r\n".join(TEXT),
        "<BR><BR>".join(f"&nbsp;&nbsp;&nbsp; {text}" for text in TEXT),
        paragraphs(tag="<div><span style='font-size: 16pt'><span>　　{}</span></span></div>"),
        paragraphs(tag="<p class='MsoNormal'><span lang='EN-US'><o:p></o:p></span>{}<o:p></o:p></p>"),
        f"<div>{paragraphs(TEXT[:6])}</div><div>{paragraphs(TEXT[6:])}</div>",
    ],
    ids=["p", "br", "two br", "spans", "Word", "two parts"],
)
def test_sites(tmp_path, site, text):
    check(read(tmp_path, site.replace("{text}", text), encoding="gb18030" if site is OLD_SITE else "utf-8"))


def test_what_of_the_site_was_in_the_way_is_reported(tmp_path):
    source = read(tmp_path, NEW_SITE.replace("{text}", paragraphs()))
    assert {finding.kind for finding in source.findings} <= {"site_line_removed"}


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"), ("gbk", "gb18030"), ("gb2312", "utf-8"), ("utf-8", "gb18030"), ("utf-8", "utf-8"),
        ("iso-8859-1", "gb18030"), ("", "gb18030"), ("", "utf-8"), ("utf-8", "utf-8-sig"), ("unicode", "utf-16"),
    ],
)  # fmt: skip
def test_encodings_right_wrong_and_not_declared(tmp_path, declared, encoding):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body>{paragraphs()}</body></html>"
    check(read(tmp_path, page, encoding=encoding))


# Layout


@pytest.mark.parametrize(
    "title",
    [
        "<h2>{}</h2>",
        "<p align=center>{}</p>",
        "<p style='text-align: center'><strong>{}</strong></p>",
        "<p><b>{}</b></p>",
        "<p><span style='font-weight: bold'>{}</span></p>",
        "<p style='font-family: 黑体'>{}</p>",
        "<p><font size=5>{}</font></p>",
        "<center>{}</center>",
    ],
)
def test_titles_without_contents(tmp_path, title):
    text = "".join(
        title.format(each) if each in (ONE, TWO) else f"<p>{each}</p>" for each in TEXT[:3] + TEXT[6:]
    )
    source = read(tmp_path, PLAIN_PAGE.replace("{text}", text))
    line = next(line for line in source.lines if line.text == ONE)
    assert line.heading or line.centred or line.bold or line.large
    result = check(source)
    assert [finding.kind for finding in result.findings] == ["contents_missing"]


def test_larger_type_is_told_from_the_texts_own(tmp_path):
    text = paragraphs(tag="<p style='font-size: 12pt'>{}</p>")
    text = text.replace(f"<p style='font-size: 12pt'>{ONE}", f"<p style='font-size:18.0pt'>{ONE}")
    source = read(tmp_path, PLAIN_PAGE.replace("{text}", text))
    assert [line.text for line in source.lines if line.large] == [ONE]


def test_a_table_with_merged_cells(tmp_path):
    table = """<table border=1><tr><td rowspan="2">区</td><td colspan="2">电梯（台）</td></tr>
    <tr><td>计划</td><td>完成</td></tr><tr><td>南湖区</td><td>60</td><td>12</td></tr></table>"""
    text = paragraphs(TEXT[:8]) + table + paragraphs(TEXT[8:])
    result = recognise.recognise(read(tmp_path, PLAIN_PAGE.replace("{text}", text)))
    rows = (("区", "电梯（台）", ""), ("", "计划", "完成"), ("南湖区", "60", "12"))
    assert result.issue.articles[0].body == (FIRST, Table(rows), SECOND)


def test_line_ends_in_the_file_are_no_spaces_in_the_text(tmp_path):
    text = paragraphs().replace("召开老旧", "召开\r\n  老旧")
    check(read(tmp_path, PLAIN_PAGE.replace("{text}", text)))


def test_the_text_of_a_credit_line_is_kept(tmp_path):
    """作者 and 来源 of an article are the bulletin's own words."""
    text = paragraphs([*TEXT[:9], "（作者：周小舟）", *TEXT[9:]])
    source = read(tmp_path, PLAIN_PAGE.replace("{text}", text))
    assert "（作者：周小舟）" in [line.text for line in source.lines]


def test_links_below_their_heading_go_with_it(tmp_path):
    """最新文章 in a column of its own, which no name tells from the text."""
    side = "最新文章<br><a href=1>某区召开会议</a><br><a href=2>某镇召开会议</a>"
    page = f"<table><tr><td>{paragraphs()}</td><td>{side}</td></tr></table>"
    check(read(tmp_path, PLAIN_PAGE.replace("{text}", page)))


def test_other_pages_with_the_day_of_each(tmp_path):
    links = "<h3>相关链接</h3><ul><li><a href='1'>北塘区召开总结会</a> 2018-12-09</li></ul>"
    found = read(tmp_path, NEW_SITE.replace("{text}", paragraphs() + links)).lines
    assert all("北塘区召开总结会" not in line.text for line in found)


@pytest.mark.parametrize(
    "links",
    [
        "<tr><td><a href='1'>机构设置</a></td></tr><tr><td><a href='2'>工作简报</a></td></tr>",
        "<tr><td><a href='1'>机构设置</a></td><td><a href='2'>工作简报</a></td></tr>",
        "<tr><td><a href='1'>机构设置</a>　<a href='2'>工作简报</a></td></tr>",
    ],
    ids=["below", "in cells", "beside"],
)
def test_a_menu_beside_the_masthead(tmp_path, links):
    menu = f"<table>{links}</table>"
    page = f"<table><tr><td>{menu}</td><td>{paragraphs()}</td></tr></table>"
    check(read(tmp_path, f"<html><body>{page}</body></html>"))


def test_numbers_of_a_list_that_word_saved(tmp_path):
    number = "<![if !supportLists]><span style='mso-list:Ignore'>一、<span>&nbsp;&nbsp;&nbsp;&nbsp;</span></span><![endif]>"
    source = read(
        tmp_path,
        PLAIN_PAGE.replace("{text}", f"<p>{number}加强领导</p><p>甲&nbsp;&nbsp;&nbsp;乙&nbsp;丙</p>"),
    )
    assert [line.text for line in source.lines] == ["一、加强领导", "甲　　乙 丙"]


# Pictures


CAPTION = "图为南湖区加装电梯推进会现场"


def with_picture(tag):
    text = (
        paragraphs(TEXT[:8])
        + f"<p align=center>{tag}</p><p align=center>{CAPTION}</p>"
        + paragraphs(TEXT[8:])
    )
    return PLAIN_PAGE.replace("{text}", text)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ('<img src="简报_files/会场.png">', "简报_files/会场.png"),
        ('<img src="./简报_files/会场.png" width="500">', "简报_files/会场.png"),
        ('<img src="简报.files/image001.png">', "简报.files/image001.png"),
        ('<img src="%E7%AE%80%E6%8A%A5_files/a%20b.png?v=2">', "简报_files/a b.png"),
        (
            '<img src="简报_files/blank.gif" data-original="http://www.example.cn/pic/会场.png">',
            "简报_files/会场.png",
        ),
        ('<img src="简报.files\\image001.png">', "简报.files/image001.png"),
    ],
    ids=["Firefox", "Chrome", "Word", "escaped", "lazy", "backslash"],
)
def test_pictures_saved_beside_the_page(tmp_path, tag, name):
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_bytes(PNG)
    source = read(tmp_path, with_picture(tag))
    result = recognise.recognise(source)
    assert result.issue.articles[0].body == (FIRST, Figure("004/a01-1.png", CAPTION), SECOND)
    assert result.images == {"004/a01-1.png": PNG}
    assert source.findings == ()


def test_a_picture_inside_the_page(tmp_path):
    tag = f'<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}">'
    assert recognise.recognise(read(tmp_path, with_picture(tag))).images == {"004/a01-1.png": PNG}


@pytest.mark.parametrize(
    "address",
    [
        "简报_files/lost.png", "http://www.example.cn/pic/lost.png", "//www.example.cn/lost.png", "../outside.png",
        "/etc/outside.png", "简报_files/../../outside.png", "..%2Foutside.png", "file:///etc/passwd", "link.png",
        "folder/../../outside.png", "data:image/png;base64,***", "x" * 5000, "\0",
    ],
)  # fmt: skip
def test_a_picture_that_is_not_beside_the_page_is_reported(tmp_path, address):
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    source = read(folder, with_picture(f'<img src="{address}">'))
    assert not any(line.image for line in source.lines)
    assert [finding.kind for finding in source.findings] == ["picture_missing"]
    assert CAPTION in [line.text for line in source.lines]


def test_a_page_cannot_pass_another_file_off_as_a_picture(tmp_path):
    (tmp_path / "secret.png").write_bytes(b"root:x:0:0")
    source = read(tmp_path, with_picture('<img src="secret.png">'))
    assert [finding.kind for finding in source.findings] == ["picture_format"]


def test_spacers_are_no_pictures(tmp_path):
    assert read(tmp_path, with_picture('<img src="dot.gif" width="1" height="9">')).findings == ()


# What cannot be read


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ('<html><frameset cols="20%,*"><frame src="a.htm"><frame src="b.htm"></frameset></html>', "框架"),
        ("<html><body><script>x</script></body></html>", "网页里没有文字"),
        ("<html><body>" + "<div>" * 90_000 + "x", "层次太深"),
        ("<html><body>" + "<br>" * 100_001, "标记超过 100000 个"),
        ("<html><body>" + "长" * 4_000_000, "文字太多"),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "单个文件的网页"),
    ],
    ids=["frames", "no text", "deep", "tags", "long", "mht"],
)
def test_pages_that_are_refused(tmp_path, page, message):
    with pytest.raises(SourceError, match=message):
        read(tmp_path, page)
