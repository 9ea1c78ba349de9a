"""Opening a Word file (.docx) that may be anything: damaged, locked, a zip bomb, or of the strict variant.

python-docx opens the package; what it would stumble over is mended first, in memory. The file is not changed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from lxml import etree

from jianbao.errors import SourceError
from jianbao.sources.forms import OLE_MAGIC

# A bulletin with its pictures is a few MB; what unpacks to more than this is no bulletin.
MOST_UNPACKED = 200_000_000
# Its text and styles alone, as XML; parsed they take many times as much memory.
MOST_XML = 20_000_000
# Its elements: a bulletin of twenty pages has some ten thousand, one that was edited often some ten times as many.
MOST_MARKS = 500_000
# A bulletin is some tens of files: text, styles, pictures.
MOST_FILES = 3_000

_CENTRAL_ENTRY = b"PK\x01\x02"
# ECMA-376 part 1 (strict) names the same elements in other namespaces than part 4 (transitional).
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
# A file with macros, or a template, has the same text inside.
_OTHER_KINDS = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled|openxmlformats-officedocument\.wordprocessingml\.template)"
    rb"\.main\+xml"
)
_WORD = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_DAMAGED = "文件已损坏，打不开；请在 Word 中打开，另存一份再导入"


def document(data: bytes) -> Document:
    """The document in a .docx file's bytes. Raises SourceError where they are none that can be read."""
    if data.startswith(OLE_MAGIC):
        raise SourceError("文件加了密码，或者其实是旧的 .doc；请在 Word 中去掉密码，另存为 .docx")
    if data.count(_CENTRAL_ENTRY) > MOST_FILES:
        raise SourceError(f"里面有超过 {MOST_FILES} 个文件，不像简报；请检查是否存错了文件")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package)
            parts = {info.filename: _unpacked(package, info) for info in package.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, zipfile.zlib.error):
        raise SourceError("不是完整的 .docx 文件；请在 Word 中打开，另存一份再导入") from None
    if sum(part.count(b"<") for name, part in parts.items() if _is_xml(name)) > MOST_MARKS:
        raise SourceError(f"里面的标记超过 {MOST_MARKS} 个，不像简报；请拆成单期再导入")
    mended = io.BytesIO()
    with zipfile.ZipFile(mended, "w") as package:
        for name, part in parts.items():
            package.writestr(name, _mended(name, part, parts.keys()))
    del parts
    try:
        return docx.Document(mended)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise SourceError("正文的层次太深，读不出来；请复制正文到新的 Word 文件，再导入") from None
        raise SourceError(_DAMAGED) from None
    except Exception:
        # A damaged package fails in python-docx and lxml in more ways than can be listed.
        raise SourceError(_DAMAGED) from None


def _check(package: zipfile.ZipFile) -> None:
    infos = package.infolist()
    size = sum(info.file_size for info in infos)
    if size > MOST_UNPACKED:
        raise SourceError(f"展开后有 {size // 1_000_000} MB，超过 {MOST_UNPACKED // 1_000_000} MB，不像简报")
    xml = sum(info.file_size for info in infos if _is_xml(info.filename))
    if xml > MOST_XML:
        raise SourceError(f"正文展开后有 {xml // 1_000_000} MB，超过 {MOST_XML // 1_000_000} MB，不像简报")
    if any(info.flag_bits & 1 for info in infos):
        raise SourceError("文件加了密码；请去掉密码，另存为 .docx")
    # ECMA-376 part 2 allows no other way to pack, and Python bounds only this one while unpacking.
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        raise SourceError("不是 Word 存的 .docx 文件；请在 Word 中打开，另存一份再导入")
    if not any(info.filename.startswith("word/") and _is_xml(info.filename) for info in infos):
        raise SourceError("里面没有 Word 正文；请在 Word 中打开，另存为 .docx")


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    # A size is asked for, so that a part is never unpacked further than it says it is long.
    with package.open(info) as part:
        return part.read(info.file_size + 1)


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _mended(name: str, part: bytes, names: Iterator[str]) -> bytes:
    if not _is_xml(name):
        return part
    # ECMA-376 part 2, 8.2.5.3: no part declares entities. A file that does was made to harm.
    if (
        b"<!DOCTYPE" in part
        or "<!DOCTYPE".encode("utf-16-le") in part
        or "<!DOCTYPE".encode("utf-16-be") in part
    ):
        raise SourceError("里面有不该有的实体声明，不像 Word 存的文件；请在 Word 中打开，另存一份再导入")
    part = _STRICT.sub(_TRANSITIONAL, part)
    if name == "[Content_Types].xml":
        return _OTHER_KINDS.sub(_WORD, part)
    return _without_dead_relations(name, part, names) if name.endswith(".rels") else part


def _without_dead_relations(name: str, part: bytes, names: Iterator[str]) -> bytes:
    """Relations without those to parts that are not there (``NULL``, as WPS leaves for a lost picture)."""
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return part
    folder = name.rpartition("_rels/")[0]
    for relation in root.findall(_RELATION):
        target = relation.get("Target", "").partition("#")[0]
        if relation.get("TargetMode") != "External" and _within(folder, target) not in names:
            root.remove(relation)
    return etree.tostring(root)


def _within(folder: str, target: str) -> str:
    """The name of a part in the package, from a target relative to ``folder`` or, with a slash, to the root."""
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = []
    for step in (folder + target).split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
