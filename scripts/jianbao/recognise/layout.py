"""The words by which a bulletin's layout is told: what a masthead, a contents list or a footer says.

The defaults serve the usual 工作简报; another bulletin sets its own in the vocabulary file (``版式``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jianbao.issue import Kind


@dataclass(frozen=True)
class Layout:
    """Layout words, each a plain string compared without white space and brackets."""

    title_endings: tuple[str, ...] = (
        "简报", "快报", "专报", "通报", "月报", "周报", "简讯", "通讯", "动态", "信息", "要情", "参考", "专刊",
        "反映", "摘报", "快讯", "内参", "参阅", "要报", "旬报", "日报", "专递", "导刊", "情况",
    )  # fmt: skip
    contents_headings: tuple[str, ...] = (
        "本期要目", "要目", "目录", "本期目录", "本期导读", "导读", "本期内容", "内容提要", "内容摘要", "本期提要",
    )  # fmt: skip
    briefs_headings: tuple[str, ...] = (
        "本期动态", "工作动态", "动态", "简讯", "工作简讯", "本期简讯", "动态简讯", "信息快递", "简明信息",
        "一句话新闻", "动态信息", "工作信息", "各地动态", "基层动态", "短讯", "快讯", "要闻简报", "信息集萃",
        "短波", "集锦", "速递", "一周要闻", "信息速览",
    )  # fmt: skip
    features_headings: tuple[str, ...] = (
        "本期要闻", "要闻", "专题报道", "重点报道", "工作要情", "经验交流", "本期聚焦", "特稿", "本期专题",
    )  # fmt: skip
    issuer_endings: tuple[str, ...] = (
        "指挥部", "指挥组", "办公室", "督导室", "委员会", "编辑部", "工作组", "领导小组", "管委会", "党组", "党委",
        "办公厅", "中心", "支队", "总队", "政府", "局", "厅", "部", "处", "委", "办", "会", "院", "校", "公司",
        "大队", "秘书处", "专班", "联席会议",
    )  # fmt: skip
    masthead_notes: tuple[str, ...] = (
        "内部资料", "内部刊物", "内部文件", "注意保存", "妥善保存", "不得外传", "编号", "秘密", "机密", "绝密",
        "免费交流", "准印证", "仅供参考", "增刊",
    )  # fmt: skip
    # News often begins with who did it: 武进工作组……
    opening_endings: tuple[str, ...] = ("工作组", "指挥部", "前指")

    # Slips of typing or recognition that spoil a word of this bulletin: pointed out, never changed.
    slips: tuple[str, ...] = ()

    def is_contents(self, text: str) -> bool:
        """Whether a line heads the contents list: ``【本期要目】``, ``目　录``, ``要目：★甲 ★乙``."""
        return self.contents_on(text) is not None

    def contents_on(self, text: str) -> str | None:
        """What follows the heading of the contents list on its line, "" where it stands alone.

        None where the line is no such heading.
        """
        if self.is_heading(_PAGE_COLUMN.sub("", text), self.contents_headings):
            return ""
        match = _HEADED.match(text)
        if match and self.is_heading(match["heading"], self.contents_headings):
            return match["rest"]
        return None

    def is_column(self, text: str) -> bool:
        """Whether a line heads the contents list or a part of the issue (动态, 经验交流)."""
        return self.is_contents(text) or self.column_kind(text) is not None

    def column_kind(self, text: str) -> Kind | None:
        """The kind of the articles under a heading such as ``【工作动态】``, None where the line is no heading.

        A word of the layout may have others before it: 【县区动态】, 一周要闻.
        """
        if len(text) > LONGEST_HEADING:
            return None
        for words, kind in ((self.briefs_headings, Kind.BRIEF), (self.features_headings, Kind.FEATURE)):
            if self.is_heading(text, words):
                return kind
        # 简讯四则
        bare = _COUNT.sub("", _BRACKETS_AND_SPACE.sub("", text))
        if bare in self.briefs_headings:
            return Kind.BRIEF
        if len(bare) <= LONGEST_COLUMN and bare.endswith(self.briefs_headings) and not _IN_TEXT.search(text):
            return Kind.BRIEF
        return None

    def is_heading(self, text: str, words: tuple[str, ...]) -> bool:
        """Whether a line is one of ``words`` alone, in brackets or letterspaced: ``【本期要目】``, ``目　录``."""
        # The quick look first: most lines are text.
        if len(text) > LONGEST_HEADING:
            return False
        bare = _BRACKETS_AND_SPACE.sub("", text).rstrip(":：")
        return bare in words


# With brackets and letterspacing.
LONGEST_HEADING = 40
LONGEST_COLUMN = 6
_HEADED = re.compile(r"^(?P<heading>[^：:】\]]{2,12}(?:[】\]][：:]?|[：:]))\s*(?P<rest>\S.*)$")
# 目录　　　　页码
_PAGE_COLUMN = re.compile(r"[\s.…·]{2,}页\s*[码次]?$")
_COUNT = re.compile(r"[一二三四五六七八九十\d]+[则条篇]$")
_IN_TEXT = re.compile(r"[，。；：、？！“”0-9]")
_BRACKETS_AND_SPACE = re.compile(r"[\s【】\[\]［］〔〕「」『』〖〗《》<>＜＞★☆●◆■◎◇○□▲※—\-*·]+")
