"""The list of evidence and the page of one piece: who sees them, what they show, what may be done there."""

import pytest

import evidence_files as files
from taizhang.web.ledger.models import Evidence, Stage
from taizhang.web.ledger.workflow import evidence as verbs

SEES = {"reporter", "lead", "office"}
ROLES = ("reporter", "colleague", "lead", "team_lead", "office", "admin", "expert", "province", "outsider", "nobody")


@pytest.fixture
def piece(kept):
    return kept("立项通知.txt")


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_know_of_a_piece_finds_no_page_no_file_and_no_preview(as_, kept, role):
    piece = kept("证书.png", files.png())
    there = f"/evidence/{piece.pk}/"
    for address in (there, f"{there}file/", f"{there}pages/1/"):
        assert as_(role).get(address).status_code == (200 if role in SEES else 404), address
    for step in ("describe", "withdraw", "restore"):
        answer = as_(role).post(f"{there}{step}/", {"version": "0", "title": "x"})
        assert (answer.status_code == 404) is (role not in SEES)
    assert piece.title in as_(role).get("/evidence/").content.decode() or role not in SEES


def test_who_reads_a_locked_item_sees_its_evidence_and_changes_nothing(as_, piece, scene):
    verbs.cite(scene.people.office, scene.entries[0], piece)
    assert as_("province").get(f"/evidence/{piece.pk}/").status_code == 404
    assert as_("team_lead").get(f"/evidence/{piece.pk}/").status_code == 200
    scene.round.entries.update(stage=Stage.LOCKED)
    page = as_("province").get(f"/evidence/{piece.pk}/")
    assert page.status_code == 200 and "保存说明" not in page.content.decode()
    assert as_("province").post(f"/evidence/{piece.pk}/describe/", {"title": "乙", "version": "1"}).status_code == 403
    assert as_("province").post(f"/evidence/{piece.pk}/withdraw/", {"reason": "x"}).status_code == 403


def test_a_description_is_saved(as_, piece):
    typed = {
        "version": "1",
        "title": "立项通知",
        "dated": "2024.3.5",
        "issued_by": "省教育厅",
        "document_number": "1号",
    }
    answer = as_("reporter").post(f"/evidence/{piece.pk}/describe/", typed, follow=True)
    assert "说明已保存" in answer.content.decode()
    row = Evidence.objects.get()
    assert (str(row.dated), row.issued_by) == ("2024-03-05", "省教育厅")


def test_a_refused_description_says_why_and_keeps_what_was_typed(as_, piece):
    typed = {"version": "1", "title": "新的标题", "dated": "去年春天", "issued_by": "省教育厅"}
    answer = as_("reporter").post(f"/evidence/{piece.pk}/describe/", typed)
    page = answer.content.decode()
    assert answer.status_code == 400 and "不是日期" in page
    assert 'value="新的标题"' in page and 'value="去年春天"' in page and 'value="省教育厅"' in page


def test_who_describes_an_older_version_is_told(as_, piece, scene):
    verbs.describe(scene.people.lead, piece, 1, {"title": "甲"})
    answer = as_("reporter").post(f"/evidence/{piece.pk}/describe/", {"version": "1", "title": "乙"})
    assert answer.status_code == 409 and "有人改过" in answer.content.decode()


def test_a_piece_is_withdrawn_and_restored(as_, piece):
    there = f"/evidence/{piece.pk}/"
    assert as_("reporter").post(f"{there}withdraw/", {"reason": ""}).status_code == 400
    assert as_("reporter").post(f"{there}withdraw/", {"reason": "传错了"}).status_code == 302
    assert piece.title not in as_("reporter").get("/evidence/").content.decode().partition('id="list"')[2]
    assert piece.title in as_("reporter").get("/evidence/?doubt=withdrawn").content.decode()
    assert as_("reporter").post(f"{there}restore/").status_code == 302
    assert Evidence.objects.get().withdrawn_at is None


def test_the_page_of_a_pdf_turns_its_pages_and_leads_to_the_searched_word(as_, kept):
    piece = kept("a.pdf", files.pdf("cover", "the final report"))
    page = as_("reporter").get(f"/evidence/{piece.pk}/?page=2&q=final").content.decode()
    assert f"/evidence/{piece.pk}/pages/2/" in page and "<mark>final</mark>" in page
    part = as_("reporter").get(f"/evidence/{piece.pk}/?page=99", headers={"HX-Request": "true"}).content.decode()
    assert f"/evidence/{piece.pk}/pages/2/" in part and "<html" not in part


def test_what_a_file_says_is_shown_as_words_and_never_as_markup(as_, kept):
    piece = kept("a.docx", files.word("<img src=x onerror=alert(1)>", "{{ request }}"))
    page = as_("reporter").get(f"/evidence/{piece.pk}/").content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page and "<img src=x" not in page
    sheet = kept("a.xlsx", files.sheet(("课程", "门数"), ("<b>在线</b>", 6)))
    assert "&lt;b&gt;在线&lt;/b&gt;" in as_("reporter").get(f"/evidence/{sheet.pk}/").content.decode()


def test_a_forged_file_still_has_its_page(as_, kept):
    for name, data in (
        ("a.docx", files.zipped(**{"[Content_Types].xml": "<", "word/document.xml": "<"})),
        ("a.pdf", b"%PDF-1.7" + b"\0" * 99),
    ):
        piece = kept(name, data)
        assert as_("reporter").get(f"/evidence/{piece.pk}/").status_code == 200


def test_personal_data_is_warned_of_with_its_page(as_, kept):
    piece = kept("a.pdf", files.pdf("cover", "tel 13810203040"))
    page = as_("reporter").get(f"/evidence/{piece.pk}/").content.decode()
    assert "疑似个人信息" in page and "第 2 页" in page and "138****3040" in page and "13810203040" not in page


def test_evidence_of_another_year_is_marked(as_, piece, scene):
    verbs.describe(scene.people.reporter, piece, 1, {"dated": "2019-05-01"})
    verbs.cite(scene.people.reporter, scene.entries[0], piece)
    assert "日期不在填报期内" in as_("reporter").get(f"/evidence/{piece.pk}/").content.decode()


def test_the_list_is_an_excel_file_too(as_, piece):
    answer = as_("reporter").get("/evidence/?format=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet") and answer.content.startswith(b"PK")
