"""An edition as a web archive (WARC, ISO 28500), the form in which libraries keep the web, by warcio.

Every file is a record as if a server had sent it on the edition's day. Nothing in it depends on when or where it is
made: a record's id is made from its address and its content.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from jianbao.edition import Edition
from jianbao.editions.manifest import NAME, Listed, Manifest
from jianbao.errors import EditionError

# RFC 2606: a name that is nobody's, for an archive whose address is not known.
NOWHERE = "http://jianbao.invalid/"

# Written out: what Python's mimetypes says depends on the machine.
_TYPES = {
    "": "text/plain; charset=utf-8",
    ".atom": "application/atom+xml",
    ".bib": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".map": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "application/yaml",
}


@dataclass(frozen=True)
class Export:
    """What was written where: ``records`` without the one that describes the file."""

    path: Path
    edition: Edition
    records: int


def export(folder: Path, target: Path, url: str | None = None) -> Export:
    """Write the edition in ``folder`` to the new file ``target``; each record is compressed if it ends in ``.gz``.

    ``url`` is the address that the published folder has or had. Raises EditionError, with nothing written, where
    ``target`` exists, cannot be written, or the edition is not what its manifest says.
    """
    manifest = Manifest.load(folder / NAME)
    base = f"{(url or NOWHERE).rstrip('/')}/{manifest.edition.name}/"
    own = Listed.of(folder, NAME)
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        if os.path.lexists(target):
            raise EditionError(f"{target}：已经有这个文件，没有改动；请移走它，或另起一个名字")
        with temporary.open("xb") as sink:
            writer = _Writer(
                WARCWriter(sink, gzip=target.suffix == ".gz", warc_version="WARC/1.1"), manifest.edition
            )
            writer.describe(base)
            for each in (*manifest.files, own):
                for address in _addresses(each.path):
                    writer.add(base + address, folder / each.path, each)
        os.rename(temporary, target)
    except OSError as error:
        raise EditionError(f"{error.filename or target}：{error.strerror}；没有写成") from None
    finally:
        temporary.unlink(missing_ok=True)
    return Export(target, manifest.edition, writer.records)


def _addresses(path: str) -> Iterator[str]:
    """A file's addresses below the edition's; the home page is found at the edition's own, too."""
    yield quote(path)
    if path == "index.html":
        yield ""


class _Writer:
    """warcio's writer, with a date and ids that are the edition's own."""

    def __init__(self, writer: WARCWriter, edition: Edition) -> None:
        self.writer = writer
        self.edition = edition
        self.records = 0

    def describe(self, base: str) -> None:
        """The record that says what the file is."""
        info = {
            "software": "jianbao, warcio",
            "format": "WARC File Format 1.1",
            "description": f"简报档案 {self.edition.name}（{self.edition.date}）",
            "isPartOf": base,
            "source": f"commit {self.edition.commit}",
        }
        record = self.writer.create_warcinfo_record(None, info)
        for name, value in self._headers(base, str(self.edition)).items():
            record.rec_headers.replace_header(name, value)
        self.writer.write_record(record)

    def add(self, address: str, path: Path, listed: Listed) -> None:
        """A file as a server would send it. Raises EditionError where it is not what is listed, OSError."""
        data = path.open("rb")
        with data:
            if hashlib.file_digest(data, "sha256").hexdigest() != listed.sha256:
                raise EditionError(
                    f"{path}：与清单不同，没有写成；请运行 jianbao verify {path.parent} 核对这个版本"
                )
            data.seek(0)
            kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
            answer = [("Content-Type", kind), ("Content-Length", str(listed.size))]
            record = self.writer.create_warc_record(
                address,
                "response",
                payload=data,
                length=listed.size,
                warc_headers_dict=self._headers(address, listed.sha256),
                http_headers=StatusAndHeaders("200 OK", answer, protocol="HTTP/1.1"),
            )
            self.writer.write_record(record)
        self.records += 1

    def _headers(self, address: str, content: str) -> dict[str, str]:
        midnight = datetime.datetime.combine(self.edition.date, datetime.time())
        name = f"{address} {content} {midnight}"
        return {
            "WARC-Date": f"{midnight.isoformat()}Z",
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>",
        }
