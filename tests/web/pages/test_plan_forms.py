"""Filters narrow, and a wrong value narrows nothing."""


def test_a_filter_narrows_and_a_wrong_value_does_not(scene, as_):
    office, address = as_("office"), f"/programmes/{scene.programme.pk}/points/"
    assert "制定培训办法" not in office.get(address, {"words": "校级课程"}).content.decode()
    for wrong in ({"year": "abc"}, {"unit": "999"}, {"task": "x"}, {"page": "-3"}, {"page": "zz"}):
        assert "制定培训办法" in office.get(address, wrong).content.decode()
