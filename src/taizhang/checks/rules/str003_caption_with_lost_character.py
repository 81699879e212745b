"""STR003: a caption differs from the heading that it repeats by a lost, surplus or other character."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_caption, rule
from taizhang.checks.rules._structure import Captions, clauses, name_of, variant
from taizhang.core.finding import Related, Severity
from taizhang.documents.blocks import Table
from taizhang.intake.reading import Reading

_LEAST = 6  # characters that must agree


@rule("STR003", kind="caption_error", severity="warning", since="0.1")
def caption_with_lost_character(context: Context) -> Iterator[Problem]:
    """题名与所在标题只差一个字，疑漏字、多字。

    ## 为什么
    题名照抄标题而少一个字，读起来是病句，也使按名称查找和核对对不上。

    ## 不合格
    ### （一）共建区域技能实训中心

    表 1 “建区域技能实训中心”任务完成情况表

    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 实训中心 | 建成 1 个 | 建成 1 个 |

    ## 合格
    ### （一）共建区域技能实训中心

    表 1 “共建区域技能实训中心”任务完成情况表

    | 建设任务 | 年度计划 | 完成情况 |
    |---|---|---|
    | 实训中心 | 建成 1 个 | 建成 1 个 |

    ## 例外
    相差的是“的、与、和”等不改变意思的字，或换了一个字（提高、提升），只作提示；题名只取标题一部分的不报。

    ## 参数
    口径配置 structure.particles：增减不改变名称的字。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：表题应准确。
    """
    captions = Captions(context.profile)
    particles = context.profile.sections["structure"]["particles"]
    for reading in context.readings:
        beside: dict[tuple[str, ...], list[tuple[Table, str]]] = {}
        for table in reading.document.tables:
            subject = captions.parts(table.caption or "")[0]
            if table.section and len(subject) >= _LEAST:
                yield from _against_heading(reading, table, subject, particles)
                beside.setdefault(table.section, []).append((table, subject))
        for tables in beside.values():
            yield from _among_siblings(tables)


def _against_heading(reading: Reading, table: Table, subject: str, particles: str) -> Iterator[Problem]:
    forms = clauses(name_of(table.section[-1]))
    if subject in forms or subject.removesuffix("表") in forms:
        return
    for form in forms:
        found = variant(subject, form, most=1, least=_LEAST - 1)
        if found is None:
            continue
        minor = (found.left and found.right) or (found.left + found.right) in particles
        what = (
            f"“{found.left}”标题作“{found.right}”" if found.left and found.right
            else f"漏“{found.right}”字" if found.right else f"多“{found.left}”字"
        )  # fmt: skip
        yield at_caption(
            table,
            f"题名“{subject}”与标题“{form}”相差一字：{what}",
            printed=subject,
            expected=form,
            severity=Severity.INFO if minor else None,
            related=_heading(reading, table),
        )
        return


def _heading(reading: Reading, table: Table) -> tuple[Related, ...]:
    found = (
        Related(source=heading.at(), text=heading.text)
        for heading in reading.headings
        if heading.text == table.section[-1] and heading.section == table.section[:-1]
    )
    return tuple(found)[:1]


def _among_siblings(tables: list[tuple[Table, str]]) -> Iterator[Problem]:
    """One subject written in two ways by the captions of one section."""
    first, name = tables[0]
    others = [(table, subject, variant(subject, name, most=2)) for table, subject in tables[1:]]
    different = [(table, subject) for table, subject, found in others if found is not None]
    if different:
        table, subject = different[0]
        yield at_caption(
            table,
            f"同一小节的题名用语不一：这里作“{subject}”，前面作“{name}”",
            printed=subject,
            expected=name,
            severity=Severity.INFO,
            related=tuple(
                Related(source=other.label.at(), text=other.label.text)
                for other, _ in ((first, name), *different[1:])
                if other.label is not None
            ),
        )
