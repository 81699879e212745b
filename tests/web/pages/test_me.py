"""我的账号: password, sessions, lending a role."""

from datetime import timedelta

import pytest
from django.utils import timezone

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Change, Entry, Notice, Person, Role
from web_people import PASSWORD

NEW = "feihong-2026-ta"


def test_everyone_has_an_account_page(scene, as_):
    for role in ("reporter", "office", "admin", "expert", "province", "nobody"):
        assert as_(role).get("/me/").status_code == 200
    assert "联系本校管理员" in as_("nobody").get("/me/").content.decode()


def test_a_new_password_ends_every_other_session(scene, as_):
    here, there = as_("reporter"), as_("reporter")
    answer = here.post("/me/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"old": "wrong", "new": NEW, "again": NEW}, "原密码不对"),
        ({"old": PASSWORD, "new": NEW, "again": "x"}, "不一样"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "和原密码一样"),
        ({"old": PASSWORD, "new": "baogao1234", "again": "baogao1234"}, "登录名"),
    ],
)
def test_a_wrong_or_weak_password_is_refused_with_a_sentence(scene, as_, typed, words):
    answer = as_("reporter").post("/me/password/", typed)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Person.objects.get(username="baogao").check_password(PASSWORD)


def test_signing_out_everywhere_is_everywhere(scene, as_):
    here, there = as_("reporter"), as_("reporter")
    assert here.post("/me/expel/").headers["Location"] == "/login/"
    assert here.get("/").status_code == there.get("/").status_code == 302


def test_contact_details_are_ones_own_to_change(scene, as_):
    browser = as_("reporter")
    browser.post("/me/details/", {"phone": "13800000000", "email": "a@example.cn"})
    assert Person.objects.get(username="baogao").phone == "13800000000"
    assert "不像电话" in browser.post("/me/details/", {"phone": "x"}).content.decode()


@pytest.fixture
def lending(scene):
    today = timezone.localdate()
    role = scene.people.lead.roles.get()
    return {
        "role": role.pk,
        "to": scene.people.colleague.pk,
        "since": f"{today}",
        "until": f"{today + timedelta(days=5)}",
    }


def items(person):
    return set(access.visible_entries(Person.objects.get(pk=person.pk)).values_list("pk", flat=True))


def test_what_is_lent_is_seen_until_its_last_day_and_not_a_day_longer(scene, as_, lending, monkeypatch):
    borrower = scene.people.colleague
    mine = items(borrower)
    as_("lead").post("/me/lend/", lending)
    theirs = {entry.pk for entry in Entry.objects.filter(unit=scene.teaching)}
    assert items(borrower) == mine | theirs
    assert Notice.objects.get(person=borrower).text.startswith("何芳把“教务处 负责人”委托给您")
    today = timezone.localdate()
    for days, seen in ((-1, mine), (0, mine | theirs), (5, mine | theirs), (6, mine)):
        monkeypatch.setattr(timezone, "localdate", lambda days=days: today + timedelta(days=days))
        assert items(borrower) == seen, days


def test_both_see_the_delegation_and_either_ends_it(scene, as_, lending):
    for ender in ("lead", "colleague"):
        as_("lead").post("/me/lend/", lending)
        lent = Role.objects.get(lent_by=scene.people.lead)
        for role in ("lead", "colleague"):
            assert f"/me/revoke/{lent.pk}/" in as_(role).get("/me/").content.decode()
        assert as_("office").post(f"/me/revoke/{lent.pk}/").status_code == 404
        as_(ender).post(f"/me/revoke/{lent.pk}/")
        assert not Role.objects.filter(pk=lent.pk).exists()
    assert list(Change.objects.order_by("number").values_list("verb", flat=True)) == ["lend", "revoke"] * 2


def test_one_does_not_revoke_a_role_that_was_given(scene, as_):
    own = scene.people.lead.roles.get()
    assert as_("lead").post(f"/me/revoke/{own.pk}/").status_code == 404


def test_what_a_delegate_does_is_told_under_both_names(scene, as_, lending):
    from taizhang.web.ledger.workflow import entries

    as_("lead").post("/me/lend/", lending)
    entry = scene.entries[0]
    entries.save(scene.people.reporter, entry, entry.version, {"text": "建成六门"})
    entries.submit(scene.people.reporter, entry)
    entries.approve(Person.objects.get(pk=scene.people.colleague.pk), entry)
    assert list(Change.objects.order_by("number").values_list("verb", "actor_name"))[1:] == [
        ("save", "林晓"),
        ("submit", "林晓"),
        ("approve", "周航（受何芳委托）"),
    ]


def test_a_lent_role_ends_with_the_lenders(scene, as_, lending):
    mine = items(scene.people.colleague)
    as_("lead").post("/me/lend/", lending)
    assert items(scene.people.colleague) != mine
    Person.objects.filter(pk=scene.people.lead.pk).update(is_active=False)
    assert items(scene.people.colleague) == mine
    Person.objects.filter(pk=scene.people.lead.pk).update(is_active=True)
    Role.objects.filter(person=scene.people.lead, lent_by=None).update(until="2020-01-01")
    assert items(scene.people.colleague) == mine


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"since": "", "until": ""}, "开始和截止日期"),
        ({"since": "2026-02-30"}, "开始和截止日期"),
        ({"since": "2020-01-01", "until": "2020-01-02"}, "已经过去"),
        ({"since": "2099-01-05", "until": "2099-01-02"}, "晚于"),
        ({"until": "2099-01-02"}, "最长一年"),
    ],
)
def test_a_delegation_that_makes_no_sense_is_refused_with_a_sentence(scene, as_, lending, changed, words):
    answer = as_("lead").post("/me/lend/", {**lending, **changed})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Role.objects.filter(lent_by__isnull=False).exists()


def test_only_own_roles_are_lent_and_only_to_colleagues(scene, as_, lending):
    assert as_("lead").post("/me/lend/", {**lending, "to": scene.people.outsider.pk}).status_code == 404
    assert as_("colleague").post("/me/lend/", lending).status_code == 404
    as_("lead").post("/me/lend/", lending)
    lent = Role.objects.get(lent_by=scene.people.lead)
    again = {**lending, "role": lent.pk, "to": scene.people.office.pk}
    assert "只能委托自己现有的角色" in as_("colleague").post("/me/lend/", again).content.decode()
    own = {**lending, "role": scene.people.admin.roles.get().pk}
    assert "只能委托自己现有的角色" in as_("admin").post("/me/lend/", own).content.decode()
