"""One YAML file into a Kind. What it says wrongly is told with file, line and one Chinese sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from taizhang.core.errors import RecordError
from taizhang.core.finding import Severity
from taizhang.core.record import Record
from taizhang.profiles import load
from taizhang.records.judging import judge
from taizhang.records.kind import Feed, Field, FieldType, Kind, Measure, Phase, State
from taizhang.records.reports import SECTIONS
from taizhang.records.units import factor_refused
from taizhang.records.written import Written

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_OPEN = (Phase.BEFORE, Phase.APPLIED, Phase.APPROVED, Phase.UNDERWAY)  # what may still be postponed or cancelled
_BESIDE = ("校地", "校际", "专业群级")  # told as levels, and neither above nor below any
_KNOWN = {
    "": ("kind", "name", "group", "about", "fields", "measures", "levels", "states", "feeds", "reports", "example"),
    "fields": ("key", "name", "type", "choices", "unit", "required", "help"),
    "measures": ("name", "unit", "accepts", "aliases", "help"),
    "states": ("key", "name", "phase", "to", "counts", "help"),
    "reports": ("report", "section", "tags"),
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """A file as it lies in a folder or was uploaded: its name, and its text."""

    file: str
    text: str

    def written(self) -> dict[str, Written]:
        """Its pairs, each with its line."""
        return Written.parsed(self.text, f"记录类型文件 {self.file}").mapping("记录类型")


def declared(declaration: Declaration) -> Kind:
    """The kind that a file declares; RecordError says in one sentence what is wrong, and where."""
    return made(declaration.written(), (declaration.file,))


def made(told: Mapping[str, Written], files: tuple[str, ...]) -> Kind:
    """A kind from its pairs, which may come from several files: a college's own beside the shipped one."""
    whole = Written(dict(told), 1, f"记录类型文件 {files[-1]}")
    known(whole, "", "记录类型")
    key = _key(_needed(whole, "kind"), "kind")
    fields, states = _fields(told.get("fields")), _states(_needed(whole, "states"))
    feeds = told["feeds"].texts("feeds") if "feeds" in told else ()
    kind = Kind(
        key=key,
        name=_needed(whole, "name").text("name"),
        group=_needed(whole, "group").text("group"),
        about=_needed(whole, "about").text("about"),
        fields=fields,
        measures=_measures(told.get("measures")),
        levels=_levels(told.get("levels")),
        states=states,
        feeds=feeds,
        reports=_reports(told.get("reports"), feeds),
        example=_example(_needed(whole, "example"), key, fields),
        files=files,
    )
    _fitting(kind, told["example"])
    return kind


def known(place: Written, part: str, name: str) -> dict[str, Written]:
    """The pairs of a part, none of which is a key that nobody reads."""
    pairs = place.mapping(name)
    for key, value in pairs.items():
        if key not in _KNOWN[part]:
            raise value.wrong(f"“{key}”不是这里的键；可写的有：{'、'.join(_KNOWN[part])}。")
    return pairs


def _needed(place: Written, key: str) -> Written:
    pairs = place.mapping(key)
    if key not in pairs:
        raise place.wrong(f"缺“{key}”。")
    return pairs[key]


def _key(place: Written, name: str) -> str:
    found = place.text(name)
    if not _KEY.fullmatch(found):
        raise place.wrong(f"“{name}”的“{found}”应是小写英文字母开头的词，只含小写字母、数字和下划线。")
    return found


def _unlike(places: tuple[Written, ...], names: list[str], what: str) -> None:
    for place, name in zip(places, names, strict=True):
        if names.count(name) > 1:
            raise place.wrong(f"{what}“{name}”写了两遍。")


def _fields(place: Written | None) -> tuple[Field, ...]:
    if place is None:
        return ()
    places = place.items("fields")
    found = tuple(_field(each) for each in places)
    _unlike(places, [each.key for each in found], "字段")
    _unlike(places, [each.name for each in found], "字段名称")
    return found


def _field(place: Written) -> Field:
    pairs = known(place, "fields", "字段")
    types = {each.value: each for each in FieldType}
    told = pairs["type"].text("type") if "type" in pairs else "text"
    if told not in types:
        raise pairs["type"].wrong(f"字段没有“{told}”这种类型；可写的有：{'、'.join(types)}。")
    choices = pairs["choices"].texts("choices") if "choices" in pairs else ()
    if (told in {"choice", "choices"}) != bool(choices):
        raise place.wrong("choice、choices 类型的字段要写 choices（可选的值），别的类型不写。")
    return Field(
        key=_key(_needed(place, "key"), "key"),
        name=_needed(place, "name").text("name"),
        type=types[told],
        choices=choices,
        unit=pairs["unit"].text("unit") if "unit" in pairs else "",
        required=pairs["required"].truth("required") if "required" in pairs else False,
        help=pairs["help"].text("help") if "help" in pairs else "",
    )


def _measures(place: Written | None) -> tuple[Measure, ...]:
    if place is None:
        return ()
    places = place.items("measures")
    found = tuple(_measure(each) for each in places)
    _unlike(places, [each.name for each in found], "计量")
    met: set[tuple[str, str]] = set()
    for where, measure in zip(places, found, strict=True):
        mine = {(name, unit) for name in (measure.name, *measure.aliases) for unit in measure.units}
        for name, unit in sorted(mine & met):
            raise where.wrong(f"“{name}”用单位“{unit}”的计量有两种，分不清是哪一种。")
        met |= mine
    return found


def _measure(place: Written) -> Measure:
    pairs = known(place, "measures", "计量")
    unit = _needed(place, "unit").text("unit")
    accepts: dict[str, Decimal] = {}
    for name, factor in pairs["accepts"].mapping("accepts").items() if "accepts" in pairs else ():
        accepts[name] = factor.number(name)
        problem = factor_refused(name, accepts[name], unit)
        if problem:
            raise factor.wrong(problem)
    return Measure(
        name=_needed(place, "name").text("name"),
        unit=unit,
        accepts=accepts,
        aliases=pairs["aliases"].texts("aliases") if "aliases" in pairs else (),
        help=pairs["help"].text("help") if "help" in pairs else "",
    )


def _levels(place: Written | None) -> tuple[str, ...]:
    if place is None:
        return ()
    names = levels_known()
    found = place.texts("levels")
    for where, level in zip(place.items("levels"), found, strict=True):
        if level not in names:
            raise where.wrong(f"没有“{level}”这个级别；可写的有：{'、'.join(names)}。")
    return found


def levels_known() -> tuple[str, ...]:
    """The levels that a declaration may name, the highest first."""
    ladder = load("generic").levels
    return (*(rung.name for rung in (*ladder.order, *ladder.apart)), *_BESIDE)


def _states(place: Written) -> tuple[State, ...]:
    places = place.items("states")
    if not places:
        raise place.wrong("至少写一个状态。")
    found = [_state(each) for each in places]
    _unlike(places, [each.key for each in found], "状态")
    _unlike(places, [each.name for each in found], "状态名称")
    keys = {each.key for each in found} | {"postponed", "cancelled"}
    for where, state in zip(places, found, strict=True):
        for after in state.to:
            if after not in keys or after == state.key:
                raise where.wrong(f"状态“{state.name}”的 to 里写了“{after}”，没有这个状态或就是它自己。")
    return _with_sides(found)


def _state(place: Written) -> State:
    pairs = known(place, "states", "状态")
    phases = {each.value: each for each in Phase}
    told = _needed(place, "phase").text("phase")
    if told not in phases:
        raise pairs["phase"].wrong(f"没有“{told}”这种 phase；可写的有：{'、'.join(phases)}。")
    phase = phases[told]
    key = _key(_needed(place, "key"), "key")
    counts = pairs["counts"].truth("counts") if "counts" in pairs else phase is Phase.DONE
    if counts and phase not in {Phase.DONE, Phase.UNDERWAY}:
        raise pairs["counts"].wrong(f"状态“{key}”是“{phase.chinese}”，不能计入完成。")
    if (key == "postponed") != (phase is Phase.POSTPONED):
        raise place.wrong("延期只能是 postponed 这一个状态，它的 phase 只能是 postponed。")
    return State(
        key=key,
        name=_needed(place, "name").text("name"),
        phase=phase,
        to=pairs["to"].texts("to") if "to" in pairs else (),
        counts=counts,
        help=pairs["help"].text("help") if "help" in pairs else "",
    )


def _with_sides(states: list[State]) -> tuple[State, ...]:
    """The states with 延期 and 取消, which every kind has that knows anything before being done."""
    pending = [each.key for each in states if each.phase in _OPEN]
    if not pending:
        return tuple(states)
    keys = {each.key for each in states}
    resumed = tuple(each.key for each in states if each.phase in {*_OPEN, Phase.DONE})
    sides = (
        State(key="postponed", name="延期", phase=Phase.POSTPONED, to=(*resumed, "cancelled"), help="须附批文"),
        State(key="cancelled", name="取消", phase=Phase.ENDED),
    )
    added = tuple(each for each in sides if each.key not in keys)
    more = tuple(each.key for each in sides)
    return (*(_leading(each, more) if each.key in pending else each for each in states), *added)


def _leading(state: State, more: tuple[str, ...]) -> State:
    to = tuple(dict.fromkeys((*state.to, *more)))
    return State(key=state.key, name=state.name, phase=state.phase, to=to, counts=state.counts, help=state.help)


def _reports(place: Written | None, feeds: tuple[str, ...]) -> tuple[Feed, ...]:
    found = []
    for each in place.items("reports") if place is not None else ():
        pairs = known(each, "reports", "报告栏目")
        feed = Feed(
            report=_needed(each, "report").text("report"),
            section=_needed(each, "section").text("section"),
            tags=pairs["tags"].texts("tags") if "tags" in pairs else (),
        )
        sections = SECTIONS.get(feed.report)
        if sections is None:
            raise each.wrong(f"没有“{feed.report}”这种报告；可写的有：{'、'.join(SECTIONS)}。")
        if feed.section not in sections:
            raise each.wrong(f"报告“{feed.report}”没有“{feed.section}”这一栏；可写的有：{'、'.join(sections)}。")
        for tag in feed.tags:
            if tag not in feeds:
                raise pairs["tags"].wrong(f"tags 里的“{tag}”没有写进 feeds（常用标签），填表的人看不到。")
        found.append(feed)
    return tuple(found)


def _example(place: Written, key: str, fields: tuple[Field, ...]) -> Record:
    shape: dict[str, Any] = {"id": f"{key}-1", "kind": key}
    shape |= {name: value.plain() for name, value in place.mapping("example").items()}
    told = place.mapping("example").get("fields")
    numbers = {field.key for field in fields if field.type is FieldType.NUMBER}
    for name, value in told.mapping("fields").items() if told is not None else ():
        if name in numbers:
            shape["fields"][name] = value.number(name)
    try:
        return Record.from_json(shape)
    except RecordError as error:
        raise place.wrong(f"example（示例）不成记录：{error}") from error


def _fitting(kind: Kind, place: Written) -> None:
    """The example must be a record that the kind accepts; a field that a college requires besides may be missing."""
    for flaw in judge(kind.example, kind):
        if flaw.severity is Severity.ERROR and not (flaw.code == "required" and len(kind.files) > 1):
            raise place.wrong(f"example（示例）不合这个类型：{flaw.message}")
