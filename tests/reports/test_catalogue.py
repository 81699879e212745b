"""Every kind of report is built from any snapshot, and the same snapshot gives the same report."""

import pytest

from report_snapshots import small, sound
from taizhang.reports.catalogue import KINDS
from taizhang.reports.word import packed


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_is_named_explained_and_built_alike_twice(key: str) -> None:
    kind = KINDS[key]
    assert kind.key == key and kind.name and kind.about
    for told in (small(), sound()):
        assert packed(kind.build(told)) == packed(kind.build(told))
