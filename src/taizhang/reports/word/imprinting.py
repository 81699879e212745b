"""Giving an imprint to a Word file that has none: a college's own template that has been filled."""

import posixpath
import uuid
from itertools import count

from lxml import etree

from taizhang.documents.docx.imprint import NAMESPACE, Imprint
from taizhang.documents.package import CONTENT_TYPES, RELATIONSHIPS, Package

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SCHEMA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
# Fixed, because it only has to differ from those of other parts in one file.
ITEM = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()


def properties() -> str:
    """The part that says what the imprint is."""
    return (
        f'<ds:datastoreItem xmlns:ds="{_SCHEMA}" ds:itemID="{{{ITEM}}}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def added(package: Package, imprint: Imprint) -> dict[str, bytes]:
    """The parts that are new or change when a file without imprint gets one."""
    number = next(n for n in count(1) if f"customXml/item{n}.xml" not in package)
    main = package.main(".docx", "word")
    folder, base = posixpath.split(main)
    links = posixpath.join(folder, "_rels", f"{base}.rels")
    linked = package.xml(links) if links in package else _relationships()
    _link(linked, f"{_KINDS}/customXml", posixpath.relpath(f"customXml/item{number}.xml", folder))
    own = _relationships()
    _link(own, f"{_KINDS}/customXmlProps", f"itemProps{number}.xml")
    types = package.xml(CONTENT_TYPES)
    if not any(each.get("Extension") == "xml" for each in types):
        etree.SubElement(types, f"{_TYPES}Default", {"Extension": "xml", "ContentType": "application/xml"})
    part = f"customXml/itemProps{number}.xml"
    etree.SubElement(types, f"{_TYPES}Override", {"PartName": f"/{part}", "ContentType": _PROPERTIES_TYPE})
    return {
        CONTENT_TYPES: _bytes(types),
        links: _bytes(linked),
        f"customXml/item{number}.xml": imprint.written(),
        f"customXml/_rels/item{number}.xml.rels": _bytes(own),
        part: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{properties()}'.encode(),
    }


def _relationships() -> etree._Element:
    return etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS.strip("{}")}"/>')


def _link(links: etree._Element, kind: str, target: str) -> None:
    used = {each.get("Id") for each in links}
    identifier = next(name for name in (f"rId{n}" for n in count(1)) if name not in used)
    etree.SubElement(links, f"{RELATIONSHIPS}Relationship", {"Id": identifier, "Type": kind, "Target": target})


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
