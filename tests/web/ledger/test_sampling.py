"""What is known of an item before a draw comes from the ledger, in few queries however many items there are."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Direction, Entry, Indicator, Report, Round, Stage
from taizhang.web.ledger.sampling import attainment, drawables, risks
from web_assessing import evidence, given, lock


def test_findings_evidence_returns_and_jumps_are_known(scene):
    given(scene)
    entry = scene.value
    entry.findings = [{"code": "TGT001", "severity": "error", "message": "低于目标", "field": "number"}]
    entry.save()
    for title in ("甲", "乙"):
        evidence(scene, title, entry, dated=date(2020, 1, 1))
    for verb in ("return", "return", "correct"):
        history.record(scene.college, scene.people.lead, verb, entry)
    earlier = Round.objects.create(
        programme=scene.programme, period=scene.periods["year"], name="上一轮", opened_by=scene.people.office,
        opened_at=timezone.make_aware(timezone.datetime(2024, 1, 1)), due_person="2024-02-01",
        due_department="2024-02-01", due_team="2024-02-01", due_school="2024-02-01",
    )  # fmt: skip
    Entry.objects.create(round=earlier, indicator=scene.indicator, unit=scene.teaching, number=5, stage=Stage.LOCKED)
    item = next(each for each in drawables(scene.round) if each.number == entry.pk)
    assert (item.errors, item.evidence, item.old_evidence, item.returned, item.altered) == (1, 2, True, 2, True)
    assert (item.actual, item.before) == (14, 5)
    assert round(item.attainment, 2) == Decimal("233.33")


def test_only_findings_of_reports_handed_in_count(scene):
    given(scene)
    report = Report.objects.create(
        college=scene.college, unit=scene.college, file_name="报告.docx", blob=evidence(scene, "报告").blob,
        uploaded_at=timezone.now(), uploaded_by=scene.people.office,
    )  # fmt: skip
    report.findings.create(number=1, code="LED010", severity="warning", content={}, entry=scene.value)
    known = {each.number: each for each in drawables(scene.round)}
    assert (known[scene.value.pk].warnings, known[scene.value.pk].differs) == (0, False)
    report.handed_in_at = timezone.now()
    report.save()
    known = {each.number: each for each in drawables(scene.round, [scene.value.pk])}
    assert (known[scene.value.pk].warnings, known[scene.value.pk].differs) == (1, True)


def test_the_attainment_of_a_lower_is_better_indicator_is_turned_round(scene):
    entry = Entry(indicator=Indicator(pk=1, direction=Direction.LOWER), number=Decimal(4))
    assert attainment(entry, Decimal(5)) == 125
    assert attainment(Entry(rate="85.5%"), None) == Decimal("85.5")
    assert attainment(Entry(rate="达标"), None) is None


def test_risks_follow_every_change(scene, django_assert_num_queries):
    given(scene)
    before = risks(scene.round)[scene.value.pk].points
    with django_assert_num_queries(1):
        assert risks(scene.round)[scene.value.pk].points == before
    history.record(scene.college, scene.people.lead, "correct", scene.value)
    assert risks(scene.round)[scene.value.pk].points > before


def test_many_items_cost_no_more_queries(scene, django_assert_num_queries):
    lock(*scene.entries)
    for more in (0, 30):
        for number in range(more):
            point = scene.task.points.create(
                programme=scene.programme, year=2025, ordinal=number + 1, plan="开课", unit=scene.teaching
            )
            lock(Entry(round=scene.round, point=point, unit=scene.teaching))
        with django_assert_num_queries(6):
            drawables(scene.round)
