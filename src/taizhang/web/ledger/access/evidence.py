"""Who sees which evidence, and who keeps and cites it."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from taizhang.web.ledger.access.entries import may_fill, of_colleges
from taizhang.web.ledger.access.given import judged
from taizhang.web.ledger.access.plan import may_manage
from taizhang.web.ledger.access.records import locked_below, of_colleges_below, recorded_evidence
from taizhang.web.ledger.access.standing import LEAD, WORKERS, Standing, Whoever, of_units, standing, under
from taizhang.web.ledger.models import Citation, Entry, Evidence, Inquiry, RoleName, Stage, Unit


def held_evidence(person: Whoever) -> QuerySet[Evidence]:
    """Of the own units, and what the own items cite; all of the college for the office: with its history."""
    return Evidence.objects.filter(_held(standing(person)))


def _held(own: Standing) -> Q:
    # Conditions on the row itself and no list of all ids first: of a whole college the newest are read and no more.
    # What items of the college cite belongs to the college, so its office needs no condition for that.
    offices = own.units(RoleName.OFFICE)
    within = _outside(own.units(*WORKERS), offices)
    led = _outside(own.units(LEAD), offices)
    held = Q(college__in=[unit.pk for unit in offices if unit.pk == unit.college_id])
    above = [unit for unit in offices if unit.college_id is None]
    if above:
        held |= of_units(above, "college")
    if within or led:
        mine = of_units(within, "unit")
        cited = _cited(Entry.objects.filter(mine | of_units(led, "team")))
        held |= _of_their_colleges([*within, *led]) & (mine | cited | recorded_evidence(mine))
    return held


def _of_their_colleges(units: list[Unit]) -> Q:
    """What a college's items and records cite is the college's own, so that its index gives the newest."""
    colleges = {unit.college_id for unit in units}
    return Q() if None in colleges else Q(college__in=colleges)


def _outside(units: Iterable[Unit], offices: Iterable[Unit]) -> list[Unit]:
    """The units that do not lie within what an office sees anyway."""
    colleges = [each.path for each in offices if each.college_id in {None, each.pk}]
    return [unit for unit in units if not any(unit.path.startswith(path) for path in colleges)]


def _cited(entries: QuerySet[Entry]) -> Q:
    """What stands cited in the items."""
    found = Citation.objects.filter(evidence=OuterRef("pk"), withdrawn_at=None).order_by()
    return Q(Exists(found.filter(Exists(entries.filter(pk=OuterRef("entry")).order_by()))))


def visible_evidence(person: Whoever) -> QuerySet[Evidence]:
    """What the college's people hold; for experts and the province what locked items cite, and answers to experts."""
    own = standing(person)
    return Evidence.objects.filter(_held(own) | _assessed(own))


def _assessed(own: Standing) -> Q:
    found = Q(pk__in=())
    if own.holds(RoleName.PROVINCE):
        # Theirs is much of all there is: asked of each piece on the walk, in the order of their colleges' index.
        found |= of_colleges_below(own) & (_cited(_locked(own)) | recorded_evidence(locked_below(own)))
    if own.holds(RoleName.EXPERT):
        # Theirs is little of all there is, so it is found first; and what was sent in answer to their own questions.
        mine = judged(own).order_by().values("pk")
        cited = Citation.objects.filter(entry__in=mine, withdrawn_at=None)
        asked = Inquiry.objects.filter(expert=own.person, entry__in=mine, evidence__isnull=False)
        found |= Q(pk__in=cited.order_by().values("evidence")) | Q(pk__in=asked.order_by().values("evidence"))
    return found


def _locked(own: Standing) -> QuerySet[Entry]:
    return Entry.objects.filter(of_colleges(own.units(RoleName.PROVINCE)), stage=Stage.LOCKED)


def evidence_units(person: Whoever) -> QuerySet[Unit]:
    """The units that the person may upload evidence for: the own ones; all of the college for the office."""
    own = standing(person)
    return Unit.objects.filter(under(own.units(*WORKERS, RoleName.OFFICE), "path"), is_active=True)


def may_keep(person: Whoever, evidence: Evidence) -> bool:
    """Whether the person describes and withdraws this piece: the unit that it belongs to, and the office."""
    return standing(person).reaches(evidence.unit, *WORKERS, RoleName.OFFICE)


def may_cite(person: Whoever, entry: Entry) -> bool:
    """Whether the person adds and removes evidence of the item: who fills it, who reviews it first, and the office."""
    if entry.stage == Stage.LOCKED or not entry.round.is_open:
        return False
    own = standing(person)
    return (
        may_fill(person, entry)
        or (entry.stage == Stage.SUBMITTED and own.reaches(entry.unit, LEAD))
        or may_manage(person, entry.round.programme)
    )
