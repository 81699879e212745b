"""CON013: fewer teachers and students together than teachers alone."""

from collections import defaultdict
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import Sameness, Span, at_statement, figure, named, related, sameness, where
from taizhang.intake.matching import ACHIEVED
from taizhang.intake.statements import Role, Statement

_PEOPLE = frozenset({"人", "人次"})


@rule("CON013", kind="contradiction", severity="error", since="0.3")
def part_of_people_larger(context: Context) -> Iterator[Problem]:
    """包括的人更多，数却更少：师生合计少于其中的教师。

    ## 为什么
    “师生参加境外培训 96 人次”，同一时期“教师参加境外培训 131 人次”，师生合计不可能少于教师。

    ## 不合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 国际交流 | ①师生参加境外培训20人次 | ①师生参加境外培训20人次 | ①师生参加境外培训累计80人次 | ①师生参加境外培训累计96人次 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.4 教师接受境外相关机构培训（人次） | 100 | 50 | 131 | 262% |

    ## 合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 国际交流 | ①师生参加境外培训20人次 | ①师生参加境外培训20人次 | ①师生参加境外培训累计80人次 | ①师生参加境外培训累计296人次 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.4 教师接受境外相关机构培训（人次） | 100 | 50 | 131 | 262% |

    ## 参数
    口径配置 `matching.embracing`：哪些称呼包括哪些人。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for each in same.statements:
        if each.role in ACHIEVED and each.dimension in _PEOPLE and not each.part:
            sides = frozenset(side for side in each.wording.sides if side[0] > 0)
            if sides:
                groups[each.document, each.wording.tail, sides].append(each)
    for group in groups.values():
        told: set[int] = set()
        for whole in group:
            parts = [part for part in group if _exceeds(whole, part, same)]
            if parts and id(whole.table) not in told:
                told.add(id(whole.table))
                context.told(*(each.source for each in (whole, *parts)))
                yield at_statement(
                    whole,
                    f"{named(whole)}{figure(whole)}，少于{where(parts[0])} 的{named(parts[0])}{figure(parts[0])}",
                    printed=figure(whole),
                    expected=f"不少于 {figure(parts[0])}",
                    related=tuple(related(part) for part in parts[:4]),
                )


def _exceeds(whole: Statement, part: Statement, same: Sameness) -> bool:
    """Whether `part` counts only some of the people of `whole`, over the same time, and more of them."""
    if part.value <= whole.value or whole.role not in {Role.TOLD, Role.ACTUAL, Role.SAID}:
        return False
    people = next((parts for name, parts in same.words.embracing.items() if name in whole.subject), None)
    if people is None or not _names(part, people) or any(name in part.subject for name in same.words.embracing):
        return False
    return Span.YEAR not in {same.span(whole), same.span(part)} or whole.year == part.year


def _names(part: Statement, people: tuple[str, ...]) -> bool:
    around = part.subject + part.text + (part.table.caption or "" if part.table is not None else "")
    return any(name in around for name in people)
