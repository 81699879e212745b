from taizhang.core.source import Source
from taizhang.intake.programme import DraftIndicator, DraftPoint, DraftTask, Figure, Printed, When

PLAN, DONE = Source("甲.docx", paragraph=3), Source("甲.docx", paragraph=4)


def cell(text: str, source: Source = PLAN) -> Printed:
    return Printed(text=text, source=source)


def test_a_point_stands_where_its_plan_does_or_else_its_completion() -> None:
    both = DraftPoint(task="1-2", year=2023, ordinal="③", plan=cell("③建"), done=cell("③成", DONE))
    assert (both.label, both.source) == ("1-2 2023③", PLAN)
    assert DraftPoint(task=None, year=None, ordinal=None, plan=cell(""), done=cell("成", DONE)).source == DONE


def test_a_task_is_known_by_its_code_or_its_name() -> None:
    assert [DraftTask(code=code, name="党建", source=PLAN).key for code in ("1", None)] == ["1", "党建"]


def test_figures_are_found_by_when() -> None:
    figures = (
        Figure(when=When.YEAR, year=2022, printed=cell("1")),
        Figure(when=When.YEAR, year=2023, printed=cell("2")),
    )
    row = DraftIndicator(code=None, name="教材", label=cell("教材"), targets=figures)
    assert row.target(When.YEAR, 2023).text == "2"
    assert row.target(When.END) is None
    assert row.actual(When.YEAR) is None
