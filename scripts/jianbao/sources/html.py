"""Web pages saved from a site (.html): the bulletin in them, without the site around it."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, Tag

from jianbao.errors import SourceError
from jianbao.sources import text
from jianbao.sources.source import WIDE_SPACE, Image, Line

# A page of a site has some thousand tags.
MOST_TAGS = 100_000
# Pages of real sites nest some thirty levels deep; paragraphs that are never closed, a few hundred.
DEEPEST = 400

_DROPPED = (
    "script",
    "style",
    "nav",
    "aside",
    "form",
    "noscript",
    "iframe",
    "button",
    "select",
    "template",
    "svg",
    "head",
    "object",
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_GB = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "hz-gb-2312"})

# The site's own words, told by a block's name or by the text of a short line.
_SITE_NAME = re.compile(
    r"(?i)(^|[-_\s])(nav|navbar|menu|breadcrumb|crumb|sidebar|side|related|recommend|share|toolbar|tools?|footer|"
    r"foot|copyright|pagination|pager|login|search|banner|topbar|comment|hot|links?)([-_\s]|$|\d)"
)
_SITE_LINE = re.compile(
    r"^(?:"
    r"(?:您?(?:现在)?的?)?(?:当前|所在)位置|首页\s*[>》›|]|相关附件|"
    r"(?:发布|更新|发表|上传)(?:时间|日期|于)|来源\s*[:：]|信息来源|作者\s*[:：]\s*(?:admin|管理员)|浏览(?:次数|量)?\s*[:：]|点击(?:数|率|次数)?\s*[:：]|"
    r"阅读(?:次数|量)?\s*[:：]|字(?:号|体)\s*[:：]|【?\s*(?:打印|关闭|收藏|分享)|分享到|责任编辑\s*[:：]\s*admin|"
    r"版权所有|主办单位\s*[:：].*备案|.{0,20}ICP备|.*公网安备|网站地图|联系我们|设为首页|加入收藏|技术支持|扫一扫|返回(?:顶部|首页)"
    r")"
)
_BULLETIN = re.compile(
    r"第\s*[\d０-９〇零一二三四五六七八九十百]+\s*[、,，\d]*\s*期|本期要目|本期动态|目\s*录|^\s*(?:本期)?[报送发]\s*[:：]",
    re.MULTILINE,
)
# Links to other pages, whatever bulletin they name.
_OTHER_PAGES = re.compile(r"^(?:相关(?:链接|阅读|新闻|文章)|上一篇|下一篇|推荐阅读|热门文章)")


def lines(data: bytes) -> tuple[Line, ...]:
    """The bulletin's lines in a saved web page's bytes. Raises SourceError where the page has no text."""
    if data.count(b"<") > MOST_TAGS:
        raise SourceError(f"网页里的标记超过 {MOST_TAGS} 个，不像简报；请只保存这一期的网页")
    # html.parser, for it alone tells on which line of the file an element stands.
    soup = BeautifulSoup(_decode(data), "html.parser")
    if _is_too_deep(soup):
        raise SourceError("网页的层次太深，读不出来；请复制正文到 Word，存为 .docx 再导入")
    result = _of_page(soup)
    if not result:
        raise SourceError("网页里没有文字；请确认保存的是完整网页")
    return result


def _is_too_deep(soup: BeautifulSoup) -> bool:
    stack = [(soup, 0)]
    while stack:
        element, depth = stack.pop()
        if depth > DEEPEST:
            return True
        stack += [(child, depth + 1) for child in element.children if isinstance(child, Tag)]
    return False


def _of_page(soup: BeautifulSoup) -> tuple[Line, ...]:
    for element in soup.find_all(_DROPPED):
        element.decompose()
    for element in soup.find_all(string=lambda piece: isinstance(piece, Comment | Doctype)):
        element.extract()
    body = soup.body or soup
    for element in list(body.find_all(True)):
        if not element.decomposed and _is_of_the_site(element):
            element.decompose()
    return tuple(_without_site_lines(_lines(_bulletin(body))))


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    if name in _GB and not data.startswith(codecs.BOM_UTF8):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            # A page converted to UTF-8 whose declaration was left behind.
            pass
    return text.decode(data)


def _is_of_the_site(element: Tag) -> bool:
    if element.name in ("html", "body"):
        return False
    style = _style(element)
    if element.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style:
        return True
    names = " ".join([*element.get_attribute_list("class"), element.get("id") or ""]) if element.attrs else ""
    is_site = element.name == "footer" or bool(names.strip() and _SITE_NAME.search(names))
    # A name may mislead (class="links" around the whole text): what holds the bulletin is never dropped.
    return is_site and not _BULLETIN.search(element.get_text("\n"))


def _bulletin(body: Tag) -> Tag:
    """The smallest element that holds all of the page's marks of a bulletin and most of its text."""
    marks = len(_BULLETIN.findall(body.get_text("\n")))
    size = len(body.get_text(strip=True))
    best = body
    while True:
        children = [
            child
            for child in best.children
            if isinstance(child, Tag) and child.name not in ("table", "tbody", "tr")
        ]
        for child in children:
            inner = child.get_text("\n")
            same_marks = len(_BULLETIN.findall(inner)) >= marks
            if same_marks and len("".join(inner.split())) >= 0.5 * size and child.name in _BLOCKS:
                best = child
                break
        else:
            return best


def _lines(root: Tag) -> Iterator[Line]:
    collected: list[tuple[str, bool]] = []

    def flush(owner: Tag) -> Iterator[Line]:
        joined = "".join(piece for piece, _ in collected)
        bold = bool(joined.strip()) and all(is_bold for piece, is_bold in collected if piece.strip())
        collected.clear()
        shown = re.sub(r"[ \t\n\r\f]+", " ", joined).strip(" ")
        if shown.strip():
            yield Line(_number(owner), shown, heading=_heading(owner), bold=bold, centred=_is_centred(owner))

    def walk(element: Tag, owner: Tag, bold: bool) -> Iterator[Line]:
        for child in element.children:
            if isinstance(child, NavigableString):
                collected.append((str(child), bold))
            elif child.name == "br":
                yield from flush(owner)
            elif child.name == "img":
                yield from flush(owner)
                yield from _image(child)
            elif child.name == "table":
                yield from flush(owner)
                yield from _table(child, walk, flush)
            elif child.name in _BLOCKS:
                yield from flush(owner)
                yield from walk(child, child, bold)
                yield from flush(child)
            else:
                yield from walk(child, owner, bold or child.name in ("b", "strong"))

    yield from walk(root, root, False)
    yield from flush(root)


def _table(table: Tag, walk, flush) -> Iterator[Line]:
    """A table of data is one line; one that only sets the page is read through."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
    is_layout = bool(table.find("table")) or len(rows) <= 1 or max(map(len, cells), default=0) <= 1
    if not is_layout:
        texts = tuple(tuple(" ".join(cell.get_text(" ").split()) for cell in row) for row in cells)
        yield Line(_number(table), "", table=texts)
        return
    for row in cells:
        simple = len(row) > 1 and not any(cell.find(list(_BLOCKS)) for cell in row)
        if simple:
            joined = WIDE_SPACE.join(t for t in (" ".join(cell.get_text(" ").split()) for cell in row) if t)
            if joined:
                yield Line(_number(row[0]), joined)
            continue
        for cell in row:
            yield from walk(cell, cell, False)
            yield from flush(cell)


def _image(element: Tag) -> Iterator[Line]:
    """A picture inside the file; one that lies elsewhere is left out, for nothing is fetched."""
    match = re.match(
        r"data:image/(png|jpe?g|gif|webp|bmp);base64,(.*)", str(element.get("src") or ""), re.DOTALL
    )
    if not match:
        return
    try:
        data = base64.b64decode(match[2])
    except (binascii.Error, ValueError):
        return
    yield Line(
        _number(element),
        str(element.get("alt") or ""),
        image=Image(data, "." + match[1].replace("jpeg", "jpg")),
    )


def _without_site_lines(found: Iterator[Line]) -> Iterator[Line]:
    for line in found:
        is_site = _OTHER_PAGES.match(line.text) or (
            _SITE_LINE.match(line.text) and not _BULLETIN.search(line.text)
        )
        if len(line.text) > 60 or not is_site:
            yield line


def _style(element: Tag) -> str:
    return str(element.get("style") or "").replace(" ", "").lower()


def _number(element: Tag) -> int:
    return element.sourceline or 1


def _heading(element: Tag) -> int:
    return int(element.name[1]) if re.fullmatch(r"h[1-6]", element.name or "") else 0


def _is_centred(element: Tag) -> bool:
    return (
        "text-align:center" in _style(element) or element.get("align") == "center" or element.name == "center"
    )
