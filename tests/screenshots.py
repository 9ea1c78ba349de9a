"""``make screenshots``: the pictures of the site in ``docs/guide/``, made anew so that they never age.

Home, issue and print are of the real issue; what needs many issues is of forty invented ones.
"""

import io
import os
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from archives import REAL_ISSUE, import_into, new_archive
from bench import corpus
from jianbao import print_pdf, site_builder

WIDE, PHONE = (1280, 900), (390, 844)
# Name → (of the real issue or of the invented ones, address, window).
PICTURES = {
    "home": ("real", "index.html", WIDE),
    "home-phone": ("real", "index.html", PHONE),
    "issue": ("real", "issues/2017/020.html", WIDE),
    "issue-phone": ("real", "issues/2017/020.html#a02", PHONE),
    "search": ("invented", "search.html?q=医疗&theme=人才培训", WIDE),
    "search-phone": ("invented", "search.html?q=医疗", PHONE),
    "group": ("invented", "groups/wujingongzuozu.html", WIDE),
    "group-phone": ("invented", "groups/wujingongzuozu.html", PHONE),
    "matrix": ("invented", "matrix.html", WIDE),
    "matrix-phone": ("invented", "matrix.html", PHONE),
}
INVENTED = 40
# Paper, ink, red and a few greys: more colours would only make the files larger.
COLOURS = 64


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        real, invented = new_archive(Path(name, "real")), new_archive(Path(name, "invented"))
        import_into(real, REAL_ISSUE)
        corpus.write_docs(invented.docs, INVENTED)
        for target in (real, invented):
            site_builder.build(target)
        roots = {"real": real.site.as_uri() + "/", "invented": invented.site.as_uri() + "/"}
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=print_pdf.executable(), args=sandbox)
        for picture, (of, address, (width, height)) in PICTURES.items():
            page = chromium.new_page(viewport={"width": width, "height": height})
            page.goto(roots[of] + address)
            page.wait_for_timeout(1000)
            _save(Image.open(io.BytesIO(page.screenshot())), folder / f"{picture}.png")
            page.close()
        chromium.close()
        paper = Path(name, "issue.pdf")
        print_pdf.make(real, "2017-20", paper)
        _save(pypdfium2.PdfDocument(paper)[0].render(scale=1.2).to_pil(), folder / "issue-print.png")


def _save(picture: Image.Image, path: Path) -> None:
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
