"""The report of the demonstration is built, circulated and remarked on."""

from taizhang.web.ledger.models import BuildState, BuiltReport, Entry, ReportStage
from taizhang.web.ledger.workflow import demonstration_reports


def test_the_report_is_there_to_be_looked_at(scene, vault_folder):
    Entry.objects.filter(pk=scene.value.pk).update(altered=True)
    demonstration_reports.plant(scene.round, {"shuanggao": scene.people.office, "jiaowu-fuze": scene.people.lead})
    row = BuiltReport.objects.get()
    assert (row.state, row.stage) == (BuildState.BUILT, ReportStage.CIRCULATED)
    assert row.files.count() == 1 and row.remarks.count() == 1 and row.override
