"""Site generators on the same invented issues: ours, stock MkDocs with Material, Hugo.

Each gets the articles in the form that suits it, a page an issue, and makes lists of the articles by tag. Hugo is
that of the system; its theme is the least that shows the same: an issue's articles with their tags, a list for each
year, group, theme, place and crossing.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archives import new_archive
from jianbao import archive, literal, page
from jianbao.issue import Article, Issue

MKDOCS_CONFIG = """\
site_name: 援疆工作简报
theme:
  name: material
  language: zh
  font: false
plugins:
  - search:
      lang: zh
  - tags
  - offline
markdown_extensions:
  - attr_list
"""

HUGO_CONFIG = """\
baseURL = "/"
title = "援疆工作简报"
languageCode = "zh-CN"
uglyURLs = true
disableKinds = ["RSS"]
[taxonomies]
  group = "groups"
  theme = "themes"
  place = "places"
  crossing = "crossings"
[markup.goldmark.parser.attribute]
  title = true
"""
HUGO_BASE = """\
<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><header><a href="/index.html">{{ .Site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main></body></html>
"""
HUGO_SINGLE = """\
{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .GetTerms "groups" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
{{ range .GetTerms "themes" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}
{{ range .GetTerms "places" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ .Content }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
"""
HUGO_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1><ol>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol>{{ end }}
"""


@dataclass(frozen=True)
class Generator:
    """A generator with its sources in ``folder``; ``issue_page`` finds an issue's page in ``site``."""

    name: str
    folder: Path
    command: list[str]
    site: Path
    issue_page: Callable[[Issue], Path]


def ours(issues: Sequence[Issue], folder: Path) -> Generator:
    target = new_archive(folder)
    for issue in issues:
        _write(target.docs / archive.page_path(issue), page.write(issue))
    command = [str(Path(sys.executable).with_name("jianbao")), "build"]
    return Generator(
        "jianbao",
        folder,
        command,
        target.site,
        lambda issue: target.site / archive.page_path(issue).with_suffix(".html"),
    )


def mkdocs(issues: Sequence[Issue], folder: Path) -> Generator:
    _write(folder / "mkdocs.yml", MKDOCS_CONFIG)
    _write(folder / "docs" / "index.md", "# 援疆工作简报\n")
    _write(folder / "docs" / "tags.md", "# 标签\n\n<!-- material/tags -->\n")
    for issue in issues:
        meta = json.dumps({"tags": issue.tags}, ensure_ascii=False)
        text = f"---\n{meta}\n---\n\n# {issue.full_label}\n\n{_sections(issue)}"
        _write(folder / "docs" / _name(issue), text)
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    site = folder / "site"
    # The plugin `offline` makes pages files.
    return Generator(
        "MkDocs + Material", folder, command, site, lambda i: site / _name(i).with_suffix(".html")
    )


def hugo(issues: Sequence[Issue], folder: Path) -> Generator:
    _write(folder / "config.toml", HUGO_CONFIG)
    for name, text in (("baseof", HUGO_BASE), ("single", HUGO_SINGLE), ("list", HUGO_LIST)):
        _write(folder / "layouts" / "_default" / f"{name}.html", text)
    for issue in issues:
        meta = {
            "title": issue.full_label,
            "date": issue.date.isoformat(),
            "groups": _all(issue.articles, "work_groups"),
            "themes": _all(issue.articles, "themes"),
            "places": _all(issue.articles, "places"),
            "crossings": sorted(
                {f"{group} {theme}" for a in issue.articles for group in a.work_groups for theme in a.themes}
            ),
        }
        text = f"{json.dumps(meta, ensure_ascii=False)}\n\n{_sections(issue)}"
        _write(folder / "content" / _name(issue), text)
    site = folder / "public"
    return Generator(
        "Hugo", folder, ["hugo", "--quiet"], site, lambda i: site / _name(i).with_suffix(".html")
    )


def is_there(name: str) -> bool:
    return name != "hugo" or bool(shutil.which("hugo"))


GENERATORS = {"ours": ours, "mkdocs": mkdocs, "hugo": hugo}


def sources(generator: Generator, issue: Issue) -> Path:
    """The page's source of an issue."""
    (found,) = {
        path for path in generator.folder.rglob(f"{issue.slug}.md") if path.parent.name == str(issue.year)
    }
    return found


def _name(issue: Issue) -> Path:
    return Path("issues", str(issue.year), f"{issue.slug}.md")


def _sections(issue: Issue) -> str:
    parts = []
    for article in issue.articles:
        parts.append(f"## {literal.escape(article.full_title)} {{#{article.id}}}\n")
        parts += [f"{literal.escape(text)}\n" for text in (_tags(article), *article.paragraphs) if text]
    return "\n".join(parts)


def _tags(article: Article) -> str:
    return "、".join(article.tags)


def _all(articles: Sequence[Article], field: str) -> list[str]:
    return list(dict.fromkeys(re.sub("/", "／", tag) for a in articles for tag in getattr(a, field)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
