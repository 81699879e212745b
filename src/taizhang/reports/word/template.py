"""A college's own Word file filled from the ledger: placeholders and named controls become bound figures."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from lxml import etree

from taizhang.core.errors import UsageError
from taizhang.documents.docx.bound import tag_in
from taizhang.documents.docx.imprint import Imprint, held, imprint_of, tag_of
from taizhang.documents.docx.text import SDT, VAL, Content, P, W
from taizhang.documents.package import Package, parse
from taizhang.documents.writing import replaced
from taizhang.reports.outline import Figure
from taizhang.reports.register import Register, Row
from taizhang.reports.word.filling import edits
from taizhang.reports.word.imprinting import added
from taizhang.reports.word.naming import Names, Unfound
from taizhang.reports.word.placeholders import bind, is_broken, placeholders, rows, runs_of, write
from taizhang.reports.word.renewal import stories
from taizhang.reports.word.spans import applied, controls

_NAME_LENGTH = 64  # what Word takes as the title of a control
_SHOWN = 24
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ONCE = (f"{_WORD_2010}paraId", f"{_WORD_2010}textId")
_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A placeholder that stays as it is: where, and why."""

    place: str
    words: str
    why: str

    def sentence(self) -> str:
        """In words."""
        words = f"{{{{{self.words}}}}} " if self.words else ""
        return f"{self.place}：{words}{self.why}"


@dataclass(slots=True)
class Filled:
    """What was filled: how many figures, how many rows a list grew to, and what was left."""

    figures: int = 0
    rows: int = 0
    unfilled: list[Unfilled] = field(default_factory=list)


def fill(template: Path, out: Path, register: Register) -> Filled:
    """Write the template with its placeholders filled to `out`; what is unknown stays as it is and is told."""
    if out.exists() and out.samefile(template):
        raise UsageError(f"不能写进模板“{template.name}”自己，请另给一个输出文件名。")
    filled = Filled()
    with replaced(out) as beside, Package.open(template) as package:
        kept = imprint_of(package)
        imprint = Imprint(register.snapshot, dict(kept[1].figures) if kept else {})
        parts: dict[str, bytes] = {}
        for name in stories(package):
            work = _Story(name, package.read(name), register, imprint, filled)
            if (data := work.filled(package.file)) is not None:
                parts[name] = data
        if imprint.figures:
            parts |= {kept[0]: imprint.written()} if kept else added(package, imprint)
        package.rewrite(beside, parts)
    return filled


class _Story:
    """One part of the file on its way."""

    def __init__(self, part: str, data: bytes, register: Register, imprint: Imprint, filled: Filled) -> None:
        self.part, self.data = part, data
        self.register, self.imprint, self.outcome = register, imprint, filled
        self.names = Names(register)
        self.texts: dict[str, str] = {}  # by tag
        self.changed = False

    def filled(self, file: str) -> bytes | None:
        """The part as it is to be; None where nothing of it changes."""
        root = parse(self.data, file)
        used = {each.get(VAL) for each in root.iter(f"{W}id")}
        self.free = (each for each in map(str, count(1)) if each not in used)
        numbers = {paragraph: n for n, paragraph in enumerate(root.iter(P), 1)}  # before rows are repeated
        for row in rows(root):
            self._row(row, numbers)
        for paragraph in list(root.iter(P)):
            self._paragraph(paragraph, numbers, {})
        for control in root.iter(SDT):
            self._control(control)
        if not self.changed:
            return None
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        changes = [
            edit
            for control in controls(data, file)
            if control.tag in self.texts
            for edit in edits(data, control, self.texts[control.tag]) or ()
        ]
        return applied(data, changes)

    def _row(self, row: etree._Element, numbers: dict[etree._Element, int]) -> None:
        """Repeat a row for each line of the list that its placeholders name."""
        asked = [(each, paragraph) for paragraph in row.iter(P) for each in placeholders(paragraph)]
        lists = {name: paragraph for each, paragraph in asked if (name := self._list(each.words))}
        if not lists:
            return
        (name, paragraph), *others = lists.items()
        if others:
            self._leave(paragraph, numbers, name, f"同一行里只能用一个清单，这一行还有“{others[0][0]}”")
            return
        lines = self.register.rows[name]
        self.changed = True
        self.outcome.rows += len(lines)
        for position, line in enumerate(lines):
            copy = deepcopy(row)
            if position:
                self._tell_apart(copy)
            row.addprevious(copy)
            for original, each in zip(row.iter(P), copy.iter(P), strict=True):
                numbers[each] = numbers[original]
                self._paragraph(each, numbers, {f"{name}.{column}": worth for column, worth in line.items()})
        parent = row.getparent()
        if parent is not None and lines:
            parent.remove(row)
        elif not lines:
            self._leave(paragraph, numbers, name, "清单是空的，这一行没有动")

    def _tell_apart(self, copy: etree._Element) -> None:
        """Take from a repeated row what may stand in a file only once: bookmarks, and numbers of paragraphs and controls."""
        for each in list(copy.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            parent = each.getparent()
            if parent is not None:
                parent.remove(each)
        for each in copy.iter(f"{W}id"):
            each.set(VAL, next(self.free))
        for each in copy.iter(f"{W}tr", P):
            for name in _ONCE:
                if name in each.attrib:
                    del each.attrib[name]

    def _list(self, words: str) -> str:
        """The list that a placeholder takes a column of."""
        name = words.partition(".")[0].strip()
        return name if "." in words and name in self.register.rows else ""

    def _paragraph(self, paragraph: etree._Element, numbers: dict[etree._Element, int], line: Row) -> None:
        """Fill the placeholders of a paragraph, from its end, so that those before stay where they are."""
        for each in reversed(placeholders(paragraph)):
            worth = line.get(_column(each.words)) if line else None
            if worth is None and self._list(each.words):
                if line or not self._is_repeated(paragraph):
                    why = "清单里没有这一列" if line else "清单的占位符要放在表格的一行里"
                    self._leave(paragraph, numbers, each.words, why)
                continue
            found = worth if worth is not None else self.names(each.words)
            if isinstance(found, Unfound):
                self._leave(paragraph, numbers, each.words, found.why)
                continue
            self.changed = True
            self.outcome.figures += 1
            runs = runs_of(paragraph, each.start, each.end)
            if isinstance(found, str):
                write(runs, held(found))
            else:
                bind(runs, next(self.free), self._tag(found), held(found.name or found.address)[:_NAME_LENGTH])
        if is_broken(paragraph):
            self._leave(paragraph, numbers, "", "大括号没有成对")

    def _is_repeated(self, paragraph: etree._Element) -> bool:
        """Whether it stands in a row, which was told of by itself."""
        return next(paragraph.iterancestors(f"{W}tr"), None) is not None

    def _control(self, control: etree._Element) -> None:
        """A control that is named after a figure is bound to it."""
        properties = control.find(f"{W}sdtPr")
        tag = tag_in(control)
        if properties is None or tag in self.texts:
            return
        alias = properties.find(f"{W}alias")
        for words in (tag or "", "" if alias is None else alias.get(VAL, "")):
            found = self.names(words) if words else None
            if isinstance(found, Figure):
                old = properties.find(f"{W}tag")
                if old is None:
                    old = etree.Element(f"{W}tag")
                    properties.insert(0 if alias is None else properties.index(alias) + 1, old)
                old.set(VAL, self._tag(found))
                self.changed = True
                self.outcome.figures += 1
                return

    def _tag(self, figure: Figure) -> str:
        tag = tag_of(figure.key)
        self.texts[tag] = figure.text
        self.imprint.add(figure.key, figure.name, figure.text)
        return tag

    def _leave(self, paragraph: etree._Element, numbers: dict[etree._Element, int], words: str, why: str) -> None:
        part = next((name for key, name in _PARTS.items() if key in self.part), "")
        text = " ".join(Content(paragraph).text.split())[:_SHOWN]
        told = Unfilled(f"{part}第 {numbers.get(paragraph, 1)} 段“{text}”", words, why)
        if told not in self.outcome.unfilled:
            self.outcome.unfilled.append(told)


def _column(words: str) -> str:
    name, _, column = words.partition(".")
    return f"{name.strip()}.{column.strip()}"


def account(filled: Filled, file: str) -> str:
    """What was filled and what was not, in words."""
    if not filled.figures and not filled.unfilled:
        return f"{file}：模板里没有占位符，原样写出。占位符的写法如 {{{{指标 1.2.2.6 实现值}}}}。"
    left = f"，没填 {len(filled.unfilled)} 处：" if filled.unfilled else "。"
    grown = f"，清单 {filled.rows} 行" if filled.rows else ""
    return "\n".join(
        [f"{file}：填了 {filled.figures} 处{grown}{left}", *(f"  {each.sentence()}" for each in filled.unfilled)]
    )


def known(register: Register) -> Iterator[str]:
    """What a template may ask for, a line each: a name, its text now, and its address."""
    for figure in sorted(register.figures.values(), key=lambda each: each.key):
        yield f"{{{{{figure.name or figure.key}}}}}  {' '.join(figure.text.split())}  [{figure.key}]"
    for name, lines in register.rows.items():
        columns = dict.fromkeys(column for line in lines for column in line)
        yield f"清单 {name}（{len(lines)} 行）：{'  '.join(f'{{{{{name}.{column}}}}}' for column in columns)}"
