"""项目支出绩效自评表 (财预〔2020〕10号): money, indicators, scores by declared weights, in Word; rows for Excel."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from taizhang.core.attainment import Direction, Goal, plain
from taizhang.core.scoring import Scheme, Scorable, ScoreSheet, execution_rate, scored
from taizhang.profiles import load
from taizhang.reports.outline import Align, Block, Cell, Column, Content, Figure, Heading, Outline, Table, row
from taizhang.reports.sentences import paragraph, shown
from taizhang.reports.snapshot import CATEGORIES, Indicator, Snapshot

PROFILE = "budget-form"
_NOTHING = "--"
_EXECUTION = "预算执行率"
_FULL = Decimal(100)
_LEVEL1 = {
    "数量": "产出指标", "质量": "产出指标", "时效": "产出指标", "成本": "产出指标", "社会效益": "效益指标", "可持续影响": "效益指标", "满意度": "满意度指标",
}  # fmt: skip


def budgetform(snapshot: Snapshot) -> Outline:
    """The form: basic facts and money, then every indicator with its score; weights shared evenly within a part."""
    sheet, rate = score_of(snapshot)
    blocks = (*_money(snapshot, sheet, rate), *_indicators(snapshot, sheet), *_result(sheet))
    title = f"{snapshot.programme or '项目'}绩效自评表（{snapshot.period.whole}）"
    return Outline(title=title, blocks=blocks, snapshot=snapshot.sha256, lines=())


def score_of(snapshot: Snapshot) -> tuple[ScoreSheet, Decimal | None]:
    """The scores, and the rate of budget execution in per cent; None where no money is told."""
    scheme = Scheme.of(load(PROFILE).sections)
    rows = [(key, each) for key, each in enumerate(snapshot.indicators) if each.category in _LEVEL1]
    spent, budget = (
        sum((getattr(f, part) or Decimal() for f in snapshot.funds), Decimal()) for part in ("spent", "budget")
    )
    rate = execution_rate(spent, budget) if budget else None
    scheme = replace(scheme, parts=_parts(scheme, rows, has_money=rate is not None))
    weights = _weights(rows, scheme)
    items = [_scorable(key, each, weights[key]) for key, each in rows]
    return scored(items, scheme, rate), rate


def _parts(scheme: Scheme, rows: Sequence[tuple[int, Indicator]], *, has_money: bool) -> dict[str, Decimal]:
    """The weights of the parts that there are: a form is of 100, so what is missing is shared out among the others.

    By their own proportion, as the rule lets weights be adjusted where the case asks for it; that of the execution of
    the budget stays what it is.
    """
    present = {name: weight for name, weight in scheme.parts.items() if any(_part_of(each) == name for _, each in rows)}
    if not present:
        return dict(scheme.parts)
    money = {_EXECUTION: scheme.parts[_EXECUTION]} if has_money else {}
    room = int((_FULL - sum(money.values())) * 100)
    shares = {name: int(room * weight / sum(present.values())) for name, weight in present.items()}
    first = next(iter(shares))
    shares[first] += room - sum(shares.values())  # the cent that does not divide evenly
    return money | {name: Decimal(share) / 100 for name, share in shares.items()}


def _weights(rows: Sequence[tuple[int, Indicator]], scheme: Scheme) -> dict[int, Decimal]:
    """An even share of each part in cents; what does not divide evenly goes to the first ones, so that the sum is right."""
    found: dict[int, Decimal] = {}
    for part, whole in scheme.parts.items():
        own = [key for key, each in rows if _part_of(each) == part]
        for place, key in enumerate(own):
            share, over = divmod(int(whole * 100), len(own))
            found[key] = Decimal(share + (place < over)) / 100
    return found


def _part_of(each: Indicator) -> str:
    return _LEVEL1[each.category].removesuffix("指标")


def _scorable(key: int, each: Indicator, weight: Decimal) -> Scorable:
    goal = None if each.goal_number is None else Goal(each.goal_number, None, _direction(each))
    return Scorable(
        key=key, name=each.name, part=_part_of(each),
        weight=weight, goal=goal, actual=each.number, is_explained=bool(each.reason),
        text="达成" if goal is None and each.is_met else each.actual,
    )  # fmt: skip


def _direction(each: Indicator) -> Direction:
    return Direction.LOWER if each.goal.lstrip().startswith(("≤", "<", "不超过")) else Direction.HIGHER


def _money(snapshot: Snapshot, sheet: ScoreSheet, rate: Decimal | None) -> Iterator[Block]:
    yield Heading("项目资金", 1)
    yield paragraph(f"项目名称：{snapshot.programme or '建设项目'}。实施单位：{snapshot.college or '学校'}")
    if not snapshot.funds or rate is None:
        yield paragraph("台账里没有预算执行的记录，预算执行率不计分")
        return
    columns = tuple(
        Column((name,), 2 if name == "资金来源" else 1)
        for name in ("资金来源", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    )
    got, weight = sheet.parts.get(_EXECUTION, (Decimal(), Decimal()))
    budget, spent = (
        sum((getattr(f, part) or Decimal() for f in snapshot.funds), Decimal()) for part in ("budget", "spent")
    )
    rows = [
        row(
            "年度资金总额",
            _amount("budget", budget),
            _amount("spent", spent),
            plain(weight),
            f"{plain(rate.quantize(Decimal('0.01')))}%",
            _score("score:execution", got),
        )
    ]
    rows += [
        row(
            f"其中：{each.name}",
            _part(each.ref, "budget", each.budget),
            _part(each.ref, "spent", each.spent),
            _NOTHING,
            _NOTHING,
            _NOTHING,
        )
        for each in snapshot.funds
    ]
    yield Table(
        caption="项目资金执行情况", unit="单位：万元", columns=columns, rows=tuple(rows), key="money", series=""
    )


def _indicators(snapshot: Snapshot, sheet: ScoreSheet) -> Iterator[Block]:
    rows = {scored_.item.key: scored_ for scored_ in sheet.rows}
    yield Heading("绩效指标", 1)
    if not rows:
        yield paragraph("这一期没有绩效指标")
        return
    names = (
        ("一级指标", 1.0),
        ("二级指标", 1.2),
        ("三级指标", 3.0),
        (f"{snapshot.period.word}指标值", 1.2),
        ("实际完成值", 1.4),
        ("分值", 0.8),
        ("得分", 0.8),
        ("偏差原因分析及改进措施", 2.4),
    )
    columns = tuple(Column((name,), width, Align.LEFT if width > 2 else Align.CENTER) for name, width in names)
    lines = []
    for category in CATEGORIES:
        own = [(key, each) for key, each in enumerate(snapshot.indicators) if key in rows and each.category == category]
        for place, (key, each) in enumerate(own):
            first: list[Content] = [
                Cell(((_LEVEL1[category],),), rows=len(own)),
                Cell(((f"{category}指标",),), rows=len(own)),
            ]
            result = rows[key]
            contents: list[Content] = [
                each.title, shown(each, "goal") if each.goal else _NOTHING, shown(each, "actual") if each.actual else "",
                plain(result.weight.quantize(Decimal("0.01"))), _score(f"{each.ref}:score", result.score.quantize(Decimal("0.01"))),
                shown(each, "reason") if each.reason else "",
            ]  # fmt: skip
            lines.append(row(*(first if not place else []), *contents))
    yield Table(caption="绩效指标自评", columns=columns, rows=tuple(lines), key="indicators", series="", landscape=True)


def _result(sheet: ScoreSheet) -> Iterator[Block]:
    yield Heading("自评得分", 1)
    yield paragraph("自评总分 ", (_score("score:total", sheet.total), " 分"))
    for line in sheet.working:
        yield paragraph(line)
    missing = [name for name in Scheme.of(load(PROFILE).sections).parts if name not in sheet.parts]
    if missing and sheet.rows:
        yield paragraph(f"没有{'、'.join(missing)}的数据，它的分值按比例分给其余部分，合计仍为 100 分")
    yield paragraph("没有规定各项指标分值的，同一部分的分值由其中的指标平均分配")


def _amount(part: str, amount: Decimal) -> Figure:
    return Figure(f"funds:total:{part}", plain(amount), {"budget": "预算数合计", "spent": "执行数合计"}[part])


def _part(ref: str, part: str, amount: Decimal | None) -> Content:
    return Figure(f"{ref}:{part}", plain(amount), part) if amount is not None else _NOTHING


def _score(address: str, score: Decimal) -> Figure:
    return Figure(address, plain(score), "得分")
