"""委托: a role is lent to a colleague from a day to a day, and taken back by either of the two."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Person, Role, RoleName
from taizhang.web.ledger.workflow.desk import tell
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError

# An expert was chosen in person, an administrator answers in person, the province does not lend itself out.
LENDABLE = (RoleName.REPORTER, RoleName.LEAD, RoleName.OFFICE)
_LONGEST = timedelta(days=366)


def lendable(person: Person) -> list[Role]:
    """The roles that the person may lend today: their own, not those lent to them."""
    return [role for role in access.standing(person).roles if role.lent_by_id is None and role.name in LENDABLE]


def lend(person: Person, role: Role, to: Person, since: date, until: date) -> Role:
    """Let a colleague act in one's own role; told to them, and in the history under both names."""
    if role not in lendable(person):
        raise NotAllowedError(_("只能委托自己现有的角色。"))
    if to.pk == person.pk or not access.colleagues(person).filter(pk=to.pk).exists():
        raise RefusedError(_("只能委托给本校在用的同事。"))
    if since > until:
        raise RefusedError(_("开始日期晚于截止日期。"))
    if until < timezone.localdate():
        raise RefusedError(_("截止日期已经过去。"))
    if until - since > _LONGEST:
        raise RefusedError(_("一次委托最长一年。"))
    if to.roles.filter(unit=role.unit, name=role.name, lent_by=None).exists():
        raise RefusedError(_("%(name)s自己就是“%(role)s”，不用委托。") % {"name": to.name, "role": role})
    with transaction.atomic():
        lent, _new = Role.objects.update_or_create(
            person=to, unit=role.unit, name=role.name, lent_by=person, defaults={"since": since, "until": until}
        )
        said = {
            "role": history.in_chinese(role),
            "borrower": to.name,
            "since": since.isoformat(),
            "until": until.isoformat(),
        }
        history.record(role.unit.college or role.unit, person, "lend", lent, after=said)
        tell(to, f"{person.name}把“{role}”委托给您，{since:%Y-%m-%d} 至 {until:%Y-%m-%d}。", "/me/")
        return lent


def revoke(person: Person, lent: Role) -> None:
    """End it at once: by the lender, by the borrower, or by the unit's administrator."""
    both = {lent.lent_by_id, lent.person_id} - {None}
    if lent.lent_by is None or (
        person.pk not in both and not access.standing(person).reaches(lent.unit, RoleName.ADMIN)
    ):
        raise NotAllowedError(_("这项委托不由您收回。"))
    with transaction.atomic():
        said = {"role": history.in_chinese(lent), "borrower": lent.person.name}
        history.record(lent.unit.college or lent.unit, person, "revoke", lent, before=said)
        other = lent.person if person.pk != lent.person_id else lent.lent_by
        tell(other, f"“{lent}”的委托已由{person.name}收回。", "/me/")
        lent.delete()
