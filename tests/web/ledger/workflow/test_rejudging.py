"""Rules that changed are asked again about what is open; what was typed is not touched."""

from taizhang.web.ledger.models import Entry, Stage
from taizhang.web.ledger.workflow.entries import save
from taizhang.web.ledger.workflow.rejudging import rejudge

STALE = [{"code": "TGT001", "severity": "error", "message": "旧规则的话", "field": "text"}]


def test_open_items_get_the_word_of_the_rules_as_they_are_now(scene):
    kept = save(scene.people.reporter, scene.value, 1, {"text": "5"})
    told = kept.findings
    locked = scene.entries[0]
    Entry.objects.update(findings=STALE, worst="error")
    Entry.objects.filter(pk=locked.pk).update(stage=Stage.LOCKED)
    assert list(rejudge())[-1] == (2, 2)
    kept.refresh_from_db()
    locked.refresh_from_db()
    assert (kept.findings, kept.text, kept.version) == (told, "5", 2)
    assert locked.findings == STALE
    assert list(rejudge())[-1] == (2, 0)


def test_a_closed_round_is_left_as_it_was(scene):
    Entry.objects.update(findings=STALE, worst="error")
    scene.round.closed_at = scene.round.opened_at
    scene.round.save()
    assert list(rejudge()) == []
