"""Which families of rules stop which step: the office's choice for a programme."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.judging import FAMILIES
from taizhang.web.ledger.models import Person, Programme
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError

STEPS = ("submit", "approve", "lock")
STRENGTHS = ("", "error", "warning")  # nothing stops; errors do; doubts do too


def set_blocking(person: Person, programme: Programme, chosen: Mapping[tuple[str, str], str]) -> Programme:
    """Keep how strongly each family stops each step, `{(step, family): strength}`."""
    for (step, family), strength in chosen.items():
        if step not in STEPS or family not in FAMILIES or strength not in STRENGTHS:
            raise RefusedError(_("没有这样的规定，请刷新后再选。"))
    with transaction.atomic():
        row = Programme.objects.select_for_update(of=("self",)).select_related("college").get(pk=programme.pk)
        if not access.may_manage(person, row):
            raise NotAllowedError(_("只有双高办能规定哪些问题拦下哪一步。"))
        before = {"blocking": row.blocking}
        row.blocking = {
            step: [family if strength == "error" else f"{family}:warning" for family, strength in families if strength]
            for step in STEPS
            for families in [[(family, chosen.get((step, family), "")) for family in FAMILIES]]
        }
        if row.blocking != before["blocking"]:
            row.save(update_fields=["blocking"])
            history.record(row.college, person, "change", row, before=before, after={"blocking": row.blocking})
        return row


def strength(programme: Programme, step: str, family: str) -> str:
    """How strongly a family stops a step now."""
    kept = programme.blocking.get(step, ())
    if f"{family}:warning" in kept:
        return "warning"
    return "error" if family in kept else ""
