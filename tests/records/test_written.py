"""Values know their lines, numbers are exact, and what has no end is refused."""

from decimal import Decimal

import pytest

from taizhang.core.errors import RecordError
from taizhang.records.written import parsed

BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))


def test_each_value_knows_its_line() -> None:
    pairs = parsed("甲.yaml", "a: 1\nb:\n  - x\n  - y\n").mapping("甲")
    assert (pairs["a"].line, pairs["b"].items("b")[1].line) == (1, 4)
    assert pairs["b"].plain() == ["x", "y"]


def test_numbers_and_days_stay_as_written() -> None:
    pairs = parsed("甲.yaml", "a: 0.10\nb: 2023-05-08\nc: true\nd:\n").mapping("甲")
    assert pairs["a"].number("a") == Decimal("0.10")
    assert (pairs["b"].text("b"), pairs["c"].truth("c"), pairs["d"].plain()) == ("2023-05-08", True, None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "文件是空的"),
        ("a: {b: [\n", "不合 YAML 写法"),
        ("? [a]\n: 1\n", "键应是一个词"),
        ("a: &a [*a]\n", "内容太多或套得太深"),
        (BOMB, "内容太多或套得太深"),
        ("x" * 200_001, "太长"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(text: str, says: str) -> None:
    with pytest.raises(RecordError, match=says):
        parsed("甲.yaml", text)
