"""The score form: shares within a part, money by its rate, and nothing scored that is not told."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from report_snapshots import markdown, prose, small
from taizhang.reports.budgetform import budgetform, score_of
from taizhang.reports.snapshot import Fund


def test_the_form_reads_like_this(golden: Callable[[str, str], None]) -> None:
    golden("reports/budgetform.md", markdown(budgetform(small())))


def test_the_total_is_the_sum_of_its_parts() -> None:
    sheet, rate = score_of(small())
    assert rate == Decimal("465.5") / 500 * 100
    assert sum(score for score, _ in sheet.parts.values()) <= 100
    short = next(each for each in sheet.rows if each.item.name == "省级教学成果奖")
    assert (short.score, short.weight) == (Decimal("9.38"), Decimal("18.75"))


def test_without_money_the_rest_is_scored_and_said_so() -> None:
    bare = replace(small(), funds=())
    assert score_of(bare)[1] is None and "预算执行率不计分" in prose(budgetform(bare))


@pytest.mark.parametrize("funds", [(), small().funds], ids=["no money", "money"])
@pytest.mark.parametrize("left_out", [(), ("社会效益",), ("数量", "质量", "时效")])
def test_a_form_is_of_100_points_whatever_part_is_missing(funds: tuple[Fund, ...], left_out: tuple[str, ...]) -> None:
    rows = tuple(row for row in small().indicators if row.category not in left_out)
    told = replace(small(), funds=funds, indicators=rows)
    sheet, _ = score_of(told)
    assert sum(weight for _, weight in sheet.parts.values()) == 100
    assert sum(each.weight for each in sheet.rows) == (90 if funds else 100)
    text = prose(budgetform(told))
    assert "没有" in text and "满意度" in text and "合计仍为 100 分" in text
