"""Rows → CSV that a spreadsheet opens as it is meant (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

# Without it Excel takes the file for GBK.
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def lines(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The text of the table, one row at a time, its head first.

    A cell that a spreadsheet would take for a formula is data from a bulletin: it gets an apostrophe, as in the
    search page's table (``citation.js``).
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(_BYTE_ORDER_MARK)
    for row in chain([head], rows):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
