"""Money of a self-evaluation: what was planned, arrived and spent, by source."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.core.attainment import plain
from taizhang.reports.outline import Block, Column, Content, Figure, Heading, Mention, Runs, Table, row
from taizhang.reports.sentences import listed, paragraph
from taizhang.reports.snapshot import Fund, Snapshot
from taizhang.reports.wording import said

_NOTHING = "--"
_WORDS = {"budget": "预算数", "arrived": "到位数", "spent": "支出数"}
_PLACES = Decimal("0.01")


def money_blocks(snapshot: Snapshot) -> Iterator[Block]:
    """三、资金到位和执行情况; no chapter where the snapshot knows of no money."""
    funds = snapshot.funds
    if not funds:
        return
    word = snapshot.period.word
    budget, arrived, spent = (_sum(funds, part) for part in _WORDS)
    yield Heading("资金到位和执行情况", 1)
    told: list[Content] = [f"{word}资金预算 ", _total("budget", budget), " 万元"]
    if arrived is not None:
        told += [
            "，实际到位 ",
            _total("arrived", arrived),
            " 万元，到位率 ",
            Figure("funds:total:arrival", rate(arrived, budget), "资金到位率"),
        ]
    if spent is not None:
        told += [
            "，支出 ",
            _total("spent", spent),
            " 万元，占预算的 ",
            Figure("funds:total:execution", rate(spent, budget), "预算执行率"),
        ]
    yield paragraph(*(each for each in told if isinstance(each, str | Figure)), "。各项资金见", (Mention("funds"),))
    parts = [_by_source(funds, part) for part in _WORDS if _sum(funds, part) is not None]
    if len(funds) > 1 and parts:
        yield paragraph(said("fund.by_source", parts=listed(parts, "；")))
    for each in funds:
        if each.note:
            yield paragraph(
                said("fund.note", name=each.name, note=Figure(f"{each.ref}:note", _bare(each.note), f"{each.name}说明"))
            )
    yield _table(funds, word)


def _by_source(funds: Sequence[Fund], part: str) -> Runs:
    """“预算为省级财政 300 万元、学校自筹 200 万元”."""
    told = [said("fund.source", name=each.name, n=_of(each, part)) for each in funds]
    return said("fund.part", part=_WORDS[part].removesuffix("数"), sources=listed(told))


def _of(fund: Fund, part: str) -> Figure:
    return Figure(f"{fund.ref}:{part}", plain(getattr(fund, part)), f"{fund.name}{_WORDS[part]}")


def _bare(text: str) -> str:
    return text.rstrip("。；;")


def _table(funds: Sequence[Fund], word: str) -> Table:
    """The sources one by one, and their sum."""
    budget, arrived, spent = (_sum(funds, part) for part in _WORDS)
    columns = (Column(("资金来源",), 2), *(Column((name,)) for name in (*_WORDS.values(), "到位率", "执行率")))
    rows = [
        row(
            each.name,
            *(
                _amount(f"{each.ref}:{part}", getattr(each, part), f"{each.name}{name}")
                for part, name in _WORDS.items()
            ),
            _rate(f"{each.ref}:arrival", each.arrived, each.budget, f"{each.name}到位率"),
            _rate(f"{each.ref}:execution", each.spent, each.budget, f"{each.name}执行率"),
        )
        for each in funds
    ]
    rows.append(
        row(
            "合计",
            *(_amount(f"funds:total:{part}", _sum(funds, part), f"资金{name}合计") for part, name in _WORDS.items()),
            _rate("funds:total:arrival", arrived, budget, "资金到位率"),
            _rate("funds:total:execution", spent, budget, "预算执行率"),
        )
    )
    caption = f"{word}资金到位和执行情况表"
    return Table(caption=caption, unit="单位：万元", columns=columns, rows=tuple(rows), key="funds", totals=1)


def _sum(funds: Sequence[Fund], part: str) -> Decimal | None:
    """The sum of a part, None where a line does not tell it: a sum of some would be taken for all."""
    amounts = [getattr(each, part) for each in funds]
    return None if None in amounts else sum(amounts, Decimal())


def rate(part: Decimal | None, whole: Decimal | None) -> str:
    """A share in per cent to two decimals."""
    if part is None or not whole:
        return _NOTHING
    return f"{plain((part / whole * 100).quantize(_PLACES))}%"


def _total(part: str, amount: Decimal | None) -> Figure:
    return Figure(f"funds:total:{part}", plain(amount) if amount is not None else _NOTHING, f"资金{_WORDS[part]}合计")


def _amount(address: str, amount: Decimal | None, name: str) -> Content:
    return Figure(address, plain(amount), name) if amount is not None else _NOTHING


def _rate(address: str, part: Decimal | None, whole: Decimal | None, name: str) -> Content:
    text = rate(part, whole)
    return Figure(address, text, name) if text != _NOTHING else _NOTHING
