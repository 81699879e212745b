"""Reports told from records: regional service, counterpart support, industry-education integration."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from taizhang.core.attainment import plain
from taizhang.core.record import RecordMeasure
from taizhang.records import REPORTS, SECTIONS
from taizhang.reports.deeds import deeds, title
from taizhang.reports.digest import Total, by_kind, of_part, of_report, of_section
from taizhang.reports.outline import (
    Align,
    Block,
    Column,
    Content,
    Contents,
    Figure,
    Heading,
    Outline,
    Table,
    row,
)
from taizhang.reports.sentences import listed, paragraph, see
from taizhang.reports.snapshot import Recorded, Snapshot
from taizhang.reports.wording import said

_NOTHING = "--"
_COLUMNS = {"级别": 1.0, "时间": 1.6, "地点": 2.0, "合作单位": 2.0, "数量": 2.8, "状态": 1.2}  # with their widths
_ALIGNED = {"数量": Align.LEFT}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report: its heading, the sections of records that it shows, and its own parts.

    What is `asked` for is told to be empty where it is; other parts without records are left out.
    """

    name: str
    sections: tuple[str, ...] = ()
    parts: tuple["Part", ...] = ()
    asked: bool = False


def _of(report: str, *keys: str, asked: bool = False) -> tuple[Part, ...]:
    """The parts of sections as they are declared, what stands before “：” in the name being that of the part above."""
    known = SECTIONS[report]
    return tuple(Part(known[key].rpartition("：")[2], (f"{report}/{key}",), asked=asked) for key in keys)


_HUNDRED = (
    "hundred_technology", "hundred_planning", "hundred_public_service", "hundred_training", "hundred_economy",
    "hundred_reform", "hundred_consulting",
)  # fmt: skip
PARTS = {
    "regional_service": (
        *_of("regional_service", "manufacturing", "rural_vitalisation", asked=True),
        Part("双百行动", ("regional_service/hundred_colleges",), _of("regional_service", *_HUNDRED, asked=True), asked=True),
        *_of("regional_service", "lifelong_learning", "open_resources", asked=True),
    ),
    "counterpart_support": _of("counterpart_support", *SECTIONS["counterpart_support"]),
    "industry_education": _of("industry_education", *SECTIONS["industry_education"]),
}  # fmt: skip


def narrative(report: str, snapshot: Snapshot) -> Outline:
    """A report of records, part by part."""
    blocks: list[Block] = [Contents(), Heading("概况", 1), *_opening(report, snapshot)]
    for part in PARTS[report]:
        blocks += _of_part(snapshot, part, 1)
    name = f"{snapshot.college}{snapshot.period.whole}{REPORTS[report]}"
    lines = tuple(filter(None, (snapshot.college, f"{snapshot.taken_on.year} 年 {snapshot.taken_on.month} 月")))
    return Outline(title=name, blocks=tuple(blocks), lines=lines, snapshot=snapshot.sha256)


regional = partial(narrative, "regional_service")
counterpart = partial(narrative, "counterpart_support")
industry = partial(narrative, "industry_education")


def _opening(report: str, snapshot: Snapshot) -> Iterator[Block]:
    """What the report speaks of, how many records each of its parts has, and which parts have none."""
    rows = [each for each in snapshot.records if any(section.startswith(f"{report}/") for section in each.sections)]
    counted, undone = of_report(report, rows)
    opening = (
        f"本报告反映{snapshot.college or '学校'} {snapshot.period.span}的情况，取自学校确认过的业务记录，计入的共 "
    )
    yield paragraph(opening, (counted.figure, " 条"))
    parts = [(part, of_part(report, part.name, _within(snapshot, part))) for part in PARTS[report]]
    told = [said("report.part", name=part.name, n=total.figure) for part, total in parts if total.members]
    if len(told) > 1:
        yield paragraph(said("report.parts", parts=listed(told)))
    if undone.members:
        yield paragraph(said("report.underway", n=undone.figure))
    empty = "、".join(part.name for part in PARTS[report] if not _within(snapshot, part))
    if empty:
        yield paragraph(said("report.empty", names=empty))


def _within(snapshot: Snapshot, part: Part) -> list[Recorded]:
    """The records of a part and of its own parts, each once."""
    sections = {*part.sections, *(section for each in part.parts for section in each.sections)}
    return [each for each in snapshot.records if sections.intersection(each.sections)]


def part_totals(snapshot: Snapshot) -> Iterator[Total]:
    """How many records each report and each of its parts tells of."""
    for report, parts in PARTS.items():
        rows = [each for each in snapshot.records if any(s.startswith(f"{report}/") for s in each.sections)]
        yield from of_report(report, rows)
        for part in parts:
            yield of_part(report, part.name, _within(snapshot, part))


def _of_part(snapshot: Snapshot, part: Part, level: int) -> Iterator[Block]:
    """A part: what its records come to, a table for each kind, and what does not count yet; then its own parts."""
    below = [block for each in part.parts for block in _of_part(snapshot, each, level + 1)]
    kinds = [(section, rows) for section in part.sections for rows in by_kind(of_section(snapshot, section)).values()]
    if not kinds and not below and not part.asked:
        return
    yield Heading(part.name, level)
    if not kinds and not part.parts:
        yield paragraph(f"{snapshot.period.whole}没有属于这一部分的业务记录")
    for section, rows in kinds:
        yield from _of_kind(part.name, section, rows)
    yield from below


def _of_kind(part: str, section: str, rows: Sequence[Recorded]) -> Iterator[Block]:
    """Records of one kind: what they come to, in words and as a table, and what does not count."""
    counted = [each for each in rows if each.counts]
    key = f"{section}/{rows[0].record.kind}"
    yield from deeds(section, rows, see([key]) if counted else ())
    if counted:
        yield _table(part, key, counted)


def _table(part: str, key: str, rows: Sequence[Recorded]) -> Table:
    """The records of one kind, with the columns that any of them fills."""
    texts = {each.ref: _texts(each) for each in rows}
    used = [name for name in _COLUMNS if any(told[name] for told in texts.values())]
    columns = (
        Column(("序号",), 0.6),
        Column(("名称",), 3, Align.LEFT),
        *(Column((name,), _COLUMNS[name], _ALIGNED.get(name, Align.CENTER)) for name in used),
    )
    lines = []
    for number, each in enumerate(rows, 1):
        told = texts[each.ref]
        cells: list[Content] = [_figure(each, name, told[name]) if told[name] else _NOTHING for name in used]
        lines.append(row(str(number), title(each), *cells))
    kind = rows[0].kind
    caption = f"{kind}一览表" if part == kind else f"{part}：{kind}一览表"
    return Table(caption=caption, columns=columns, rows=tuple(lines), key=key)


def _texts(each: Recorded) -> dict[str, str]:
    """What the columns of a table say of a record."""
    record = each.record
    return {
        "级别": record.level or "",
        "时间": record.period or (record.day.isoformat() if record.day else ""),
        "地点": record.place or "",
        "合作单位": "、".join(partner.name for partner in record.partners),
        "数量": "；".join(_measured(measure) for measure in record.measures),
        "状态": each.state,
    }


def _measured(measure: RecordMeasure) -> str:
    """A measure as it was told: 人次 超 3200 人次（累计）."""
    bound = "" if measure.qualifier in {"", "等于"} else f"{measure.qualifier} "
    running = "（累计）" if measure.cumulative else ""
    return f"{measure.name} {bound}{plain(measure.value)} {measure.unit}{running}"


def _figure(each: Recorded, name: str, text: str) -> Figure:
    return Figure(f"{each.ref}:{name}", text, f"{each.record.title} {name}")
