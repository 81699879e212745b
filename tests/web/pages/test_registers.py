"""The pages of partners and places."""

import pytest
from django.urls import reverse

from taizhang.core.record import Partner as Named
from taizhang.web.ledger.models import Partner, Place
from taizhang.web.ledger.workflow import registers
from web_records import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(scene):
    names = ("云岭市青石农机有限公司", "青石农机公司")
    return [registers.partners_named(scene.college, [name])[name] for name in names]


def test_the_register_is_found_by_name_and_alias(as_, scene, rows):
    entered(scene, partners=(Named(rows[0].name),))
    client = as_("reporter")
    page = client.get(reverse("partners"), {"q": "农机公司"})
    assert list(page.context["rows"]) == [rows[1]]
    page = client.get(reverse("partners"))
    assert {row.name: row.count for row in page.context["rows"]} == {rows[0].name: 1, rows[1].name: 0}
    assert len(client.get(reverse("partners"), {"sort": "enterprise"}).context["rows"]) == 2
    assert list(client.get(reverse("partners"), {"sort": "none"}).context["rows"]) == []
    assert client.get(reverse("places")).status_code == 200
    for role in ("admin", "expert", "province", "nobody"):
        assert as_(role).get(reverse("partners")).status_code == 404


def test_a_register_asks_as_few_questions_for_fifty_as_for_one(as_, scene, rows, django_assert_max_num_queries):
    client = as_("office")

    def asked():
        with django_assert_max_num_queries(30) as asked:
            client.get(reverse("partners"))
        return len(asked.captured_queries)

    few = asked()
    registers.partners_named(scene.college, [f"合作社 {number}" for number in range(60)])
    assert asked() <= few


def test_doubles_are_shown_merged_and_parted(as_, scene, rows):
    kept, gone = rows
    client = as_("office")
    page = client.get(reverse("partner", args=[gone.pk]))
    assert kept in page.context["doubles"]
    merge = reverse("partner-merge", args=[gone.pk])
    assert client.post(merge, {"into": "没有这一家"}).status_code == 400
    assert client.post(merge, {"into": kept.name}).status_code == 302
    text = client.get(reverse("partner", args=[kept.pk])).content.decode()
    assert gone.name in text and reverse("partner-part", args=[gone.pk]) in text
    assert "拆开" in client.get(reverse("partner", args=[gone.pk])).content.decode()
    assert client.post(reverse("partner-part", args=[gone.pk])).status_code == 302
    assert Partner.objects.get(pk=gone.pk).merged_into is None


def test_places_are_put_into_places(as_, scene):
    town, village = (registers.places_named(scene.college, [name])[name] for name in ("青石镇", "桥头村"))
    client = as_("office")
    describe = reverse("place-describe", args=[village.pk])
    body = {"version": 1, "name": "桥头村", "rank": "5-village", "parent": "青石镇"}
    assert client.post(describe, {**body, "parent": "没有的镇"}).status_code == 400
    assert client.post(describe, body).status_code == 302
    assert Place.objects.get(pk=village.pk).parent == town
    assert client.post(describe, body).status_code == 409
    assert "桥头村" in client.get(reverse("place", args=[town.pk])).content.decode()


def test_where_a_place_lies_is_read_from_its_name_and_left_to_be_confirmed(as_, scene):
    town, village = (
        registers.places_named(scene.college, [name])[name] for name in ("云岭市青石镇", "云岭市青石镇桥头村")
    )
    assert (town.rank, village.rank, village.parent) == ("4-town", "5-village", None)
    page = as_("office").get(reverse("place", args=[village.pk]))
    assert page.context["guess"] == town and 'value="云岭市青石镇"' in page.content.decode()
    assert as_("office").get(reverse("place", args=[town.pk])).context["guess"] is None


def test_names_come_and_go(as_, scene, rows):
    client, row = as_("office"), rows[0]
    assert client.post(reverse("partner-alias", args=[row.pk]), {"name": "青石农机"}).status_code == 302
    assert client.post(reverse("partner-alias", args=[row.pk]), {"name": rows[1].name}).status_code == 400
    assert client.post(reverse("partner-unalias", args=[row.pk]), {"name": "青石农机"}).status_code == 302
    assert client.post(reverse("partner-unalias", args=[row.pk]), {"name": row.name}).status_code == 400


def test_only_the_office_changes_a_register(as_, rows):
    there = reverse("partner-alias", args=[rows[0].pk])
    assert as_("reporter").get(reverse("partner", args=[rows[0].pk])).status_code == 200
    assert as_("reporter").post(there, {"name": "青石"}).status_code == 403
    assert as_("outsider").post(there, {"name": "青石"}).status_code == 404


def test_a_partner_shows_only_records_that_one_may_see(as_, scene):
    entered(scene, scene.people.colleague, scene.training, title="别的部门的培训")
    row = Partner.objects.get()
    assert "别的部门的培训" not in as_("reporter").get(reverse("partner", args=[row.pk])).content.decode()
