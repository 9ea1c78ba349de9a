"""A PDF as an office makes it: Chromium prints the real issue with page numbers and running heads."""

import html
import random

import pytest

from archives import REAL_ISSUE
from jianbao import page, recognise, sources
from jianbao.errors import SourceError
from jianbao.issue import Figure, Table

STYLE = """@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —" }
  @top-center { content: "援疆工作简报" } } body { font: 16pt/28pt serif } p { margin: 0; text-indent: 2em;
  text-align: justify } h2, .c { text-align: center; text-indent: 0 } div { display: flex;
  justify-content: space-between }"""


def printed(issue):
    def p(text, css=""):
        return f'<p class="{css}">{html.escape(text)}</p>'

    parts = [f"<style>{STYLE}</style>", p(issue.title, "c"), p(f"{issue.label}（总第20期）", "c")]
    parts.append(f"<div><span>{issue.issuer}</span><span>2017年8月7日</span></div>")
    parts += [p("【本期要目】"), *(p(f"★ {a.contents_title}") for a in issue.features)]
    parts += [p("【本期动态】"), *(p(f"☆ {a.contents_title}") for a in issue.briefs)]
    for article in issue.features:
        parts.append(f"<h2>{html.escape(article.title)}</h2>")
        parts += [p(f"——{article.subtitle}", "c")] if article.subtitle else []
        parts += map(p, article.paragraphs)
    parts.append(p("【本期动态】"))
    parts += [f"<p><b>{html.escape(a.title)}。</b>{html.escape(a.paragraphs[0])}</p>" for a in issue.briefs]
    parts.append(p("本期报：" + "，".join(r.name for r in issue.distribution) + "。"))
    return "".join(parts)


@pytest.fixture
def print_pdf(browser, tmp_path):
    def print_pdf(markup):
        tab = browser.new_page()
        tab.set_content(markup)
        path = tmp_path / "简报.pdf"
        tab.pdf(path=path, prefer_css_page_size=True)
        tab.close()
        return path

    return print_pdf


def test_the_real_issue_comes_out_of_a_pdf_as_it_went_in(print_pdf):
    issue = page.parse(REAL_ISSUE.with_suffix(".md").read_text("utf-8"), "2017-20.md")
    result = recognise.recognise(sources.read(print_pdf(printed(issue))))
    found = result.issue
    assert (found.title, found.label, found.date, found.issuer) == (
        issue.title, issue.label, issue.date, issue.issuer,
    )  # fmt: skip
    assert [(a.kind, a.title, a.subtitle) for a in found.articles] == [
        (a.kind, a.title, a.subtitle) for a in issue.articles
    ]
    # Spaces between figures and Han are a matter of width in a PDF; all else must be there, and in order.
    assert [[p.replace(" ", "") for p in a.paragraphs] for a in found.articles] == [
        [p.replace(" ", "") for p in a.paragraphs] for a in issue.articles
    ]
    assert [r.name for r in found.distribution] == [r.name for r in issue.distribution]
    kinds = {finding.kind for finding in result.findings}
    assert {"page_mark_removed", "running_head_removed", "page_break_joined"} <= kinds


def test_a_scan_is_refused(print_pdf):
    with pytest.raises(SourceError, match="没有文字"):
        sources.read(print_pdf("<svg width='300' height='300'><rect width='300' height='300'/></svg>"))


def test_a_pdf_of_a_whole_year_is_refused(print_pdf):
    pages = "".join(f"<p style='break-after:page'>第{number}页的文字，内容很多。</p>" for number in range(82))
    with pytest.raises(SourceError, match="超过 80 页"):
        sources.read(print_pdf(pages))


FIRST = "近日，东河镇组织党员志愿者清理河道，打捞漂浮物三十吨，群众反映良好。" * 4
ROWS = (("村", "漂浮物（吨）"), *((f"第{number}村", str(number)) for number in range(1, 41)))


@pytest.fixture
def bulletin(print_pdf):
    """Prints an invented bulletin and reads it: ``body`` is markup that follows its first paragraph."""

    def bulletin(body, style=""):
        css = f"""@page {{ size: A4; margin: 30mm; @bottom-center {{ content: "- " counter(page) " -" }}
          @top-center {{ content: "河长制工作简报" }} }} body {{ font: 16pt/28pt serif; margin: 0 }}
          p {{ margin: 0; text-indent: 2em; text-align: justify }} .c {{ text-align: center; text-indent: 0 }}
          .red {{ border-bottom: 2pt solid red }} table {{ border-collapse: collapse; width: 100% }}
          td {{ border: 1pt solid }} {style}"""
        return sources.read(
            print_pdf(
                f"<style>{css}</style><p class='c red'>河长制工作简报</p><p class='c'>2019年第3期（总第30期）</p>"
                f"<h2 class='c'>东河镇开展清河行动成效明显</h2><p>{FIRST}</p>{body}<p style='margin-top:28pt'>送：市委办公室。</p>"
            )
        )

    return bulletin


def article(source):
    return recognise.recognise(source).issue.articles[0]


def test_a_ruled_table_over_two_pages_is_one(bulletin):
    markup = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ROWS[1:])
    head = "<thead><tr>" + "".join(f"<td>{cell}" for cell in ROWS[0]) + "</thead>"
    assert article(bulletin(f"<table>{head}{markup}</table>")).body == (FIRST, Table(ROWS))


def test_a_picture_is_taken_and_a_line_an_emblem_and_a_ground_are_not(bulletin):
    def picture(width, height, css=""):
        style = f"display:block;width:{width}pt;height:{height}pt;{css}"
        return f"""<canvas width=90 height=90 style="{style}"></canvas><script>{{
          const canvas = document.currentScript.previousSibling.getContext('2d');
          for (let i = 0; i < 90; i++) {{ canvas.fillStyle = `rgb(${{i * 2}},90,90)`; canvas.fillRect(0, i, 90, 1) }}
        }}</script>"""

    ground = picture(595, 842, "position:fixed;z-index:-1;left:-85pt;top:-85pt")
    body = picture(300, 200) + "<p class='c'>图1 清河现场</p>" + picture(400, 4) + picture(30, 30) + ground
    found = recognise.recognise(bulletin(body))
    assert found.issue.articles[0].body == (FIRST, Figure("003/a01-1.png", "图1 清河现场"))
    assert found.images["003/a01-1.png"].startswith(b"\x89PNG")


def test_columns_watermark_and_a_sentence_that_ends_with_its_page(bulletin):
    words = random.Random(3)
    sentences = (
        "河道清洁，水质达标。",
        "群众满意。",
        "各村把责任落实到人，定期通报进度。",
        "打捞漂浮物，修整堤岸。",
    )
    paragraphs = [f"第{n}件事。" + "".join(words.choices(sentences, k=14)) for n in range(1, 13)]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    mark = "<div style='position:fixed;top:300pt;font-size:60pt;color:#ddd;transform:rotate(-35deg)'>内部资料</div>"
    source = bulletin(mark + f"<div style='columns:2'>{text}</div>")
    assert article(source).body == (FIRST, *paragraphs)
    assert [finding.kind for finding in source.findings] == ["watermark_removed"]
