"""Funds: sources and years make the same whole, and a low rate without a word is asked about."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from taizhang.core.funds import Line, Money, by, doubts, total

D = Decimal
AMOUNTS = some.decimals(0, 10_000, places=2)
LINES = some.lists(
    some.builds(
        Line,
        key=some.integers(),
        year=some.integers(2022, 2025),
        source=some.sampled_from(("中央财政", "学校自筹")),
        money=some.builds(Money, AMOUNTS, AMOUNTS, AMOUNTS),
        explanation=some.sampled_from(("", "质保金未到期")),
    ),
    max_size=12,
)


@given(LINES)
def test_sources_and_years_make_the_same_whole(lines):
    for name in ("source", "year"):
        assert sum(by(lines, name).values(), Money()) == total(lines)


@given(LINES)
def test_an_explained_rate_is_not_asked_about(lines):
    for line in lines:
        asked = [doubt for doubt in doubts(line, D(90)) if "说明原因" in doubt]
        low = line.money.budget > 0 and line.money.spent / line.money.budget < D("0.9")
        assert bool(asked) == (low and not line.explanation)


def test_rates_and_their_working():
    money = Money(D(500), D(480), D(460))
    assert (money.arrival, money.execution, money.of_arrived) == (96, 92, D("95.83"))
    assert money.working == "执行 460 ÷ 预算 500 × 100% = 92%"
    nothing = Money()
    assert (nothing.arrival, nothing.execution, nothing.of_arrived) == (None, None, None)
    assert nothing.working == "没有预算数，不算执行率"


def test_more_spent_than_there_was_is_asked_about():
    line = Line(key=1, year=2024, source="学校自筹", money=Money(D(100), D(90), D(120)))
    assert doubts(line, D(90)) == ["执行 120 多于到位 90", "执行 120 多于预算 100，要说明预算调整的依据"]
