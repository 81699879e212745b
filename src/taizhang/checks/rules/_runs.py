"""What ARI002 makes of parts told in one run (“甲 5 份、乙 4 份、丙 3 份”) and the total before or behind them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise

from taizhang.checks.registry import Context, Problem
from taizhang.checks.rules._classed import of_classes
from taizhang.checks.rules._grid import shown
from taizhang.checks.rules._parts import NAMING
from taizhang.checks.rules._prose import Figure, Sentence, clause, earlier, plain, sentences, slack
from taizhang.checks.rules._slipped import of_slips
from taizhang.checks.rules._two_measures import of_two_measures
from taizhang.core import period
from taizhang.core.finding import Severity
from taizhang.intake.reading import Reading
from taizhang.profiles import Profile

# What stands between two parts; each may tell its share of the whole (“甲 5 万元，占 50%；乙 5 万元，占 50%”), or the
# full score (“产出 48 分（满分 50 分）、效益 29 分（满分 30 分）”).
_GAP = re.compile(
    r"(?P<tail>[^，。；：、,;:（）()\d]{0,6}?)\s*(?:[，,（(]\s*占(?:比)?[^，。；：、,;:（）()\d]{0,14}\d+(?:\.\d+)?\s*[%％][)）]?\s*|[（(]满分\s*\d+\s*分[)）]\s*)?"
    r"(?:(?P<mark>[、，,；;])\s*(?:和|以及|及)?|和|以及|及)(?P<label>(?:[^，。；：、,;（）()]|[（(]境[)）]){0,16})"
)
_ASIDE = {"%": re.compile(r"占[^，。；：、,;:（）()\d]{0,14}$"), "分": re.compile(r"[（(]满分\s*$")}
# “分年度看，…” and “从支出方向看，…” take up the total of the sentence before, as “其中” does.
_BEFORE = re.compile(
    r"(?:(?P<among>其中|(?P<within>(?<=[务标点项目])中)|(?:按|分|从)[^，。；：、,;\d]{2,8}看|(?P<sorted>按[^，。；：、,;\d]{1,8}分|(?P<of>(?<=支出|经费|投入|资金|收入)中))(?=[，,：:]))[：:，,]?|(?P<all>[：:]|分别(?:为|是|有|在)?|包括|分为|集中在|分布在|分属|由[两三四五六]方[^，。；：、,;\d]{0,6}[，,]|由))(?P<label>(?:[^，。；：、,;（）()]|[（(]境[)）]){0,16})$"
)
_PLAINLY = re.compile(r"(?P<all>)[^，。；：、,;\d]{0,6}(?P<among>[，,])(?P<label>[^，。；：、,;（）()\d]{0,8})")
# “选派的 23 人中，…” and “国家级奖项中…”: a whole told by its number, or by the words of a figure before
_OF_SO_MANY = re.compile(r"[^，。；：、,;\d]{0,6}中[：:，,]?(?P<label>[^，。；、,;（）()\d]{0,16})")
_OF_THOSE = re.compile(
    r"(?:^|[，,；;、])\s*(?P<noun>[一-鿿]{2,10}?)(?:奖项|奖励|奖|成果|项目|人员|教师|学生|课程|教材|专业)?(?:之|当)?中[：:，,]?(?P<label>[^，。；：、,;（）()\d]{2,12})$"
)
_BASE = re.compile(r"(?:比|较|与|由|从)[^，。；、\d]{0,4}(?:上年|去年|上一?学年|上届|20\d\d\s*年)[^，。；、\d]{0,8}$")
_BEHIND = re.compile(
    r"[^，。；：、,;\d]{0,6}[，,；;：:]?\s*(?:[^，。；：、,;\d]{0,6}?)(?:合计|共计|总计|总共|一共|总(?:值|额|数|量|面积|投入|人数|金额|价值)|共)[^，。；、,;\d]{0,5}"
)
_SUM = re.compile("合计|共(?![建享育创商])|总(?!工)|累计|小计|其中|每|人均|平均|以上|分别|包括|分为|集中在|分布在")
_MEAN = re.compile("平均|[人户亩校]均|每")
_OPEN = re.compile(r"[^，。；、]{0,6}?(?<![一二三四五特优初中高])等")
_PARTIAL = re.compile("主要|包含|例如|约|如|含")
# At the end of a label, and before what makes it a name, such a word is a noun (“社会服务 130 万元”, “服务中心 3 个”).
_VERB = re.compile(
    r"(?:获|立项|建成|开展|(?:承办|举办)(?!方|单位|者)|新增|培训|服务|参与|参加|发表|出版|授权|引进|通过|入选|完成|占|达)(?!\s*$|支出|收入|经费|费用|类|项目|[一-鿿]{0,2}(?:[站点所院室队部处员者商区]|中心|基地|机构|平台|大厅|窗口)\s*$)"
)
_COMPARED = re.compile(
    r"\s*(?:比(?!例|赛|武)|较|同比|环比|由|从|折合|折算|相当)"
)  # what follows is of another year, or the same otherwise counted
_LEVEL = re.compile("(?:[家省市县区校院厅局部际]级|级别)(?!财政|资金|拨款|投入|配套|专项|经费|补助|预算)")
_LEAD = re.compile("^\\s*(?:由|分)")  # what leads from a whole to its parts
_WON = re.compile(".*(?:获得?|取得|斩获|拿下)")  # what stands before it is the contest: “在省级比赛中获一等奖 1 项、…”
_LOWEST = re.compile("[校院]级")  # below which nothing is counted
_PRIZE = re.compile("[特一二三]等|(?<![资基现奖])金(?![融属工额])|银(?!行)|铜")
# Words before a total that say how many parts it has (“接收两校跟岗教师 16 人，其中…”).
_PARTS_TOLD = re.compile(
    "([两二三四五六2-6])\\s*(?:所|个|家|类|项|地|(?<=[省市县区乡校院系].)级|校|县|市|区|村|镇|园|方|院|系|支|批)"
)
_DIGITS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_CLASSES = frozenset("类型制")
_OWN_PARTS = re.compile("[^，。；\\d]{0,8}[，,]?\\s*其中")
_ADDED = re.compile(
    "(?:新增|净增|增加|增长|新[聘招立获建签]|扩招|多)了?[^，。；\\d到至为]{0,6}$"
)  # by how much the whole grew: “在校生 11286 人，较上年增加 412 人；其中…”
_OTHERS = re.compile("^[、，,和及]?\\s*(?:其[他它余]|另外)[^，。；\\d级]{0,6}$")  # what closes a list of all there is
_NEAR = Decimal("0.2")
_CLOSE = Decimal("0.1")
_SURE = Decimal("0.05")
_SO_MANY_TOGETHER = re.compile("([两二三四五六2-6])(?:项|者|类)(?:合计|共计|总计|相加|之和)为?[^，。；、,;\\d]{0,4}$")
_TELLING = 3  # digits that two numbers hardly have in common by chance
_FEW = 10  # figures: more are not tried out in all combinations


@dataclass(frozen=True, slots=True)
class Run:
    """Parts in one enumeration, and the figures that may be their total, the likeliest last."""

    sentence: Sentence
    parts: tuple[Figure, ...]
    wholes: tuple[Figure, ...]
    among: bool  # told by “其中”, which need not name all
    behind: bool  # the total stands behind
    within: bool = False  # the parts are told of so many (“23 人中，…”), and need not be all of them

    @property
    def sum(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.value for part in self.parts), Decimal(0))


def run_problems(reading: Reading, context: Context, told: set[tuple[int, int]]) -> Iterator[Problem]:
    """The runs that do not make their total; `told` are the places of first parts that were told before."""
    for sentence, parts in _enumerated(reading, context):
        for run in (_run_within(sentence, parts) or _run_before(sentence, parts), _run_behind(sentence, parts)):
            if run is None or any(_place(run, part) in told for part in run.parts):
                continue
            severity = _verdict(run, context.profile)
            if severity is not None or any(run.sum == whole.value for whole in run.wholes):
                figures = (*run.wholes[-1:], *run.parts)
                context.judged_in(run.sentence.passage.block, *(figure.start for figure in figures))
            if severity is not None:
                told.update(_place(run, part) for part in run.parts)
                yield _problem(run, severity)
    for sentence in sentences(reading, context):
        yield from _of_so_many(sentence)
        if len(sentence.figures) > 1:
            yield from of_two_measures(sentence, told)
            yield from of_classes(sentence, told)
            yield from of_slips(sentence, told)


def runs(reading: Reading, context: Context) -> Iterator[Run]:
    """All runs of parts with their total before or behind them."""
    for sentence, parts in _enumerated(reading, context):
        yield from filter(None, (_run_before(sentence, parts), _run_behind(sentence, parts)))


def _enumerated(reading: Reading, context: Context) -> Sequence[tuple[Sentence, tuple[Figure, ...]]]:
    """The enumerations of all sentences, worked out once."""
    known: dict[int, list[tuple[Sentence, tuple[Figure, ...]]]] = context.memo.setdefault("enumerations", {})
    if id(reading) not in known:
        several = [each for each in sentences(reading, context) if len(each.figures) > 1]
        known[id(reading)] = [(each, parts) for each in several for parts in _enumerations(each)]
    return known[id(reading)]


def _of_so_many(sentence: Sentence) -> Iterator[Problem]:
    """“三项合计 B 万元”, where no three of the figures before make B, but three of them make it with a slip of the pen."""
    for total in sentence.figures if "项" in sentence.text or "者" in sentence.text else ():
        told = _SO_MANY_TOGETHER.search(sentence.text, max(sentence.begin, total.start - 12), total.start)
        if told is None or not total.is_exact:
            continue
        count = _DIGITS.get(told[1]) or int(told[1])
        near = [*(sentence.before.figures if sentence.before is not None else ()), *earlier(sentence, total.start)]
        near = [f for f in near if f.is_exact and f.counts_like(total) and f.value][-_FEW:]
        sums = [(some, sum((f.value for f in some), Decimal(0))) for some in combinations(near, count)]
        if any(abs(added - total.value) <= slack([*some, total]) for some, added in sums):
            continue
        slips = [(some, added) for some, added in sums if _is_slip(added, total.value)]
        if len(slips) == 1:
            (parts, added), scale = slips[0], total.value / total.quantity.value
            terms, expected = " + ".join(shown(f.value / scale) for f in parts), shown(added / scale)
            yield sentence.passage.problem(
                total.start, total.end, f"{terms} = {expected}，与{told[0]}的 {sentence.printed(total)} 不符",
                expected=expected, related=tuple(sentence.passage.related(f.start, f.end) for f in parts),
                severity=Severity.WARNING,
            )  # fmt: skip


def _is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers differ by two digits exchanged or by one digit."""
    mine, theirs = (f"{each:f}".replace(".", "").rstrip("0") for each in (one, other))
    if len(mine) != len(theirs) or len(mine) < _TELLING or mine == theirs or one.adjusted() != other.adjusted():
        return False
    unlike = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    return len(unlike) == 1 or (len(unlike) == 2 and unlike[0] == unlike[1][::-1])


def _place(run: Run, part: Figure) -> tuple[int, int]:
    return id(run.sentence.passage.block), part.start


def _enumerations(sentence: Sentence) -> Iterator[tuple[Figure, ...]]:
    """The longest runs of figures of one unit, each with a label of its own."""
    run: list[Figure] = []
    tails: set[str] = set()
    marks: set[bool] = set()  # whether semicolons part the figures: all of them do, or none
    for figure in sentence.figures:
        if run and figure.unit in _ASIDE and _ASIDE[figure.unit].search(figure.label):
            continue
        match = _GAP.fullmatch(sentence.text, run[-1].end, figure.start) if run else None
        apart = match is not None and (match["mark"] or "、") in "；;"
        if run and match and run[-1].counts_like(figure) and marks <= {apart} and _goes_on(run[0], match, tails):
            tails.add(match["tail"].strip())
            marks.add(apart)
            run.append(figure)
            continue
        if len(run) > 1:
            yield tuple(run)
        run, tails = ([figure] if figure.is_exact and figure.dimension not in {"%", "百分点"} else []), set()
        marks = set()
    if len(run) > 1:
        yield tuple(run)


def _goes_on(first: Figure, match: re.Match[str], tails: set[str]) -> bool:
    label = match["label"].strip()
    if (
        (not label and "分别" not in first.label)
        or _SUM.search(label)
        or _COMPARED.match(label)
        or _LEAD.search(match["tail"])
        or match["tail"].endswith("中")  # “45 个任务中，…”: what follows are parts of it
        or (tails | {match["tail"].strip()}) - {""} > {match["tail"].strip()}
    ):
        return False
    if bool(_PRIZE.search(label)) != bool(_PRIZE.search(first.label)):
        return False
    if label[-2:] == plain(first.label)[-2:]:
        label = NAMING.sub("", label)
    return not any(verb not in first.label for verb in _VERB.findall(label))


def _run_before(sentence: Sentence, parts: tuple[Figure, ...]) -> Run | None:
    """The run with its total before it: “共 12 份，其中 …”, “14 门课程：…”."""
    first = parts[0]
    left = max((figure.end for figure in earlier(sentence, first.start)), default=sentence.begin)
    match = _BEFORE.search(sentence.text, left, first.start)
    if match is None and all(_PRIZE.search(part.label) for part in parts) and len(parts) > 2:
        match = _PLAINLY.fullmatch(sentence.text, left, first.start)
    if match is None:
        return None
    if match.groupdict().get("within") and len({plain(part.label)[-2:] for part in parts}) > 1:
        return None  # “任务中，完成 90 个，优秀 30 个” are no parts of each other
    place = sentence
    if match["among"] and sentence.begin == match.start() and sentence.before is not None:
        place = sentence.before
    elif match.groupdict().get("sorted") and left == sentence.begin and sentence.before is not None:
        place, noun = sentence.before, sentence.text[sentence.begin : match.start()].strip()[-4:]
        of_noun = tuple(
            f for f in place.figures if noun and noun in clause(f.label) + place.text[f.end : min(f.end + 8, place.end)]
        )
        place = replace(place, figures=of_noun)
    elif left == sentence.begin:
        return None
    wholes = [
        f
        for f in earlier(place, match.start())
        if f.counts_like(first) and f.is_exact and not _MEAN.search(clause(f.label)) and not _BASE.search(f.label)
    ]
    if match["among"]:
        wholes = _without_growth(wholes, parts)
    is_among = bool(match["among"] or match.groupdict().get("of"))  # need not name all
    if not wholes or (match["all"] and (wholes[-1].end != left or match.start() - left > 24)):
        return None
    return Run(sentence, parts, tuple(wholes), is_among, False)


def _without_growth(wholes: list[Figure], parts: Sequence[Figure]) -> list[Figure]:
    """The figures that may be the whole, without that by which it grew, where the parts are too many for it."""
    added, kept = sum((part.value for part in parts), Decimal(0)), list(wholes)
    while len(kept) > 1 and added > kept[-1].value < kept[-2].value and _ADDED.search(clause(kept[-1].label)):
        kept.pop()
    return kept


def _run_within(sentence: Sentence, parts: tuple[Figure, ...]) -> Run | None:
    """The run whose whole is told by “N 人中”, or by the words of a figure before it (“国家级 14 项…；国家级奖项中”)."""
    first = parts[0]
    told = [f for f in earlier(sentence, first.start) if f.counts_like(first) and f.is_exact]
    if not told or "中" not in first.label:
        return None
    if told[-1].end == first.start - len(first.label) and _OF_SO_MANY.fullmatch(
        sentence.text, told[-1].end, first.start
    ):
        return Run(sentence, parts, (told[-1],), False, False, True)
    those = _OF_THOSE.search(first.label)
    named = [f for f in told if those is not None and clause(f.label).endswith(those["noun"])]
    return Run(sentence, parts, (named[0],), False, False, True) if len(named) == 1 else None


def _run_behind(sentence: Sentence, parts: tuple[Figure, ...]) -> Run | None:
    """The run with its total behind it: “… 126 人、… 318 人，合计 444 人”."""
    last = parts[-1]
    after = next((f for f in sentence.figures if f.start >= last.end and f.counts_like(last)), None)
    if after is None or not after.is_exact:
        return None
    if not _BEHIND.fullmatch(sentence.text, last.end, after.start):
        return None
    return Run(sentence, parts, (after,), False, True)


def _verdict(run: Run, profile: Profile) -> Severity | None:
    """How grave the difference is; None where there is none or it may be none."""
    whole, added = run.wholes[-1].value, run.sum
    if (
        _is_made(run)
        or abs(added - whole) <= slack([*run.parts, run.wholes[-1]])
        or not whole
        or not all(part.is_exact for part in run.parts)
    ):
        return None
    gap, over, count = abs(added - whole), added > whole, len(run.parts)
    if _is_mixed(run, profile) or (run.among and _has_parts(run)):
        return None
    if run.within:
        if not over or any(part.value > whole for part in run.parts) or not _is_of_kinds(run):
            return None
        return Severity.WARNING if gap <= _NEAR * whole or gap <= 1 else None
    text, end = run.sentence.text, run.parts[-1].end
    is_open = bool(_OPEN.match(text, end) or _PARTIAL.search(text[run.parts[0].start - 12 : end]))
    if run.among and not is_open and (_is_named_before(run) or _is_counted_before(run)):
        return Severity.ERROR
    if gap > max(_NEAR * whole, Decimal(1)):
        return None
    if not run.among:
        return Severity.ERROR if over or not is_open else None
    if over:
        return Severity.ERROR if gap <= _SURE * whole or gap <= 1 else Severity.WARNING
    if not is_open and gap <= _CLOSE * whole and _OTHERS.search(run.parts[-1].label):
        return Severity.WARNING
    if (
        is_open
        or gap > _CLOSE * whole
        or gap >= min(filter(None, (part.value for part in run.parts)), default=gap)
        or _has_kinds(run)
    ):
        return None
    # What is left over might be parts of no name: few doubt it of two parts, unless the gap looks like a slip.
    slip = gap in {Decimal(1).scaleb(power) for power in range(1, 9)}
    return Severity.WARNING if count > 2 or slip or _is_classed(run) else None


def _has_parts(run: Run) -> bool:
    """Whether what stands behind a semicolon has parts of its own: “其中干部 136 人；毕业 287 人，其中返乡 241 人”."""
    text = run.sentence.text
    return any(
        _OWN_PARTS.match(text, part.end) and re.search("[；;]", text[before.end : part.start])
        for before, part in pairwise(run.parts)
    )


def _is_made(run: Run) -> bool:
    """Whether some of the figures near make any of the totals."""
    near = [f for f in run.sentence.figures if f.counts_like(run.parts[0]) and f not in run.wholes]
    if run.behind:
        total = run.wholes[-1]
        near = [f for f in near if f.end <= total.start]
        if run.sentence.before is not None:
            near = [f for f in run.sentence.before.figures if f.counts_like(run.parts[0])] + near
    else:
        near = [f for f in near if f.start >= run.parts[0].start]
    off = slack([*run.parts, run.wholes[-1]])
    near = near[-_FEW:] if run.behind else near[:_FEW]
    if run.behind:
        return any(
            abs(sum((f.value for f in some), Decimal(0)) - run.wholes[-1].value) <= off
            for count in range(2, len(near) + 1)
            for some in combinations(near, count)
        )
    added = Decimal(0)
    for count, figure in enumerate(near, 1):
        added += figure.value
        if count > 1 and any(abs(added - whole.value) <= off for whole in run.wholes):
            return True
    return False


def _is_mixed(run: Run, profile: Profile) -> bool:
    """Whether the parts may overlap: told apart in several ways, or by a quality that one thing has with another."""
    labels = [plain(part.label) for part in run.parts]
    words = profile.sections["arithmetic"]
    if any(word in run.sentence.text for word in words["overlapping"]):
        return True
    is_of_each = all(part.dimension == "人次" for part in run.parts)  # whom one kind counts, no other counts again
    if (
        not run.behind
        and not is_of_each
        and {label[:1] for label in labels} != {"男", "女"}
        and any(word in label for label in labels for word in words["shared_qualities"])
    ):
        return len({label[-3:] for label in labels}) > 1
    labels = [_WON.sub("", labels[0].rpartition("中")[2] if run.within else labels[0]), *labels[1:]]
    if len(labels) > 2 and _OTHERS.search(labels[-1]):
        labels.pop()  # 其他课题 behind 国家级, 省级, 市级
    ways = {(bool(_LEVEL.search(label)), bool(_PRIZE.search(label)), _is_year(label)) for label in labels}
    return len(ways) > 1


def _is_of_kinds(run: Run) -> bool:
    """Whether the parts are told apart in one way, so that nothing is in two: 高级职称 and 中级职称, prizes, levels."""
    ends = {plain(part.label)[-2:] for part in run.parts}
    return len(ends) == 1 or all(_PRIZE.search(part.label) for part in run.parts)


def _has_kinds(run: Run) -> bool:
    """Whether the parts are levels, prizes or years, of which a report may tell the best only."""
    if any(_LOWEST.search(part.label) for part in run.parts):
        return False
    label = plain(run.parts[0].label)
    return bool(_LEVEL.search(label) or _PRIZE.search(label)) or _is_year(label)


def _is_year(label: str) -> bool:
    return bool(period.mentions(label))


def _is_named_before(run: Run) -> bool:
    """Whether the sentence names just these parts before it tells the total: “向甲镇、乙镇选派 6 人，其中甲镇 …”."""
    place = run.sentence if run.wholes[-1].start >= run.sentence.begin else run.sentence.before
    if place is None:
        return False
    named = place.text[place.begin : run.wholes[-1].start]
    labels = [
        re.sub("^其中[：:，,]?|^(?:和|及)", "", plain(part.label)).split("其中")[-1].strip("：:，, ")
        for part in run.parts
    ]
    return all(len(label) > 1 and label in named for label in labels) and named.count("、") + 1 == len(labels)


def _is_classed(run: Run) -> bool:
    """Whether the parts are named as the classes of one division: 任务类 and 项目类, 甲型 and 乙型."""
    ends = {plain(part.label)[-1:] for part in run.parts}
    return len(ends) == 1 and bool(ends & _CLASSES)


def _is_counted_before(run: Run) -> bool:
    """Whether the words of the total say how many parts there are, and just so many are named."""
    told = _PARTS_TOLD.findall(clause(run.wholes[-1].label)[-12:])
    return len(told) == 1 and (_DIGITS.get(told[0]) or int(told[0])) == len(run.parts)


def _problem(run: Run, severity: Severity) -> Problem:
    sentence, parts, whole = run.sentence, run.parts, run.wholes[-1]
    start = parts[0].start if run.behind or whole.start < sentence.begin else whole.start
    end = whole.end if run.behind else parts[-1].end
    scale = whole.value / whole.quantity.value
    expected = shown(run.sum / scale)
    terms = " + ".join(shown(part.quantity.value) for part in parts)
    message = f"{terms} = {expected}，与总数 {sentence.printed(whole)} 不符"
    related = () if start <= whole.start < end else (sentence.passage.related(whole.start, whole.end),)
    return sentence.passage.problem(start, end, message, expected=expected, severity=severity, related=related)
