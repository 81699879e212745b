"""Outline: a report before it has a file format: headings, prose, tables, and figures bound to the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

MOST_COLUMNS = 63  # of a table; what Word itself allows
DEEPEST = 5  # level of a heading: 一、 （一） 1. （1） ①


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure bound to its place in the ledger.

    `address` is the place (`indicator:1.2.2.6:actual@2023`), `text` what is printed, `name` what a person calls it
    (“省级科研项目 2023年实现值”). `form` tells apart two ways in which one address is printed (`0.00`, `万元`): within
    a report one address in one form has one text.
    """

    address: str
    text: str
    name: str = ""
    form: str = ""

    def __post_init__(self) -> None:
        if not self.address or "|" in self.address or not self.key.isprintable():
            raise ValueError(f"{self.address!r} is no address")

    @property
    def key(self) -> str:
        """The address with its form: what a control in a file is found by."""
        return f"{self.address}|{self.form}" if self.form else self.address


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text with a look of its own; plain text is a `str`."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A reference to a table or a heading by its key, printed as “表2-46” or as the text of the heading."""

    key: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page."""

    text: str


Run = str | Words | Figure | Mention | Footnote
Runs = tuple[Run, ...]


class Align(StrEnum):
    """Where text stands between its margins."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"


class Look(StrEnum):
    """The lines of a table: 全框线 or 三线表."""

    GRID = "grid"
    THREE_LINE = "three-line"


class Manner(StrEnum):
    """What a paragraph is for: 正文, 强调的小标题, 居中, 落款, 引用."""

    BODY = "body"
    LEAD = "lead"
    CENTERED = "centered"
    SIGNATURE = "signature"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its number, which the file counts; `level` 1 is the outermost."""

    text: str
    level: int = 1
    key: str = ""
    numbered: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST:
            raise ValueError(f"a heading of level {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    runs: Runs
    manner: Manner = Manner.BODY


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered (1. 2. 3.) or with dots; each item is one paragraph."""

    items: tuple[Runs, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header from the top level down, its width against the others', and how its cells stand."""

    path: tuple[str, ...]
    width: float = 1.0
    align: Align = Align.CENTER

    def __post_init__(self) -> None:
        if not self.path or self.width <= 0:
            raise ValueError("a column has a header and a width")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that covers `rows` × `columns` places; each paragraph in it is a tuple of runs."""

    paragraphs: tuple[Runs, ...] = ((),)
    rows: int = 1
    columns: int = 1
    align: Align | None = None
    bold: bool = False


Content = Cell | Run | Runs


def cell(content: Content) -> Cell:
    """A cell of what stands in it; a text with line breaks becomes several paragraphs."""
    if isinstance(content, Cell):
        return content
    if isinstance(content, str):
        return Cell(tuple((line,) if line else () for line in content.split("\n")))
    return Cell((content if isinstance(content, tuple) else (content,),))


def row(*contents: Content) -> tuple[Cell, ...]:
    """A row of a table: the cells that begin in it, those covered from above left out."""
    return tuple(cell(content) for content in contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. A row holds the cells that begin in it; places that another cell covers are left out, as in HTML.

    `series` is what stands before the running number of its caption: None takes the number of the level-1 heading
    above (表2-1), "" none (表1), any other text itself. `unit` is printed above at the right (单位：万元), `notes`
    below. `totals` are the rows at the end that sum the others up, printed bold. A `landscape` table lies in a
    section of turned pages, with the headings directly above it.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    key: str = ""
    label: str = "表"
    series: str | None = None
    unit: str = ""
    notes: tuple[Runs, ...] = ()
    look: Look = Look.GRID
    landscape: bool = False
    totals: int = 0

    def __post_init__(self) -> None:
        if not 1 <= len(self.columns) <= MOST_COLUMNS:
            raise ValueError(f"table {self.caption!r} has {len(self.columns)} columns")
        self.grid()

    @property
    def depth(self) -> int:
        """How many header rows there are."""
        return max(len(column.path) for column in self.columns)

    def header(self) -> list[tuple[Cell, ...]]:
        """The header rows: equal neighbours under the same headers merged across, short paths merged downward."""
        lines: list[tuple[Cell, ...]] = []
        for level in range(self.depth):
            line: list[Cell] = []
            at = 0
            while at < len(self.columns):
                path = self.columns[at].path
                end = at + 1
                while end < len(self.columns) and _together(path, self.columns[end].path, level):
                    end += 1
                if level < len(path):
                    down = self.depth - level if level == len(path) - 1 else 1
                    line.append(Cell(((path[level],),), rows=down, columns=end - at))
                at = end
            lines.append(tuple(line))
        return lines

    def grid(self) -> list[list[tuple[Cell, bool] | None]]:
        """The data rows as a full grid: at each place its cell, and whether it begins there; raises where it is none.

        A place is None in no grid that is returned.
        """
        width = len(self.columns)
        places: list[list[tuple[Cell, bool] | None]] = [[None] * width for _ in self.rows]
        for y, line in enumerate(self.rows):
            x = 0
            for each in line:
                while x < width and places[y][x] is not None:
                    x += 1
                if each.rows < 1 or each.columns < 1 or x + each.columns > width or y + each.rows > len(self.rows):
                    raise ValueError(f"table {self.caption!r}, row {y + 1}: a cell reaches beyond the table")
                for down in range(each.rows):
                    for across in range(each.columns):
                        if places[y + down][x + across] is not None:
                            raise ValueError(f"table {self.caption!r}, row {y + 1}: two cells at one place")
                        places[y + down][x + across] = each, not down and not across
                x += each.columns
            if None in places[y]:
                raise ValueError(f"table {self.caption!r}, row {y + 1}: fewer cells than columns")
        return places


def _together(one: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    """Whether two columns stand under one header cell at this level: both below it, or both headed by it alone."""
    if level == len(one) - 1:
        return one == other
    return len(other) > level + 1 and one[: level + 1] == other[: level + 1]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """目录: the headings down to a level, with their pages."""

    title: str = "目　录"
    level: int = 3


@dataclass(frozen=True, slots=True)
class TableList:
    """表目录: the captions of all tables, with their pages."""

    title: str = "表目录"


Block = Heading | Paragraph | Items | Table | PageBreak | Contents | TableList


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report. `title` and `lines` (who, when) make the cover; without lines the title heads the first page.

    `snapshot` is the hash of what it was built from.
    """

    title: str
    blocks: tuple[Block, ...]
    lines: tuple[str, ...] = ()
    snapshot: str = ""
    properties: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        keys = [each.key for each in self.blocks if isinstance(each, Heading | Table) and each.key]
        if len(keys) != len(set(keys)):
            raise ValueError("two blocks with one key")
        texts: dict[str, str] = {}
        for each in runs(self):
            if isinstance(each, Mention) and each.key not in keys:
                raise ValueError(f"a reference to {each.key!r}, which is nowhere")
            if isinstance(each, Figure) and texts.setdefault(each.key, each.text) != each.text:
                raise ValueError(f"{each.key} is printed as {texts[each.key]!r} and as {each.text!r}")


def runs(outline: Outline) -> Iterator[Run]:
    """All runs in reading order, those in cells and notes too."""
    for block in outline.blocks:
        if isinstance(block, Paragraph):
            yield from block.runs
        elif isinstance(block, Items):
            for item in block.items:
                yield from item
        elif isinstance(block, Table):
            for line in block.rows:
                for each in line:
                    for paragraph in each.paragraphs:
                        yield from paragraph
            for note in block.notes:
                yield from note


def figures(outline: Outline) -> Iterator[Figure]:
    """All figures in reading order."""
    return (each for each in runs(outline) if isinstance(each, Figure))


def numbered(outline: Outline) -> list[tuple[Table, str, int]]:
    """Each table with its series as printed (“表2-”) and its running number in it, in order."""
    chapter = 0
    counts: dict[str, int] = {}
    found: list[tuple[Table, str, int]] = []
    for block in outline.blocks:
        if isinstance(block, Heading) and block.level == 1 and block.numbered:
            chapter += 1
        elif isinstance(block, Table):
            own = block.series if block.series is not None else str(chapter or "")
            series = f"{block.label}{own}-" if own else block.label
            counts[series] = counts.get(series, 0) + 1
            found.append((block, series, counts[series]))
    return found


def targets(outline: Outline) -> dict[str, str]:
    """What a reference prints, by key: the number of a table, the text of a heading."""
    found = {block.key: block.text for block in outline.blocks if isinstance(block, Heading) and block.key}
    return found | {table.key: f"{series}{number}" for table, series, number in numbered(outline) if table.key}
