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
