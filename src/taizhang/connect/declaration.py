"""A declared import: where rows come from, what each column is, what becomes of a row, how often they are fetched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from taizhang.connect.noted import DeclarationError, Noted

SECRET = "{secret}"  # noqa: S105 - what stands in a declaration where the password belongs
LONGEST = 20_000  # of a declaration; the largest shipped one has 1,500 characters
COMMON = (
    "title", "department", "owner", "period", "start", "end", "as_of", "place", "level", "state", "state_date",
)  # fmt: skip
"""The places that records of every kind have and one column fills."""


class SourceKind(StrEnum):
    """Where rows come from."""

    CSV = "csv"
    EXCEL = "excel"
    JSON = "json"
    SQL = "sql"


class Every(StrEnum):
    """How often rows are fetched without being asked for."""

    HAND = "hand"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Destination(StrEnum):
    """What becomes of rows."""

    RECORD = "record"
    VALUE = "value"
    MEDIAN = "median"


class Sum(StrEnum):
    """How several rows make one figure."""

    ONE = "column"
    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where rows lie. `address` may hold `{secret}`; a file without an address is given by hand at each run."""

    kind: SourceKind
    address: str = ""
    query: str = ""
    sheet: str = ""
    header: int = 1
    rows: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    page: str = ""

    @property
    def is_given(self) -> bool:
        """Whether the rows are in a file that a person hands over."""
        return self.kind in {SourceKind.CSV, SourceKind.EXCEL} and not self.address

    @property
    def needs_secret(self) -> bool:
        """Whether a password belongs to it."""
        return SECRET in self.address or any(SECRET in value for value in self.headers.values())


class Taken(NamedTuple):
    """How one place is filled: from a column, with words exchanged, or always with the same text.

    `form` is what the kind wants there: text, several texts (apart by 、 or ；), a number, a day, yes or no.
    """

    column: str = ""
    text: str = ""
    words: Mapping[str, str] = {}
    required: bool = False
    form: str = "text"


class Reckoned(NamedTuple):
    """How one number is made of the rows of an item: from a column, divided where the unit is larger."""

    how: Sum = Sum.ONE
    columns: tuple[str, ...] = ()
    divide: Decimal = Decimal(1)
    required: bool = False


_PLAIN = Reckoned()


class Measured(NamedTuple):
    """A measure of a record: its name, its unit, its number, and whether it is cumulative where that is said."""

    name: str
    unit: str
    number: Reckoned
    cumulative: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """A declared import. `row` names the columns by which a row is known again; `basis` is told with every figure."""

    name: str
    source: Source
    goal: Destination
    about: str = ""
    every: Every = Every.HAND
    hour: int = 6
    unattended: bool = False
    together: bool = False
    basis: str = ""
    row: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = ""
    take: Mapping[str, Taken] = field(default_factory=dict)
    own: Mapping[str, Taken] = field(default_factory=dict)
    partners: tuple[tuple[Taken, str], ...] = ()
    tags: tuple[str, ...] = ()
    measures: tuple[Measured, ...] = ()
    number: Reckoned = _PLAIN

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the declaration speaks of, once."""
        takens = [*self.take.values(), *self.own.values(), *(taken for taken, _role in self.partners)]
        counts = [self.number, *(measure.number for measure in self.measures)]
        names = [*self.row, *self.only, *(taken.column for taken in takens)]
        names += [column for count in counts for column in count.columns]
        return tuple(dict.fromkeys(name for name in names if name))


_TOP = (
    "name", "about", "source", "every", "hour", "unattended", "together", "basis", "row", "only", "record", "value", "median",
)  # fmt: skip
_RECORD = ("kind", "take", "own", "partners", "tags", "measures")
_VALUE = ("indicator", "period", "as_of", "number")
_MEDIAN = ("scope", "source")  # whose median it is, and where it was published


def declared(text: str, file: str = "声明") -> Connector:
    """The connector that a YAML text declares; a DeclarationError with its line where it declares none."""
    if len(text) > LONGEST:
        raise DeclarationError(f"{file}：最多 {LONGEST} 字（现有 {len(text)} 字）。")
    root = Noted.parsed(text, file)
    top = root.table(*_TOP)
    goals = [goal for goal in Destination if goal.value in top]
    if len(goals) != 1:
        raise root.wrong("record、value、median 里应写一样，说明取来的行变成什么。")
    goal = goals[0]
    found = Connector(
        name=_needed(root, top, "name").text(),
        about=top["about"].text() if "about" in top else "",
        source=_source(_needed(root, top, "source")),
        goal=goal,
        every=Every(top["every"].one_of(*Every)) if "every" in top else Every.HAND,
        hour=top["hour"].whole(0, 23) if "hour" in top else 6,
        unattended="unattended" in top and top["unattended"].truth(),
        together="together" in top and top["together"].truth(),
        basis=top["basis"].text() if "basis" in top else "",
        row=top["row"].texts() if "row" in top else (),
        only={name: part.texts() for name, part in top["only"].table().items()} if "only" in top else {},
        **(_record(top["record"]) if goal is Destination.RECORD else _figure(top[goal.value], goal)),
    )
    return _consistent(found, root)


def _consistent(found: Connector, root: Noted) -> Connector:
    """What only shows when all of it is read."""
    if not found.name or len(found.name) > 60:
        raise root.wrong("name 应有 1 到 60 字。")
    if found.goal is Destination.RECORD and not found.row:
        raise root.wrong("取成业务记录时要写 row：凭哪几列认得出是同一条，下次取来才知道是改动还是新增。")
    if found.source.is_given and found.every is not Every.HAND:
        raise root.wrong("按时去取，要在 source 里写 address；每次由人给文件的，不写 every。")
    several = [found.number, *(measure.number for measure in found.measures)]
    if not found.together and any(count.how not in {Sum.ONE, Sum.SHARE} for count in several):
        raise root.wrong("用了 count、sum、distinct，要写 together: yes，几行才合成一个。")
    return found


def _needed(root: Noted, table: Mapping[str, Noted], key: str) -> Noted:
    if key not in table:
        raise root.wrong(f"缺“{key}”。")
    return table[key]


def _source(part: Noted) -> Source:
    table = part.table("kind", "address", "query", "sheet", "header", "rows", "headers", "page")
    source = Source(
        kind=SourceKind(_needed(part, table, "kind").one_of(*SourceKind)),
        address=table["address"].text() if "address" in table else "",
        query=table["query"].text() if "query" in table else "",
        sheet=table["sheet"].text() if "sheet" in table else "",
        header=table["header"].whole(1, 50) if "header" in table else 1,
        rows=tuple(table["rows"].text().split(".")) if "rows" in table else (),
        headers={name: each.text() for name, each in table["headers"].table().items()} if "headers" in table else {},
        page=table["page"].text() if "page" in table else "",
    )
    if source.kind in {SourceKind.JSON, SourceKind.SQL}:
        _address(source, table.get("address", part))
    if source.kind is SourceKind.SQL:
        _query(source.query, table.get("query", part))
    return source


_MARK = "0-not-a-password-0"  # what `{secret}` is while an address is looked at


def _address(source: Source, part: Noted) -> None:
    """An address that can be asked, without a password in it."""
    try:
        parts = urlsplit(source.address.replace(SECRET, _MARK))
        password, _port = parts.password, parts.port
    except ValueError as error:
        raise part.wrong("address 不是一个完整的地址。") from error
    if source.kind is SourceKind.JSON and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise part.wrong("address 应是 http:// 或 https:// 开头的地址。")
    if source.kind is SourceKind.SQL and not parts.scheme:
        raise part.wrong("address 应是数据库地址，如 postgresql://user:{secret}@host:5432/name。")
    if password not in {None, "", _MARK}:
        raise part.wrong("密码不要写在声明里：在这个位置写 {secret}，密码另外填，填过就不再显示。")


_WRITES = ("insert", "update", "delete", "drop", "alter", "create", "truncate", "grant", "merge", "call", "exec")


def _query(query: str, part: Noted) -> None:
    """One question, and nothing that changes the other system."""
    words = query.rstrip("; \n\t").lower().replace("(", " ").split()
    if not words or words[0] not in {"select", "with"}:
        raise part.wrong("query 应是一条 select 查询。")
    if ";" in query.rstrip("; \n\t") or set(words) & set(_WRITES):
        raise part.wrong("query 只能是一条查询，不能有改动数据的语句。")


def _record(part: Noted) -> dict[str, Any]:
    table = part.table(*_RECORD)
    take = _needed(part, table, "take").table(*COMMON)
    if "title" not in take:
        raise table["take"].wrong("缺“title”：每条记录要有标题。")
    return {
        "kind": _needed(part, table, "kind").text(),
        "take": {name: _taken(each, required=name == "title") for name, each in take.items()},
        "own": {name: _taken(each) for name, each in table["own"].table().items()} if "own" in table else {},
        "partners": tuple(map(_partner, table["partners"].parts())) if "partners" in table else (),
        "tags": table["tags"].texts() if "tags" in table else (),
        "measures": tuple(map(_measured, table["measures"].parts())) if "measures" in table else (),
    }


def _figure(part: Noted, goal: Destination) -> dict[str, Any]:
    more = _MEDIAN if goal is Destination.MEDIAN else ()
    table = part.table(*_VALUE, *more)
    needed = ("indicator", "period", *more)
    number = _counted(_needed(part, table, "number"))
    return {
        "take": {name: _taken(_needed(part, table, name), required=True) for name in needed}
        | {name: _taken(table[name]) for name in ("as_of",) if name in table},
        "number": number._replace(required=True),
    }


def _taken(part: Noted, *, required: bool = False) -> Taken:
    """A column by its name alone, or with more to say of it."""
    if isinstance(part.value, str):
        return Taken(column=part.text(), required=required)
    table = part.table("column", "text", "words", "required", "as")
    if ("column" in table) == ("text" in table):
        raise part.wrong("这里写 column（取哪一列）或 text（总是这段文字），只写一样。")
    return Taken(
        column=table["column"].text() if "column" in table else "",
        text=table["text"].text() if "text" in table else "",
        words={name: each.text() for name, each in table["words"].table().items()} if "words" in table else {},
        required=required or ("required" in table and table["required"].truth()),
        form=table["as"].one_of("text", "list", "number", "date", "truth") if "as" in table else "text",
    )


def _partner(part: Noted) -> tuple[Taken, str]:
    if isinstance(part.value, str):
        return _taken(part), ""
    table = part.table("column", "text", "words", "role")
    rest = {name: each for name, each in table.items() if name != "role"}
    return _taken(Noted(rest, part.line, part.file)), table["role"].text() if "role" in table else ""


def _measured(part: Noted) -> Measured:
    table = part.table("name", "unit", "cumulative", "divide", "required", *(how.value for how in Sum))
    number = {name: each for name, each in table.items() if name not in {"name", "unit", "cumulative"}}
    return Measured(
        name=_needed(part, table, "name").text(),
        unit=_needed(part, table, "unit").text(),
        number=_counted(Noted(number, part.line, part.file)),
        cumulative=table["cumulative"].truth() if "cumulative" in table else None,
    )


def _counted(part: Noted) -> Reckoned:
    """A column by its name alone, or how rows are counted."""
    if isinstance(part.value, str):
        return Reckoned(columns=(part.text(),))
    table = part.table("divide", "required", *(how.value for how in Sum))
    ways = [how for how in Sum if how.value in table]
    if len(ways) != 1:
        raise part.wrong(f"这里写 {'、'.join(how.value for how in Sum)} 之一，说明这个数怎样来。")
    how = ways[0]
    columns = () if how is Sum.COUNT else table[how.value].texts()
    if len(columns) != {Sum.COUNT: 0, Sum.SHARE: 2}.get(how, 1):
        raise table[how.value].wrong("share 要写两列：[分子, 分母]；别的写一列；count 写 rows。")
    return Reckoned(how, columns, _decimal(table["divide"]) if "divide" in table else Decimal(1),
                   "required" in table and table["required"].truth())  # fmt: skip


def _decimal(part: Noted) -> Decimal:
    try:
        number = Decimal(part.text())
    except InvalidOperation:
        number = Decimal(0)
    if not number.is_finite() or number <= 0:
        raise part.wrong("这里应是大于 0 的数。")
    return number
