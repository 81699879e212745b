"""ACT009: nothing of what was planned is spoken of in the completion."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._products import Products
from taizhang.checks.rules._promise import GONE, LIKE, Pair, Promise, edges, promises, short
from taizhang.checks.rules._states import stop
from taizhang.checks.rules.act015_step_short_of_plan import halted
from taizhang.checks.rules.act021_still_to_come_reported_done import still_to_come
from taizhang.core.finding import Severity
from taizhang.intake.plans import Point, without_ordinal

_CONTENT, _DIGIT = re.compile("(?:建设|工作|主要|重点)(?:内容|任务|工作|举措)$"), re.compile("[0-9]")
_PENDING = re.compile("正在|预计|尚未|[未没][有能]?完成|推进中|进行中")
_FIRM = {"立项", "建设", "建成"}
_TRACE = 0.25  # share of its words up to which something without a name of its own is another thing
# “已于 5 月全部完工”, “于 4 月正式揭牌”: what was done needs no name behind its plan.
_UNDERSTOOD = re.compile(
    r"(?:已经?|均|都|全部|全面|按[期时]|如期|提前|顺利|正式|圆满|[于在并且]|[一首]期|当年|年内|[上中下]旬|20\d\d\s*年|\d{1,2}\s*[月日]|[底末初]|\s|在[一-鿿]{2,6}(?=[揭挂]牌|成立))*"
    r"(?:(?:完成|建成|完工|竣工|挂牌|揭牌|成立|投用|投入使用|投入运行|启用|通过[^，。；]{0,6}验收|上线|运行|印发|出台|发布|修订|制定|建立|落成|交付)并?)+(?=[，。；,;]|$)"
)


@rule("ACT009", kind="plan_actual_mismatch", severity="warning", since="0.1")
def different_thing_delivered(context: Context) -> Iterator[Problem]:
    """完成情况写的是另一件事，或者另一种东西。

    ## 为什么
    计划建流动站，交出来的是别家的基地，看起来热闹，计划的事却没有下文；替代要经过批准，并写明。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建设高端装备产业智库 | ①举办秋季田径运动会 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①建设高端装备产业智库 | ①聘请 12 名专家，成立高端装备智库 | 100% |

    ## 例外
    计划没有说到看得见的东西、也没有数量的，只作提示。

    ## 依据
    教职成〔2020〕8号：建设任务调整须按程序报批，未经批准不得以其他成果代替。
    """
    words = context.profile.sections["promise"]
    products = Products(words["products"], words["lesser"])
    others = (halted(context), still_to_come(context))  # they tell of the same words
    for promise in promises(context):
        if not promise.ordinary or any(id(promise) in other for other in others):
            continue
        substance = [pair for pair in promise.pairs if pair.plan.grams]
        missing = promise.missing
        if any(stop(promise, pair) for pair in substance):
            continue
        if substance and len(missing) == len(substance):
            found = list(_other(promise, missing))
        else:
            found = [_replaced(promise, pair) for pair in substance if _is_replaced(promise, pair)]
        yield from found
        if promise.claimed and len(promise.plan) == 1 and all(each.severity is Severity.INFO for each in found):
            yield from _unmade(promise, products)


def _other(promise: Promise, missing: tuple[Pair, ...]) -> Iterator[Problem]:
    point = promise.point
    if _UNDERSTOOD.match(without_ordinal(point.done.text)[0]):
        return
    firm = any(pair.plan.thing and pair.plan.wanted in _FIRM and not _is_deed_told(promise, pair) for pair in missing)
    firm = firm and not _is_heading(point)
    if not firm and (
        any(any(a.dimension == "%" for a in pair.plan.amounts) for pair in missing)
        or max(pair.presence for pair in missing) > _TRACE
    ):
        return
    start, end = edges(point.done.text, 0, len(point.done.text))
    yield at_value(
        point.done, f"计划“{short(point.plan.text)}”，完成情况用词对不上，请核对是否同一件事", start, end,
        expected=short(point.plan.text), row=row_name(point), related=(related(point.plan),), severity=None if firm else Severity.INFO,
    )  # fmt: skip


def _is_heading(point: Point) -> bool:
    """Whether the plans of a table are what it is divided by (建设内容: 打造产教融合平台), none with a number."""
    plan = point.plan
    if _PENDING.search(point.done.text) or not _CONTENT.search(plan.table.columns[plan.column]):
        return False
    return not any(_DIGIT.search(row[plan.column].text) for row in plan.table.body)


def _unmade(promise: Promise, products: Products) -> Iterator[Problem]:
    """A product was planned; told are its parts, its draft, or a meeting about it."""
    point = promise.point
    for pair in promise.pairs:
        name = products.missing(promise, pair)
        if name is not None:
            start, end = edges(point.done.text, 0, len(point.done.text))
            yield at_value(
                point.done, f"计划的是“{name}”，完成情况写的是别的东西，看不出做成了没有", start, end,
                expected=short(pair.plan.text), row=row_name(point), related=(related(point.plan),),
            )  # fmt: skip


def _is_deed_told(promise: Promise, pair: Pair) -> bool:
    """Whether the completion has the plan's own verb (“召开成立大会” where 成立 was planned); 建设 stands everywhere."""
    deeds = {match[0] for match in promise.words.verb.finditer(pair.plan.text)} - {"建设", "完成"}
    return any(deed in promise.point.done.text for deed in deeds)


def _is_replaced(promise: Promise, pair: Pair) -> bool:
    """Whether the kind of thing planned is nowhere named, while another kind is told in its place."""
    plan, best = pair.plan, pair.best
    if plan.thing is None or pair.has_thing or best is None or plan.paper or not GONE <= pair.presence < 1:
        return False
    told = best.clause.thing
    last = promise.words.ends_in_thing(plan.text)
    return last and told is not None and told not in {clause.thing for clause in promise.plan} and best.likeness >= GONE


def _replaced(promise: Promise, pair: Pair) -> Problem:
    point, best = promise.point, pair.answers[0]
    start, end = edges(point.done.text, best.clause.start, best.clause.end)
    severity = None if pair.plan.amounts or best.likeness < LIKE else Severity.INFO
    return at_value(
        point.done, f"计划“{short(pair.plan.text)}”，完成情况是“{short(best.clause.text)}”", start, end,
        expected=short(pair.plan.text), row=row_name(point), related=(related(point.plan),), severity=severity,
    )  # fmt: skip
