"""CON024: what is only being nursed towards a title (培育单位) is counted among the titles had."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._milestones import passages
from taizhang.checks.rules._sameness import at_statement, figure, sameness
from taizhang.checks.rules._sisters import light
from taizhang.core.finding import Kind, Related, Severity
from taizhang.core.source import Source
from taizhang.intake.statements import Role, Statement
from taizhang.profiles import Profile

_LEVELS = {"国": "国家级", "教": "国家级", "全": "国家级", "省": "省级", "市": "市级"}
_LEVEL = "国家级?|教育部|全国|省教育厅|省级?|市级?"
_BETWEEN = "[^，。；;、0-9的]{0,14}?"
_NURSED = "(?:（[^（）]{1,6}）)?(?:立项|建设|重点)*(?:培育|创建|培养)(?:建设)?(?:单位|项目|对象|基地|院校|名单)"
_MODEL = re.compile("示范|高水平|重点")
_SAME_THING = {"职教集团": "职业教育集团"}
_SINGLE = frozenset({"职业教育集团", "联合体"})  # of which a college leads one; of others another may have the title
_YEAR = re.compile(r"20\d\d")
_PENDING = re.compile("培育|创建|拟|申报|候选")


class _Candidate(NamedTuple):
    """A title that a text tells as still to be earned."""

    title: tuple[str, str, tuple[str, ...]]
    years: tuple[str, ...]
    source: Source
    text: str
    document: int = 0


class _Told(NamedTuple):
    """What a document tells as still to be earned, and what it counts as had."""

    candidates: list[_Candidate]
    counted: list[Statement]


def _told(context: Context) -> _Told:
    """Both of one document."""
    (reading,) = context.readings
    title = _title(context.profile, _NURSED)
    candidates = []
    for passage, _, _ in passages(reading):
        for match in title.finditer(passage.text) if "单位" in passage.text or "培育" in passage.text else ():
            start = max(passage.text.rfind(mark, 0, match.start()) for mark in "。；\n") + 1
            years = tuple(_YEAR.findall(passage.text[start : match.start()]))
            candidates.append(_Candidate(_named(match), years, passage.block.at(*match.span()), match[0]))
    plain = _title(context.profile, "")
    counted = [
        each
        for each in sameness(context).statements
        if each.role in {Role.LISTED, Role.ACTUAL} and each.value == 1
        and plain.search(each.subject) and not _PENDING.search(f"{each.subject}{each.text}{each.row or ''}")
    ]  # fmt: skip
    return _Told(candidates, light(context, counted))


def _title(profile: Profile, behind: str) -> re.Pattern[str]:
    things = profile.sections["matching"]["entities"]
    return re.compile(f"(?P<level>{_LEVEL})(?P<between>{_BETWEEN})(?P<thing>{things}){behind}")


def _named(match: re.Match[str]) -> tuple[str, str, tuple[str, ...]]:
    """The level, the thing, and what it excels by: what makes two titles one."""
    thing = _SAME_THING.get(match["thing"], match["thing"])
    return _LEVELS[match["level"][0]], thing, tuple(sorted(set(_MODEL.findall(match["between"]))))


@rule("CON024", kind="contradiction", severity="warning", since="0.8", gathers=_told)
def candidate_counted_as_had(context: Context) -> Iterator[Problem]:
    """正文写是“培育单位”，成果表、指标表却按已经获得计数。

    ## 为什么
    入选培育单位只是有了资格，还要认定；按“国家级示范性职教集团 1 个”计入成果，专家查文件就会扣除。

    ## 不合格
    学校牵头的山地农机联盟已列为国家级示范职教集团培育单位。

    | 典型标志性成果 |
    |---|
    | 国家级示范职教集团1个 |

    ## 合格
    学校牵头的山地农机联盟已列为国家级示范职教集团培育单位。

    | 典型标志性成果 |
    |---|
    | 国家级示范职教集团培育单位1个 |

    ## 例外
    级别不同的、计数多于一个的、培育在较早年份的，不报；姊妹报告之间也比。产业学院、基地之类学校有好几个的，
    得到称号的可能是另一个，只作提示。

    ## 参数
    口径配置 `matching.entities`：比较哪些称号。

    ## 依据
    本项目的填报约定：培育、立项不等于获得（design 第 3 节）。
    """
    origins, plain = context.origins, _title(context.profile, "")
    candidates = [
        each._replace(document=number)
        for number, told in enumerate(context.gathered[_told])
        for each in told.candidates
    ]  # fmt: skip
    for number, told in enumerate(context.gathered[_told]) if candidates else ():
        for counted in told.counted:
            match = plain.search(counted.subject)
            last = origins.of[number].last
            others = [
                each for each in candidates
                if match is not None and each.title == _named(match) and origins.same_college(each.document, number)
                and not (last and each.years and int(each.years[-1]) < last)
            ]  # fmt: skip
            if others:
                other = others[0]
                where = other.source.sentence() if other.document == number else f"{other.source.file} "
                yield at_statement(
                    counted, f"这里计 {figure(counted)}，{where}写的是“{other.text}”", expected="认定以后再计",
                    related=tuple(Related(source=each.source, text=each.text) for each in others[:4]),
                    kind=None if other.document == number else Kind.CROSS_DOCUMENT,
                    severity=None if other.title[1] in _SINGLE else Severity.INFO,
                )  # fmt: skip
