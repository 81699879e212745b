"""Rules at entry: what a report would be told is told at the field."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from taizhang.web.ledger import judging
from taizhang.web.ledger.judging import judged, worst_of
from taizhang.web.ledger.models import Basis, Blob, Citation, Direction, Entry, Evidence, Round, Stage, Target
from taizhang.web.ledger.workflow import entries as verbs


def told(entry, **fields):
    """Codes and fields of the findings on an item told so, without what only asks for evidence."""
    for name, value in fields.items():
        setattr(entry, name, value)
    return [(each["code"], each["field"]) for each in judged(entry) if each["code"] != "EVD002"]


def test_an_empty_item_is_told(scene):
    assert [(each["code"], each["field"]) for each in judged(scene.entries[0])] == [("LED003", "text")]


@pytest.mark.parametrize(
    ("text", "rate", "found"),
    [
        ("新建校级课程 6 门，均已开课。", "100%", []),
        ("新建校级课程 4 门。", "100%", [("ACT001", "text")]),
        ("课程建设延期到下一年度。", "100%", [("ACT004", "text")]),
    ],
)
def test_a_point_is_judged_as_its_row_in_a_report_is(scene, text, rate, found):
    assert told(scene.entries[0], text=text, rate=rate)[:1] == found


@pytest.mark.parametrize(
    ("text", "number", "rate", "found"),
    [
        ("6", 6, "100%", []),
        ("5", 5, "100%", [("TGT001", "rate")]),
        ("5", 5, "90%", [("TGT002", "rate")]),
        ("稳步推进", None, "100%", [("TGT006", "text")]),
    ],
)
def test_an_indicator_is_judged_as_its_row_in_a_report_is(scene, text, number, rate, found):
    assert told(scene.value, text=text, number=number, rate=rate)[:1] == found


@pytest.mark.parametrize("state", ["applied", "postponed", "cancelled"])
def test_what_is_applied_for_or_put_off_is_never_done(scene, state):
    found = told(scene.entries[0], text="新建校级课程 6 门。", rate="100%", state=state)
    assert ("LED007", "rate") in found


def test_a_target_to_stay_below_is_a_target_to_stay_below(scene):
    scene.indicator.direction = Direction.LOWER
    assert told(scene.value, text="5", number=5, rate="100%") == []
    assert told(scene.value, text="9", number=9, rate="100%")[0][0] == "TGT001"


def test_evidence_is_asked_for_and_its_date_looked_at(scene):
    entry = scene.entries[0]
    entry.text, entry.rate = "新建校级课程 6 门，均已开课。", "100%"
    assert [(each["code"], each["field"]) for each in judged(entry)] == [("EVD002", "evidence")]
    blob = Blob.objects.create(sha256="a" * 64, size=1, media_type="application/pdf", stored_at=timezone.now())
    more = {"uploaded_at": timezone.now(), "uploaded_by": scene.people.reporter, "college": scene.college}
    piece = Evidence.objects.create(
        unit=scene.teaching, blob=blob, title="通知", file_name="a.pdf", dated=date(2024, 5, 1), **more
    )
    link = Citation.objects.create(entry=entry, evidence=piece, cited_at=timezone.now(), cited_by=scene.people.reporter)
    assert judged(entry) == []
    Evidence.objects.update(dated=date(2021, 5, 1))
    assert [each["code"] for each in judged(entry)] == ["EVD003"]
    link.withdrawn_at = timezone.now()
    link.save()
    assert [each["code"] for each in judged(entry)] == ["EVD002"]


@pytest.fixture
def before(scene):
    """An earlier round in which 7 were told of the indicator and approved."""
    opened = Round.objects.create(
        programme=scene.programme, period=scene.periods["year"], name="2024 年度填报", opened_by=scene.people.office,
        opened_at=scene.round.opened_at - timedelta(days=300), due_person="2025-01-01", due_department="2025-01-02",
        due_team="2025-01-03", due_school="2025-01-04",
    )  # fmt: skip
    return Entry.objects.create(
        round=opened, indicator=scene.indicator, unit=scene.teaching, text="7", number=7, stage=Stage.LOCKED
    )


def test_a_cumulative_value_does_not_fall(scene, before):
    assert ("LED005", "text") in told(scene.value, text="6", number=6, rate="100%")
    before.stage = Stage.DRAFT
    before.save()
    assert told(scene.value) == []
    before.stage = Stage.LOCKED
    before.save()
    scene.indicator.basis = Basis.PER_YEAR
    assert told(scene.value) == []


def test_an_approved_value_of_the_same_years_is_not_restated_in_silence(scene, before):
    Round.objects.filter(pk=before.round_id).update(period=scene.periods["mid"])
    assert ("LED004", "text") in told(scene.value, text="8", number=8, rate="100%")
    assert ("LED004", "text") not in told(scene.value, reason="原数漏计 1 门，现予更正")


def test_every_kind_of_period_and_an_unknown_profile_are_judged(scene):
    for name in ("year", "mid", "end"):
        Target.objects.update_or_create(
            indicator=scene.indicator, period=scene.periods[name], defaults={"text": "6", "number": 6}
        )
        scene.round.period = scene.periods[name]
        scene.value.round = scene.round
        assert told(scene.value, text="5", number=5, rate="100%")[0] == ("TGT001", "rate"), name
    scene.round.programme.profile = "已经不在的口径"
    assert told(scene.value)[0] == ("TGT001", "rate")


def test_a_judge_that_fails_is_told_and_what_was_typed_is_saved(scene, monkeypatch):
    # The trouble is a rule's own: any rule may have a fault that a text of tomorrow brings out.
    monkeypatch.setattr(judging, "check", lambda *_a, **_k: 1 / 0)
    saved = verbs.save(scene.people.reporter, scene.entries[0], 1, {"text": "写了很久的字"})
    saved.refresh_from_db()
    assert saved.text == "写了很久的字"
    assert "规则没有跑完" in saved.findings[0]["message"]


def test_a_worker_starts_with_the_rules_at_hand():
    from taizhang.checks.registry import rules
    from taizhang.web.ledger.judging import warm

    warm()
    assert "TGT001" in rules()


def test_the_gravest_counts():
    assert worst_of([{"severity": "info"}, {"severity": "error"}, {"severity": "warning"}]) == "error"
    assert worst_of([]) == ""
