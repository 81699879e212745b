from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.source import Source
from taizhang.intake.programme import (
    Difference,
    DifferenceKind,
    DraftIndicator,
    DraftPoint,
    DraftTask,
    Figure,
    Printed,
    ProgrammeDraft,
    When,
    differences,
)
from taizhang.intake.programme.differences import match_indicators, match_points, match_tasks

WORDS = st.text("建设课程教材基地团队平台项目培训省级校级一二三四五", min_size=2, max_size=12)
PLACE = Source("甲.docx")


def cell(text: str) -> Printed:
    return Printed(text=text, source=PLACE)


@st.composite
def tasks(draw: st.DrawFn) -> tuple[DraftTask, ...]:
    names = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    return tuple(DraftTask(code=str(n), name=name, source=PLACE) for n, name in enumerate(names, 1))


@st.composite
def points(draw: st.DrawFn) -> tuple[DraftPoint, ...]:
    plans = draw(st.lists(WORDS, max_size=8, unique=True))
    made = []
    for place, plan in enumerate(plans):
        task, year = draw(st.sampled_from("12")), draw(st.sampled_from([2022, 2023]))
        made.append(
            DraftPoint(
                task=task, year=year, ordinal="①②③④⑤⑥⑦⑧"[place], plan=cell(plan), done=cell(draw(WORDS)),
                rate=cell("100%"), responsible=cell(draw(WORDS)),
            )
        )  # fmt: skip
    return tuple(made)


@st.composite
def indicators(draw: st.DrawFn) -> tuple[DraftIndicator, ...]:
    names = draw(st.lists(WORDS, max_size=6, unique=True))
    return tuple(
        DraftIndicator(
            code=f"1.1.{n}", name=name, label=cell(name), category="数量", unit="门", task="1",
            targets=(Figure(when=When.MID, printed=cell(str(draw(st.integers(1, 99))))),),
            actuals=(Figure(when=When.MID, printed=cell(str(draw(st.integers(1, 99))))),),
            rate=cell("100%"),
        )
        for n, name in enumerate(names, 1)
    )  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> ProgrammeDraft:
    return ProgrammeDraft(
        file="甲.docx", title=None, college="青禾职业学院", period=(2021, 2025), years=(2022, 2023),
        tasks=draw(tasks()), points=draw(points()), indicators=draw(indicators()), doubts=(), tables=(),
    )  # fmt: skip


def shuffled(draft: ProgrammeDraft, seed: int) -> ProgrammeDraft:
    def mix(items: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(Random(seed).sample(items, len(items)))  # noqa: S311 - an order, no secret

    return replace(draft, tasks=mix(draft.tasks), points=mix(draft.points), indicators=mix(draft.indicators))


def told(found: tuple[Difference, ...]) -> list[tuple[str, str, str | None, str | None, str | None]]:
    return sorted((d.change.value, d.label, d.field, d.before, d.after) for d in found)


@given(drafts())
def test_nothing_differs_from_itself(draft: ProgrammeDraft) -> None:
    assert differences(draft, draft) == ()


@given(drafts(), drafts(), st.integers(0, 99))
def test_order_does_not_matter(draft: ProgrammeDraft, known: ProgrammeDraft, seed: int) -> None:
    assert differences(shuffled(draft, seed), draft) == ()
    again = differences(shuffled(draft, seed), shuffled(known, seed + 1))
    assert told(again) == told(differences(draft, known))


POINT_FIELDS = {
    "完成情况": lambda p: replace(p, done=cell("另一种完成")), "完成率": lambda p: replace(p, rate=cell("33%")),
    "责任部门": lambda p: replace(p, responsible=cell("另一部门")), "计划": lambda p: replace(p, plan=cell("另一种打算甲乙丙丁")),
    "年度": lambda p: replace(p, year=2031), "建设任务": lambda p: replace(p, task="77"), "序号": lambda p: replace(p, ordinal="⑲"),
}  # fmt: skip
INDICATOR_FIELDS = {
    "名称": lambda i: replace(i, name="另一指标"), "编号": lambda i: replace(i, code="9.9.9"),
    "计量单位": lambda i: replace(i, unit="项"), "类别": lambda i: replace(i, category="质量"),
    "建设任务": lambda i: replace(i, task="77"), "完成度": lambda i: replace(i, rate=cell("33%")),
    "中期目标值": lambda i: replace(i, targets=(Figure(when=When.MID, printed=cell("1000")),)),
    "中期实现值": lambda i: replace(i, actuals=(Figure(when=When.MID, printed=cell("1000")),)),
}  # fmt: skip


@given(drafts(), st.data())
def test_every_changed_field_is_told_once(known: ProgrammeDraft, data: st.DataObject) -> None:
    expected: list[tuple[str, str]] = []
    new_points, new_indicators = list(known.points), list(known.indicators)
    if new_points:
        place, field = data.draw(st.integers(0, len(new_points) - 1)), data.draw(st.sampled_from(sorted(POINT_FIELDS)))
        new_points[place] = POINT_FIELDS[field](new_points[place])
        expected.append((new_points[place].label, field))
    if new_indicators:
        place, field = (
            data.draw(st.integers(0, len(new_indicators) - 1)),
            data.draw(st.sampled_from(sorted(INDICATOR_FIELDS))),
        )
        new_indicators[place] = INDICATOR_FIELDS[field](new_indicators[place])
        expected.append((f"{new_indicators[place].code} {new_indicators[place].name}", field))
    found = differences(replace(known, points=tuple(new_points), indicators=tuple(new_indicators)), known)
    assert [(d.change, d.label, d.field) for d in found] == [(DifferenceKind.CHANGED, *each) for each in expected]


@given(drafts(), drafts())
def test_every_item_is_matched_added_or_gone(draft: ProgrammeDraft, known: ProgrammeDraft) -> None:
    for match, mine, theirs in (
        (match_tasks, draft.tasks, known.tasks),
        (match_points, draft.points, known.points),
        (match_indicators, draft.indicators, known.indicators),
    ):
        matched = match(mine, theirs)
        here = [*(one for one, _ in matched.pairs), *matched.added]
        there = [*(other for _, other in matched.pairs), *matched.gone]
        assert sorted(map(id, here)) == sorted(map(id, mine))
        assert sorted(map(id, there)) == sorted(map(id, theirs))


def test_a_point_put_between_does_not_change_those_after_it() -> None:
    known = draft_of_plans("建设课程3门", "编写教材2本")
    found = differences(draft_of_plans("建设课程3门", "引进博士1人", "编写教材2本"), known)
    assert told(found) == [
        ("added", "1 2023②", None, None, "②引进博士1人"),
        ("changed", "1 2023③", "序号", "②", "③"),
    ]


def test_a_changed_number_is_a_changed_plan_and_no_new_point() -> None:
    found = differences(draft_of_plans("建设课程5门", "编写教材2本"), draft_of_plans("建设课程3门", "编写教材2本"))
    assert told(found) == [("changed", "1 2023①", "计划", "建设课程3门", "建设课程5门")]


def test_blanks_and_wide_signs_are_no_difference() -> None:
    assert differences(draft_of_plans("建设 “双师” 课程３门"), draft_of_plans("建设”双师“课程3门")) == ()


@pytest.mark.parametrize("year", [2022, 2024])
def test_years_that_a_draft_does_not_cover_are_not_gone(year: int) -> None:
    known = draft_of_plans("建设课程3门")
    other = replace(known.points[0], year=year, plan=cell("①别的"))
    assert differences(known, replace(known, points=(*known.points, other))) == ()


def test_a_column_that_a_draft_has_not_is_no_difference() -> None:
    known = draft_of_plans("建设课程3门")
    finished = replace(known, points=(replace(known.points[0], done=cell("建成3门")),))
    assert differences(known, finished) == ()
    assert [d.field for d in differences(finished, known)] == ["完成情况"]


def draft_of_plans(*plans: str) -> ProgrammeDraft:
    marks = "①②③④"
    return ProgrammeDraft(
        file="甲.docx", title=None, college=None, period=None, years=(2023,), indicators=(), doubts=(), tables=(),
        tasks=(DraftTask(code="1", name="党建", source=PLACE),),
        points=tuple(
            DraftPoint(task="1", year=2023, ordinal=mark, plan=cell(mark + plan)) for mark, plan in zip(marks, plans, strict=False)
        ),
    )  # fmt: skip
