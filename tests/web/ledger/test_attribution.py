"""Which task a record belongs to: by the surest way that leads to one, and the ledger says which way it was."""

from datetime import date

import pytest

from taizhang.web.ledger.attribution import Attribution
from taizhang.web.ledger.models import RecordCitation, Stage, Task
from taizhang.web.ledger.snapshots import entries_of
from web_assessing import evidence
from web_figures import confirmed, formula, trained
from web_records import record


@pytest.fixture
def branches(scene):
    """A second branch that the same units answer for, so that the unit alone says nothing."""
    for number, unit in enumerate((scene.teaching, scene.training), 2):
        Task.objects.create(
            programme=scene.programme, code=str(number), name=f"服务发展{number}", unit=unit, position=f"00{number}"
        )
    return scene


def why(scene, row):
    return [tie.why for tie in Attribution(scene.periods["mid"], entries_of(scene.periods["mid"])).of(row)]


def test_a_tag_that_names_a_task_goes_before_everything(branches):
    row = record(branches, stage=Stage.APPROVED, tags=["深化教学改革"])
    assert why(branches, row) == ["标签“深化教学改革”"]


def test_a_formula_that_counts_the_record_ties_it_to_the_task_of_its_indicator(branches):
    formula(branches)
    row = confirmed(branches, trained(branches))
    assert why(branches, row) == ["指标“1.1.1 省级在线课程”的公式"]


def test_evidence_that_an_item_of_the_task_cites_too_ties_it(branches):
    piece = evidence(branches, "校企合作协议", branches.entries[0])
    row = record(branches, stage=Stage.APPROVED, title="与云岭机床签约")
    RecordCitation.objects.create(
        record=row, evidence=piece, cited_at=piece.uploaded_at, cited_by=branches.people.reporter
    )
    assert why(branches, row) == ["同一份佐证“校企合作协议”"]


def test_a_unit_that_answers_for_one_branch_only_ties_its_records(scene):
    row = record(scene, stage=Stage.APPROVED, title="与云岭机床签约")
    assert why(scene, row) == ["责任部门"]


def test_a_title_much_like_an_indicator_ties_it_and_another_stays_without(branches):
    assert why(branches, record(branches, title="省级在线课程《果树栽培》")) == ["名称与指标“1.1.1 省级在线课程”相近"]
    assert why(branches, record(branches, title="与云岭机床签约", start=date(2024, 5, 1))) == []
