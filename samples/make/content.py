"""Title, Heading, Para, Table, Notes of a sample report, as every writer here takes them."""

from dataclasses import dataclass

LEFT = "←"
"""A data cell that its left neighbour covers."""


@dataclass(frozen=True, slots=True)
class Title:
    """The cover: lines of the title, then the college and the month."""

    lines: tuple[str, ...]
    college: str
    month: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, filled from the headings; `pages` are the page numbers Word last computed."""

    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a chapter."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of prose. `[^1]` in it (or in a cell) calls the report's footnote 1."""

    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on the paper lies across (landscape) or stands."""

    landscape: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """A column of rates: actual / target, printed with at most `places` decimals, above 100 only if not capped.

    In `lower` rows less is better; `skip` rows carry a rate that is told in words or judged by people.
    """

    target: int
    actual: int
    rate: int
    capped: bool
    places: int = 0
    lower: tuple[int, ...] = ()
    skip: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Down:
    """In `columns`, row `total` is the sum of rows `parts`."""

    total: int
    parts: tuple[int, ...]
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Across:
    """In every row (but `skip`), column `total` is the sum of columns `parts`."""

    total: int
    parts: tuple[int, ...]
    skip: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """Column `share` is column `part` divided by the value of `part` in row `whole`, in per cent."""

    part: int
    share: int
    whole: int
    places: int = 1
    skip: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Growth:
    """Column `growth` tells how `new` differs from `old`: in per cent, or in percentage points where it says so."""

    old: int
    new: int
    growth: int
    places: int = 1


@dataclass(frozen=True, slots=True)
class Within:
    """In `columns`, each of rows `parts` (其中 rows) is not more than row `whole`; they need not add up to it."""

    whole: int
    parts: tuple[int, ...]
    columns: tuple[int, ...]


Law = Rate | Down | Across | Share | Growth | Within


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as its author means it.

    Equal neighbours of `header` are merged. In the columns `merge` equal neighbours of `rows` are merged downward.
    `label` is the printed caption; `below` puts it under the table, `plain` leaves it without the caption style.
    `cut` breaks the table before that row and heads the rest with “续表”. `laws` are relations that must hold.
    """

    number: str
    label: str
    header: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    merge: tuple[int, ...] = ()
    below: bool = False
    plain: bool = False
    cut: int | None = None
    remark: str = ""
    laws: tuple[Law, ...] = ()

    def __post_init__(self) -> None:
        for row in (*self.header, *self.rows):
            if len(row) != len(self.widths):
                raise ValueError(f"{self.label}: {len(row)} cells for {len(self.widths)} columns: {row}")


Block = Title | Contents | Heading | Para | Turn | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report: its blocks, its footnotes (`[^1]` calls the first), and the words at the head of each page.

    `fields`: the captions are numbered by Word fields, not by hand.
    """

    name: str
    running: str
    blocks: tuple[Block, ...]
    footnotes: tuple[str, ...] = ()
    fields: bool = False
    chapters_on_new_pages: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


def covered(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    """For each place of the whole grid (header first) that another cell covers, the row and column of that cell."""
    grid = (*table.header, *table.rows)
    top = len(table.header)
    anchor: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            left = anchor.get((r, c - 1), (r, c - 1))
            if c and (text == LEFT or (r < top and text == row[c - 1] and left[0] == r)):
                anchor[r, c] = left
            elif r and text and text == grid[r - 1][c] and (0 < r < top or (r > top and c in table.merge)):
                above = anchor.get((r - 1, c), (r - 1, c))
                if above[1] == c and (table.cut is None or r != top + table.cut):
                    anchor[r, c] = above
    return anchor
