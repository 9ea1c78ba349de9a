"""``make screenshots``: the pictures of the site in ``docs/guide/``, made anew so that they never age.

Home, issue, review and print are of the real issue, imported from a Word file; the editions are two of it, the
second with a correction; what needs many issues is of forty invented ones; the new archive is the river's.
"""

import contextlib
import io
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from archives import REAL_ISSUE, import_into, new_archive
from bench import corpus
from jianbao import importer, print_pdf, site_builder, vocabulary
from jianbao import new_archive as starter
from jianbao.archive import Archive
from jianbao.editions import publishing
from jianbao.review import sheet
from jianbao.review.server import ReviewServer
from river_archive import FIRST, NAME, SECOND, filled_in

SCREEN, PHONE = (1366, 768), (390, 844)
ISSUE = "issues/2017/020.html"


def _open_versions(page: Page) -> None:
    page.click(".edition-bar__button")


def _at_the_correction(page: Page) -> None:
    page.evaluate("document.getElementById('corrections').scrollIntoView({block: 'center'})")


def _at_a_doubt(page: Page) -> None:
    page.evaluate("document.querySelector('.row .note--doubt').scrollIntoView({block: 'center'})")


def _at_the_tags(page: Page) -> None:
    tags = page.locator("[data-tags=a03]")
    tags.evaluate("each => each.scrollIntoView({block: 'center'})")
    tags.get_by_role("combobox").fill("cy")


@dataclass(frozen=True)
class Picture:
    """What is opened (``of`` names a site of ``_sites``), in which window, and what is done there first."""

    of: str
    address: str
    window: tuple[int, int] = SCREEN
    first: Callable[[Page], None] | None = None


PICTURES = {
    "home": Picture("real", "index.html"),
    "home-phone": Picture("real", "index.html", PHONE),
    "issue": Picture("real", ISSUE),
    "issue-phone": Picture("real", f"{ISSUE}#a02", PHONE),
    "search": Picture("invented", "search.html?q=医疗&theme=人才培训"),
    "search-phone": Picture("invented", "search.html?q=医疗", PHONE),
    "group": Picture("invented", "groups/wujingongzuozu.html"),
    "group-phone": Picture("invented", "groups/wujingongzuozu.html", PHONE),
    "matrix": Picture("invented", "matrix.html"),
    "matrix-phone": Picture("invented", "matrix.html", PHONE),
    "review": Picture("review", "", first=_at_a_doubt),
    "review-tags": Picture("review", "", first=_at_the_tags),
    "editions": Picture("published", f"2017.20.1/{ISSUE}", first=_open_versions),
    "correction": Picture("published", f"2017.20.1/{ISSUE}", first=_at_the_correction),
    "starting": Picture("river", "index.html"),
}
INVENTED = 40
CORRECTION = """更正:
- 日期: 2017-09-01
  说明: “超过150万元”应为“超过160万元”。
  文章: [a02]
"""
# Paper, ink, red and a few greys: more colours would only make the files larger.
COLOURS = 64


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright, _sites(Path(name)) as roots:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=print_pdf.executable(), args=sandbox)
        for path, picture in PICTURES.items():
            width, height = picture.window
            page = chromium.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            page.goto(roots[picture.of] + picture.address)
            page.wait_for_timeout(1000)
            if picture.first:
                picture.first(page)
                page.wait_for_timeout(300)
            _save(Image.open(io.BytesIO(page.screenshot())), folder / f"{path}.png")
            page.close()
        chromium.close()
        paper = Path(name, "issue.pdf")
        print_pdf.make(Archive(Path(name, "real")), "2017-20", paper)
        _save(pypdfium2.PdfDocument(paper)[0].render(scale=1.2).to_pil(), folder / "issue-print.png")


@contextlib.contextmanager
def _sites(folder: Path) -> Iterator[dict[str, str]]:
    """What there is to show, by name: the address that it begins with."""
    real, invented = new_archive(folder / "real"), new_archive(folder / "invented")
    _import_word_file(real, folder / "2017-20.docx")
    corpus.write_docs(invented.docs, INVENTED)
    river = starter.create(folder / NAME)
    river.vocabulary.write_text(filled_in(river.vocabulary.read_text("utf-8")), "utf-8")
    for number, text in enumerate((FIRST, SECOND)):
        source = folder / f"{number}.txt"
        source.write_text(text, "utf-8")
        import_into(river, source)
    for target in (real, invented, river):
        site_builder.build(target)
    roots = {name: target.site for name, target in (("real", real), ("invented", invented), ("river", river))}
    roots["published"] = _published(real, folder / "published")
    with ReviewServer(real, real.docs / "issues/2017/020.md") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {name: f"{root.as_uri()}/" for name, root in roots.items()} | {"review": server.address}
        server.shutdown()


def _import_word_file(target: Archive, path: Path) -> None:
    document = docx.Document()
    for line in REAL_ISSUE.read_text("utf-8").splitlines():
        document.add_paragraph(line)
    document.save(path)
    reading = importer.read(path, vocabulary.load(target.vocabulary))
    importer.store(path, reading, target)
    sheet.save_of(target, reading)


def _published(target: Archive, to: Path) -> Path:
    """The issue published twice, the second time with a correction; the page is then again what it was."""
    page = target.docs / "issues/2017/020.md"
    text = page.read_text("utf-8")
    (target.root / ".gitignore").write_text("/site/\n/.jianbao/\n", "utf-8")
    _commit(target, "2017-08-08T08:00:00+08:00")
    publishing.publish(target, to)
    corrected = text.replace("超过 150 万元", "超过 160 万元").replace("原件:\n", CORRECTION + "原件:\n", 1)
    page.write_text(corrected, "utf-8")
    _commit(target, "2017-09-01T08:00:00+08:00")
    publishing.publish(target, to)
    page.write_text(text, "utf-8")
    return to


def _commit(target: Archive, date: str) -> None:
    who = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org")
    day = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "提交"]):
        subprocess.run(["git", "-C", target.root, *who, *words], check=True, env=day)


def _save(picture: Image.Image, path: Path) -> None:
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
