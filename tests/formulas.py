"""Kinds and records that the tests of formulas share: small, invented, of every shape that matters to them."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as some

from taizhang.core.figure import Pool
from taizhang.core.formula import KindTerms, MeasureTerms, StateTerms
from taizhang.core.record import Partner, Record, RecordMeasure
from taizhang.profiles import load

LEVELS = load("generic").levels
UNITS = load("generic").catalogue
KINDS = {
    "training": KindTerms(
        key="training",
        name="培训项目",
        states=(
            StateTerms("planned", "计划", counts=False),
            StateTerms("held", "已举办", counts=True),
            StateTerms("settled", "已结算", counts=True),
            StateTerms("postponed", "延期", counts=False, never=True),
        ),
        measures=(
            MeasureTerms(name="培训量", unit="人日", accepts={"万人日": Decimal(10_000)}, aliases=("非学历培训量",)),
            MeasureTerms(name="人次", unit="人次"),
            MeasureTerms(name="期数", unit="期"),
        ),
        fields={"form": "形式"},
    ),
    "award": KindTerms(
        key="award",
        name="荣誉与奖项",
        states=(
            StateTerms("applied", "申报", counts=False),
            StateTerms("awarded", "获奖", counts=True),
            StateTerms("withdrawn", "撤销", counts=False, never=True),
        ),
        measures=(MeasureTerms(name="数量", unit="项", accepts={"个": Decimal(1)}),),
    ),
}


def record(number: int = 1, **told):
    """A training held in 2023; whatever is told is so instead."""
    usual = {"id": f"R{number:03}", "kind": "training", "title": f"第 {number} 期", "state": "held", "period": "2023"}
    return Record(**usual | told)


def pool(*records):
    """A pool of these records."""
    return Pool.of(records, KINDS, LEVELS)


def days(value, unit="人日", **told):
    """The measure 培训量."""
    return (RecordMeasure("培训量", Decimal(value), unit, **told),)


RECORDS = some.lists(
    some.builds(
        record,
        some.integers(1, 999),
        kind=some.sampled_from(("training", "award")),
        state=some.sampled_from(("planned", "held", "settled", "postponed", "applied", "awarded", "withdrawn", None)),
        level=some.sampled_from(("国家级", "省级", "校级", "国家级/省级", "行业级", None)),
        period=some.sampled_from(("2021", "2022", "2023", "2022-2023", "2022-2023学年", "截至2023-06", "近5年", None)),
        end=some.one_of(some.none(), some.dates(date(2021, 1, 1), date(2025, 12, 31))),
        department=some.sampled_from(("教务处", "培训学院", "")),
        tags=some.sampled_from(((), ("社会培训",), ("社会培训", "双百"))),
        partners=some.lists(some.builds(Partner, some.sampled_from(("甲公司", "乙公司", "丙公司"))), max_size=3).map(
            tuple
        ),
        measures=some.lists(
            some.builds(
                RecordMeasure,
                some.sampled_from(("培训量", "非学历培训量", "人次", "数量", "别的")),
                some.decimals(0, 10_000, places=2),
                some.sampled_from(("人日", "万人日", "人次", "项", "个")),
                some.sampled_from(("", "约", "超")),
                some.sampled_from((None, False, True)),
            ),
            max_size=2,
        ).map(tuple),
    ),
    max_size=25,
)
