"""材料包 on the web: what it would expose is said before it is taken, and it comes from a file, piece by piece."""

import io
import zipfile

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import BuiltReport, Citation, Evidence, Stage
from web_access import built

OK, MOVED, MISSING, FORBIDDEN = 200, 302, 404, 403


@pytest.fixture
def report(scene, kept):
    entry, piece = scene.entries[0], kept()
    entry.stage, entry.text = Stage.APPROVED, "新建校级课程 6 门"
    entry.save()
    Citation.objects.create(
        entry=entry, evidence=piece, cited_at=piece.uploaded_at, cited_by=scene.people.reporter
    )  # fmt: skip
    Evidence.objects.filter(pk=piece.pk).update(has_personal=True)
    return built(scene, piece)


def test_personal_data_is_counted_before_the_download(as_, report):
    page = as_("office").get(f"/built/{report.pk}/bundle/").content.decode()
    assert "1 份疑似有个人信息" in page and "1 份文件" in page and "下载材料包" in page
    assert f"/built/{report.pk}/bundle/" in as_("office").get(f"/built/{report.pk}/").content.decode()
    assert not history.of(report).filter(verb="bundle").exists()


def test_it_is_streamed_whole_under_its_name_and_history_knows(as_, report):
    answer = as_("office").post(f"/built/{report.pk}/bundle/")
    assert answer.streaming and answer["Content-Type"] == "application/zip" and ".zip" in answer["Content-Disposition"]
    data = b"".join(answer)
    assert int(answer["Content-Length"]) == len(data) and zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    assert history.of(report).filter(verb="bundle").count() == 1
    answer.close()
    assert not [path for path in vault.files() if path.parent == vault.folder()]


def test_what_cannot_be_packed_is_on_the_page(as_, report):
    piece = Evidence.objects.get()
    vault.place(piece.blob_id).unlink()
    assert "1 份的原件不在" in as_("office").get(f"/built/{report.pk}/bundle/").content.decode()
    Evidence.objects.update(withdrawn_at=piece.uploaded_at)
    assert "已撤回，没有装入" in as_("office").get(f"/built/{report.pk}/bundle/").content.decode()


def test_a_refusal_is_a_sentence_on_the_page(as_, report, monkeypatch):
    monkeypatch.setattr(vault, "_SPARE", 1 << 62)
    assert "磁盘放不下" in as_("office").post(f"/built/{report.pk}/bundle/", follow=True).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_sees_the_report_may_not_for_that_take_its_evidence(as_, report, method):
    def asked(role):
        return getattr(as_(role), method)(f"/built/{report.pk}/bundle/").status_code

    assert {asked(role) for role in ("reporter", "lead", "province", "outsider", "nobody")} == {MISSING}
    BuiltReport.objects.filter(pk=report.pk).update(stage="40-handed-in")
    assert (asked("lead"), asked("province"), asked("reporter")) == (FORBIDDEN, FORBIDDEN, MISSING)
