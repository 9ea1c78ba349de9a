"""The MkDocs plugin: pages → site. No other module knows MkDocs' hooks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from jianbao import markdown_dialect, redirects, site, vocabulary
from jianbao import page as issue_page
from jianbao.archive import original_path, page_text
from jianbao.edition import Edition
from jianbao.errors import JianbaoError
from jianbao.search import program
from jianbao.shelf import Entry, Shelf
from jianbao.site import citations, feeds, home, linked_data, lists, policy
from jianbao.site.related import Related

# Heard by ``site_builder``; a level below what is shown where nobody listens.
_steps = logging.getLogger("jianbao.steps")


class JianbaoPlugin(BasePlugin):
    """Reads the issues once, gives them to the templates, and adds what is made from all of them.

    ``edition`` and ``has_originals`` are set by ``site_builder`` before the build.
    """

    edition: Edition | None = None
    has_originals: bool = True
    is_live: bool = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Whether the site is shown by ``serve``, which reloads it."""
        self.is_live = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """No sitemap of MkDocs': it holds the day of the build. ``site/sitemap.py`` makes ours."""
        config.theme.static_templates.discard("sitemap.xml")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read every issue before any page is made, and add the pages that stand for no file."""
        _steps.info("正在读各期页面……")
        try:
            words = vocabulary.load(Path(config.docs_dir, "vocabulary.yml"))
            shelf = Shelf.of(_read_issues(files, config))
            moved = redirects.load(Path(config.docs_dir, redirects.NAME))
        except JianbaoError as error:
            raise PluginError(str(error)) from None
        self.site = site.Site(
            config.site_name,
            shelf,
            words,
            config.site_url or None,
            self.edition,
            moved,
            config.copyright or site.LICENCE,
        )
        self.related = Related.of(shelf)
        self.tag_pages = {(each.kind, each.name): f"{each.path}.html" for each in lists.of(shelf)}
        self.made = {f"{each.path}.md": each for each in site.pages(self.site)}
        for source in self.made:
            files.append(File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        _join_search_program(files, config)
        self.addresses = [file.url for file in files.documentation_pages()]
        _refuse_moved_pages(self.site.moved, self.addresses, config)
        self.page_count = 0
        if not self.has_originals:
            for file in [file for file in files if file.src_uri.startswith("originals/")]:
                files.remove(file)
        sitemap = files.get_file_from_path("sitemap.xml")
        if sitemap:
            # What is no template of MkDocs' any more would be copied as it is.
            files.remove(sitemap)
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """What templates that stand for no page (404.html, search.html) use, too."""
        env.globals["feeds"] = feeds.offered(self.site)
        env.globals["content_policy"] = policy.policy(self.is_live)
        guide = files.get_file_from_path("guide/index.md")
        # An archive may do without its guide.
        env.globals["guide"] = guide.url if guide else None
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give an issue's page its title, its template and, as tags, the union of its articles' tags."""
        entry = self.site.shelf.at(page.file.src_uri)
        made = self.made.get(page.file.src_uri)
        if entry:
            page.meta = {
                "title": entry.issue.label,
                "tags": list(entry.issue.tags),
                "template": "issue.html",
            }
        elif made:
            page.meta = {"title": made.title, "template": made.template}
        return markdown

    def on_page_context(self, context: dict, *, page: Page, config: MkDocsConfig, nav: object) -> dict:
        """What the templates use: ``site`` and ``shelf`` everywhere, an issue on its own page, a made page's own."""
        entry = self.site.shelf.at(page.file.src_uri)
        made = self.made.get(page.file.src_uri)
        context["site"] = self.site
        context["shelf"] = self.site.shelf
        if made:
            context.update(made.context)
        if page.is_homepage:
            context.update(home.context(self.site))
        if entry:
            context["entry"] = entry
            context["issue"] = entry.issue
            context["previous"], context["next"] = self.site.shelf.neighbours(entry)
            context["citations"] = citations.of(entry, self.site.url)
            context["linked_data"] = linked_data.script(entry, self.site.url)
            context["sections"] = markdown_dialect.articles(page.content)
            context["tag_pages"] = self.tag_pages
            context["related"] = {each.id: self.related.to(entry, each) for each in entry.issue.articles}
            has_original = self.has_originals and entry.issue.original
            context["original"] = original_path(entry.issue).as_posix() if has_original else None
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Count the pages that are done."""
        self.page_count += 1
        _steps.info("正在生成页面：%d/%d", self.page_count, len(self.addresses))
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is no page beside the pages: the search index, feeds, data."""
        _steps.info("正在做检索索引和数据……")
        for path, content in site.files(self.site, self.addresses):
            target = Path(config.site_dir, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            # The same bytes on every system: no line end is made another.
            with target.open("w", encoding="utf-8", newline="") as file:
                file.writelines([content] if isinstance(content, str) else content)
        _steps.info("")


def _refuse_moved_pages(moved: Mapping[str, str], addresses: list[str], config: MkDocsConfig) -> None:
    """An address cannot both be a page and have moved."""
    templates = [*config.theme.static_templates]
    try:
        redirects.refuse_pages(Path(config.docs_dir, redirects.NAME), moved, [*addresses, *templates])
    except JianbaoError as error:
        raise PluginError(str(error)) from None


def _join_search_program(files: Files, config: MkDocsConfig) -> None:
    """In the place of the parts of the search program, the whole."""
    parts = [files.get_file_from_path(path) for path in program.PARTS]
    missing = [path for path, part in zip(program.PARTS, parts, strict=True) if part is None]
    if missing:
        raise PluginError(
            f"overrides/{missing[0]}：检索程序缺这个文件；请从 jianbao 原来的 overrides 复制回来"
        )
    text = program.joined(part.content_string for part in parts)
    for part in parts:
        files.remove(part)
    files.append(File.generated(config, program.PATH, content=text))


def _read_issues(files: Files, config: MkDocsConfig) -> list[Entry]:
    entries = []
    for file in files.documentation_pages():
        if file.src_uri.startswith("issues/"):
            path = Path(config.docs_dir, file.src_uri)
            shown = f"docs/{file.src_uri}"
            issue = issue_page.parse(page_text(path, shown), shown)
            entries.append(Entry(issue, file.src_uri, file.url))
    return entries
