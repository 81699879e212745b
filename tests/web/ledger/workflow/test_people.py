"""Accounts are kept by whoever administers their home."""

import pytest

from taizhang.web.ledger.models import Person
from taizhang.web.ledger.workflow import people as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

OTHERS = ("colleague", "lead", "office", "expert", "province", "outsider", "nobody")


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_an_administrator_keeps_accounts(scene, role):
    who, row = getattr(scene.people, role), scene.people.reporter
    for step in (
        lambda: verbs.add_person(who, scene.college, "xin", "新仁"),
        lambda: verbs.change_person(who, row, "别名"),
        lambda: verbs.invite(who, row),
        lambda: verbs.expel(who, row),
        lambda: verbs.close_account(who, row),
        lambda: verbs.reopen_account(who, row),
    ):
        with pytest.raises(NotAllowedError):
            step()


def test_nobody_renames_themselves(scene):
    with pytest.raises(NotAllowedError):
        verbs.change_person(scene.people.reporter, scene.people.reporter, "别名")


def test_an_account_belongs_to_a_college_or_a_province(scene):
    with pytest.raises(RefusedError, match="不属于部门"):
        verbs.add_person(scene.people.admin, scene.teaching, "xin", "新仁")


def test_an_account_is_shut_once_and_gets_no_link_then(scene):
    row = scene.people.reporter
    verbs.close_account(scene.people.admin, row)
    for step in (verbs.close_account, verbs.invite):
        with pytest.raises(OutOfOrderError):
            step(scene.people.admin, row)
    verbs.reopen_account(scene.people.admin, row)


def test_no_password_stands_in_the_history(scene):
    given = verbs.invite(scene.people.admin, scene.people.reporter)
    row = verbs.activate(given.who, given.token, "feihong-2026-ta")
    verbs.change_password(row, "feihong-2026-ta", "yuhua-2026-lin")
    written = "".join(f"{change.before}{change.after}{change.reason}" for change in scene.college.changes.all())
    assert "password" not in written and given.token not in written
    assert Person.objects.get(pk=row.pk).check_password("yuhua-2026-lin")


def test_a_language_is_one_of_those_there_are(scene):
    with pytest.raises(RefusedError):
        verbs.choose_language(scene.people.lead, "fr")
