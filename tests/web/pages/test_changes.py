"""Changes are told in words that a reader knows."""

import ast
from pathlib import Path

from taizhang.web.ledger import history
from taizhang.web.ledger.models import Change
from taizhang.web.pages.changes import THINGS, VERBS, told

WORKFLOW = Path(history.__file__).parent


def recorded():
    """The verbs that the code writes into the history, where they stand in the call."""
    for path in WORKFLOW.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            told = [word.value for word in node.keywords if word.arg == "verb"]
            if getattr(node.func, "attr", "").startswith("record") and len(node.args) > 2:
                told.append(node.args[2])
            chosen = [
                each for verb in told for each in ([verb.body, verb.orelse] if isinstance(verb, ast.IfExp) else [verb])
            ]
            yield from (each.value for each in chosen if isinstance(each, ast.Constant))


def test_every_verb_that_is_recorded_has_a_name():
    found = set(recorded())
    assert {"save", "correct", "submit", "warn"} <= found
    assert found - set(VERBS) == set()


def test_a_change_names_verb_thing_fields_and_values(scene):
    before = {"unit_id": scene.teaching.pk, "stage": "10-draft", "altered": False, "number": None, "position": "1"}
    after = {"unit_id": scene.training.pk, "stage": "20-submitted", "altered": True, "number": "3.5", "position": "2"}
    history.record(scene.college, scene.people.office, "save", scene.value, before=before, after=after)
    (one,) = told(Change.objects.all())
    assert (one.verb, one.thing) == ("填写", "填报项")
    assert [(field.name, field.before, field.after) for field in one.fields] == [
        ("责任单位", "教务处", "继续教育学院"),
        ("阶段", "草稿", "已提交"),
        ("实现值", "", "3.5"),
        ("审后改动", "否", "是"),
    ]


def test_what_is_not_known_is_shown_as_it_is(scene):
    history.record(scene.college, None, "vanish", scene.task, after={"shape": ["a", {"b": 1}], "unit_id": 999999})
    (one,) = told(Change.objects.all())
    assert (one.change.actor_name, one.verb) == ("系统", "vanish")
    assert [(field.name, field.after) for field in one.fields] == [("责任单位", "999999"), ("shape", "a、b 1")]


def test_of_two_long_texts_the_part_that_differs_is_shown(scene):
    before = {"text": "前" * 100 + "建成六门" + "后" * 100}
    after = {"text": "前" * 100 + "建成七门" + "后" * 100}
    history.record(scene.college, None, "save", scene.value, before=before, after=after)
    (field,) = told(Change.objects.all())[0].fields
    assert (field.before, field.after) == (
        "……" + "前" * 14 + "建成六门" + "后" * 15 + "……",
        "……" + "前" * 14 + "建成七门" + "后" * 15 + "……",
    )


def test_names_are_fetched_once_for_all_changes(scene, django_assert_num_queries):
    def record(number):
        for _ in range(number):
            history.record(scene.college, None, "save", scene.value, after={"unit_id": scene.teaching.pk})

    for number in (2, 20):
        record(number)
        with django_assert_num_queries(2):
            told(Change.objects.all())


def test_every_thing_has_a_name():
    models = {"entry", "point", "indicator", "evidence", "unit", "person", "role", "report", "round", "programme"}
    assert models <= set(THINGS)


def test_targets_told_in_words_are_no_keys(scene):
    history.record(scene.college, None, "add", scene.indicator, after={"targets": {"2023 年度": "≥90"}})
    (field,) = told(Change.objects.all())[0].fields
    assert (field.name, field.after) == ("目标值", "2023 年度 ≥90")


def test_a_citation_names_its_evidence_and_not_its_number(scene):
    after = {"evidence": 7, "title": "立项通知", "pages": "3", "note": ""}
    history.record(scene.college, None, "cite", scene.value, after=after)
    (one,) = told(Change.objects.all())
    assert [(field.name, field.after) for field in one.fields] == [("材料", "立项通知"), ("页码", "3")]


def test_what_is_told_by_its_hash_instead_of_its_key_is_shown_as_it_is(scene):
    digest = "b464644f7568d5af54c005de0a7ee55dedffc3b255a721e9b0ee57c4d5c811b1"
    history.record(scene.college, None, "order", scene.value, after={"point": digest})
    (field,) = told(Change.objects.all())[0].fields
    assert field.after == digest


def test_what_is_no_column_of_the_thing_has_its_name_too(scene):
    history.record(scene.college, None, "handle", scene.value, after={"reason_told": "生源减少", "left_out": 2})
    names = [field.name for field in told(Change.objects.all())[0].fields]
    assert names == ["没有装入或对不上", "原因分析"]


def test_the_order_in_which_a_database_keeps_the_keys_changes_nothing(scene):
    values = {
        "unit_id": scene.teaching.pk,
        "shape": {"二": 1, "一": 2},
        "number": "3.5",
        "stage": "10-draft",
        "left_out": 2,
    }
    for after in (values, dict(reversed(values.items())) | {"shape": {"一": 2, "二": 1}}):
        history.record(scene.college, None, "save", scene.value, after=after)
    one, other = told(Change.objects.all())
    assert one.fields == other.fields
