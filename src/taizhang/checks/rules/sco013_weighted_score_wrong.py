"""SCO013: a score put together by shares (school 50 %, each group 25 %) is not what its parts make."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, at_value, related, rule
from taizhang.checks.rules._attainment import places
from taizhang.checks.rules._forms import label, settings, shown
from taizhang.core.finding import Severity
from taizhang.core.scoring import combined
from taizhang.documents.blocks import Paragraph
from taizhang.intake.forms import FULL, Form, points
from taizhang.intake.plans import Value

_SCORE = re.compile(r"(\d{2,3}(?:\.\d+)?)\s*分")
_TOLD = re.compile(
    r"(?P<parts>学校(?:层面)?[^，。；\d]{0,6}\d{2,3}(?:\.\d+)?\s*分(?:[、，,][^，。；\d]{0,16}专业群[^，。；\d]{0,8}\d{2,3}(?:\.\d+)?\s*分){1,2})"
    r"[，,；;][^，。；\d]{0,10}(?:加权|综合|总|折算)[^，。；\d]{0,4}分[^，。；\d]{0,3}(?P<total>\d{2,3}(?:\.\d+)?)\s*分"
)


@rule("SCO013", kind="score_mismatch", severity="error", since="0.1")
def weighted_score_wrong(context: Context) -> Iterator[Problem]:
    """按权重折算的得分或综合得分算错了。

    ## 为什么
    学校层面与专业群层面按 50%、25%、25%（或 30%、70%）合成总分；用了简单平均或别的权重，等级可能因此变化。

    ## 不合格
    | 评价层面 | 权重 | 得分 | 折算得分 |
    |---|---|---|---|
    | 学校层面 | 50% | 94 | 47 |
    | 专业群一 | 25% | 90 | 22.5 |
    | 专业群二 | 25% | 86 | 21.5 |
    | 综合得分 | | | 92 |

    ## 合格
    | 评价层面 | 权重 | 得分 | 折算得分 |
    |---|---|---|---|
    | 学校层面 | 50% | 94 | 47 |
    | 专业群一 | 25% | 90 | 22.5 |
    | 专业群二 | 25% | 86 | 21.5 |
    | 综合得分 | | | 91 |

    ## 例外
    只看得分按百分制、多数行得分高于权重的表。权重之和不是 100% 的不判断综合得分。

    ## 参数
    口径配置 `scoring.unit_weights`：学校与专业群的权重，行名写明学校和专业群而权重不在其中的按提示报。

    ## 依据
    教职成厅函〔2024〕1号：学校类单位 = 学校 50% + 两个专业群各 25%；专业群类单位 = 学校 30% + 专业群 70%。
    """
    known = [sorted(Decimal(str(w)) for w in weights) for weights in settings(context)["unit_weights"]]
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            if "专业群" in paragraph.text and "得分" in paragraph.text:
                yield from _of_text(
                    paragraph, [[Decimal(str(w)) for w in ws] for ws in settings(context)["unit_weights"]]
                )
        for form in reading.forms.forms:
            if not form.is_weighted:
                continue
            yield from _of_rows(form)
            yield from _of_total(form)
            yield from _of_weights(form, known)


def _of_text(paragraph: Paragraph, known: list[list[Decimal]]) -> Iterator[Problem]:
    """“学校 94 分、专业群一 90 分、专业群二 86 分，综合得分 92 分”: by the weights for that many parts."""
    for match in _TOLD.finditer(paragraph.text):
        parts = [Decimal(part) for part in _SCORE.findall(match["parts"])]
        weights = next((weights for weights in known if len(weights) == len(parts)), None)
        if weights is None:
            continue
        expected = combined(zip(weights, parts, strict=True))
        kept = len(match["total"].partition(".")[2])
        if abs(Decimal(match["total"]) - expected) > Decimal("0.51").scaleb(-kept):
            yield at_text(
                paragraph,
                match.start("total"),
                match.end(),
                f"按权重 {'、'.join(f'{shown(weight)}%' for weight in weights)} 合成应为 {shown(expected)} 分，写的是 {match['total']} 分",
                expected=f"{shown(expected)} 分",
            )


def _share(value: Value | None) -> Decimal | None:
    weight = points(value)
    return weight * FULL if weight is not None and weight <= 1 else weight


def _of_rows(form: Form) -> Iterator[Problem]:
    for item in form.indicators:
        weight, score, told = _share(item.weight), points(item.score), points(item.weighted)
        if weight is None or score is None or told is None or item.weighted is None:
            continue
        expected = combined([(weight, score)])
        if not _agrees(item.weighted, expected):
            yield at_value(
                item.weighted,
                f"{shown(score)} × {shown(weight)}% = {shown(expected)}，写的是 {item.weighted.text.strip()}",
                expected=shown(expected),
                row=label(item),
                related=tuple(related(v) for v in (item.weight, item.score) if v is not None),
            )


def _of_total(form: Form) -> Iterator[Problem]:
    pairs = [(_share(item.weight), points(item.score)) for item in form.indicators]
    known = [(weight, score) for weight, score in pairs if weight is not None and score is not None]
    if form.total is None or len(known) != len(pairs) or sum(weight for weight, _ in known) != FULL:
        return
    expected = combined(known)
    told = [value for value in (form.total.weighted, form.total.score) if points(value) is not None]
    parts = [points(item.weighted) for item in form.indicators]
    printed = sum((part for part in parts if part is not None), Decimal(0))
    if not told or told[0] is None or _agrees(told[0], expected) or (printed and _agrees(told[0], printed)):
        return
    yield at_value(
        told[0],
        f"按权重合成应为 {shown(expected)}，写的是 {told[0].text.strip()}",
        expected=shown(expected),
        row=form.total.label.text.strip(),
        related=tuple(related(item.score) for item in form.indicators if item.score is not None),
    )


def _of_weights(form: Form, known: list[list[Decimal]]) -> Iterator[Problem]:
    names = [item.name for item in form.indicators]
    weights = [_share(item.weight) for item in form.indicators]
    if not any("学校" in name for name in names) or not any("专业群" in name for name in names):
        return
    shares = sorted(weight for weight in weights if weight is not None)
    first = form.indicators[0].weight
    if first is not None and len(shares) == len(names) and shares not in known:
        yield at_value(
            first,
            f"学校与专业群的权重是 {'、'.join(f'{shown(weight)}%' for weight in weights if weight is not None)}，与评价办法不同",
            expected="50%、25%、25% 或 30%、70%",
            row=label(form.indicators[0]),
            severity=Severity.INFO,
        )


def _agrees(printed: Value, expected: Decimal) -> bool:
    told = points(printed)
    return told is None or abs(told - expected) <= max(Decimal("0.51").scaleb(-places(printed.text)), Decimal("0.011"))
