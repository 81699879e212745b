"""The list of evidence: its filters, its search, its pages, and the same number of questions however long it is."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from taizhang.web.ledger.models import Evidence, Upload
from taizhang.web.ledger.workflow import evidence as verbs
from taizhang.web.pages.evidence_list import EvidenceList


@pytest.fixture
def listed(scene):
    def titles(role="reporter", **chosen):
        return [row.title for row in EvidenceList.of(getattr(scene.people, role), chosen).rows]

    return titles


def test_each_doubt_finds_its_own(kept, scene, listed):
    reporter = scene.people.reporter
    used, unused = kept("用了的.txt", b"used one"), kept("没用的.txt", "电话 13810203040".encode())
    verbs.cite(reporter, scene.entries[0], used)
    verbs.describe(reporter, Evidence.objects.get(pk=used.pk), 1, {"dated": "2019-05-01"})
    assert listed(doubt="unused") == ["没用的"]
    assert listed(doubt="undated") == ["没用的"]
    assert listed(doubt="personal") == ["没用的"]
    assert listed(doubt="period") == ["用了的"]
    assert listed(doubt="twice") == listed(doubt="withdrawn") == []
    kept("又一份.txt", b"used one")
    assert listed(doubt="twice") == ["又一份", "用了的"]
    verbs.withdraw(reporter, unused, "错了")
    assert listed(doubt="withdrawn") == ["没用的"]
    assert listed(doubt="no such", unit="x", sort="no such") == ["又一份", "用了的"]


def test_in_period_is_in_no_doubt(kept, scene, listed):
    piece = kept()
    verbs.cite(scene.people.reporter, scene.entries[0], piece)
    for dated, found in (("2022-12-31", 1), ("2023-01-01", 0), ("2025-12-31", 0), ("2026-01-01", 1)):
        row = Evidence.objects.get()
        verbs.describe(scene.people.reporter, row, row.version, {"dated": dated})
        assert len(listed(doubt="period")) == found


def test_words_are_found_in_titles_and_in_texts_by_those_who_see_them(kept, scene, listed):
    kept("教改通知.txt", "关于公布名单".encode())
    kept("培训.txt", "教改名单".encode(), role="colleague", unit=scene.training)
    assert listed(q="教改") == ["教改通知"]
    assert listed(q="名单") == ["教改通知"]
    assert listed("office", q="教改 名单") == ["培训"]
    assert listed("office", q="教改") == ["培训", "教改通知"]
    assert listed("outsider", q="教改") == []
    assert listed("office", unit=str(scene.training.pk)) == ["培训"]


def test_a_hit_is_shown_in_the_list(as_, kept):
    kept("通知.txt", "关于公布教学改革项目的通知".encode())
    page = as_("reporter").get("/evidence/?q=改革").content.decode()
    assert "<mark>改革</mark>" in page


def test_an_empty_list_says_what_to_do(as_, scene, vault_folder):
    assert "还没有佐证材料" in as_("reporter").get("/evidence/").content.decode()
    assert "没有符合条件的材料" in as_("reporter").get("/evidence/?q=没有的").content.decode()


def many(scene, piece, count):
    Evidence.objects.bulk_create(
        Evidence(college=scene.college, unit=scene.teaching, blob=piece.blob, title=f"材料{n}", file_name="a.txt",
                 uploaded_at=timezone.now(), uploaded_by=scene.people.reporter)
        for n in range(count)
    )  # fmt: skip


def test_a_longer_list_asks_no_more(as_, kept, scene, django_assert_max_num_queries):
    piece = kept("通知.txt")
    verbs.cite(scene.people.reporter, scene.entries[0], piece)
    client = as_("office")
    asked = []
    for count in (3, 120):
        many(scene, piece, count)
        for address in ("/evidence/", "/evidence/?q=通知"):
            client.get(address)
            cache.clear()
            with django_assert_max_num_queries(16) as captured:
                assert client.get(address).status_code == 200
            asked.append(len(captured))
    assert asked[:2] == asked[2:]
    page = client.get("/evidence/?page=2").content.decode()
    assert "第 2 页" in page and "page=3" in page


def test_the_newest_of_a_college_are_read_and_no_more(scene):
    rows = EvidenceList.of(scene.people.office, {}).rows.values_list("pk", flat=True)[:51]
    assert str(rows.query).count("SELECT") == 1
    if connection.vendor == "sqlite":
        plan = rows.explain()
        assert "evidence_newest" in plan
        assert "TEMP B-TREE" not in plan


def test_a_common_word_is_asked_of_each_row_on_the_walk(scene):
    rows = EvidenceList.of(scene.people.office, {"q": "关于公布"}).rows.values_list("pk", flat=True)[:51]
    if connection.vendor == "sqlite":
        plan = rows.explain()
        assert "evidence_newest" in plan
        assert "TEMP B-TREE" not in plan


def test_a_page_beyond_the_end_is_empty_and_still_counts(kept, scene):
    kept("通知.txt")
    shown = EvidenceList.of(scene.people.office, {"page": "3"}).shown()
    assert (shown["pieces"], shown["count"], shown["has_next"]) == ([], 1, False)


def test_an_upload_is_no_evidence_before_it_is_finished(scene, vault_folder, listed):
    Upload.objects.create(
        person=scene.people.reporter, unit=scene.teaching, file_name="a", size=5, begun_at=timezone.now()
    )
    assert listed() == []
