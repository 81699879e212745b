"""Who sees the reports that the ledger writes."""

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import BuiltReport, ReportStage
from web_access import built
from web_assessing import evidence

ROLES = ["reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody"]
SEEN = {
    ReportStage.DRAFT: {"office"},
    ReportStage.CIRCULATED: {"office", "lead", "team_lead"},
    ReportStage.APPROVED: {"office", "lead", "team_lead"},
    ReportStage.HANDED_IN: {"office", "lead", "team_lead", "province"},
}


@pytest.mark.parametrize("stage", SEEN)
def test_a_report_is_seen_by_stage(scene, vault_folder, stage):
    row = built(scene, evidence(scene, "课程建设名单"))
    BuiltReport.objects.filter(pk=row.pk).update(stage=stage)
    seen = {role for role in ROLES if access.visible_built_reports(getattr(scene.people, role)).exists()}
    assert seen == SEEN[stage]
    row.refresh_from_db()
    remark = {role for role in ROLES if access.may_remark(getattr(scene.people, role), row)}
    assert remark == ({"office", "lead", "team_lead"} if stage == ReportStage.CIRCULATED else {"office"})


def test_snapshots_building_and_keeping_are_for_the_office(scene, vault_folder):
    row = built(scene, evidence(scene, "课程建设名单"))
    for role in ROLES:
        person, is_office = getattr(scene.people, role), role == "office"
        assert access.visible_snapshots(person).exists() is is_office
        assert (
            access.may_build(person, scene.programme) is is_office and access.may_keep_report(person, row) is is_office
        )
