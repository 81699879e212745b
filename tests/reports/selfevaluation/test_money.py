"""Money: sums of what is told, and no sum where a line is not told."""

from dataclasses import replace

from report_snapshots import prose, rows_of, small
from taizhang.reports.outline import Outline, Table
from taizhang.reports.selfevaluation.money import money_blocks, rate


def test_sources_add_up_and_rates_are_of_the_budget() -> None:
    table = next(block for block in money_blocks(small()) if isinstance(block, Table))
    assert rows_of(table) == [
        ["省级财政", "300", "300", "285.5", "100%", "95.17%"], ["学校自筹", "200", "190", "180", "95%", "90%"],
        ["合计", "500", "490", "465.5", "98%", "93.1%"],
    ]  # fmt: skip
    assert table.unit == "单位：万元" and table.totals == 1


def test_the_sources_are_told_in_words_with_what_explains_them() -> None:
    funds = (replace(small().funds[0], note="2023 年，设备招标两次流标。"), small().funds[1])
    text = prose(Outline("题", tuple(money_blocks(replace(small(), funds=funds)))))
    assert (
        "按来源分，预算为省级财政 300 万元、学校自筹 200 万元；到位为省级财政 300 万元、学校自筹 190 万元；支出为"
        in text
    )
    assert "省级财政：2023 年，设备招标两次流标。\n" in f"{text}\n"


def test_a_sum_of_some_is_not_taken_for_all() -> None:
    funds = (small().funds[0], replace(small().funds[1], arrived=None))
    blocks = list(money_blocks(replace(small(), funds=funds)))
    table = next(block for block in blocks if isinstance(block, Table))
    assert rows_of(table)[-1][2] == "--" and rows_of(table)[1][4] == "--"
    assert "实际到位" not in prose(
        Outline("题", tuple(b for b in blocks if not isinstance(b, Table) and not hasattr(b, "runs")))
    )
    assert rate(None, None) == "--"


def test_without_money_there_is_no_chapter() -> None:
    assert list(money_blocks(replace(small(), funds=()))) == []
