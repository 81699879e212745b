"""CON038: how often people took part in contests is told elsewhere as how often they won."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._sameness import at_statement, figure, place, related, sameness, where
from taizhang.checks.rules._structure import texts
from taizhang.core.finding import Severity
from taizhang.core.quantity import Bound
from taizhang.intake.matching import ACHIEVED
from taizhang.intake.statements import Role, Statement

_CONTEST = re.compile("竞赛|大赛|比赛|赛项|赛事|[国省市]赛")
_WON = re.compile("获|夺得|取得|斩获|摘得")
_TOOK_PART = re.compile("参加|参与|参赛|选送|选派|组队|报名")
_ELSE = re.compile("承办|协办|主办|资格|邀请|举办|裁判|执裁")
_OCCASIONS = frozenset({"批次", "场次", "人次", "次", "场", "批"})  # what cannot be won
_FEW, _MANY = 5, 10  # below this, equal numbers are chance


@rule("CON038", kind="contradiction", severity="info", since="0.8")
def taking_part_told_as_won(context: Context) -> Iterator[Problem]:
    """一处说参加竞赛多少次，另一处把同一个数说成获得。

    ## 为什么
    任务点“选送学生参加省级竞赛 18 项”，总结里成了“获省级竞赛奖 18 项”：参加不等于获奖，多半是改写时写错。

    ## 不合格
    # 一、完成情况

    选送学生参加省级技能竞赛 18 项。

    # 二、成效

    学生获省级技能竞赛奖 18 项。

    ## 合格
    # 一、完成情况

    选送学生参加省级技能竞赛 18 项，获奖 11 项。

    # 二、成效

    学生获省级技能竞赛奖 11 项。

    ## 例外
    同一段里既说参加又说获奖的，另有一处也说获得同样多的，不到 10 项（次数不到 5）的，级别不同的，不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    groups: dict[tuple[int, str, Decimal], list[Statement]] = defaultdict(list)
    for each in same.statements:
        if each.role in ACHIEVED and each.value >= _FEW and each.quantity.bound is Bound.EXACT:
            words = _words(each)
            if _CONTEST.search(words) and not _ELSE.search(words):
                groups[each.document, each.quantity.unit, each.value].append(each)
    for group in groups.values():
        won = [each for each in group if _WON.search(_words(each)) and not _TOOK_PART.search(_words(each))]
        took_part = [each for each in group if _TOOK_PART.search(_words(each)) and not _WON.search(_words(each))]
        if len({place(each) for each in won}) != 1:
            continue
        others = [each for each in took_part if _is_of_one(won[0], each) and same.near(won[0], each)]
        if others and not any(_tells_both(each, won[0], context) for each in others):
            other = others[0]
            context.told(won[0].source, other.source)
            yield at_statement(
                won[0], f"这里写“{won[0].text}”，{where(other)}说的是参加，数目相同",
                printed=figure(won[0]), related=tuple(related(each) for each in others[:4]), severity=Severity.INFO,
            )  # fmt: skip


def _words(statement: Statement) -> str:
    """The words of a figure: its clause, or the name of its indicator."""
    return statement.subject if statement.role is Role.ACTUAL else statement.text


def _tells_both(took_part: Statement, told: Statement, context: Context) -> bool:
    """Whether the very place that tells of taking part tells of as many won: “参加 18 项，获奖 18 项”."""
    if took_part.role is Role.ACTUAL:
        return False
    number = f"{took_part.quantity.value.normalize():f}"
    won = re.compile(rf"(?:{_WON.pattern})[^，。；;\d]{{0,14}}?{re.escape(number)}(?![\d.])")
    texts_ = texts(context.readings[took_part.document], context)
    return any(took_part.text in each.text and told.text not in each.text and won.search(each.text) for each in texts_)


def _is_of_one(won: Statement, took_part: Statement) -> bool:
    """Whether both are of contests of one level and year, and the number of those won can be that of those entered."""
    if won.wording.levels != took_part.wording.levels or won.part or took_part.part:
        return False
    if won.year and took_part.year and won.year != took_part.year and won.stated:
        return False
    return won.quantity.unit in _OCCASIONS or won.value >= _MANY
