"""The table like a spreadsheet, with and without script."""

import pytest

from taizhang.web.ledger.models import Entry, Point, Stage
from taizhang.web.ledger.workflow import entries as verbs

HTMX = {"HX-Request": "true"}


def line(entry, version=1, seen=None, **cells):
    """What the form sends of one row."""
    sent = {"row": entry.pk, f"{entry.pk}-version": version}
    before = {"text": entry.text, "rate": entry.rate, "state": entry.state, "reason": entry.reason, **(seen or {})}
    sent |= {f"{entry.pk}-seen-{name}": value for name, value in before.items()}
    return sent | {f"{entry.pk}-{name}": value for name, value in {**before, **cells}.items()}


def sent(*lines):
    return {**{name: value for each in lines for name, value in each.items()}, "row": [each["row"] for each in lines]}


@pytest.mark.parametrize(
    ("role", "rows"),
    [("reporter", 2), ("colleague", 1), ("lead", 2), ("office", 3), ("team_lead", 0), ("admin", 0), ("nobody", 0)],
)
def test_a_table_has_cells_for_what_the_person_may_fill(scene, as_, role, rows):
    page = as_(role).get("/entries/table/")
    assert page.status_code == 200
    assert page.content.decode().count("hx-post") == rows


def test_without_script_all_changed_rows_are_saved_by_one_button(scene, as_):
    one, other = scene.entries[0], scene.value
    answer = as_("reporter").post("/entries/table/save/", sent(line(one, text="新建 6 门"), line(other, text="7")))
    assert answer.status_code == 302
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.text, other.text, other.number) == ("新建 6 门", "7", 7)
    assert one.version == 2


def test_a_row_that_was_not_changed_is_left_alone(scene, as_):
    as_("reporter").post("/entries/table/save/", sent(line(scene.entries[0], text="新建 6 门"), line(scene.value)))
    scene.value.refresh_from_db()
    assert scene.value.version == 1


def test_what_another_wrote_into_a_row_left_alone_is_not_undone(scene, as_):
    verbs.save(scene.people.lead, scene.value, 1, {"text": "8"})
    answer = as_("reporter").post("/entries/table/save/", line(scene.value, text=""))
    assert answer.status_code == 302
    scene.value.refresh_from_db()
    assert scene.value.text == "8"


def test_a_row_that_cannot_be_kept_keeps_its_words_and_the_others_are_saved(scene, as_):
    verbs.save(scene.people.lead, scene.entries[0], 1, {"text": "对方的字"})
    form = sent(line(scene.entries[0], text="我的字", seen={"text": ""}), line(scene.value, text="7"))
    answer = as_("reporter").post("/entries/table/save/", form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我的字" in page and "对方的字" in page and "1 行没有保存" in page
    scene.value.refresh_from_db(), scene.entries[0].refresh_from_db()
    assert (scene.value.text, scene.entries[0].text) == ("7", "对方的字")


def test_a_row_saves_itself_and_is_told_its_findings(scene, as_):
    answer = as_("reporter").post("/entries/table/save/", line(scene.value, text="5", rate="100%"), headers=HTMX)
    page = answer.content.decode()
    assert "已保存" in page and "低于目标值" in page and "<html" not in page
    assert f'name="{scene.value.pk}-version" value="2"' in page


def test_a_row_out_of_time_is_refused_with_a_sentence(scene, as_):
    scene.round.entries.update(stage=Stage.SUBMITTED)
    page = as_("reporter").post("/entries/table/save/", line(scene.value, text="5"), headers=HTMX).content.decode()
    assert "不能再改" in page


def test_rows_of_others_are_not_touched(scene, as_):
    answer = as_("colleague").post("/entries/table/save/", line(scene.value, text="5"))
    scene.value.refresh_from_db()
    assert (answer.status_code, scene.value.text) == (302, "")
    assert as_("reporter").post("/entries/table/save/", {"row": ["x", "-1", "9" * 30]}).status_code == 302


def test_a_table_asks_no_more_questions_of_many_rows_than_of_few(scene, as_, django_assert_max_num_queries):
    browser = as_("office")
    for year in (2025, 2026):
        with django_assert_max_num_queries(12):
            browser.get("/entries/table/")
        points = Point.objects.bulk_create(
            Point(programme=scene.programme, task=scene.task, year=year, ordinal=n, plan="建", unit=scene.teaching)
            for n in range(1, 60)
        )
        Entry.objects.bulk_create(Entry(round=scene.round, point=point, unit=scene.teaching) for point in points)
