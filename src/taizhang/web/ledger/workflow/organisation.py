"""Keeping the organisation: units are added, renamed, moved, closed; roles are given, limited, taken."""

from datetime import date

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Indicator, Person, Point, Role, RoleName, Task, Unit, UnitKind
from taizhang.web.ledger.ordering import sort_key
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

_PARTS = (UnitKind.DEPARTMENT, UnitKind.TEAM, UnitKind.GROUP)
# What may stand under what.
UNDER: dict[str, tuple[UnitKind, ...]] = {
    UnitKind.PROVINCE: (UnitKind.COLLEGE,),
    UnitKind.COLLEGE: _PARTS,
    UnitKind.DEPARTMENT: (UnitKind.DEPARTMENT, UnitKind.SPECIALTY),
    UnitKind.TEAM: (UnitKind.TEAM,),
    UnitKind.GROUP: (UnitKind.SPECIALTY,),
    UnitKind.SPECIALTY: (),
}
# In which kinds of unit a role makes sense; 填报人 and 负责人 in any below a province.
ROLES: dict[str, tuple[RoleName, ...]] = {
    UnitKind.PROVINCE: (RoleName.PROVINCE, RoleName.EXPERT, RoleName.ADMIN),
    UnitKind.COLLEGE: (RoleName.OFFICE, RoleName.LEAD, RoleName.REPORTER, RoleName.EXPERT, RoleName.ADMIN),
}
_WORK = (RoleName.REPORTER, RoleName.LEAD)
_FIELDS = ("name", "short_name", "kind", "code", "parent_id", "is_active")


def roles_for(unit: Unit) -> tuple[RoleName, ...]:
    """The roles that may be given in a unit."""
    return ROLES.get(unit.kind, _WORK)


def add_unit(actor: Person, parent: Unit, kind: str, name: str, *, short_name: str = "", code: str = "") -> Unit:
    """A new unit under another; a college is added by the administrator of its province."""
    _keeps(actor, parent)
    if kind not in UNDER.get(parent.kind, ()):
        label = dict(UnitKind.choices).get(kind, kind)
        raise RefusedError(
            _("%(kind)s“%(name)s”下面不能设%(label)s。")
            % {"kind": parent.get_kind_display(), "name": parent.name, "label": label}
        )
    if not parent.is_active:
        raise OutOfOrderError(_("“%(name)s”已停用，不能再设下级单位。") % {"name": parent.name})
    with transaction.atomic():
        unit = Unit(kind=kind, parent=parent, college=parent.college)
        _named(unit, name, short_name, code)
        unit.save()
        if kind == UnitKind.COLLEGE:
            unit.college = unit
        unit.path = f"{parent.path}{unit.pk}/"
        unit.save(update_fields=["college", "path"])
        history.record(_chain(unit), actor, "add", unit, after=history.written(unit, *_FIELDS))
        return unit


def rename_unit(actor: Person, unit: Unit, name: str, *, short_name: str = "", code: str = "") -> Unit:
    """Another name, short name or code; what was reported keeps pointing here."""
    _keeps(actor, unit)
    with transaction.atomic():
        row = Unit.objects.select_for_update().get(pk=unit.pk)
        before = history.written(row, *_FIELDS)
        _named(row, name, short_name, code)
        return _kept(actor, row, "rename", before)


def move_unit(actor: Person, unit: Unit, parent: Unit) -> Unit:
    """Under another unit of the same college, with all that is below it."""
    _keeps(actor, unit)
    _keeps(actor, parent)
    if unit.kind in {UnitKind.PROVINCE, UnitKind.COLLEGE} or parent.college_id != unit.college_id:
        raise RefusedError(_("只能在本校之内调整隶属。"))
    if parent.path.startswith(unit.path):
        raise RefusedError(_("“%(name)s”不能放到自己下面。") % {"name": unit.name})
    if unit.kind not in UNDER.get(parent.kind, ()):
        raise RefusedError(
            _("%(kind)s“%(name)s”下面不能放%(kind2)s。")
            % {"kind": parent.get_kind_display(), "name": parent.name, "kind2": unit.get_kind_display()}
        )
    if not parent.is_active:
        raise OutOfOrderError(_("“%(name)s”已停用。") % {"name": parent.name})
    with transaction.atomic():
        row = Unit.objects.select_for_update().get(pk=unit.pk)
        if row.parent_id == parent.pk:
            return row
        before = history.written(row, *_FIELDS)
        old = row.path
        row.parent = parent
        _refuse_namesake(row)
        row.path = f"{parent.path}{row.pk}/"
        below = Unit.objects.filter(path__startswith=old).exclude(pk=row.pk)
        below.update(path=Concat(Value(row.path), Substr("path", len(old) + 1)))
        return _kept(actor, row, "move", before)


def close_unit(actor: Person, unit: Unit) -> Unit:
    """No longer used: what happened stays, nothing new comes. Refused while something still hangs on it."""
    _keeps(actor, unit)
    with transaction.atomic():
        row = Unit.objects.select_for_update().get(pk=unit.pk)
        if not row.is_active:
            raise OutOfOrderError(_("“%(name)s”已经停用。") % {"name": row.name})
        if row.children.filter(is_active=True).exists():
            raise RefusedError(_("“%(name)s”还有在用的下级单位，请先停用或移走它们。") % {"name": row.name})
        owed = Q(unit=row, is_dropped=False)
        points, indicators = Point.objects.filter(owed).count(), Indicator.objects.filter(owed).count()
        tasks = Task.objects.filter(Q(unit=row) | Q(team=row)).count()
        if points or indicators or tasks:
            raise RefusedError(
                _(
                    "“%(name)s”还负责 %(tasks)s 个任务、%(points)s 个任务点、%(indicators)s 个指标，请先改由别的单位负责。"
                )
                % {"name": row.name, "tasks": tasks, "points": points, "indicators": indicators}
            )
        if access.standing(actor).reaches(row, RoleName.ADMIN) and _is_last_admin(actor, row):
            raise RefusedError(_("您是这里唯一的管理员，不能停用自己管理的单位。"))
        before = history.written(row, *_FIELDS)
        row.is_active = False
        return _kept(actor, row, "close", before)


def reopen_unit(actor: Person, unit: Unit) -> Unit:
    """In use again; the roles in it hold again."""
    _keeps(actor, unit)
    with transaction.atomic():
        row = Unit.objects.select_for_update().get(pk=unit.pk)
        if row.is_active:
            raise OutOfOrderError(_("“%(name)s”在用。") % {"name": row.name})
        if row.parent is not None and not row.parent.is_active:
            raise OutOfOrderError(_("上级“%(name)s”已停用，请先重新启用它。") % {"name": row.parent.name})
        before = history.written(row, *_FIELDS)
        row.is_active = True
        return _kept(actor, row, "reopen", before)


def give_role(
    actor: Person, person: Person, unit: Unit, name: str, *, since: date | None = None, until: date | None = None
) -> Role:
    """Make the person something in a unit; given again, only its days change."""
    _keeps(actor, unit)
    if not access.kept_people(actor).filter(pk=person.pk).exists():
        raise NotAllowedError(_("%(name)s的账号不归您管。") % {"name": person.name})
    if name not in roles_for(unit):
        label = dict(RoleName.choices).get(name, name)
        raise RefusedError(
            _("%(kind)s“%(name)s”里没有“%(label)s”这个角色。")
            % {"kind": unit.get_kind_display(), "name": unit.name, "label": label}
        )
    if since and until and since > until:
        raise RefusedError(_("开始日期晚于截止日期。"))
    with transaction.atomic():
        role = Role.objects.select_for_update().filter(person=person, unit=unit, name=name, lent_by=None).first()
        before = history.written(role, "since", "until") if role else None
        if role and before == history.written(Role(since=since, until=until), "since", "until"):
            return role
        if role and until and until < timezone.localdate():
            _refuse_last_admin(actor, role)
        role = role or Role(person=person, unit=unit, name=name)
        role.since, role.until = since, until
        role.save()
        _record_role(actor, role, "give", before, history.written(role, "since", "until"))
        return role


def take_role(actor: Person, role: Role) -> None:
    """The person is this no longer; what they lent of it ends too."""
    _keeps(actor, role.unit)
    with transaction.atomic():
        _refuse_last_admin(actor, role)
        lent = Role.objects.filter(lent_by=role.person, unit=role.unit, name=role.name)
        for each in [role, *([] if role.lent_by_id else lent.select_related("unit", "person"))]:
            _record_role(actor, each, "take", history.written(each, "since", "until"), None)
            each.delete()


def _record_role(
    actor: Person, role: Role, verb: str, before: dict[str, object] | None, after: dict[str, object] | None
) -> None:
    """Roles are told on the person: it is there that one looks for them."""
    said = {"role": history.in_chinese(role)}
    history.record(
        _chain(role.unit), actor, verb, role.person,
        before={**said, **before} if before is not None else None, after={**said, **after} if after is not None else None,
    )  # fmt: skip


def _refuse_last_admin(actor: Person, role: Role) -> None:
    if role.name == RoleName.ADMIN and role.person_id == actor.pk and _is_last_admin(actor, role.unit):
        raise RefusedError(_("您是“%(name)s”唯一的管理员；请先让另一个人当管理员。") % {"name": role.unit.name})


def _is_last_admin(actor: Person, unit: Unit) -> bool:
    """Whether nobody else is an administrator of this very unit today."""
    today = timezone.localdate()
    others = Role.objects.filter(unit=unit, name=RoleName.ADMIN, lent_by=None, person__is_active=True).filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today)
    )
    own = others.filter(person=actor).exists()
    return own and not others.exclude(person=actor).exists()


def _keeps(actor: Person, unit: Unit) -> None:
    if not access.standing(actor).reaches(unit, RoleName.ADMIN):
        raise NotAllowedError(_("“%(name)s”不归您管。") % {"name": unit.name})


def _named(unit: Unit, name: str, short_name: str, code: str) -> None:
    name, short_name, code = name.strip(), short_name.strip(), code.strip()
    if not name:
        raise RefusedError(_("请填写单位名称。"))
    for field, text, most in ((_("名称"), name, 120), (_("简称"), short_name, 40), (_("代码"), code, 20)):
        if len(text) > most:
            raise RefusedError(_("%(field)s太长，最多 %(most)s 个字。") % {"field": field, "most": most})
    unit.name, unit.short_name, unit.code, unit.sort_key = name, short_name, code, sort_key(name, 255)
    _refuse_namesake(unit)


def _refuse_namesake(unit: Unit) -> None:
    if Unit.objects.filter(parent=unit.parent, name=unit.name).exclude(pk=unit.pk).exists():
        raise RefusedError(
            _("“%(value)s”下面已有“%(name)s”。") % {"value": unit.parent.name if unit.parent else "", "name": unit.name}
        )


def _kept(actor: Person, row: Unit, verb: str, before: dict[str, object]) -> Unit:
    after = history.written(row, *_FIELDS)
    if after != before:
        row.save()
        history.record(_chain(row), actor, verb, row, before=before, after=after)
    return row


def _chain(unit: Unit) -> Unit:
    """Whose history it belongs to: the college's, or above the colleges the unit's own."""
    return unit.college or unit
