"""Deeds: what the records of one kind come to, told in sentences: how many, by year and level, what sums up, which stand out."""

from collections.abc import Iterator, Sequence

from taizhang.core.attainment import plain
from taizhang.core.record import RecordMeasure
from taizhang.reports.digest import Things, Total, ranked, things, totals, year_of
from taizhang.reports.outline import Figure, Paragraph, Run, Runs
from taizhang.reports.sentences import listed, paragraph
from taizhang.reports.snapshot import Recorded
from taizhang.reports.wording import said, telling

_NAMED = 4  # records that a sentence names as those that stand out
_APART = 3  # measures that cannot be added up and are told one by one
_UNDONE = 30  # records not yet done whose names a sentence lists
_LAST = 99


def deeds(place: str, rows: Sequence[Recorded], after: Runs = ()) -> Iterator[Paragraph]:
    """The sentences on records of one kind: of those that count, then of those that do not yet. `after` ends the first."""
    counted = [each for each in rows if each.counts]
    if counted:
        yield paragraph(_how_many(place, counted), _sums(place, rows), _apart(counted), _named(counted), after)
    others = [each for each in rows if not each.counts]
    if others:
        names = [said("deed.title", title=title(each), about=_state(each)) for each in others[:_UNDONE]]
        rest = [said("deed.rest", n=str(len(others)))] if len(others) > _UNDONE else []
        yield paragraph(said("deed.undone", kind=others[0].kind, titles=(*listed(names), *sum(rest, ()))))


def title(each: Recorded) -> Figure:
    """The title of a record as a figure bound to it."""
    return Figure(f"{each.ref}:title", each.record.title, each.kind)


def _how_many(place: str, counted: Sequence[Recorded]) -> Runs:
    """“举办培训项目 12 个（2022 年 5 个、2023 年 7 个），其中省级 3 个”; so many records where the things cannot be counted."""
    own = things(place, counted)
    how = telling(counted[0].record.kind, counted[0].kind)
    if own is None:
        whole = next(totals(place, counted))
        return (f"{how.say}的记录 ", whole.figure, " 条")
    return (f"{how.say} ", own.whole.figure, f" {how.unit}", *_by_year(own, how.unit), *_by_level(own, how.unit))


def _by_year(own: Things, unit: str) -> Runs:
    if len(own.years) < 2:
        return ()
    years = [said("deed.year", year=str(year), n=total.figure, measure=unit) for year, total in own.years]
    return said("deed.by_year", years=listed(years))


def _by_level(own: Things, unit: str) -> Runs:
    if not own.levels or len(own.whole.members) < 2:
        return ()
    levels = [said("deed.level", level=level, n=total.figure, measure=unit) for level, total in own.levels]
    return said("deed.levels", levels=listed(levels))


def _sums(place: str, rows: Sequence[Recorded]) -> Runs:
    """The measures that may be added up, but for the one that counts the things themselves."""
    counts = telling(rows[0].record.kind, rows[0].kind).counts
    sums = [each for each in totals(place, rows) if not each.address.endswith("/records")]
    told = [_sum(each, rows[0].kind) for each in sums if each.name != f"{rows[0].kind}{counts}"]
    return said("deed.sums", sums=listed(told)) if told else ()


def _sum(total: Total, kind: str) -> Runs:
    return said("deed.sum", name=total.name.removeprefix(kind), n=total.figure, unit=total.unit)


def _apart(counted: Sequence[Recorded]) -> Runs:
    """Running totals and bounds, which no sum may hold, each with the record that tells it and as it was told."""
    told = [
        said("deed.one_apart", title=title(each), name=measure.name, n=_measure(each, measure))
        for each in counted
        for measure in each.record.measures
        if measure.cumulative or measure.qualifier not in {"", "等于"}
    ]
    return said("deed.apart", parts=listed(told[:_APART])) if told else ()


def _measure(each: Recorded, measure: RecordMeasure) -> Figure:
    """A measure as it was told: 超 3200 人次（累计）."""
    bound = "" if measure.qualifier in {"", "等于"} else measure.qualifier
    running = "（累计）" if measure.cumulative else ""
    text = f"{bound} {plain(measure.value)} {measure.unit}{running}".strip()
    base = "/".join(filter(None, (measure.name, measure.unit, measure.base_period)))
    return Figure(f"{each.ref}:{base}{running}", text, f"{each.record.title} {measure.name}")


def _named(counted: Sequence[Recorded]) -> Runs:
    """The records that stand out: the highest levels first, the newest of them first."""
    order = ranked({each.record.level or "" for each in counted})
    first = sorted(counted, key=lambda each: str(each.record.day or ""), reverse=True)
    first = sorted(first, key=lambda each: order.index(each.record.level or "") if each.record.level else _LAST)
    names = [said("deed.title", title=title(each), about=_about(each)) for each in first[:_NAMED]]
    if len(counted) <= _NAMED:
        return said("deed.all_named", titles=listed(names))
    return (*said("deed.named", titles=listed(names)), *said("deed.and_more"))


def _about(each: Recorded) -> Runs:
    """Level and partners of a record, in brackets; nothing where neither is told."""
    parts: list[Run] = [each.record.level] if each.record.level else []
    if each.record.partners and (year_of(each) or not parts):
        names = "、".join(partner.name for partner in each.record.partners[:2])
        more = "等" if len(each.record.partners) > 2 else ""
        parts += [
            *(["，"] if parts else []),
            Figure(f"{each.ref}:partners", f"{names}{more}", f"{each.record.title} 合作单位"),
        ]
    return ("（", *parts, "）") if parts else ()


def _state(each: Recorded) -> Runs:
    return (f"（{each.state or '没有写状态'}）",)
