"""ARI033: a rate in running text is not what the two counts told with it make."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._attainment import percent
from taizhang.checks.rules._grid import fits, is_cut_off
from taizhang.checks.rules._prose import Figure, Sentence, clause, earlier
from taizhang.checks.rules._rates import fits_any, in_forms, is_capped, of_counts_behind, of_neighbours
from taizhang.checks.rules._triggers import sentences_with
from taizhang.core.finding import Severity

_RATE = re.compile(
    r"(?P<name>[一-鿿]{2,8})(?:率|(?<=达成|完成|实现|达标|满意)度)(?:分别)?(?:均?为|达到?|是|仅为)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右|以内)"
)
# “到款 1286 万元，完成目标值 1200 万元的 107.17%”
_OF_TARGET = re.compile(
    r"(?P<part>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s，。；、,;（()）%％]{1,4})[，,]\s*(?:完成|达到|实现|为|占)(?:了)?[^，。；、,;\d]{0,6}"
    r"(?:目标|计划|任务|预算|指标)[值数量]?(?:的)?\s*(?P<whole>\d[\d,]*(?:\.\d+)?)\s*(?P=unit)的\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
# “培训 246 人次，目标值 240 人次，完成率 102.5%”
_BY_TARGET = re.compile(
    r"(?P<part>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s，。；、,;（()）%％]{1,4})[，,（(]\s*(?:(?:年初|年度|预期|绩效)*(?:目标|计划|任务|指标)[值数量]?)(?:为|是|[：:])?\s*[≥＞>]?\s*"
    r"(?P<whole>\d[\d,]*(?:\.\d+)?)\s*(?P=unit)[，,）)]+\s*(?:目标|指标|计划|任务)?(?:完成|达成|实现)[率度](?:为|达到?)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
_FROM_TARGET = re.compile(
    r"(?:目标|计划|任务|指标)[值数量]?(?:为|是|[：:])?\s*[≥＞>]?\s*(?P<whole>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s，。；、,;（()）%％]{1,4})[，,]\s*实际[^，。；、,;\d]{0,8}"
    r"(?P<part>\d[\d,]*(?:\.\d+)?)\s*(?P=unit)[，,]\s*(?:目标|指标|计划|任务)?(?:完成|达成|实现)[率度](?:为|达到?)?\s*(?P<rate>\d+(?:\.\d+)?)\s*[%％](?!以上|左右)"
)
_COUNTED = ("完成", "达标", "达成")  # ARI006 judges these where the count stands right before
_COUNTED_UNITS = {"个", "项", "条", "件"}
_NOT = re.compile("[未没不应]")
_PLAIN = re.compile(
    "(?:预算|经费|资金|专项|年度|全年|毕业生?|去向|问卷|考核|考试|新生|项目|总体|总|平均|实际|其|学生)*"
)
_CHANGED = re.compile("追加|调整|调减|调增|增补|结转|另有")
_FAR = Decimal(20)  # points: what misses by more is of other things
_NEAR = Decimal(3)  # points: by how much a rate of a whole told in the sentence before may miss


@dataclass(frozen=True, slots=True)
class Words:
    """By which words the two counts of a rate are known; `whole` is None where any count will do."""

    rate: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str] | None


@rule("ARI033", kind="rate_mismatch", severity="error", since="0.2")
def rate_unlike_counts_told(context: Context) -> Iterator[Problem]:
    """办结率、授权率、执行率等，与同一句里的两个数算出来的不一致。

    ## 为什么
    分子、分母和比率写在一句话里，读的人会复算；对不上，三个数里必有一个错。

    ## 不合格
    收到建议 40 件，办结 38 件，办结率 97%。年度预算 500 万元，支出 520 万元，执行率 96%。

    ## 合格
    收到建议 40 件，办结 38 件，办结率 95%。年度预算 500 万元，支出 480 万元，执行率 96%。

    ## 例外
    四舍五入之内的差别、超额完成而按 100% 封顶的，不报；看不出分子、分母的不判断；算出来相差很大、看来不是这两个数之比的，不判断；分母在前一句的，相差三个百分点以内才报。
    分子、分母的用词见口径配置 `arithmetic.told_rates`；“占比”由 ARI008 报，“完成率”紧跟完成数的由 ARI006 报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    known = [
        Words(re.compile(w["rate"]), re.compile(w["part"]), re.compile(w["whole"]) if "whole" in w else None)
        for w in context.profile.sections["arithmetic"]["told_rates"]
    ]
    for reading in context.readings:
        for sentence in sentences_with(reading, context, "%", "％", "生师比"):
            if len(sentence.figures) < 2:
                continue
            in_one_breath: set[int] = set()
            for pattern in (_OF_TARGET, _BY_TARGET, _FROM_TARGET) if sentence.tells_rate else ():
                for match in pattern.finditer(sentence.text, sentence.begin, sentence.end):
                    in_one_breath.add(match.start("rate"))
                    yield from _of_target(sentence, match)
            yield from in_forms(sentence)
            rates = _RATE.finditer(sentence.text, sentence.begin, sentence.end) if sentence.tells_rate else ()
            for match in rates:
                if match.start("rate") not in in_one_breath:
                    yield from _of_rate(sentence, match, known)
            yield from of_counts_behind(sentence)


def _of_target(sentence: Sentence, match: re.Match[str]) -> Iterator[Problem]:
    """A value, its target, and the rate at which it meets it, told in one breath."""
    part, whole = (Decimal(match[name].replace(",", "")) for name in ("part", "whole"))
    rate, places = Decimal(match["rate"]), len(match["rate"].partition(".")[2])
    if whole and not fits(part / whole * 100, rate, places) and not is_capped(part, whole, rate):
        expected = percent(part / whole * 100, places)
        message = f"{match['part']} ÷ {match['whole']} = {expected}，写的是 {match['rate']}%"
        related = sentence.passage.related(match.start("part"), match.end("part"))
        yield sentence.passage.problem(
            match.start("rate"), match.end(), message, expected=expected, related=(related,)
        )  # fmt: skip


def _of_rate(sentence: Sentence, match: re.Match[str], known: Sequence[Words]) -> Iterator[Problem]:
    name, rate, places = match["name"], Decimal(match["rate"]), len(match["rate"].partition(".")[2])
    words = next((w for w in known if w.rate.search(name)), None)
    told = [f for f in earlier(sentence, match.start("rate")) if f.is_exact and f.dimension != "%"]
    part = next((f for f in reversed(told) if _is_part(f, name, words)), None)
    if part is None:
        yield from of_neighbours(sentence, match, told)
        return
    adjusted = next((f for f in reversed(told) if f.counts_like(part) and "调整后" in clause(f.label)), None)
    if _is_of_other(sentence, match, adjusted) or (_is_judged(name, part) and part is told[-1]):
        return
    before = [f for f in sentence.before.figures if f.is_exact] if sentence.before is not None else []
    like = [f for f in told if f.counts_like(part) and f.value and f is not part]
    if fits_any([*before, *told], part, rate, places):
        return
    whole, far = adjusted or _whole_of(part, like, words), _FAR
    if whole is None and not any(f.value >= part.value for f in like):
        larger = [f for f in before if f.counts_like(part) and f.value >= part.value]
        whole, far = max(larger, key=lambda f: f.value, default=None), _NEAR
    if whole is None:
        return
    computed = part.value / whole.value * 100
    if abs(computed - rate) > far or (name.endswith(_COUNTED) and is_capped(part.value, whole.value, rate)):
        return
    expected = percent(computed, places)
    yield sentence.passage.problem(
        match.start("name"),
        match.end(),
        f"{sentence.printed(part)} ÷ {sentence.printed(whole)} = {expected}，写的是 {match['rate']}%",
        printed=f"{match['rate']}%",
        expected=expected,
        related=tuple(sentence.passage.related(f.start, f.end) for f in (whole, part)),
        severity=Severity.WARNING if is_cut_off(computed, rate, places) else None,
    )


def _is_part(figure: Figure, name: str, words: Words | None) -> bool:
    """Whether a figure is told by the word that the rate is named by."""
    label = clause(figure.label)[-10:]
    found = words.part.search(label) if words is not None else re.search(re.escape(name[-2:]), label)
    return found is not None and not _NOT.search(label[: found.start()][-2:]) and len(label) - found.end() <= 6


def _is_of_other(sentence: Sentence, match: re.Match[str], adjusted: Figure | None) -> bool:
    """Whether the rate is of some of the things only (对口就业率), or of a whole that was changed and not told."""
    said = sentence.text[sentence.begin : match.start()]
    which = match["name"][:-2]
    return (adjusted is None and bool(_CHANGED.search(said))) or not (_PLAIN.fullmatch(which) or which[-2:] in said)


def _is_judged(name: str, part: Figure) -> bool:
    return name.endswith(_COUNTED) and part.unit in _COUNTED_UNITS and name[-2:] in part.label


def _whole_of(part: Figure, like: Sequence[Figure], words: Words | None) -> Figure | None:
    """The figure the part is held against: by its words, else the only larger one, else the larger one right before."""
    if words is not None and words.whole is not None:
        return next((f for f in reversed(like) if words.whole.search(clause(f.label))), None)
    before = [f for f in like if f.end <= part.start]
    larger = [f for f in before if f.value >= part.value]
    if len(larger) == 1 or (larger and larger[-1] is before[-1]):
        return larger[-1]
    return before[0] if len(before) == 1 else None  # more are told as passed than were examined
