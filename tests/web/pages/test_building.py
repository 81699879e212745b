"""Written reports on the web: ordered, watched, taken away, passed on."""

import pytest

from taizhang.web.ledger.models import BuildState, BuiltReport, Entry, ReportStage
from web_access import built
from web_assessing import evidence

OK, MOVED, MISSING, FORBIDDEN, REFUSED = 200, 302, 404, 403, 422
ROLES = ["reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody"]


@pytest.fixture
def report(scene, vault_folder):
    return built(scene, evidence(scene, "课程建设名单"))


def order(scene, **more):
    return {"period": scene.periods["mid"].pk, "kind": "selfevaluation", "name": "中期自评", **more}


def test_the_office_orders_and_sees_it_built(scene, as_, vault_folder, django_capture_on_commit_callbacks):
    office = as_("office")
    with django_capture_on_commit_callbacks(execute=True):
        answer = office.post("/built/", order(scene))
    row = BuiltReport.objects.get()
    assert answer.status_code == MOVED and answer.url == f"/built/{row.pk}/" and row.state == BuildState.BUILT
    page = office.get(answer.url).content.decode()
    assert "下载 Word" in page and row.snapshot.sha256[:16] in page and "送负责人征求意见" in page
    file = office.get(f"/built/{row.pk}/files/1/")
    assert file["Content-Type"].endswith("wordprocessingml.document") and b"".join(file)[:2] == b"PK"
    assert "中期自评" in office.get("/built/").content.decode()


def test_what_stands_in_the_way_is_told_with_the_way_to_it_and_nothing_is_lost(scene, as_):
    Entry.objects.filter(pk=scene.value.pk).update(altered=True)
    answer = as_("office").post("/built/", order(scene))
    page = answer.content.decode()
    assert (
        answer.status_code == REFUSED
        and "1 项审后有改动" in page
        and "altered=1" in page
        and 'value="中期自评"' in page
    )


def test_bad_orders_are_refused_with_a_sentence(scene, as_):
    for body in ({}, order(scene, kind="nonsense"), order(scene, name=""), order(scene, period=99999)):
        assert as_("office").post("/built/", body).status_code == REFUSED
    assert not BuiltReport.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_only_the_office_orders_and_only_who_may_sees(scene, as_, report, role):
    client, is_office = as_(role), role == "office"
    assert client.get(f"/built/{report.pk}/").status_code == (OK if is_office else MISSING)
    listed = role in {"office", "lead", "team_lead", "province", "outsider"}
    assert client.get("/built/").status_code == (OK if listed else FORBIDDEN)
    if role != "office":
        assert client.post("/built/", order(scene)).status_code in {FORBIDDEN, REFUSED}
        assert BuiltReport.objects.count() == 1


def test_a_report_on_its_way_shows_how_far_it_is(as_, report):
    BuiltReport.objects.filter(pk=report.pk).update(state=BuildState.WAITING)
    assert "已排队" in as_("office").get(f"/built/{report.pk}/").content.decode()
    part = as_("office").get(f"/built/{report.pk}/", headers={"HX-Request": "true"})
    assert "progress" in part.content.decode() and "<html" not in part.content.decode()
    BuiltReport.objects.filter(pk=report.pk).update(state=BuildState.BUILT)
    assert as_("office").get(f"/built/{report.pk}/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    BuiltReport.objects.filter(pk=report.pk).update(state=BuildState.FAILED, sentence="磁盘满了")
    assert "磁盘满了" in as_("office").get(f"/built/{report.pk}/").content.decode()


def test_it_is_circulated_remarked_on_approved_and_handed_in(as_, report):
    office, lead = as_("office"), as_("lead")
    assert office.post(f"/built/{report.pk}/hand_in/").status_code == MOVED
    report.refresh_from_db()
    assert report.stage == ReportStage.DRAFT  # not before it was approved
    office.post(f"/built/{report.pk}/circulate/")
    assert lead.post(f"/built/{report.pk}/remark/", {"text": "同意"}).status_code == MOVED
    assert lead.post(f"/built/{report.pk}/approve/").status_code == FORBIDDEN
    for verb in ("approve", "hand_in"):
        office.post(f"/built/{report.pk}/{verb}/")
    report.refresh_from_db()
    assert report.stage == ReportStage.HANDED_IN
    assert "同意" in office.get(f"/built/{report.pk}/").content.decode()
    assert as_("province").get(f"/built/{report.pk}/").status_code == OK
    assert office.post(f"/built/{report.pk}/nonsense/").status_code == MISSING
    assert lead.post(f"/built/{report.pk}/remark/", {"text": "再看"}).status_code == FORBIDDEN


def test_a_report_whose_build_broke_off_is_built_again(as_, report, django_capture_on_commit_callbacks):
    BuiltReport.objects.filter(pk=report.pk).update(state=BuildState.FAILED)
    report.files.all().delete()
    as_("office").post(f"/built/{report.pk}/again/")
    report.refresh_from_db()
    assert report.state == BuildState.BUILT


def test_the_list_asks_as_often_whatever_it_holds(scene, as_, report, django_assert_max_num_queries):
    office = as_("office")
    for more in (0, 5):
        for number in range(more):
            BuiltReport.objects.create(
                college=scene.college, programme=scene.programme, snapshot=report.snapshot, kind="selfevaluation",
                title=f"第 {number} 份", made_at=report.made_at, made_by=report.made_by,
            )  # fmt: skip
        with django_assert_max_num_queries(24):
            office.get("/built/")
