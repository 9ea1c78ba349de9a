"""The files at the root of a published folder: which editions there are, and pages that lead to the newest."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jianbao.edition import Edition, Name

LEAD_ON = "jianbao-404.js"
# All that may be written at the root, the two of ``record.py`` among them.
NAMES = ("versions.json", "versions.js", "index.html", "404.html", LEAD_ON, "changes.html", "changes.atom")

_INDEX = """\
<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=latest/index.html">
<link rel="canonical" href="latest/index.html">
<title>最新版</title>
<p><a href="latest/index.html">进入最新版</a></p>
</html>
"""

# A server shows this page at any address below the published folder, and the page does not know how far below: it asks
# for its script at every step up. No script stands in the page itself, which a server's content policy may forbid.
_DEEPEST = 6
_LOST = """\
<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>没有这个页面</title>
<h1>没有这个页面</h1>
<p>地址可能抄错了，或者那个版本已经撤下。<a id="newest" hidden>进入最新版</a></p>
<noscript><p>请把地址中的版本号改为 latest，或者从网站首页进入。</p></noscript>
{scripts}
</html>
"""

# The script knows the folder by its own address. It goes on once, however many of its addresses lead to it.
_LEAD_ON = """\
(function () {
  "use strict";
  var link = document.getElementById("newest");
  var root = new URL(".", document.currentScript.src).pathname;
  if (link.href || location.pathname.indexOf(root) !== 0) return;
  var address = location.pathname.slice(root.length);
  link.href = root + "latest/index.html";
  if (address.indexOf("latest/") === 0) {
    link.hidden = false;
    return;
  }
  var page = address.replace(/^\\d{4}\\.\\d{1,4}(\\.\\d{1,6})?(\\/|$)/, "");
  location.replace(root + "latest/" + (page || "index.html") + location.search + location.hash);
})();
"""


def files(editions: Sequence[Edition], latest: Name) -> dict[str, str]:
    """The files by name. ``editions`` are newest first."""
    versions = [_version(edition, latest) for edition in editions]
    # The form that mike writes and Material reads.
    mike = [{key: version[key] for key in ("version", "title", "aliases")} for version in versions]
    script = {"latest": str(latest), "versions": versions}
    return {
        "versions.json": _json(mike, indent=2) + "\n",
        "versions.js": f"window.jianbaoVersions = {_json(script)};\n",
        "index.html": _INDEX,
        "404.html": _LOST.format(scripts=_scripts()),
        LEAD_ON: _LEAD_ON,
    }


def _scripts() -> str:
    return "\n".join(f'<script src="{"../" * steps}{LEAD_ON}"></script>' for steps in range(_DEEPEST + 1))


def _version(edition: Edition, latest: Name) -> dict[str, object]:
    name = str(edition.name)
    aliases = ["latest"] if edition.name == latest else []
    return {"version": name, "title": name, "aliases": aliases, "date": edition.date.isoformat()}


def _json(value: object, indent: int | None = None) -> str:
    # "<" would end a script in a page.
    return json.dumps(value, ensure_ascii=False, indent=indent).replace("<", "\\u003c")
