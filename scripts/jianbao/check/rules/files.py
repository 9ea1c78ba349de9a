"""JB6: what pages point at, their originals, and the files that no page names."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from jianbao.check.finding import Level, Spot
from jianbao.check.holdings import Holdings
from jianbao.check.page_file import PageFile
from jianbao.check.record import Record, Target
from jianbao.check.rule import rule
from jianbao.vocabulary import Vocabulary

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):|//")
_WEB = frozenset({"http", "https", "mailto"})
# A page is opened over slow lines and printed; a photograph of this size prints sharp on a whole page of A4.
LARGEST_PICTURE = 2 * 1024 * 1024
_DOCUMENTS = frozenset(
    {".doc", ".docx", ".wps", ".wpt", ".rtf", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".zip", ".rar", ".7z", ".eml"}
)  # fmt: skip
_LEFT_BEHIND = re.compile(r"~\$.*|.*\.(?:tmp|bak|orig|swp)|.*~|Thumbs\.db|desktop\.ini", re.I)
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _scheme(target: Target) -> str | None:
    """``https`` of an address with a scheme, empty for ``//host``, None for one within the archive."""
    match = _SCHEME.match(html.unescape(target.address).replace("\\", "/"))
    return match and (match["scheme"] or "").lower()


def _targets(holdings: Holdings, is_image: bool) -> Iterator[tuple[Record, Target]]:
    for record in holdings.records.values():
        for target in record.targets:
            if target.is_image is is_image:
                yield record, target


@rule(
    "JB601",
    "图片不存在",
    why="页面上的图片必须是档案里的文件：不存在的显示成空框，网上的（http://…）在内网打不开，也不会显示。",
    bad="![开班仪式](020/开班.jpg)（没有这个文件）",
    good="![开班仪式](020/a01-1.jpg)",
    mend="把图片放进 docs/issues/年份/期号/ 文件夹，路径从页面写起；大小写也要一致。",
    over_page=False,
)
def missing_picture(holdings: Holdings) -> Iterator[Spot]:
    for record, target in _targets(holdings, is_image=True):
        if _scheme(target) is not None:
            yield Spot(record.path, target.line, f"图片“{target.address}”在档案之外，不会显示")
        elif record.place(target)[0] not in holdings.files:
            yield Spot(record.path, target.line, f"没有图片 {record.place(target)[0]}")


@rule(
    "JB602",
    "图片没有说明",
    Level.WARNING,
    why="方括号里的说明显示在图片下面，也读给用读屏软件的人听。",
    bad="![](020/a01-1.jpg)",
    good="![伊犁州卫生援疆医疗人才培训班开班仪式](020/a01-1.jpg)",
    mend="在方括号里写一句话：图上是谁、在做什么。",
    over_page=False,
)
def picture_without_words(holdings: Holdings) -> Iterator[Spot]:
    for record, target in _targets(holdings, is_image=True):
        if not target.words.strip():
            yield Spot(record.path, target.line, f"图片 {target.address} 没有说明")


@rule(
    "JB603",
    "图片太大",
    Level.WARNING,
    why="超过 2 MB 的图片在慢的网络上要等很久，离线包也会变得很大；A4 纸整页打印用不到这么大。",
    bad="020/a01-1.jpg（8.4 MB）",
    good="020/a01-1.jpg（0.6 MB，长边 2000 像素）",
    mend="用“画图”等程序把长边缩到 2000 像素左右，照片存成 JPEG，再换掉原图。",
    over_page=False,
)
def large_picture(holdings: Holdings) -> Iterator[Spot]:
    for record, target in _targets(holdings, is_image=True):
        path = record.place(target)[0]
        if _scheme(target) is None and path in holdings.files:
            size = holdings.file(path).stat().st_size
            if size > LARGEST_PICTURE:
                yield Spot(record.path, target.line, f"图片 {path} 有 {size / 1024 / 1024:.1f} MB")


@rule(
    "JB604",
    "链接打不开",
    why="指向档案里别的页面的链接，目标必须在；指向一篇文章的（020.md#a01），那一期里要有这个编号。",
    bad="[第19期](19.md)",
    good="[第19期](019.md#a01)",
    mend="改成对的文件名（从这一页写起）；目标已经没有的，删去链接。",
    over_page=False,
)
def broken_link(holdings: Holdings) -> Iterator[Spot]:
    for record, target in _targets(holdings, is_image=False):
        if _scheme(target) is not None:
            continue
        path, fragment = record.place(target)
        source = path.removesuffix(".html") + ".md" if path.endswith(".html") else path
        there = holdings.records.get(source)
        if target.address.startswith("/"):
            yield Spot(
                record.path, target.line, f"链接“{target.address}”以 / 开头，离线打不开；请从这一页写起"
            )
        elif {path, source}.isdisjoint(holdings.files) and source.startswith("docs/issues/"):
            yield Spot(record.path, target.line, f"链接“{target.address}”没有目标 {source}")
        elif {path, source}.isdisjoint(holdings.files) and path == source:
            yield Spot(record.path, target.line, f"链接“{target.address}”没有目标 {path}")
        elif there and fragment and fragment not in {piece.id for piece in there.articles}:
            yield Spot(record.path, target.line, f"链接“{target.address}”：{source} 里没有文章 {fragment}")


@rule(
    "JB605",
    "链接的类型不对",
    why="只有 http、https 和 mailto 链接有用；别的（file:、javascript:、ftp:、D:\\）只显示文字，点不开。",
    bad="[附件](file:///D:/附件.docx)",
    good="[附件](https://www.example.gov.cn/fujian.pdf)",
    mend="改成 https 的地址，或者把文件放进档案再写它的路径。",
    over_page=False,
)
def scheme_of_link(holdings: Holdings) -> Iterator[Spot]:
    for record, target in _targets(holdings, is_image=False):
        scheme = _scheme(target)
        if scheme is not None and scheme not in _WEB:
            yield Spot(record.path, target.line, f"链接“{target.address}”点不开")


@rule(
    "JB606",
    "没有登记原件",
    Level.WARNING,
    why="每一期都应当留着原件和它的校验值（sha256），日后才能核对页面与原件是否一致。",
    bad="（页首没有“原件”）",
    good="原件:\n  文件名: 2017-20.docx\n  sha256: 42cb7a60…",
    mend="用 jianbao import 重新导入原件，程序会写好这两行；原件确实没有的（如用 jianbao new 新建的一期），写“免检”。",
)
def no_original(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    if not page.issue.original:
        yield page.at("刊名", "没有登记原件")


@rule(
    "JB607",
    "原件不在",
    why="页首登记的原件应当在 docs/originals/ 里。原件丢了，页面上的“下载原件”打不开，也无从核对。",
    bad="（docs/originals/2017/020.docx 被删去）",
    good="docs/originals/2017/020.docx",
    mend="从备份或 git 历史里找回来（git checkout 提交 -- 路径），或用 jianbao import 重新导入。",
    over_page=False,
)
def missing_original(holdings: Holdings) -> Iterator[Spot]:
    for record in holdings.records.values():
        if record.source and f"docs/{record.source.path}" not in holdings.files:
            yield Spot(record.path, record.source.line, f"没有原件 docs/{record.source.path}")


@rule(
    "JB608",
    "原件被改过",
    why="原件的校验值与登记的不同：文件被换过、改过或者损坏了。原件只存不改。",
    bad="（用 Word 打开 docs/originals/2017/020.docx 又存了一次）",
    good="（原件一直没有动过）",
    mend="恢复原来的文件（git checkout -- 路径）；确要换成另一份原件，用 jianbao import --replace 重新导入。",
    over_page=False,
    is_waivable=False,
)
def changed_original(holdings: Holdings) -> Iterator[Spot]:
    for record in holdings.records.values():
        source = record.source
        if source and not _SHA256.fullmatch(source.sha256):
            yield Spot(record.path, source.line, "原件的 sha256 应当是64位十六进制数字")
        elif source and f"docs/{source.path}" in holdings.files:
            with holdings.file(f"docs/{source.path}").open("rb") as file:
                actual = hashlib.file_digest(file, "sha256").hexdigest()
            if actual != source.sha256:
                yield Spot(
                    record.path, source.line, f"docs/{source.path} 的 sha256 是 {actual[:12]}…，与登记的不同"
                )


@rule(
    "JB609",
    "没有用处的文件",
    Level.WARNING,
    why="docs/ 里的文件都会放到网站上。没有页面显示的图片、没有页面登记的原件，读者找不到，却占着地方，也可能是不该公开的。",
    bad="docs/issues/2017/020/IMG_2041.jpg（哪一页都没有用它）",
    good="（每个文件都有页面用到）",
    mend="该显示的，在页面里写上；不要的，删去。",
    over_page=False,
    is_waivable=False,
)
def unused_files(holdings: Holdings) -> Iterator[Spot]:
    used = {record.place(target)[0] for record in holdings.records.values() for target in record.targets}
    used |= {f"docs/{record.source.path}" for record in holdings.records.values() if record.source}
    unread = tuple(
        path.removesuffix(".md")
        for path in holdings.files
        if path.startswith("docs/issues/") and path.endswith(".md") and path not in holdings.records
    )
    # What belongs to a page that cannot be read now is not to be thrown away.
    kept = (
        *(f"{page}/" for page in unread),
        *(f"{page.replace('issues', 'originals', 1)}." for page in unread),
    )
    for path in sorted(holdings.files - used):
        if path.startswith(kept):
            continue
        if _LEFT_BEHIND.fullmatch(PurePosixPath(path).name):
            continue
        if path.startswith("docs/originals/"):
            yield Spot(path, 1, "没有页面登记这个原件")
        elif path.startswith("docs/issues/") and not path.endswith(".md"):
            yield Spot(path, 1, "没有页面用到这个文件")


@rule(
    "JB610",
    "不该放在 docs 里的文件",
    Level.WARNING,
    why="docs/ 里的文件都会放到网站上，谁都能下载。Word 的临时文件、备份、还没有导入的原稿不应当在里面。",
    bad="docs/2017-20定稿（领导修改）.docx",
    good="docs/originals/2017/020.docx（由 jianbao import 放入）",
    mend="移出 docs/；还没有导入的，移出后用 jianbao import 导入。",
    over_page=False,
    is_waivable=False,
)
def misplaced_files(holdings: Holdings) -> Iterator[Spot]:
    for path in sorted(holdings.files):
        name = PurePosixPath(path)
        if _LEFT_BEHIND.fullmatch(name.name):
            yield Spot(path, 1, "是程序留下的临时文件或备份")
        elif (
            name.suffix.lower() in _DOCUMENTS
            and len(name.parts) > 1
            and name.parts[1] not in ("originals", "issues")
        ):
            yield Spot(path, 1, "原稿不应当直接放在 docs/ 里")
