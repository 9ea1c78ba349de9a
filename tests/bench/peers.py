"""The peers: two public searches for static sites, on the same articles.

Material for MkDocs with its own search plugin (which cuts Chinese with jieba), and Pagefind in the build that
cuts Chinese into words. Both are installed with the optional dependencies ``peers``. Each gets the articles in
the form that suits it: Material a page an issue with a heading an article, Pagefind a page an article.
"""

from __future__ import annotations

import gzip
import html
import importlib.util
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import process
from bench.product import Product
from jianbao import literal
from jianbao.issue import Article, Issue

NEEDED = ("jieba", "pagefind_bin_extended")

MATERIAL_CONFIG = """\
site_name: 援疆工作简报
theme:
  name: material
  language: zh
  font: false
plugins:
  - search:
      lang: zh
markdown_extensions:
  - attr_list
nav:
  - index.md
not_in_nav: issues/
validation:
  omitted_files: ignore
"""

# The worker's messages pass by here: all results of a query, not only those that the page draws.
MATERIAL_LISTENS = """
(() => {
  const Original = Worker;
  window.Worker = function (...given) {
    const worker = new Original(...given);
    window.bench = { worker };
    return worker;
  };
})();
"""
MATERIAL_FIND = """
(query) => new Promise((resolve) => {
  const input = document.querySelector(".md-search__input");
  const worker = window.bench.worker;
  function receive(event) {
    if (event.data.type !== 3) return;
    worker.removeEventListener("message", receive);
    const items = event.data.data.items;
    const all = items.flatMap((item) => Array.isArray(item) ? item : [item, ...(item.next || [])]);
    resolve(all.map((each) => each.location));
  }
  if (input.value === query) { input.value = ""; input.dispatchEvent(new KeyboardEvent("keyup")); }
  worker.addEventListener("message", receive);
  input.value = query;
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
})
"""

PAGEFIND_PAGE = """\
<!DOCTYPE html>
<html lang="zh-CN"><meta charset="utf-8"><title>检索</title>
<link href="pagefind/pagefind-ui.css" rel="stylesheet">
<body><div id="search"></div>
<script src="pagefind/pagefind-ui.js"></script>
<script>new PagefindUI({ element: "#search", debounceTimeoutMs: 0, showImages: false });</script>
</body></html>
"""
PAGEFIND_ARTICLE = """\
<!DOCTYPE html>
<html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>
<body><main data-pagefind-body><h1>{title}</h1>
{text}
</main></body></html>
"""
PAGEFIND_FIND = """
async (query) => {
  window.bench = window.bench || await import(new URL("pagefind/pagefind.js", location.href));
  return (await window.bench.search(query)).results.map((each) => each.id);
}
"""


def missing() -> list[str]:
    """The packages that a comparison needs and that are not installed."""
    return [name for name in NEEDED if importlib.util.find_spec(name) is None]


def products(issues: Sequence[Issue], folder: Path) -> Iterator[Product]:
    """Both peers, their sites made in ``folder``."""
    yield material(issues, folder / "material")
    yield pagefind(issues, folder / "pagefind")


def material(issues: Sequence[Issue], folder: Path) -> Product:
    numbers: dict[str, int] = {}
    folder.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(MATERIAL_CONFIG, "utf-8")
    (folder / "docs" / "issues").mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# 援疆工作简报\n", "utf-8")
    for issue in issues:
        sections = [f"# {issue.full_label}\n"]
        for article in issue.articles:
            numbers[f"issues/{issue.cumulative}/#{article.id}"] = len(numbers)
            sections += [f"## {literal.escape(article.full_title)} {{#{article.id}}}\n"]
            sections += [f"{literal.escape(text)}\n" for text in _paragraphs(article)]
        (folder / "docs" / "issues" / f"{issue.cumulative}.md").write_text("\n".join(sections), "utf-8")
    cost = process.run([sys.executable, "-m", "mkdocs", "build", "-q"], folder, {"NO_MKDOCS_2_WARNING": "1"})
    site = folder / "site"
    return Product(
        name="Material",
        site=site,
        page="index.html",
        field=".md-search__input",
        shown='document.querySelector(".md-search-result__item") || document.querySelector(".md-search-result__meta").textContent.includes("没有找到")',
        cleared='!document.querySelector(".md-search-result__item") && document.querySelector(".md-search-result__meta").textContent.includes("键入")',
        find=MATERIAL_FIND,
        number=numbers.get,
        is_search=lambda path: path.startswith("search/") or "/workers/" in path or "/lunr/" in path,
        is_index=lambda path: path.startswith("search/"),
        cost=cost,
        index=(site / "search",),
        before_scripts=MATERIAL_LISTENS,
        visits=12,
    )


def pagefind(issues: Sequence[Issue], folder: Path) -> Product:
    from pagefind_bin_extended import get_executable

    numbers: dict[str, int] = {}
    folder.mkdir(parents=True)
    for issue in issues:
        for article in issue.articles:
            name = f"{issue.cumulative}-{article.id}.html"
            numbers[f"/{name}"] = len(numbers)
            text = "\n".join(f"<p>{html.escape(text)}</p>" for text in _paragraphs(article))
            page = PAGEFIND_ARTICLE.format(title=html.escape(article.full_title), text=text)
            (folder / name).write_text(page, "utf-8")
    cost = process.run([str(get_executable()), "--site", "."], folder)
    (folder / "search.html").write_text(PAGEFIND_PAGE, "utf-8")
    fragments = {
        path.name.removesuffix(".pf_fragment"): numbers[_fragment(path)["url"]]
        for path in (folder / "pagefind" / "fragment").iterdir()
    }
    return Product(
        name="Pagefind",
        site=folder,
        page="search.html",
        field=".pagefind-ui__search-input",
        shown='document.querySelector(".pagefind-ui__result-link") || /^(没有|未找到|No results)/.test((document.querySelector(".pagefind-ui__message") || {}).textContent || "")',
        cleared='!document.querySelector(".pagefind-ui__result-link") && !document.querySelector(".pagefind-ui__message")',
        find=PAGEFIND_FIND,
        number=fragments.get,
        is_search=lambda path: path.startswith("pagefind/"),
        # Its program's files end in .js, .css and .pagefind (WebAssembly).
        is_index=lambda path: path.endswith((".pf_index", ".pf_fragment", ".pf_meta", "entry.json")),
        cost=cost,
        index=(folder / "pagefind" / "index", folder / "pagefind" / "fragment"),
    )


def _paragraphs(article: Article) -> tuple[str, ...]:
    return ("、".join(article.tags), *article.paragraphs) if article.tags else article.paragraphs


def _fragment(path: Path) -> dict:
    """A page as Pagefind keeps it: JSON after a mark, in gzip."""
    return json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
