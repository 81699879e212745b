"""Where in the bytes of a Word part the bound controls stand, so that one figure is changed and no other byte.

A tree that is parsed and written again is another text: quotes, blanks, order. What people wrote stays as it was only
where the bytes themselves are left alone.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from taizhang.core.errors import UnreadableDocumentError
from taizhang.documents.docx.imprint import MARK

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_TAG = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DROPPED = frozenset({"tab", "ptab", "br", "cr", "noBreakHyphen", "sym"})
_GONE = frozenset({"del", "moveFrom"})
Edit = tuple[int, int, bytes]


@dataclass(slots=True)
class Element:
    """The bytes of an element: from `<` of its start tag to behind `>` of its end tag."""

    name: str
    start: int
    opened: int = 0  # behind its start tag
    closing: int = 0  # where its end tag begins; as `end` where there is none
    end: int = 0


@dataclass(slots=True)
class Control:
    """A content control with a tag, and what is in it; or the stretch of a figure's bookmark, known by its `mark`."""

    tag: str = ""
    mark: str = ""
    name: str = ""
    texts: list[Element] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    dropped: list[Element] = field(default_factory=list)  # breaks, tabs, symbols: part of the old text
    styles: list[Element] = field(default_factory=list)  # character styles, which a placeholder's run has
    run: Element | None = None
    paragraph: Element | None = None
    content: Element | None = None
    placeholder: Element | None = None

    @property
    def text(self) -> str:
        """What stands in it; nothing where Word shows words of its own."""
        return "" if self.placeholder is not None else "".join(self.letters)


class _Scan:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.found: list[Control] = []
        self._open: list[Element] = []
        self._controls: list[tuple[int, Control]] = []  # with the depth at which each is open
        self._marked: dict[str, Control] = {}  # by the number of the bookmark, those that are open
        self._gone = 0
        self._code: list[bool] = []  # the open fields, True while their code lasts
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        self._parser = parser

    def read(self) -> list[Control]:
        self._parser.Parse(self.data, True)
        return self.found

    def _refuse(self, *_: object) -> None:
        raise UnreadableDocumentError("文件的内部带有文档类型声明，可能含有恶意内容，没有打开。")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        space = next((each for each in _WORD if name.startswith(each)), None)
        local = name[len(space) :] if space else ""
        tag = _TAG.match(self.data, at)
        element = Element(local, at, tag.end() if tag else at)
        self._open.append(element)
        if not local:
            return
        if local == "sdt":
            self._controls.append((len(self._open), Control()))
        elif local in _GONE:
            self._gone += 1
        elif local == "fldChar":
            self._field(attributes.get(f"{space}fldCharType", ""))
        elif local in {"bookmarkStart", "bookmarkEnd"}:
            self._bookmark(local, attributes.get(f"{space}id", ""), attributes.get(f"{space}name", ""))
        else:
            if local == "p":  # a figure stands in one paragraph: a bookmark that reaches into another holds more
                self._marked.clear()
            for control in self._marked.values():
                self._put(control, element)
            if self._controls:
                self._inside(element, attributes.get(f"{space}val", ""))

    def _inside(self, element: Element, value: str) -> None:
        """Something in a control: its properties, or what stands in it."""
        control = self._controls[-1][1]
        name = element.name
        if control.content is None:
            if name == "tag":
                control.tag = value
                self._marked.clear()  # the tag is the first hold
            elif name == "alias":
                control.name = value
            elif name == "showingPlcHdr" and value not in {"0", "false", "off"}:
                control.placeholder = element
            elif name == "sdtContent":
                control.content = element
            return
        self._put(control, element)

    def _bookmark(self, kind: str, number: str, name: str) -> None:
        """A figure's bookmark begins, or one ends."""
        if kind == "bookmarkStart":
            if name.startswith(MARK) and not any(control.tag for _, control in self._controls):
                self._marked[number] = Control(mark=name.rpartition("_")[0])
            return
        control = self._marked.pop(number, None)
        if control is not None and control.texts:
            self.found.append(control)

    def _put(self, control: Control, element: Element) -> None:
        """An element that stands in a control."""
        name = element.name
        if self._gone or any(self._code):
            return
        if name == "t":
            control.texts.append(element)
        elif name in _DROPPED:
            control.dropped.append(element)
            control.letters.append(_LETTERS.get(name, "\ufffd"))
        elif name == "rStyle":
            control.styles.append(element)
        elif name == "r":
            control.run = control.run or element
        elif name == "p":
            control.paragraph = control.paragraph or element

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._code.append(True)
        elif self._code and kind == "separate":
            self._code[-1] = False
        elif self._code and kind == "end":
            self._code.pop()

    def _end(self, _name: str) -> None:
        element = self._open.pop()
        if self.data.endswith(b"/>", element.start, element.opened):
            element.closing = element.end = element.opened
        else:
            at = self._parser.CurrentByteIndex
            tag = _TAG.match(self.data, at)
            element.closing, element.end = at, tag.end() if tag else at
        if element.name in _GONE:
            self._gone -= 1
        elif element.name == "sdt" and self._controls:
            _, control = self._controls.pop()
            if control.tag and control.content is not None:
                self.found.append(control)

    def _characters(self, text: str) -> None:
        if self._open[-1].name != "t":
            return
        for control in (*self._marked.values(), *(each for _, each in self._controls[-1:])):
            if control.texts and control.texts[-1] is self._open[-1]:
                control.letters.append(text)


def controls(data: bytes, file: str) -> list[Control]:
    """The content controls of a part that have a tag, inner ones first, and marked stretches that have none."""
    encoding = _ENCODING.match(data[:200])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (encoding and encoding[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise UnreadableDocumentError(f"“{file}”不是 UTF-8 编码的 Word 文件，请用 Word 或 WPS 另存后再试。")
    try:
        return _Scan(data).read()
    except expat.ExpatError as error:
        raise UnreadableDocumentError(
            f"“{file}”已损坏：内部的 XML 不完整或有错，请用 Word 或 WPS 重新保存。"
        ) from error


def applied(data: bytes, edits: list[Edit]) -> bytes:
    """The bytes with each stretch [start, end) replaced; stretches do not overlap."""
    parts: list[bytes] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += (data[at:start], new)
        at = end
    return b"".join((*parts, data[at:]))
