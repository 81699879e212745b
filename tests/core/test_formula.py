"""Formulas: what is kept is the same when read back, what cannot be right is refused, and a sentence says it all."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.formulas import KINDS, LEVELS, UNITS

from taizhang.core.formula import Basis, DatedBy, Formula, MeasureTerms, Operation, Part, explained, faults

DAYS = Part(operation=Operation.SUM, kinds=("training",), measure="培训量", unit="人日")
AWARDS = Part(operation=Operation.COUNT, kinds=("award",))
WORDS = some.text("甲乙丙", max_size=3)
NAMES = some.lists(some.text("甲乙丙", min_size=1, max_size=3), max_size=2).map(tuple)
YEARS = some.one_of(some.none(), some.integers(2000, 2030))
PARTS = some.builds(
    Part, operation=some.sampled_from(Operation), kinds=NAMES, measure=WORDS, unit=WORDS, over=WORDS, level=WORDS,
    exactly=some.booleans(), states=NAMES, departments=NAMES, tags=NAMES,
    where=some.dictionaries(some.text("ab", min_size=1, max_size=2), NAMES, max_size=2).map(lambda d: tuple(d.items())),
    since=YEARS, until=YEARS,
)  # fmt: skip
FORMULAS = some.builds(
    Formula, part=PARTS, basis=some.sampled_from(Basis), dated_by=some.sampled_from(DatedBy),
    divisor=some.one_of(some.none(), PARTS), unit=WORDS,
)  # fmt: skip


@given(FORMULAS)
def test_what_is_kept_is_the_same_when_read_back(formula):
    assert Formula.from_json(formula.to_json()) == formula


@given(FORMULAS)
def test_any_formula_is_judged_and_explained_without_trouble(formula):
    assert faults(formula, KINDS, LEVELS, UNITS)
    assert explained(formula, KINDS).endswith("。")


@pytest.mark.parametrize(
    "told",
    [{}, {"part": {}}, {"part": {"operation": "median"}}, {"part": 3}, {"part": {"operation": "sum"}, "basis": "x"}],
)
def test_what_is_no_formula_is_refused(told):
    with pytest.raises(ValueError, match=r"."):
        Formula.from_json(told)


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        (Part(operation=Operation.COUNT, kinds=()), "还没有选记录类型"),
        (Part(operation=Operation.COUNT, kinds=("x",)), "没有“x”这种记录类型"),
        (Part(operation=Operation.SUM, kinds=("training",)), "求和、取最新值要写明是哪一个计量"),
        (Part(operation=Operation.DISTINCT, kinds=("training",)), "去重计数要写明按什么去重"),
        (Part(operation=Operation.SUM, kinds=("training",), measure="培训量"), "“培训量”没有写明单位"),
        (
            Part(operation=Operation.SUM, kinds=("training",), measure="培训量", unit="人次"),
            "“培训项目”的“培训量”以人日、万人日计，不能换算成“人次”",
        ),
        (
            Part(operation=Operation.SUM, kinds=("training", "award"), measure="培训量", unit="人日"),
            "“荣誉与奖项”没有“培训量”这个计量",
        ),
        (Part(operation=Operation.COUNT, kinds=("award",), level="宇宙级"), "没有“宇宙级”这个级别"),
        (
            Part(operation=Operation.COUNT, kinds=("award",), level="行业级"),
            "“行业级”不在高低次序之内，只能选“只计这一级”",
        ),
        (Part(operation=Operation.COUNT, kinds=("award",), states=("withdrawn",)), "“荣誉与奖项”的“撤销”不能计入"),
        (
            Part(operation=Operation.COUNT, kinds=("award",), states=("applied", "awarded")),
            "“荣誉与奖项”的“申报”还没有做成，不能与“获奖”相加",
        ),
        (Part(operation=Operation.COUNT, kinds=("award",), states=("gone",)), "没有“gone”这种状态"),
        (
            Part(operation=Operation.COUNT, kinds=("award",), where=(("form", ("线上",)),)),
            "“荣誉与奖项”没有“form”这一项",
        ),
        (Part(operation=Operation.COUNT, kinds=("training",), where=(("form", ()),)), "“form”没有写明要哪些"),
        (
            Part(operation=Operation.DISTINCT, kinds=("award",), over="form"),
            "“荣誉与奖项”没有“form”这一项，不能按它去重",
        ),
        (Part(operation=Operation.COUNT, kinds=("award",), since=2024, until=2022), "起始年 2024 晚于结束年 2022"),
    ],
)
def test_what_cannot_be_right_is_refused(part, fault):
    assert faults(Formula(part=part), KINDS, LEVELS, UNITS) == [fault]


@pytest.mark.parametrize(
    ("formula", "measure", "fits"),
    [
        (Formula(part=DAYS), "人日", True),
        (Formula(part=DAYS), "人天", True),
        (Formula(part=DAYS), "人次", False),
        (Formula(part=DAYS), "万人日", False),
        (Formula(part=AWARDS), "项", True),
        (Formula(part=AWARDS), "人", True),
        (Formula(part=AWARDS), "万元", False),
        (Formula(part=AWARDS), "人次", False),
        (Formula(part=AWARDS), "", True),
        (Formula(part=AWARDS, divisor=AWARDS), "%", True),
        (Formula(part=AWARDS, divisor=AWARDS), "项", False),
        (Formula(part=DAYS, divisor=AWARDS, unit="人日/项"), "人日/项", True),
    ],
)
def test_a_value_in_another_unit_than_the_indicator_is_refused(formula, measure, fits):
    assert (faults(formula, KINDS, LEVELS, UNITS, measure) == []) == fits


def test_faults_of_a_ratio_say_where():
    found = faults(Formula(part=DAYS, divisor=Part(operation=Operation.COUNT, kinds=())), KINDS, LEVELS, UNITS)
    assert found == ["分母：还没有选记录类型"]


def test_a_point_in_time_needs_no_day_of_a_state():
    formula = Formula(part=AWARDS, basis=Basis.POINT_IN_TIME, dated_by=DatedBy.STATE)
    assert faults(formula, KINDS, LEVELS, UNITS) == ["时点口径看的是那一天的状态，不用再按状态的日期归年"]


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        (
            Formula(part=DAYS),
            "自建设期开始累计，“培训项目”中已做成（已举办、已结算）的记录，把“培训量”相加（人日）。",
        ),
        (
            Formula(
                part=Part(
                    operation=Operation.COUNT, kinds=("award",), level="省级", departments=("教务处",), since=2022
                ),
                basis=Basis.PER_YEAR,
                dated_by=DatedBy.STATE,
            ),
            (
                "每一年分别计，省级及以上的“荣誉与奖项”中已做成（获奖）的记录（责任部门为教务处，2022年至不限年），"
                "一条记录算一项，数有多少项；一条记录按它进入该状态的日期归入年度。"
            ),
        ),
        (
            Formula(
                part=Part(operation=Operation.DISTINCT, kinds=("training",), over="partner", tags=("双百",)),
                basis=Basis.POINT_IN_TIME,
            ),
            (
                "截至所报的时点，不论从哪一年开始，“培训项目”中已做成（已举办、已结算）的记录（标签为双百），"
                "按合作单位去重后计数。"
            ),
        ),
        (
            Formula(
                part=Part(
                    operation=Operation.COUNT, kinds=("award",), states=("applied",), level="国家级", exactly=True
                ),
                divisor=Part(
                    operation=Operation.COUNT, kinds=("award",), measure="数量", unit="项", where=(("x", ("1", "2")),)
                ),
            ),
            (
                "自建设期开始累计，国家级的“荣誉与奖项”中状态为申报（尚未做成）的记录，一条记录算一项，数有多少项，"
                "除以“荣誉与奖项”中已做成（获奖）的记录（x为1或2），"
                "数有多少项：写明“数量”的按所写的数，没写的一条算一项，乘以 100%。"
            ),
        ),
        (
            Formula(part=Part(operation=Operation.LATEST, kinds=("training",), measure="人次", unit="人次")),
            "自建设期开始累计，“培训项目”中已做成（已举办、已结算）的记录，取最新一条的“人次”（人次）。",
        ),
    ],
)
def test_a_sentence_says_everything(formula, sentence):
    assert explained(formula, KINDS) == sentence


def test_a_measure_is_known_by_its_names_and_converts_only_as_declared():
    measure = KINDS["training"].measure("非学历培训量")
    assert measure is not None
    assert (measure.factor("人日"), measure.factor("万人日"), measure.factor("人次")) == (1, 10_000, None)
    assert KINDS["training"].meant("受训规模", "万人日") is measure
    assert KINDS["training"].meant("受训规模", "次") is None
    assert KINDS["training"].meant("受训规模", "") is None


def test_a_unit_told_of_two_measures_means_neither():
    award = KINDS["award"]
    twice = type(award)(**{f: getattr(award, f) for f in ("key", "name", "states", "fields")}, measures=(
        MeasureTerms(name="甲", unit="项"), MeasureTerms(name="乙", unit="项"),
    ))  # fmt: skip
    assert twice.meant("数量", "项") is None


def test_the_kinds_of_a_formula_are_told_once():
    formula = Formula(part=DAYS, divisor=Part(operation=Operation.COUNT, kinds=("award", "training")))
    assert formula.kinds == ("training", "award")
