"""The site, part by part: what is made, and in what order."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import quote

from jianbao import page as issue_page
from jianbao import site as site_room
from jianbao.build import indexing, workers
from jianbao.build.cache import Cache
from jianbao.build.output import Made, Output, Written, write
from jianbao.build.reading import Library
from jianbao.build.relations import Relations
from jianbao.build.rendering import Renderer
from jianbao.search import facets, index
from jianbao.shelf import Entry
from jianbao.site import MadePage, Part, Site, dataset, ledger, lists, years
from jianbao.site.ledger import Ledger, YearOfFigures
from jianbao.site.site import Note, key_of
from jianbao.site.years import Year

# Parts in a task of a worker, at least and at most.
_FEWEST, _MOST = 8, 64
# Tasks after which the workers begin anew: little by little each gets a copy of its own of all that it looks at.
_A_ROUND = 60
# The part that MkDocs makes itself.
_MKDOCS = "mkdocs"
_LOG = logging.getLogger("mkdocs")
# Heard by ``site_builder``; a level below what is shown where nobody listens.
_STEPS = logging.getLogger("jianbao.steps")


@dataclass
class Building:
    """One build. ``shared`` stands for what every page depends on: the configuration and the templates.

    ``made`` are the pages that need no issue's text, ``copies`` the files of ``docs/`` that are served as they are,
    ``scratch`` holds what MkDocs has made itself, ``addresses`` those of its pages.
    """

    site: Site
    library: Library
    relations: Relations
    output: Output
    cache: Cache
    shared: str
    scratch: Path
    made: list[MadePage]
    copies: dict[str, Path]
    addresses: list[str]
    original_of: Callable[[Entry], str | None]

    def run(self, renderer: Renderer) -> None:
        """Make what is to be made and remove what is left of earlier builds."""
        self._renderer = renderer
        with self.output:
            self._make("原件和图片", self._copies())
            self._make("各年数据", map(self._year, years.of(self.site.shelf)), fewest=1)
            _STEPS.info("正在做检索索引……")
            postings = self._postings()
            self._make("页面", self._pages())
            self._make("其他文件", self._files(postings), fewest=_MOST)
            self.output.finish()
            _STEPS.info("")

    # What is made from one year

    def _year(self, year: Year) -> Part:
        texts = [(entry.source, self.library.digest(entry)) for entry in year.entries]
        key = key_of(self.site.name, self.site.url, self.site.licence, texts, self._first_number(year))
        return Part(f"year/{year.number}", key, partial(self._files_of_year, year, key))

    def _files_of_year(self, year: Year, key: str) -> Iterator[object]:
        entries = self.library.with_text(year.entries)
        yield from dataset.files_of_year(self.site, year.number, entries)
        for number, entry in enumerate(entries, self._first_number(year)):
            yield dataset.text_file(entry)
            yield index.texts_file(number, entry)
        rows = ledger.rows(reversed(entries))
        yield from ledger.files_of_year(year.number, rows)
        figures = ledger.of_year(year.number, rows)
        self.cache.save(f"figures/{year.number}", (key, figures))
        yield Note(figures.summary)

    def _first_number(self, year: Year) -> int:
        """The number, from the oldest issue on, of the first one of a year."""
        return sum(len(each.entries) for each in years.of(self.site.shelf) if each.number < year.number)

    # The search index

    def _postings(self) -> index.Counted:
        entries = tuple(reversed(self.site.shelf.entries))
        made = self.output.keep("postings", key_of(indexing.issues_of(entries, self.library)))
        if not made:
            before = self.output.before("postings")
            made = indexing.make(entries, self.library, self.output.folder, self.cache.folder, before)
            self.output.add("postings", made)
        return made.note.counted

    # Pages

    def _pages(self) -> Iterator[Part]:
        yield from map(self._issue, self.site.shelf.entries)
        for each in self.made:
            key = each.key and key_of(self.shared, each.key)
            yield Part(each.path, key, partial(iter, (each,)))
        yield from self._figures()

    def _issue(self, entry: Entry) -> Part:
        before, after = self.site.shelf.neighbours(entry)
        reading = self.library.readings[entry.source]
        tag_paths = [self._tag_paths[tag] for tag in reading.tags]
        key = key_of(
            self.shared,
            reading.digest,
            before and before.shown,
            after and after.shown,
            self.relations.shown(entry),
            tag_paths,
            self.original_of(entry),
            self._all_files if reading.has_links else "",
        )
        return Part(entry.url, key, partial(self._page_of, entry))

    def _page_of(self, entry: Entry) -> Iterator[tuple[str, str]]:
        yield self._renderer.issue(entry.source, issue_page.body(self.library.text(entry)))

    @cached_property
    def _all_files(self) -> str:
        """What a link may lead to."""
        return key_of(sorted(self._renderer.files.src_uris))

    @cached_property
    def _tag_paths(self) -> dict[str, list[str]]:
        paths: dict[str, list[str]] = {}
        for each in lists.of(self.site.shelf):
            paths.setdefault(each.name, []).append(each.path)
        return paths

    # The pages of figures, which need all years' counts

    def _figures(self) -> Iterator[Part]:
        found = years.of(self.site.shelf)
        made = {year.number: self.output.parts[f"year/{year.number}"] for year in found}
        whole = Ledger(tuple(made[year.number].note for year in found))
        key = key_of(self.shared, [(year.year, year.counts, year.amounts) for year in whole.years])
        newest = next((year for year in found if made[year.number].note.total), None)
        newest_key = newest and made[newest.number].key
        yield Part("figures", key_of(key, newest_key), partial(self._first_figures, whole, newest))
        for year in found:
            near = [
                [other and other.year for other in whole.near(year.number, category).values()]
                for category in ledger.Category
            ]
            key = key_of(self.shared, made[year.number].key, near)
            yield Part(f"figures/{year.number}", key, partial(self._figures_of, whole, year))

    def _first_figures(self, whole: Ledger, newest: Year | None) -> Iterator[MadePage]:
        shown = [
            self._figures_with_rows(newest) if newest and year.year == newest.number else year
            for year in whole.years
        ]
        yield ledger.first_page(Ledger(tuple(shown)))

    def _figures_of(self, whole: Ledger, year: Year) -> Iterator[MadePage]:
        return ledger.pages_of_year(whole, self._figures_with_rows(year))

    def _figures_with_rows(self, year: Year) -> YearOfFigures:
        key, figures = self.cache.load(f"figures/{year.number}") or (None, None)
        if key == self.output.parts[f"year/{year.number}"].key:
            return figures
        return ledger.of_year(year.number, ledger.rows(reversed(self.library.with_text(year.entries))))

    # Other files

    def _copies(self) -> Iterator[Part]:
        for path, source in self.copies.items():
            stat = source.stat()
            yield Part(path, key_of(stat.st_size, stat.st_mtime_ns), partial(_copy, path, source))

    def _files(self, postings: index.Counted) -> Iterator[Part]:
        entries = tuple(reversed(self.site.shelf.entries))
        for number, members in enumerate(facets.runs(entries)):
            file = partial(index.facets_file, number, members)
            yield Part(f"facets/{number}", key_of(_shown(members)), partial(_one, file))
        key = key_of(_shown(entries), postings, self._other_names)
        yield Part("search", key, partial(index.shared_files, entries, postings, self._other_names))

        def made() -> Iterator[tuple[str, object]]:
            yield from site_room.files(self.site, self._addresses())
            yield dataset.checksums(self._sums())

        def of_mkdocs() -> Iterator[tuple[str, bytes]]:
            for path in sorted(self.scratch.rglob("*")):
                if path.is_file():
                    yield path.relative_to(self.scratch).as_posix(), path.read_bytes()

        yield Part("files", None, made)
        yield Part(_MKDOCS, None, of_mkdocs)

    def _sums(self) -> Iterator[tuple[str, str]]:
        """The checksums of all data, from the oldest issue to the newest."""
        for year in reversed(years.of(self.site.shelf)):
            files = self.output.parts[f"year/{year.number}"].files
            yield from ((file.path, file.sha256) for file in files if file.sha256)
        for path, content in dataset.files(self.site):
            yield path, hashlib.sha256(content.encode()).hexdigest()

    @property
    def _other_names(self) -> index.OtherNames:
        names = self.site.vocabulary.other_names
        return {"group": names["work_groups"], "theme": names["themes"], "place": names["places"]}

    def _addresses(self) -> list[str]:
        """Those of all pages that a reader may come to."""
        ours = (file.path for made in self.output.parts.values() for file in made.files)
        return [*self.addresses, *(quote(path) for path in ours if path.endswith(".html"))]

    # Making

    def _make(self, what: str, parts: Iterable[Part], fewest: int = _FEWEST) -> None:
        """Make those of ``parts`` that are not there as they are to be."""
        stale = []
        for part in parts:
            kept = self.output.keep(part.name, part.key)
            if kept:
                _repeat(kept.warnings)
            else:
                stale.append(part)
        size = min(max(len(stale) // (workers.count() * 8), fewest), _MOST)
        tasks = [stale[start : start + size] for start in range(0, len(stale), size)]
        done = 0
        for start in range(0, len(tasks), _A_ROUND):
            for results in workers.each(self._make_all, tasks[start : start + _A_ROUND]):
                for name, made in results:
                    self.output.add(name, made)
                    _repeat(made.warnings)
                done += len(results)
                _STEPS.info("正在生成%s：%d/%d", what, done, len(stale))

    def _make_all(self, parts: list[Part]) -> list[tuple[str, Made]]:
        return [(part.name, self._made(part)) for part in parts]

    def _made(self, part: Part) -> Made:
        files: list[Written] = []
        note = None
        with _heard() as warnings:
            for each in part.make():
                if isinstance(each, Note):
                    note = each.value
                    continue
                path, content = self._renderer.made(each) if isinstance(each, MadePage) else each
                is_summed = path.startswith(f"{dataset.FOLDER}/")
                files.append(write(self.output.folder, path, content, is_summed))
        return Made(part.key, tuple(files), tuple(warnings), note)


def _shown(entries: Sequence[Entry]) -> str:
    return "".join([entry.shown for entry in entries])


def _one(file: Callable[[], tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield file()


def _copy(path: str, source: Path) -> Iterator[tuple[str, bytes]]:
    yield path, source.read_bytes()


class _Listener(logging.Handler):
    """Keeps what is warned of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What MkDocs warns of meanwhile, in place of its being said: it is said when the part is taken up."""
    listener = _Listener()
    handlers, propagate = _LOG.handlers, _LOG.propagate
    _LOG.handlers, _LOG.propagate = [listener], False
    try:
        yield listener.warnings
    finally:
        _LOG.handlers, _LOG.propagate = handlers, propagate


def _repeat(warnings: Iterable[str]) -> None:
    for warning in warnings:
        _LOG.warning(warning)
