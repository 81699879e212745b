"""Periods as reports name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import period

YEARS = st.integers(1990, 2099)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2022 年度计划", "2022"), ("2021年9月启动", "2021-09"), ("2021 年 3 月 16 日签订", "2021-03-16"), ("2022-2023年", "2022-2023"),
        ("2022年至2023年", "2022-2023"), ("2022—2023学年", "2022-2023学年"), ("截至2023年底", "截至2023"), ("2008年以来", "2008起"),
        ("2023.06.30", "2023-06-30"), ("近五年", "近5年"), ("三年来", "近3年"), ("中期目标值", "中期"), ("期满目标值", "期满"),
        ("每年度发布", "每年"), ("今年", "本年"), ("“十四五”期间", "十四五"), ("2023③", "2023"), ("培训 2000 人", None), ("2022 项", None),
    ],
)  # fmt: skip
def test_a_period_is_read(text: str, label: str | None) -> None:
    assert period.period(text) == label


@given(YEARS, YEARS)
def test_a_span_of_years_reads_back(one: int, other: int) -> None:
    first, last = sorted((one, other))
    label = period.period(f"{first}-{last}年")
    assert label is not None
    assert period.years(label) == (first, last)


@given(YEARS, st.integers(1, 12))
def test_a_month_lies_in_its_year(year: int, month: int) -> None:
    label = period.period(f"{year}年{month}月")
    assert label is not None
    assert period.contains(str(year), label)


def test_what_has_no_fixed_years_contains_nothing() -> None:
    assert all(period.years(label) is None for label in ("中期", "近5年", "2008起", "截至2023", "每年"))
    assert not period.contains("中期", "2023")


@given(st.lists(YEARS, max_size=4))
def test_mentions_come_in_order_and_can_be_cut_out(years: list[int]) -> None:
    text = "，".join(f"{year} 年建设" for year in years)
    assert [m.label for m in period.mentions(text)] == [str(year) for year in years]
    assert period.without(text) == "，".join("建设" for _ in years)
