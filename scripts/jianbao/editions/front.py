"""What a reader finds first in a bundle: a page to open by double click, and a note on how to check it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from jianbao.edition import Edition

# The one name that is not ASCII: a reader sees at once what to open. index.html is the same, for a program that
# unpacks the name wrongly.
NAMES = ("打开简报.html", "index.html")
NOTE = "README.txt"

_PAGE = """\
<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={home}">
<title>简报 {name}</title>
<h1>简报 {name}</h1>
<p><a href="{home}">打开简报</a>（没有自动打开时，请点这里）</p>
<p>{about}</p>
<p>怎样核对这份离线包是否完好，见 <a href="{note}">{note}</a>。</p>
</html>
"""

_README = """\
简报离线包 {name}
{rule}
{about}

打开
  请先把压缩包完整解开，再双击“打开简报.html”或 index.html；用常见的浏览器即可，不需要网络，不需要安装。
  在压缩包里直接双击打不开。

核对
  在装有 Python 3.8 以上的电脑上，进入这个文件夹，运行
      python3 verify.py            （Windows：py verify.py）
  它核对每个文件的 SHA-256，指出被改动、缺少和多出的文件。没有 Python 时，在 Linux 上可以运行
      sha256sum --check --quiet tagmanifest-sha256.txt manifest-sha256.txt
  {signature}
  文件按 BagIt（RFC 8493）的要求存放，也可以用图书馆和档案馆的同类程序核对。

内容
{editions}
  每个版本的 manifest.json 列出它的全部文件，edition.html 说明版本、日期和来源。
  简报的文字属于编发单位；jianbao 程序按 MIT 许可使用。
"""

_SIGNED = """带有签名。有制作者的公钥名单（每行“名字 公钥”）时，运行
      python3 verify.py . --signers 名单"""
_UNSIGNED = "没有签名：核对能说明文件没有损坏，不能说明是谁做的。"


def pages(editions: Sequence[Edition], part: str | None, signed: bool) -> dict[str, bytes]:
    """The files by name. ``editions`` are newest first; ``part`` says which part of the archive they hold."""
    newest = editions[0]
    about = f"版本 {newest.name}，{newest.date}，提交 {newest.commit}。{f'{part}。' if part else ''}"
    page = _PAGE.format(
        home=f"data/{newest.name}/index.html", name=newest.name, about=html.escape(about), note=NOTE
    )
    listed = "\n".join(f"  data/{e.name}/    版本 {e.name}，{e.date}，提交 {e.commit}" for e in editions)
    note = _README.format(
        name=newest.name,
        rule="=" * 40,
        about=about,
        signature=_SIGNED if signed else _UNSIGNED,
        editions=listed,
    )
    # An old Notepad knows UTF-8 by its first bytes, and lines by both characters.
    return {**dict.fromkeys(NAMES, page.encode()), NOTE: note.replace("\n", "\r\n").encode("utf-8-sig")}
