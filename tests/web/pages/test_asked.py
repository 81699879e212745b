"""A list is what its address asks for, and its address is what was asked."""

from django.http import QueryDict
from django.utils import timezone

from taizhang.web.ledger.models import Notice, Person
from taizhang.web.pages.asked import Asked


def test_only_known_choices_are_taken_and_the_address_tells_them_again(scene):
    query = QueryDict("unit=3&q=+%E8%AF%BE%E7%A8%8B+&sort=&evil=1&page=4")
    asked = Asked.among(scene.people.office, query, "unit", "q", "sort")
    assert (asked.chosen, asked.page) == ({"unit": "3", "q": "课程"}, 4)
    assert Asked.among(scene.people.office, QueryDict(asked.address), "unit", "q", "sort").chosen == asked.chosen


def test_a_choice_is_no_longer_than_it_can_mean_anything(scene):
    assert len(Asked.among(scene.people.office, QueryDict(f"q={'长' * 999}"), "q").chosen["q"]) == 200


def test_a_page_is_found_by_its_ids_and_counted_no_further_than_is_said(scene, django_assert_num_queries):
    person = scene.people.office
    Notice.objects.bulk_create(Notice(person=person, text=f"{n}", made_at=timezone.now()) for n in range(23))
    found, whole = Notice.objects.filter(person=person).order_by("pk"), Notice.objects.select_related("person")

    def leaf(page, counted):
        return Asked(person, {}, page).leaf(found, whole, 5, counted)

    with django_assert_num_queries(2):
        first = leaf(1, 10)
        assert [each.text for each in first.rows] == ["0", "1", "2", "3", "4"]
        assert isinstance(first.rows[0].person, Person)
    assert (first.has_next, first.count, first.is_longer) == (True, 10, True)
    last = leaf(5, 100)
    assert ([each.text for each in last.rows], last.has_next, last.count) == (["20", "21", "22"], False, 23)
    beyond = leaf(9, 100)
    assert (beyond.rows, beyond.has_next, beyond.count, beyond.is_longer) == ([], False, 23, False)
