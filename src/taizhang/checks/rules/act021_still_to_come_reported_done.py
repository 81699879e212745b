"""ACT021: all that is told of a plan is still to come, and it is reported as done."""

import re
from collections.abc import Iterator, Mapping, Sequence

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
# What of a thing is left to a later year; what says that a thing is finished; and parts with which it only begins.
_MAIN = re.compile(
    r"(?:(?:将|拟|计划|预计|力争|定)[于在到]?(?:20\d\d\s*年|明年|次年|下一?年度?)|[于在到待](?:明年|次年|下一年度?))"
    r"[^，。；\d]{0,6}(?:\d{1,2}\s*月)?[^，。；\d]{0,6}"
    r"(?:继续(?:实施|建设|施工|推进)|完工|竣工|建成|完成|投入使用|交付|开馆|验收|上线|挂牌)"
)
_ENDED = re.compile("建成|完成|竣工|完工|交付|投入使用|投用|启用|落成|新建|改造|开馆|上线|验收|结题|结项|印发|通过|获")
_FIRST_STEP = re.compile("基础|地基|土方|土建|桩基|主体|设计|招标|可研|立项|前期|一期|首期|阶段")
_BEGINNING = re.compile(
    "(?:目标|任务|年度[一-鿿]{0,4})(?:已|均|全部)*(?:完成|达成)|(?:基础|地基|土方|土建|桩基|主体|设计|招标|可研|立项|前期|采购)[一-鿿]{0,6}?(?:完成|验收|完工)"
    "|完成[^，。；]{0,10}(?:基础|地基|土方|桩基|主体|设计|招标|可研|立项|前期|采购)[^，。；]{0,6}"
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
    for problems in still_to_come(context).values():
        yield from problems
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


def still_to_come(context: Context) -> Mapping[int, Sequence[Problem]]:
    """What is told here of each promise of which something is told, by its identity."""
    known: dict[int, list[Problem]] | None = context.memo.get("still_to_come")
    if known is None:
        stopped = halted(context)
        known = context.memo["still_to_come"] = {}
        for promise in promises(context):
            if promise.ordinary and id(promise) not in stopped and promise.claimed:
                problems = list(_of_promise(promise)) or list(_main_part_to_come(promise))
                if problems:
                    known[id(promise)] = problems
    return known


def _main_part_to_come(promise: Promise) -> Iterator[Problem]:
    """A beginning is told as done, the rest of the same thing as of a later year."""
    point = promise.point
    told, later = point.done.text, _MAIN.search(point.done.text)
    if later is None or any(stop(promise, pair) for pair in promise.pairs):
        return
    if not _ENDED.search(point.plan.text) or _FIRST_STEP.search(point.plan.text):
        return
    if _MAIN.search(point.plan.text) or "另" in told[: later.start()].rpartition("，")[2]:
        return
    rest = told[: later.start()] + told[later.end() :]
    if not _ENDED.search(_BEGINNING.sub("", rest)):
        yield at_value(
            point.done, f"完成情况写明“{later[0]}”，却按完成填报", *later.span(), expected="按实际进度填写",
            row=row_name(point), related=(related(point.plan),),
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
