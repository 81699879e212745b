"""Writing remarks into a copy of a Word file, each as a comment on the exact words; nothing else is changed."""

import posixpath
import re
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from lxml import etree

from taizhang.core.errors import UnreadableDocumentError, UsageError
from taizhang.documents.docx.anchor import Anchor, anchor
from taizhang.documents.docx.index import Index
from taizhang.documents.docx.reader import Parts, open_parts
from taizhang.documents.docx.styles import whole
from taizhang.documents.docx.text import ID, SPACE, VAL, P, R, T, W
from taizhang.documents.notes import Note
from taizhang.documents.package import CONTENT_TYPES, RELATIONSHIPS, Package

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
# All that XML 1.0 does not allow.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def comment(original: Path, out: Path, notes: Sequence[Note], *, at: datetime) -> int:
    """Write a copy of `original` to `out` with every note as a comment dated `at`; the number of comments written."""
    if out.exists() and original.exists() and out.samefile(original):
        raise UsageError(f"批注不能写进原文件“{original.name}”，请另给一个输出文件名。")
    with Package.open(original) as package:
        parts = open_parts(package)
        if parts.strict:
            raise UnreadableDocumentError(
                f"“{original.name}”是“严格 Open XML”格式，写不了批注，请用 Word 另存为普通的 .docx。"
            )
        package.rewrite(out, _commented(package, parts, notes, at))
    return len(notes)


def _commented(package: Package, parts: Parts, notes: Sequence[Note], at: datetime) -> dict[str, bytes]:
    """The parts that change, with the notes written in."""
    if not notes:
        return {}
    changed: dict[str, bytes] = {}
    target = parts.related.get("comments")
    if target is None:
        target = _new_name(package, parts.main)
        comments = etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})
        changed |= _declarations(package, parts.main, target)
    else:
        comments = package.xml(target)
    looks = parts.styles.id_of("annotation text"), parts.styles.id_of("annotation reference")
    first = 1 + max((whole(element.get(ID), -1) for element in comments), default=-1)
    anchors = _anchors(package.file, parts, notes)
    for number, (note, place) in enumerate(zip(notes, anchors, strict=True), first):
        lines = [*([place.quotation] if place.quotation else []), *note.text.splitlines()]
        comments.append(_comment(number, note, lines, at, looks))
    _place(anchors, first, looks[1])
    return changed | {parts.main: _bytes(parts.roots[0]), target: _bytes(comments)}


def _anchors(file: str, parts: Parts, notes: Sequence[Note]) -> list[Anchor]:
    """Where each note goes. All runs are split before any anchor is taken, so that none is split again after."""
    paragraphs = list(Index(parts.roots).numbers)
    if not paragraphs:
        raise UnreadableDocumentError(f"“{file}”里没有段落，写不了批注。")
    wanted: dict[int, list[int]] = {}
    for order, note in enumerate(notes):
        number = note.source.paragraph or 1
        if number > len(paragraphs):
            raise UsageError(f"“{file}”只有 {len(paragraphs)} 段，没有第 {number} 段：检查之后文件改过，请重新检查。")
        wanted.setdefault(number, []).append(order)
    found: dict[int, Anchor] = {}
    for number, orders in wanted.items():
        spans = [(notes[order].source.start, notes[order].source.end) for order in orders]
        found.update(zip(orders, anchor(paragraphs[number - 1], spans, parts.roots[0], parts.styles.look), strict=True))
    return [found[order] for order in range(len(notes))]


def _place(anchors: list[Anchor], first: int, look: str | None) -> None:
    """Put the range marks and references into the document; of several at one place the earlier stands first."""
    for number, place in enumerate(anchors, first):
        place.first.addprevious(etree.Element(f"{W}commentRangeStart", {ID: str(number)}))
    for number, place in reversed(list(enumerate(anchors, first))):
        run = _run(look, etree.Element(f"{W}commentReference", {ID: str(number)}))
        place.last.addnext(run)
        place.last.addnext(etree.Element(f"{W}commentRangeEnd", {ID: str(number)}))


def _comment(
    number: int, note: Note, lines: list[str], at: datetime, looks: tuple[str | None, str | None]
) -> etree._Element:
    text_look, mark_look = looks
    element = etree.Element(
        f"{W}comment",
        {
            ID: str(number),
            f"{W}author": _clean(note.author),
            f"{W}date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            f"{W}initials": _clean(note.initials),
        },
    )
    for index, line in enumerate(lines or [""]):
        paragraph = etree.SubElement(element, P)
        if text_look is not None:
            etree.SubElement(etree.SubElement(paragraph, f"{W}pPr"), f"{W}pStyle", {VAL: text_look})
        if index == 0:
            paragraph.append(_run(mark_look, etree.Element(f"{W}annotationRef")))
        text = etree.Element(T, {SPACE: "preserve"})
        text.text = _clean(line)
        paragraph.append(_run(None, text))
    return element


def _run(look: str | None, child: etree._Element) -> etree._Element:
    run = etree.Element(R)
    if look is not None:
        etree.SubElement(etree.SubElement(run, f"{W}rPr"), f"{W}rStyle", {VAL: look})
    run.append(child)
    return run


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def _new_name(package: Package, main: str) -> str:
    folder = posixpath.dirname(main)
    names = (posixpath.join(folder, f"comments{number or ''}.xml") for number in count())
    return next(name for name in names if name not in package)


def _declarations(package: Package, main: str, target: str) -> dict[str, bytes]:
    """The list of content types and the main part's list of links, with the comments part added."""
    folder, base = posixpath.split(main)
    links = posixpath.join(folder, "_rels", f"{base}.rels")
    relationships = (
        package.xml(links)
        if links in package
        else etree.fromstring(f'<Relationships xmlns="{RELATIONSHIPS.strip("{}")}"/>')
    )
    used = {element.get("Id") for element in relationships}
    identifier = next(name for name in (f"rId{number}" for number in count(1)) if name not in used)
    etree.SubElement(
        relationships,
        f"{RELATIONSHIPS}Relationship",
        {"Id": identifier, "Type": _COMMENTS_KIND, "Target": posixpath.basename(target)},
    )
    types = package.xml(CONTENT_TYPES)
    etree.SubElement(types, f"{_TYPES}Override", {"PartName": f"/{target}", "ContentType": _COMMENTS_TYPE})
    return {CONTENT_TYPES: _bytes(types), links: _bytes(relationships)}


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
