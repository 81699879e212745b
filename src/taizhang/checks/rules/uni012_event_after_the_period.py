"""UNI012: a report counts what happened after the period that it is about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from taizhang.checks.registry import Context, Problem, at_value, rule
from taizhang.checks.rules._deadline import due_by
from taizhang.checks.rules._parts import Passage
from taizhang.checks.rules._period import report_year
from taizhang.core.finding import Severity
from taizhang.core.saying import brief
from taizhang.documents.blocks import Paragraph
from taizhang.intake.plans import Value, value_at
from taizhang.intake.reading import Reading

_DATE = re.compile(
    r"(?<![\d〔\[【])(20\d\d)\s*(?:年\s*(?:(?P<month>[01]?\d)\s*月)?|[./-]\s*(?P<m>[01]?\d)(?:[./-]\d{1,2})?(?![\d.]))"
)
_NAME_OF = re.compile(r"\s*(?:度|级|届|版|招生|预算|学年|新年|春节|[-—–~～至])")
_STOP = re.compile(r"[。；;！!？?\n]")
_CLAUSE = re.compile(r"[，,。；;！!？?\n]")
_SIGNED = 24  # a paragraph this short that is little but a date is a signature
_FROM = re.compile(
    r"20\d\d\s*[年./-]\s*(?:\d{1,2}\s*月?)?\s*(?:至|到|—+|－|~|～|-)\s*$"
)  # the end of a stretch of time
_HAD = re.compile("(?:取得|获奖|获批|获得|立项|认定|颁发|授予|入选|公布)(?:年份|年度|时间|日期|年月)$")
_WHEN, _LISTED = (
    re.compile("时间|日期|年份|年月"),
    re.compile("(?:授予|颁发|颁奖|认定|获奖)(?:单位|部门|机构|机关|项目|名称)|成果名称|奖项|等次"),
)
_HAD_IN = re.compile(r"\s*(20\d\d)(?!\d)")
_WORDS = re.compile("[一-鿿]{2}")
_MANY = 6
_TITLE = re.compile(
    r"(?:报告|总结|自评|材料|汇报|[局厅委办部处所院校司室]|中心)\s*$"
)  # a title page's words before its date
_OF_THE_REPORT = re.compile(
    r"(?:报告|填报|填表|编制|编写|撰写|报送|上报|提交|印发|发布|公开|打印|制表|签发|审核|评价|自评|完稿)(?:日期|时间|年月)\s*[:：]?\s*$"
)  # “报告日期：2025 年 3 月”: when the report itself was made
# Said of a later event, this tells that it was counted for the report's year, whatever heading it stands under.
_COUNTED_IN = re.compile("(?:已|一并|也)(?:全部)?(?:纳入|计入|列入|统计在|算入)[^，。；]{0,4}(?:本|当|上|20\\d\\d)年")


@dataclass(frozen=True, slots=True)
class _Late:
    """A date after the period, in its passage; `row` is the task point's."""

    passage: Passage
    start: int
    end: int
    has_month: bool
    row: str | None


@rule("UNI012", kind="unit_or_period", severity="warning", since="0.2")
def event_after_the_period(context: Context) -> Iterator[Problem]:
    """报告期以后的事，算进了报告期的成果。

    ## 为什么
    年度报告只能写当年的成果；把次年才立项、才备案的写进来，次年再写一遍就成了重复申报。

    ## 不合格
    # 2023年服务区域发展工作报告
    学校建成博士工作站 1 个，于2024年3月通过省级备案。

    ## 合格
    # 2023年服务区域发展工作报告
    学校建成博士工作站 1 个，于2023年12月通过省级备案。

    下一步，学校将于2024年3月启动二期建设。

    ## 例外
    写明是计划、打算、延期的不报；落款日期、填报日期不报，“2024 年 7 月至 2025 年 12 月”的后一个日期不报；只有年份没有月份的，同句说已经做成的才报，并且只作提示。
    从报告名称、文件名或表头看不出报告年度的，不判断。同类超过六处的合并为一条。

    ## 参数
    口径配置 `reporting_period`：说以后的话（outlook）、说做成的话（done）、报告名称的用词（titles）。

    ## 依据
    教职成〔2020〕8号：绩效自评按年度进行；统计期间以外的成果不应计入。
    """
    words = context.profile.sections.get("reporting_period", {})
    outlook, done = (re.compile("|".join(words.get(key, [])) or "(?!)") for key in ("outlook", "done"))
    for reading in context.readings:
        year = report_year(reading, context)
        if year is None:
            continue
        found = [
            late for passage, row in _passages(reading, year + 1) for late in _late(passage, row, year, outlook, done)
        ]
        if len(found) > _MANY:
            yield _in_all(found, year)
        else:
            yield from (_problem(late, year) for late in found)
        yield from _of_lists(reading, year)


def _of_lists(reading: Reading, year: int) -> Iterator[Problem]:
    """The rows of lists of results that tell when each was had, and tell a year after the report's."""
    for table in reading.document.tables:
        is_list = any(_LISTED.search(words) for words in table.columns)
        had = [
            index for index, words in enumerate(table.columns)
            if _HAD.search(words) or (is_list and _WHEN.fullmatch(words.strip()))
        ]  # fmt: skip
        for row in range(table.header, len(table.rows)) if len(had) == 1 else ():
            value = value_at(table, row, had[0])
            told = _HAD_IN.match(value.text)
            if told and int(told[1]) == year + 1:
                name = next((cell.text.strip() for cell in table.rows[row] if _WORDS.search(cell.text)), None)
                message = f"报告年度是 {year} 年，这一项在 {value.text.strip()} 取得，不应计入"
                yield at_value(value, message, expected=f"{year} 年及以前", row=name)


def _passages(reading: Reading, next_year: int) -> Iterator[tuple[Passage, str | None]]:
    """The paragraphs and the completions of task points that name the year after the report's."""
    for paragraph in reading.document.paragraphs:
        if str(next_year) in paragraph.text:
            yield Passage(paragraph.text, paragraph), None
    for point in reading.plans.points:
        if str(next_year) in point.done.text and due_by(point.plan.text) is None:  # TGT017 tells of what is late
            yield Passage(point.done.text, point.done), point.name


def _late(
    passage: Passage, row: str | None, year: int, outlook: re.Pattern[str], done: re.Pattern[str]
) -> Iterator[_Late]:
    text = passage.text
    if isinstance(passage.block, Paragraph) and len(text) <= _SIGNED and not done.search(text):
        return
    planned = any(outlook.search(title) for title in passage.section[-2:])
    for match in _DATE.finditer(text):
        if int(match[1]) != year + 1 or _NAME_OF.match(text, match.end()):
            continue
        if _FROM.search(text, 0, match.start()) or _OF_THE_REPORT.search(text, 0, match.start()):
            continue
        if not text[match.end() :].strip(" \n0123456789日") and _TITLE.search(text, 0, match.start()):
            continue
        begin = max((stop.end() for stop in _STOP.finditer(text, 0, match.start())), default=0)
        stop = _STOP.search(text, match.end())
        end = stop.start() if stop else len(text)
        if (planned or outlook.search(text, begin, end)) and not _COUNTED_IN.search(text, match.end(), end):
            continue
        clause = _CLAUSE.search(text, match.end())
        close = clause.start() if clause else len(text)
        month = match["month"] or match["m"]
        if month or done.search(text, match.end(), close):
            yield _Late(passage, match.start(), min(close, match.end() + 20) if not month else close, bool(month), row)


def _problem(late: _Late, year: int) -> Problem:
    severity = Severity.WARNING if late.has_month else Severity.INFO
    more = {"row": late.row} if isinstance(late.passage.block, Value) and late.row else {}
    words = late.passage.text[late.start : late.end]
    message = f"报告年度是 {year} 年，“{brief(words, 30)}”在报告期之后，不应计入"
    return late.passage.problem(late.start, late.end, message, severity=severity, expected=f"{year} 年及以前", **more)


def _in_all(found: list[_Late], year: int) -> Problem:
    first = found[0]
    return first.passage.problem(
        first.start,
        first.end,
        f"报告年度是 {year} 年，有 {len(found)} 处写到 {year + 1} 年的事，请核对报告期",
        expected=f"{year} 年及以前",
        related=tuple(late.passage.related(late.start, late.end) for late in found[1:]),
        severity=Severity.WARNING,
    )
