"""Text files: .txt in the encodings that Chinese offices have used, and .md.

The encodings are tried in an order in which a wrong guess fails: a byte order mark decides, then UTF-8, which
other encodings almost never satisfy by chance, then GB18030, the superset of GBK and GB 2312 that Chinese law
asks software to read (GB 18030-2022), then Big5, which GB18030 takes for rare characters. UTF-16 without a mark
is told by its zero bytes. A few damaged bytes are read as � and pointed out.
"""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata
from dataclasses import dataclass

from jianbao.errors import SourceError
from jianbao.issue import Finding
from jianbao.sources.source import MOST_LINES, TOO_MANY_LINES, Line, Read

# UTF-32's little-endian mark begins with UTF-16's, so it is asked first.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
REPLACEMENT = "\ufffd"
# In a damaged file that is still worth reading, no more than one character in so many is lost.
FEWEST_WHOLE = 50
# A stray zero is a control character; where there are more of them, the bytes are UTF-16.
MOST_ZEROS = 50
# How much of a text must be common characters for its encoding to be believed, and how much more of it in
# another encoding for that one to be taken instead. Chinese text has more than nine in ten.
BELIEVED = 0.5
SAMPLE = 6_000
CLEARLY_MORE = 0.15

# Ends of a line: NEL and Unicode's own separators too, which would else be taken for stray control characters.
_LINE_END = re.compile(r"\r\n|[\r\n]")
# What no text has but by damage; zero bytes are counted elsewhere.
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")
_END_INSIDE_LINE = re.compile("[\x0b\x85\u2028\u2029]")


@dataclass(frozen=True)
class Decoded:
    """A file's text, its encoding, and whether that was guessed from the characters alone."""

    text: str
    encoding: str
    is_doubtful: bool = False

    @property
    def lines(self) -> list[str]:
        return _LINE_END.split(self.text)

    def findings(self) -> tuple[Finding, ...]:
        """What of the text may not be as it was written: bytes that were no text, a guessed encoding."""
        found = []
        if self.is_doubtful:
            message = f"像是 {self.encoding} 编码（繁体字），已按它读入，请核对文字"
            found.append(Finding("encoding_doubtful", None, message))
        for number, line in enumerate(self.lines if REPLACEMENT in self.text else (), start=1):
            if REPLACEMENT in line:
                at = line.index(REPLACEMENT)
                message = f"有损坏的字节，显示为“{REPLACEMENT}”（{line[max(at - 6, 0) : at + 7].strip()}），请与原件核对"
                found.append(Finding("damaged_bytes", number, message))
        return tuple(found)


def lines(data: bytes) -> Read:
    """The lines of a text file's bytes; a form feed ends a page and, where it stands inside a line, the line.

    Raises SourceError where no encoding fits.
    """
    decoded = decode(data)
    return Read(split(decoded.text), decoded.findings())


def split(text: str) -> tuple[Line, ...]:
    """The lines of a text, as ``lines`` numbers them. Raises SourceError where they are too many."""
    if sum(map(text.count, "\r\n\f\x0b\x85\u2028\u2029")) > 2 * MOST_LINES:
        raise SourceError(TOO_MANY_LINES)
    result = []
    page = 1
    for number, line in enumerate(_LINE_END.split(text), start=1):
        for part_of_page, part in enumerate(line.split("\f")):
            page += 1 if part_of_page else 0
            result += [Line(number, piece, page=page) for piece in _END_INSIDE_LINE.split(part)]
    return tuple(result)


def decode(data: bytes) -> Decoded:
    """The text of bytes in UTF-8, UTF-16, UTF-32, GB18030 or Big5. Raises SourceError where none fits."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _read_as(data, (encoding,))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and text.count("\0") * MOST_ZEROS <= len(text):
        return Decoded(text, "utf-8")
    candidates = ("gb18030", "utf-8", "big5hkscs")
    if b"\0" in data:
        # A few Han characters (一, U+4E00) have a zero byte on the other side: the larger count tells.
        even, odd = data[0::2].count(0), data[1::2].count(0)
        candidates = ("utf-16-le" if odd > even else "utf-16-be", *candidates)
    return _read_as(data, candidates)


def _read_as(data: bytes, encodings: tuple[str, ...]) -> Decoded:
    """The text in the first of ``encodings``, unless another one makes much better sense of the bytes."""
    best, most = encodings[0], _sense(_decoded(data[:SAMPLE], encodings[0]))
    for encoding in encodings[1:] if most < 1 - CLEARLY_MORE else ():
        sense = _sense(_decoded(data[:SAMPLE], encoding))
        if sense > most + CLEARLY_MORE:
            best, most = encoding, sense
    text = _decoded(data, best)
    is_damaged = text.count(REPLACEMENT) * FEWEST_WHOLE > max(len(text), FEWEST_WHOLE)
    is_binary = len(_CONTROL.findall(text)) * FEWEST_WHOLE > max(len(text), FEWEST_WHOLE)
    if most < BELIEVED or is_damaged or is_binary:
        raise SourceError("不是文本文件，或者编码无法识别；请另存为 UTF-8 编码的 .txt 再导入")
    is_big5 = best == "big5hkscs"
    return Decoded(text, "Big5" if is_big5 else best, is_doubtful=is_big5)


def _decoded(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, errors="replace")
    # A Han character cut in two at the very end of the file is one loss, however many bytes are left of it.
    kept = text.rstrip(REPLACEMENT)
    return kept if len(kept) == len(text) else kept + REPLACEMENT


def without_comments(text: str) -> str:
    """Text without what <!-- a comment --> hides, its lines counted as before; a comment that never ends stays."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*parts, text[at:]])


def _sense(text: str) -> float:
    """How much of a text is made of common characters, 0 to 1."""
    sample = [char for char in text if not char.isspace()]
    return sum(map(_is_common, sample)) / len(sample) if sample else 0.0


@functools.lru_cache(maxsize=4096)
def _is_common(char: str) -> bool:
    """Whether Chinese text is made of it: printable ASCII, CJK punctuation, one of the 3,755 Han of GB 2312's
    first level (rows 16 to 55), which are sorted by use and the others are not."""
    if char.isascii():
        return char.isprintable()
    if unicodedata.category(char)[0] in "PSN":
        return char != REPLACEMENT
    try:
        encoded = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7
