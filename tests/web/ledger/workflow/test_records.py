"""Entering, saving, moving and correcting records."""

from dataclasses import replace
from datetime import date

import pytest

from taizhang.core import record as core
from taizhang.web.ledger import history
from taizhang.web.ledger.models import Partner, Place, Record, Stage
from taizhang.web.ledger.record_search import holding
from taizhang.web.ledger.recorded import told
from taizhang.web.ledger.workflow import records
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError
from web_records import CLASS, entered, record

pytestmark = pytest.mark.django_db


def found_by(query):
    return Record.objects.filter(holding(query))


def test_what_is_entered_is_told_again(scene):
    row = entered(scene)
    assert told(Record.objects.get(pk=row.pk)) == replace(CLASS, id=row.code)
    assert row.stage == Stage.DRAFT
    assert (row.first_year, row.last_year) == (2023, 2023)
    assert str(row.place) == "云岭市青石街道"
    assert [str(each.partner) for each in row.partners.all()] == ["青石街道办事处"]
    assert [change.verb for change in history.of(row)] == ["add"]


def test_many_are_entered_in_a_few_statements(scene, django_assert_max_num_queries):
    def entering(count):
        return [
            records.Entering(scene.teaching, replace(CLASS, id=f"N{count}-{number}", title=f"第 {number} 期"))
            for number in range(count)
        ]

    records.enter_many(scene.people.reporter, scene.college, entering(1))
    few, many = entering(2), entering(60)
    with django_assert_max_num_queries(60):
        records.enter_many(scene.people.reporter, scene.college, few)
    with django_assert_max_num_queries(60):
        records.enter_many(scene.people.reporter, scene.college, many)


def test_a_number_is_used_once(scene):
    entered(scene, id="R1")
    with pytest.raises(RefusedError, match="R1"):
        entered(scene, id="R1")
    assert entered(scene).code != entered(scene).code


@pytest.mark.parametrize("role", ["colleague", "admin", "expert", "province", "outsider", "nobody"])
def test_nobody_enters_for_a_unit_that_is_not_theirs(scene, role):
    with pytest.raises(NotAllowedError):
        records.enter(getattr(scene.people, role), records.Entering(scene.teaching, CLASS))


def test_a_draft_is_saved_and_history_tells_what_changed(scene):
    row = entered(scene)
    new = replace(told(row), title="社区电工培训班", partners=(core.Partner("青石街道办事处", "牵头"),))
    saved = records.save(scene.people.reporter, row, 1, new)
    assert (saved.title, saved.version) == ("社区电工培训班", 2)
    change = history.of(row).first()
    assert set(change.after) == {"title", "partners"}
    assert records.save(scene.people.reporter, row, 1, new).version == 2  # the same form sent twice


def test_who_saves_an_older_version_loses_nothing(scene):
    row = entered(scene)
    records.save(scene.people.reporter, row, 1, replace(told(row), title="甲"))
    with pytest.raises(StaleError) as clash:
        records.save(scene.people.lead, row, 1, replace(CLASS, title="乙"))
    assert clash.value.theirs.title == "甲"


def test_a_submitted_record_is_not_typed_into(scene):
    row = record(scene, stage=Stage.SUBMITTED)
    with pytest.raises(OutOfOrderError):
        records.save(scene.people.reporter, row, 1, CLASS)
    with pytest.raises(NotAllowedError):
        records.save(scene.people.colleague, entered(scene), 1, CLASS)


def test_a_state_moves_as_its_kind_allows(scene):
    row = entered(scene)
    moved = records.move(scene.people.reporter, row, 1, core.Move("settled", date(2023, 6, 1), "结算单"))
    assert [(each.state, each.on) for each in moved.moves.all()] == [("held", None), ("settled", date(2023, 6, 1))]
    assert not moved.altered
    with pytest.raises(RefusedError, match="之后不能是"):
        records.move(scene.people.reporter, moved, 2, core.Move("planned"))
    with pytest.raises(RefusedError, match="早于"):
        records.move(scene.people.reporter, moved, 2, core.Move("archived", date(2023, 1, 1)))
    with pytest.raises(RefusedError, match="没有"):
        records.move(scene.people.reporter, moved, 2, core.Move("no_such"))


def test_postponed_wants_its_document(scene):
    row = entered(scene, state="planned")
    with pytest.raises(RefusedError, match="批文"):
        records.move(scene.people.reporter, row, 1, core.Move("postponed"))
    assert (
        records.move(scene.people.reporter, row, 1, core.Move("postponed", None, "云教〔2023〕5 号")).state
        == "postponed"
    )


def test_a_move_after_confirmation_is_marked(scene):
    row = entered(scene)
    Record.objects.filter(pk=row.pk).update(stage=Stage.APPROVED)
    assert records.move(scene.people.reporter, row, 1, core.Move("settled")).altered


def test_only_the_office_corrects_and_says_why(scene):
    row = entered(scene)
    Record.objects.filter(pk=row.pk).update(stage=Stage.DEPARTMENT)
    new = replace(told(row), title="更正后的名称")
    with pytest.raises(RefusedError):
        records.correct(scene.people.office, row, 1, new, " ")
    with pytest.raises(NotAllowedError):
        records.correct(scene.people.lead, row, 1, new, "笔误")
    saved = records.correct(scene.people.office, row, 1, new, "笔误")
    assert saved.altered
    assert history.of(row).first().reason == "笔误"


def test_the_same_names_lead_to_the_same_rows(scene):
    entered(scene)
    entered(scene, partners=(core.Partner(" 青石街道办事处"),))
    assert Partner.objects.count() == Place.objects.count() == 1


def test_a_record_is_found_by_its_words_of_today(scene):
    row = entered(scene, title="茶艺师培训")
    assert row in found_by("茶艺 青石街道")
    records.save(scene.people.reporter, row, 1, replace(told(row), title="采茶工培训"))
    assert row not in found_by("茶艺")
    assert row in found_by("采茶工")
    assert found_by(" ").count() == 1
