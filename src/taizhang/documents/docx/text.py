"""The text of one Word paragraph as it is read: tracked changes accepted, field codes and comments left out.

Readers and writers of Word files both count characters in this text, so it is defined here and nowhere else.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from taizhang.documents.digits import apart

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P = f"{W}p"
R = f"{W}r"
T = f"{W}t"
PSTYLE = f"{W}pStyle"
NUMPR = f"{W}numPr"
OUTLINE = f"{W}outlineLvl"
# What makes a cell cover more than its own place, or none.
MERGES = (f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge", f"{W}cellDel")
VAL = f"{W}val"
ID = f"{W}id"
TXBX = f"{W}txbxContent"
SDT = f"{W}sdt"
SDT_CONTENT = f"{W}sdtContent"
PROMPT = f"{W}showingPlcHdr"  # a content control that nobody has filled in shows what to write there
ALTERNATE = f"{MC}AlternateContent"
DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
# Elements that stand around blocks, rows, cells or runs and change nothing of them.
TRANSPARENT = frozenset({SDT, SDT_CONTENT, f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"})
RUBY_TEXT = f"{W}rt"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_SKIPPED = DELETED | {
    RUBY_TEXT,
    f"{W}pPr",
    f"{W}rPr",
    f"{W}sdtPr",
    f"{W}sdtEndPr",
    f"{W}delText",
    f"{W}delInstrText",
    f"{W}bookmarkStart",
    f"{W}bookmarkEnd",
    f"{W}proofErr",
    f"{W}lastRenderedPageBreak",
}
CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_WORDS = frozenset({f"{W}rPr", T, f"{W}lastRenderedPageBreak", *CHARACTERS})
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
RSTYLE = f"{W}rStyle"
_RPR, _VANISH = f"{W}rPr", f"{W}vanish"
_RAISED, _LIFTED = f"{W}vertAlign", f"{W}position"
OFF = frozenset({"0", "false", "off", "none", "baseline", "subscript"})
_STRUCK = (f"{W}strike", f"{W}dstrike")
OBJECTS = frozenset(
    {
        TXBX,
        _VANISH,
        *_STRUCK,
        _RAISED,
        _LIFTED,
        ALTERNATE,
        f"{W}sym",
        f"{W}fldChar",
        f"{W}instrText",
        f"{MATH}oMath",
        *_NOTES,
    }
)
# The signs that reports insert from symbol fonts, by font and code; the codes stand in Unicode's private area.
_SYMBOLS = {
    "symbol": {
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞", 0xAE: "→",
    },
    "wingdings": {
        0xFC: "✓", 0xFE: "☑", 0xFD: "☒", 0xFB: "✗", 0xA8: "☐", 0x6F: "☐", 0x6E: "■", 0x6C: "●", 0xE0: "→", 0xD8: "➢",
    },
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"},
}  # fmt: skip
_PROMPTING = re.compile(r"单击|点击|请输入|请选择|此处输入|选择一项|[Cc]lick|[Cc]hoose|[Ee]nter text")
_UNKNOWN_SYMBOL = "\ufffd"


class Look(NamedTuple):
    """What the looks of words do to them; None where nothing is said of it."""

    struck: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None

    def over(self, below: "Look") -> "Look":
        """These looks, and those below them of which these say nothing."""
        return Look(*(under if own is None else own for own, under in zip(self, below, strict=True)))


PLAIN = Look()
Styled = Callable[[str | None], Look]  # what the style of that id does to words


def look_of(properties: etree._Element) -> Look:
    """What the properties of a run or of a style do to words."""

    def said(*tags: str) -> bool | None:
        values = [mark.get(VAL) for mark in properties.iterchildren(*tags)]
        return any(value not in OFF for value in values) if values else None

    heights = [mark.get(VAL, "") for mark in properties.iterchildren(_RAISED, _LIFTED)]
    raised = any(height == "superscript" or (height.isdecimal() and height != "0") for height in heights)
    return Look(said(*_STRUCK), said(_VANISH), raised if heights else None)


def unstyled(style: str | None) -> Look:  # noqa: ARG001 - as Styled asks
    """No style does anything to words: for files without styles, and for readers of our own templates."""
    return PLAIN


class Content:
    """What a paragraph holds, `styled` telling what its styles do to words.

    `atoms` are the elements that print characters, each with its characters, in order. `boxes` are the text boxes
    anchored in the paragraph, `notes` the (part, id) of its footnotes and endnotes, `formulas` the texts of its
    formulas, `hidden` what is formatted as hidden, `struck` what is struck through, `prompts` what content controls show
    that are not filled in, and `fields` the marks of complex fields in order: `begin`, `end`, or `=` and a part of a field code.
    """

    __slots__ = (
        "_codes", "_look", "_open", "_raised", "_styled", "atoms", "boxes", "fields", "formulas", "hidden", "notes",
        "prompts", "struck",
    )  # fmt: skip

    def __init__(self, paragraph: etree._Element, styled: Styled = unstyled) -> None:
        self.atoms: list[tuple[etree._Element, str]] = []
        self.boxes: list[etree._Element] = []
        self.notes: list[tuple[str, str]] = []
        self.formulas: list[str] = []
        self.hidden: list[str] = []
        self.struck: list[str] = []
        self.prompts: list[str] = []
        self.fields: list[str] = []
        self._open: list[bool] = []  # the fields begun in this paragraph, True while their code lasts
        self._codes = 0
        self._styled = styled
        self._look = styled(style_of(paragraph))._replace(raised=None)
        self._raised: set[int] = set()  # of the atoms
        self._collect(paragraph)
        if self._raised:
            # One character for one: whoever counts the characters of the paragraph must not notice.
            texts = apart([(text, place in self._raised) for place, (_, text) in enumerate(self.atoms)])
            self.atoms = [(atom, text) for (atom, _), text in zip(self.atoms, texts, strict=True)]

    @property
    def text(self) -> str:
        """The characters of the paragraph."""
        atoms = self.atoms
        return atoms[0][1] if len(atoms) == 1 else "".join([text for _, text in atoms])

    def _collect(self, node: etree._Element) -> None:
        for child in node:
            tag = child.tag
            if tag == T:
                if not self._codes and (text := printed(child)):
                    self.atoms.append((child, text))
            elif tag in _SKIPPED:
                continue
            elif tag in CHARACTERS:
                if not self._codes:
                    self.atoms.append((child, CHARACTERS[tag]))
            elif tag == R:
                self._collect_run(child)
            elif tag in OBJECTS:
                self._collect_object(child, tag)
            elif tag == SDT and is_unfilled(child):
                self.prompts.append("".join(map(printed, child.iter(T))))
            else:
                self._collect(child)

    def _collect_run(self, run: etree._Element) -> None:
        """A run: its words may be hidden, struck out, or the raised mark of a note."""
        look = self._look
        if (properties := next(run.iterchildren(_RPR), None)) is not None:
            style = next((mark.get(VAL) for mark in properties.iterchildren(RSTYLE)), None)
            look = look_of(properties).over(self._styled(style)).over(look)
        if (look.hidden or look.struck) and _is_words(run):
            words = "".join(CHARACTERS.get(part.tag) or printed(part) for part in run.iterchildren(T, *CHARACTERS))
            (self.hidden if look.hidden else self.struck).append(words)
            return
        count = len(self.atoms)
        self._collect(run)
        if look.raised:
            self._raised.update(range(count, len(self.atoms)))

    def _collect_object(self, child: etree._Element, tag: str) -> None:
        if tag == f"{W}fldChar":
            if not self._codes and (chosen := _form_field(child)):
                self.atoms.append((child, chosen))
            self._field(child.get(f"{W}fldCharType", ""))
        elif tag == f"{W}instrText":
            self.fields.append(f"={child.text or ''}")
        elif tag == TXBX:
            self.boxes.append(child)
        elif tag == ALTERNATE:
            self._collect(alternative(child))
        elif tag == f"{W}sym":
            if not self._codes:
                self.atoms.append((child, _symbol(child)))
        elif tag in _NOTES:
            self.notes.append((_NOTES[tag], child.get(ID, "")))
        else:
            self.formulas.append("".join(part.text or "" for part in child.iter(f"{MATH}t")))

    def _field(self, kind: str) -> None:
        """Follow nested fields: what stands before a field's separator is code, even the results of fields in it."""
        if kind == "begin":
            self._open.append(True)
            self._codes += 1
        elif self._open and kind in {"separate", "end"}:
            self._codes -= self._open.pop()
            if kind == "separate":
                self._open.append(False)
        if kind != "separate":
            self.fields.append(kind)


def style_of(paragraph: etree._Element) -> str | None:
    """The id of the style that a paragraph names."""
    properties = paragraph[0] if len(paragraph) else None
    if properties is None or properties.tag != f"{W}pPr":
        return None
    return next((style.get(VAL) for style in properties.iterchildren(PSTYLE)), None)


def is_unfilled(control: etree._Element) -> bool:
    """Whether a content control shows its prompt (“单击此处输入文字”) and no content.

    Some programs leave the mark in a control that was filled in, so the words must be those of a prompt.
    """
    properties = control.find(f"{W}sdtPr")
    mark = None if properties is None else properties.find(PROMPT)
    if mark is None or mark.get(VAL) in {"0", "false", "off"}:
        return False
    return _PROMPTING.search("".join(map(printed, control.iter(T)))) is not None


def _is_words(run: etree._Element) -> bool:
    """Whether a run holds nothing but words, so that what is done to its looks is done to them."""
    return all(child.tag in _WORDS for child in run)


def _form_field(mark: etree._Element) -> str:
    """What a check box or a list of an old form shows, which no text of the file says."""
    for box in mark.iter(f"{W}checkBox"):
        states = {child.tag: child.get(VAL, "1") for child in box}
        state = states.get(f"{W}checked", states.get(f"{W}default", "0"))
        return "☐" if state in {"0", "false", "off"} else "☑"
    for choices in mark.iter(f"{W}ddList"):
        entries = [entry.get(VAL, "") for entry in choices.iterchildren(f"{W}listEntry")]
        chosen = next((child.get(VAL, "0") for child in choices.iterchildren(f"{W}result", f"{W}default")), "0")
        return entries[int(chosen)] if chosen.isdecimal() and len(chosen) < 5 and int(chosen) < len(entries) else ""
    return ""


def printed(element: etree._Element) -> str:
    """The characters of a `w:t`, whose outer white space counts only where the file says so."""
    text = element.text
    if not text:
        return ""
    if (text[0] <= " " or text[-1] <= " ") and element.get(SPACE) != "preserve":
        return text.strip(" \t\r\n")
    return text


def alternative(element: etree._Element) -> etree._Element:
    """The one branch of an `mc:AlternateContent` that is read: the first choice, else the fallback, else nothing."""
    branches = {child.tag: child for child in reversed(element)}
    return branches.get(f"{MC}Choice", branches.get(f"{MC}Fallback", etree.Element("nothing")))


def _symbol(element: etree._Element) -> str:
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return _UNKNOWN_SYMBOL
    known = _SYMBOLS.get(element.get(f"{W}font", "").lower(), {})
    if code & 0xFF in known and (code >> 8) in (0, 0xF0):
        return known[code & 0xFF]
    is_character = 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE
    return chr(code) if is_character else _UNKNOWN_SYMBOL
