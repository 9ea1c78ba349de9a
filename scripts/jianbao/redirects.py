"""Addresses that have moved: ``docs/redirects.yml``, one ``old: new`` a line, so that old links keep working.

Addresses are the site's, from its root: ``themes/fupin.html: themes/tuopingongjian.html``.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

import yaml

from jianbao.errors import ArchiveError

NAME = "redirects.yml"

_HEAD = "# 改过的地址，一行一条“旧地址: 新地址”；旧地址的链接会转到新地址。只增加，不删除。\n"
# Segments of a page's address: no way up, no empty step, nothing that a browser or Windows would read otherwise.
_LINE = re.compile(r"['\"]?(?P<old>[\w./-]+\.html)['\"]?\s*:\s")
_PAGE = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.html")


def load(path: Path) -> dict[str, str]:
    """The moved addresses with the page that each leads to now, through every step; none where there is no file.

    Raises ArchiveError where the file is not what this module describes, or addresses lead round in a circle.
    """
    try:
        entries = yaml.safe_load(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        line = f"第{error.problem_mark.line + 1}行：" if getattr(error, "problem_mark", None) else ""
        raise ArchiveError(f"{path}：{line}读不懂；应当每行一条“旧地址: 新地址”，UTF-8 编码") from None
    if entries is None:
        return {}
    if not isinstance(entries, dict):
        raise ArchiveError(f"{path}：应当每行一条“旧地址: 新地址”")
    for address in (*entries, *entries.values()):
        if not isinstance(address, str) or not _PAGE.fullmatch(address):
            raise ArchiveError(f"{path}：“{address}”不是本站页面的地址；应当像 themes/jiaoyu.html")
    return {old: _end(entries, old, path) for old in entries}


def refuse_pages(path: Path, moved: Mapping[str, str], pages: Iterable[str]) -> None:
    """Raises ArchiveError, naming the line of ``path``, where one of ``moved`` is the address of a page that exists.

    Letters count the same large and small: on some systems the two would be one file.
    """
    there = {page.lower(): page for page in pages}
    for old in moved:
        if old.lower() in there:
            raise ArchiveError(
                f"{path}：{_line(path, old)}{there[old.lower()]} 是现有的一页，不能又转到 {moved[old]}；请删去这一行"
            )


def _line(path: Path, old: str) -> str:
    """In which line the address is said to have moved, as the beginning of a sentence."""
    said = re.compile(rf"""\s*["']?{re.escape(old)}["']?\s*:""")
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    number = next((number for number, line in lines if said.match(line)), None)
    return f"第{number}行：" if number else ""


def add(path: Path, old: str, new: str) -> None:
    """Write down that ``old`` is now ``new``. Raises ArchiveError where ``load`` would after it; then nothing is written."""
    moved = load(path)
    if moved.get(old) == new:
        return
    if old in moved:
        raise ArchiveError(f"{path}：{old} 已经转到 {moved[old]}；请先改那一行")
    _end({**moved, old: new}, old, path)
    text = path.read_text("utf-8") if path.exists() else ""
    path.write_text(with_moves(text, {old: new}), "utf-8")


def with_moves(text: str, moves: Mapping[str, str], pages: Container[str] = ()) -> str:
    """The file's text with ``moves`` (old → new) at its end; nothing is read or checked.

    A line goes that says otherwise of an address, or leads away from one that is a page now (``pages``).
    """
    kept = [
        line
        for line in (text or _HEAD).splitlines()
        if not ((match := _LINE.match(line)) and (match["old"] in moves or match["old"] in pages))
    ]
    return "\n".join([*kept, *(f"{old}: {new}" for old, new in moves.items())]) + "\n"


def _end(entries: Mapping[str, str], old: str, path: Path) -> str:
    """Where ``old`` leads in the end."""
    seen = [old]
    while (new := entries.get(seen[-1])) is not None:
        if new in seen:
            raise ArchiveError(f"{path}：{old} 转了一圈又回到 {new}；请删去其中一行")
        seen.append(new)
    return seen[-1]
