"""A list is what its address asks for, and its address is what was asked."""

from django.http import QueryDict

from taizhang.web.pages.asked import Asked


def test_only_known_choices_are_taken_and_the_address_tells_them_again(scene):
    query = QueryDict("unit=3&q=+%E8%AF%BE%E7%A8%8B+&sort=&evil=1&page=4")
    asked = Asked.among(scene.people.office, query, "unit", "q", "sort")
    assert (asked.chosen, asked.page) == ({"unit": "3", "q": "课程"}, 4)
    assert Asked.among(scene.people.office, QueryDict(asked.address), "unit", "q", "sort").chosen == asked.chosen


def test_a_choice_is_no_longer_than_it_can_mean_anything(scene):
    assert len(Asked.among(scene.people.office, QueryDict(f"q={'长' * 999}"), "q").chosen["q"]) == 200
