"""ACT012: what was planned within a limit (abroad, in core journals) is told without saying so."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_value, related, row_name, rule
from taizhang.checks.rules._clauses import Clause
from taizhang.checks.rules._promise import AKIN, LIKE, Pair, Promise, edges, promises
from taizhang.intake.prose_points import ProseTable

_HAN = re.compile("[一-鿿]{2}")
_NOUN = 4  # characters behind a limit that tell of what it is one: 核心|期刊论文


@rule("ACT012", kind="plan_actual_mismatch", severity="warning", since="0.1")
def scope_word_dropped(context: Context) -> Iterator[Problem]:
    """计划有限定（国〔境〕外、核心期刊、发明专利、双师型），完成情况没有写明。

    ## 为什么
    境内的培训、一般刊物的论文、各类专利数量大得多，去掉限定词去比，就成了偷换口径。

    ## 不合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①选派 12 名教师赴国（境）外研修 | ①选派 40 名教师研修 | 100% |
    | 1-2 | ②发表核心期刊论文 20 篇 | ②发表论文 26 篇 | 100% |

    ## 合格
    | 任务 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|
    | 1-1 | ①选派 12 名教师赴国（境）外研修 | ①选派 13 名教师赴境外研修 | 100% |

    ## 例外
    计划没有写数量的，不报。

    ## 参数
    口径配置 promise.limits：计划里的限定（planned）、算作写明的话（told）；国（境）外的话在 promise.overseas 和 promise.places_abroad。

    ## 依据
    教职成〔2020〕8号：实现情况应当与目标同口径。
    """
    limits = [(re.compile(words["planned"]), re.compile(words["told"]))
              for words in context.profile.sections["promise"]["limits"].values()]  # fmt: skip
    for promise in promises(context):
        if not promise.ordinary:
            continue
        abroad = promise.words.pattern("overseas")
        for pair in promise.pairs:
            if pair.best is None or not (pair.plan.amounts and pair.best.clause.amounts):
                continue
            limit = abroad.search(pair.plan.text)
            if limit is None or _tells_of_abroad(promise, abroad):
                limit = _dropped(promise, pair, limits)
            if limit is not None:
                yield _problem(promise, pair.best.clause, limit[0])
                break


def _tells_of_abroad(promise: Promise, abroad: re.Pattern[str]) -> bool:
    told = promise.point.done.text
    return bool(abroad.search(told)) or any(name in told for name in promise.words.words["places_abroad"])


def _dropped(
    promise: Promise, pair: Pair, limits: list[tuple[re.Pattern[str], re.Pattern[str]]]
) -> re.Match[str] | None:
    """The word that limits the planned thing, where the thing is told without it."""
    best = pair.best
    if best is None or (
        best.likeness < (AKIN if pair.sole is best.clause else LIKE)
        and not (pair.sole is best.clause and pair.has_thing)
    ):
        return None
    for planned, told in limits:
        limit = planned.search(pair.plan.text)
        if limit is not None and not told.search(promise.point.done.text) and not _understood(promise, pair, limit):
            return limit
    return None


def _understood(promise: Promise, pair: Pair, limit: re.Match[str]) -> bool:
    """Whether running text, having told the plan in the same breath, names the limited thing no more (“已引进 31 名”)."""
    if not isinstance(promise.point.table, ProseTable):
        return False
    noun = pair.plan.text[limit.end() : limit.end() + _NOUN]
    told = promise.point.done.text
    return not any(_HAN.fullmatch(two := noun[at : at + 2]) and two in told for at in range(len(noun) - 1))


def _problem(promise: Promise, clause: Clause, limit: str) -> Problem:
    point = promise.point
    start, end = edges(point.done.text, clause.start, clause.end)
    return at_value(
        point.done, f"计划限定“{limit}”，完成情况没有写明", start, end,
        expected=limit, row=row_name(point), related=(related(point.plan),),
    )  # fmt: skip
