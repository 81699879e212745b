"""What people keep on their own desks."""

import pytest

from taizhang.web.ledger.workflow import desk
from taizhang.web.ledger.workflow.reminders import remind
from taizhang.web.ledger.workflow.trouble import RefusedError


def test_a_notice_is_read_once(scene):
    remind(scene.round.due_person)
    mine = scene.people.reporter.notices
    assert desk.read_notices(mine.all()) == 1
    assert desk.read_notices(mine.all()) == 0
    assert scene.people.colleague.notices.filter(read_at=None).count() == 1


def test_a_view_is_kept_under_its_name_and_forgotten(scene):
    first = desk.save_view(scene.people.lead, "entries", " 待审 ", "stage=20-submitted")
    again = desk.save_view(scene.people.lead, "entries", "待审", "whose=waiting")
    assert first.pk == again.pk
    assert scene.people.lead.saved_views.get().query == "whose=waiting"
    desk.drop_view(again)
    assert not scene.people.lead.saved_views.exists()


@pytest.mark.parametrize(("name", "query"), [("", "a=1"), ("长" * 61, "a=1"), ("甲", "a" * 1001)])
def test_a_view_without_a_name_or_too_long_is_refused(scene, name, query):
    with pytest.raises(RefusedError):
        desk.save_view(scene.people.lead, "entries", name, query)


def test_there_is_an_end_to_views(scene):
    for number in range(30):
        desk.save_view(scene.people.lead, "entries", f"视图 {number}", "a=1")
    with pytest.raises(RefusedError):
        desk.save_view(scene.people.lead, "entries", "又一个", "a=1")
    desk.save_view(scene.people.lead, "entries", "视图 3", "a=2")
