"""CON012: an indicator counts what the task points have only applied for or approved."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, named, sameness, where
from taizhang.checks.rules._sameness import related as related_to
from taizhang.core.finding import Related
from taizhang.intake.matching import ACHIEVED, Relation, holding
from taizhang.intake.plans import Point
from taizhang.intake.statements import Role, Statement

_PENDING = re.compile("已?立项(?:建设|入库)?|申报|申请(?!书)|已开始|启动|筹建")
_DONE = re.compile("建成|完成|认定|获批|获得|验收|启用|使用|上线|成立|运行|挂牌|入选")
_UNDER_WAY = re.compile(
    r"(?P<told>(?P<all>\d+)\s*[项个门件部])[，,]\s*其中\s*(?P<some>\d+\s*[项个门件部](?:还|仍|尚|正)?(?:处于|处在|在)[^，。；\d]{0,4}"
    r"(?:征求意见|送审|审查|评审|公示|申报|受理|报批|审核|起草|编制|筹备)[^，。；\d]{0,4})"
)
_PART = re.compile("[，。；;]")
_ORDINAL = re.compile("^[①-⑳]")
_FEW = 4


@rule("CON012", kind="contradiction", severity="warning", since="0.3")
def counted_before_done(context: Context) -> Iterator[Problem]:
    """任务点只做到申报或立项的事，指标表已经计数。

    ## 为什么
    任务点说系统“已立项建设”，指标表却计完成 1 套；立项不等于建成，申报不等于获批。

    ## 不合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 治理 | ④调研资产管理系统 | ④完成调研 | ④建设资产管理系统 | ④资产管理系统已立项建设。 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.10 资产管理系统（套） | 1 | 0.5 | 1 | 100% |

    ## 合格
    | 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
    |---|---|---|---|---|---|
    | 治理 | ④立项资产管理系统 | ④资产管理系统已立项建设 | ④建设资产管理系统 | ④资产管理系统建成并投入使用。 | 100% |

    | 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|---|
    | 1.1.10 资产管理系统（套） | 1 | 0.5 | 1 | 100% |

    ## 例外
    指标本身考核的就是立项数、申报数的，不报；另有任务点或正文说明已建成、已认定的，不报。

    ## 依据
    本项目的填报约定：申报、立项不等于建成（design 第 3 节）。
    """
    same = sameness(context)
    told: set[int] = set()
    for document, reading in enumerate(context.readings):
        last = max((point.year for point in reading.plans.points if point.year), default=None)
        pending = [point for point in reading.plans.points if point.year in {None, last} and _is_pending(point)]
        done = "\n".join(
            part for point in reading.plans.points for part in _PART.split(point.done.text) if _DONE.search(part)
        )
        for point in pending:
            key = same.words.wording(_ORDINAL.sub("", point.plan.text)).key
            for actual in holding(same.matcher, document, key, 0.95):
                if actual.document != document or id(actual) in told or not _counts(actual, point):
                    continue
                here, there = same.areas.of(actual), same.areas.named(document, point.table)
                if (here and there and not here & there) or actual.subject in done:
                    continue
                told.add(id(actual))
                where_ = f"任务点 {point.table.name or ''} {point.name}"
                yield _problem(actual, f"{where_} 却只到“{_state(point)}”", related(point.done))
    yield from _applied_for(same, told)
    yield from _pending_parts(context, same, told)


def _pending_parts(context: Context, same: Sameness, told: set[int]) -> Iterator[Problem]:
    """The indicators that count all of what the text says some are still under way of (“3 项，其中 2 项处于征求意见阶段”)."""
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            for match in _UNDER_WAY.finditer(paragraph.text):
                here = at_text(paragraph, match.start("some"), match.end(), "").source
                said = [
                    each for each in same.statements
                    if each.role is Role.SAID and each.text and each.text in paragraph.text[: match.start("some")]
                    and each.quantity.value == int(match["all"]) and each.text.rstrip().endswith(match["told"])
                ]  # fmt: skip
                links = [link for each in said[-1:] for link in same.links(each) if link.relation is Relation.SAME]
                for actual in (link.other for link in links if link.other.role is Role.ACTUAL):
                    if id(actual) not in told and actual.value == int(match["all"]):
                        told.add(id(actual))
                        source = Related(source=here, text=paragraph.text[match.start("some") : match.end()])
                        yield _problem(actual, f"正文却说其中“{source.text}”", source)


def _applied_for(same: Sameness, told: set[int]) -> Iterator[Problem]:
    """The indicators whose only completion told is an application."""
    for actual in same.statements:
        if actual.role is not Role.ACTUAL or id(actual) in told or actual.value < 1 or "申报" in actual.subject:
            continue
        links = [link for link in same.links(actual) if link.relation is Relation.SAME]
        if not any(link.other.state == "申报" for link in links):
            continue
        others = [link.other for link in links if link.other.role in ACHIEVED and same.near(actual, link.other)]
        applied = [other for other in others if other.state == "申报" and other.role is Role.TOLD]
        if applied and not any(other.state != "申报" for other in others):
            yield _problem(actual, f"{where(applied[0])} 却只是申报", related_to(applied[0]))


def _problem(actual: Statement, but: str, other: Related) -> Problem:
    return at_statement(
        actual,
        f"{named(actual)}实现 {figure(actual)}，{but}",
        expected="建成或获批以后再计",
        related=(other,),
    )


def _is_pending(point: Point) -> bool:
    return (
        bool(_PENDING.search(point.done.text))
        and not _DONE.search(point.done.text)
        and not _PENDING.search(point.plan.text)
    )


def _state(point: Point) -> str:
    match = _PENDING.search(point.done.text)
    return match[0] if match else ""


def _counts(actual: Statement, point: Point) -> bool:
    """Whether an indicator counts the very thing of a point as there."""
    if actual.role is not Role.ACTUAL or actual.value < 1 or _PENDING.search(actual.subject):
        return False
    if len(actual.wording.key) < _FEW or actual.dimension != "件":
        return False
    return actual.wording.tail in point.plan.text and not actual.wording.levels
