"""ACT021: all that is told of a plan is still to come, and it is reported as done."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, at_value, related, row_name, rule
from taizhang.checks.rules._promise import Promise, edges, promises, short
from taizhang.checks.rules._states import stop
from taizhang.checks.rules.act015_step_short_of_plan import halted
from taizhang.core.finding import Severity
from taizhang.intake.prose_points import claims

_PART = re.compile(r"[^，。；,;\n]+")
_HAN = re.compile("[一-鿿]{2}")
_UNBEGUN = re.compile(
    "(?:尚未|还未|仍未)(?:开工|启动|开展|动工|实施|建成|招标|采购)|(?<!从)未能?(?:启动|开工|动工|实施)|暂缓(?:实施|执行|启动)|搁置|未能如期"
)
_UNBEGUN_WORDS = ("未", "暂缓", "搁置")
_AFTERWARDS = re.compile(
    "后来|现已|目前已|复工|已于|随后|[月日]底?(?:重新)?(?:启动|开工|恢复|完成)|改为|除|外[，,]|不含"
)
_SPAN = 80  # characters before a claim in which it is told what was not begun


@rule("ACT021", kind="below_target_claimed_done", severity="warning", since="0.8")
def still_to_come_reported_done(context: Context) -> Iterator[Problem]:
    """完成情况说的都是以后的事或者还没有开始的事，却写 100%、已完成。

    ## 为什么
    “拟于下学期启动”“预计次年 3 月竣工”“正在征求意见”说的都是还没有做到；后面写完成率 100%，一句话里自己否定了自己。

    ## 不合格
    | 任务 | 计划 | 完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①9 月启动第二批学徒制试点 | ①该项工作拟于下学期启动 | 100% |

    ## 合格
    | 任务 | 计划 | 完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①9 月启动第二批学徒制试点 | ①9 月启动试点，遴选专业 3 个，第三批拟于下学期启动 | 100% |

    ## 例外
    同一处另写已经建成、印发、通过的，不报；计划本来就是申报、启动、起草的，不报。完成情况全是这样的话而写 100% 的作存疑，
    正文里写明没有启动、没有开工，紧接着说任务已经完成的也是。

    ## 依据
    教职成〔2020〕8号；教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”。
    """
    stopped = halted(context)
    for promise in promises(context):
        if promise.ordinary and promise.full and id(promise) not in stopped:
            yield from _of_promise(promise)
    for reading in context.readings:
        for paragraph in reading.paragraphs:
            if "完成" not in paragraph.text or not any(word in paragraph.text for word in _UNBEGUN_WORDS):
                continue
            told: set[int] = set()
            for claim in claims(paragraph.text):
                begin = max(0, claim.start() - _SPAN)
                unbegun = _UNBEGUN.search(paragraph.text, begin, claim.start())
                if unbegun is None or unbegun.start() in told:
                    continue
                told.add(unbegun.start())
                if not _AFTERWARDS.search(paragraph.text, begin, claim.start()):
                    yield at_text(
                        paragraph, unbegun.start(), claim.end(), f"前面写“{unbegun[0]}”，后面又说“{claim[0]}”",
                        expected="按实际进度填写", printed=claim[0],
                    )  # fmt: skip


def _of_promise(promise: Promise) -> Iterator[Problem]:
    words, point = promise.words, promise.point
    coming, high = words.pattern("coming"), words.pattern("high")
    begins = any(clause.low or "初稿" in clause.text for clause in promise.plan)  # then what goes on is fulfilled
    open_ones = [coming] if begins else [coming, words.pattern("pending")]
    told = point.done.text
    first = next((found for words_ in open_ones if (found := words_.search(told))), None)
    if first is None or any(words_.search(point.plan.text) for words_ in open_ones):
        return
    if any(stop(promise, pair) for pair in promise.pairs):
        return
    parts = [part[0] for part in _PART.finditer(told) if _HAN.search(part[0])]
    rest = [part for part in parts if not any(words_.search(part) for words_ in open_ones)]
    if any(high.search(part) or words.pattern("granted").search(part) or re.search(r"\d", part) for part in rest):
        return
    start, end = edges(told, 0, len(told))
    yield at_value(
        point.done, f"完成情况说的是还没有做到的事（“{first[0]}”），却写 {point.rate.text.strip() if point.rate else '完成'}",
        start, end, expected=short(point.plan.text), row=row_name(point), related=(related(point.plan),),
        severity=Severity.ERROR if not rest else None,
    )  # fmt: skip
