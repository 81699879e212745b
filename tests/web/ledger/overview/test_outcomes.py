"""What an item tells of itself, asked of one, counted in groups, and asked of a list, is the same."""

from collections import Counter
from decimal import Decimal

import pytest

from taizhang.web.ledger.models import Entry, LifeState, Target
from taizhang.web.ledger.overview.outcomes import Fate, only, point_portions, rate_of, told, values
from web_dashboards import told_in_every_way


@pytest.mark.parametrize(
    ("state", "rate", "said"),
    [
        ("", "100", Fate.DONE), ("built", "100", Fate.DONE), ("", "99.99", Fate.SHORT), ("", None, Fate.UNTOLD),
        ("applied", "100", Fate.SHORT), ("postponed", "100", Fate.POSTPONED), ("cancelled", "100", Fate.CANCELLED),
        ("postponed", None, Fate.POSTPONED),
    ],
)  # fmt: skip
def test_applied_for_and_postponed_are_never_done(state, rate, said):
    assert told(state, None if rate is None else Decimal(rate)) is said


@pytest.mark.parametrize(
    ("text", "rate"), [("", None), ("100%", 100), ("85.5％", Decimal("85.5")), ("约", None), ("120", 120)]
)
def test_a_rate_is_read_as_it_is_typed(text, rate):
    assert rate_of(text) == rate


def test_the_database_counts_as_one_counts_by_hand(scene):
    told_in_every_way(scene)
    entries = Entry.objects.filter(round=scene.round)
    by_hand = Counter(told(entry.state, rate_of(entry.rate)) for entry in entries.exclude(point=None))
    counted = Counter()
    for portion in point_portions(entries):
        counted[portion.told] += portion.count
    assert counted == by_hand


def test_a_list_asked_for_what_is_told_has_exactly_those_items(scene):
    told_in_every_way(scene)
    entries = Entry.objects.filter(round=scene.round)
    found = {each: set(entries.filter(only(entries, each)).values_list("pk", flat=True)) for each in Fate}
    assert sum(map(len, found.values())) == entries.count()
    assert set.union(*found.values()) == set(entries.values_list("pk", flat=True))
    indicators = {value.entry: value.told for value in values(entries)}
    assert all(pk in found[said] for pk, said in indicators.items())


def test_a_value_is_held_against_the_target_of_the_period_of_its_round(scene):
    scene.value.number, scene.value.state = 6, LifeState.BUILT
    scene.value.save()
    assert values(Entry.objects.filter(pk=scene.value.pk))[0].told is Fate.DONE
    Target.objects.filter(period=scene.round.period).update(number=7)
    short = values(Entry.objects.filter(pk=scene.value.pk))[0]
    assert (short.told, round(short.ratio, 2)) == (Fate.SHORT, Decimal("85.71"))
