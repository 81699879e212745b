"""How far a round has come."""

from datetime import date

from taizhang.web.ledger import progress
from taizhang.web.ledger.models import Stage

DAY = date(2026, 12, 2)


def test_progress_is_counted_by_unit_and_by_task(scene):
    scene.round.entries.filter(pk=scene.entries[0].pk).update(stage=Stage.LOCKED)
    units = progress.by_unit(scene.people.office, scene.round, DAY)
    assert [(each.name, each.total, each.handed_in, each.locked, each.late) for each in units] == [
        ("教务处", 2, 1, 1, 1), ("继续教育学院", 1, 0, 0, 1),
    ]  # fmt: skip
    tasks = progress.by_task(scene.people.office, scene.round, DAY)
    assert [(each.name, each.total, each.late) for each in tasks] == [("1 深化教学改革", 2, 1)]
    whole = progress.whole(units, "合计")
    assert (whole.total, whole.share, whole.locked_share, whole.late) == (3, 33, 33, 2)


def test_a_share_is_100_only_when_nothing_is_left():
    nearly = progress.Progress("甲", 1)
    nearly.stages.update({Stage.LOCKED: 999, Stage.DRAFT: 1})
    assert (nearly.share, nearly.locked_share) == (99, 99)
    assert progress.Progress("空", 1).share == 0


def test_everyone_counts_what_they_see(scene):
    assert [each.name for each in progress.by_unit(scene.people.colleague, scene.round, DAY)] == ["继续教育学院"]
    assert progress.by_unit(scene.people.outsider, scene.round, DAY) == []
