"""A folder as a zip whose bytes depend on nothing but names and contents.

Sorted names, one time for all (the edition's day; zip knows no time zone), fixed permissions, UTF-8 names with the flag
that says so. Files are stored as they are, by default: what deflate makes of them is not the same on all machines
(zlib, and zlib-ng with which newer Pythons come, give other bytes), and a signature or a checksum on a website is
for the bytes.
"""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

LEVEL = 9
# A regular file that everyone may read, its owner write; as a Unix made it, on every system.
_UNIX = 3
_MODE = 0o100644 << 16
_FIRST_YEAR = 1980  # that zip can write


def write(folder: Path, target: Path, day: datetime.date, compress: bool = False) -> None:
    """Write every file of ``folder`` to the new zip ``target``, below the folder's own name. Raises OSError."""
    paths = {path.relative_to(folder.parent).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    method = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "x") as archive:
        for name, path in sorted(paths.items()):
            entry = zipfile.ZipInfo(name, (max(day.year, _FIRST_YEAR), day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = _UNIX, _MODE
            archive.writestr(entry, path.read_bytes(), method, LEVEL)
