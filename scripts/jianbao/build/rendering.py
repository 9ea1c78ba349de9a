"""A page as MkDocs makes it, beside MkDocs' own loop over all pages: with its Markdown, its theme and its plugins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from jianbao.site import MadePage


class OwnFile(File):
    """A file of MkDocs' collection, so that links lead to it, of which we make the page or the copy ourselves."""

    @classmethod
    def at(cls, source: str, path: str, config: MkDocsConfig, is_made: bool = False) -> OwnFile:
        """The file at ``path`` in the site that comes from ``source`` in ``docs/``; ``is_made``: it is not there."""
        file = cls(
            source,
            None if is_made else config.docs_dir,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=path,
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        file.generated_by = "jianbao" if is_made else None
        return file

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: the file is written with the rest of the site."""


@dataclass(frozen=True)
class Renderer:
    """What MkDocs gives to each page of a build; ``pages`` are those that it makes itself."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    pages: list[File]

    def issue(self, source: str, markdown: str) -> tuple[str, str]:
        """(path in the site, HTML) of the page of an issue, whose source below the front matter is ``markdown``."""
        file = self.files.get_file_from_path(source)
        return file.dest_uri, self._html(file, markdown, {}, {})

    def made(self, page: MadePage) -> tuple[str, str]:
        """(path in the site, HTML) of a page that has no source."""
        file = OwnFile.at(f"{page.path}.md", f"{page.path}.html", self.config, is_made=True)
        return file.dest_uri, self._html(
            file, "", {"title": page.title, "template": page.template}, page.context
        )

    def _html(
        self, file: File, markdown: str, meta: Mapping[str, object], given: Mapping[str, object]
    ) -> str:
        plugins, config = self.config.plugins, self.config
        page = Page(None, file, config)
        page.active = True
        page.meta = dict(meta)
        page.markdown = plugins.on_page_markdown(markdown, page=page, config=config, files=self.files)
        if page.markdown:
            page.render(config, self.files)
        else:
            page.content, page.toc = "", get_toc([])
        page.content = plugins.on_page_content(page.content, page=page, config=config, files=self.files)
        context = get_context(self.nav, self.pages, config, page)
        context.update(given)
        template = self.env.get_template(page.meta.get("template", "main.html"))
        context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
        return plugins.on_post_page(template.render(context), page=page, config=config)
