"""People and units from Excel: what a filled sheet would add and change, and doing it, all or nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Role, RoleName, Unit, UnitKind
from taizhang.web.ledger.sheets import Column, Filled, Kind, Row, Sheet
from taizhang.web.ledger.workflow import organisation, people
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

_PLACE = "写单位名称；有重名时从学校往下写全，用 / 隔开，如 机电学院/数控教研室。"
PEOPLE = Sheet(
    name="人员",
    columns=(
        Column(
            key="username", header="登录名", width=18, required=True, longest=60, help="小写字母和数字，全站不重复。"
        ),
        Column(key="name", header="姓名", width=14, required=True, longest=60),
        Column(key="home", header="所属", width=24, longest=120, help="学校或省厅；只管一所学校时不用填。"),
        Column(key="unit", header="角色所在单位", width=26, longest=300, help=_PLACE),
        Column(key="role", header="角色", width=12, kind=Kind.CHOICE, choices=tuple(RoleName.choices)),
        Column(key="since", header="角色起", width=13, kind=Kind.DATE, help="不填表示即日起。"),
        Column(key="until", header="角色止", width=13, kind=Kind.DATE, help="不填表示长期。"),
        Column(key="phone", header="电话", width=16, longest=30),
        Column(key="email", header="邮箱", width=24, longest=120),
    ),
    notes=("一个人有几个角色就写几行，登录名和姓名照写。", "导入只添加和修改，不删除人，也不收回角色。"),
)
UNITS = Sheet(
    name="单位",
    columns=(
        Column(key="name", header="名称", width=26, required=True, longest=120),
        Column(key="kind", header="类别", width=12, required=True, kind=Kind.CHOICE, choices=tuple(UnitKind.choices)),
        Column(key="parent", header="上级单位", width=30, longest=300, help=f"不填表示直属学校。{_PLACE}"),
        Column(key="short_name", header="简称", width=16, longest=40),
        Column(key="code", header="代码", width=12, longest=20),
    ),
    notes=("上级单位可以写在同一张表里，先后不限。", "同一上级下同名的单位按修改处理；导入不删除单位。"),
)
_REFUSALS = (NotAllowedError, OutOfOrderError, RefusedError)
_KEEPS_PERSON = ("name", "phone", "email")


@dataclass(slots=True)
class Step:
    """One thing that the import would do, as it is shown before it is done."""

    row: int
    verb: str
    label: str
    detail: str = ""


@dataclass(slots=True)
class Outcome:
    """What an import would do, or has done; with a fault it does nothing."""

    steps: list[Step] = field(default_factory=list)
    unchanged: int = 0


_Work = Callable[[Person, Filled, Outcome], None]


def try_people(actor: Person, filled: Filled) -> Outcome:
    """What the sheet would do. It is done and undone again, so that a preview refuses what the import would."""
    return _tried(actor, filled, _people)


def take_people(actor: Person, filled: Filled) -> Outcome:
    """Do it, all or nothing: with a fault nothing is done and `filled` has it."""
    return _taken(actor, filled, _people)


def try_units(actor: Person, filled: Filled) -> Outcome:
    """As `try_people`."""
    return _tried(actor, filled, _units)


def take_units(actor: Person, filled: Filled) -> Outcome:
    """As `take_people`."""
    return _taken(actor, filled, _units)


def rows_of(filled: Filled) -> list[dict[str, Any]]:
    """The rows as plain values, to be held between preview and confirmation."""
    return [
        {"number": row.number, **{key: value.isoformat() if isinstance(value, date) else value for key, value in row.values.items()}}
        for row in filled.rows
    ]  # fmt: skip


def filled_again(sheet: Sheet, rows: Iterable[Mapping[str, Any]]) -> Filled:
    """What `rows_of` kept."""
    days = {column.key for column in sheet.columns if column.kind is Kind.DATE}
    filled = Filled(sheet, sheet.name)
    for held in rows:
        values = {
            key: date.fromisoformat(value) if key in days and value else value
            for key, value in held.items()
            if key != "number"
        }
        filled.rows.append(Row(held["number"], values))
    return filled


def _tried(actor: Person, filled: Filled, work: _Work) -> Outcome:
    outcome = Outcome()
    with transaction.atomic():
        work(actor, filled, outcome)
        transaction.set_rollback(True)
    return outcome


def _taken(actor: Person, filled: Filled, work: _Work) -> Outcome:
    outcome = Outcome()
    with transaction.atomic():
        work(actor, filled, outcome)
        transaction.set_rollback(bool(filled.faults))
    return Outcome() if filled.faults else outcome


class _Places:
    """The units that the actor keeps, found by name or by path of names."""

    def __init__(self, actor: Person) -> None:
        self.units = {unit.pk: unit for unit in access.kept_units(actor).select_related("parent", "college")}
        self.roots = [u for u in self.units.values() if u.kind in {UnitKind.COLLEGE, UnitKind.PROVINCE}]
        self.named: dict[str, list[Unit]] = {}
        for unit in self.units.values():
            self.name(unit)

    def name(self, unit: Unit) -> None:
        """Let the unit be found."""
        self.units[unit.pk] = unit
        for name in {unit.name, unit.short_name, *self._paths(unit)} - {""}:
            self.named.setdefault(name, []).append(unit)

    def _paths(self, unit: Unit) -> Iterable[str]:
        names: list[str] = []
        above: Unit | None = unit
        while above is not None:
            names.insert(0, above.name)
            yield "/".join(names)
            above = self.units.get(above.parent_id or 0)

    def find(self, told: str, college: Unit | None = None) -> Unit:
        """The unit of this name; raises RefusedError where there is none, or more than one."""
        plain = "/".join(part.strip() for part in told.replace("／", "/").replace("\\", "/").split("/"))
        found = [unit for unit in self.named.get(plain, []) if college is None or unit.college_id == college.pk]
        if not found:
            raise RefusedError(_("没有“%(plain)s”这个单位，或者不归您管。") % {"plain": plain})
        if len(found) > 1:
            raise RefusedError(
                _("“%(plain)s”有 %(count)s 个，请从上级写起，用 / 隔开。") % {"plain": plain, "count": len(found)}
            )
        return found[0]

    def root(self, told: str) -> Unit:
        """The college or province of this name; the only one where none is named."""
        roots = [unit for unit in self.roots if not told or told in {unit.name, unit.short_name}]
        if len(roots) != 1:
            raise RefusedError(
                _("没有“%(told)s”这所学校，或者不归您管。") % {"told": told} if told else _("请写明所属的学校或省厅。")
            )
        return roots[0]

    def only(self) -> Unit:
        """The college, where the actor keeps one alone."""
        if len(self.roots) != 1:
            raise RefusedError(_("请写明上级单位。"))
        return self.roots[0]


def _people(actor: Person, filled: Filled, outcome: Outcome) -> None:
    places = _Places(actor)
    names = [row.text("username").lower() for row in filled.rows]
    known = {person.username: person for person in Person.objects.filter(username__in=names).select_related("home")}
    said: dict[str, tuple[int, dict[str, str]]] = {}
    for row in filled.rows:
        username = row.text("username").lower()
        told = {key: row.text(key) for key in _KEEPS_PERSON if key in row.values}
        try:
            if username in said and (clash := _clash(said[username][1], told)):
                filled.refuse(row, clash, _("同一个登录名，与第 %(said)s 行写的不同。") % {"said": said[username][0]})
                continue
            person = known.get(username)
            if username not in said:
                person = known[username] = _person(actor, places, row, person, outcome)
                said[username] = row.number, told
            if person is not None:
                _role(actor, places, row, person, outcome)
        except _REFUSALS as refusal:
            filled.refuse(row, None, str(refusal))


def _clash(first: Mapping[str, str], told: Mapping[str, str]) -> str | None:
    """The first column in which two rows of one person differ; a further row may leave phone and address empty."""
    return next((key for key, value in told.items() if value and value != first.get(key, "")), None)


def _person(actor: Person, places: _Places, row: Row, person: Person | None, outcome: Outcome) -> Person:
    if person is None:
        home = places.root(row.text("home"))
        person = people.add_person(
            actor, home, row.text("username"), row.text("name"), phone=row.text("phone"), email=row.text("email")
        )
        outcome.steps.append(Step(row.number, "新增人员", person.name, f"{person.username}，{home.name}"))
        return person
    if not access.kept_people(actor).filter(pk=person.pk).exists():
        raise RefusedError(_("登录名“%(username)s”已有人用，请换一个。") % {"username": person.username})
    if row.text("home") and places.root(row.text("home")).pk != person.home_id:
        raise RefusedError(
            _("%(name)s的账号属于“%(name2)s”，不能用导入改换所属。") % {"name": person.name, "name2": person.home.name}
        )
    # A column that the file has not, or a cell left empty, changes nothing.
    wanted = {key: row.text(key) or getattr(person, key) for key in _KEEPS_PERSON}
    differing = [key for key in _KEEPS_PERSON if wanted[key] != getattr(person, key)]
    if not differing:
        outcome.unchanged += 1
        return person
    headers = {column.key: column.header for column in PEOPLE.columns}
    detail = "；".join(f"{headers[key]}：{getattr(person, key) or '（空）'} → {wanted[key]}" for key in differing)
    changed = people.change_person(actor, person, wanted["name"], phone=wanted["phone"], email=wanted["email"])
    outcome.steps.append(Step(row.number, "修改人员", changed.name, detail))
    return changed


def _role(actor: Person, places: _Places, row: Row, person: Person, outcome: Outcome) -> None:
    name, told = row.text("role"), row.text("unit")
    if not name and not told:
        return
    if not name or not told:
        raise RefusedError(_("角色和角色所在单位要么都填，要么都不填。"))
    unit = places.find(told, person.home if person.home.kind == UnitKind.COLLEGE else None)
    since, until = (value if isinstance(value := row.values.get(key), date) else None for key in ("since", "until"))
    had = Role.objects.filter(person=person, unit=unit, name=name, lent_by=None).first()
    if had and (had.since, had.until) == (since, until):
        return
    role = organisation.give_role(actor, person, unit, name, since=since, until=until)
    days = f"{since or '即日'} 至 {until or '长期'}"
    outcome.steps.append(Step(row.number, "修改角色" if had else "授予角色", person.name, f"{role}，{days}"))


def _units(actor: Person, filled: Filled, outcome: Outcome) -> None:
    places = _Places(actor)
    waiting, refused = list(filled.rows), dict[int, str]()
    while waiting:
        later: list[Row] = []
        for row in waiting:
            try:
                parent = places.find(row.text("parent")) if row.text("parent") else places.only()
                _unit(actor, places, row, parent, outcome)
            except _REFUSALS as refusal:
                refused[row.number] = str(refusal)
                later.append(row)
        if len(later) == len(waiting):  # nobody's parent has come: what is left is refused for good
            for row in later:
                filled.refuse(row, None, refused[row.number])
            return
        waiting = later


def _unit(actor: Person, places: _Places, row: Row, parent: Unit, outcome: Outcome) -> None:
    kind, name = row.text("kind"), row.text("name")
    had = Unit.objects.filter(parent=parent, name=name).first()
    if had is None:
        unit = organisation.add_unit(
            actor, parent, kind, name, short_name=row.text("short_name"), code=row.text("code")
        )
        outcome.steps.append(Step(row.number, "新增单位", name, f"{unit.get_kind_display()}，上级：{parent.name}"))
        places.name(unit)
        return
    if had.kind != kind:
        raise RefusedError(
            _("“%(name)s”现在是%(kind)s，不能用导入改类别。") % {"name": name, "kind": had.get_kind_display()}
        )
    short_name, code = row.text("short_name") or had.short_name, row.text("code") or had.code
    if (short_name, code) == (had.short_name, had.code):
        outcome.unchanged += 1
        return
    detail = f"简称：{had.short_name or '（空）'} → {short_name or '（空）'}；代码：{had.code or '（空）'} → {code or '（空）'}"
    organisation.rename_unit(actor, had, name, short_name=short_name, code=code)
    outcome.steps.append(Step(row.number, "修改单位", name, detail))
