"""What a Word file's styles and lists say of a paragraph: heading level, role, and the number Word prints."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from taizhang.documents.blocks import Role
from taizhang.documents.docx.text import PLAIN, VAL, Look, W, look_of

_STYLE = f"{W}style"
_STYLE_ID = f"{W}styleId"
_PPR, _RPR = f"{W}pPr", f"{W}rPr"
_LEVELS = 9
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$")
_CONTENTS_NAME = re.compile(r"toc\s*([1-9]|heading)$|table of figures$|目录\s*[1-9]?$|图表目录$")
_CAPTION_NAMES = frozenset({"caption", "题注"})
_PLACEHOLDER = re.compile(r"%([1-9])")
# A number that ends in one of these stands clear of the words after it; any other takes a space, or “2.1” and
# “3 门” would read “2.13 门”.
_CLEAR_ENDS = frozenset("、。．，：；）)】］」』〕》-—") | frozenset(chr(code) for code in range(0x2460, 0x249C))

_DIGITS = "零一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITWISE = str.maketrans("0123456789", "〇一二三四五六七八九")
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_CYCLES = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}
_PLAIN: dict[str, Callable[[int], str]] = {
    "decimalZero": "{:02d}".format,
    "numberInDash": "- {} -".format,
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda count: str(count).translate(_FULL_WIDTH),
    "ideographDigital": lambda count: str(count).translate(_DIGITWISE),
    "taiwaneseDigital": lambda count: str(count).translate(_DIGITWISE),
}
_ENCLOSED = {
    "decimalEnclosedCircle": (0x2460, 20),
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20),
    "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3280, 10),
}
_CHINESE = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)  # fmt: skip
_FORMAL_FORMATS = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
_ROMAN = [
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
]  # fmt: skip
# Beyond this a counter is hostile, and letters or Roman numerals of it would fill the memory.
_MOST_COUNT = 9999


class Style(NamedTuple):
    """What a paragraph style gives its paragraphs, after all styles that it is based on."""

    id: str | None = None
    level: int | None = None
    role: Role | None = None
    list: str | None = None
    list_level: int | None = None


class Styles:
    """The styles of a file, worked out when first asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default: str | None = None
        self._known: dict[str | None, Style] = {}
        self._looks: dict[str | None, Look] = {}
        for element in () if root is None else root.iterchildren(_STYLE):
            identifier = element.get(_STYLE_ID)
            if identifier is None:
                continue
            self._elements[identifier] = element
            if element.get(f"{W}type") == "paragraph" and is_on(element.get(f"{W}default"), absent=False):
                self._default = identifier

    def __getitem__(self, identifier: str | None) -> Style:
        """The style of that id; the default style for None, and for an id that the file does not define."""
        style = self._known.get(identifier)
        if style is None:
            style = self._known[identifier] = self._work_out(identifier)
        return style

    def look(self, identifier: str | None) -> Look:
        """What the style of that id does to words; nothing for None."""
        look = self._looks.get(identifier)
        if look is None:
            look = PLAIN
            for element in self._chain(identifier):
                for properties in element.iterchildren(_RPR):
                    look = look.over(look_of(properties))
            self._looks[identifier] = look
        return look

    def id_of(self, name: str) -> str | None:
        """The id of the style that Word knows by this (English, built-in) name."""
        return next((key for key, element in self._elements.items() if _name(element) == name), None)

    def _work_out(self, identifier: str | None) -> Style:
        level = role = number = number_level = None
        for element in self._chain(identifier if identifier in self._elements else self._default):
            name = _name(element)
            properties = element.find(_PPR)
            if level is None:
                level = _outline(properties)
            if level is None and (match := _HEADING_NAME.match(name)):
                level = int(match[1])
            if role is None and _CONTENTS_NAME.match(name):
                role = Role.CONTENTS
            elif role is None and name in _CAPTION_NAMES:
                role = Role.CAPTION
            if properties is not None:
                own, own_level = list_place(properties)
                number = own if number is None else number
                number_level = own_level if number_level is None else number_level
        return Style(identifier, level if level and level <= _LEVELS else None, role, number, number_level)

    def _chain(self, identifier: str | None) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while identifier is not None and identifier not in seen and identifier in self._elements:
            seen.add(identifier)
            element = self._elements[identifier]
            yield element
            based_on = element.find(f"{W}basedOn")
            identifier = None if based_on is None else based_on.get(VAL)


class _Level:
    """One level of a list: how its numbers look, and where they begin."""

    __slots__ = ("format", "legal", "restart", "space", "start", "style", "text")

    def __init__(self, element: etree._Element) -> None:
        values = {child.tag: child.get(VAL, "") for child in element}
        self.format = values.get(f"{W}numFmt", "decimal")
        self.text = values.get(f"{W}lvlText", "")
        self.start = whole(values.get(f"{W}start"), 0)
        self.restart = whole(values.get(f"{W}lvlRestart"), -1)
        self.style = values.get(f"{W}pStyle")
        self.space = values.get(f"{W}suff") != "nothing"
        self.legal = f"{W}isLgl" in values and is_on(values[f"{W}isLgl"] or None)


class Numbering:
    """The lists of a file, and how far each has counted. Ask in reading order, once for each paragraph."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._used: set[str] = set()
        if root is None:
            return
        linked: dict[str, str] = {}
        named: dict[str, str] = {}
        for element in root.iterchildren(f"{W}abstractNum"):
            identifier = element.get(f"{W}abstractNumId", "")
            self._abstract[identifier] = _levels(element)
            for child in element.iterchildren(f"{W}numStyleLink"):
                linked[identifier] = child.get(VAL, "")
            for child in element.iterchildren(f"{W}styleLink"):
                named[child.get(VAL, "")] = identifier
        for element in root.iterchildren(f"{W}num"):
            self._add_list(element, linked, named)

    def _add_list(self, element: etree._Element, linked: dict[str, str], named: dict[str, str]) -> None:
        reference = element.find(f"{W}abstractNumId")
        abstract = "" if reference is None else reference.get(VAL, "")
        abstract = named.get(linked.get(abstract, ""), abstract)
        levels = dict(self._abstract.get(abstract, {}))
        starts: dict[int, int] = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            index = whole(override.get(f"{W}ilvl"), 0)
            for child in override:
                if child.tag == f"{W}startOverride":
                    starts[index] = whole(child.get(VAL), 1)
                elif child.tag == f"{W}lvl":
                    levels[index] = _Level(child)
        self._lists[element.get(f"{W}numId", "")] = (abstract, levels, starts)

    def label(self, number: str, level: int | None, style: str | None) -> str:
        """Count one paragraph of list `number` and say what Word prints before it, with a space where one is due."""
        if number not in self._lists:
            return ""
        abstract, levels, starts = self._lists[number]
        if level is None:
            level = next((index for index, found in levels.items() if style and found.style == style), 0)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if number not in self._used:
            self._used.add(number)
            for index in starts:
                if 0 <= index < _LEVELS:
                    counts[index] = None
        count = counts[level]
        start = starts.get(level, levels[level].start)
        counts[level] = start if count is None else min(count + 1, _MOST_COUNT)
        for deeper in range(level + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else -1
            if restart and (restart < 0 or level < restart):
                counts[deeper] = None
        return _printed(levels, level, counts)


def is_on(value: str | None, *, absent: bool = True) -> bool:
    """Whether a truth value of Word's, as written, holds; an element without a value holds."""
    return absent if value is None else value not in {"0", "false", "off", "none"}


def whole(value: str | None, otherwise: int) -> int:
    """A whole number as written in the file, or `otherwise` where there is none."""
    try:
        return int(value) if value and len(value) < 10 else otherwise  # longer ones are no counts of anything
    except ValueError:
        return otherwise


def list_place(properties: etree._Element) -> tuple[str | None, int | None]:
    """The list and the level of it that paragraph properties name."""
    place = properties.find(f"{W}numPr")
    if place is None:
        return None, None
    number, level = place.find(f"{W}numId"), place.find(f"{W}ilvl")
    return (
        None if number is None else number.get(VAL),
        None if level is None else whole(level.get(VAL), 0),
    )


def _outline(properties: etree._Element | None) -> int | None:
    """The outline level from 1; 10 stands for running text and still ends the search."""
    outline = None if properties is None else properties.find(f"{W}outlineLvl")
    return None if outline is None else whole(outline.get(VAL), _LEVELS) + 1


def _name(element: etree._Element) -> str:
    name = element.find(f"{W}name")
    return "" if name is None else name.get(VAL, "").strip().lower()


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    levels = {whole(element.get(f"{W}ilvl"), 0): _Level(element) for element in abstract.iterchildren(f"{W}lvl")}
    return {index: level for index, level in levels.items() if 0 <= index < _LEVELS}


def _printed(levels: dict[int, _Level], level: int, counts: list[int | None]) -> str:
    own = levels[level]
    if own.format in {"bullet", "none"} and not _PLACEHOLDER.search(own.text):
        return ""

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        if index not in levels:
            return ""
        count = counts[index]
        shown = levels[index].start if count is None else count
        return counted(shown, "decimal" if own.legal else levels[index].format)

    text = _PLACEHOLDER.sub(number, own.text).strip()
    if not text or not own.space or text[-1] in _CLEAR_ENDS:
        return text
    return f"{text} "


def counted(count: int, form: str) -> str:
    """A count in one of Word's number formats; plain digits for formats unknown here and counts out of range."""
    if form in {"none", "bullet"}:
        return ""
    if form in _PLAIN:
        return _PLAIN[form](count)
    if not 1 <= count <= _MOST_COUNT:
        return str(count)
    if form in _ENCLOSED:
        first, most = _ENCLOSED[form]
        return chr(first + count - 1) if count <= most else str(count)
    if form in _CHINESE:
        return chinese(count)
    if form in _FORMAL_FORMATS:
        return chinese(count, shorten=False).translate(_FORMAL)
    if form in _CYCLES:
        return _CYCLES[form][(count - 1) % len(_CYCLES[form])]
    return _latin(count, form)


def _latin(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    elif form in {"lowerRoman", "upperRoman"}:
        letters = ""
        rest = count
        for value, letter in _ROMAN:
            letters += letter * (rest // value)
            rest %= value
    else:
        return str(count)
    return letters.upper() if form.startswith("upper") else letters


def chinese(count: int, *, shorten: bool = True) -> str:
    """A count of 1 to 9999 in Chinese numerals; 10 to 19 without the leading 一 unless told otherwise."""
    text = ""
    zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = count // unit % 10
        if digit:
            text += (_DIGITS[0] if zero else "") + _DIGITS[digit] + name
            zero = False
        elif text:
            zero = True
    return text[1:] if shorten and 10 <= count < 20 else text
