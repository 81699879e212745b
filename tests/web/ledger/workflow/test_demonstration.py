"""The demonstration shows every stage and every role something, by the verbs of a real college."""

from collections import Counter
from pathlib import Path

import pytest

from taizhang.records import shelf
from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Entry, Evidence, Person, Record, Report, RoleName, Stage, Unit
from taizhang.web.ledger.workflow import demonstration
from taizhang.web.ledger.workflow.trouble import OutOfOrderError

REPORT = Path(__file__).resolve().parents[4] / "samples/自评报告-云岭职业技术学院.docx"


def test_a_ledger_with_data_is_not_played_in(scene):
    with pytest.raises(OutOfOrderError):
        demonstration.load(REPORT, print)


def test_the_invented_college_is_in_mid_flight(db, settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"
    programme = demonstration.load(REPORT, lambda _text: None)
    stages = Counter(Entry.objects.values_list("stage", flat=True))
    assert set(stages) == set(Stage.values)
    assert Entry.objects.filter(altered=True).exists()
    assert Entry.objects.filter(worst="error").exists()
    assert Evidence.objects.filter(citations=None).exists()
    assert Evidence.objects.filter(has_personal=True).exists()
    assert set(Record.objects.values_list("stage", flat=True)) == {*Stage.values} - {Stage.TEAM}
    assert set(Record.objects.values_list("kind", flat=True)) == set(shelf())
    assert Record.objects.filter(worst="error").exists()
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
