"""Imprint: what a Word file of ours remembers of its figures: the address and the text that each was printed with.

It lies in a custom XML part, which office programs keep when they save, so that a figure changed by hand is known
without the ledger. The content control of a figure carries its address as its tag; the bookmark around it is a second
hold, for LibreOffice 7.4 drops the tags of controls when it saves, and keeps bookmarks.
"""

import hashlib
import re
from dataclasses import dataclass, field

from lxml import etree

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.package import Package

NAMESPACE = "urn:taizhang:figures:1"
MARK = "_TzF"  # how the bookmarks of figures begin; an underscore hides them from the user's own list
_LONGEST = 64  # characters of a tag that Word takes
# All that XML 1.0 does not allow.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile(r"\r\n?")
_FOLDER = "customXml/"


@dataclass(frozen=True, slots=True)
class Imprinted:
    """One figure as it was printed; `key` is its address, with its form where it has one."""

    key: str
    name: str
    text: str


@dataclass(slots=True)
class Imprint:
    """The figures of a file by the tags of their controls, and the hash of the snapshot that they are from."""

    snapshot: str = ""
    figures: dict[str, Imprinted] = field(default_factory=dict)

    def add(self, key: str, name: str, text: str) -> None:
        """Remember a figure; the last text told of an address is the one in force."""
        self.figures[tag_of(key)] = Imprinted(key, held(name), held(text))

    def marks(self) -> dict[str, str]:
        """The tag of each figure by the mark that its bookmarks begin with."""
        return {mark_of(tag): tag for tag in self.figures}

    def written(self) -> bytes:
        """The part."""
        root = etree.Element(f"{{{NAMESPACE}}}figures", {"snapshot": self.snapshot}, nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # the default namespace
        for each in self.figures.values():
            etree.SubElement(
                root, f"{{{NAMESPACE}}}figure", {"address": each.key, "name": each.name, "text": each.text}
            )
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def held(text: str) -> str:
    """A text as a file can hold it: without what XML forbids, every line end the same."""
    return _LINE_ENDS.sub("\n", _FORBIDDEN.sub("", text))


def tag_of(key: str) -> str:
    """The tag of a control for this key: the key itself, or a hash of one that is too long for Word."""
    if len(key) <= _LONGEST:
        return key
    return f"taizhang:{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def mark_of(tag: str) -> str:
    """What the bookmarks around the figures of this tag begin with; a running number sets each apart."""
    return f"{MARK}{hashlib.sha256(tag.encode()).hexdigest()[:20]}"


def imprint_of(package: Package) -> tuple[str, Imprint] | None:
    """The part of a file that holds its imprint, and the imprint; None where there is none that can be read."""
    for name in package.names:
        if not name.startswith(_FOLDER) or not name.endswith(".xml"):
            continue
        try:
            root = package.xml(name) if NAMESPACE.encode() in package.read(name) else None
        except UnreadableDocumentError:  # somebody's broken part is no reason not to read the report
            continue
        if root is None or root.tag != f"{{{NAMESPACE}}}figures":
            continue
        imprint = Imprint(root.get("snapshot", ""))
        for each in root.iterchildren(f"{{{NAMESPACE}}}figure"):
            if each.get("address"):
                imprint.add(each.get("address", ""), each.get("name", ""), each.get("text", ""))
        return name, imprint
    return None
