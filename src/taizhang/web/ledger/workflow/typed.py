"""What was typed, as values: numbers however they are written, states that exist, texts of a bearable length."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from taizhang.core import quantities
from taizhang.core.quantity import Bound
from taizhang.web.ledger.models import Entry, LifeState
from taizhang.web.ledger.workflow.trouble import RefusedError

FIELDS = ("text", "number", "rate", "state", "reason")
LONGEST = 20_000
Value = str | Decimal | None


def understood(typed: Mapping[str, str]) -> dict[str, Value]:
    """The typed fields as values; raises RefusedError with what is wrong where one cannot be."""
    values: dict[str, Value] = {}
    for name in FIELDS:
        if name not in typed:
            continue
        text = typed[name].replace("\r\n", "\n").strip()
        if len(text) > LONGEST:
            raise RefusedError(
                _("文字太长（%(count)s 字），最多 %(longest)s 字。") % {"count": len(text), "longest": LONGEST}
            )
        if name == "state" and text not in LifeState.values:
            raise RefusedError(_("没有“%(text)s”这种状态。") % {"text": text})
        if name == "rate" and len(text) > 20:
            raise RefusedError(_("完成度最多 20 个字。"))
        values[name] = number(text) if name == "number" else text
    return values


def as_told(row: Entry, values: dict[str, Value], typed: Mapping[str, str]) -> dict[str, Value]:
    """Text and number of an indicator agree: whichever was typed alone makes the other, so that neither grows old."""
    if not row.is_number or ("text" in values) == ("number" in values):
        return values
    if "number" in values:
        return {**values, "text": typed["number"].strip()}
    return {**values, "number": meant(str(values["text"]), row.measure)}


def meant(text: str, measure: str) -> Decimal | None:
    """The number that an actual value such as “12 门” means in the indicator's measure; None where it is not plain."""
    try:
        return number(text)
    except RefusedError:
        quantity = quantities.number(text.strip())
    if quantity is None or quantity.bound is not Bound.EXACT or quantity.unit not in {None, "", measure}:
        return None
    try:
        return number(format(quantity.value, "f"))
    except RefusedError:
        return None


def number(text: str) -> Decimal | None:
    """The number that was typed, full-width digits and thousands separators understood; None for an empty field."""
    plain = (
        text.translate(str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")).replace(",", "").replace(" ", "")
    )
    if not plain:
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or "e" in plain.lower():
        raise RefusedError(_("“%(text)s”不是数字，请只填数字，单位已在表头。") % {"text": text})
    if abs(value) >= Decimal(10) ** 14 or -int(value.as_tuple().exponent) > 6:
        raise RefusedError(_("“%(text)s”超出范围：整数最多 14 位，小数最多 6 位。") % {"text": text})
    return value
