"""Many at the same moment, each with a connection of their own: plans, rounds, imports, approvals and the chain.

test_concurrency.py is about two people at one item.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from taizhang.core.errors import TaizhangError
from taizhang.intake.programme import as_printed
from taizhang.web.ledger import history
from taizhang.web.ledger.models import Change, Entry, Indicator, Point, Programme, Round, Stage, Taking, Target
from taizhang.web.ledger.workflow import programme as plan
from taizhang.web.ledger.workflow import review, rounds, taking
from taizhang.web.ledger.workflow.rounds import usual_opening
from web_access import REPORT

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 20


def at_once(*calls):
    """What each of the calls gave, all of them begun at the same moment; a refusal in words is what it gave."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(30)
            return call()
        except TaizhangError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def statuses(answers):
    return sorted(answer.status_code for answer in answers)


def is_refused(answer):
    return isinstance(answer, TaizhangError)


def test_nobody_hands_in_what_is_changed_at_that_moment(scene, as_):
    row = scene.entries[0]
    Entry.objects.filter(pk=row.pk).update(text="新建校级课程 6 门")
    one, other = as_("reporter"), as_("lead")
    answers = at_once(
        lambda: one.post(f"/entries/{row.pk}/save/", {"version": 1, "text": "新建校级课程 7 门"}),
        lambda: other.post(f"/entries/{row.pk}/submit/", {"version": 1}),
    )
    assert statuses(answers) == [302, 409]
    row.refresh_from_db()
    assert (row.stage, row.text) in {(Stage.DRAFT, "新建校级课程 7 门"), (Stage.SUBMITTED, "新建校级课程 6 门")}


def test_an_approval_given_twice_is_one_approval(scene, as_):
    row = scene.entries[0]
    Entry.objects.filter(pk=row.pk).update(text="新建校级课程 6 门", stage=Stage.SUBMITTED, team=None)
    browsers = [as_("lead") for _ in range(4)]
    answers = at_once(*(lambda browser=browser: browser.post(f"/entries/{row.pk}/approve/") for browser in browsers))
    assert statuses(answers).count(302) == 1
    assert Entry.objects.get(pk=row.pk).stage == Stage.DEPARTMENT


@pytest.fixture
def takings(scene):
    office = scene.people.office
    programme = plan.found(office, scene.college, plan.Founding(name="产教融合", first_year=2023, last_year=2026))
    period = programme.periods.get(name="中期")
    return [decided(office, programme, f"自评{n}.md", period) for n in (1, 2)]


def decided(office, programme, name, period):
    made = taking.begin(office, programme, name, REPORT.encode(), programme.college, period)
    seen = taking.understood(made)
    return taking.decide(office, made, made.version, as_printed(seen.draft, seen.undecided))


def test_one_import_written_twice_at_once_is_written_once(scene, takings):
    row = takings[0]
    answers = at_once(*[lambda: taking.write(scene.people.office, row)] * 2)
    assert [is_refused(answer) for answer in answers].count(True) == 1
    assert Point.objects.filter(programme=row.programme).count() == 1


def test_two_imports_of_the_same_at_once_do_not_double_the_plan(scene, takings):
    answers = at_once(*(lambda row=row: taking.write(scene.people.office, row) for row in takings))
    assert not any(map(is_refused, answers))
    assert Point.objects.filter(programme=takings[0].programme).count() == 1
    assert Taking.objects.filter(written_at=None).count() == 0


def test_of_two_who_give_the_same_name_one_is_told(scene):
    office, opening = scene.people.office, usual_opening("2025 年中期填报（二）", scene.periods["mid"])
    answers = at_once(*[lambda: rounds.open_round(office, scene.programme, opening)] * 3)
    assert [is_refused(answer) for answer in answers].count(True) == 2
    assert Round.objects.filter(name=opening.name).count() == 1
    founding = plan.Founding(name="第二轮建设", first_year=2028, last_year=2030)
    answers = at_once(*[lambda: plan.found(office, scene.college, founding)] * 3)
    assert [is_refused(answer) for answer in answers].count(True) == 2
    assert Programme.objects.filter(name=founding.name).count() == 1


def test_two_who_set_a_target_or_give_a_round_leave_one(scene):
    office, year, people = scene.people.office, scene.periods["year"], scene.people
    answers = at_once(*[lambda: plan.set_target(office, Indicator.objects.get(), year, "5")] * 3)
    assert not any(map(is_refused, answers))
    assert Target.objects.filter(period=year).count() == 1
    answers = at_once(*[lambda: review.assign(people.province, scene.round, people.expert, None)] * 3)
    assert not any(map(is_refused, answers))
    assert scene.round.assignments.count() == 1


def test_many_who_write_at_once_make_one_chain_and_nobody_is_turned_away(scene, as_):
    points = Point.objects.bulk_create(
        Point(programme=scene.programme, task=scene.task, year=2025, ordinal=n, plan="建课程", unit=scene.teaching)
        for n in range(1, WRITERS + 1)
    )
    rows = Entry.objects.bulk_create(
        Entry(round=scene.round, point=point, unit=scene.teaching, position=f"2025-{n:02}")
        for n, point in enumerate(points)
    )
    before, begun = Change.objects.count(), timezone.now()

    def writer(row, browser):
        return lambda: [
            browser.post(f"/entries/{row.pk}/save/", {"version": version, "text": f"第 {version} 稿"}).status_code
            for version in (1, 2, 3)
        ]

    answers = at_once(*(writer(row, as_(("reporter", "lead")[n % 2])) for n, row in enumerate(rows)))
    assert {status for answer in answers for status in answer} == {302}
    assert list(history.breaks(scene.college)) == []
    numbers = list(Change.objects.filter(college=scene.college).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Change.objects.filter(at__gte=begun).count() == Change.objects.count() - before == 3 * WRITERS
