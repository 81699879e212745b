"""Choosing evidence for an item, taking it away, and the items that claim to be done and prove nothing."""

import pytest

from taizhang.web.ledger.models import Citation, Entry, Stage
from taizhang.web.ledger.workflow import evidence as verbs


@pytest.fixture
def piece(kept):
    return kept("立项通知.txt")


def test_evidence_is_found_and_cited_with_its_pages(as_, piece, scene):
    there = f"/entries/{scene.entries[0].pk}/"
    assert piece.title in as_("reporter").get(f"{there}evidence/").content.decode()
    part = as_("reporter").get(f"{there}evidence/?q=教学改革", headers={"HX-Request": "true"}).content.decode()
    assert "<mark>教学改革</mark>" in part and "<html" not in part
    answer = as_("reporter").post(f"{there}cite/", {"evidence": piece.pk, "pages": "3-5"}, follow=True)
    page = answer.content.decode()
    assert "已引用" in page and "3-5" in page and "1-0-2024-1-01" in page
    assert "已引用" in as_("reporter").get(f"{there}evidence/").content.decode()


@pytest.mark.parametrize("role", ["colleague", "admin", "expert", "province", "outsider", "nobody"])
def test_outsiders_find_neither_the_item_nor_its_evidence(as_, piece, scene, role):
    there = f"/entries/{scene.entries[0].pk}/"
    assert as_(role).get(f"{there}evidence/").status_code == 404
    assert as_(role).post(f"{there}cite/", {"evidence": piece.pk}).status_code == 404


def test_who_only_reads_an_item_adds_nothing(as_, piece, scene):
    verbs.cite(scene.people.reporter, scene.entries[0], piece)
    citation = Citation.objects.get()
    page = as_("team_lead").get(f"/entries/{scene.entries[0].pk}/").content.decode()
    assert piece.title in page and "不再引用" not in page
    assert as_("team_lead").post(f"/entries/{scene.entries[0].pk}/cite/", {"evidence": piece.pk}).status_code == 403
    assert as_("team_lead").post(f"/citations/{citation.pk}/withdraw/").status_code == 403


def test_what_one_does_not_see_is_not_cited(as_, piece, scene):
    mine = scene.entries[1]
    for wanted in (piece.pk, "x", ""):
        assert as_("colleague").post(f"/entries/{mine.pk}/cite/", {"evidence": wanted}).status_code == 404
    assert as_("office").post(f"/entries/{mine.pk}/cite/", {"evidence": piece.pk}).status_code == 302


def test_wrong_pages_are_told(as_, piece, scene):
    answer = as_("reporter").post(f"/entries/{scene.entries[0].pk}/cite/", {"evidence": piece.pk, "pages": "封面"})
    assert answer.status_code == 400 and "不是页码" in answer.content.decode()


def test_a_citation_is_taken_away_unless_its_item_is_locked(as_, piece, scene):
    citation = verbs.cite(scene.people.reporter, scene.entries[0], piece)
    Entry.objects.update(stage=Stage.LOCKED)
    answer = as_("office").post(f"/citations/{citation.pk}/withdraw/")
    assert answer.status_code == 409 and "已锁定" in answer.content.decode()
    Entry.objects.update(stage=Stage.DRAFT)
    assert as_("colleague").post(f"/citations/{citation.pk}/withdraw/").status_code == 404
    assert as_("reporter").post(f"/citations/{citation.pk}/withdraw/").status_code == 302
    assert not Citation.objects.filter(withdrawn_at=None).exists()


@pytest.mark.parametrize(
    ("told", "is_listed"),
    [
        ({"rate": "100%"}, True), ({"rate": "117.5%"}, True), ({"rate": "≥100"}, True), ({"rate": "99.9%"}, False),
        ({"rate": "10.0%"}, False), ({"state": "built"}, True), ({"rate": "100%", "state": "postponed"}, False), ({}, False),
    ],
)  # fmt: skip
def test_items_that_claim_to_be_done_and_cite_nothing_are_listed(as_, piece, scene, told, is_listed):
    Entry.objects.filter(pk=scene.entries[0].pk).update(**told)
    there = f'href="/entries/{scene.entries[0].pk}/#evidence"'
    assert (there in as_("reporter").get("/evidence/missing/").content.decode()) is is_listed
    assert there not in as_("colleague").get("/evidence/missing/").content.decode()
    verbs.cite(scene.people.reporter, scene.entries[0], piece)
    assert there not in as_("reporter").get("/evidence/missing/").content.decode()


def test_without_a_round_the_list_is_empty(as_, scene):
    assert "还没有填报轮次" in as_("outsider").get("/evidence/missing/").content.decode()
