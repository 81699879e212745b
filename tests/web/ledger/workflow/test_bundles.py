"""材料包: what the snapshot of a report cites, byte for byte from the vault; what is not there is told."""

import hashlib
import io
import json
import zipfile

import pytest
from django.utils import timezone

from taizhang.web.ledger import history
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import BuildState, Citation, Evidence, RecordCitation, Stage
from taizhang.web.ledger.workflow import bundles
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError
from web_access import built
from web_records import record


@pytest.fixture
def pieces(scene, kept):
    """Three pieces that approved items cite, one that a confirmed record cites, one that nothing does."""
    entry, now, by = scene.entries[0], timezone.now(), scene.people.reporter
    entry.stage, entry.text = Stage.APPROVED, "新建校级课程 6 门"
    entry.save()
    made = [kept(f"材料{n}.txt", f"第 {n} 份".encode()) for n in range(5)]
    for number, each in enumerate(made[:3], start=9):
        Evidence.objects.filter(pk=each.pk).update(number=f"1-1-2024-1-{number}")
        Citation.objects.create(entry=entry, evidence=each, cited_at=now, cited_by=by)
    row = record(scene, stage=Stage.APPROVED)
    RecordCitation.objects.create(record=row, evidence=made[3], cited_at=now, cited_by=by)
    return [Evidence.objects.get(pk=each.pk) for each in made]


@pytest.fixture
def report(scene, pieces):
    return built(scene, pieces[0])


def taken(report, person):
    """The bundle as `{path: bytes}` without its top folder, and its manifest."""
    with bundles.spool() as file:
        bundled = bundles.take(person, report, file)
        with zipfile.ZipFile(file) as archive:
            inside = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert hashlib.sha256(inside["manifest.json"]).hexdigest() == bundled.sealed
    return inside, json.loads(inside["manifest.json"])


def test_it_holds_exactly_what_the_snapshot_cites(scene, report, pieces):
    inside, manifest = taken(report, scene.people.office)
    packed = {each["number"]: inside[each["path"]] for each in manifest["files"] if "fault" not in each}
    assert packed == {
        "1-1-2024-1-9": "第 0 份".encode(), "1-1-2024-1-10": "第 1 份".encode(), "1-1-2024-1-11": "第 2 份".encode(),
        f"E{pieces[3].pk}": "第 3 份".encode(),
    }  # fmt: skip
    assert "1/1-1/1-1-2024/1-1-2024-1-9 材料0.txt" in inside
    assert manifest["snapshot"] == report.snapshot.sha256


def test_missing_changed_and_withdrawn_ones_are_told(scene, report, pieces):
    vault.place(pieces[0].blob_id).unlink()
    spoilt = vault.place(pieces[1].blob_id)
    spoilt.chmod(0o600)
    spoilt.write_bytes(b"else")
    Evidence.objects.filter(pk=pieces[2].pk).update(withdrawn_at=timezone.now())
    told = bundles.content(report)
    assert (len(told.absent), len(told.withheld), told.count) == (1, 1, 2)
    inside, manifest = taken(report, scene.people.office)
    faults = {each["number"]: each["fault"] for each in manifest["files"] if "fault" in each}
    assert "打不开" in faults["1-1-2024-1-9"] and "不一致" in faults["1-1-2024-1-10"]
    assert faults["1-1-2024-1-11"] == "已撤回，没有装入" and len(faults) == 3
    assert not any("第 2 份".encode() == data for data in inside.values())
    assert "有 3 份材料没有装入" in inside["index.html"].decode()


def test_personal_data_is_counted_of_what_is_packed(report, pieces):
    Evidence.objects.filter(pk__in=[pieces[0].pk, pieces[4].pk]).update(has_personal=True)
    assert [each.pk for each in bundles.content(report).personal] == [pieces[0].pk]


def test_history_says_who_took_it_and_the_hash_of_its_manifest(scene, report):
    with bundles.spool() as file:
        bundled = bundles.take(scene.people.office, report, file)
    change = history.of(report).get(verb="bundle")
    assert change.actor == scene.people.office
    assert change.after == {"manifest": bundled.sealed, "pieces": 4, "left_out": 0}


@pytest.mark.parametrize("role", ["reporter", "lead", "admin", "expert", "province", "outsider", "nobody"])
def test_only_the_office_of_the_college_takes_it(scene, report, role):
    with pytest.raises(NotAllowedError):
        bundles.take(getattr(scene.people, role), report, io.BytesIO())
    assert not history.of(report).filter(verb="bundle").exists()


def test_a_full_disk_and_an_unbuilt_report_are_refused_with_a_sentence(scene, report, monkeypatch):
    monkeypatch.setattr(vault, "_SPARE", 1 << 62)
    with bundles.spool() as file, pytest.raises(RefusedError, match="放不下"):
        bundles.take(scene.people.office, report, file)
    report.state = BuildState.FAILED
    with pytest.raises(OutOfOrderError):
        bundles.take(scene.people.office, report, io.BytesIO())
