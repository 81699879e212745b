"""What is approved goes into the checker's process and comes out the same."""

import json

from taizhang.web.ledger.checking.apart import ledger_of as read_again
from taizhang.web.ledger.checking.approved import as_json, ledger_of
from taizhang.web.ledger.models import Stage


def test_only_what_the_school_approved_and_only_of_the_unit(scene):
    scene.round.entries.update(stage=Stage.TEAM)
    assert ledger_of(scene.round, scene.college).points == ()
    scene.round.entries.update(stage=Stage.APPROVED)
    assert len(ledger_of(scene.round, scene.college).points) == 2
    assert [point.plan for point in ledger_of(scene.round, scene.training).points] == ["制定培训办法 1 项"]
    assert len(ledger_of(scene.round, scene.team).points) == 2


def test_a_ledger_written_for_a_job_reads_back_the_same(scene):
    scene.round.entries.update(stage=Stage.LOCKED, text="建成", number="6.500000")
    ledger = ledger_of(scene.round, scene.college)
    assert read_again(json.loads(json.dumps(as_json(ledger)))) == ledger
