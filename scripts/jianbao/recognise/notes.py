"""Lines about an article that are not its text: who wrote it, and what the editors say before and after it.

They stay paragraphs of their article; knowing them keeps them from becoming titles or being joined.
"""

from __future__ import annotations

import re

_ROLE = (
    r"供\s*稿|撰\s*稿|撰\s*文|执\s*笔|通\s*讯\s*员|记\s*者|作\s*者|来\s*稿|报\s*送|供\s*图|摄\s*影|摄|图\s*[/／]?\s*文|文\s*[/／]?\s*图"
    r"|来\s*源|整\s*理|编\s*写|编辑部"
)
_CREDITS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[（(【\[][^。；]{{0,60}}(?:{_ROLE})[^。；]{{0,40}}[)）】\]]",  # （武进工作组 供稿）
        rf"(?:{_ROLE}|文字?|图片?|稿件来源|信息来源|来源单位|供稿单位)(?:人|单位)?\s*[:：]\s*[^。；]{{1,60}}",  # 作者：…
        rf"[^。；，]{{2,40}}\s*(?:{_ROLE})",  # 市信访局　供稿
        r"通讯员\s*[^。；，：:]{2,30}",
        r"[—–－-]{1,2}\s*(?:摘自|转自|选自)[^。]{2,40}",
        r"[（(](?:摘自|转自|选自)[^。]{2,40}[)）]",
    )
)
# 苏州援疆教师团队　王晓岚: who, then one name or more, each of two or three characters.
_BYLINE = re.compile(
    r"[^。；，：！？“”\d]{2,24}(?:[ \u3000]+[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){1,2})+"
)
_NAMES_IN_BRACKETS = re.compile(r"[（(][\u4e00-\u9fff·\s、]{2,24}[)）]")
_BEFORE = re.compile(
    r"^[【\[（(〔]?\s*(?:编\s*者\s*按|编\s*前(?:\s*语)?|按\s*语|编\s*者\s*的\s*话|本\s*期\s*按\s*语|编辑\s*按|按)\s*"
    r"(?:[】\])）〕]|[:：]|\s{1,2}(?=\S)|$)"
)
_AFTER = re.compile(
    r"^[【\[（(〔]?\s*(?:编\s*后(?:\s*(?:语|记|话))?|编\s*余|短\s*评|点\s*评)\s*(?:[】\])）〕]|[:：]|\s{1,2}(?=\S)|$)"
)
_SUBTITLE = re.compile(r"^\s*(?:[—–―─－]{1,2}|--+)\s*(?=\S)")


def is_credit(text: str) -> bool:
    """Whether a line says who wrote or sent the article: ``（武进工作组 供稿）``, ``作者：某某``, ``来源：…``."""
    if len(text) > 80:
        return False
    return any(p.fullmatch(text) for p in _CREDITS) or bool(_NAMES_IN_BRACKETS.fullmatch(text))


def is_byline(text: str) -> bool:
    """Whether a line reads like the author's under a title; only its place tells: a headline may read so, too."""
    return len(text) <= 30 and bool(_BYLINE.fullmatch(text))


def opens_editors_note(text: str) -> bool:
    """Whether a line begins what the editors say before an article (编者按)."""
    return bool(_BEFORE.match(text))


def closes_article(text: str) -> bool:
    """Whether a line begins what the editors say after an article (编后)."""
    return bool(_AFTER.match(text))


def is_note(text: str) -> bool:
    """Whether a line stands by itself in an article and is never its title."""
    return is_credit(text) or opens_editors_note(text) or closes_article(text)


def subtitle(text: str) -> str | None:
    """The subtitle on a line that begins with its dash (``——武进工作组纪实``), or None."""
    match = _SUBTITLE.match(text)
    return text[match.end() :].strip() if match and len(text) < 90 and not text.endswith("。") else None
