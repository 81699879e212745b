"""A step says what it changes, or why not; what the office lets block it, blocks."""

import pytest

from taizhang.web.ledger.models import Stage
from taizhang.web.ledger.workflow import entries
from taizhang.web.ledger.workflow.trouble import RefusedError

FINDING = {"code": "TGT001", "severity": "error", "message": "低于目标值", "field": "rate"}


@pytest.mark.parametrize(
    ("blocking", "severity", "stops"),
    [(["TGT"], "error", True), (["TGT"], "warning", False), (["TGT:warning"], "warning", True),
     (["TGT:warning"], "info", False), (["ACT"], "error", False), ([], "error", False)],
)  # fmt: skip
@pytest.mark.parametrize(
    ("step", "stage"), [("submit", Stage.DRAFT), ("approve", Stage.TEAM), ("lock", Stage.APPROVED)]
)
def test_the_office_lets_a_family_of_rules_block_a_step(scene, blocking, severity, stops, step, stage):
    scene.programme.blocking = {step: blocking}
    scene.programme.save()
    scene.round.entries.update(stage=stage, text="5", findings=[{**FINDING, "severity": severity}])
    verb = getattr(entries, step)
    if stops:
        with pytest.raises(RefusedError, match="低于目标值"):
            verb(scene.people.office, scene.value)
    else:
        verb(scene.people.office, scene.value)
