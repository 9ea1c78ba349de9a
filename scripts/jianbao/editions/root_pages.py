"""The files at the root of a published folder: which editions there are, and pages that lead to the newest."""

from __future__ import annotations

import json
from collections.abc import Sequence

from jianbao.edition import Edition, Name

# All that may be written at the root, the two of ``record.py`` among them.
NAMES = ("versions.json", "versions.js", "index.html", "404.html", "changes.html", "changes.atom")

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

# A server shows this page at any address, and the page does not know where the published folder is: it looks for
# a name in the address that stands at the folder's root (an edition, `latest`) or at an edition's, with `latest` beside.
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
<script>
(function () {
  var names = %(names)s;
  var edition = /^(\\d{4}\\.\\d{1,4}(\\.\\d{1,6})?|latest)$/;
  var steps = location.pathname.split("/");
  function look(place) {
    if (place === steps.length) return;
    var isEdition = edition.test(steps[place]);
    if (!isEdition && names.indexOf(steps[place]) < 0) return look(place + 1);
    var newest = steps.slice(0, place).join("/") + "/latest/";
    fetch(newest + "index.html", { method: "HEAD" }).then(function (answer) {
      if (!answer.ok) return look(place + 1);
      if (steps[place] === "latest") {
        var link = document.getElementById("newest");
        link.href = newest + "index.html";
        link.hidden = false;
        return;
      }
      var rest = steps.slice(isEdition ? place + 1 : place).join("/");
      location.replace(newest + (rest || "index.html") + location.search + location.hash);
    });
  }
  look(1);
})();
</script>
</html>
"""


def files(editions: Sequence[Edition], latest: Name, names: Sequence[str]) -> dict[str, str]:
    """The files by name. ``editions`` are newest first; ``names`` stand at the root of the edition ``latest``."""
    versions = [_version(edition, latest) for edition in editions]
    # The form that mike writes and Material reads.
    mike = [{key: version[key] for key in ("version", "title", "aliases")} for version in versions]
    script = {"latest": str(latest), "versions": versions}
    return {
        "versions.json": _json(mike, indent=2) + "\n",
        "versions.js": f"window.jianbaoVersions = {_json(script)};\n",
        "index.html": _INDEX,
        "404.html": _LOST % {"names": _json(list(names))},
    }


def _version(edition: Edition, latest: Name) -> dict[str, object]:
    name = str(edition.name)
    aliases = ["latest"] if edition.name == latest else []
    return {"version": name, "title": name, "aliases": aliases, "date": edition.date.isoformat()}


def _json(value: object, indent: int | None = None) -> str:
    # "<" would end a script in a page.
    return json.dumps(value, ensure_ascii=False, indent=indent).replace("<", "\\u003c")
