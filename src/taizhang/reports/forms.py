"""Forms in which a template may ask for a figure: 两位小数, 千分位, 百分数 and the like, worked out exactly."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from taizhang.reports.outline import Figure

_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")


def _places(count: int) -> Callable[[Decimal], str]:
    """Rounded half up, as people round."""
    return lambda worth: format(worth.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP), "f")


_FORMS: dict[str, Callable[[Decimal], str]] = {
    "整数": _places(0),
    "一位小数": _places(1),
    "两位小数": _places(2),
    "千分位": lambda worth: f"{worth:,f}",
    "千分位两位小数": lambda worth: f"{worth.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}",
    "万元": lambda worth: _plain(worth / 10_000),  # of an amount that the ledger keeps in 元
}
NAMES = tuple(_FORMS)


def formed(figure: Figure, form: str) -> Figure | None:
    """The figure printed in a form; None for a form that is unknown, or a text with no number or with several."""
    numbers = _NUMBER.findall(figure.text)
    if form not in _FORMS or len(numbers) != 1:
        return None
    text = figure.text.replace(numbers[0], _FORMS[form](Decimal(numbers[0].replace(",", ""))))
    return replace(figure, text=text, form=form)


def _plain(worth: Decimal) -> str:
    text = format(worth, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
