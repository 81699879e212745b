"""What stands beside the computed score of a round: 管理与执行, what fails a college at once, and suppositions."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.core.attainment import plain
from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Appraisal, Entry, Person, Round, Supposition
from taizhang.web.ledger.scores import scheme_of, tiers_of
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError, StaleError

FIELDS = ("management", "fails")
_LONGEST_NAME, _MOST = 60, Decimal(100)


def keep(
    person: Person, round_: Round, version: int, management: Mapping[str, Decimal], fails: Mapping[str, str]
) -> Appraisal:
    """Keep what the college itself says of the round; the projected grade goes by it from then on."""
    _manages(person, round_)
    scheme, _borrowed = scheme_of(round_.programme)
    strange = [name for name in management if name not in tiers_of(round_)]
    if strange or any(not 0 <= score <= _MOST for score in management.values()):
        raise RefusedError(_("“管理与执行”得分应在 0 到 100 之间，按评价层面填写。"))
    if any(each not in scheme.fails for each in fails):
        raise RefusedError(_("评分办法里没有这种一票否决情形，请刷新后再选。"))
    with transaction.atomic():
        Round.objects.select_for_update(no_key=True).get(pk=round_.pk)
        row = Appraisal.objects.filter(round=round_).first() or Appraisal(round=round_, version=0)
        if row.version != version:
            raise StaleError(_("评分补充刚刚被改过，请看过新内容再改。"), row, {})
        before = history.written(row, *FIELDS) if row.pk else None
        row.management = {name: plain(score) for name, score in management.items()}
        row.fails = {each: note.strip()[:300] for each, note in fails.items()}
        row.version += 1
        row.kept_at, row.kept_by = timezone.now(), person
        row.save()
        verb = "add" if before is None else "change"
        history.record(round_.programme.college, person, verb, row, before=before, after=history.written(row, *FIELDS))
    return row


def suppose(person: Person, round_: Round, name: str, supposed: Mapping[int, Decimal | None]) -> Supposition:
    """Keep under a name what would be if these items had these values; None for the target of the item."""
    _manages(person, round_)
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise RefusedError(_("请给这个假设起个名字（最多 %(most)s 字）。") % {"most": _LONGEST_NAME})
    known = Entry.objects.filter(round=round_, indicator__isnull=False, pk__in=supposed).select_related("indicator")
    named = {row.pk: str(row.indicator) for row in known}
    if not supposed or named.keys() != supposed.keys():
        raise RefusedError(_("请先假设至少一个指标达到目标或是多少。"))
    reached = sorted(key for key, value in supposed.items() if value is None)
    values = {str(key): plain(value) for key, value in sorted(supposed.items()) if value is not None}
    try:
        with transaction.atomic():
            row = Supposition.objects.create(
                round=round_, name=name, entries=reached, values=values, made_at=timezone.now(), made_by=person
            )
            history.record(round_.programme.college, person, "add", row, after=_told(row, named))
    except IntegrityError as error:
        raise RefusedError(_("已经有名为“%(name)s”的假设。") % {"name": name}) from error
    return row


def forget(person: Person, supposition: Supposition) -> None:
    """Take a supposition away; it changes no value."""
    _manages(person, supposition.round)
    rows = Entry.objects.filter(round=supposition.round, indicator__isnull=False).select_related("indicator")
    named = {row.pk: str(row.indicator) for row in rows}
    with transaction.atomic():
        college = supposition.round.programme.college
        history.record(college, person, "drop", supposition, before=_told(supposition, named))
        supposition.delete()


def _told(row: Supposition, named: Mapping[int, str]) -> dict[str, Any]:
    """As the history keeps it: items by their names, for their keys tell a reader nothing."""
    return {
        "name": row.name,
        "entries": [named.get(key, str(key)) for key in row.entries],
        "values": {named.get(int(key), key): value for key, value in row.values.items()},
    }


def _manages(person: Person, round_: Round) -> None:
    if not access.may_manage(person, round_.programme):
        raise NotAllowedError(_("只有双高办能改评分补充。"))
