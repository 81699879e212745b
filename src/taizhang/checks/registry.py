"""Rules: one function a file, its docstring the explanation; registered by code, run over a Context."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NewType

from taizhang.checks.exemptions import Exemption, Ruling
from taizhang.core.errors import UsageError
from taizhang.core.finding import Finding, Kind, Related, Severity
from taizhang.core.ledger import Ledger, LedgerItem
from taizhang.core.source import Source
from taizhang.documents.blocks import Document, Heading, Paragraph, Table
from taizhang.intake.origins import Origins, Traces
from taizhang.intake.plans import Indicator, Point, Tally, Value
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

FAMILIES = {
    "STR": "结构与标注", "ARI": "算术", "TGT": "目标与虚报", "ACT": "计划与完成", "CON": "文内矛盾",
    "XDC": "跨文档与跨年", "UNI": "单位与期间", "SCO": "评分表", "EVD": "佐证", "LED": "台账",
}  # fmt: skip
HEADINGS = ("## 为什么", "## 不合格", "## 合格", "## 依据")
_SECTIONS = "为什么|不合格|合格|例外|参数|局限|依据"
_CODE = re.compile(r"[A-Z]{3}\d{3}")


# A figure's own: its cell, or where it stands in running text. A type of its own, because a source is a tuple too,
# and a figure noted once as the one and once as the other would count twice.
Place = NewType("Place", tuple[str | int | None, ...])


@dataclass
class Context:
    """What rules see: a document, the profile, and where they say what they have judged.

    A rule sees one document at a time, so that what a report is told does not hang on what lies beside it. One that
    holds documents against each other sees all of them at once, without their readings: `gathered` is what it took
    from each by itself; `has_sisters` tells whether there are others at all. `ruling` is what exemptions made of the findings, for those rules that are run last. `ledger`
    is what is approved there, where the check was given one. `traces` are those of the documents, where they are known.
    """

    readings: tuple[Reading, ...]
    profile: Profile
    documents: tuple[Document, ...] = ()
    gathered: Mapping["Gather", Sequence[Any]] = field(default_factory=dict)
    has_sisters: bool = False
    checked: set[Place] = field(default_factory=set)
    linked: set[Place] = field(default_factory=set)
    memo: dict[str, Any] = field(default_factory=dict)  # what the rules of one family work out once, under its name
    ruling: Ruling = field(default_factory=Ruling)
    ledger: Ledger | None = None
    traces: Sequence[Traces] = ()

    def __post_init__(self) -> None:
        self.documents = self.documents or tuple(reading.document for reading in self.readings)

    @cached_property
    def origins(self) -> Origins:
        """The college and the years that each document is of."""
        return Origins(self.traces) if self.traces else Origins.among(self.documents)

    def named(self, other: Related) -> Related:
        """Another place with the name of its table."""
        source = other.source
        tables = self._tables.get(source.file)
        if source.table is None or tables is None or not 0 < source.table <= len(tables):
            return other
        return Related(source=source, text=other.text, table=tables[source.table - 1].name)

    @property
    def items(self) -> tuple[LedgerItem, ...]:
        """The items of the ledger that are just being filled in; they are judged by themselves, not with a document."""
        return self.ledger.items if self.ledger is not None and not self.readings else ()

    @cached_property
    def _tables(self) -> dict[str, list[Table]]:
        """The tables of each document, by its file's name."""
        return {document.file: document.tables for document in self.documents}

    def judged(self, *values: Value | None) -> None:
        """Note that a rule has judged these figures, for the coverage statement."""
        for value in values:
            if value is not None:
                self.checked.add(_place(value))

    def judged_in(self, block: Paragraph | Heading | Value, *starts: int) -> None:
        """The same for the figures that begin at these characters of a running text, or of a cell."""
        self.checked.update(_place_of(block.at(start)) for start in starts)

    def compared(self, *values: Value | None) -> None:
        """Note that a rule has held these figures against each other in different places."""
        self.judged(*values)
        self.linked.update(_place(value) for value in values if value is not None)

    def told(self, *sources: Source) -> None:
        """Note the same of figures of running text, by their places."""
        places = {_place_of(source) for source in sources}
        self.checked |= places
        self.linked |= places


def _place(value: Value) -> Place:
    table = value.table
    if not table.index:  # of running text
        return _place_of(value.at())
    return Place((table.source.file, table.index, value.row - table.header + 1, value.column + 1))


def _place_of(source: Source) -> Place:
    if source.table is not None:
        return Place((source.file, source.table, source.row, source.column))
    return Place((source.file, source.page, source.line, source.paragraph, source.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a rule found; the registry stamps code, kind and severity on it. `severity` overrides the rule's own."""

    source: Source
    message: str
    text: str
    printed: str | None = None
    expected: str | None = None
    table: Table | None = None
    row: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    kind: Kind | None = None


def at_value(value: Value, message: str, start: int = 0, end: int | None = None, **more: Any) -> Problem:  # noqa: ANN401 - Problem's own fields
    """A problem at (part of) a table value; its text is what is printed there."""
    text = value.text[start:end]
    more.setdefault("printed", text.strip())
    return Problem(source=value.at(start, end), message=message, text=text.strip(), table=value.table, **more)


def at_text(block: Paragraph | Heading, start: int, end: int, message: str, **more: Any) -> Problem:  # noqa: ANN401 - as above
    """A problem at the characters [start, end) of running text."""
    text = block.text[start:end]
    more.setdefault("printed", text)
    return Problem(source=block.at(start, end), message=message, text=text, **more)


def at_caption(table: Table, message: str, **more: Any) -> Problem:  # noqa: ANN401 - as above
    """A problem with a table's caption, or with its header where it has none."""
    if table.label is not None:
        return Problem(source=table.label.at(), message=message, text=table.label.text, table=table, **more)
    first = table.rows[0][0]
    return Problem(source=table.at(0, 0), message=message, text=first.text, table=table, **more)


def at_item(item: LedgerItem, field: str, message: str, text: str = "", **more: Any) -> Problem:  # noqa: ANN401 - as above
    """A problem with an item that is being filled in, at one of its fields as its page calls it."""
    return Problem(source=item.at(field), message=message, text=text or "-", printed=text, row=item.label, **more)


def at_exemption(exemption: Exemption, message: str, **more: Any) -> Problem:  # noqa: ANN401 - as above
    """A problem with an exemption, at the entry's first words."""
    name = exemption.code or exemption.fingerprint or ""
    return Problem(source=exemption.source, message=message, text=name, row=exemption.row, **more)


def related(value: Value) -> Related:
    """Another table value that a problem speaks of."""
    return Related(source=value.at(), text=value.text.strip())


def row_name(of: Indicator | Point | Tally) -> str:
    """The label of a row as printed."""
    return of.name if isinstance(of, Point) else of.label.text.strip()


Check = Callable[[Context], Iterable[Problem]]
Gather = Callable[[Context], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A registered rule. One that is `last` judges what exemptions made of the findings of all others.

    One that `gathers` holds documents against each other: it sees what that function takes from each by itself, which
    is all that another process hands over and must be small.
    """

    code: str
    kind: Kind
    severity: Severity
    since: str
    status: str
    slug: str
    check: Check
    last: bool = False
    gathers: Gather | None = None

    @property
    def family(self) -> str:
        """The first three letters of the code."""
        return self.code[:3]

    @property
    def title(self) -> str:
        """The first line of the explanation."""
        return self.explanation.partition("\n")[0]

    @property
    def explanation(self) -> str:
        """The docstring, as Markdown in Chinese."""
        return inspect.cleandoc(self.check.__doc__ or "")

    def section(self, heading: str) -> str:
        """The text under one heading of the explanation, empty where it has none; examples may hold headings too."""
        match = re.search(
            rf"^## {heading}\n(.*?)(?=^## (?:{_SECTIONS})$|\Z)", self.explanation, re.DOTALL | re.MULTILINE
        )
        return match[1].strip() if match else ""


_rules: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    kind: str,
    severity: str,
    since: str,
    status: str = "stable",
    last: bool = False,
    gathers: Gather | None = None,
) -> Callable[[Check], Check]:
    """Register a check; refuses a code already taken, a docstring without its headings, a wrong file name."""

    def register(check: Check) -> Check:
        slug = check.__name__
        module = check.__module__.rpartition(".")[2]
        doc = inspect.cleandoc(check.__doc__ or "")
        if not _CODE.fullmatch(code) or code[:3] not in FAMILIES:
            raise ValueError(f"{code} is no rule code")
        if code in _rules and _rules[code].check.__module__ != check.__module__:
            raise ValueError(f"{code} is taken by {_rules[code].slug}")
        if module != f"{code.lower()}_{slug}":
            raise ValueError(f"{code} must stand in {code.lower()}_{slug}.py, not in {module}.py")
        missing = [heading for heading in HEADINGS if heading not in doc]
        if missing:
            raise ValueError(f"the docstring of {code} lacks {missing}")
        _rules[code] = Rule(
            code=code, kind=Kind(kind), severity=Severity(severity), since=since, status=status, slug=slug, check=check,
            last=last, gathers=gathers,
        )  # fmt: skip
        return check

    return register


def rules() -> dict[str, Rule]:
    """All rules by code, in order; the files of `checks.rules` are loaded the first time."""
    _load()
    return dict(sorted(_rules.items()))


@cache
def _load() -> None:
    package = importlib.import_module("taizhang.checks.rules")
    for module in pkgutil.iter_modules(package.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"{package.__name__}.{module.name}")


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[Rule]:
    """The rules whose code begins with one of `select` (all, where it is empty) and with none of `ignore`."""
    known = rules()
    for prefix in (*select, *ignore):
        if not any(code.startswith(prefix) for code in known):
            raise UsageError(f"没有以“{prefix}”开头的规则；用 taizhang rule 可以看到全部规则代码。")
    return [
        rule
        for code, rule in known.items()
        if (not select or code.startswith(tuple(select))) and not code.startswith(tuple(ignore))
    ]


# What stands in quotation marks is the report's own; around it a digit keeps its distance from the words.
_QUOTED = re.compile(r"(“[^”]*”|《[^》]*》)")
_CLOSE = re.compile(r"(?<=\d)(?=[一-鿿])|(?<=[一-鿿])(?=\d)")
# A figure or a word put into a sentence of ours with spaces around it: “总数 27 个 不符”, “写的是 国家级 2 项”.
_APART = re.compile(r"(?<=\d )([一-鿿]{1,2}) (?=(?!是)[一-鿿])|(写的是|说的是|计划的是|却写|应得) (?=[一-鿿])")


def _set_out(message: str) -> str:
    """A message in which “46个” and “46 个” of different places look alike: “46 个”."""
    parts = _QUOTED.split(message)
    parts[::2] = [_APART.sub(r"\1\2", _CLOSE.sub(" ", part)) for part in parts[::2]]
    return "".join(parts)


def findings_of(rule: Rule, context: Context) -> Iterator[Finding]:
    """The findings of one rule, each stamped with its code, kind and severity."""
    for problem in rule.check(context):
        yield Finding(
            code=rule.code,
            kind=problem.kind or rule.kind,
            severity=problem.severity or rule.severity,
            message=_set_out(problem.message),
            source=problem.source,
            text=problem.text,
            table=problem.table.name if problem.table is not None else None,
            row=problem.row or None,
            printed=problem.printed,
            expected=problem.expected,
            related=tuple(context.named(other) for other in problem.related),
        )
