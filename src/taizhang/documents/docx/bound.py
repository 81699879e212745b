"""The bound figures of a Word file: content controls whose tag is an address that the file's imprint knows.

Where a program dropped the tags, the bookmarks around the figures tell which they are.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from taizhang.core.source import Source
from taizhang.documents.blocks import BoundFigure
from taizhang.documents.docx.imprint import Imprint
from taizhang.documents.docx.styles import is_on
from taizhang.documents.docx.text import SDT, SDT_CONTENT, VAL, Content, P, Styled, W, unstyled

Atoms = dict[etree._Element, tuple[int, str]]
_BEGINS, _ENDS, _MARKED, _NUMBER = f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}name", f"{W}id"
_PROPERTIES, _TAG, _EMPTY = f"{W}sdtPr", f"{W}tag", f"{W}showingPlcHdr"


def bound(file: str, roots: Sequence[etree._Element], imprint: Imprint, styled: Styled = unstyled) -> list[BoundFigure]:
    """The figures of a file in the order of its text, with what stands in them now."""
    found: list[BoundFigure] = []
    marks = imprint.marks() if imprint.figures else {}
    number = 0
    for root in roots:
        paragraph: etree._Element | None = None
        atoms: Atoms | None = None
        for element in root.iter(P, SDT, _BEGINS) if marks else ():
            if element.tag == P:
                number += 1
                paragraph, atoms = element, None
                continue
            if element.tag == _BEGINS:
                printed = imprint.figures.get(marks.get(element.get(_MARKED, "").rpartition("_")[0], ""))
                if printed is not None and paragraph is not None and not _is_tagged(element):
                    atoms = atoms or _atoms(paragraph, styled)
                    if (told := _marked(element, paragraph, atoms)) is not None:
                        place = Source(file, paragraph=number, start=told[1], end=told[1] + len(told[0]))
                        found.append(BoundFigure(printed.key, printed.name, told[0], printed.text, place))
                continue
            tag = tag_in(element)
            printed = None if tag is None else imprint.figures.get(tag)
            if printed is None:
                continue
            inside = paragraph is not None and any(each is paragraph for each in element.iterancestors(P))
            if inside and paragraph is not None:
                atoms = atoms or _atoms(paragraph, styled)
                text, start = _within(element, atoms)
            else:
                text, start = "\n".join(Content(each, styled).text for each in _paragraphs(element)), 0
            # A control around a paragraph or a cell comes before what it holds.
            place = Source(file, paragraph=number if inside else number + 1, start=start, end=start + len(text))
            found.append(BoundFigure(printed.key, printed.name, "" if is_empty(element) else text, printed.text, place))
    return found


def _is_tagged(mark: etree._Element) -> bool:
    """Whether a control with a tag stands around a bookmark or begins within it: then that tells of the figure."""
    if any(tag_in(each) for each in mark.iterancestors(SDT)):
        return True
    following = mark.getnext()
    return following is not None and following.tag == SDT and bool(tag_in(following))


def _marked(mark: etree._Element, paragraph: etree._Element, atoms: Atoms) -> tuple[str, int] | None:
    """The text of a bookmark and where it begins; None for one that does not end in its paragraph, or holds nothing."""
    inside: list[tuple[int, str]] = []
    is_open = False
    for element in paragraph.iter():
        if element is mark:
            is_open = True
        elif is_open and element.tag == _ENDS and element.get(_NUMBER) == mark.get(_NUMBER):
            return ("".join(letters for _, letters in inside), inside[0][0]) if inside else None
        elif is_open and element in atoms:
            inside.append(atoms[element])
    return None


def tag_in(control: etree._Element) -> str | None:
    """The tag of a control."""
    properties = control.find(_PROPERTIES)
    tag = None if properties is None else properties.find(_TAG)
    return None if tag is None else tag.get(VAL)


def is_empty(control: etree._Element) -> bool:
    """Whether a control shows words of Word's own because somebody took out what stood in it."""
    properties = control.find(_PROPERTIES)
    sign = None if properties is None else properties.find(_EMPTY)
    return sign is not None and is_on(sign.get(VAL))


def _atoms(paragraph: etree._Element, styled: Styled) -> Atoms:
    """What prints characters in a paragraph, with where they begin in its text."""
    atoms: Atoms = {}
    start = 0
    for element, letters in Content(paragraph, styled).atoms:
        atoms[element] = start, letters
        start += len(letters)
    return atoms


def _within(control: etree._Element, atoms: Atoms) -> tuple[str, int]:
    """The text of a control inside a paragraph, and where in the paragraph's text it begins."""
    inside = [atoms[element] for element in control.iter() if element in atoms]
    return "".join(letters for _, letters in inside), inside[0][0] if inside else 0


def _paragraphs(control: etree._Element) -> Iterator[etree._Element]:
    for content in control.iterchildren(SDT_CONTENT):
        yield from content.iter(P)
