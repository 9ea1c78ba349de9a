"""The MkDocs plugin: pages → site. No other module knows MkDocs' hooks."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from jianbao import lists
from jianbao import page as issue_page
from jianbao.archive import original_path
from jianbao.errors import JianbaoError
from jianbao.search import index
from jianbao.shelf import Entry, Shelf


class JianbaoPlugin(BasePlugin):
    """Reads the issues once, gives them to the templates, and writes the search index."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """No sitemap without the site's address: it would be empty, and hold the day of the build."""
        if not config.site_url:
            config.theme.static_templates.discard("sitemap.xml")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read every issue before any page is made: a page names its neighbours."""
        entries = []
        for file in files.documentation_pages():
            if file.src_uri.startswith("issues/"):
                path = Path(config.docs_dir, file.src_uri)
                try:
                    issue = issue_page.parse(path.read_text("utf-8"), f"docs/{file.src_uri}")
                except UnicodeDecodeError:
                    raise PluginError(f"docs/{file.src_uri}：不是 UTF-8 编码；请另存为 UTF-8") from None
                except JianbaoError as error:
                    raise PluginError(str(error)) from None
                entries.append(Entry(issue, file.src_uri, file.url))
        self.shelf = Shelf.of(entries)
        if not config.site_url and (sitemap := files.get_file_from_path("sitemap.xml")):
            # What is no template of MkDocs' any more would be copied as it is.
            files.remove(sitemap)
        self.lists = {f"{each.path}.md": each for each in lists.of(self.shelf)}
        for source in self.lists:
            files.append(File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Give an issue's page its title, its template and, as tags, the union of its articles' tags."""
        entry = self.shelf.at(page.file.src_uri)
        if entry:
            page.meta = {
                "title": entry.issue.label,
                "tags": list(entry.issue.tags),
                "template": "issue.html",
            }
        listed = self.lists.get(page.file.src_uri)
        if listed:
            page.meta = {"title": listed.name, "template": "list.html"}
        return markdown

    def on_page_context(self, context: dict, *, page: Page, config: MkDocsConfig, nav: object) -> dict:
        """What the templates use: ``shelf`` and ``lists`` everywhere, ``entry`` or ``listed`` on their own pages."""
        entry = self.shelf.at(page.file.src_uri)
        context["shelf"] = self.shelf
        context["lists"] = self.lists.values()
        context["listed"] = self.lists.get(page.file.src_uri)
        context["list_kinds"] = lists.KINDS
        if entry:
            context["entry"] = entry
            context["issue"] = entry.issue
            context["previous"], context["next"] = self.shelf.neighbours(entry)
            context["original"] = original_path(entry.issue).as_posix() if entry.issue.original else None
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index beside the pages, as scripts that file:// can load."""
        for path, text in index.files(self.shelf):
            target = Path(config.site_dir, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
