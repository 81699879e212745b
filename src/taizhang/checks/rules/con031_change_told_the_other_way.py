"""CON031: the text says that something rose (or fell) against the year before, and the table shows the contrary."""

import re
from collections.abc import Iterator, Mapping

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._grid import figure, grids
from taizhang.checks.rules._year_columns import YearRow, year_rows
from taizhang.core import period
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph

_CHANGE = re.compile(
    r"(?:(?P<all>均|都|全部)?(?P<level>高于|超过|低于|不及)(?:上年|去年|上一年)(?:同期|水平)?"
    r"|(?P<each>均|都|全部)?(?:比|较)(?:上年|去年|上一年)(?:同期|度)?(?:均|都|有所|有了|明显|显著|大幅|略有|小幅|进一步|稳步)*"
    r"(?P<way>提高|提升|上升|增加|增长|改善|下降|减少|降低|回落))(?=[，。；、！）)]|$)"
)
_HINT = re.compile("上年|去年|上一年")
_FALL = re.compile("低于|不及|下降|减少|降低|回落")
_STOP = re.compile("[。；;！!\n]")
_MARK = re.compile("[，,、：:（）()]")
_VALUE = re.compile(r"(?:为|达到?|是)?\s*[\d.,]+\s*(?:[%％‰]|[万亿]?[一-鿿]{0,3})\s*$")
_IDLE = re.compile(
    r"^(?:我校|全校|学校|学院|全院|本校|全市|全县|全区|全省|总体|其中|此外|同时|目前|全年|年末|年底|\s)+|(?:均|都|的|\s)+$"
)


@rule("CON031", kind="contradiction", severity="warning", since="0.7")
def change_told_the_other_way(context: Context) -> Iterator[Problem]:
    """正文说比上年提高（下降），表中这一行却是下降（提高）的。

    ## 为什么
    “均高于上年”写起来顺手；表里两年的数并排列着，有一项不升反降，结论就不成立。

    ## 不合格
    2023 年度报告

    步道完好率 76.3%，座椅完好率 72.8%，均高于上年。

    | 指标 | 2022 年 | 2023 年 |
    |---|---|---|
    | 步道完好率 | 74.1% | 76.3% |
    | 座椅完好率 | 73.5% | 72.8% |

    ## 合格
    2023 年度报告

    步道完好率 76.3%，高于上年；座椅完好率 72.8%，比上年略有下降。

    | 指标 | 2022 年 | 2023 年 |
    |---|---|---|
    | 步道完好率 | 74.1% | 76.3% |
    | 座椅完好率 | 73.5% | 72.8% |

    ## 例外
    名称另有限定的、正文写的是别的年份的数的、两年持平的，不报；写明增减多少的由 ARI020 复算。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确；同一事实在一份报告里只能有一个说法。
    """
    for reading in context.readings:
        texts = [p for p in reading.document.paragraphs if _HINT.search(p.text) and _CHANGE.search(p.text)]
        rows = _last_years(context) if texts else {}
        for paragraph in texts if rows else ():
            for match in _CHANGE.finditer(paragraph.text):
                yield from _problems(paragraph, match, rows)


def _last_years(context: Context) -> dict[str, YearRow]:
    """The last two years of each row; a name that two rows have is left out."""
    found: dict[str, list[YearRow]] = {}
    for reading in context.readings:
        for grid in grids(reading, context):
            rows = list(year_rows(grid))
            last = max((row.year for row in rows), default=0)
            for row in rows:
                if row.year == last and row.base == last - 1:
                    found.setdefault(row.label, []).append(row)
    return {label: rows[0] for label, rows in found.items() if len(rows) == 1}


def _problems(paragraph: Paragraph, match: re.Match[str], rows: Mapping[str, YearRow]) -> Iterator[Problem]:
    text = paragraph.text
    begin = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
    clauses = [clause for clause in _MARK.split(text[begin : match.start()]) if clause.strip()]
    is_of_all = bool(match["all"] or match["each"] or "均" in match[0] or "都" in match[0])
    named = [row for clause in (clauses if is_of_all else clauses[-1:]) if (row := _named(clause, rows)) is not None]
    years = {mention.label for mention in period.mentions(text[begin : match.start()])}
    for row in named:
        before, after = figure(row.before), figure(row.after)
        if before is None or after is None or before == after or years - {str(row.year), "本年"}:
            continue
        if (after < before) is not bool(_FALL.search(match[0])):
            words = f"{row.base} 年 {row.before.text.strip()}，{row.year} 年 {row.after.text.strip()}"
            yield at_text(
                paragraph, *match.span(), f"写的是“{match[0]}”，表中“{row.label}”{words}",
                expected=words, related=(related(row.before), related(row.after)),
            )  # fmt: skip


def _named(clause: str, rows: Mapping[str, YearRow]) -> YearRow | None:
    """The row that a clause names: by its label alone, or with the value of the last year behind it."""
    value = _VALUE.search(clause)
    name = _IDLE.sub("", bare(period.without(clause[: value.start()] if value else clause)))
    row = rows.get(name)
    if row is None or value is None:
        return row
    told = re.search(r"\d[\d,]*(?:\.\d+)?", value[0])
    is_its_own = (
        told is not None
        and figure(row.after) is not None
        and told[0].replace(",", "") in row.after.text.replace(",", "")
    )
    return row if is_its_own else None
