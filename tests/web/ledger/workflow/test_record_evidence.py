"""Evidence of records: cited by those who may, never lost, seen by those who see the record."""

import pytest

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Record, Stage
from taizhang.web.ledger.recorded import told
from taizhang.web.ledger.workflow import evidence as pieces
from taizhang.web.ledger.workflow import record_evidence as verbs
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError
from web_assessing import evidence
from web_records import entered, record

pytestmark = pytest.mark.django_db


def test_a_record_cites_a_piece_and_tells_so(scene):
    row, piece = entered(scene), evidence(scene, "签到册")
    verbs.cite(scene.people.reporter, row, piece, note="原件在教务处")
    again = verbs.cite(scene.people.reporter, row, piece, note="复印件")
    assert row.citations.get() == again
    assert [each.title for each in told(Record.objects.get(pk=row.pk)).evidence] == ["签到表", "签到册"]
    verbs.uncite(scene.people.reporter, again)
    assert [each.title for each in told(Record.objects.get(pk=row.pk)).evidence] == ["签到表"]
    assert row.citations.count() == 1
    with pytest.raises(TypeError):
        again.delete()


@pytest.mark.parametrize(
    ("stage", "may"),
    [
        (Stage.DRAFT, {"reporter", "lead", "office"}),
        (Stage.SUBMITTED, {"lead", "office"}),
        (Stage.APPROVED, {"office"}),
        (Stage.LOCKED, set()),
    ],
)
def test_each_stage_says_who_cites(scene, stage, may):
    done = set()
    for role in ("reporter", "colleague", "lead", "office", "admin", "expert", "province", "outsider", "nobody"):
        row = record(scene, stage=stage)
        try:
            verbs.cite(getattr(scene.people, role), row, evidence(scene, f"签到册{role}"))
        except (NotAllowedError, OutOfOrderError):
            continue
        done.add(role)
    assert done == may


def test_what_a_record_rests_on_is_not_withdrawn(scene):
    row, piece = entered(scene), evidence(scene, "签到册")
    citation = verbs.cite(scene.people.reporter, row, piece)
    with pytest.raises(OutOfOrderError, match="业务记录"):
        pieces.withdraw(scene.people.reporter, piece, "传错了")
    verbs.uncite(scene.people.reporter, citation)
    assert pieces.withdraw(scene.people.reporter, piece, "传错了").withdrawn_at
    with pytest.raises(OutOfOrderError):
        verbs.cite(scene.people.reporter, row, piece)


def test_pages_beyond_the_last_are_refused(scene):
    piece = evidence(scene, "签到册")
    piece.blob.pages = 2
    piece.blob.save()
    with pytest.raises(RefusedError):
        verbs.cite(scene.people.reporter, entered(scene), piece, "3")


def test_evidence_of_a_record_is_seen_by_those_who_see_the_record(scene):
    row, piece = entered(scene), evidence(scene, "培训名册", unit=scene.training)
    assert piece not in access.visible_evidence(scene.people.reporter)
    verbs.cite(scene.people.office, row, piece)
    assert piece in access.visible_evidence(scene.people.reporter)
    for role in ("province", "expert", "outsider"):
        assert piece not in access.visible_evidence(getattr(scene.people, role))
    Record.objects.filter(pk=row.pk).update(stage=Stage.LOCKED)
    assert piece in access.visible_evidence(scene.people.province)
    assert piece not in access.held_evidence(scene.people.province)
    assert piece not in access.visible_evidence(scene.people.expert)
