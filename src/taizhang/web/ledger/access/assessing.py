"""Who assesses what: experts the rounds given to them, the province the colleges below it; and who answers them."""

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.entries import of_colleges
from taizhang.web.ledger.access.given import given, judged
from taizhang.web.ledger.access.plan import may_manage
from taizhang.web.ledger.access.standing import WORKERS, Standing, Whoever, standing, under
from taizhang.web.ledger.models import (
    Assignment,
    Entry,
    Inquiry,
    Judgement,
    Person,
    Role,
    RoleName,
    Round,
    Sample,
    Stage,
)


def assessed_entries(person: Whoever) -> QuerySet[Entry]:
    """What may be assessed: the locked items of the rounds given to an expert, or of the colleges below the province.

    The pages of the assessors begin here and never with `visible_entries`, which is of the college's own people.
    """
    own = standing(person)
    below = of_colleges(own.units(RoleName.PROVINCE)) & Q(stage=Stage.LOCKED)
    return Entry.objects.filter(below | Q(pk__in=judged(own).values("pk")))


def assessed_rounds(person: Whoever) -> QuerySet[Round]:
    """The rounds given to an expert, and those of the colleges below the province."""
    own = standing(person)
    return Round.objects.filter(
        under(own.units(RoleName.PROVINCE), "programme__college__path") | Q(pk__in=given(own).values("round"))
    )


def rounds_below(person: Whoever) -> QuerySet[Round]:
    """The rounds of the colleges below the province, to be looked at side by side."""
    return Round.objects.filter(under(standing(person).units(RoleName.PROVINCE), "programme__college__path"))


def given_rounds(person: Whoever) -> QuerySet[Round]:
    """The rounds that the person may give to experts."""
    own = standing(person)
    return Round.objects.filter(under(own.units(RoleName.PROVINCE, RoleName.OFFICE), "programme__college__path"))


def visible_judgements(person: Whoever) -> QuerySet[Judgement]:
    """An expert's own; of the province, those on items of the colleges below it. A college sees none."""
    own = standing(person)
    rows = under(own.units(RoleName.PROVINCE), "entry__round__programme__college__path")
    return Judgement.objects.filter(rows | Q(expert=own.person.pk, entry__in=judged(own).values("pk")))


def visible_inquiries(person: Whoever) -> QuerySet[Inquiry]:
    """An expert's own, those of the colleges below the province, and those that the person answers."""
    own = standing(person)
    rows = _to_answer(own) | under(own.units(RoleName.PROVINCE), "entry__round__programme__college__path")
    return Inquiry.objects.filter(rows | Q(expert=own.person.pk, entry__in=judged(own).values("pk")))


def inquiries_to_answer(person: Whoever) -> QuerySet[Inquiry]:
    """What experts asked about items of the own units; of the whole college for its office."""
    return Inquiry.objects.filter(_to_answer(standing(person)))


def _to_answer(own: Standing) -> Q:
    office = under(own.units(RoleName.OFFICE), "entry__round__programme__college__path")
    return office | under(own.units(*WORKERS), "entry__unit__path")


def visible_assignments(person: Whoever) -> QuerySet[Assignment]:
    """An expert's own that still hold; of who gives rounds to experts, those of the rounds they may give."""
    own = standing(person)
    gives = under(own.units(RoleName.OFFICE, RoleName.PROVINCE), "round__programme__college__path")
    return Assignment.objects.filter(gives | Q(pk__in=given(own).values("pk")))


def visible_samples(person: Whoever) -> QuerySet[Sample]:
    """Samples of rounds that the person assesses or gives to experts, drawn by people of the same house.

    What the province's experts drew, the college does not learn before they come.
    """
    own = standing(person)
    rounds = under(own.units(RoleName.OFFICE, RoleName.PROVINCE), "round__programme__college__path")
    mine = rounds | Q(round__in=given(own).values("round"))
    return Sample.objects.filter(mine, drawn_by__home=own.person.home_id)


def may_judge(person: Whoever, entry: Entry) -> bool:
    """Whether the item was given to this expert."""
    return judged(standing(person)).filter(pk=entry.pk).exists()


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
    return given(standing(person)).filter(round=round_).exists() or may_assign(person, round_)


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
