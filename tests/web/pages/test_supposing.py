"""What an address supposes: what is typed counts above a tick, and an address tells again what it told."""

from django.http import QueryDict

from taizhang.web.ledger import scores
from taizhang.web.ledger.models import Entry, Supposition
from taizhang.web.pages.supposing import address_of, is_padded, lines, supposed_in, told_by, without_padding


def test_what_is_typed_counts_above_a_tick(scene):
    outcome = scores.standing_of(scene.round)
    key = scene.value.pk
    found = supposed_in(QueryDict(f"if={key}&to-{key}=2&if=999&to-999=4"), outcome.tiers, outcome.scheme)
    assert (dict(found.values), dict(found.typed), dict(found.faults)) == ({key: 2}, {key: "2"}, {})


def test_an_address_told_again_supposes_the_same(scene):
    outcome = scores.standing_of(scene.round)
    key = scene.value.pk
    for text in (f"if={key}", f"to-{key}=2.5"):
        found = supposed_in(QueryDict(text), outcome.tiers, outcome.scheme)
        again = QueryDict(mutable=True)
        for name, values in address_of(found).items():
            again.setlist(name, values)
        assert supposed_in(again, outcome.tiers, outcome.scheme).values == found.values
    kept = Supposition(entries=[1], values={"2": "3"})
    assert told_by(kept) == {"if": ["1"], "to-2": ["3"]}


def test_what_nobody_filled_in_is_left_out():
    assert is_padded(QueryDict("round=1&to-2=")) and is_padded(QueryDict("find="))
    assert not is_padded(QueryDict("round=1&to-2=3&if=4"))
    assert without_padding(QueryDict("round=1&to-2=&to-3=4&find=")) == "round=1&to-3=4"


def test_a_supposed_indicator_is_always_listed_and_the_rest_as_looked_for(scene):
    Entry.objects.filter(pk=scene.value.pk).update(number=6, text="6")
    outcome = scores.standing_of(scene.round)
    nothing = supposed_in(QueryDict(), outcome.tiers, outcome.scheme)
    some = supposed_in(QueryDict(f"if={scene.value.pk}"), outcome.tiers, outcome.scheme)
    assert lines(outcome.tiers, outcome.projection, nothing) == ([], [])
    assert [line.row.item.key for line in lines(outcome.tiers, outcome.projection, some)[0]] == [scene.value.pk]
    assert lines(outcome.tiers, outcome.projection, nothing, scene.indicator.name)[1]
