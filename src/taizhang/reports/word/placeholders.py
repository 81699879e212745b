"""Placeholders of a template, `{{指标 1.2.2.6 实现值}}`: found across runs, and made into controls."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from taizhang.documents.docx.anchor import cut
from taizhang.documents.docx.text import SDT, SDT_CONTENT, VAL, Content, P, R, T, W

_MARK = re.compile(r"[{｛]{2}([^{}｛｝]{1,200})[}｝]{2}")
_BEGUN = re.compile(r"[{｛]{2}|[}｝]{2}")
_RPR = f"{W}rPr"


class Placeholder(NamedTuple):
    """A placeholder in a paragraph: the words between its braces, and its characters in the paragraph's text."""

    words: str
    start: int
    end: int


def placeholders(paragraph: etree._Element) -> list[Placeholder]:
    """The placeholders of a paragraph, however Word has split them into runs."""
    return [Placeholder(found[1].strip(), *found.span()) for found in _MARK.finditer(Content(paragraph).text)]


def is_broken(paragraph: etree._Element) -> bool:
    """Whether braces stand in it that belong to no placeholder."""
    return _BEGUN.search(_MARK.sub("", Content(paragraph).text)) is not None


def runs_of(paragraph: etree._Element, start: int, end: int) -> list[etree._Element]:
    """The runs that hold just these characters; runs are split where they hold others too."""
    atoms = Content(paragraph).atoms
    cut(atoms, [start, end], paragraph)
    found: dict[etree._Element, None] = {}
    position = 0
    for element, letters in atoms:
        if position < end and position + len(letters) > start:
            run = next(element.iterancestors(R), None)
            if run is not None:
                found[run] = None
        position += len(letters)
    return list(found)


def bind(runs: list[etree._Element], identifier: str, tag: str, name: str) -> None:
    """Put a control of a figure in the place of runs; it has the look of the first, and its text is still to come."""
    first = runs[0]
    looks = first.find(_RPR)
    control = etree.Element(SDT)
    properties = etree.SubElement(control, f"{W}sdtPr")
    if looks is not None:
        properties.append(deepcopy(looks))
    for kind, worth in (("alias", name), ("tag", tag), ("id", identifier)):
        etree.SubElement(properties, f"{W}{kind}", {VAL: worth})
    etree.SubElement(properties, f"{W}text", {f"{W}multiLine": "1"})
    run = etree.SubElement(etree.SubElement(control, SDT_CONTENT), R)
    if looks is not None:
        run.append(deepcopy(looks))
    etree.SubElement(run, T)
    first.addprevious(control)
    for each in runs:
        _remove(each)


def write(runs: list[etree._Element], text: str) -> None:
    """Put plain text in the place of runs; it has the look of the first."""
    first, *rest = runs
    for child in list(first):
        if child.tag != _RPR:
            first.remove(child)
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(first, f"{W}br")
        written = etree.SubElement(first, T, {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
        written.text = line
    for each in rest:
        _remove(each)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def rows(root: etree._Element) -> Iterator[etree._Element]:
    """The table rows that hold a placeholder and no table of their own, in order."""
    for row in list(root.iter(f"{W}tr")):
        if next(row.iter(f"{W}tbl"), None) is None and any(placeholders(each) for each in row.iter(P)):
            yield row
