"""The registers: one row for one thing, whatever it was called; a merge that can be undone."""

import pytest

from taizhang.core.record import Partner as Named
from taizhang.web.ledger import history
from taizhang.web.ledger.models import Partner, PartnerAlias, Place, Record
from taizhang.web.ledger.workflow import registers
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError
from web_records import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(scene):
    return scene.people.office


def partner(scene, name):
    return registers.partners_named(scene.college, [name])[name]


def place(scene, name):
    return registers.places_named(scene.college, [name])[name]


def names(row):
    return sorted(alias.name for alias in row.aliases.all())


def test_a_merge_keeps_both_names_and_all_records_and_can_be_undone(scene, office):
    one = entered(scene, partners=(Named("青石街道办事处"),))
    other = entered(scene, partners=(Named("青石街道办"),))
    kept, gone = partner(scene, "青石街道办事处"), partner(scene, "青石街道办")
    registers.merge(office, gone, kept)
    assert names(kept) == ["青石街道办", "青石街道办事处"]
    assert {link.record for link in kept.records.all()} == {one, other}
    assert other.partners.get().told == "青石街道办"
    assert partner(scene, "青石街道办") == kept
    registers.part(office, gone)
    assert (names(kept), names(gone)) == (["青石街道办事处"], ["青石街道办"])
    assert gone.records.get().record == other
    assert partner(scene, "青石街道办") == gone
    assert [each.verb for each in history.of(kept)] == ["part", "merge"]


def test_a_merge_of_merged_ones_is_undone_one_by_one(scene, office):
    first, second, third = (partner(scene, name) for name in ("甲厂", "乙厂", "丙厂"))
    registers.merge(office, first, second)
    registers.merge(office, second, third)
    assert names(third) == ["丙厂", "乙厂", "甲厂"]
    registers.part(office, second)
    assert (names(second), names(third)) == (["乙厂", "甲厂"], ["丙厂"])
    registers.part(office, Partner.objects.get(pk=first.pk))
    assert (names(first), names(second)) == (["甲厂"], ["乙厂"])


def test_places_merge_with_their_records(scene, office):
    row = entered(scene, place="桥头村")
    kept, gone = place(scene, "青石镇桥头村"), place(scene, "桥头村")
    registers.merge(office, gone, kept)
    assert Record.objects.get(pk=row.pk).place == kept
    assert Record.objects.get(pk=row.pk).place_told == "桥头村"
    registers.part(office, Place.objects.get(pk=gone.pk))
    assert Record.objects.get(pk=row.pk).place == gone


def test_a_name_that_two_places_share_is_left_to_a_person(scene, office):
    one = place(scene, "青石市城关镇")
    two = place(scene, "蓝溪县城关镇")
    registers.add_alias(office, one, "城关镇")
    registers.add_alias(office, two, "城关镇")
    assert place(scene, "城关镇") is None
    assert entered(scene, place="城关镇").place is None


def test_a_name_leads_to_one_partner(scene, office):
    partner(scene, "甲厂")
    with pytest.raises(RefusedError, match="合并"):
        registers.add_alias(office, partner(scene, "乙厂"), "甲厂")


def test_a_name_that_records_told_stays(scene, office):
    entered(scene, partners=(Named("甲厂"),))
    row = partner(scene, "甲厂")
    registers.describe(office, row, 1, {"name": "甲机械厂", "kind": "enterprise"})
    assert names(row) == ["甲厂", "甲机械厂"]
    with pytest.raises(OutOfOrderError):
        registers.drop_alias(office, row, "甲厂")
    with pytest.raises(RefusedError):
        registers.drop_alias(office, row, "甲机械厂")
    registers.add_alias(office, row, "甲机")
    registers.drop_alias(office, row, "甲机")
    assert "甲机" not in names(row)


def test_places_lie_in_places(scene, office):
    county, town, village = (place(scene, name) for name in ("蓝溪县", "青石镇", "桥头村"))
    registers.describe(office, village, 1, {"rank": "5-village", "parent": town})
    registers.describe(office, town, 1, {"rank": "4-town", "parent": county})
    county.refresh_from_db()
    town.refresh_from_db()
    village.refresh_from_db()
    assert village.path == f"/{county.pk}/{town.pk}/{village.pk}/"
    with pytest.raises(RefusedError, match="自己"):
        registers.describe(office, county, 1, {"parent": village})
    with pytest.raises(RefusedError, match="不能放"):
        registers.describe(office, county, 1, {"rank": "5-village", "parent": place(scene, "青石镇")} | {"parent": registers.describe(office, place(scene, "丘上村"), 1, {"rank": "5-village"})})  # fmt: skip
    with pytest.raises(OutOfOrderError, match="下面还有"):
        registers.merge(office, town, county)


def test_only_the_office_keeps_the_registers(scene):
    row = partner(scene, "甲厂")
    for verb in (
        lambda who: registers.describe(who, row, 1, {"name": "乙厂"}),
        lambda who: registers.add_alias(who, row, "乙厂"),
        lambda who: registers.drop_alias(who, row, "乙厂"),
        lambda who: registers.merge(who, row, partner(scene, "丙厂")),
        lambda who: registers.part(who, row),
    ):
        for role in ("reporter", "lead", "admin", "province", "outsider"):
            with pytest.raises(NotAllowedError):
                verb(getattr(scene.people, role))


def test_what_cannot_be_is_refused(scene, office):
    row = partner(scene, "甲厂")
    for typed in ({"name": " "}, {"kind": "no_such"}, {"code": "1" * 19}):
        with pytest.raises(RefusedError):
            registers.describe(office, row, 1, typed)
    with pytest.raises(StaleError):
        registers.describe(office, row, 7, {"name": "乙厂"})
    with pytest.raises(RefusedError):
        registers.merge(office, row, row)
    with pytest.raises(RefusedError):
        registers.partners_named(scene.college, ["长" * 121])
    with pytest.raises(TypeError):
        replace_by_nothing(row)
    assert PartnerAlias.objects.get().name == "甲厂"


def replace_by_nothing(row):
    row.delete()
