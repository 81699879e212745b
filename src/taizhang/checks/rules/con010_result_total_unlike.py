"""CON010: a result list’s total differs from the text, or an indicator exceeds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, at_value, rule
from taizhang.checks.rules._sameness import at_statement, figure, is_reached, named, sameness
from taizhang.core.finding import Related, Severity
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Value
from taizhang.intake.reading import Reading
from taizhang.intake.statements import Role

_ROW = re.compile(r"获?(?P<of>国家级|省级|市级)(?:[及和]?以上)?(?:典型)?标志性成果\s*(?P<count>\d+)\s*[项个]")
_LEVEL = re.compile(r"(国家级|省级|市级)\s*(\d+)\s*[项个]")
_PAIR = re.compile(
    r"(?:^|(?<=[。；;\s]))(?:共|累计|新增|学校)?(?:获得?|取得)(?:了)?国家级(?:项目|成果|奖项|荣誉|标志性成果)?\s*(?P<national>\d+)\s*[项个][，,、和]\s*"
    r"省级(?:项目|成果|奖项|荣誉|标志性成果)?\s*(?P<provincial>\d+)\s*[项个]"
)
_SAID = re.compile(
    r"(?P<of>国家级|省级|市级)[及和]?以上(?:标志性)?(?:成果|奖项|荣誉)\s*(?:共|达)?\s*(?P<count>\d+)\s*(?:余|多)?[项个]"
)

_UNITS = frozenset({"项", "个"})
_WON = re.compile("奖|荣誉|称号|课题|项目|案例")
_NOT_WON = re.compile("申报|推荐|参加|参赛|培育|储备|在研|期刊")


@dataclass(frozen=True, slots=True)
class _Total:
    """The last row of a result list: how many results of a level and above, and how many of each level."""

    value: Value
    of: str
    count: Decimal
    levels: dict[str, Decimal]

    def related(self) -> Related:
        return Related(source=self.value.at(), text=self.value.text.strip())


@rule("CON010", kind="contradiction", severity="warning", since="0.3")
def result_total_unlike(context: Context) -> Iterator[Problem]:
    """标志性成果表的总数与正文不同，或者小于同一任务的指标实现值。

    ## 为什么
    成果表的“国家级 3 项”是总数；同一任务的国家级指标却完成 4 项，或者正文说省级以上成果 43 个、成果表是 65 项，都会被追问。

    ## 不合格
    ## 四、双师队伍

    拿下国家名师工坊等省级以上成果43个。

    | 典型标志性成果 |
    |---|
    | 1.全国职教名师工坊1个 |
    | 获省级及以上标志性成果44项（国家级4项、省级40项） |

    ## 合格
    ## 四、双师队伍

    拿下国家名师工坊等省级以上成果44个。

    | 典型标志性成果 |
    |---|
    | 1.全国职教名师工坊1个 |
    | 获省级及以上标志性成果44项（国家级4项、省级40项） |

    ## 例外
    只与同一小节内的正文和指标表比较；正文的某一项奖项、荣誉、项目就多于合计的，作提示（成果的范围可能更窄）。表中某一条的国家级数多于合计的国家级数，也报。
    正文只说“获国家级项目 1 项，省级 17 项”而没有说是什么的，一个级别的数与合计相同、另一个不同，才报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    for document, reading in enumerate(context.readings):
        totals = list(_totals(reading))
        for paragraph in reading.document.paragraphs if totals else ():
            yield from _in_text(paragraph, totals)
            yield from _level_by_level(paragraph, totals)
        yield from _in_list(context, document, totals)
        yield from _in_indicators(context, document, totals)
        yield from _in_prose(context, document, totals)


def _totals(reading: Reading) -> Iterator[_Total]:
    for table in reading.document.tables:
        if len(table.columns) > 2 or "成果" not in "".join(table.columns):
            continue
        for row, cells in enumerate(table.body, table.header):
            for column, cell in enumerate(cells):
                match = _ROW.search(cell.text)
                if match:
                    levels = {name: Decimal(count) for name, count in _LEVEL.findall(cell.text[match.end() :])}
                    value = Value(table, row, column, cell.text)
                    yield _Total(value, match["of"], Decimal(match["count"]), levels)


def _in_text(paragraph: Paragraph, totals: list[_Total]) -> Iterator[Problem]:
    """The results that the text of the same section counts."""
    for match in _SAID.finditer(paragraph.text):
        for total in totals:
            if total.value.table.section != paragraph.section or total.of != match["of"]:
                continue
            if Decimal(match["count"]) != total.count:
                yield at_text(
                    paragraph, *match.span(), f"正文说{match['of']}以上成果 {match['count']} 项，成果表的总数是 {total.count} 项",
                    expected=str(total.count), related=(total.related(),), table=None,
                )  # fmt: skip


def _level_by_level(paragraph: Paragraph, totals: list[_Total]) -> Iterator[Problem]:
    """The results of each level that the text of the same section counts, without saying of what they are."""
    for match in _PAIR.finditer(paragraph.text):
        told = {"国家级": Decimal(match["national"]), "省级": Decimal(match["provincial"])}
        beside = [total for total in totals if total.value.table.section == paragraph.section]
        if len(beside) != 1 or not told.keys() <= beside[0].levels.keys():
            continue
        odd = [level for level in told if told[level] != beside[0].levels[level]]
        if len(odd) == 1:
            level = odd[0]
            yield at_text(
                paragraph, *match.span(), f"正文说{level} {told[level]} 项，成果表的合计是{level} {beside[0].levels[level]} 项",
                expected=str(beside[0].levels[level]), related=(beside[0].related(),), table=None,
            )  # fmt: skip


def _in_list(context: Context, document: int, totals: list[_Total]) -> Iterator[Problem]:
    """The entries of a list that alone count more of a level than the list has in all."""
    for each in sameness(context).statements if totals else ():
        if each.document != document or each.role is not Role.LISTED or len(each.wording.levels) != 1:
            continue
        for total in totals:
            level = next(iter(each.wording.levels))
            most = total.levels.get(level)
            if each.table is not total.value.table or most is None or each.value <= most or each.dimension != "件":
                continue
            if each.source.row != total.value.at().row:
                yield at_statement(
                    each, f"这一条就有{level} {figure(each)}，而合计的{level}只有 {most} 项",
                    expected=f"不多于 {most}", related=(total.related(),),
                )  # fmt: skip


def _in_indicators(context: Context, document: int, totals: list[_Total]) -> Iterator[Problem]:
    """The indicators of the same section that count more of a level than the list has in all."""
    same = sameness(context)
    by_section: dict[tuple[str, ...], list[_Total]] = {}
    for total in totals:
        by_section.setdefault(total.value.table.section, []).append(total)
    for each in same.statements if totals else ():
        if each.document != document or each.role is not Role.ACTUAL:
            continue
        beside = by_section.get(each.section, [])
        if len(beside) > 1:  # several lists under one heading: the one of the same part of the college
            beside = [total for total in beside if same.areas.of(each) & same.areas.named(document, total.value.table)]
        if len(beside) != 1 or len(each.wording.levels) != 1 or each.dimension != "件" or each.indicator is None:
            continue
        total = beside[0]
        most = total.levels.get(next(iter(each.wording.levels)))
        if most is not None and each.value > most and each.indicator.actual is not None:
            yield at_value(
                each.indicator.actual,
                f"{named(each)}实现 {figure(each)}，而成果表{next(iter(each.wording.levels))}成果总共 {most} 项",
                expected=f"不多于 {most}", row=each.row, related=(total.related(),),
            )  # fmt: skip


def _in_prose(context: Context, document: int, totals: list[_Total]) -> Iterator[Problem]:
    """The prizes and the like that the text of the same section tells of, more of a level than the list has in all."""
    for each in sameness(context).statements if totals else ():
        if each.document != document or each.role is not Role.SAID or len(each.wording.levels) != 1:
            continue
        beside = [total for total in totals if total.value.table.section == each.section]
        level = next(iter(each.wording.levels))
        most = beside[0].levels.get(level) if len(beside) == 1 else None
        if most is None or each.value <= most or each.quantity.unit not in _UNITS or not is_reached(each):
            continue
        if _WON.search(each.text) and not _NOT_WON.search(each.sentence + each.text):
            yield at_statement(
                each, f"这里写“{each.text}”，而成果表{level}成果总共 {most} 项，请写明成果的范围",
                expected=f"不多于 {most}", related=(beside[0].related(),), severity=Severity.INFO,
            )  # fmt: skip
