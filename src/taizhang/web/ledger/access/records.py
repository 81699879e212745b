"""Who sees which records, and who may do what with them."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from taizhang.web.ledger.access.standing import (
    ABOVE,
    LEAD,
    OFFICE,
    WORKERS,
    Standing,
    Whoever,
    of_units,
    standing,
    under,
)
from taizhang.web.ledger.models import Partner, Place, Record, RecordCitation, Stage, Unit, UnitKind


def visible_records(person: Whoever) -> QuerySet[Record]:
    """Records of the own units and the units below them; all of the college for the office.

    The province sees what the colleges below it have locked; an expert sees none: the items to judge cite their evidence.
    """
    own = standing(person)
    return Record.objects.filter(_recorded(own) | locked_below(own), withdrawn_at=None)


def held_records(person: Whoever) -> QuerySet[Record]:
    """As `visible_records`, of the college's own people: withdrawn ones too, and with all that became of them."""
    return Record.objects.filter(_recorded(standing(person)))


def _recorded(own: Standing) -> Q:
    colleges = _of_colleges_themselves(own.units(OFFICE))
    mine = [unit for unit in own.units(*WORKERS) if not own.reaches(unit, OFFICE)]
    if not mine:
        return colleges
    units = list(Unit.objects.filter(under(mine, "path")).order_by().values_list("pk", flat=True))
    return colleges | _one_or_several("unit", units)


def _one_or_several(field: str, keys: list[int]) -> Q:
    """Of one unit alone the index gives the newest without sorting all that the unit has."""
    return Q(**{field: keys[0]}) if len(keys) == 1 else Q(**{f"{field}__in": keys})


def locked_below(own: Standing) -> Q:
    """The records that the colleges below the province have locked."""
    return of_colleges_below(own) & Q(stage=Stage.LOCKED)


def of_colleges_below(own: Standing) -> Q:
    """Rows of the colleges below the province."""
    return _of_colleges_themselves(own.units(ABOVE))


def recorded_evidence(records: Q) -> Q:
    """Evidence that these records cite, asked of each piece: a list of all that is cited may be a million long."""
    rows = Record.objects.filter(records, pk=OuterRef("record"), withdrawn_at=None).order_by()
    cited = RecordCitation.objects.filter(evidence=OuterRef("pk"), withdrawn_at=None).order_by()
    return Q(Exists(cited.filter(Exists(rows))))


def _of_colleges_themselves(units: Collection[Unit]) -> Q:
    """Rows of the colleges that are these units or lie below them; a college itself needs no question."""
    colleges = [unit.pk for unit in units if unit.kind == UnitKind.COLLEGE]
    above = [unit for unit in units if unit.kind == UnitKind.PROVINCE]
    if above:
        below = Unit.objects.filter(under(above, "path"), kind=UnitKind.COLLEGE).order_by()
        colleges += below.values_list("pk", flat=True)
    return _one_or_several("college", colleges)


def visible_partners(person: Whoever) -> QuerySet[Partner]:
    """The partners of the colleges that the person works in, merged ones too."""
    return Partner.objects.filter(college__in=_workplaces(standing(person)))


def visible_places(person: Whoever) -> QuerySet[Place]:
    """The places, likewise."""
    return Place.objects.filter(college__in=_workplaces(standing(person)))


def _workplaces(own: Standing) -> list[int]:
    return [unit.college_id for unit in own.units(*WORKERS, OFFICE) if unit.college_id]


def to_confirm(person: Whoever) -> Q:
    """Records whose next confirmation is this person's to give: as `may_confirm` says of one, for a list."""
    own = standing(person)
    colleges = [unit.college_id for unit in own.units(OFFICE) if unit.college_id]
    led = Q(stage=Stage.SUBMITTED) & of_units(own.units(LEAD), "unit")
    return led | Q(stage=Stage.DEPARTMENT, college__in=colleges)


def record_units(person: Whoever) -> QuerySet[Unit]:
    """The units that the person may enter records for: the own ones; all of the college for the office."""
    own = standing(person)
    return Unit.objects.filter(under(own.units(*WORKERS, OFFICE), "path"), is_active=True)


def may_record(person: Whoever, record: Record) -> bool:
    """Whether the person may type into the record at this stage."""
    return record.is_editable and standing(person).reaches(record.unit, *WORKERS, OFFICE)


def may_confirm(person: Whoever, record: Record) -> bool:
    """Whether the next confirmation is the person's to give: the lead's of the unit, then the office's."""
    if record.withdrawn_at is not None:
        return False
    if record.stage == Stage.SUBMITTED:
        return standing(person).reaches(record.unit, LEAD)
    return record.stage == Stage.DEPARTMENT and may_keep_records(person, record.college)


def may_cite_for(person: Whoever, record: Record) -> bool:
    """Whether the person adds and removes evidence of the record: who fills it, who confirms it first, and the office."""
    if record.stage == Stage.LOCKED or record.withdrawn_at is not None:
        return False
    return (
        may_record(person, record)
        or (record.stage == Stage.SUBMITTED and standing(person).reaches(record.unit, LEAD))
        or may_keep_records(person, record.college)
    )


def may_keep_records(person: Whoever, college: Unit) -> bool:
    """Whether the person confirms and locks for the college, and keeps its registers and kinds: the office."""
    return standing(person).reaches(college, OFFICE)
