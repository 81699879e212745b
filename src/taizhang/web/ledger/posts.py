"""Who has which role where in a college, nearest first: whose turn it is, and whom a warning reaches."""

from django.db.models import Q
from django.utils import timezone

from taizhang.web.ledger.models import Role, RoleName, Unit


class Posts:
    """The people of a college by what they are today, and where."""

    def __init__(self, college: Unit) -> None:
        today = timezone.localdate()
        self.rows = list(
            Role.objects.filter(Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gte=today))
            .filter(unit__path__startswith=college.path, person__is_active=True)
            .values_list("name", "unit__path", "person")
        )

    def nearest(self, path: str, *names: RoleName) -> set[int]:
        """Who has one of these roles in the unit; of those above it only where there is nobody nearer."""
        fitting = [(where, who) for name, where, who in self.rows if name in names and path.startswith(where)]
        length = max((len(where) for where, _who in fitting), default=0)
        return {who for where, who in fitting if len(where) == length}
