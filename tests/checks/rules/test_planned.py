"""Planned: whichever target a plan may be of, it is among those that the index gives for it."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks.rules._planned import _goal, _Goals
from taizhang.core.quantity import Bound, Quantity
from taizhang.core.source import Source
from taizhang.intake.matching import agree
from taizhang.intake.statements import Role, Statement
from taizhang.intake.wording import Wording

SCALES = {"个": 1, "万元": 10_000}
NAMES = ["焊接实训基地", "实训焊接基地", "护理实训基地", "护理课程"]


@st.composite
def figures(draw: st.DrawFn, role: Role) -> Statement:
    """A figure of some thing, exact or not, in small or large units."""
    unit = draw(st.sampled_from(sorted(SCALES)))
    printed = draw(st.sampled_from([Decimal(text) for text in ("3", "4", "4.6", "4.62", "46", "120", "46200")]))
    upper = printed + 2
    bound = draw(st.sampled_from(list(Bound)))
    quantity = Quantity(printed, unit, bound, upper if bound is Bound.RANGE else None)
    name = draw(st.sampled_from(NAMES))
    none: frozenset[str] = frozenset()
    wording = Wording(frozenset({name[-2:]}), none, frozenset(), none, name[-2:])
    return Statement(
        role, 0, name, wording, quantity, printed * SCALES[unit], "件", Source("a.docx"), f"{printed}{unit}"
    )


@given(
    pairs=st.lists(st.tuples(figures(Role.TARGET), figures(Role.ACTUAL)), max_size=8),
    in_part=st.booleans(),
    plan=figures(Role.PLAN),
    told=st.lists(figures(Role.TOLD), max_size=2),
)
def test_no_target_that_a_plan_may_be_of_is_passed_by(
    pairs: list[tuple[Statement, Statement]], in_part: bool, plan: Statement, told: list[Statement]
) -> None:
    goals = _Goals()
    every = [_goal(target, actual, in_part) for target, actual in pairs]
    for goal in every:
        goals.add(goal)
    name = plan.subject
    found = {id(goal) for goal in goals.rivals(plan, name, told)}
    for goal in every:
        is_told = any(each.value == goal.actual.value or agree(each, goal.actual) for each in told if goal.actual)
        is_named = goal.end == name[-2:] or sorted(goal.name) == sorted(name)
        if is_told or (in_part and is_named):
            assert id(goal) in found
