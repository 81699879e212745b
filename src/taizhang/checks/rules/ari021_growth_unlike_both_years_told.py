"""ARI021: a sentence tells the values of two years and a growth that they do not make."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, at_text, rule
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._growth import NUMBER, STEP, TOLD, number, of_two_years, steps, verdict
from taizhang.core.finding import Severity
from taizhang.documents.blocks import Paragraph

_UNIT = r"\s*(?P<{}>[%％]|[^\d\s，。；、,;（()）比较]{{0,4}}?)"
_YEAR = r"20\d\d\s*(?:年(?:度)?|[届级])"
_WORDS = r"[^，。；;\d（(]"
_STILL = r"(?:(?![增升提减下降多少])[^，。；;\d（(])"  # words that tell no growth themselves
_FORMS = (
    # B 万元，比上年的 A 万元增长 x
    re.compile(
        rf"(?P<after>{NUMBER}){_UNIT.format('last')}\s*[，,（(]\s*(?:同期)?(?:比|较)\s*(?:上年|去年|上一年|立项时|立项前|建设前|期初|年初|建设初期|预算|计划|目标值?|{_YEAR})(?:度|同期)?{_STILL}{{0,8}}?"
        rf"(?P<before>{NUMBER}){_UNIT.format('first')}[，,]?\s*(?:同比|净|共|累计)?{TOLD}"
    ),
    # B 人次，上年为 A 人次，增长 x
    re.compile(
        rf"(?P<after>{NUMBER}){_UNIT.format('last')}\s*[，,（(]\s*(?P<of_year>上年|去年|{_YEAR})(?:同期)?{_STILL}{{0,6}}?(?:为|是|有)?\s*"
        rf"(?P<before>{NUMBER}){_UNIT.format('first')}\s*[，,）)]\s*(?:同比|净)?{TOLD}"
    ),
    # 2022 年 A 万元，2023 年 B 万元，同比增长 x
    re.compile(
        rf"20\d\d\s*年(?:度)?{_WORDS}{{0,12}}(?P<before>{NUMBER}){_UNIT.format('first')}[，,、；;]\s*20\d\d\s*年(?:度)?{_WORDS}{{0,14}}?"
        rf"(?P<after>{NUMBER}){_UNIT.format('last')}\s*[，,（(]\s*(?:同比|比上年|较上年|比去年|较去年|净|共)?{TOLD}"
    ),
    # 从 A 增加到 B，增长 x；由 A 增加到 B，翻一番
    re.compile(
        rf"(?:从|由(?=[^。；]{{0,60}}翻)){_WORDS}{{0,12}}?(?:{_YEAR}{_WORDS}{{0,8}})?(?P<before>{NUMBER}){_UNIT.format('first')}"
        rf"{_WORDS}{{0,6}}?(?:增|升|提高|提升|扩大|扩容|扩充|发展|下降|降|减少|上升|跃升|攀升)[加长低]?(?:到|至)(?:了)?{_WORDS}{{0,4}}?(?:{_YEAR}{_WORDS}{{0,8}})?"
        rf"(?P<after>{NUMBER}){_UNIT.format('last')}\s*[，,（(]\s*(?:[一两二三四五]年(?:来|间)?)?(?:同比|净|共|累计|实现)?{TOLD}"
    ),
)  # fmt: skip
# B%，较 2016 届（A%）下降 x；“…的比例（B%）较 2016 届（A%）上升 x”
_BRACKETED = re.compile(
    rf"(?:[（(]\s*(?P<inner>{NUMBER}){_UNIT.format('of_inner')}\s*[)）]|(?P<after>{NUMBER}){_UNIT.format('last')})\s*[，,]?\s*(?:比|较|与)\s*"
    rf"[^，。；;（()）]{{0,12}}[（(]\s*(?P<before>{NUMBER}){_UNIT.format('first')}\s*[)）](?:相比)?[，,]?\s*(?:同比|净|共)?{TOLD}"
)
# B 名教师进企业，比上年的 A 名增长 x: the unit of both is the same word
_AFAR = re.compile(
    rf"(?P<after>{NUMBER})\s*(?P<last>[一-鿿]{{1,2}}?){_STILL}{{1,14}}[，,]\s*(?:比|较)\s*(?:上年|去年|上一年|{_YEAR})(?:度|同期)?的\s*"
    rf"(?P<before>{NUMBER})\s*(?P<first>(?P=last))[，,]?\s*(?:同比|净|共|累计)?{TOLD}"
)
# 比上年增加 d 个，增长 x: B stands before, perhaps in the sentence before
_BY = re.compile(
    rf"(?:比|较|与|同)\s*(?:上年|去年|上一年|{_YEAR})(?:度|同期)?(?:的)?(?:相比)?[^。；;\d]{{0,20}}?"
    rf"(?P<way>净?增加|增长|提高|减少|下降|多|少)了?\s*(?P<by>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}})[，,、]\s*(?:同比)?{TOLD}"
)
# 到账 B 万元，到账率 81%，比 2022 年的 A 万元增长 x: B stands before, something else between
_THAN = re.compile(
    rf"[，,；;]\s*(?:比|较)\s*(?:上年|去年|上一年|{_YEAR})(?:度|同期)?的?\s*(?P<before>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}}?)[，,]?\s*(?:同比|净)?{TOLD}"
)
_SENTENCE = re.compile(r"[。！？\n]")
_HINT = re.compile(f"{TOLD}")


@rule("ARI021", kind="growth_mismatch", severity="error", since="0.1")
def growth_unlike_both_years_told(context: Context) -> Iterator[Problem]:
    """同一句里写了两年的数，增长幅度（增加数、翻番）却对不上。

    ## 为什么
    基数、现数和增幅写在一句话里，一算便知；对不上，三个数里至少有一个错。

    ## 不合格
    2023 年社会培训到款 180 万元，比 2022 年的 150 万元增长 25%。

    ## 合格
    2023 年社会培训到款 180 万元，比 2022 年的 150 万元增长 20%，生均设备值从 0.8 万元增加到 1.7 万元，翻了一番。

    ## 例外
    两个数的单位不同的不判断；“比上年增加几、增长百分之几”与本句或前一句里同单位的数核对，有一个合得上就不报；舍入之内的差别不报；比率之差数值对而误写“%”的，按存疑报。到了原来的三倍而写“增长 3 倍”的，按存疑报。“由…增加到…，增长几个百分比”由 ARI009 报。

    ## 依据
    国家统计局《统计用语》：增长率是增量除以基数，翻一番是达到原来的两倍，比率之差用百分点。
    """
    for reading in context.readings:
        for paragraph in reading.document.paragraphs:
            if _HINT.search(paragraph.text) or STEP.search(paragraph.text):
                yield from _problems(paragraph)


def _problems(paragraph: Paragraph) -> Iterator[Problem]:
    told: set[int] = set()
    for match in _BY.finditer(paragraph.text):
        told.add(match.start("verb") if match["verb"] else match.start("fold"))
        yield from _by_amount(paragraph, match)
    for match, before, last_year, unit in of_two_years(paragraph.text):
        told.add(match.start("verb") if match["verb"] else match.start("fold"))
        yield from _judged(paragraph, match, before, last_year, unit)
    for form in (*_FORMS, _AFAR, _BRACKETED):
        for match in form.finditer(paragraph.text):
            is_inner = form is _BRACKETED and match["inner"] is not None
            first, last = (match[name].replace("％", "%") for name in ("first", "of_inner" if is_inner else "last"))
            start = match.start("verb") if match["verb"] else match.start("fold")
            if start in told or (first and last and first != last) or ("%" in {first, last} and first != last):
                continue
            if form not in {*_FORMS[:2], _AFAR, _BRACKETED} and (match["of"] or "").endswith(("点", "%", "％", "倍")):
                continue  # ARI009 judges these
            if form is _FORMS[1] and _is_later(paragraph.text[: match.start()], match["of_year"]):
                continue
            told.add(start)
            after = number(match["inner" if is_inner else "after"])
            yield from _judged(paragraph, match, number(match["before"]), after, last or first)
    for told_step, expected, message in steps(paragraph.text):
        yield at_text(paragraph, *told_step, message, expected=expected)
    for match in _THAN.finditer(paragraph.text):
        if (match.start("verb") if match["verb"] else match.start("fold")) not in told:
            yield from _of_figures_before(paragraph, match, 1, before=number(match["before"]))


def _by_amount(paragraph: Paragraph, match: re.Match[str]) -> Iterator[Problem]:
    """The growth by an amount of a figure told in this sentence or the one before."""
    by = number(match["by"]) * (1 if match["way"] in {"减少", "下降", "少"} else -1)
    yield from _of_figures_before(paragraph, match, 2, by=by)


def _of_figures_before(
    paragraph: Paragraph, match: re.Match[str], sentences: int, by: Decimal = Decimal(0), before: Decimal | None = None
) -> Iterator[Problem]:
    """The growth of one of the figures told before in the same unit; right if it is that of any of them.

    It grew from `before`, or by `by`, which is told the other way round. At most so many `sentences` back.
    """
    stops = [0, *(stop.end() for stop in _SENTENCE.finditer(paragraph.text, 0, match.start()))]
    text = paragraph.text[stops[-sentences] if len(stops) >= sentences else 0 : match.start()]
    unit = match["unit"]
    values = [number(figure[0]) for figure in re.finditer(rf"(?<![\d.]){NUMBER}(?=\s*{re.escape(unit)})", text)]
    pairs = [(after + by if before is None else before, after) for after in values]
    pairs = [(earlier, after) for earlier, after in pairs if earlier > 0]
    results = [verdict(match, before, after, unit) for before, after in pairs]
    if pairs and not any(result is None or result.is_right for result in results):
        severity = Severity.ERROR if len(set(values)) == 1 else Severity.WARNING
        yield from _judged(paragraph, match, *pairs[-1], unit, severity)


def _is_later(before: str, year: str) -> bool:
    """Whether the year told second is the later one, so that the figures stand in the order of time."""
    earlier = re.findall(r"20\d\d(?=\s*年)", re.split("[。！？\n]", before)[-1])
    return bool(earlier) and year[:4].isdigit() and int(year[:4]) > int(earlier[-1])


def _judged(
    paragraph: Paragraph, match: re.Match[str], before: Decimal, after: Decimal, unit: str,
    most: Severity = Severity.ERROR,
) -> Iterator[Problem]:  # fmt: skip
    unit = unit.replace("％", "%")
    result = verdict(match, before, after, unit)
    if result is None or result.is_right:
        return
    start = match.start("verb") if match["verb"] else match.start("fold")
    yield at_text(
        paragraph,
        start,
        match.end(),
        f"由 {shown(before)}{unit} 到 {shown(after)}{unit}，应为 {result.expected}，写的是“{paragraph.text[start : match.end()]}”",
        expected=result.expected,
        severity=max(most, result.severity, key=lambda severity: severity.rank),
    )
