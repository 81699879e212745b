"""Units and roles are kept by whoever administers that part of the tree, and by nobody else."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Role, RoleName, Unit, UnitKind
from taizhang.web.ledger.workflow import organisation as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

OTHERS = ("reporter", "lead", "team_lead", "office", "expert", "province", "outsider", "nobody")


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_an_administrator_touches_the_tree(scene, role):
    who = getattr(scene.people, role)
    own = scene.people.reporter.roles.get()
    for step in (
        lambda: verbs.add_unit(who, scene.college, UnitKind.DEPARTMENT, "新处"),
        lambda: verbs.rename_unit(who, scene.teaching, "教务部"),
        lambda: verbs.move_unit(who, scene.teaching, scene.college),
        lambda: verbs.close_unit(who, scene.training),
        lambda: verbs.reopen_unit(who, scene.training),
        lambda: verbs.give_role(who, scene.people.nobody, scene.teaching, RoleName.LEAD),
        lambda: verbs.take_role(who, own),
    ):
        with pytest.raises(NotAllowedError):
            step()
    assert list(history.breaks(scene.college)) == []


def test_an_administrator_of_one_tree_is_nobody_in_another(scene):
    admin = scene.people.admin
    with pytest.raises(NotAllowedError):
        verbs.add_unit(admin, scene.province, UnitKind.COLLEGE, "新校")
    with pytest.raises(NotAllowedError):
        verbs.give_role(admin, scene.people.outsider, scene.teaching, RoleName.LEAD)
    with pytest.raises(NotAllowedError):
        verbs.give_role(admin, scene.people.nobody, scene.elsewhere, RoleName.LEAD)
    with pytest.raises(NotAllowedError):
        verbs.move_unit(admin, scene.teaching, scene.elsewhere)


def test_a_moved_tree_keeps_every_path_true(scene):
    admin = scene.people.admin
    inner = verbs.add_unit(admin, scene.teaching, UnitKind.DEPARTMENT, "考试科")
    deep = verbs.add_unit(admin, inner, UnitKind.DEPARTMENT, "命题组")
    verbs.move_unit(admin, inner, scene.training)
    for unit in Unit.objects.filter(pk__in=[inner.pk, deep.pk]).select_related("parent"):
        assert unit.path == f"{unit.parent.path}{unit.pk}/"


def test_a_unit_closes_once_and_opens_once_and_takes_nothing_while_closed(scene):
    admin = scene.people.admin
    made = verbs.add_unit(admin, scene.college, UnitKind.DEPARTMENT, "旧处")
    verbs.close_unit(admin, made)
    with pytest.raises(OutOfOrderError):
        verbs.close_unit(admin, made)
    with pytest.raises(OutOfOrderError):
        verbs.add_unit(admin, Unit.objects.get(pk=made.pk), UnitKind.DEPARTMENT, "下级")
    with pytest.raises(OutOfOrderError):
        verbs.move_unit(admin, scene.training, Unit.objects.get(pk=made.pk))
    verbs.reopen_unit(admin, made)
    with pytest.raises(OutOfOrderError):
        verbs.reopen_unit(admin, made)


def test_giving_the_same_role_again_changes_nothing(scene):
    before = scene.college.changes.count()
    verbs.give_role(scene.people.admin, scene.people.lead, scene.teaching, RoleName.LEAD)
    assert (scene.people.lead.roles.count(), scene.college.changes.count()) == (1, before)


def test_with_a_role_goes_what_was_lent_of_it(scene):
    role = scene.people.lead.roles.get()
    Role.objects.create(
        person=scene.people.colleague, unit=scene.teaching, name=RoleName.LEAD, lent_by=scene.people.lead
    )
    verbs.take_role(scene.people.admin, role)
    assert not Role.objects.filter(unit=scene.teaching, name=RoleName.LEAD).exists()


def test_the_only_administrator_does_not_close_the_college(scene):
    Unit.objects.filter(college=scene.college).exclude(pk=scene.college.pk).update(is_active=False)
    with pytest.raises(RefusedError, match="唯一的管理员"):
        verbs.close_unit(scene.people.admin, scene.college)
