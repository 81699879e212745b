"""Of those above a unit only the nearest count, and only roles that hold today."""

from datetime import timedelta

from django.utils import timezone

from taizhang.web.ledger.models import Role, RoleName
from taizhang.web.ledger.posts import Posts


def test_the_nearest_are_found_and_those_above_only_where_nobody_is_nearer(scene):
    people, path = scene.people, scene.teaching.path
    posts = Posts(scene.college)
    assert posts.nearest(path, RoleName.REPORTER) == {people.reporter.pk}
    assert posts.nearest(path, RoleName.OFFICE) == {people.office.pk}
    assert posts.nearest(path, RoleName.LEAD, RoleName.OFFICE) == {people.lead.pk}
    assert posts.nearest(scene.elsewhere.path, RoleName.OFFICE) == set()


def test_what_does_not_hold_today_and_who_has_left_is_left_out(scene):
    people, today = scene.people, timezone.localdate()
    Role.objects.filter(person=people.lead).update(until=today - timedelta(1))
    people.reporter.is_active = False
    people.reporter.save()
    assert Posts(scene.college).nearest(scene.teaching.path, RoleName.LEAD, RoleName.REPORTER) == set()
