"""The Markdown that pages are written in: Python-Markdown with the block ``/// 文章``, and without HTML.

- ``/// 文章`` (a block of pymdown-extensions) shows an article's subtitle under its heading; its tags, which are
  links to other pages, are the template's.
- Each article, a heading of the second level with all that follows it, becomes an ``<article>``; ``articles``
  takes the page apart again, so that the template can add what belongs to each.
- Headings in the text, leads, credits and editors' notes are set apart as ``typography`` tells.
- Raw HTML, HTML entities as markup and links in ``<…>`` are switched off; links and pictures lead only where
  they are safe. What a source or an editor typed is text.
"""

from __future__ import annotations

import html
import re
import textwrap
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from xml.etree import ElementTree as etree

import yaml
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block

from jianbao import typography
from jianbao.issue import Kind
from jianbao.page import BLOCK_NAME, KINDS, YamlLoader

_SAFE_LINK = re.compile(r"(?i)(https?://|mailto:|(?![a-z][a-z0-9+.\-]*:)(?!//))")
# A picture is part of the archive: one that is fetched from elsewhere would be a request that leaves the site.
_LOCAL = re.compile(r"(?i)(?![a-z][a-z0-9+.\-]*:)(?!//)")
_ATTRIBUTES = frozenset({"id", "class", "href", "title", "src", "alt", "lang", "colspan", "rowspan", "start"})
_HEAD = "article-head article-head--"
_ARTICLE = re.compile(
    r'<article aria-labelledby="(?P<id>[^"]+)"[^>]*>\s*(?P<head><header.*?</header>)(?P<text>.*?)</article>',
    re.S,
)
_ALIGNMENT = re.compile(r"text-align: (left|right|center);")


def literal_text(text: object) -> AtomicString:
    """``text`` for the tree, shown as it is: no Markdown, and no entity, in it is interpreted."""
    return AtomicString(str(text).replace("&", "&amp;"))


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str | int | float):
        return None if value is None else str(value)
    raise ValueError(value)


def _texts(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [str(item) for item in value]
    raise ValueError(value)


class ArticleBlock(Block):
    """``/// 文章``: the article's kind and subtitle; its other lines are for ``page.py`` and the template."""

    NAME = BLOCK_NAME
    ARGUMENT = False
    OPTIONS = {  # noqa: RUF012  (read by pymdown-extensions)
        "栏目": ["要目", _text],
        "副题": [None, _text],
        "要目标题": [None, _text],
        "工作组": [[], _texts],
        "地点": [[], _texts],
        "主题": [[], _texts],
    }

    def on_create(self, parent: etree.Element) -> etree.Element:
        kind = KINDS.get(self.options["栏目"], Kind.FEATURE)
        head = etree.SubElement(parent, "header", {"class": f"{_HEAD}{kind.value}"})
        if self.options["副题"]:
            subtitle = etree.SubElement(head, "p", {"class": "article-subtitle"})
            subtitle.text = literal_text(f"——{self.options['副题']}")
        return head


class SectionTreeprocessor(Treeprocessor):
    """Each heading with an article's head under it, and all that follows, becomes an ``<article>``.

    A heading of the second level without such a head (an editor's ``---`` under a line) stays in its article.
    """

    def run(self, root: etree.Element) -> None:
        children = list(root)
        article = None
        for child, following in zip_longest(children, children[1:]):
            if child.tag == "h2" and following is not None and _is_head(following):
                kind = following.get("class").removeprefix(_HEAD)
                following.set("class", "article-head")
                following.insert(0, etree.Element("h2", child.attrib))
                following[0].text, following[0][:] = child.text, list(child)
                article = etree.Element(
                    "article",
                    {
                        "class": f"bulletin-article bulletin-article--{kind}",
                        "aria-labelledby": child.get("id", ""),
                    },
                )
                root.insert(list(root).index(child), article)
                root.remove(child)
            elif article is not None:
                root.remove(child)
                article.append(child)


def _is_head(element: etree.Element) -> bool:
    return element.tag == "header" and (element.get("class") or "").startswith(_HEAD)


class TypographyTreeprocessor(Treeprocessor):
    """Paragraphs of an article in the form in which a bulletin prints them; tables that scroll by themselves."""

    def run(self, root: etree.Element) -> None:
        for article in root.iter("article"):
            paragraphs = [child for child in article if child.tag == "p"]
            texts = ["".join(paragraph.itertext()) for paragraph in paragraphs]
            forms = typography.forms(texts)
            first = next((form.level for form in forms if form.level), 0)
            for paragraph, form in zip(paragraphs, forms, strict=True):
                _set(paragraph, form, first)
            for position, child in enumerate(article):
                if child.tag == "table":
                    article[position] = _scrolling(child)


def _set(paragraph: etree.Element, form: typography.Form, first: int) -> None:
    """Give ``paragraph`` its form; ``first`` is the level of the article's first heading, which comes below h2."""
    if form.kind == "heading":
        paragraph.tag = "h3" if form.level <= first else "h4"
        paragraph.set("class", f"text-heading text-heading--{form.level}")
    elif form.kind != "text":
        paragraph.set("class", f"text-{form.kind}")
    # Only in the words before any emphasis or link of an editor's: what he set is left as it is.
    text = paragraph.text or ""
    for mark in reversed([mark for mark in form.marks if mark.end <= len(text)]):
        element = etree.Element("b", {"class": mark.name})
        element.text, element.tail = text[mark.start : mark.end], text[mark.end :]
        paragraph.insert(0, element)
        text = text[: mark.start]
    paragraph.text = text


def _scrolling(table: etree.Element) -> etree.Element:
    """``table`` in a frame that scrolls sideways, by keys too; a head cell without words is no head."""
    table.set("class", "bulletin-table")
    for cell in table.iter("th"):
        if not "".join(cell.itertext()).strip():
            cell.tag = "td"
    frame = etree.Element(
        "div", {"class": "table-frame", "role": "region", "aria-label": "表格", "tabindex": "0"}
    )
    frame.append(table)
    return frame


@dataclass(frozen=True)
class ShownArticle:
    """An article's HTML: its head (title and subtitle) and its text."""

    head: str
    text: str


def articles(shown: str) -> dict[str, ShownArticle]:
    """id → the article, from the HTML of an issue's page. Raw HTML is off, so the marks are ours alone."""
    return {
        match["id"]: ShownArticle(match["head"], match["text"].strip()) for match in _ARTICLE.finditer(shown)
    }


class FigureTreeprocessor(Treeprocessor):
    """A picture alone in its paragraph becomes a figure, with its description as the caption below it."""

    def run(self, root: etree.Element) -> None:
        for parent in list(root.iter()):
            for child in list(parent):
                pictures = list(child)
                alone = child.tag == "p" and len(pictures) == 1 and pictures[0].tag == "img"
                if alone and not (child.text or "").strip() and not (pictures[0].tail or "").strip():
                    child.tag = "figure"
                    if pictures[0].get("alt"):
                        etree.SubElement(child, "figcaption").text = literal_text(pictures[0].get("alt"))


class SafetyTreeprocessor(Treeprocessor):
    """No attribute that runs or fetches anything; links and pictures only where they are safe."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            for name in list(element.attrib):
                aligned = name == "style" and _ALIGNMENT.fullmatch(element.attrib[name])
                if name not in _ATTRIBUTES and not name.startswith("aria-"):
                    del element.attrib[name]
                if aligned:
                    # A column of a table; a page has no style of its own (site/policy.py).
                    element.set("class", f"aligned-{aligned[1]}")
            href, source = element.get("href"), element.get("src")
            if href is not None and not _SAFE_LINK.match(_as_browsers_read(href)):
                _make_text(element)
            if source is not None and not _LOCAL.match(_as_browsers_read(source)):
                _make_text(element, element.get("alt"))


def _make_text(element: etree.Element, text: str | None = None) -> None:
    """What was a link or a picture is its words only; MkDocs stops at a link without an address."""
    element.tag = "span"
    element.attrib.clear()
    if text:
        element.text = literal_text(text)


def _as_browsers_read(address: str) -> str:
    """An attribute's address with what browsers resolve or drop before they look at its scheme.

    Entities (``&#106;avascript:``, which Python-Markdown leaves in attributes), white space and control
    characters (``java\\nscript:``), and the backslash, which is a slash to them (``/\\example.invalid``).
    """
    return re.sub(r"[\x00-\x20]+", "", html.unescape(address)).replace("\\", "/")


def _split_header(blocks: BlocksProcessor, block: str, length: int) -> tuple[dict[str, object] | None, str]:
    """(a block's options, None where they are no mapping; what follows them), as pymdown-extensions splits it."""
    end = next((match.start() for match in blocks.end.finditer(block) if len(match[1]) == length), None)
    head, rest = block[:end], [] if end is None else [block[end:]]
    written = blocks.yaml_line.match(head)
    if not written:
        return {}, "\n".join([head, *rest])
    return _options(written[0]), "\n".join([head[written.end() :], *rest])


def _options(written: str) -> dict[str, object] | None:
    try:
        options = yaml.load(textwrap.dedent(written), YamlLoader)
    except (yaml.YAMLError, ValueError):
        return None
    options = {} if options is None else options
    return options if isinstance(options, dict) else None


class DialectExtension(BlocksExtension):
    """Registers the block and the tree processors, and takes out what would let HTML in."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        block_mgr.register(ArticleBlock, self.getConfigs())
        # Its own reads YAML with the loader in Python, which takes longer than all the rest of a page.
        block_mgr.split_header = partial(_split_header, block_mgr)

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "entity", "autolink", "automail"):
            md.inlinePatterns.deregister(pattern)
        # After toc (5), which gives headings their ids, and attr_list (8).
        md.treeprocessors.register(SafetyTreeprocessor(md), "jianbao-safety", 4)
        md.treeprocessors.register(FigureTreeprocessor(md), "jianbao-figures", 3)
        md.treeprocessors.register(SectionTreeprocessor(md), "jianbao-sections", 2)
        md.treeprocessors.register(TypographyTreeprocessor(md), "jianbao-typography", 1)


def makeExtension(**kwargs: object) -> DialectExtension:
    """What Python-Markdown calls for ``markdown_extensions: [jianbao.markdown_dialect]``."""
    return DialectExtension(**kwargs)
