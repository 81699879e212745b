"""What lies on people's desks: notices, and filters of lists kept under a name."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.web.ledger.models import Notice, Person, SavedView
from taizhang.web.ledger.workflow.trouble import RefusedError

_MOST_VIEWS = 30


def tell(person: Person | None, text: str, link: str = "") -> None:
    """Lay a line on someone's desk."""
    if person is not None:
        Notice.objects.create(person=person, text=text[:300], link=link, made_at=timezone.now())


def read_notices(notices: QuerySet[Notice]) -> int:
    """Mark notices as seen."""
    return notices.filter(read_at=None).update(read_at=timezone.now())


def save_view(person: Person, page: str, name: str, query: str) -> SavedView:
    """Keep the filters of a list under a name; the same name again means the new filters."""
    name = name.strip()
    if not name:
        raise RefusedError(_("请给这个视图起个名称。"))
    if len(name) > 60 or len(query) > 1000:
        raise RefusedError(_("名称最多 60 个字，条件不要太多。"))
    kept = person.saved_views.filter(page=page)
    if kept.count() >= _MOST_VIEWS and not kept.filter(name=name).exists():
        raise RefusedError(_("一页最多存 %(most_views)s 个视图，请先删去不用的。") % {"most_views": _MOST_VIEWS})
    row, _new = SavedView.objects.update_or_create(person=person, page=page, name=name, defaults={"query": query})
    return row


def drop_view(view: SavedView) -> None:
    """Forget it."""
    view.delete()
