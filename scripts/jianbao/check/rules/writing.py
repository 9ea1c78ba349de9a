"""JB0: the page can be read at all, and its waivers are of use."""

from __future__ import annotations

from collections.abc import Iterator

from jianbao.check.finding import Fix, Spot
from jianbao.check.page_file import PageFile
from jianbao.check.rule import rule
from jianbao.vocabulary import Vocabulary


@rule(
    "JB001",
    "页首写法不对",
    why="页首（两行 --- 之间）记着这一期的刊名、年份、期号、日期等，程序靠它排序和检索；"
    "写法不对，整页读不出来，网站也生成不了。一页有几处错，会一次全部列出。",
    bad="---\n刊名: 援疆工作简报\n年份: 二〇一七\n期号：20\n---",
    good="---\n刊名: 援疆工作简报\n年份: 2017\n期号: 20\n---",
    mend="按提示改那一行。常见的错：冒号用了全角（应当是半角冒号加一个空格）、年份和期号不是阿拉伯数字、"
    "日期没有写成 2017-08-07、项目名称写错。",
    needs_issue=False,
    is_waivable=False,
)
def front_matter(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    return (page.at(each.line, each.reason) for each in page.faults if each.line <= page.head_end)


@rule(
    "JB002",
    "文章写法不对",
    why="每篇文章由一行“## 标题 {#a01}”和其下的“/// 文章”几行说明开头，读者的链接、标签和检索都靠它们。",
    bad="## 南京工作组四措并举\n\n正文……",
    good="## 南京工作组四措并举 {#a03}\n\n/// 文章\n    栏目: 要目\n    工作组: [南京工作组]\n    地点: []\n    主题: [脱贫攻坚]\n///\n\n正文……",
    mend="按提示改那一行；拿不准时照着同一页里别的文章写。编号 {#a03} 在一页里不能重复。",
    needs_issue=False,
    is_waivable=False,
)
def articles(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    return (page.at(each.line, each.reason) for each in page.faults if each.line > page.head_end)


@rule(
    "JB003",
    "文件编码不对",
    why="页面必须是 UTF-8 编码、不带 BOM。用记事本另存时容易变成“ANSI”（GBK）或“带有 BOM 的 UTF-8”，"
    "前者读出来是乱码，后者让第一行的 --- 认不出来。",
    bad="记事本：另存为 → 编码 ANSI",
    good="记事本：另存为 → 编码 UTF-8",
    mend="用记事本打开，“另存为”时编码选 UTF-8（不是“带有 BOM 的 UTF-8”）。只是多了 BOM 的，"
    "jianbao check --fix 会去掉它。",
    needs_issue=False,
    is_waivable=False,
)
def encoding(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    if not page.is_utf8:
        line = page.data[: _first_wrong_byte(page.data)].count(b"\n") + 1
        yield page.at(line, "不是 UTF-8 编码，从这一行起读出来是乱码")
    elif page.has_byte_order_mark:
        yield page.at(1, "文件开头有 BOM，程序认不出第一行的 ---", Fix(1, 0, 1, ""))


def _first_wrong_byte(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0
