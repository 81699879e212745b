"""Two people at once: real requests in threads, on the database that the tests run on."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Entry, Stage
from web_people import cast

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4  # each race is run a few times, since who comes first is a matter of chance


@pytest.fixture
def scene(transactional_db):
    return cast()


def browser(scene, role):
    made = Client()
    made.force_login(getattr(scene.people, role), backend="django.contrib.auth.backends.ModelBackend")
    return made


def at_once(*requests):
    """The answers to requests `(browser, address, form)` sent at the same moment."""
    answers, start = [None] * len(requests), Barrier(len(requests))

    def send(place, who, address, form):
        try:
            start.wait(20)
            answers[place] = who.post(address, form)
        finally:
            connection.close()

    threads = [Thread(target=send, args=(place, *request)) for place, request in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_of_two_who_save_at_once_one_wins_and_the_other_gets_both_versions(scene):
    people = {"林晓": browser(scene, "reporter"), "何芳": browser(scene, "lead")}
    for version in range(1, ROUNDS + 1):
        texts = {name: f"{name}第 {version} 次写的字" for name in people}
        requests = [
            (who, f"/entries/{scene.entries[0].pk}/save/", {"version": version, "text": texts[name]})
            for name, who in people.items()
        ]
        answers = dict(zip(people, at_once(*requests), strict=True))
        assert sorted(answer.status_code for answer in answers.values()) == [302, 409]
        winner, loser = sorted(people, key=lambda name: answers[name].status_code)
        kept = Entry.objects.get(pk=scene.entries[0].pk)
        assert (kept.text, kept.version) == (texts[winner], version + 1)
        page = answers[loser].content.decode()
        assert texts[winner] in page and texts[loser] in page
    assert history.of(scene.entries[0]).count() == ROUNDS
    assert list(history.breaks(scene.college)) == []


def test_what_is_withdrawn_while_it_is_approved_is_one_or_the_other(scene):
    address = f"/entries/{scene.value.pk}"
    lead, reporter = browser(scene, "lead"), browser(scene, "reporter")
    for _ in range(ROUNDS):
        Entry.objects.filter(pk=scene.value.pk).update(stage=Stage.SUBMITTED, text="6")
        approved, withdrawn = at_once((lead, f"{address}/approve/", {}), (reporter, f"{address}/withdraw/", {}))
        done = {Stage.DEPARTMENT: (302, 409), Stage.DRAFT: (403, 302)}
        stage = Stage(Entry.objects.get(pk=scene.value.pk).stage)
        codes = (approved.status_code, withdrawn.status_code)
        assert codes == done[stage] or (stage == Stage.DRAFT and codes == (409, 302))
    assert list(history.breaks(scene.college)) == []


def test_nobody_approves_a_text_that_was_changed_at_the_same_moment(scene):
    address = f"/entries/{scene.value.pk}"
    team, office = browser(scene, "team_lead"), browser(scene, "office")
    for _ in range(ROUNDS):
        Entry.objects.filter(pk=scene.value.pk).update(stage=Stage.DEPARTMENT, text="6", version=1, altered=False)
        approved, corrected = at_once(
            (team, f"{address}/approve/", {"version": 1}),
            (office, f"{address}/correct/", {"version": 1, "text": "7", "why": "口径"}),
        )
        row = Entry.objects.get(pk=scene.value.pk)
        assert corrected.status_code == 302
        assert (row.text, row.altered) == ("7", True)
        assert approved.status_code == (302 if row.stage == Stage.TEAM else 409)


def test_people_who_fill_different_items_at_once_all_succeed_and_the_chain_holds(scene):
    requests = [
        (browser(scene, role), f"/entries/{entry.pk}/save/", {"version": 1, "text": f"{role} 写的"})
        for role, entry in (("reporter", scene.entries[0]), ("colleague", scene.entries[1]), ("lead", scene.value))
    ]
    assert [answer.status_code for answer in at_once(*requests)] == [302, 302, 302]
    assert list(history.breaks(scene.college)) == []
