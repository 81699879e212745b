"""Whole pages and parts of them."""


def test_htmx_gets_the_part_that_the_whole_page_includes(scene, as_):
    office, address = as_("office"), f"/programmes/{scene.programme.pk}/points/"
    whole = office.get(address).content.decode()
    part = office.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    assert part.strip() in whole
