"""What the page of the projected grade supposes: items at their targets or at values that were typed, as the address tells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from taizhang.core.attainment import plain
from taizhang.core.grade import Projection, Tier
from taizhang.core.scoring import Scheme, Scored
from taizhang.core.supposing import at_value
from taizhang.web.ledger.models import Supposition
from taizhang.web.ledger.workflow.trouble import RefusedError
from taizhang.web.ledger.workflow.typed import meant
from taizhang.web.pages.asking import whole_in

SHOWN = 30  # indicators in the list at once, besides those that are supposed
_TO = "to-"


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is asked: the values to reckon with, what was typed for each item, and why something typed is none."""

    values: Mapping[int, Decimal | None]
    typed: Mapping[int, str]
    faults: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator of the list: what it would give at its target, whether it is on the way, and what is supposed of it."""

    tier: str
    row: Scored
    points: Decimal
    is_on_path: bool
    is_at_target: bool
    typed: str
    fault: str


def is_padded(asked: QueryDict) -> bool:
    """Whether a form sent fields that nobody filled in: the same is told by a shorter address."""
    return any(name.startswith((_TO, "find")) and not "".join(values).strip() for name, values in asked.lists())


def without_padding(asked: QueryDict) -> str:
    """The address's question without the fields that nobody filled in."""
    kept = QueryDict(mutable=True)
    for name, values in asked.lists():
        kept.setlist(name, [value for value in values if value.strip()])
    return kept.urlencode()


def supposed_in(asked: QueryDict, tiers: Sequence[Tier], scheme: Scheme) -> Supposed:
    """What is supposed of the items of a round; what was typed counts above a tick."""
    values: dict[int, Decimal | None] = {}
    typed, faults = {}, {}
    ticked = set(map(whole_in, asked.getlist("if")))
    for row in (row for tier in tiers for row in tier.sheet.rows):
        key = row.item.key
        text = asked.get(f"{_TO}{key}", "").strip()
        if not text:
            if key in ticked:
                values[key] = None
            continue
        typed[key] = text
        try:
            value = _value(row, text, scheme)
        except RefusedError as refusal:
            faults[key] = str(refusal)
        else:
            values[key] = value
    return Supposed(values, typed, faults)


def _value(row: Scored, text: str, scheme: Scheme) -> Decimal:
    """The value that was typed: in the unit of the target or, of a qualitative indicator, the share of its weight."""
    goal = row.item.goal
    value = meant(text, row.item.unit if goal is not None else "%")
    if goal is None and (value is None or at_value(row.item, value, scheme) is None):
        raise RefusedError(_("“%(text)s”不是 0 到 100 之间的得分率。") % {"text": text})
    if value is None:
        raise RefusedError(_("“%(text)s”不是数字，请只填数字。") % {"text": text})
    return value


def lines(
    tiers: Sequence[Tier], projection: Projection, supposed: Supposed, found: str = ""
) -> tuple[list[Line], list[Line]]:
    """The indicators that are supposed, and those offered: the ones that give most, or that have the words looked for."""
    every = list(_lines(tiers, projection, supposed))
    touched = [line for line in every if line.is_at_target or line.typed]
    rest = [line for line in every if not (line.is_at_target or line.typed)]
    if found:
        offered = [line for line in rest if found.casefold() in line.row.item.name.casefold()]
    else:
        offered = [line for line in rest if line.points]
    return touched, offered[:SHOWN]


def _lines(tiers: Sequence[Tier], projection: Projection, supposed: Supposed) -> Iterator[Line]:
    """All indicators, those first that would give most."""
    gains = {gain.row.item.key: gain.points for gain in projection.gains}
    path = {gain.row.item.key for gain in projection.path}
    rows = [(tier.name, row) for tier in tiers for row in tier.sheet.rows]
    for tier, row in sorted(rows, key=lambda pair: -gains.get(pair[1].item.key, Decimal())):
        key = row.item.key
        text = supposed.typed.get(key, "")
        yield Line(
            tier, row, gains.get(key, Decimal()), key in path,
            key in supposed.values and not text, text, supposed.faults.get(key, ""),
        )  # fmt: skip


def told_by(row: Supposition) -> dict[str, list[str]]:
    """A kept supposition as an address tells it."""
    told = {f"{_TO}{key}": [value] for key, value in row.values.items()}
    return {"if": list(map(str, row.entries))} | told


def address_of(supposed: Supposed) -> dict[str, list[str]]:
    """What is supposed as an address tells it, for keeping it under a name."""
    told = {f"{_TO}{key}": [plain(value)] for key, value in supposed.values.items() if value is not None}
    return {"if": [str(key) for key, value in supposed.values.items() if value is None]} | told
