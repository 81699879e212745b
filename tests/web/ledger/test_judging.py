"""Rules at entry."""

from taizhang.web.ledger.judging import judged


def test_an_empty_item_is_told(scene):
    assert [each["field"] for each in judged(scene.entries[0])] == ["text"]
