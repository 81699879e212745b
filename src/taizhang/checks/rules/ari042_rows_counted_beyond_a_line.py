"""ARI042: the text tells how many rows of a table lie above or below a line, and the table has another number."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, related, rule
from taizhang.checks.rules._attainment import attained
from taizhang.checks.rules._grid import is_percent
from taizhang.checks.rules._ranking import Ranked, ranked
from taizhang.core import numeral
from taizhang.core.attainment import Attained
from taizhang.documents.alignment import bare
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Value
from taizhang.intake.reading import Reading

_COUNT = r"(?P<count>\d+|[一二两三四五六七八九十]{1,3})\s*[个家所项门县]"
_LINE = r"(?P<limit>\d+(?:\.\d+)?)\s*[%％]"
_FORMS = (
    re.compile(
        rf"(?:在|达到?|为)?\s*{_LINE}\s*(?P<side>及?以上|及?以下)的[^，。；\d]{{0,10}}?(?:有|共|为)?\s*{_COUNT}"
    ),
    re.compile(
        rf"(?P<side>高于|超过|大于|低于|不足|小于|未达到?)\s*{_LINE}\s*的[^，。；\d]{{0,10}}?(?:有|共|为)?\s*{_COUNT}"
    ),
    re.compile(
        rf"有\s*{_COUNT}[^，。；\d]{{0,14}}?(?P<side>高于|超过|低于|不足|达到|在)\s*{_LINE}\s*(?P<more>及?以上|及?以下)?"
    ),
)
_OF_STANDARD = re.compile(
    rf"(?:低于|未达到?|没有达到|达不到|未完成|(?P<met>(?<![未有不])(?:达到|完成|实现|达成)))(?:标准值?|目标值?|指标值|达标线)的[^，。；\d]{{0,10}}?(?:有|共|为)?\s*{_COUNT}"
)
_BELOW = re.compile("低于|不足|小于|未达|以下")
_ALL = re.compile(r"(\d+|[一二两三四五六七八九十]{1,3})\s*[个家所项门县](?=[^，。；\d]{0,8}(?:中|里|，))")
_STOP = re.compile(r"[。；;！？\n]")


@rule("ARI042", kind="count_mismatch", severity="warning", since="0.7")
def rows_counted_beyond_a_line(context: Context) -> Iterator[Problem]:
    """正文说“95% 以上的有几个”，与表中数出来的个数不一致。

    ## 为什么
    读的人会对着表数一遍；数不对，不是数错了，就是表改了、文没有改。

    ## 不合格
    4 个专业中，落实率在 95% 以上的有 3 个。

    | 专业 | 毕业生数 | 落实率 |
    |---|---|---|
    | 航海技术 | 203 | 97.0% |
    | 电子商务 | 198 | 89.4% |
    | 应急技术 | 128 | 89.8% |
    | 轮机技术 | 168 | 95.8% |

    ## 合格
    4 个专业中，落实率在 95% 以上的有 2 个，低于 90% 的有 2 个。

    | 专业 | 毕业生数 | 落实率 |
    |---|---|---|
    | 航海技术 | 203 | 97.0% |
    | 电子商务 | 198 | 89.4% |
    | 应急技术 | 128 | 89.8% |
    | 轮机技术 | 168 | 95.8% |

    ## 例外
    同一句里写明共有几个、与表的行数相同，栏名（落实率、达标率）也写在句中的才数；正好等于界线的，算不算都对。
    “低于标准的有几个”按指标表的目标值和实现值数。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        texts = [p for p in reading.document.paragraphs if "的" in p.text or "有" in p.text]
        texts = [p for p in texts if "%" in p.text or "％" in p.text or _OF_STANDARD.search(p.text)]
        columns = [each for each in ranked(reading, context) if is_percent(each.grid, each.column)] if texts else []
        for paragraph in texts:
            for form in _FORMS if columns else ():
                for match in form.finditer(paragraph.text):
                    yield from _of_line(paragraph, match, columns)
            for match in _OF_STANDARD.finditer(paragraph.text):
                yield from _of_standard(paragraph, match, reading)


def _of_line(paragraph: Paragraph, match: re.Match[str], columns: list[Ranked]) -> Iterator[Problem]:
    sentence, whole = _around(paragraph.text, match.start())
    found = [each for each in columns if each.is_named(sentence) and len(each.values()) == whole]
    if len(found) != 1:
        return
    limit, told = Decimal(match["limit"]), _number(match["count"])
    is_below = bool(_BELOW.search(match["side"] + (match.groupdict().get("more") or "")))
    values = found[0].values()
    beyond = [row for row, value in values if (value < limit if is_below else value > limit)]
    level = sum(value == limit for _, value in values)
    if told is None or len(beyond) <= told <= len(beyond) + level:
        return
    cells = [found[0].grid.value(row, found[0].column) for row in beyond]
    yield _problem(paragraph, match, f"{found[0].head}{'低于' if is_below else '高于'} {match['limit']}% 的", cells)


def _of_standard(paragraph: Paragraph, match: re.Match[str], reading: Reading) -> Iterator[Problem]:
    """Rows below their standard, in the table last before, if it has as many rows as the sentence says."""
    _, whole = _around(paragraph.text, match.start())
    place = next(n for n, block in enumerate(reading.document.blocks) if block is paragraph)
    before = {id(block) for block in reading.document.blocks[:place]}
    rows = next((rows for table, rows in reversed(reading.indicator_tables) if id(table) in before), ())
    judged = [(row.actual, result) for row in rows if (result := attained(row)) is not None]
    told = _number(match["count"])
    if whole and len(judged) == whole and told is not None:
        wanted = Attained.MET if match["met"] else Attained.SHORT
        short = [cell for cell, result in judged if result.state is wanted and cell is not None]
        if told != len(short):
            yield _problem(paragraph, match, f"表中{'达到' if match['met'] else '低于'}标准的", short)


def _around(text: str, place: int) -> tuple[str, int | None]:
    """The sentence up to a place, and how many things it says there are."""
    begin = max((stop.end() for stop in _STOP.finditer(text, 0, place)), default=0)
    stop = _STOP.search(text, place)
    wholes = [_number(match[1]) for match in _ALL.finditer(text, begin, place)]
    return bare(text[begin : stop.start() if stop else len(text)]), wholes[-1] if wholes else None


def _number(printed: str) -> int | None:
    parsed = int(printed) if printed.isdigit() else numeral.parse(printed.replace("两", "二"))
    return int(parsed) if parsed is not None else None


def _problem(paragraph: Paragraph, match: re.Match[str], what: str, cells: list[Value]) -> Problem:
    return at_text(
        paragraph,
        *match.span(),
        f"{what}有 {len(cells)} 个（{'、'.join(cell.text.strip() for cell in cells[:8])}），写的是 {match['count']} 个",
        printed=f"{match['count']} 个",
        expected=f"{len(cells)} 个",
        related=tuple(related(cell) for cell in cells[:8]),
    )
