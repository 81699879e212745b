"""Bringing evidence in: in pieces, resumed, refused, twice, and with the process killed at any instant."""

import os
import random
import signal
import textwrap
import time
import zlib
from datetime import timedelta

import pytest
from django.utils import timezone

import evidence_files as files
from taizhang.web.ledger import history
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import Blob, Evidence, Upload
from taizhang.web.ledger.workflow import uploads
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

DATA = ("教学改革项目立项通知。\n" * 500).encode()


@pytest.fixture
def begun(scene, vault_folder):
    return uploads.begin(scene.people.reporter, scene.teaching, "通知.txt", len(DATA))


def test_a_file_in_pieces_is_the_file(begun, scene):
    for start in range(0, len(DATA), 4000):
        uploads.send(begun, start, DATA[start : start + 4000], zlib.crc32(DATA[start : start + 4000]))
    kept = uploads.finish(begun)
    evidence = kept.evidence
    assert vault.place(evidence.blob_id).read_bytes() == DATA
    assert (evidence.title, evidence.file_name, evidence.unit) == ("通知", "通知.txt", scene.teaching)
    assert (evidence.blob.size, evidence.blob.text_state) == (len(DATA), "done")
    assert [change.verb for change in history.of(evidence)] == ["upload"]
    assert not vault.arriving(begun.pk).exists()


def test_a_broken_line_resumes_where_it_stopped(begun):
    uploads.send(begun, 0, DATA[:5000])
    with vault.arriving(begun.pk).open("ab") as part:  # a piece that was written and not acknowledged
        part.write(b"half a piece")
    again = Upload.objects.get(pk=begun.pk)
    assert again.received == 5000
    uploads.send(again, 5000, DATA[5000:])
    assert vault.place(uploads.finish(again).evidence.blob_id).read_bytes() == DATA


@pytest.mark.parametrize(
    ("offset", "data", "checksum", "trouble"),
    [
        (7, b"abc", None, OutOfOrderError),
        (0, b"abc", 1, RefusedError),
        (0, b"x" * (len(DATA) + 1), None, RefusedError),
        (0, b"x" * (8 * 1024 * 1024 + 1), None, RefusedError),
    ],
    ids=["gap", "spoilt", "too long", "too much at once"],
)
def test_a_piece_that_does_not_fit_is_refused_and_changes_nothing(begun, offset, data, checksum, trouble):
    with pytest.raises(trouble):
        uploads.send(begun, offset, data, checksum)
    assert Upload.objects.get(pk=begun.pk).received == 0


def test_what_is_not_complete_is_not_finished(begun):
    uploads.send(begun, 0, DATA[:50])
    with pytest.raises(OutOfOrderError):
        uploads.finish(begun)
    assert not Evidence.objects.exists()


def test_finishing_twice_gives_the_same_piece(begun):
    uploads.send(begun, 0, DATA)
    assert uploads.finish(begun).evidence == uploads.finish(begun).evidence
    assert Evidence.objects.count() == 1


def test_a_crash_between_the_file_and_its_row_is_healed_by_finishing_again(begun):
    uploads.send(begun, 0, DATA)
    sha256, _size = vault.measure(vault.arriving(begun.pk))
    Upload.objects.filter(pk=begun.pk).update(sha256=sha256)
    vault.keep(vault.arriving(begun.pk), sha256)  # and here the process died
    assert vault.place(uploads.finish(begun).evidence.blob_id).read_bytes() == DATA


def test_a_part_that_was_lost_is_asked_for_again(begun):
    uploads.send(begun, 0, DATA)
    vault.arriving(begun.pk).unlink()
    with pytest.raises(OutOfOrderError, match="重新上传"):
        uploads.finish(begun)
    assert Upload.objects.get(pk=begun.pk).received == 0


def test_the_same_file_twice_is_kept_once_and_shown(kept, scene):
    first = kept("通知.txt", DATA)
    second = uploads.take(scene.people.reporter, scene.teaching, "又一份.txt", len(DATA), [DATA])
    assert second.twins == (first,)
    assert Blob.objects.count() == 1 and Evidence.objects.count() == 2
    assert uploads.take(scene.people.colleague, scene.training, "它.txt", len(DATA), [DATA]).twins == ()


def test_a_refused_file_leaves_nothing(scene, vault_folder):
    data = b"MZ" + b"\0" * 600
    with pytest.raises(RefusedError, match="程序"):
        uploads.take(scene.people.reporter, scene.teaching, "证书.pdf", len(data), [data])
    assert not Upload.objects.exists() and not Blob.objects.exists() and list(vault.files()) == []


def test_limits_are_told_before_a_byte_is_sent(scene, vault_folder, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    for size, why in ((0, "空文件"), (1024 * 1024 + 1, "超过 1 MB")):
        with pytest.raises(RefusedError, match=why):
            uploads.begin(scene.people.reporter, scene.teaching, "a.pdf", size)


@pytest.mark.parametrize("role", ["colleague", "team_lead", "admin", "expert", "province", "outsider", "nobody"])
def test_one_uploads_for_the_own_unit_only(scene, vault_folder, role):
    with pytest.raises(NotAllowedError):
        uploads.begin(getattr(scene.people, role), scene.teaching, "a.pdf", 5)


def test_a_cancelled_upload_is_gone_and_a_finished_one_stays(begun, kept):
    uploads.send(begun, 0, DATA[:50])
    uploads.cancel(begun)
    assert list(vault.files()) == []
    evidence = kept()
    uploads.cancel(Upload.objects.get(evidence=evidence))
    assert Upload.objects.filter(evidence=evidence).exists()


def test_the_name_tells_what_it_is(kept):
    evidence = kept("..\\证书.pdf", files.png())
    assert (evidence.file_name, evidence.title, evidence.blob.media_type) == ("证书.png", "证书", "image/png")


def test_personal_data_is_warned_of_with_its_page(kept):
    evidence = kept("名册.pdf", files.pdf("cover", "tel 138 1020 3040"))
    assert evidence.has_personal
    assert evidence.personal == [{"page": 2, "kind": "手机号", "masked": "138****3040"}]
    assert kept("名册二.pdf", files.pdf("cover", "tel 138 1020 3040")).has_personal  # known without reading again


def test_what_nobody_went_on_with_is_given_up_when_asked(begun):
    uploads.send(begun, 0, DATA[:50])
    assert uploads.forgotten() == []
    Upload.objects.update(begun_at=timezone.now() - timedelta(days=8))
    [old] = uploads.forgotten()
    uploads.forget(old)
    assert list(vault.files()) == [] and not Upload.objects.exists()


def test_sweeping_takes_strays_only_and_spares_the_young(kept, vault_folder):
    kept()
    stray = vault_folder / "stray"
    stray.write_bytes(b"x")
    assert uploads.sweep() == 0
    os.utime(stray, (1, 1))
    assert uploads.sweep() == 1
    assert len(list(vault.files())) == 1


_SERVANT = textwrap.dedent("""
    import os, sys, random
    import django
    django.setup()
    from taizhang.web.ledger.models import Person, Unit
    from taizhang.web.ledger.workflow import uploads
    person, unit = Person.objects.get(username="baogao"), Unit.objects.get(name="教务处", parent__name="云岭职业技术学院")
    chance = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        data = f"{chance.random()}\\n".encode() * 20000
        upload = uploads.begin(person, unit, "材料.txt", len(data))
        for start in range(0, len(data), 100_000):
            uploads.send(upload, start, data[start:start + 100_000])
            print("piece", upload.pk, min(start + 100_000, len(data)), flush=True)
        kept = uploads.finish(upload)
        print("kept", kept.evidence.pk, kept.evidence.blob_id, flush=True)
""")
_COUNTED = textwrap.dedent("""
    import django
    django.setup()
    from taizhang.web.ledger.models import Blob, Evidence, Change
    from taizhang.web.ledger.evidence.integrity import doubts
    assert list(doubts()) == []
    print(Blob.objects.count(), Evidence.objects.count(), Evidence.objects.count() - Blob.objects.count())
""")
_AFTER = textwrap.dedent("""
    import sys, django
    django.setup()
    from taizhang.web.ledger.evidence import vault
    from taizhang.web.ledger.models import Blob, Evidence, Upload
    from taizhang.web.ledger.workflow import uploads
    for line in sys.stdin:
        what, pk, more = line.split()
        if what == "kept":
            assert Evidence.objects.get(pk=pk).blob_id == more and vault.is_whole(vault.place(more), more), line
        else:
            upload = Upload.objects.get(pk=pk)
            whole = upload.evidence_id or upload.sha256 and vault.place(upload.sha256).is_file()
            assert whole or vault.arriving(upload.pk).stat().st_size >= upload.received >= int(more), line
    for blob in Blob.objects.all():
        assert vault.is_whole(vault.place(blob.sha256), blob.sha256)
    for path in vault.files():
        assert path.parent.name == "arriving" or vault.is_whole(path, path.name), path
    for upload in Upload.objects.filter(evidence=None):
        if upload.received == upload.size:
            uploads.finish(upload)
    print(Evidence.objects.count())
""")


def test_kill_9_at_any_instant_loses_nothing_acknowledged(own_site):
    """A real process on a real database file, killed again and again; what it had said holds, and nothing half is seen."""
    chance = random.Random(20260301)  # noqa: S311 - instants to kill at, not secrets
    told = []
    for round_ in range(5):
        servant = own_site.begin(_SERVANT, str(round_), "1000")
        told.append(servant.stdout.readline())
        time.sleep(chance.uniform(0.02, 0.6))
        servant.send_signal(signal.SIGKILL)
        told += servant.stdout.readlines()
        servant.wait()
    whole = [line for line in told if line.endswith("\n")]
    kept = sum(line.startswith("kept") for line in whole)
    after = own_site.run("-c", _AFTER, input="".join(whole), capture_output=True)
    assert int(after.stdout) >= kept
    assert any(line.startswith("piece") for line in whole)
    verified = own_site.run("-m", "django", "verify_evidence", capture_output=True)
    assert "缺失或被改 0 个" in verified.stdout


def test_several_who_send_the_same_files_at_once_share_their_bytes(own_site):
    senders = [own_site.begin(_SERVANT, "7", "4") for _ in range(3)]
    for sender in senders:
        assert sender.wait(120) == 0
    counted = own_site.run("-c", _COUNTED, capture_output=True)
    assert counted.stdout.split() == [
        "4",
        "12",
        "8",
    ]  # four files of three people, eight pieces above the first of each
