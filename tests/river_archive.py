"""The archive of an invented bulletin of another kind (河长制工作简报), begun with ``jianbao init`` and filled in."""

import re

NAME = "河长制工作简报"
FIRST = """河长制工作简报
2019年第3期（总第30期）
清河县河长制办公室　　2019年4月1日
本期要目
城关镇开展清河行动成效明显
东河镇河长办组织集中巡河
城关镇开展清河行动成效明显
近日，城关镇河长办组织党员志愿者清理河道，打捞漂浮物三十吨，沿线垃圾一扫而空。
下一步，将建立长效机制，确保河道清洁、水质达标。
东河镇河长办组织集中巡河
3月28日，东河镇河长办组织二十名巡河员沿河巡查，劝阻违法捕鱼三起。
报：县委办公室。
"""
SECOND = """河长制工作简报
2019年第4期（总第31期）
清河县河长制办公室　　2019年5月6日
本期要目
城关镇、东河镇河长办联合巡河
城关镇、东河镇河长办联合巡河
五月以来，城关镇、东河镇河长办联合巡河六次，护河员发现的白条鹭栖息地得到保护。
报：县委办公室。
"""


def filled_in(vocabulary):
    """The new archive's vocabulary with its commented examples taken up, as an editor would do it."""
    text = vocabulary.replace("组名词: [工作组]", "组名词: [工作组, 河长办]")
    for section in ("版式: {}", "工作组: []", "地点: []", "主题: []"):
        # The comment lines right below a section that is empty are its examples.
        block = re.search(rf"^{re.escape(section)}\n(?:#.*\n)+", text, re.MULTILINE)[0]
        lines = [line[2:] for line in block.splitlines()[1:]]
        text = text.replace(block, "\n".join([section.split()[0], *lines]) + "\n")
    more = "- 名称: 城关镇河长办\n"
    return text.replace(more, f"- 名称: 东河镇河长办\n{more}")
