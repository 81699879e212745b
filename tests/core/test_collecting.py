"""The collector rests for the block, and is afterwards as it was."""

import gc

import pytest

from taizhang.core.collecting import uncollected


def failing():
    with uncollected():
        assert not gc.isenabled()
        raise ValueError("mine")


def test_the_collector_rests_for_the_block_even_where_it_fails():
    with pytest.raises(ValueError, match="mine"):
        failing()
    assert gc.isenabled()


def test_a_block_within_another_does_not_wake_it():
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_made_to_the_end_is_not_looked_through_afterwards():
    before = gc.get_freeze_count()
    with uncollected(to_the_end=True):
        made = [[] for _ in range(100)]
    assert gc.get_freeze_count() >= before + len(made)
    gc.unfreeze()
    assert gc.isenabled()
