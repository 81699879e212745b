"""Satisfaction: a figure without its basis says what is missing, and large samples weigh more."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.satisfaction import Survey, lacking, together

D = Decimal
SURVEYS = some.lists(
    some.builds(
        Survey,
        subject=some.just("学生"),
        value=some.one_of(some.none(), some.decimals(0, 100, places=2)),
        sample=some.one_of(some.none(), some.decimals(0, 5000, places=0)),
    ),
    max_size=8,
)


@given(SURVEYS)
def test_all_together_lies_between_the_lowest_and_the_highest(surveys):
    found = together(surveys)
    told = [each.value for each in surveys if each.value is not None and each.sample]
    assert (found.value is None) == (not told)
    if found.value is not None:
        assert min(told) <= found.value <= max(told)


def test_what_is_missing_is_named():
    assert lacking(Survey(subject="学生", value=None)) == ["满意度的数值", "样本量", "调查方式或机构", "调查时间"]
    full = Survey(subject="学生", value=D(95), sample=D(300), instrument="问卷", on=date(2024, 6, 1))
    assert lacking(full) == []


def test_large_samples_weigh_more_and_what_is_left_out_is_said():
    found = together(
        [
            Survey(subject="学生", value=D(90), sample=D(300)),
            Survey(subject="企业", value=D(98), sample=D(100)),
            Survey(subject="家长", value=D(99)),
        ]
    )
    assert found.value == 92
    assert found.working == "按样本量加权：2 次调查、400 份样本，满意度 92%；1 次没有数值或样本量，没有计入"
    assert together([]).working == "没有写明数值和样本量的调查"
