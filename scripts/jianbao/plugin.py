"""The MkDocs plugin: pages → site. No other module knows MkDocs' hooks."""

from __future__ import annotations

import gc
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from jianbao import markdown_dialect, redirects, site, vocabulary
from jianbao.archive import original_path
from jianbao.build import versions
from jianbao.build.building import Building
from jianbao.build.cache import Cache
from jianbao.build.output import Output
from jianbao.build.reading import Library, Source
from jianbao.build.relations import Relations
from jianbao.build.rendering import OwnFile, Renderer
from jianbao.edition import Edition
from jianbao.errors import JianbaoError
from jianbao.search import program
from jianbao.shelf import Entry
from jianbao.site import citations, feeds, home, ledger, linked_data, lists, policy

# Beside mkdocs.yml.
CACHE = Path(".cache", "jianbao")
# Folders of docs/ whose files other than pages are part of an issue.
OF_ISSUES = ("issues/", "originals/")

# Heard by ``site_builder``; a level below what is shown where nobody listens.
_steps = logging.getLogger("jianbao.steps")


class JianbaoPlugin(BasePlugin):
    """Reads the issues once, gives them to the templates, and makes their pages and what is made from all of them.

    MkDocs makes the other pages, in a folder for the time of the build; ``build/`` makes ours, only those that have
    changed, and brings both together. ``edition`` and ``has_originals`` are set by ``site_builder`` before the build.
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
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self.cache = Cache(root / CACHE, versions.program())
        self.site_dir = Path(config.site_dir)
        self.scratch = tempfile.TemporaryDirectory(prefix="jianbao-")
        # To look for garbage among hundreds of thousands of articles, again and again, takes longer than to read them.
        gc.disable()
        # MkDocs empties the site's folder before each build.
        config.site_dir = self.scratch.name
        return config

    def on_build_error(self, *, error: Exception) -> None:
        self._end()

    def _end(self) -> None:
        self.scratch.cleanup()
        gc.unfreeze()
        gc.enable()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read every issue before any page is made, and take over the pages and files that are ours."""
        _steps.info("正在读各期页面……")
        try:
            words = vocabulary.load(Path(config.docs_dir, "vocabulary.yml"))
            moved = redirects.load(Path(config.docs_dir, redirects.NAME))
            self.library = Library(Path(config.docs_dir), self.cache)
            self.library.read(_sources(files))
        except JianbaoError as error:
            raise PluginError(str(error)) from None
        self.site = site.Site(
            config.site_name,
            self.library.shelf,
            words,
            config.site_url or None,
            self.edition,
            moved,
            config.copyright or site.LICENCE,
        )
        self.relations = Relations(self.library, self.cache)
        self.tag_pages = {(each.kind, each.name): f"{each.path}.html" for each in lists.of(self.site.shelf)}
        self.made = list(site.pages(self.site))
        addresses = [
            *(file.url for file in files.documentation_pages()),
            *(
                f"{path}.html"
                for path in (*(each.path for each in self.made), *ledger.paths(self.site.shelf))
            ),
        ]
        _refuse_moved_pages(moved, addresses, config)
        self.copies = _take_over(files, config, self.has_originals)
        for source in (*(each.path for each in self.made), "figures"):
            files.append(OwnFile.at(f"{source}.md", f"{source}.html", config, is_made=True))
        _join_search_program(files, config)
        gc.freeze()
        gc.enable()
        sitemap = files.get_file_from_path("sitemap.xml")
        if sitemap:
            # What is no template of MkDocs' any more would be copied as it is.
            files.remove(sitemap)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """What templates that stand for no page (404.html, search.html) use, too."""
        env.globals["feeds"] = feeds.offered(self.site)
        env.globals["content_policy"] = policy.policy(self.is_live)
        guide = files.get_file_from_path("guide/index.md")
        # An archive may do without its guide.
        env.globals["guide"] = guide.url if guide else None
        self.env, self.files = env, files
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give an issue's page its title, its template and, as tags, the union of its articles' tags."""
        entry = self.site.shelf.at(page.file.src_uri)
        if entry:
            page.meta = {
                "title": entry.issue.label,
                "tags": list(entry.issue.tags),
                "template": "issue.html",
            }
        return markdown

    def on_page_context(self, context: dict, *, page: Page, config: MkDocsConfig, nav: object) -> dict:
        """What the templates use: ``site`` and ``shelf`` everywhere, an issue on its own page, a made page's own.

        What an issue's page shows of anything but itself, its neighbours and its related articles has to be in its
        key (``Building``), and what a made page shows, in its own.
        """
        entry = self.site.shelf.at(page.file.src_uri)
        context["site"] = self.site
        context["shelf"] = self.site.shelf
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
            context["related"] = self.relations.of(entry)
            context["original"] = self._original(entry)
        return context

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make our pages and files, and put those of MkDocs beside them; after all other plugins."""
        config.site_dir = str(self.site_dir)
        of_mkdocs = self.files.documentation_pages()
        try:
            building = Building(
                self.site,
                self.library,
                self.relations,
                Output(self.site_dir, self.cache, versions.name_of(self.site_dir)),
                self.cache,
                versions.of_pages(
                    config, self.site, self.env.globals["content_policy"], self.env.globals["guide"]
                ),
                Path(self.scratch.name),
                self.made,
                self.copies,
                [file.url for file in of_mkdocs],
                self._original,
            )
            building.run(Renderer(config, self.files, self.nav, self.env, of_mkdocs))
        except JianbaoError as error:
            raise PluginError(str(error)) from None
        finally:
            self._end()

    def _original(self, entry: Entry) -> str | None:
        """The address of an issue's original, if it has one and it is in the site."""
        has_original = self.has_originals and entry.issue.original
        return original_path(entry.issue).as_posix() if has_original else None


def _sources(files: Files) -> list[Source]:
    return [
        Source(file.src_uri, file.url)
        for file in files.documentation_pages()
        if file.src_uri.startswith("issues/")
    ]


def _take_over(files: Files, config: MkDocsConfig, has_originals: bool) -> dict[str, Path]:
    """Put files of ours in the place of the issues' pages, pictures and originals; those that are to be copied."""
    copies = {}
    for file in [file for file in files if file.src_uri.startswith(OF_ISSUES)]:
        files.remove(file)
        is_page = file.is_documentation_page()
        if file.inclusion.is_excluded() or (file.src_uri.startswith("originals/") and not has_originals):
            continue
        files.append(OwnFile.at(file.src_uri, file.dest_uri, config))
        if not is_page:
            copies[file.dest_uri] = Path(file.abs_src_path)
    return copies


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
