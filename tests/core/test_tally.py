"""Tallies: what a formula comes to without its working is what it comes to with it, whatever it asks for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.formulas import KINDS, LEVELS, RECORDS, days, pool, record

from taizhang.core.figure import Pool, Window, at, evaluated
from taizhang.core.formula import Basis, DatedBy, Formula, Operation, Part
from taizhang.core.record import Move
from taizhang.core.tally import Columns, tallied

ALL = Window(2021, 2024)
ENDS = (2020, 2021, 2023, 2024)
PARTS = some.builds(
    Part,
    operation=some.sampled_from(Operation),
    kinds=some.sampled_from((("training",), ("award",), ("training", "award"), ("award", "no such kind"))),
    measure=some.sampled_from(("", "培训量", "人次", "数量")),
    unit=some.sampled_from(("", "人日", "万人日", "人次", "项")),
    over=some.sampled_from(("partner", "department", "title", "form")),
    level=some.sampled_from(("", "省级", "国家级", "行业级")),
    exactly=some.booleans(),
    states=some.sampled_from(((), ("held",), ("planned", "applied"))),
    departments=some.sampled_from(((), ("教务处",), ("教务处", "培训学院"))),
    tags=some.sampled_from(((), ("双百",), ("双百", "社会培训"))),
    where=some.sampled_from(((), (("form", ("线上",)),), (("form", ("线上", "线下")),))),
    since=some.sampled_from((None, 2022)),
    until=some.sampled_from((None, 2023)),
)
FORMULAS = some.builds(
    Formula,
    part=PARTS,
    divisor=some.one_of(some.none(), PARTS),
    basis=some.sampled_from(Basis),
    dated_by=some.sampled_from(DatedBy),
    unit=some.sampled_from(("", "家")),
)
MOVES = some.lists(
    some.builds(
        Move,
        some.sampled_from(("planned", "held", "awarded")),
        some.one_of(some.none(), some.dates(date(2020, 1, 1), date(2025, 12, 31))),
    ),
    max_size=2,
)


@some.composite
def told(draw):
    """Records, each of a name of its own, some with a form and with dated moves."""
    rows = {each.id: each for each in draw(RECORDS)}
    return [
        record(
            **{name: getattr(each, name) for name in each.__slots__}
            | {
                "fields": draw(some.sampled_from(({}, {"form": "线上"}, {"form": ("线下", "混合")}, {"form": ""}))),
                "moves": tuple(draw(MOVES)),
            }
        )
        for each in rows.values()
    ]


def columns_of(found, marked=frozenset()):
    return {key: Columns(key, found, marked) for key in found.by_kind}


@given(FORMULAS, told(), some.sets(some.integers(1, 999).map("R{:03}".format)))
def test_without_the_working_the_value_is_the_same(formula, records, marked):
    found = pool(*records)
    whole = evaluated(formula, found, ALL)
    tally = tallied(formula, columns_of(found, frozenset(marked)), ALL, ENDS)
    parts = whole.parts or (whole,)
    counted = {each.record.id for part in parts for each in part.counted}
    assert (tally.value, tally.unit, dict(tally.years)) == (whole.value, whole.unit, dict(whole.years))
    assert (tally.counted, tally.marked) == (len(counted), len(counted & marked))
    assert tally.left_out == sum(len(part.left_out) for part in parts)
    if all(part.operation is not Operation.LATEST for part in formula.parts):
        assert dict(tally.at) == {end: at(whole, formula, end) for end in ENDS}


@given(some.lists(FORMULAS, max_size=6), told())
def test_what_one_formula_asked_is_no_trouble_to_the_next(formulas, records):
    found = pool(*records)
    columns = columns_of(found)
    together = [tallied(formula, columns, ALL, ENDS) for formula in formulas]
    assert together == [tallied(formula, columns_of(found), ALL, ENDS) for formula in formulas]


@given(told(), some.randoms())
def test_a_sum_of_quotients_is_rounded_alike(records, chance):
    """3 units that make a third each are added in the order of time, in the tally and in the working."""
    thirds = [
        record(n, end=date(2021 + n % 3, 1 + n % 12, 1), measures=days(chance.randrange(1, 999))) for n in range(40)
    ]
    kinds = {"training": KINDS["training"]}
    odd = Pool.of([*thirds, *records], kinds, LEVELS)
    formula = Formula(part=Part(operation=Operation.SUM, kinds=("training",), measure="培训量", unit="万人日"))
    assert tallied(formula, columns_of(odd), ALL).value == evaluated(formula, odd, ALL).value


@pytest.mark.parametrize("operation", Operation)
def test_nothing_comes_to_nothing(operation):
    formula = Formula(
        part=Part(operation=operation, kinds=("training",), measure="培训量", unit="人日", over="partner")
    )
    tally = tallied(formula, {}, ALL, ENDS)
    assert (tally.value, tally.counted, tally.left_out) == (None if operation is Operation.LATEST else 0, 0, 0)
