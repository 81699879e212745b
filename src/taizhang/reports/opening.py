"""Opening: the figures of a file that say another thing than the ledger does, each with what it says and where from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from taizhang.core.errors import SnapshotError
from taizhang.documents import read
from taizhang.documents.blocks import BoundFigure
from taizhang.reports.register import Register, loads, text_of
from taizhang.reports.snapshot import from_json
from taizhang.reports.source import register_of
from taizhang.reports.traces import Traces

_SHOWN = 40  # characters of a text
_MEMBERS = 6  # items that a figure is made of which are told one by one


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """What a data file knows: its figures, and, where it is a snapshot, how they came about."""

    register: Register
    traces: Traces | None = None


def opened(path: Path) -> LedgerFile:
    """The ledger as a data file has it; UsageError with one sentence where it has none."""
    text = text_of(path)
    try:
        snapshot = from_json(text)
    except SnapshotError:
        return LedgerFile(loads(text, path.name))
    return LedgerFile(register_of(snapshot), Traces(snapshot))


def compared(paths: Iterable[Path], known: LedgerFile) -> tuple[bool, str]:
    """Whether any figure of these files differs from the ledger, and the comparison in words."""
    differs, lines = False, []
    for path in paths:
        bound = read(path).bound
        rows = differing(bound, known)
        lines.append(told(path.name, len(bound), rows))
        differs = differs or bool(rows)
    return differs, "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Differing:
    """A figure of a file that differs: what the file says, what the ledger says (None where it knows none), and why."""

    figure: BoundFigure
    ledger: str | None
    trace: tuple[str, ...] = ()


def differing(bound: Iterable[BoundFigure], ledger: LedgerFile) -> list[Differing]:
    """The bound figures that read otherwise than in the ledger, in the order of the text, each once."""
    found: dict[tuple[str, str], Differing] = {}
    for each in bound:
        known = ledger.register.figure(each.key)
        text = known.text if known is not None else None
        if text is None or _plain(text) != _plain(each.text):
            found.setdefault((each.key, each.text), Differing(each, text, tuple(_trace(each, ledger))))
    return list(found.values())


def _trace(figure: BoundFigure, ledger: LedgerFile) -> Iterator[str]:
    """How the ledger comes to its figure, and the items that make it."""
    trace = ledger.traces.of(figure.key.partition("|")[0]) if ledger.traces else None
    if trace is None:
        return
    yield from trace.working
    for member in trace.members[:_MEMBERS]:
        told = f"：{_short(member.text)}" if member.text else ""
        pages = "".join(f"（佐证 {each.number} 第 {each.pages} 页）" for each in member.rests_on)
        yield f"{'' if member.counts else '未计入 '}{_short(member.label)}{told}{pages}"
    if len(trace.members) > _MEMBERS:
        yield f"……共 {len(trace.members)} 项"


def told(file: str, count: int, rows: list[Differing]) -> str:
    """The comparison of one file in words."""
    if not count:
        return f"{file}：没有绑定台账的数，没有对照。"
    lines = [f"{file}：与台账对照绑定的数 {count} 处，" + (f"{len(rows)} 个不同：" if rows else "全部一致。")]
    for each in rows:
        says = f"台账 “{_short(each.ledger)}”" if each.ledger is not None else "台账里已经没有"
        lines.append(f"  {each.figure.name}  报告 “{_short(each.figure.text)}”，{says}  [{each.figure.key}]")
        lines += [f"    {line}" for line in each.trace]
    return "\n".join(lines)


def _short(text: str) -> str:
    line = _plain(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}……"


def _plain(text: str) -> str:
    return " ".join(text.split())
