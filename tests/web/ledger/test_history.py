"""The chain of changes holds, and shows where it does not."""

import pytest

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Change


@pytest.fixture
def chain(scene):
    for number in range(5):
        history.record(scene.college, scene.people.office, "save", scene.task, after={"number": number})
    return Change.objects.filter(college=scene.college)


def test_an_untouched_chain_holds(scene, chain):
    assert chain.count() == 5
    assert list(history.breaks(scene.college)) == []


@pytest.mark.parametrize(
    "touch",
    [
        lambda row: row.update(actor_name="别人"),
        lambda row: row.update(after={"number": 99}),
        lambda row: row.update(reason="补写"),
        lambda row: row._raw_delete(row.db),
    ],
)
def test_any_touch_is_found_at_its_place(scene, chain, touch):
    touch(chain.filter(number=3))
    assert [found.number for found in history.breaks(scene.college)] == [3]


def test_a_cut_end_is_found(scene, chain):
    last = chain.filter(number=5)
    last._raw_delete(last.db)
    assert "应有 5 条" in next(history.breaks(scene.college)).sentence


def test_a_change_refuses_to_be_changed_or_deleted(chain):
    change = chain.first()
    with pytest.raises(TypeError):
        change.save()
    with pytest.raises(TypeError):
        change.delete()
