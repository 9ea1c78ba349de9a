"""Pictures on a PDF page: those that belong to an article, as JPEG or PNG."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pdfminer.pdftypes import LITERALS_DCT_DECODE
from pdfplumber.page import Page
from PIL import Image as Pillow

from jianbao.sources.pdf_rows import Glyph
from jianbao.sources.source import Image

# Points. An emblem or a logo is smaller than 2 cm, a drawn line thinner than 7 mm; a photograph is larger.
SMALLEST_SIDE = 57
SMALLEST_AREA = 80 * 80
LONGEST_SHAPE = 12
# Whoever covers so much of the page is its background where text stands on it, and a scan where none does.
WHOLE_PAGE = 0.8
# With so many characters on it, a picture is a ground or a seal under the text.
FEWEST_CHARACTERS_ON_GROUND = 4
# What is larger is drawn anew at the size at which it is printed: a decoded photograph takes 4 bytes a pixel.
SHARPEST = 200
MOST_PIXELS = 60_000_000


@dataclass(frozen=True)
class Picture:
    """A picture where it stands on its page; ``key`` is the same for one that recurs at its place on other pages."""

    left: float
    right: float
    top: float
    bottom: float
    pixels: tuple[int, int]
    stream: object
    key: tuple

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def covers(self, page: Page) -> bool:
        return self.width * self.height > WHOLE_PAGE * float(page.width * page.height)


def pictures(page: Page) -> list[Picture]:
    """All pictures on the page, the strips into which some programs cut one put together."""
    found = sorted(_clipped(page), key=lambda p: (round(p.left), p.top))
    result: list[Picture] = []
    for picture in found:
        last = result[-1] if result else None
        if last and _is_next_strip(last, picture):
            result[-1] = Picture(
                last.left, last.right, last.top, picture.bottom, last.pixels, None, (*last.key, picture.key)
            )
        else:
            result.append(picture)
    return sorted(result, key=lambda p: (p.top, p.left))


def _clipped(page: Page) -> Iterator[Picture]:
    for each in page.images:
        left, right = max(each["x0"], 0.0), min(each["x1"], float(page.width))
        top, bottom = max(each["top"], 0.0), min(each["bottom"], float(page.height))
        if right > left and bottom > top:
            size = tuple(each["srcsize"])
            stream = each["stream"]
            key = (round(left), round(top), round(right), round(bottom), stream.objid or stream.rawdata)
            yield Picture(left, right, top, bottom, size, stream, key)


def _is_next_strip(above: Picture, below: Picture) -> bool:
    same_sides = abs(above.left - below.left) < 1 and abs(above.right - below.right) < 1
    is_strip = min(above.height, below.height) < 0.5 * above.width
    return same_sides and is_strip and abs(below.top - above.bottom) < 1


def is_decoration(picture: Picture, page: Page, text: Iterable[Glyph]) -> bool:
    """Whether a picture is a line, an emblem, or a ground or seal under the text, and so no article's."""
    short, long = sorted((picture.width, picture.height))
    if (
        short < SMALLEST_SIDE
        or picture.width * picture.height < SMALLEST_AREA
        or long > LONGEST_SHAPE * short
    ):
        return True
    on_it = sum(
        picture.left < (glyph.left + glyph.right) / 2 < picture.right
        and picture.top < glyph.y - 0.35 * glyph.size < picture.bottom
        for glyph in text
        if not glyph.is_blank
    )
    return on_it >= FEWEST_CHARACTERS_ON_GROUND


def extract(picture: Picture, page: Page) -> Image | None:
    """The picture's bytes: a JPEG as it is stored, any other as it is printed, as PNG; None where neither works."""
    try:
        return _as_stored(picture) or _as_printed(picture, page)
    except Exception:
        # A damaged or unusual picture fails in pdfminer, pdfium or Pillow, in more ways than can be listed.
        return None


def _as_stored(picture: Picture) -> Image | None:
    """The stored JPEG of a picture that is printed as it is: not turned, not cut to a shape, in RGB or grey."""
    stream = picture.stream
    if stream is None or "SMask" in stream or "Mask" in stream or "Decode" in stream:
        return None
    filters = [name for name, _ in stream.get_filters()]
    if not filters or filters[-1] not in LITERALS_DCT_DECODE:
        return None
    data = stream.get_data()
    with Pillow.open(io.BytesIO(data)) as image:
        shape, printed = image.width / image.height, picture.width / picture.height
        if image.format != "JPEG" or image.mode not in ("RGB", "L") or abs(shape / printed - 1) > 0.1:
            return None
        # Reads all of it: a photograph that was cut off fails here.
        image.load()
    return Image(data, ".jpg")


def _as_printed(picture: Picture, page: Page) -> Image | None:
    if picture.pixels[0] * picture.pixels[1] > MOST_PIXELS:
        return None
    sharpness = 72 * picture.pixels[0] / picture.width
    box = (picture.left, picture.top, picture.right, picture.bottom)
    offset_x, offset_y = page.bbox[0], page.bbox[1]
    crop = page.crop((box[0] + offset_x, box[1] + offset_y, box[2] + offset_x, box[3] + offset_y))
    shown = crop.to_image(resolution=min(max(sharpness, 96), SHARPEST), antialias=True).original
    if shown.getextrema() == ((255, 255),) * 3:
        return None
    stream = io.BytesIO()
    shown.save(stream, "PNG", optimize=True)
    return Image(stream.getvalue(), ".png")


def recurring(pages: Sequence[Sequence[Picture]]) -> set[tuple]:
    """The keys of pictures that stand at the same place on two pages or more: emblems, lines and grounds."""
    seen: dict[tuple, int] = {}
    for page in pages:
        for key in {picture.key for picture in page}:
            seen[key] = seen.get(key, 0) + 1
    return {key for key, count in seen.items() if count > 1}
