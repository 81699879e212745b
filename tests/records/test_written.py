"""Values know their lines, and numbers are exact."""

from decimal import Decimal

from taizhang.records.written import Written


def test_each_value_knows_its_line() -> None:
    pairs = Written.parsed("a: 1\nb:\n  - x\n  - y\n", "甲.yaml").mapping("甲")
    assert (pairs["a"].line, pairs["b"].items("b")[1].line) == (1, 4)
    assert pairs["b"].plain() == ["x", "y"]


def test_numbers_and_days_stay_as_written() -> None:
    pairs = Written.parsed("a: 0.10\nb: 2023-05-08\nc: true\nd:\n", "甲.yaml").mapping("甲")
    assert pairs["a"].number("a") == Decimal("0.10")
    assert (pairs["b"].text("b"), pairs["c"].truth("c"), pairs["d"].plain()) == ("2023-05-08", True, None)
