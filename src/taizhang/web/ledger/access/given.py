"""What experts were given to judge today: rounds, and the locked items in them."""

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.standing import Standing
from taizhang.web.ledger.models import Assignment, Entry, RoleName, Stage


def given(own: Standing) -> QuerySet[Assignment]:
    """What an expert may judge today."""
    if not own.holds(RoleName.EXPERT):
        return Assignment.objects.none()
    return Assignment.objects.filter(Q(until=None) | Q(until__gte=own.day), expert=own.person, ended_at=None)


def judged(own: Standing) -> QuerySet[Entry]:
    """The locked items that an expert was given."""
    return Entry.objects.filter(stage=Stage.LOCKED, round__in=given(own).values("round"))
