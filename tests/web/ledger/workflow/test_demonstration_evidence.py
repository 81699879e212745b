"""The demonstration's evidence: cited where it can be, unused, with a telephone number, and missing from some items."""

from datetime import date

from taizhang.web.ledger.models import Citation, Entry, Evidence
from taizhang.web.ledger.workflow import demonstration_evidence
from taizhang.web.ledger.workflow.demonstration_calendar import Calendar


def test_each_kind_of_evidence_is_there(scene, vault_folder):
    units = {"教务处": scene.teaching, "继续教育学院": scene.training, "国际交流处": scene.training}
    people = {"jiaowu": scene.people.reporter, "jijiao": scene.people.colleague, "guoji": scene.people.colleague}
    Entry.objects.update(text="已完成")
    demonstration_evidence.plant(Calendar(date(2026, 11, 22)), scene.round, units, people)
    assert Evidence.objects.filter(has_personal=True).exists()
    assert Evidence.objects.filter(citations=None).exists()
    assert Citation.objects.exists()
    assert not Evidence.objects.filter(dated__gt=date(2026, 11, 22)).exists()
