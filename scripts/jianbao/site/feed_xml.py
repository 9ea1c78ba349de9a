"""What the feeds in XML have in common: elements whose text is fit for XML, names that last, moments."""

from __future__ import annotations

import datetime
import re
import uuid

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"

# An issue has a day, feeds ask for a moment: the day's beginning in Beijing.
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))
# What no XML document may hold (XML 1.0, 2.2), not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Drawn once; whoever changes it makes every entry a new one.
_NAMESPACE = uuid.UUID("3b0ef7f6-5f0d-5c40-9f5c-8f0a9d7c6b11")


def feed() -> etree._Element:
    """The root of an Atom feed in Chinese."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
    return root


def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A new last child in its parent's namespace; an attribute's or a text's unfit characters show as U+FFFD."""
    namespace = etree.QName(parent).namespace
    element = etree.SubElement(parent, etree.QName(namespace, name) if namespace else name)
    for key, value in attributes.items():
        element.set(key, _fit(value))
    if text is not None:
        element.text = _fit(text)
    return element


def document(root: etree._Element) -> str:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True).decode()


def identifier(name: str) -> str:
    """A lasting id (``urn:uuid:…``): of the same name always the same, wherever the site is."""
    return uuid.uuid5(_NAMESPACE, name).urn


def moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), _BEIJING)


def _fit(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
