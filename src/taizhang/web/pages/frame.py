"""What stands around every page: the places a person may go, by their roles."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, RoleName

_WORK = (RoleName.REPORTER, RoleName.LEAD, RoleName.OFFICE)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the navigation: its route, its name, its sign, the roles that have it, and what else lies in it."""

    route: str
    name: Any
    sign: str
    roles: tuple[RoleName, ...]
    also: tuple[str, ...] = ()


PLACES = (
    Place("desk", _("工作台"), "desk", tuple(RoleName)),
    Place("judging", _("评审"), "judge", (RoleName.EXPERT,)),
    Place("dashboards", _("总览"), "chart", (*_WORK, RoleName.PROVINCE)),
    Place("programmes", _("建设方案"), "plan", (*_WORK, RoleName.PROVINCE)),
    Place("rounds", _("填报轮次"), "round", (*_WORK, RoleName.PROVINCE)),
    Place("entries", _("填报项"), "fill", _WORK),
    Place("records", _("业务记录"), "record", (*_WORK, RoleName.PROVINCE), also=("/partners/", "/places/", "/kinds/")),
    Place("people", _("人员"), "people", (RoleName.ADMIN,), also=("/units/",)),
    Place("evidence", _("佐证材料"), "evidence", (*_WORK, RoleName.EXPERT, RoleName.PROVINCE)),
    Place("changes", _("历史"), "history", (RoleName.OFFICE, RoleName.ADMIN)),
    Place("built-reports", _("编写报告"), "write", (RoleName.LEAD, RoleName.OFFICE, RoleName.PROVINCE)),
    Place("reports", _("报告检查"), "report", _WORK, also=("/findings/",)),
    Place("oversight", _("评审安排"), "judge", (RoleName.PROVINCE, RoleName.OFFICE)),
    Place("inquiries", _("材料要求"), "ask", _WORK),
    Place("warnings", _("预警"), "watch", _WORK),
    Place("diagnoses", _("诊改"), "gauge", _WORK),
    Place("connectors", _("取数接口"), "fetch", (RoleName.OFFICE,), also=("/pulls/",)),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The navigation of the person who asks, and how many notices wait."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    own = access.standing(person)
    here = request.path
    places = [
        {
            "name": place.name,
            "sign": place.sign,
            "url": url,
            "is_here": here == url or here.startswith((url, *place.also)) if url != "/" else here == url,
        }
        for place in PLACES
        if own.holds(*place.roles)
        for url in [reverse(place.route)]
    ]
    return {
        "places": places,
        "standing": own,
        "waiting_notices": person.notices.filter(read_at=None).count(),
    }
