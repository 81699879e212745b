"""Kept 算过的: what was counted of a college's ledger, for as long as nothing in it changes."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Chain, Person

_Counted = TypeVar("_Counted")
_DAY = 24 * 3600  # seconds; an older count is of an older ledger anyway


def kept(name: str, person: Person, college: int, count: Callable[[], _Counted]) -> _Counted:
    """What `count` says, asked once for each state of the college's history; whoever has other roles has a count of their own."""
    head = Chain.objects.filter(college=college).values_list("head", flat=True).first()
    if not head:
        return count()
    roles = sorted((role.name, role.unit_id) for role in access.standing(person).roles)
    key = "".join(sign if sign.isalnum() else "-" for sign in f"overview-{name}-{college}-{head}-{roles}")
    found: _Counted | None = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, _DAY)
    return found
