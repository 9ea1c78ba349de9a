"""A PDF as an office makes it: Chromium prints the real issue with page numbers and running heads."""

import html

import pytest

from archives import REAL_ISSUE
from jianbao import page, recognise, sources
from jianbao.errors import SourceError

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
