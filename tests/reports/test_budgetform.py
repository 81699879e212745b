"""The score form: shares within a part, money by its rate, and nothing scored that is not told."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from report_snapshots import markdown, prose, small
from taizhang.reports.budgetform import budgetform, score_of


def test_the_form_reads_like_this(golden: Callable[[str, str], None]) -> None:
    golden("reports/budgetform.md", markdown(budgetform(small())))


def test_the_total_is_the_sum_of_its_parts() -> None:
    sheet, rate = score_of(small())
    assert rate == Decimal("465.5") / 500 * 100
    assert sum(score for score, _ in sheet.parts.values()) <= 100
    short = next(each for each in sheet.rows if each.item.name == "省级教学成果奖")
    assert (short.score, short.weight) == (Decimal("8.34"), Decimal("16.67"))
    assert sum(each.weight for each in sheet.rows) == 80


def test_without_money_the_rest_is_scored_and_said_so() -> None:
    bare = replace(small(), funds=())
    assert score_of(bare)[1] is None and "预算执行率不计分" in prose(budgetform(bare))
