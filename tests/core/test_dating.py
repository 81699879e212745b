"""A record counts in one year: that in which it ended, as far as that is told; else it is said why in none."""

from datetime import date

import pytest
from tests.formulas import record

from taizhang.core.dating import when


@pytest.mark.parametrize(
    ("told", "year", "note"),
    [
        ({"start": date(2022, 12, 20), "end": date(2023, 1, 5)}, 2023, "跨年，计入结束的 2023 年"),
        ({"period": "2022-2023"}, 2023, "跨 2022—2023 年，计入 2023 年"),
        ({"period": "2022;2023"}, 2023, "跨 2022—2023 年，计入 2023 年"),
        ({"period": "截至2023-06"}, 2023, ""),
        ({"period": "2023-11-20..21"}, 2023, ""),
        ({"period": "2023年3月至6月"}, 2023, ""),
        ({"start": date(2022, 3, 1), "period": None}, 2022, ""),
        ({"start": date(2022, 3, 1), "period": "2022"}, 2022, ""),
        ({"start": date(2022, 3, 1), "period": "2022-2023"}, 2023, "跨 2022—2023 年，计入 2023 年"),
        ({"start": date(2022, 9, 1), "period": "2022-2023学年"}, 2022, ""),
        ({"as_of": date(2022, 12, 31), "period": None}, 2022, ""),
        ({"as_of": date(2022, 12, 31), "period": "2022"}, 2022, ""),
        ({"as_of": date(2023, 8, 31), "period": "2022"}, 2022, "2023 年统计，说的是 2022 年，计入 2022 年"),
    ],
)
def test_the_year_is_that_in_which_it_ended(told, year, note):
    found = when(record(**told))
    assert (found.year, found.note, found.why) == (year, note, "")


@pytest.mark.parametrize(
    ("period", "why"),
    [
        ("2022-2023学年", "按学年记（2022-2023学年），没有日期，分不到自然年"),
        ("since 2010", "时间“since 2010”不是确定的年份"),
        ("不久前", "时间“不久前”不是确定的年份"),
        (None, "没有写明时间"),
    ],
)
def test_what_has_no_year_says_why(period, why):
    found = when(record(period=period))
    assert (found.year, found.why) == (None, why)
