"""XDC005: a sister report tells the same thing in other words, or in a table, and with another number."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._retold import Pair, Said, anchored, exchanged, referred
from taizhang.checks.rules._sameness import Sameness, at_statement, figure, for_sisters, related, sameness
from taizhang.checks.rules._tabled import Rows
from taizhang.core.finding import Severity
from taizhang.core.source import Source
from taizhang.intake.statements import Role, Statement, moved


class _Report(NamedTuple):
    """Of one report: the figures of its running text that are told as reached, and the rows of its tables."""

    reached: Sequence[Statement]
    rows: Sequence[Statement]


@rule("XDC005", kind="cross_document", severity="warning", since="0.7", gathers=for_sisters)
def sister_in_other_words(context: Context) -> Iterator[Problem]:
    """姊妹报告用不同的话、或在表格里说同一件事，数却不同。

    ## 为什么
    同一个数在自评报告里写作“留在本市就业 1680 人”，在产教融合报告里写作“1860 名毕业生留在本市工作”：
    换了说法，字面对不上，省厅并排一看仍是一件事。

    ## 不合格
    === 自评报告.md ===
    # 云岭职业技术学院2024年度自评报告

    毕业生 3120 人，留在本市就业 1680 人。
    === 产教融合报告.md ===
    # 云岭职业技术学院2024年度产教融合报告

    1860 名毕业生留在本市工作。

    ## 合格
    === 自评报告.md ===
    # 云岭职业技术学院2024年度自评报告

    毕业生 3120 人，留在本市就业 1680 人。
    === 产教融合报告.md ===
    # 云岭职业技术学院2024年度产教融合报告

    1680 名毕业生留在本市工作，860 名毕业生升入本科。

    ## 例外
    与 CON016、CON017 相同；不同学校、不同年度的报告不比。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    if len(context.documents) < 2:
        return
    same = sameness(context)
    seen: set[tuple[Source, str]] = {
        (each.source, each.text) for found in same.across for each in (found.odd, *found.against)
    }
    for reports in _colleges(context, same):
        for odd, other, severity in (*_retold(reports, same), *_in_tables(reports, same)):
            places = {(odd.source, odd.text), (other.source, other.text)}
            if seen & places:
                continue
            seen |= places
            context.told(odd.source, other.source)
            told = f"{other.row}：{other.text}" if other.row else other.text
            yield at_statement(
                odd, f"这里写“{odd.text}”，{other.source.file} 写“{told}”",
                printed=figure(odd), expected=figure(other), related=(related(other),), severity=severity,
            )  # fmt: skip


def _colleges(context: Context, same: Sameness) -> Iterator[list[_Report]]:
    """The reports of each college that end in one year, where there are several."""
    found: dict[tuple[str, int | None], list[_Report]] = defaultdict(list)
    start = 0
    for number, told in enumerate(context.gathered[for_sisters]):
        own = same.statements[start : start + len(told.statements)]
        start += len(told.statements)
        rows = [moved(row, number) for row in told.rows]
        report = _Report([own[place] for place in told.reached], [*(e for e in own if e.role is Role.ACTUAL), *rows])
        origin = same.origins.of[number]
        found[same.origins.groups[number], origin.last].append(report)
    return (reports for reports in found.values() if len(reports) > 1)


def _retold(reports: Sequence[_Report], same: Sameness) -> Iterator[Pair]:
    """The figures that the running text of two reports tells in other words."""
    said = [Said.of(each, same) for report in reports for each in report.reached]
    for pair in (*exchanged(said, same), *referred(said, same), *anchored(said, same)):
        if pair.odd.document != pair.other.document:
            yield pair


def _in_tables(reports: Sequence[_Report], same: Sameness) -> Iterator[Pair]:
    """The figures that the running text of one report and a table of another tell.

    Reports with the same tables (drafts, copies) ask them once, and not of a text that has them beside it: CON016 did.
    """
    contents = [
        frozenset((row.wording.key, row.value, row.dimension, row.year) for row in report.rows) for report in reports
    ]
    tables = {content: Rows(rows) for content, rows in {
        content: report.rows for content, report in zip(contents, reports, strict=True)
    }.items()}  # fmt: skip
    for own, report in zip(contents, reports, strict=True):
        others = [rows for content, rows in tables.items() if content != own]
        for each in report.reached if others else ():
            for rows in others:
                row = rows.unlike(each, same) if not each.part else None
                if row is not None:
                    yield Pair(each, row, Severity.WARNING)
