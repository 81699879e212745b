"""CON008: an indicator’s value is the number of another thing in the task point that answers it."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, named, related, sameness, where
from taizhang.intake.statements import Role, Statement

_ALIKE = 0.6
_TELLING = 3
_OVERLAP = 0.5


@rule("CON008", kind="contradiction", severity="warning", since="0.3")
def number_of_another_thing(context: Context) -> Iterator[Problem]:
    """指标的实现值，是任务点完成情况里另一件事的数。

    ## 为什么
    计划培养教学名师，完成情况说的是获奖 6 个，指标却写教学名师 6 人：数是真的，事不是那件事。

    ## 不合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 名师培育 | ②开展名师研修 | ②开展名师研修 | ②培育省级教学名师2名 | ②获省教学创新大赛一等奖6个 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 省级教学名师（人） | 3 | 2 | 6 | 300% |

    ## 合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 名师培育 | ②开展名师研修 | ②开展名师研修 | ②培育省级教学名师2名 | ②培育省级教学名师6名 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.2.1 省级教学名师（人） | 3 | 2 | 6 | 300% |

    ## 例外
    完成情况里有一句说的就是指标这件事的，不报；不足 3 的数太常见，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    told: dict[int, list[Statement]] = {}
    for each in same.statements:
        if each.role is Role.TOLD and each.point is not None:
            told.setdefault(id(each.point), []).append(each)
    for actual in same.statements:
        if actual.role is not Role.ACTUAL or actual.value < _TELLING:
            continue
        taken = _taken(same, actual, told)
        if taken is not None:
            context.told(actual.source, taken.source)
            yield at_statement(
                actual,
                f"{named(actual)}实现 {figure(actual)}，{where(taken)} 里这个数是{named(taken)}的",
                expected=taken.text,
                related=(related(taken),),
            )


def _taken(same: Sameness, actual: Statement, told: dict[int, list[Statement]]) -> Statement | None:
    """What is told with the same number in answer to the plan of the same thing, and is another thing."""
    plans = [link for link in same.links(actual) if link.other.role is Role.PLAN and same.near(actual, link.other)]
    plans = [link for link in plans if link.likeness >= _ALIKE and link.other.document == actual.document]
    answers = [each for link in plans for each in told.get(id(link.other.point), ())]
    planned = {id(link.other) for link in plans}
    if any(id(each.answers) in planned or _speaks_of(same, each, actual) for each in answers):
        return None
    same_number = (each for each in answers if each.quantity.value == actual.quantity.value)
    return next((each for each in same_number if each.dimension != actual.dimension), None)


def _speaks_of(same: Sameness, told: Statement, actual: Statement) -> bool:
    """Whether what is told may be the indicator's thing."""
    mine, theirs = actual.wording, told.wording
    if mine.levels and theirs.levels and mine.levels != theirs.levels:
        return False
    return max(same.matcher.held(theirs.key, mine.key), same.matcher.held(mine.key, theirs.key)) > _OVERLAP
