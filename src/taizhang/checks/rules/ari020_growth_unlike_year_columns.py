"""ARI020: the growth told in the text is not what the year columns of a table make."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._grid import figure, grids
from taizhang.checks.rules._growth import TOLD, number, verdict
from taizhang.checks.rules._mentions import grams
from taizhang.checks.rules._year_columns import YearRow, year_rows
from taizhang.core import period
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.matching import significant

_GROWN = re.compile(TOLD)
_STOP = re.compile(r"[。；;！!\n]")
_CLAUSE = re.compile(r"[，,：:、（(]")
_AGO = re.compile(r"(?:比|较|与)\s*(20\d\d)\s*[年届级]")
_OWN = re.compile(
    "毕业生|应届|本届|人均|平均|我校|学校|全校|本校|全院|其中|此外|同时|目前|截至|年末|年底|全年|[\\s，,]"
)
_FIGURE = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*([%％]|[一-鿿]{0,3})")
_OF_ALL = re.compile(r"(?:[两二三四五]年)?(?:累计|合计)[^，,\d]{0,4}\d[\d,.]*")  # is of no single year
_COUNTED = re.compile(
    "(?:总|数)?(?:人次|人数|人日|数量|次数|总?数|总?额|金额)$"
)  # “住院人次” is told as “住院 9105 人次”
_TELLING = 3  # digits of a figure that says by itself which row is meant


@rule("ARI020", kind="growth_mismatch", severity="error", since="0.1")
def growth_unlike_year_columns(context: Context) -> Iterator[Problem]:
    """正文写的增长幅度与表中两年的数算出来的不一致。

    ## 为什么
    年度质量报告的表里列着两年的数，“同比增长”谁都能复算；比率之差还常把“个百分点”写成“%”。

    ## 不合格
    技术服务到款额 180 万元，同比增长 25%。

    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 技术服务到款额 | 万元 | 150 | 180 |
    | 毕业生就业率 | % | 95.1 | 96.4 |

    ## 合格
    技术服务到款额 180 万元，同比增长 20%。毕业生就业率提高 1.3 个百分点。

    | 指标 | 单位 | 2022年 | 2023年 |
    |---|---|---|---|
    | 技术服务到款额 | 万元 | 150 | 180 |
    | 毕业生就业率 | % | 95.1 | 96.4 |

    ## 例外
    指标名称前另有限定（某学院、某专业）的，正文写的当年数与表中不同的，不判断；比率之差数值对而误写“%”的，按存疑报。

    ## 依据
    国家统计局《统计用语》：增长率是增量除以基数，比率之差用百分点。
    """
    for reading in context.readings:
        texts = [p for p in reading.document.paragraphs if _GROWN.search(p.text)]
        rows = [row for grid in grids(reading, context) for row in year_rows(grid)] if texts else []
        if not rows:
            continue
        by_label: dict[str, list[YearRow]] = {}
        for row in rows:
            for label in {row.label, _COUNTED.sub("", row.label)}:
                by_label.setdefault(label, []).append(row)
        for paragraph in texts:
            for match in _GROWN.finditer(paragraph.text):
                yield from _problem(paragraph, match, by_label, context)


def _problem(
    paragraph: Paragraph, match: re.Match[str], rows: dict[str, list[YearRow]], context: Context
) -> Iterator[Problem]:
    text = paragraph.text
    begin = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
    row = _meant(text[begin : match.start()], rows)
    if row is None:
        return
    before, after = figure(row.before), figure(row.after)
    result = verdict(match, before, after, row.unit) if before is not None and after is not None else None
    if result is None:
        return
    context.compared(row.before, row.after)
    if not result.is_right:
        yield at_text(
            paragraph,
            match.start(),
            match.end(),
            f"表中“{row.label}”由 {row.before.text.strip()} 到 {row.after.text.strip()}，应为 {result.expected}，写的是“{match[0]}”",
            expected=result.expected,
            related=(related(row.before), related(row.after)),
            severity=result.severity,
        )


def _meant(words: str, rows: dict[str, list[YearRow]]) -> YearRow | None:
    """The row that the words before a growth speak of: its label begins a clause, and figure and year agree."""
    plain = bare(words)
    named = [label for label in rows if label and label in plain]
    if not named:
        return _quoted(words, rows)
    label = max(named, key=lambda name: (plain.rfind(name) + len(name), len(name)))
    place = plain.rfind(label)
    clause = max((stop.end() for stop in _CLAUSE.finditer(plain, 0, place)), default=0)
    rest = plain[place + len(label) :]
    row = _of_years(rows[label], plain, rest)
    if row is None or not _agrees(row, plain, rest):
        return None
    is_of_another = row.label != label or _OWN.sub("", period.without(plain[clause:place]))
    return None if is_of_another and not _tells_it(row, rest) else row


def _quoted(words: str, rows: dict[str, list[YearRow]]) -> YearRow | None:
    """The only row whose value of the year stands in the words, long enough for no other, with a part of its name."""
    told = _FIGURE.findall(period.without(_AGO.sub("", words)))
    value = number(told[-1][0]) if len(told) == 1 else None
    if value is None or significant(value) < _TELLING:
        return None
    found = {row.after.at(): row for each in rows.values() for row in each if figure(row.after) == value}
    ago = _AGO.search(words)
    meant = [
        row for each in rows.values() for row in each if figure(row.after) == value and grams(row.label) & grams(words)
        if row.base == (int(ago[1]) if ago else row.year - 1)
    ]  # fmt: skip
    return meant[0] if len(found) == 1 and meant else None


def _tells_it(row: YearRow, rest: str) -> bool:
    """Whether the value of the row stands behind its name, in digits enough that no other can be meant."""
    after = figure(row.after)
    told = _FIGURE.search(rest)
    return after is not None and told is not None and number(told[1]) == after and significant(after) >= _TELLING


def _of_years(rows: Sequence[YearRow], plain: str, rest: str) -> YearRow | None:
    """The row of the two years that are compared: the last year and the one before it, unless others are named."""
    if len(rows) == 1:
        return rows[0] if rows[0].base == rows[0].year - 1 else None
    ago = _AGO.search(rest)
    years = {int(year) for year in re.findall(r"20\d\d", plain)} - ({int(ago[1])} if ago else set())
    if len(years) > 1:
        return None
    year = years.pop() if years else max(row.year for row in rows)
    base = int(ago[1]) if ago else year - 1
    meant = [row for row in rows if (row.base, row.year) == (base, year)]
    return meant[0] if len(meant) == 1 else None


def _agrees(row: YearRow, plain: str, rest: str) -> bool:
    ago = _AGO.search(rest)
    if ago and int(ago[1]) != row.base:
        return False
    years: Sequence[str] = [mention.label for mention in period.mentions(plain)]
    spans = [period.years(label) for label in years]
    if any(span is not None and not {row.year, row.base} & set(span) for span in spans):
        return False
    after: Decimal | None = figure(row.after)
    told = [number(figures[1]) for figures in _FIGURE.finditer(period.without(_OF_ALL.sub("", _AGO.sub("", rest))))]
    return not told or told == [after] or told == [abs((after or Decimal(0)) - (figure(row.before) or Decimal(0)))]
