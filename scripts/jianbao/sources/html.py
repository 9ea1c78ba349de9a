"""Web pages saved from a site (.html): the bulletin in them, without the site around it.

What belongs to the site is told by the names of its blocks, by what its short lines say, and by where the
bulletin's own marks stand. Text that hides, and a line of the site's in the middle of the bulletin, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from jianbao.errors import SourceError
from jianbao.issue import Finding
from jianbao.sources import tables, text
from jianbao.sources.source import WIDE_SPACE, Elsewhere, Line, Read

# A page of a site has some thousand tags, one that Word saved some ten thousand.
MOST_TAGS = 100_000
MOST_ATTRIBUTES = 400_000
# A page's text and marks are some 100 KB; photographs inside it (data:) come on top.
LARGEST_WITHOUT_PICTURES = 10_000_000
# Pages of real sites nest some thirty levels deep; paragraphs that are never closed, a few hundred.
DEEPEST = 400

_DROPPED = (
    "script", "style", "nav", "aside", "noscript", "iframe", "button", "select", "option", "template", "svg",
    "head", "object", "textarea", "input", "xml",
)  # fmt: skip
_BLOCKS = frozenset([
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "ucapcontent", "founder-content",
])  # fmt: skip
_DATA_ADDRESS = re.compile(rb"data:image/[\w.+-]+;base64,[A-Za-z0-9+/=%\s]+")
_TAG = re.compile(rb"<[A-Za-z][^<>]*")
_BETWEEN_ATTRIBUTES = re.compile(rb"[\s/\"']+")
# What Word writes for other versions of itself: <![if !supportLists]>
_DECLARATION = re.compile(r"<![^<>]*>")
_UNENDED = re.compile(r"<!")

# The site's own words, told by a block's name or by the text of a short line.
_SITE_NAME = re.compile(
    r"(?i)(?:^|[-_\s])(?:nav|navbar|menu|breadcrumbs?|crumbs?|sidebar|side|related|recommend|share|bdsharebuttonbox|toolbar|tools?|"
    r"footer|foot|copyright|pagination|pager|login|search|banner|topbar|comments?|hot|links?|friendlinks?|qrcode|weixin|prevnext|"
    r"prev|next|print|fontsize|location|position|weizhi|dqwz|xglj|xgwd|ewm|fenxiang)(?:[-_\s]|$|\d)"
)
_LABEL = (
    r"(?:发布|更新|发表|上传|创建|成文|生成|公开|采编|录入)\s*(?:时间|日期|于)|日期|时间|(?:信息|文章|稿件|新闻)?\s*来\s*源|"
    r"(?:文章)?作\s*者\s*[:：]\s*(?:admin|管理员)|(?:浏览|点击|阅读|访问|查看)\s*(?:次数|量|数|率)?|点击率|字\s*(?:号|体)(?:大小)?|"
    r"责任编辑\s*[:：]\s*(?:admin|管理员)|索\s*引\s*号|发布机构|公开方式|信息分类|主题分类|栏目|分享到?|背景色|保护视力色|访问量"
)
_SITE_LINKS = re.compile(r"\W*(?:网站)?首\s*页\s*[|｜>›»·]")
_SITE_LINE = re.compile(
    r"^\W*(?:"
    rf"(?:您|你)?(?:现在|目前|当前)?的?(?:当前|所在)?位置\s*(?:[:：是]|$)|首\s*页\s*(?:[>》›»|/·\-]|$)|相关附件|(?:{_LABEL})\s*[:：]|"
    r"(?:打印|关闭|收藏|分享)(?:本页|此页|本文|文章|窗口|页面)?\W*(?:(?:打印|关闭|收藏|分享)(?:本页|此页|本文|文章|窗口|页面)?\W*)*$|"
    r"字\s*[号体]\W*[大中小]|分享到|\[?\s*[大中小]\s+[大中小]\s+[大中小]|"
    r"版权所有|copyright|主办(?:单位)?\s*[:：].*(?:备案|承办|维护|网站|技术支持)|(?:承办|维护)(?:单位)?\s*[:：].*(?:技术支持|网站|备案|中心)|.{0,40}ICP\s*备|"
    r".{0,30}公网安备|网站(?:地图|标识码|声明)|联系我们|关于我们|设为首页|加入收藏|技术支持|扫一扫|微信扫|用手机|返回(?:顶部|首页|列表|上一页)|无障碍(?:浏览|阅读)?$|"
    r"建议使用.{0,40}浏览器|繁體|政府网站找错"
    r")",
    re.IGNORECASE,
)
_BULLETIN = re.compile(
    r"第\s*[\d０-９〇○零一二三四五六七八九十百]+\s*[、,，\-—至\d]*\s*期|本期要目|本期动态|工作动态|目\s*录|"
    r"^\s*(?:本期)?(?:抄|主|分)?[报送发]\s*[:：]",
    re.MULTILINE,
)
# Links to other pages, whatever bulletin they name.
_OTHER_PAGES = re.compile(
    r"^\W*(?:相关(?:链接|阅读|新闻|文章|信息|文档|稿件)|[上下前后]一?[篇条页]|推荐阅读|热门(?:文章|阅读)|最新(?:文章|信息)|延伸阅读)"
)
# A page says when it was put on the web, in a line of its own with other facts of the kind.
_PAGE_FACTS = re.compile(
    rf"(?:{_LABEL})\s*[:：]?|\d{{4}}\s*[-年/.]\s*\d{{1,2}}\s*[-月/.]\s*\d{{1,2}}\s*日?|\d{{1,2}}:\d{{2}}(?::\d{{2}})?|[大中小]"
)
_DAY_ALONE = re.compile(r"\W*(?:\d{4}\s*[-年/.]\s*)?\d{1,2}\s*[-月/.]\s*\d{1,2}\s*日?\W*")
_NUMBERED = re.compile(r"第\s*[\d０-９〇○零一二三四五六七八九十百]+\s*[、,，\-—至\d０-９]*\s*期|增\s*刊")
LONGEST_SITE_LINE = 90

_BOLD_WEIGHT = re.compile(r"font-weight:(?:bold|bolder|[6-9]00)|font-family:[^;]*(?:黑体|simhei|小标宋)")
_SIZE = re.compile(r"font-size:([\d.]+)(pt|px|em|rem|%)")
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:px|pt|em)?(?:;|$)")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12}
# Sizes of <font size="1"> to 7, in points, as browsers show them.
_FONT_SIZES = dict(zip("1234567", (7.5, 10.0, 12.0, 13.5, 18.0, 24.0, 36.0), strict=True))
DEFAULT_SIZE = _FONT_SIZES["3"]
LARGER = 1.1
_WIDE = "[\u3000-\u9fff\uff00-\uffef]"
_HAN_LINE_END = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]+[ \t\r\n]*(?={_WIDE})")
# Where sites keep the address of a picture that is loaded only when it comes into view.
_LAZY = ("data-original", "data-src", "data-lazy-src", "data-lazyload", "data-url", "_src", "original")


def lines(data: bytes) -> Read:
    """The bulletin's lines in a saved web page's bytes. Raises SourceError where the page has no text."""
    _check_size(data)
    decoded = text.decode(data)
    # html.parser, for it alone tells on which line of the file an element stands. It takes a time that grows
    # with their square over comments and declarations that never end: those are text.
    plain = _DECLARATION.sub("", text.without_comments(decoded.text))
    soup = BeautifulSoup(_UNENDED.sub("&lt;!", plain), "html.parser")
    if _is_too_deep(soup):
        raise SourceError("网页的层次太深，读不出来；请复制正文到 Word，存为 .docx 再导入")
    frames = soup.find_all(["frame", "iframe"])
    found = _of_page(soup)
    if not any(line.text or line.table for line in found.lines):
        if frames:
            raise SourceError(
                "网页的正文在框架（frame）里，不在这个文件中；请在框架里点右键，单独打开后再保存"
            )
        raise SourceError("网页里没有文字；请确认保存的是完整网页")
    return Read(found.lines, (*decoded.findings(), *found.findings))


def _check_size(data: bytes) -> None:
    """Raises SourceError where the page is larger than a bulletin's page ever is, before it is taken apart."""
    plain = _DATA_ADDRESS.sub(b"", data) if len(data) > LARGEST_WITHOUT_PICTURES else data
    if len(plain) > LARGEST_WITHOUT_PICTURES:
        raise SourceError("网页里的文字太多，不像简报；请只保存这一期的网页")
    attributes = sum(len(_BETWEEN_ATTRIBUTES.findall(tag)) for tag in _TAG.findall(plain))
    if data.count(b"<") > MOST_TAGS or attributes > MOST_ATTRIBUTES:
        raise SourceError(f"网页里的标记超过 {MOST_TAGS} 个，不像简报；请只保存这一期的网页")


def _is_too_deep(soup: BeautifulSoup) -> bool:
    stack = [(soup, 0)]
    while stack:
        element, depth = stack.pop()
        if depth > DEEPEST:
            return True
        stack += [(child, depth + 1) for child in element.children if isinstance(child, Tag)]
    return False


def _of_page(soup: BeautifulSoup) -> Read:
    for element in soup.find_all(_DROPPED):
        element.decompose()
    for element in soup.find_all(string=lambda piece: isinstance(piece, PreformattedString)):
        element.extract()
    body = soup.body or soup
    for element in list(body.find_all(True)):
        if not element.decomposed and _is_of_the_site(element):
            element.decompose()
    walk = _Walk(_bulletin(body))
    return _without_site_lines(tuple(walk.lines()), walk.linked)


def _is_of_the_site(element: Tag) -> bool:
    if element.name in ("html", "body"):
        return False
    if element.has_attr("hidden") or _HIDDEN.search(_style(element)):
        return True
    names = " ".join([*element.get_attribute_list("class"), element.get("id") or ""]) if element.attrs else ""
    is_site = element.name == "footer" or bool(names.strip() and _SITE_NAME.search(names))
    # A name may mislead (class="links" around the whole text): what holds the bulletin is never dropped.
    return is_site and not _holds_bulletin(element)


def _holds_bulletin(element: Tag) -> bool:
    """Whether an element holds marks of a bulletin that are not mere links to other pages."""
    if not _BULLETIN.search(element.get_text("\n")):
        return False
    linked = sum(len(link.get_text(strip=True)) for link in element.find_all("a"))
    return 2 * linked < len(element.get_text(strip=True))


def _bulletin(body: Tag) -> Tag:
    """The smallest element that holds all of the page's marks of a bulletin, most of its text, and all sentences."""
    marks = len(_BULLETIN.findall(body.get_text("\n")))
    size = len(body.get_text(strip=True))
    best = body
    while True:
        for child in best.children:
            if not isinstance(child, Tag) or child.name not in _BLOCKS - {"table", "tbody", "tr"}:
                continue
            inner = child.get_text("\n")
            is_most = len(_BULLETIN.findall(inner)) >= marks and len("".join(inner.split())) >= 0.5 * size
            if is_most and not any(_has_sentence(each) for each in best.children if each is not child):
                best = child
                break
        else:
            return best


def _has_sentence(node: Tag | NavigableString) -> bool:
    """Whether there is running text in it, which a site's own blocks have not."""
    lines = (node.get_text("\n") if isinstance(node, Tag) else str(node)).split("\n")
    return any(len(line.strip()) >= 40 and "。" in line and not _is_site_line(line.strip()) for line in lines)


@dataclass(frozen=True)
class _Look:
    """How text is set, as far as the page's own marks say."""

    bold: bool = False
    size: float = DEFAULT_SIZE
    centred: bool = False
    linked: bool = False


@dataclass(frozen=True)
class _Run:
    text: str
    look: _Look


class _Walk:
    """One way through the page, from top to bottom; each block and each <br> begins a line."""

    def __init__(self, root: Tag) -> None:
        self.root = root
        self.runs: list[_Run] = []
        # The lines that are links and nothing else.
        self.linked: set[Line] = set()
        self.body_size = self._body_size()

    def lines(self) -> Iterator[Line]:
        yield from self._inside(self.root, self.root, _Look())
        yield from self._flush(self.root)

    def _inside(self, element: Tag, owner: Tag, look: _Look) -> Iterator[Line]:
        for child in element.children:
            if isinstance(child, NavigableString):
                self.runs.append(_Run(str(child), look))
            elif child.name in ("br", "hr"):
                yield from self._flush(owner)
            elif child.name == "img":
                yield from self._image(child, owner)
            elif child.name == "table":
                yield from self._flush(owner)
                yield from self._table(child, look)
            elif child.name in _BLOCKS:
                yield from self._flush(owner)
                yield from self._inside(child, child, _looks(child, look))
                yield from self._flush(child)
            elif child.name in ("rt", "rp"):
                continue
            elif "mso-list:ignore" in _style(child):
                # The number of a list as Word saves it, set off by a row of small spaces.
                self.runs.append(_Run(child.get_text(strip=True).replace("\xa0", ""), _looks(child, look)))
            else:
                yield from self._inside(child, owner, _looks(child, look))

    def _flush(self, owner: Tag) -> Iterator[Line]:
        """The text collected so far as one line; ``owner`` is the block in which it stands."""
        seen = [run for run in self.runs if run.text.strip()]
        joined = "".join(run.text for run in self.runs)
        self.runs.clear()
        if not seen:
            return
        line = Line(
            owner.sourceline or 1,
            _collapsed(joined),
            heading=_heading(owner),
            bold=all(run.look.bold for run in seen),
            centred=all(run.look.centred for run in seen),
            large=all(run.look.size >= LARGER * self.body_size for run in seen),
        )
        # A list of other pages has the day of each beside its link.
        if any(run.look.linked for run in seen) and all(
            run.look.linked or _DAY_ALONE.fullmatch(run.text) for run in seen
        ):
            self.linked.add(line)
        yield line

    def _image(self, element: Tag, owner: Tag) -> Iterator[Line]:
        """A picture; ``beside.py`` looks for it. One that stands in a line of text comes after that line."""
        address = next((str(element[name]) for name in _LAZY if element.get(name)), "")
        address = address if address and not str(element.get("src") or "").startswith("data:image/jp") else ""
        address = address or str(element.get("src") or "")
        if not address or _is_ornament(element):
            return
        alt = _collapsed(str(element.get("alt") or ""))
        # The name of a file is no caption.
        alt = "" if re.search(r"\.(?:jpe?g|png|gif|bmp)$", alt, re.IGNORECASE) else alt
        yield from self._flush(owner)
        yield Line(element.sourceline or 1, alt, image=Elsewhere(address))

    def _table(self, table: Tag, look: _Look) -> Iterator[Line]:
        look = _looks(table, look)
        caption = table.find("caption", recursive=False)
        if caption:
            yield from self._inside(caption, caption, look)
            yield from self._flush(caption)
        rows: list[list[tables.Cell]] = []
        # Column → how many more rows a cell from above reaches down.
        reaching: dict[int, int] = {}
        for row in table.find_all("tr"):
            if row.find_parent("table") is not table:
                continue
            made: list[tables.Cell] = []
            column = 0
            for cell in row.find_all(["td", "th"], recursive=False):
                while reaching.get(column, 0) > 0:
                    reaching[column] -= 1
                    made.append(tables.Cell((), goes_on=True))
                    column += 1
                columns, down = _span(cell, "colspan"), _span(cell, "rowspan")
                found = (*self._inside(cell, cell, _looks(cell, look)), *self._flush(cell))
                made.append(tables.Cell(found, columns))
                for covered in range(column, column + columns):
                    reaching[covered] = down - 1
                column += columns
            for at in [each for each, left in reaching.items() if each >= column and left > 0]:
                reaching[at] -= 1
                made.append(tables.Cell((), goes_on=True))
            rows.append(made)
        yield from tables.lines(rows, table.sourceline or 1)

    def _body_size(self) -> float:
        """The size in which most of the text is set, in points."""
        counted: dict[float, int] = {}
        stack = [(self.root, _looks(self.root, _Look()))]
        while stack:
            element, look = stack.pop()
            for child in element.children:
                if isinstance(child, Tag):
                    stack.append((child, _looks(child, look)))
                else:
                    counted[look.size] = counted.get(look.size, 0) + len(str(child).strip())
        return max(counted, key=lambda size: counted[size], default=DEFAULT_SIZE)


def _looks(element: Tag, outer: _Look) -> _Look:
    """How an element sets its text, from what the elements around it say and from what it says itself."""
    style = _style(element)
    bold, size, centred = outer.bold, outer.size, outer.centred
    if element.name in ("b", "strong", "th") or _BOLD_WEIGHT.search(style):
        bold = True
    elif "font-weight:normal" in style:
        bold = False
    match = _SIZE.search(style)
    if match and match[1].count(".") < 2 and match[1] != ".":
        size = float(match[1]) * _POINTS[match[2]]
    elif element.name == "font":
        size = _FONT_SIZES.get(str(element.get("size") or ""), size)
    alignment = str(element.get("align") or "").lower()
    if "text-align:center" in style or alignment == "center" or element.name == "center":
        centred = element.name != "table"
    elif "text-align:" in style or alignment in ("left", "right", "justify"):
        centred = False
    return _Look(bold, size, centred, outer.linked or (element.name == "a" and element.has_attr("href")))


def _without_site_lines(found: tuple[Line, ...], linked: set[Line]) -> Read:
    kept: list[Line] = []
    findings: list[Finding] = []
    among_other_pages = False
    menu = _menu(found, linked)
    for index, line in enumerate(found):
        is_text = not line.table and not line.image and len(line.text) <= LONGEST_SITE_LINE
        names_other_pages = is_text and bool(_OTHER_PAGES.match(line.text))
        # Links below 相关链接 or 上一篇 go with it; the first line that is none is the bulletin's again.
        among_other_pages = names_other_pages or (among_other_pages and line in linked)
        if index in menu or among_other_pages or (is_text and _is_site_line(line.text)):
            message = f"网页自身的这一行没有收入：“{line.text[:40]}”"
            findings.append(Finding("site_line_removed", line.number, message))
        else:
            kept.append(line)
    return Read(tuple(kept), tuple(findings))


def _menu(found: Sequence[Line], linked: set[Line]) -> set[int]:
    """Indices of the links that stand below or beside each other over the masthead: the site's menu.

    A single one may be the bulletin's name.
    """
    links = {line.text for line in linked}
    numbered = (i for i, line in enumerate(found) if line not in linked and _NUMBERED.search(line.text))
    top = range(next(numbered, 0))
    # Cells side by side make one line.
    rows = {
        i for i in top if len(found[i].text.split()) > 1 and links.issuperset(found[i].text.split(WIDE_SPACE))
    }
    below = {i for i in top if found[i] in linked}
    return rows | {i for i in below if i - 1 in below or i + 1 in below}


def _is_site_line(shown: str) -> bool:
    # A row of the site's own links, whatever they are called: 首页 | 政务公开 | 工作动态
    if _SITE_LINKS.match(shown):
        return True
    if _SITE_LINE.match(shown) and not _BULLETIN.search(shown):
        return True
    # 2019-05-09 10:20　来源：某市网　浏览：123　字体：大 中 小
    return len(_PAGE_FACTS.findall(shown)) >= 3 and bool(
        re.search(r"\d:\d\d|浏览|点击|阅读|字\s*[体号]", shown)
    )


def _is_ornament(element: Tag) -> bool:
    """Whether a picture is one that the page is built with: a spacer, a dot, an icon by its declared size."""
    sizes = [str(element.get(name) or "").removesuffix("px") for name in ("width", "height")]
    return any(size.isdecimal() and int(size) <= 20 for size in sizes)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return max(1, min(int(value), 60)) if value.isdecimal() and len(value) < 6 else 1


def _collapsed(written: str) -> str:
    """Text as a browser shows it: white space is one space, none between two Han at a line's end.

    A row of &nbsp; is as wide as it looks, a single one a space.
    """
    shown = _HAN_LINE_END.sub("", written)
    shown = re.sub(r"[ \t\n\r\f]+", " ", shown).strip()
    return re.sub(r"[ \xa0]*\xa0[ \xa0]*", lambda match: WIDE_SPACE if len(match[0]) > 2 else " ", shown)


def _style(element: Tag) -> str:
    return "".join(str(element.get("style") or "").split()).lower()


def _heading(element: Tag) -> int:
    return int(element.name[1]) if re.fullmatch(r"h[1-6]", element.name or "") else 0
