"""The demonstration shows every stage and every role something, by the verbs of a real college."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from report_snapshots import assert_reads_back
from taizhang.core.attainment import plain
from taizhang.core.watching import Level
from taizhang.documents import read
from taizhang.intake.plans import without_ordinal
from taizhang.records import shelf
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.snapshot import from_json
from taizhang.web.ledger import access, derived, history
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import (
    BuiltReport,
    Change,
    Entry,
    Evidence,
    Forewarning,
    Person,
    Record,
    Report,
    RoleName,
    Stage,
    Unit,
)
from taizhang.web.ledger.models.programme import circled
from taizhang.web.ledger.snapshots import entries_of
from taizhang.web.ledger.workflow import demonstration
from taizhang.web.ledger.workflow.trouble import OutOfOrderError

DAY = date(2026, 11, 22)
REPORT = Path(__file__).resolve().parents[4] / "samples/自评报告-云岭职业技术学院.docx"


def test_a_ledger_with_data_is_not_played_in(scene):
    with pytest.raises(OutOfOrderError):
        demonstration.load(REPORT, print)


def test_the_invented_college_is_in_mid_flight(db, settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"
    programme = demonstration.load(REPORT, lambda _text: None, DAY)
    assert (programme.first_year, programme.last_year) == (2025, 2028)
    assert programme.points.exclude(year__in=(2025, 2026)).count() == 0
    stages = Counter(Entry.objects.values_list("stage", flat=True))
    assert set(stages) == set(Stage.values)
    assert Entry.objects.filter(altered=True).exists()
    assert Entry.objects.filter(worst="error").exists()
    assert Evidence.objects.filter(citations=None).exists()
    assert Evidence.objects.filter(has_personal=True).exists()
    assert set(Record.objects.values_list("stage", flat=True)) == {*Stage.values} - {Stage.TEAM}
    assert set(Record.objects.values_list("kind", flat=True)) == set(shelf())
    assert Record.objects.filter(worst="error").exists()
    values_agree_with_records()
    the_report_equals_the_ledger(tmp_path)
    assert set(Forewarning.objects.values_list("level", flat=True)) == set(Level)
    assert Counter(Forewarning.objects.values_list("level", flat=True))[Level.RED] < Forewarning.objects.count() * 0.6
    assert not Change.objects.filter(label__contains="2023").exists()
    report = Report.objects.get()
    assert report.state == "checked"
    assert {each.status for each in report.findings.all()} == {"open", "exempt"}
    assert report.findings.filter(entry__isnull=False).exists()
    assert list(history.breaks(Unit.objects.get(name=demonstration.COLLEGE))) == []
    for player in demonstration.CAST:
        person = Person.objects.get(username=player.username)
        assert person.check_password(demonstration.PASSWORD)
        assert access.visible_programmes(person).filter(pk=programme.pk).exists()
        outside = {RoleName.ADMIN, RoleName.EXPERT, RoleName.PROVINCE}
        assert access.visible_entries(person).exists() == (player.role not in outside)


def values_agree_with_records():
    """What is locked is what the records make; two items say otherwise: one gives a reason, one was not let through."""
    rows = Entry.objects.filter(indicator__derivation__method="derived").select_related("indicator", "round__programme")
    told = {row: derived.offered(row) for row in rows}
    assert len(told) == 9
    differing = {row.indicator.code: row for row, found in told.items() if not found.agrees(row.number)}
    assert set(differing) == {"2.2.6", "3.1.4"}
    assert differing["2.2.6"].reason and differing["2.2.6"].stage > Stage.SUBMITTED
    assert differing["3.1.4"].stage == Stage.DRAFT
    assert sum(row.stage == Stage.LOCKED for row in told) >= 4


def the_report_equals_the_ledger(folder):
    """The built report, read back, holds each cell of its snapshot, and those are the approved rows of the ledger."""
    built = BuiltReport.objects.get()
    path = folder / "中期自评报告.docx"
    path.write_bytes(vault.place(built.files.get().blob_id).read_bytes())
    told = from_json(built.snapshot.content)
    assert_reads_back(selfevaluation(told), path)
    rows = [[cell.text.strip() for cell in line] for table in read(path).tables for line in table.body]
    cells = {text for line in rows for text in line}
    entries = [row for row in entries_of(built.snapshot.period) if row.stage >= Stage.APPROVED]
    points = {row.point: row for row in entries if row.point_id}
    indicators = {
        row.indicator: row for row in entries if row.indicator_id and row.round.period == built.snapshot.period
    }
    assert len(points) > 10 and len(indicators) > 10
    for point, row in points.items():
        assert f"{circled(point.ordinal)}{without_ordinal(' '.join(point.plan.split()))[0]}" in cells
        assert f"{circled(point.ordinal)}{without_ordinal(' '.join(row.text.split()))[0]}" in cells
    periods = (built.snapshot.period, built.programme.periods.get(kind="end"))
    for indicator, row in indicators.items():
        label = f"{indicator.code} {indicator.name}{f'（{indicator.measure}）' if indicator.measure else ''}".strip()
        lines = [line for line in rows if label in line]
        assert len(lines) == 1, label
        goals = {each.text for each in indicator.targets.filter(period__in=periods)}
        value = plain(row.number) if row.number is not None else " ".join(row.text.split())
        assert goals | {value} <= set(lines[0]), label
