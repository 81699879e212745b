"""Bringing files in by the form and by the script's protocol."""

import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import evidence_files as files
from taizhang.web.ledger.evidence import vault
from taizhang.web.ledger.models import Citation, Evidence, Upload
from taizhang.web.ledger.workflow import uploads

DATA = ("教学改革项目立项通知。\n" * 300).encode()


@pytest.fixture(autouse=True)
def folder(vault_folder):
    return vault_folder


def form(scene, *sent, **more):
    return {"unit": scene.teaching.pk, "files": [SimpleUploadedFile(name, data) for name, data in sent], **more}


def test_a_plain_form_takes_many_files(as_, scene):
    sent = form(scene, ("a.txt", b"one"), ("b.pdf", files.pdf()), ("c.png", files.png()))
    answer = as_("reporter").post("/evidence/upload/", sent, follow=True)
    assert "收到 3 个文件" in answer.content.decode()
    assert Evidence.objects.count() == 3


def test_one_refused_file_holds_back_no_other(as_, scene):
    sent = form(scene, ("a.txt", b"one"), ("证书.pdf", b"MZ" + b"\0" * 99))
    answer = as_("reporter").post("/evidence/upload/", sent)
    page = answer.content.decode()
    assert answer.status_code == 400 and "程序文件" in page and "收到 1 个文件" in page
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "why"), [({"files": []}, "请先选择文件"), ({"unit": ""}, "哪个单位"), ({"unit": "999999"}, "哪个单位")]
)
def test_an_incomplete_form_says_what_is_missing(as_, scene, more, why):
    answer = as_("reporter").post("/evidence/upload/", {**form(scene, ("a.txt", b"one")), **more})
    assert answer.status_code == 400 and why in answer.content.decode()


@pytest.mark.parametrize("role", ["admin", "expert", "province", "nobody"])
def test_who_has_no_unit_to_fill_uploads_nothing(as_, scene, role):
    assert as_(role).get("/evidence/upload/").status_code == 403
    assert as_(role).post("/evidence/upload/", form(scene, ("a.txt", b"one"))).status_code in {400, 403}
    begun = as_(role).post("/evidence/uploads/", {"unit": scene.teaching.pk, "name": "a.txt", "size": 3})
    assert begun.status_code == 400
    assert not Evidence.objects.exists() and not Upload.objects.exists()


def test_uploaded_for_an_item_is_cited_there(as_, scene):
    entry = scene.entries[0]
    assert str(entry) in as_("reporter").get(f"/evidence/upload/?entry={entry.pk}").content.decode()
    answer = as_("reporter").post("/evidence/upload/", form(scene, ("a.txt", b"one"), entry=entry.pk))
    assert answer["Location"] == f"/entries/{entry.pk}/#evidence"
    assert Citation.objects.get().entry == entry
    assert as_("colleague").get(f"/evidence/upload/?entry={entry.pk}").status_code == 404


def test_the_same_file_is_told(as_, scene):
    as_("reporter").post("/evidence/upload/", form(scene, ("a.txt", DATA)))
    answer = as_("reporter").post("/evidence/upload/", form(scene, ("b.txt", DATA)), follow=True)
    assert "是同一个文件：a" in answer.content.decode()


def begun(client, scene, **more):
    return client.post("/evidence/uploads/", {"unit": scene.teaching.pk, "name": "通知.txt", "size": len(DATA), **more})


def send(client, where, start, end, checksum=None, **headers):
    data = DATA[start:end]
    return client.post(
        where["url"], data, content_type="application/octet-stream",
        headers={"X-Offset": str(start), "X-Checksum": str(zlib.crc32(data) if checksum is None else checksum), **headers},
    )  # fmt: skip


def test_pieces_make_the_file_and_a_lost_answer_is_asked_for_again(as_, scene):
    client = as_("reporter")
    where = begun(client, scene).json()
    assert send(client, where, 0, 3000).json()["received"] == 3000
    looked = client.get(where["url"]).json()
    assert (looked["received"], looked["checksum"]) == (3000, zlib.crc32(DATA[:3000]))
    stale = send(client, where, 0, 3000)
    assert stale.status_code == 409 and stale.json()["received"] == 3000
    done = send(client, where, 3000, len(DATA)).json()
    again = send(client, where, len(DATA), len(DATA)).json()
    assert done["evidence"] == again["evidence"]
    assert vault.place(Evidence.objects.get().blob_id).read_bytes() == DATA


def test_a_spoilt_piece_is_refused_and_sent_again(as_, scene):
    client = as_("reporter")
    where = begun(client, scene).json()
    spoilt = send(client, where, 0, 3000, checksum=7)
    assert spoilt.status_code == 400 and "传输中出错" in spoilt.json()["sentence"]
    assert send(client, where, 0, 3000).status_code == 200


def test_a_refused_file_says_why(as_, scene):
    client = as_("reporter")
    where = client.post("/evidence/uploads/", {"unit": scene.teaching.pk, "name": "a.pdf", "size": 4}).json()
    answer = client.post(where["url"], b"MZ\0\0", content_type="application/octet-stream", headers={"X-Offset": "0"})
    assert answer.status_code == 400 and "程序" in answer.json()["sentence"]
    assert client.get(where["url"]).status_code == 404


def test_too_big_is_told_before_it_is_sent(as_, scene, settings):
    settings.UPLOAD_LIMIT = 1000
    answer = begun(as_("reporter"), scene)
    assert answer.status_code == 400 and "超过" in answer.json()["sentence"]


@pytest.mark.parametrize("role", ["colleague", "lead", "office", "outsider"])
def test_nobody_goes_on_with_the_upload_of_another(as_, scene, role):
    where = begun(as_("reporter"), scene).json()
    assert as_(role).get(where["url"]).status_code == 404
    assert send(as_(role), where, 0, 10).status_code == 404
    assert as_(role).post(f"{where['url']}cancel/").status_code == 404


def test_one_uploads_for_no_other_unit(as_, scene):
    assert begun(as_("colleague"), scene).status_code == 400
    assert begun(as_("outsider"), scene).status_code == 400


def test_a_known_file_is_told_before_it_is_sent_to_those_who_see_it(as_, scene, kept):
    piece = kept("通知.txt", DATA)
    assert begun(as_("reporter"), scene, sha256=piece.blob_id).json()["same"][0]["title"] == "通知"
    elsewhere = as_("colleague").post(
        "/evidence/uploads/", {"unit": scene.training.pk, "name": "a", "size": 5, "sha256": piece.blob_id}
    )
    assert elsewhere.json()["same"] == []


def test_pieces_for_an_item_cite_there(as_, scene):
    client = as_("reporter")
    where = begun(client, scene, entry=scene.entries[0].pk).json()
    send(client, where, 0, len(DATA), **{"X-Entry": str(scene.entries[0].pk)})
    assert Citation.objects.get().entry == scene.entries[0]


def test_what_cannot_be_cited_is_kept_all_the_same(as_, scene):
    client = as_("reporter")
    where = begun(client, scene).json()
    scene.round.entries.update(stage="60-locked")
    said = send(client, where, 0, len(DATA), **{"X-Entry": str(scene.entries[0].pk)}).json()
    assert "已锁定" in said["sentence"] and "evidence" in said
    assert Evidence.objects.count() == 1 and not Citation.objects.exists()


def test_a_cancelled_upload_is_gone_and_an_unfinished_one_is_offered(as_, scene):
    client = as_("reporter")
    where = begun(client, scene).json()
    send(client, where, 0, 3000)
    assert "没有传完的" in client.get("/evidence/upload/").content.decode()
    assert client.post(f"{where['url']}cancel/").status_code == 302
    assert list(vault.files()) == [] and not Upload.objects.exists()
    assert uploads.forgotten() == []
