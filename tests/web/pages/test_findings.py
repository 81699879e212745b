"""A finding of a report: what the rule says, and what is done; who may stands in test_reports."""

import pytest
from django.core.files.base import ContentFile

from taizhang.web.ledger.models import FindingStatus, ReportFinding
from taizhang.web.ledger.workflow import reports

REPORT = """表1 数量指标

| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|
| 1.1.1 省级在线课程（门） | 10 | 8 | 100% |
"""


@pytest.fixture
def found(scene, settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"
    file = ContentFile(REPORT.encode(), name="报告.md")
    row = reports.upload(scene.people.office, [file], reports.Consignment(scene.college))[0]
    reports.check(scene.people.office, row)
    return ReportFinding.objects.get()


def test_it_is_explained_by_its_rule(as_, found):
    page = as_("office").get(f"/findings/{found.pk}/").content.decode()
    assert "却写 100%" in page
    assert "教职成厅函〔2024〕1号" in page


def test_who_was_given_it_sees_it_alone_and_mends_it(scene, as_, found):
    colleague = as_("colleague")
    assert colleague.get(f"/findings/{found.pk}/").status_code == 404
    as_("office").post(f"/findings/{found.pk}/give/", {"person": scene.people.colleague.pk, "measure": "核对清单"})
    assert "却写 100%" in colleague.get("/findings/").content.decode()
    assert colleague.get(f"/reports/{found.report_id}/").status_code == 404
    assert f"/reports/{found.report_id}/" not in colleague.get(f"/findings/{found.pk}/").content.decode()
    colleague.post(f"/findings/{found.pk}/mend/")
    found.refresh_from_db()
    assert found.status == FindingStatus.MENDED
    assert "已经是" in colleague.post(f"/findings/{found.pk}/mend/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("verb", "typed", "sentence"),
    [
        ("exempt", {"reason": "等发文", "until": "2020-01-01"}, "不能早于今天"),
        ("exempt", {"reason": "", "until": "2099-01-01"}, "必填"),
        ("give", {"person": "0", "measure": "核对清单"}, "选择一个有效的选项"),
    ],
)
def test_what_is_wrong_is_refused_with_what_was_typed(as_, found, verb, typed, sentence):
    answer = as_("office").post(f"/findings/{found.pk}/{verb}/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert all(word in page for word in typed.values() if word not in {"", "0"})
