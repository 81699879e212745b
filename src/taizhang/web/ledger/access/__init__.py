"""Who sees what, and who may do what. Every page begins with a queryset from here; what is not in it is a 404.

- 填报人 sees and fills the items of their unit and the units below it.
- 负责人 sees the same, and approves; of a 建设组, the items whose task that team looks after.
- 双高办 sees all of the college, approves for the school and locks.
- 管理员 keeps people and units, and sees the history; not the contents of items.
- 专家 sees the locked items, and the evidence cited in them, of the rounds given to them.
- 省厅 sees the locked items of the colleges below it, and gives them to experts.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.building import (
    may_build,
    may_keep_report,
    may_remark,
    visible_built_reports,
    visible_snapshots,
)
from taizhang.web.ledger.access.checked import may_exempt, may_treat, visible_findings, visible_reports
from taizhang.web.ledger.access.connectors import may_connect, visible_connectors, visible_pulls
from taizhang.web.ledger.access.figures import figured_indicators, surveyed_programmes
from taizhang.web.ledger.access.records import (
    held_records,
    locked_below,
    may_cite_for,
    may_confirm,
    may_keep_records,
    may_record,
    record_units,
    recorded_evidence,
    to_confirm,
    visible_partners,
    visible_places,
    visible_records,
)
from taizhang.web.ledger.access.standing import ABOVE, LEAD, OFFICE, WORKERS, Standing, Whoever, on_behalf, standing
from taizhang.web.ledger.access.standing import of_units as _of_units
from taizhang.web.ledger.access.standing import under as _under
from taizhang.web.ledger.access.watching import (
    may_close,
    may_handle,
    may_watch,
    visible_forewarnings,
    visible_gaugings,
    visible_messengers,
    visible_subjects,
)
from taizhang.web.ledger.models import (
    Assignment,
    Change,
    Citation,
    Entry,
    Evidence,
    Indicator,
    Inquiry,
    Judgement,
    Person,
    Point,
    Programme,
    Role,
    RoleName,
    Round,
    Sample,
    Stage,
    Task,
    Unit,
)

# What stands in modules of its own and is asked for here, with all the rest below.
__all__ = [
    "ABOVE",
    "LEAD",
    "OFFICE",
    "WORKERS",
    "Standing",
    "Whoever",
    "figured_indicators",
    "held_records",
    "may_build",
    "may_cite_for",
    "may_close",
    "may_confirm",
    "may_connect",
    "may_exempt",
    "may_handle",
    "may_keep_records",
    "may_keep_report",
    "may_record",
    "may_remark",
    "may_treat",
    "may_watch",
    "on_behalf",
    "record_units",
    "standing",
    "surveyed_programmes",
    "to_confirm",
    "visible_built_reports",
    "visible_connectors",
    "visible_findings",
    "visible_forewarnings",
    "visible_gaugings",
    "visible_messengers",
    "visible_partners",
    "visible_places",
    "visible_pulls",
    "visible_records",
    "visible_reports",
    "visible_snapshots",
    "visible_subjects",
]


def visible_units(person: Whoever) -> QuerySet[Unit]:
    """The units of the person's own college or province, to choose from; what is in them is another question."""
    own = standing(person)
    colleges = {role.unit.college_id for role in own.roles if role.unit.college_id}
    return Unit.objects.filter(
        Q(college__in=colleges)
        | _under(own.units(RoleName.PROVINCE), "path")
        | Q(pk__in=[r.unit_id for r in own.roles])
    )


def kept_units(person: Whoever) -> QuerySet[Unit]:
    """The units that the person may add to, rename and close."""
    return Unit.objects.filter(_under(standing(person).units(RoleName.ADMIN), "path"))


def kept_people(person: Whoever) -> QuerySet[Person]:
    """The people whose accounts the person keeps."""
    return Person.objects.filter(_under(standing(person).units(RoleName.ADMIN), "home__path"))


def colleagues(person: Whoever) -> QuerySet[Person]:
    """The people of the person's own college: to be named as responsible, to be lent a role, to be given a finding."""
    homes = [unit.pk for unit in _colleges(person)]
    return Person.objects.filter(home__in=homes, is_active=True)


def _colleges(person: Whoever) -> list[Unit]:
    return list(
        {role.unit.college_id: role.unit.college for role in standing(person).roles if role.unit.college}.values()
    )


def colleges_of_work(person: Whoever) -> list[int]:
    """The colleges that the person works in, by id; judging from outside or above is not working in."""
    return _colleges_of_work(standing(person))


def visible_programmes(person: Whoever) -> QuerySet[Programme]:
    """Of the own college, or below the province, or of a round given to judge."""
    own = standing(person)
    colleges = [role.unit.college_id for role in own.roles if role.name not in {RoleName.EXPERT, RoleName.PROVINCE}]
    return Programme.objects.filter(
        Q(college__in=[pk for pk in colleges if pk])
        | _under(own.units(RoleName.PROVINCE), "college__path")
        | Q(pk__in=_given(own).values("round__programme"))
    )


def _given(own: Standing) -> QuerySet[Assignment]:
    """What an expert may judge today."""
    if not own.holds(RoleName.EXPERT):
        return Assignment.objects.none()
    return Assignment.objects.filter(Q(until=None) | Q(until__gte=own.day), expert=own.person, ended_at=None)


def visible_tasks(person: Whoever) -> QuerySet[Task]:
    """All tasks of visible programmes for the office and above; of others those that have something of theirs."""
    own = standing(person)
    mine = _under(own.units(*WORKERS), "unit__path") | _under(own.units(RoleName.LEAD), "team__path")
    points = visible_points(person).values("task")
    indicators = visible_indicators(person).values("task")
    return Task.objects.filter(
        _of_office(own, "programme__college__path") | mine | Q(pk__in=points) | Q(pk__in=indicators)
    )


def _of_office(own: Standing, path: str) -> Q:
    return _under(own.units(RoleName.OFFICE, RoleName.PROVINCE), path)


def visible_points(person: Whoever) -> QuerySet[Point]:
    """Task points of the own units and teams; all of the college for the office; of an expert, those to judge."""
    own = standing(person)
    return Point.objects.filter(_planned(own) | Q(pk__in=_judged(own).values("point")))


def visible_indicators(person: Whoever) -> QuerySet[Indicator]:
    """As `visible_points`."""
    own = standing(person)
    return Indicator.objects.filter(_planned(own) | Q(pk__in=_judged(own).values("indicator")))


def _planned(own: Standing) -> Q:
    programmes = Programme.objects.filter(_of_office(own, "college__path")).order_by()
    tasks = Task.objects.filter(_of_units(own.units(RoleName.LEAD), "team")).order_by()
    return (
        Q(programme__in=programmes.values("pk"))
        | _of_units(own.units(*WORKERS), "unit")
        | Q(task__in=tasks.values("pk"))
    )


def _judges(own: Standing) -> bool:
    return own.holds(RoleName.EXPERT)


def _judged(own: Standing) -> QuerySet[Entry]:
    """The locked items that an expert was given."""
    return Entry.objects.filter(stage=Stage.LOCKED, round__in=_given(own).values("round"))


def visible_rounds(person: Whoever) -> QuerySet[Round]:
    """The rounds of visible programmes; of an expert, those given."""
    own = standing(person)
    return Round.objects.filter(
        Q(programme__in=visible_programmes(person).filter(college__in=_colleges_of_work(own)))
        | _under(own.units(RoleName.PROVINCE), "programme__college__path")
        | Q(pk__in=_given(own).values("round"))
    )


def _colleges_of_work(own: Standing) -> list[int]:
    return [
        role.unit.college_id
        for role in own.roles
        if role.unit.college_id and role.name not in {RoleName.EXPERT, RoleName.PROVINCE}
    ]


def visible_entries(person: Whoever) -> QuerySet[Entry]:
    """What the people of the college may read of what was filled in, with its drafts, reasons and history.

    Experts and the province begin with `assessed_entries` and have pages of their own, which show none of that.
    """
    own = standing(person)
    rows = (
        _of_colleges(own.units(RoleName.OFFICE))
        | _of_units(own.units(*WORKERS), "unit")
        | _of_units(own.units(RoleName.LEAD), "team")
    )
    return Entry.objects.filter(rows)


def _of_colleges(units: Iterable[Unit]) -> Q:
    """Items of the rounds of colleges that are these units or lie below them, told without a join."""
    return Q(round__in=Round.objects.filter(_under(units, "programme__college__path")).order_by().values("pk"))


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
        held |= _of_units(above, "college")
    if within or led:
        entries = Entry.objects.filter(_of_units(within, "unit") | _of_units(led, "team"))
        held |= _of_units(within, "unit") | Q(pk__in=_cited(entries).values("evidence"))
        held |= Q(pk__in=recorded_evidence(_of_units(within, "unit")))
    return held


def _outside(units: Iterable[Unit], offices: Iterable[Unit]) -> list[Unit]:
    """The units that do not lie within what an office sees anyway."""
    colleges = [each.path for each in offices if each.college_id in {None, each.pk}]
    return [unit for unit in units if not any(unit.path.startswith(path) for path in colleges)]


def _cited(entries: QuerySet[Entry]) -> QuerySet[Citation]:
    """What stands cited in the items."""
    return Citation.objects.filter(withdrawn_at=None, entry__in=entries.values("pk")).order_by()


def visible_evidence(person: Whoever) -> QuerySet[Evidence]:
    """What the college's people hold; for experts and the province what locked items cite, and answers to experts."""
    own = standing(person)
    return Evidence.objects.filter(_held(own) | _assessed(own))


def _assessed(own: Standing) -> Q:
    if not own.holds(RoleName.PROVINCE, RoleName.EXPERT):
        return Q(pk__in=())
    assessed = Q(pk__in=_cited(assessed_entries(own.person)).values("evidence"))
    assessed |= Q(pk__in=recorded_evidence(locked_below(own)))
    if _judges(own):  # what was sent in answer to their own questions, while the round is theirs to judge
        asked = Inquiry.objects.filter(expert=own.person, entry__in=_judged(own).values("pk"), evidence__isnull=False)
        assessed |= Q(pk__in=asked.order_by().values("evidence"))
    return assessed


def evidence_units(person: Whoever) -> QuerySet[Unit]:
    """The units that the person may upload evidence for: the own ones; all of the college for the office."""
    own = standing(person)
    return Unit.objects.filter(_under(own.units(*WORKERS, RoleName.OFFICE), "path"), is_active=True)


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


def assessed_entries(person: Whoever) -> QuerySet[Entry]:
    """What may be assessed: the locked items of the rounds given to an expert, or of the colleges below the province.

    The pages of the assessors begin here and never with `visible_entries`, which is of the college's own people.
    """
    own = standing(person)
    below = _of_colleges(own.units(RoleName.PROVINCE)) & Q(stage=Stage.LOCKED)
    return Entry.objects.filter(below | Q(pk__in=_judged(own).values("pk")))


def assessed_rounds(person: Whoever) -> QuerySet[Round]:
    """The rounds given to an expert, and those of the colleges below the province."""
    own = standing(person)
    return Round.objects.filter(
        _under(own.units(RoleName.PROVINCE), "programme__college__path") | Q(pk__in=_given(own).values("round"))
    )


def rounds_below(person: Whoever) -> QuerySet[Round]:
    """The rounds of the colleges below the province, to be looked at side by side."""
    return Round.objects.filter(_under(standing(person).units(RoleName.PROVINCE), "programme__college__path"))


def given_rounds(person: Whoever) -> QuerySet[Round]:
    """The rounds that the person may give to experts."""
    own = standing(person)
    return Round.objects.filter(_under(own.units(RoleName.PROVINCE, RoleName.OFFICE), "programme__college__path"))


def assessed_evidence(person: Whoever) -> QuerySet[Evidence]:
    """What the items to assess cite, and what was sent in answer to the person's own questions."""
    return Evidence.objects.filter(_assessed(standing(person)))


def visible_judgements(person: Whoever) -> QuerySet[Judgement]:
    """An expert's own; of the province, those on items of the colleges below it. A college sees none."""
    own = standing(person)
    rows = _under(own.units(RoleName.PROVINCE), "entry__round__programme__college__path")
    return Judgement.objects.filter(rows | Q(expert=own.person.pk, entry__in=_judged(own).values("pk")))


def visible_inquiries(person: Whoever) -> QuerySet[Inquiry]:
    """An expert's own, those of the colleges below the province, and those that the person answers."""
    own = standing(person)
    rows = _to_answer(own) | _under(own.units(RoleName.PROVINCE), "entry__round__programme__college__path")
    return Inquiry.objects.filter(rows | Q(expert=own.person.pk, entry__in=_judged(own).values("pk")))


def inquiries_to_answer(person: Whoever) -> QuerySet[Inquiry]:
    """What experts asked about items of the own units; of the whole college for its office."""
    return Inquiry.objects.filter(_to_answer(standing(person)))


def _to_answer(own: Standing) -> Q:
    office = _under(own.units(RoleName.OFFICE), "entry__round__programme__college__path")
    return office | _under(own.units(*WORKERS), "entry__unit__path")


def visible_assignments(person: Whoever) -> QuerySet[Assignment]:
    """An expert's own that still hold; of who gives rounds to experts, those of the rounds they may give."""
    own = standing(person)
    given = _under(own.units(RoleName.OFFICE, RoleName.PROVINCE), "round__programme__college__path")
    return Assignment.objects.filter(given | Q(pk__in=_given(own).values("pk")))


def visible_samples(person: Whoever) -> QuerySet[Sample]:
    """Samples of rounds that the person assesses or gives to experts, drawn by people of the same house.

    What the province's experts drew, the college does not learn before they come.
    """
    own = standing(person)
    rounds = _under(own.units(RoleName.OFFICE, RoleName.PROVINCE), "round__programme__college__path")
    mine = rounds | Q(round__in=_given(own).values("round"))
    return Sample.objects.filter(mine, drawn_by__home=own.person.home_id)


def visible_changes(person: Whoever) -> QuerySet[Change]:
    """The whole history of a college is for its office and its administrators; an item's own is on the item."""
    return Change.objects.filter(keeps_history(person, "college__path"))


def keeps_history(person: Whoever, path: str) -> Q:
    """Rows of the colleges whose whole history the person may see, reached by the path of a unit."""
    return _under(standing(person).units(RoleName.OFFICE, RoleName.ADMIN), path)


def may_fill(person: Whoever, entry: Entry) -> bool:
    """Whether the person may type into the item at this stage."""
    own = standing(person)
    return (
        entry.is_editable
        and entry.round.is_open
        and (own.reaches(entry.unit, RoleName.REPORTER, RoleName.LEAD) or may_manage(person, entry.round.programme))
    )


def may_approve(person: Whoever, entry: Entry) -> bool:
    """Whether the next approval is the person's to give: department, then team if there is one, then school."""
    if not entry.round.is_open:
        return False
    own = standing(person)
    if entry.stage == Stage.SUBMITTED:
        return own.reaches(entry.unit, RoleName.LEAD)
    if entry.stage == Stage.DEPARTMENT and entry.team is not None:
        return own.reaches(entry.team, RoleName.LEAD)
    if entry.stage in {Stage.DEPARTMENT, Stage.TEAM}:
        return may_manage(person, entry.round.programme)
    return False


def may_return(person: Whoever, entry: Entry) -> bool:
    """Who may give the next approval may refuse it; the office may also take back what it approved, before it locks."""
    if may_approve(person, entry):
        return True
    return entry.round.is_open and entry.stage == Stage.APPROVED and may_manage(person, entry.round.programme)


def may_manage(person: Whoever, programme: Programme) -> bool:
    """Whether the person keeps the plan, opens rounds, approves for the school and locks: the office."""
    return standing(person).reaches(programme.college, RoleName.OFFICE)


def may_judge(person: Whoever, entry: Entry) -> bool:
    """Whether the item was given to this expert."""
    return _judged(standing(person)).filter(pk=entry.pk).exists()


def may_assign(person: Whoever, round_: Round) -> bool:
    """Whether the person gives this round to experts: the province above, or the college's office (own reviewers)."""
    own = standing(person)
    return own.reaches(round_.programme.college, RoleName.PROVINCE, RoleName.OFFICE)


def may_answer(person: Whoever, inquiry: Inquiry) -> bool:
    """Whether the person answers an expert for the college: the item's unit, or the office."""
    own = standing(person)
    return own.reaches(inquiry.entry.unit, *WORKERS) or may_manage(person, inquiry.entry.round.programme)


def may_draw(person: Whoever, round_: Round) -> bool:
    """Whether the person draws a sample of the round: its experts, and who gives it to them."""
    return _given(standing(person)).filter(round=round_).exists() or may_assign(person, round_)


def experts_for(person: Whoever, round_: Round) -> QuerySet[Person]:
    """The experts whom the person may give the round to: their own house's who are experts for the college."""
    college = round_.programme.college
    above = [int(part) for part in college.path.split("/") if part]
    today = standing(person).day
    roles = Role.objects.filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today),
        Q(unit__in=above) | Q(unit__path__startswith=college.path), name=RoleName.EXPERT,
    )  # fmt: skip
    return Person.objects.filter(
        pk__in=roles.values("person"),
        is_active=True,
        home__in=standing(person).units(RoleName.PROVINCE, RoleName.OFFICE),
    )
