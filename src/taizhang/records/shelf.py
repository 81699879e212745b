"""Shelf: the kinds that are shipped, with those that a college adds and what it adds to the shipped ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from taizhang.core.errors import RecordError, reason
from taizhang.core.record import Record
from taizhang.records.declaration import Declaration, known, made
from taizhang.records.kind import Kind
from taizhang.records.written import Written

_FOLDER = Path(__file__).resolve().parent / "kinds"
GROUPS = (
    "培训与社会服务", "教学与培养", "师资与人才", "科研与转化", "校企合作", "乡村振兴与帮扶", "荣誉与成果", "治理与保障",
    "条件与经费",
)  # fmt: skip
"""The groups of the shipped kinds, in the order in which lists show them."""

_ADDED = ("fields", "measures", "levels", "states", "feeds", "reports")
_NAMED_BY = {"fields": "key", "measures": "name", "states": "key"}
# What a college may say of a field, a measure or a state that is there already: only more.
_WIDENED = {"fields": ("choices",), "measures": ("accepts", "aliases"), "states": ("to",)}


class Shelf(Mapping[str, Kind]):
    """记录类型 by key, in the order of their groups as shipped; a college's own come behind."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = dict(kinds)

    def __getitem__(self, key: str) -> Kind:
        return self._kinds[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    @property
    def groups(self) -> dict[str, tuple[Kind, ...]]:
        """The kinds by the group under which lists show them."""
        found: dict[str, tuple[Kind, ...]] = {}
        for kind in self._kinds.values():
            found[kind.group] = (*found.get(kind.group, ()), kind)
        return found

    def named(self, name: str) -> Kind | None:
        """The kind of that key or Chinese name."""
        return self._kinds.get(name) or next((kind for kind in self._kinds.values() if kind.name == name), None)

    def showing(self, report: str, section: str) -> tuple[Kind, ...]:
        """The kinds whose records a section of a report shows."""
        return tuple(k for k in self.values() if any((f.report, f.section) == (report, section) for f in k.reports))


def shelf(own: Sequence[Declaration] = ()) -> Shelf:
    """The shipped kinds with a college's own; RecordError says which file, which line, and what is wrong.

    A file that begins with `kind` adds a kind; one that begins with `extends` adds fields, measures, units, choices,
    levels, states or moves to a kind that is there. Nothing can be taken away or renamed: what records use stays.
    """
    if not own:
        return _shipped_shelf()
    told = dict(_shipped())
    files: dict[str, tuple[str, ...]] = {key: (f"{key}.yaml",) for key in told}
    touched = []
    written = [(each, each.written()) for each in own]
    for declaration, pairs in sorted(written, key=lambda pair: "extends" in pair[1]):
        if "extends" in pairs:
            key = _extended(told, pairs)
            files[key] = (*files[key], declaration.file)
        else:
            key = made(pairs, (declaration.file,)).key
            if key in told:
                raise pairs["kind"].wrong(f"已经有“{key}”这个类型；要增补它，请写 extends: {key}。")
            told[key], files[key] = pairs, (declaration.file,)
        touched.append(key)
    kinds = dict(_shipped_shelf()) | {key: made(told[key], files[key]) for key in touched}
    _unlike(kinds)
    return Shelf(kinds)


def folder(path: Path) -> tuple[Declaration, ...]:
    """The declarations that lie in a folder, in the order of their names."""
    return tuple(opened(file) for file in sorted((*path.glob("*.yaml"), *path.glob("*.yml"))))


def opened(file: Path) -> Declaration:
    """The declaration in a file, not yet understood."""
    try:
        return Declaration(file.name, file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RecordError(f"记录类型文件 {file.name} 不是 UTF-8 编码，请另存为 UTF-8。") from error
    except OSError as error:
        raise RecordError(f"记录类型文件 {file.name} 打不开：{reason(error)}。") from error


def lost(kinds: Mapping[str, Kind], records: Iterable[Record]) -> list[str]:
    """What records use and the kinds do not have, a sentence each: asked before a college's file is taken back."""
    found: dict[str, int] = {}
    for record in records:
        for sentence in _lost(kinds.get(record.kind), record):
            found[sentence] = found.get(sentence, 0) + 1
    return [f"{sentence}，有 {count} 条记录在用。" for sentence, count in found.items()]


def _lost(kind: Kind | None, record: Record) -> list[str]:
    if kind is None:
        return [f"没有了“{record.kind}”这个类型"]
    states = {record.state, *(move.state for move in record.moves)} - {None}
    units = {measure.unit for measure in record.measures}
    return [
        *(f"类型“{kind.name}”没有了状态“{state}”" for state in sorted(map(str, states)) if kind.state(state) is None),
        *(f"类型“{kind.name}”没有了字段“{key}”" for key in record.fields if kind.field(key) is None),
        *(f"类型“{kind.name}”没有了单位“{unit}”" for unit in sorted(units) if unit not in kind.units),
    ]


@cache
def _shipped() -> Mapping[str, dict[str, Written]]:
    """The shipped files by key, in the order of their groups."""
    files = sorted(_FOLDER.glob("*.yaml"))
    told = {file.stem: Declaration(file.name, file.read_text(encoding="utf-8")).written() for file in files}
    return dict(sorted(told.items(), key=lambda pair: GROUPS.index(pair[1]["group"].text("group"))))


@cache
def _shipped_shelf() -> Shelf:
    kinds = {key: made(pairs, (f"{key}.yaml",)) for key, pairs in _shipped().items()}
    for key, kind in kinds.items():
        if kind.key != key:
            raise RecordError(f"记录类型文件 {key}.yaml 里写的是“{kind.key}”，与文件名不一致。")
    _unlike(kinds)
    return Shelf(kinds)


def _unlike(kinds: Mapping[str, Kind]) -> None:
    """Two kinds of one Chinese name could not be told apart by people or in a filled sheet."""
    met: dict[str, Kind] = {}
    for kind in kinds.values():
        other = met.setdefault(kind.name, kind)
        if other is not kind:
            raise RecordError(f"记录类型文件 {kind.files[-1]} 的名称“{kind.name}”与 {other.files[-1]} 的相同，请改名。")


def _extended(told: dict[str, dict[str, Written]], pairs: dict[str, Written]) -> str:
    """The told kinds with what one file adds to one of them; the key of that kind."""
    key = pairs["extends"].text("extends")
    if key not in told:
        raise pairs["extends"].wrong(f"没有“{key}”这个类型可以增补。")
    merged = dict(told[key])
    for part, place in pairs.items():
        if part == "extends":
            continue
        if part not in _ADDED:
            raise place.wrong(f"增补类型时不能写“{part}”；可写的有：{'、'.join(_ADDED)}。")
        before = merged[part].items(part) if part in merged else ()
        joined = _joined(part, before, place.items(part))
        merged[part] = Written(joined, place.line, place.file)
    told[key] = merged
    return key


def _joined(part: str, before: tuple[Written, ...], own: tuple[Written, ...]) -> tuple[Written, ...]:
    """A list with what is added to it; a member that is there already may only be widened."""
    if part not in _NAMED_BY:
        there = [each.plain() for each in before]
        return (*before, *(each for each in own if each.plain() not in there))
    named = {known(each, part, part)[_NAMED_BY[part]].plain(): place for place, each in enumerate(before)}
    found = list(before)
    for each in own:
        pairs = known(each, part, part)
        name = pairs[_NAMED_BY[part]].text(_NAMED_BY[part]) if _NAMED_BY[part] in pairs else ""
        if name not in named:
            found.append(each)
            continue
        place = named[name]
        for key, value in pairs.items():
            if key not in (*_WIDENED[part], _NAMED_BY[part]):
                raise value.wrong(f"“{name}”是原有的，只能增补它的 {'、'.join(_WIDENED[part])}，不能改“{key}”。")
        found[place] = _widened(found[place], pairs, _WIDENED[part])
    return tuple(found)


def _widened(before: Written, own: dict[str, Written], keys: tuple[str, ...]) -> Written:
    merged = dict(before.mapping("原有的"))
    for key in keys:
        if key not in own:
            continue
        there = merged.get(key)
        if isinstance(own[key].value, dict):
            pairs = own[key].mapping(key)
            base = there.mapping(key) if there is not None else {}
            for name, value in pairs.items():
                if name in base and base[name].plain() != value.plain():
                    raise value.wrong(f"“{name}”是原有的，系数不能改。")
            merged[key] = Written(base | pairs, own[key].line, own[key].file)
        else:
            listed = there.items(key) if there is not None else ()
            plain = [each.plain() for each in listed]
            more = tuple(each for each in own[key].items(key) if each.plain() not in plain)
            merged[key] = Written((*listed, *more), own[key].line, own[key].file)
    return Written(merged, before.line, before.file)
