"""What was backed up comes back whole, or not at all."""

import hashlib
import json
import zipfile

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from taizhang.web.ledger import archive, history
from taizhang.web.ledger.evidence import search
from taizhang.web.ledger.models import Blob, Evidence, SearchText, Unit
from taizhang.web.ledger.workflow import entries


@pytest.fixture
def evidence_folder(tmp_path, settings):
    settings.EVIDENCE = tmp_path / "evidence"
    return settings.EVIDENCE


@pytest.fixture
def ledger(scene, evidence_folder):
    """Something of everything: a saved entry, history, a file of evidence."""
    entries.save(scene.people.reporter, scene.entries[0], 1, {"text": "新建校级课程 6 门。"})
    content = "名单".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    place = evidence_folder / sha256[:2] / sha256
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    blob = Blob.objects.create(sha256=sha256, size=len(content), media_type="text/plain", stored_at=timezone.now())
    Evidence.objects.create(
        college=scene.college, unit=scene.teaching, blob=blob, title="名单", file_name="名单.txt",
        uploaded_at=timezone.now(), uploaded_by=scene.people.reporter,
    )  # fmt: skip
    return scene


def everything():
    return {table.__name__: list(table.objects.order_by("pk").values_list()) for table in archive.tables()}


def emptied():
    from django.db import connection

    with connection.constraint_checks_disabled():
        for table in reversed(archive.tables()):
            rows = table.objects.all()
            rows._raw_delete(rows.db)


@pytest.mark.django_db(transaction=True)
def test_a_restored_ledger_is_the_same_to_the_last_row_and_byte(ledger, tmp_path, evidence_folder):
    before, college = everything(), ledger.college.pk
    call_command("backup", str(tmp_path / "备份.zip"))
    emptied()
    for file in [file for file in evidence_folder.rglob("*") if file.is_file()]:
        file.unlink()
    call_command("restore", str(tmp_path / "备份.zip"))
    assert everything() == before
    assert list(history.breaks(Unit.objects.get(pk=college))) == []
    assert [file.read_bytes() for file in settings.EVIDENCE.rglob("*") if file.is_file()] == ["名单".encode()]
    Unit.objects.create(name="新部门", kind="department")


def altered(source, target, name, change):
    """A copy of a backup with one member changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            new.writestr(member, change(data) if member.startswith(name) else data)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Entry.jsonl", lambda data: data.replace("6 门".encode(), "9 门".encode())),
        ("Change.jsonl", lambda data: data.rpartition(b"\n")[0].rpartition(b"\n")[0] + b"\n"),
        ("evidence/", lambda data: data + b"!"),
        ("manifest.json", lambda data: data.replace(b'"form": 1', b'"form": 99')),
        ("manifest.json", lambda _data: b"{"),
    ],
)
def test_a_damaged_backup_restores_nothing(ledger, tmp_path, evidence_folder, name, change):
    archive.back_up(tmp_path / "a.zip")
    altered(tmp_path / "a.zip", tmp_path / "b.zip", name, change)
    emptied()
    for file in [file for file in evidence_folder.rglob("*") if file.is_file()]:
        file.unlink()
    with pytest.raises(archive.ArchiveError):
        archive.restore(tmp_path / "b.zip")
    assert Unit.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_ledger_with_data_is_not_written_over(ledger, tmp_path):
    archive.back_up(tmp_path / "a.zip")
    with pytest.raises(archive.ArchiveError, match="已有数据"):
        archive.restore(tmp_path / "a.zip")


@pytest.mark.django_db(transaction=True)
def test_a_backup_with_evidence_missing_is_not_left_half_written(ledger, tmp_path, evidence_folder):
    next(file for file in evidence_folder.rglob("*") if file.is_file()).unlink()
    with pytest.raises(archive.ArchiveError, match="佐证原件"):
        archive.back_up(tmp_path / "out" / "a.zip")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_backup_never_replaces_a_file(ledger, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"mine")
    with pytest.raises(archive.ArchiveError):
        archive.back_up(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == b"mine"


@pytest.mark.django_db(transaction=True)
def test_the_manifest_counts_every_row(ledger, tmp_path):
    rows = archive.back_up(tmp_path / "a.zip")
    manifest = json.loads(zipfile.ZipFile(tmp_path / "a.zip").read("manifest.json"))
    assert (
        rows
        == sum(table.objects.count() for table in archive.tables())
        == sum(p["rows"] for p in manifest["parts"].values())
    )


@pytest.mark.django_db(transaction=True)
def test_words_are_found_again_after_a_restore(ledger, tmp_path):
    Blob.objects.update(text="立项名单")
    archive.back_up(tmp_path / "备份.zip")
    emptied()
    SearchText.objects.all().delete()
    archive.restore(tmp_path / "备份.zip")
    assert search.holding("名单").count() == 1
