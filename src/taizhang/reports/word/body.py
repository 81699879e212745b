"""The blocks of an outline as the body of a Word file."""

import re
from collections.abc import Iterable, Sequence

from taizhang.documents.docx.imprint import Imprint, held, mark_of, tag_of
from taizhang.reports.outline import (
    Block,
    Contents,
    Figure,
    Footnote,
    Heading,
    Items,
    Manner,
    Mention,
    Outline,
    PageBreak,
    Paragraph,
    Run,
    Table,
    TableList,
    Words,
)
from taizhang.reports.word.appearance import BULLETS, NUMBERS, Appearance
from taizhang.reports.word.marks import Marked, Marks
from taizhang.reports.word.markup import bookmark, control, field, paragraph, run
from taizhang.reports.word.pagination import Pages
from taizhang.reports.word.sections import Section, closing
from taizhang.reports.word.tables import drawn

_STYLES = {
    Manner.BODY: "Body",
    Manner.LEAD: "Lead",
    Manner.CENTERED: "Centered",
    Manner.SIGNATURE: "Signature",
    Manner.QUOTE: "Quote",
}
_FRONT = (Contents, TableList, PageBreak)
_FEW = 5  # blocks of words that go onto turned pages with their table
_LINE = 18  # characters of a title on one line of the cover
_PART_ENDS = re.compile(r"(?:学院|大学|学校|建设(?:项目|计划)?|项目|计划)(?!建设|项目|计划)(?=\S)")
_BEYOND = 100_000  # from here the bookmarks of figures are numbered, those of headings and tables below
_NAME_LENGTH = 64  # what Word takes as the title of a control


class Body:
    """The body as it grows; `footnotes` and `lists` (the numbered ones) are told for the parts that hold them."""

    def __init__(self, outline: Outline, look: Appearance) -> None:
        self.outline, self.look = outline, look
        self.imprint = Imprint(outline.snapshot)
        self.footnotes: list[str] = []
        self.lists: list[int] = []
        self.parts: list[str] = []
        self._marks = Marks(outline, look)
        self._marked = 0
        self._controls = 0
        self._holds: dict[str, str] = {}
        front, rest = _parted(outline.blocks)
        self._front, self._rest, self._turned = front, rest, _turned(rest)
        self._pages = Pages(look).follow(rest, self._turned)

    def written(self) -> str:
        """The whole body."""
        rest, turned = self._rest, self._turned
        self._cover()
        for block in self._front:
            self._add(block)
        if self._front or self.outline.lines:
            self.parts.append(closing(Section(self.look, is_front=True)))
        is_first = True
        for position, block in enumerate(rest):
            self._add(block)
            ahead = turned[position + 1] if position + 1 < len(rest) else None
            if ahead is not None and ahead != turned[position]:
                section = Section(self.look, landscape=turned[position], restarts=is_first)
                self.parts.append(closing(section))
                is_first = False
        last = Section(self.look, landscape=bool(turned) and turned[-1], restarts=is_first)
        return "".join(self.parts) + last.written()

    def _cover(self) -> None:
        outline = self.outline
        if not outline.lines:
            self.parts.append(paragraph("Title", run(outline.title)))
            return
        title = paragraph("Title", run(broken(outline.title)))
        above = "".join(paragraph("CoverLine", "") for _ in range(5))
        between = "".join(paragraph("CoverLine", "") for _ in range(6))
        told = "".join(paragraph("CoverLine", run(line)) for line in outline.lines)
        turn = paragraph("SectionEnd", '<w:r><w:br w:type="page"/></w:r>') if self._front else ""
        self.parts.append(f"{above}{title}{between}{told}{turn}")

    def _add(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self.parts.append(paragraph(_STYLES[block.manner], self._runs(block.runs)))
        elif isinstance(block, Items):
            self._items(block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, PageBreak):
            self.parts.append(paragraph("SectionEnd", '<w:r><w:br w:type="page"/></w:r>'))
        elif isinstance(block, Contents):
            self._contents(block)
        else:
            self._table_list(block)

    def _heading(self, heading: Heading) -> None:
        style = f"Heading{heading.level}" if heading.numbered else f"Plain{heading.level}"
        self.parts.append(paragraph(style, self._mark(heading, run(heading.text))))

    def _mark(self, block: Marked, inner: str) -> str:
        self._marked += 1
        return bookmark(self._marked, self._marks.name(block), inner)

    def _items(self, items: Items) -> None:
        number = BULLETS
        if items.numbered:
            number = NUMBERS + len(self.lists)
            self.lists.append(number)
        properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        self.parts.extend(paragraph("ListItem", self._runs(item), properties) for item in items.items)

    def _runs(self, runs: Iterable[Run]) -> str:
        made: list[str] = []
        for each in runs:
            if isinstance(each, str):
                made.append(run(each))
            elif isinstance(each, Figure):
                made.append(self._figure(each))
            elif isinstance(each, Words):
                made.append(run(each.text, "<w:b/>" if each.bold else ""))
            elif isinstance(each, Mention):
                name, text = self._marks.target(each.key)
                made.append(field(f"REF {name} \\h", text))
            else:
                made.append(self._footnote(each))
        return "".join(made)

    def _figure(self, figure: Figure) -> str:
        self._controls += 1
        self.imprint.add(figure.key, figure.name, figure.text)
        name = held(figure.name or figure.address)[:_NAME_LENGTH]
        tag = tag_of(figure.key)
        if tag not in self._holds:
            self._holds[tag] = mark_of(tag)
        inner = control(self._controls, tag, name, figure.text)
        return bookmark(_BEYOND + self._controls, f"{self._holds[tag]}_{self._controls}", inner)

    def _footnote(self, note: Footnote) -> str:
        number = len(self.footnotes) + 1
        self.footnotes.append(note.text)
        return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'

    def _table(self, table: Table) -> None:
        series, number = self._marks.numbers[id(table)]
        label = run(series) + field(f"SEQ {_sequence(series)} \\* ARABIC", str(number))
        title = self._mark(table, label) + run(f"\u3000{table.caption}" if table.caption else "")
        self.parts.append(paragraph("TableCaption", title))
        if table.unit:
            self.parts.append(paragraph("TableUnit", run(table.unit)))
        width = self.look.width(landscape=table.landscape)
        self.parts.append(drawn(table, width, self._runs))
        self.parts.extend(paragraph("TableNote", self._runs(note)) for note in table.notes)
        if not table.notes:  # two tables without anything between them would be one
            self.parts.append(paragraph("TableNote", ""))

    def _contents(self, contents: Contents) -> None:
        blocks = [each for each in self._rest if isinstance(each, Heading) and each.level <= contents.level]
        shown = [(f"TOC{each.level}", each, self._marks.number(each) + each.text) for each in blocks]
        self._list(contents.title, f'TOC \\o "1-{contents.level}" \\h \\z \\u', shown)

    def _table_list(self, tables: TableList) -> None:
        blocks = [each for each in self._rest if isinstance(each, Table)]
        shown = [("TableOfFigures", each, f"{self._marks.number(each)}\u3000{each.caption}") for each in blocks]
        # By the style, not by the sequence: a report counts its tables by chapter, and the list holds them all.
        self._list(tables.title, 'TOC \\h \\z \\t "台账表题,1"', shown)

    def _list(self, title: str, code: str, shown: Sequence[tuple[str, Marked, str]]) -> None:
        self.parts.append(paragraph("ContentsTitle", run(title)))
        # Page numbers are Word's to count; until it is asked to, they are as near as the size of the text tells.
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {code.replace(chr(34), "&quot;")} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for position, (style, block, text) in enumerate(shown):
            name, page = self._marks.name(block), self._pages[id(block)]
            number = field(f"PAGEREF {name} \\h", str(page))
            entry = f'<w:hyperlink w:anchor="{name}" w:history="1">{run(text)}<w:r><w:tab/></w:r>{number}</w:hyperlink>'
            self.parts.append(paragraph(style, entry if position else begin + entry))
        self.parts.append(paragraph("SectionEnd", end if shown else begin + end))


def broken(title: str) -> str:
    """A title too long for a line of the cover, broken where a part of it ends, as near to its middle as one does."""
    if len(title) <= _LINE:
        return title
    ends = [found.end() for found in _PART_ENDS.finditer(title) if found.end() < len(title)]
    middle = min(ends, key=lambda end: (abs(len(title) - 2 * end), -end), default=0)
    return f"{title[:middle]}\n{title[middle:]}" if middle else title


def _parted(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """Contents and lists of tables that come first, and the rest."""
    count = next((n for n, block in enumerate(blocks) if not isinstance(block, _FRONT)), len(blocks))
    front = list(blocks[:count])
    while front and isinstance(front[-1], PageBreak):  # the section that ends there begins a page anyway
        front.pop()
    return front, blocks[count:]


def _turned(blocks: Sequence[Block]) -> list[bool]:
    """For each block whether its pages are turned.

    Landscape tables are, with the headings and words directly above them; and the few words between two of them, which
    would stand alone on a page.
    """
    turned = [isinstance(block, Table) and block.landscape for block in blocks]
    for end in [place for place, is_turned in enumerate(turned) if is_turned]:
        start = end
        while start and isinstance(blocks[start - 1], Heading | Paragraph):
            start -= 1
        follows = start > 0 and turned[start - 1]
        if not follows or end - start > _FEW:
            start = next(
                (
                    n
                    for n in range(end - 1, start - 1, -1)
                    if isinstance(blocks[n], Heading) and not _is_heading(blocks, n - 1)
                ),
                end,
            )
            start = start if end - start <= _FEW else end
        turned[start:end] = [True] * (end - start)
    return turned


def _is_heading(blocks: Sequence[Block], place: int) -> bool:
    return place >= 0 and isinstance(blocks[place], Heading)


def _sequence(series: str) -> str:
    """The name by which Word counts a series: letters and digits, no sign."""
    return "".join(letter if letter.isalnum() else "_" for letter in series).strip("_")
