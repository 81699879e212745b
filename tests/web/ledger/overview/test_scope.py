"""A scope shows what the person may see, counts it once, and counts again when the ledger changes."""

from datetime import date

from django.core.cache import cache

from taizhang.web.ledger.models import Chain, Stage
from taizhang.web.ledger.overview.scope import Scope, total
from taizhang.web.ledger.workflow import entries as verbs

DAY = date(2026, 11, 22)


def counted(scene, role):
    return total(Scope(getattr(scene.people, role), scene.round, DAY).portions)


def test_everyone_counts_what_they_see(scene):
    seen = {
        role: counted(scene, role) for role in ("office", "reporter", "colleague", "team_lead", "outsider", "admin")
    }
    assert seen == {"office": 3, "reporter": 2, "colleague": 1, "team_lead": 3, "outsider": 0, "admin": 0}


def test_a_unit_leaves_what_is_in_it_and_below(scene):
    scope = Scope(scene.people.office, scene.round, DAY, scene.training)
    assert [portion.unit for portion in scope.portions] == [scene.training.pk]
    assert f"unit={scene.training.pk}" in scope.link(kind="point")


def test_what_was_counted_is_kept_until_something_changes(scene, django_assert_max_num_queries):
    cache.clear()
    first = scene.entries[0]
    verbs.save(scene.people.reporter, first, first.version, {"text": "建成 6 门", "rate": "100%"})
    assert Chain.objects.filter(college=scene.college).exists()
    before = Scope(scene.people.office, scene.round, DAY).portions
    with django_assert_max_num_queries(2):
        assert Scope(scene.people.office, scene.round, DAY).portions == before
    first.refresh_from_db()
    verbs.submit(scene.people.reporter, first)
    assert any(portion.stage == Stage.SUBMITTED for portion in Scope(scene.people.office, scene.round, DAY).portions)
