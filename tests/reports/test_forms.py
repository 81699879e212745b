"""A form prints the same worth otherwise, exactly, or not at all."""

import pytest

from taizhang.reports.forms import NAMES, formed
from taizhang.reports.outline import Figure


@pytest.mark.parametrize(
    ("text", "form", "printed"),
    [
        ("1234.565", "两位小数", "1234.57"),
        ("0.5", "整数", "1"),
        ("-2.5", "整数", "-3"),
        ("1234567.5", "千分位", "1,234,567.5"),
        ("1,200", "千分位两位小数", "1,200.00"),
        ("538000 元", "万元", "53.8 元"),
        ("93.336%", "一位小数", "93.3%"),
    ],
)
def test_a_form_rounds_half_up_and_keeps_what_stands_around(text: str, form: str, printed: str) -> None:
    made = formed(Figure("a", text), form)
    assert made is not None
    assert (made.text, made.key) == (printed, f"a|{form}")


@pytest.mark.parametrize("text", ["", "已建成", "2022年3项"])
def test_what_is_no_single_number_has_no_form(text: str) -> None:
    assert all(formed(Figure("a", text), form) is None for form in NAMES)
    assert formed(Figure("a", "1"), "没有") is None
