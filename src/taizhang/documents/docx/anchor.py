"""Where in a Word file a comment on certain characters goes: runs are split so that its range holds just these."""

from collections.abc import Sequence
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from taizhang.documents.docx.text import ALTERNATE, ID, SDT, SPACE, TXBX, Content, P, R, Styled, T, W, printed, unstyled

_PPR, _RPR = f"{W}pPr", f"{W}rPr"
_NOTES = (f"{W}footnote", f"{W}endnote")
# Kinds of content control that hold one run and no more: a range may stand around them, not in them.
_CLOSED_CONTROLS = frozenset(
    f"{W}{name}" for name in ("text", "dataBinding", "date", "dropDownList", "comboBox", "picture", "citation")
)
_LEADING_PROPERTIES = frozenset({f"{W}smartTagPr", f"{W}customXmlPr", f"{W}fldData", _RPR})
# A quotation in the comment is there to find the place by.
_MOST_QUOTED = 60

Atom = tuple[etree._Element, str]


class Anchor(NamedTuple):
    """The first and the last element of a range, and a line that quotes the words where the range cannot show them.

    Word allows no comment in a text box, a footnote or an endnote: the shape or the reference mark stands for them.
    """

    first: etree._Element
    last: etree._Element
    quotation: str = ""


def anchor(
    paragraph: etree._Element,
    spans: Sequence[tuple[int | None, int | None]],
    document: etree._Element,
    styled: Styled = unstyled,
) -> list[Anchor]:
    """Anchors for several spans of characters of one paragraph; an empty or unknown span takes the whole paragraph."""
    content = Content(paragraph, styled)
    stand_in = _stand_in(paragraph, document)
    if stand_in is not None:
        run, kind = stand_in
        return [Anchor(run, run, _quotation(kind, content.text, *span)) for span in spans]
    exact = [_exact(span, len(content.text)) for span in spans]
    atoms = content.atoms
    cut(atoms, sorted({offset for span in exact if span for offset in span}), paragraph)
    return [_around(atoms, span, paragraph) if span else _whole(paragraph) for span in exact]


def _exact(span: tuple[int | None, int | None], length: int) -> tuple[int, int] | None:
    start, end = span
    if start is None:
        return None
    end = length if end is None else min(end, length)
    return (start, end) if 0 <= start < end else None


def _stand_in(paragraph: etree._Element, document: etree._Element) -> tuple[etree._Element, str] | None:
    """The run of the main text that stands for a paragraph outside it, and what that paragraph is part of."""
    note = next(paragraph.iterancestors(*_NOTES), None)
    if note is not None:
        references = document.iter(f"{note.tag}Reference")
        found = next((mark for mark in references if mark.get(ID) == note.get(ID)), None)
        run = None if found is None else next(found.iterancestors(R), None)
        if run is not None:
            return _outside_boxes(run) or run, "脚注" if note.tag == _NOTES[0] else "尾注"
        first = next(document.iter(P))
        return _whole(first).first, "注释"
    run = _outside_boxes(paragraph)
    return None if run is None else (run, "文本框")


def _outside_boxes(element: etree._Element) -> etree._Element | None:
    """The run that carries the outermost text box around an element; None where there is no text box."""
    run = None
    for box in element.iterancestors(TXBX):
        run = next(box.iterancestors(R), run)
    return None if run is None else _standing(run, next(run.iterancestors(P)))


def _quotation(kind: str, text: str, start: int | None, end: int | None) -> str:
    span = _exact((start, end), len(text))
    words = text[slice(*span)] if span else text
    quoted = words if len(words) <= _MOST_QUOTED else f"{words[:_MOST_QUOTED]}……"
    return f"（{kind}：“{' '.join(quoted.split())}”）"


def cut(atoms: list[Atom], offsets: Sequence[int], paragraph: etree._Element) -> None:
    """Split runs so that a run begins at each offset, wherever the file's structure lets one begin there."""
    position = index = 0
    for offset in offsets:
        while index < len(atoms) and position + len(atoms[index][1]) <= offset:
            position += len(atoms[index][1])
            index += 1
        if index == len(atoms):
            return
        element, text = atoms[index]
        run = element.getparent()
        if run is None or run.tag != R or _standing(run, paragraph) is not run:
            continue
        if offset > position:
            if element.tag != T:
                continue
            rest, own = etree.Element(T), printed(element)  # which is written otherwise than read where it is raised
            _write(rest, own[offset - position :])
            _write(element, own[: offset - position])
            element.addnext(rest)
            atoms[index : index + 1] = [(element, text[: offset - position]), (rest, text[offset - position :])]
            position, index, element = offset, index + 1, rest
        if index and atoms[index - 1][0].getparent() is run:
            _split(run, element)


def _write(element: etree._Element, text: str) -> None:
    element.text = text
    element.set(SPACE, "preserve")


def _split(run: etree._Element, child: etree._Element) -> None:
    """Move `child` and what follows it into a run of its own, of the same looks."""
    second = etree.Element(R)
    for name, value in run.items():
        second.set(name, value)
    properties = run.find(_RPR)
    if properties is not None:
        second.append(deepcopy(properties))
    for moved in [child, *child.itersiblings()]:
        second.append(moved)
    run.addnext(second)


def _around(atoms: list[Atom], span: tuple[int, int], paragraph: etree._Element) -> Anchor:
    start, end = span
    position = 0
    within: list[etree._Element] = []
    for element, text in atoms:
        if position < end and position + len(text) > start:
            within.append(element)
        position += len(text)
    runs = [next(element.iterancestors(R), None) for element in (within[0], within[-1])]
    first, last = runs
    if first is None or last is None:
        return _whole(paragraph)
    return Anchor(_leading(_standing(first, paragraph), paragraph), _trailing(_standing(last, paragraph), paragraph))


def _whole(paragraph: etree._Element) -> Anchor:
    """The whole paragraph; one without any content gets an empty run to hold the range."""
    children = [child for child in paragraph if child.tag != _PPR]
    if not children:
        children = [etree.SubElement(paragraph, R)]
    return Anchor(children[0], children[-1])


def _standing(run: etree._Element, paragraph: etree._Element) -> etree._Element:
    """The run itself, or what is around it that a range must not enter: a ruby's run, a closed control, a choice."""
    standing = run
    for ancestor in run.iterancestors():
        if ancestor is paragraph:
            break
        if ancestor.tag in (R, ALTERNATE) or (ancestor.tag == SDT and _is_closed(ancestor)):
            standing = ancestor
    return standing


def _is_closed(control: etree._Element) -> bool:
    properties = control.find(f"{W}sdtPr")
    return properties is not None and any(child.tag in _CLOSED_CONTROLS for child in properties)


def _leading(element: etree._Element, paragraph: etree._Element) -> etree._Element:
    """Step out of hyperlinks, insertions and controls that begin here, so that the mark is not part of them."""
    parent = element.getparent()
    while parent is not None and parent is not paragraph:
        before = element.getprevious()
        if before is not None and before.tag not in _LEADING_PROPERTIES and parent.tag != SDT:
            break
        element, parent = parent, parent.getparent()
    return element


def _trailing(element: etree._Element, paragraph: etree._Element) -> etree._Element:
    """As `_leading`, for what ends here."""
    parent = element.getparent()
    while parent is not None and parent is not paragraph and element.getnext() is None:
        element, parent = parent, parent.getparent()
    return element
