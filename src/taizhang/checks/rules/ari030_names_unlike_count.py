"""ARI030: the things named one by one are more or fewer than the number told with them."""

import re
from collections.abc import Iterator
from decimal import Decimal

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._enumerations import (
    ACT,
    Names,
    is_given,
    is_one_off,
    listed_parts,
    may_be_one_more,
    named,
    names_between,
    names_in_cells,
    regions_unlike,
    tells_acts,
)
from taizhang.checks.rules._prose import Figure, Sentence, earlier, sentences
from taizhang.core.finding import Severity

_COUNTED = frozenset("个项家所门支名位种类座处只条部套")
_BEHIND = re.compile(
    r"(?P<noun>[^，。；：、,;:\d（(]{0,10}?)(?:[，,]?\s*(?:分别|依次)(?:是|为|设在|位于|来自|落户|布点在)|[，,]\s*(?:即|包括)|[：:])\s*"
    r"(?P<list>[^。；;：:\d（）()“”《》]{4,140})"
)
_BRACKETED = re.compile(
    r"(?P<noun>[^，。；：、,;:\d（()）]{0,12})[（(](?:即|分别[是为]|包括)?(?P<list>[^（()）\d。；;：:]{4,140})[）)]"
)
_TITLES = re.compile(
    r"[^，。；：、,;:\d（(《]{0,12}(?:[，,]?\s*(?:分别|依次)?(?:是|为)|[，,]\s*(?:即|包括)|[：:]|[（(](?:即|分别[是为])?)?\s*"
    r"(?P<list>《[^》]{1,40}》(?:\s*(?:、|，|和|与|及|以及)?\s*《[^》]{1,40}》)+|“[^”]{1,24}”(?:\s*(?:、|和|与|及|以及)?\s*“[^”]{1,24}”)+)(?=\s*(?:[，。；）)]|$))"
)
_LIKE_IT = 3  # names in brackets must end alike, or be so many that nothing else can be meant
_NOUN = re.compile(r"[^，。；：、,;:\d（(等的]{0,6}")
_MADE = re.compile(r"[^，。；：、,;:\d]{0,8}(?:组成|构成)")
_MOST = 15  # names: longer lists are told with 等
_OPENS = re.compile(r"^.*(?:由|包括|涵盖|包含|下设|设有|覆盖|涉及|来自|分布在|即|为|[：:])")
_ETC = re.compile(r"等\s*(?:共)?$")


@rule("ARI030", kind="count_mismatch", severity="error", since="0.2")
def names_unlike_count(context: Context) -> Iterator[Problem]:
    """逐一点名的个数，与所写的个数不一致。

    ## 为什么
    “4 个县区，分别是”后面列出五个，读的人一数便知；不是数错就是漏改。

    ## 不合格
    学校服务 3 个县，分别是东川县、白石县、柳湾县、长坪县。

    ## 合格
    学校服务 4 个县，分别是东川县、白石县、柳湾县和长坪县，覆盖甲乡、乙乡等 6 个乡。

    ## 例外
    带“等”的，列得少不报，只少一个的作提示；“和”“与”可能在名称之内，两种数法有一种相符即可，“和”多半是连接最后两个名称的作提示；看不出是名称的不判断。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        whole = names_in_cells(reading.document)
        for sentence in sentences(reading, context):
            for figure in sentence.figures:
                is_whole = 1 < figure.value <= _MOST and figure.value == figure.value.to_integral_value()
                if is_whole and figure.is_exact and figure.unit in _COUNTED:
                    yield from _behind(sentence, figure)
                    yield from _in_brackets(sentence, figure)
                    yield from _titled(sentence, figure)
                    quoted = named(sentence.text, sentence.begin, figure.start, figure.value)
                    yield from (_problem(sentence, figure, names, Severity.WARNING) for names in quoted)
                    yield from _before(sentence, figure, whole)
                    yield from _parts(sentence, figure)
                    yield from regions_unlike(sentence, figure)


def _behind(sentence: Sentence, figure: Figure) -> Iterator[Problem]:
    """“4 个县区，分别是甲县、乙县……”."""
    match = _BEHIND.match(sentence.text, figure.end, sentence.end)
    told = earlier(sentence, figure.start)
    if match is None or (told and figure.start - told[-1].end < 2):
        return
    start = match.start("list")
    end = start + len(re.split("[，,]", match["list"])[0])
    names = names_between(sentence.text, start, end, figure.unit + match["noun"])
    if names is not None and names.least == figure.value and may_be_one_more(sentence.text, names):
        one_more = names._replace(least=names.least + 1, most=names.least + 1)
        yield _problem(sentence, figure, one_more, Severity.INFO)
    if names is None or names.least <= figure.value <= names.most:
        return
    is_open = re.search("等[^、]{0,6}$", sentence.text[start:end]) or sentence.text.startswith(("；", ";"), match.end())
    if is_open and names.most < figure.value:
        return
    if not names.alike and (tells_acts(sentence.text, names) or names.most - names.least > 1):
        return
    yield _problem(sentence, figure, names, Severity.ERROR if names.alike else Severity.WARNING)


def _in_brackets(sentence: Sentence, figure: Figure) -> Iterator[Problem]:
    """“5 所学校（甲校、乙校、丙校、丁校）”: the brackets hold nothing but the names."""
    match = _BRACKETED.match(sentence.text, figure.end, sentence.end)
    if match is None or re.search("等|其中|含|如|例如|主要|[，,《“]", match["list"]):
        return
    names = names_between(sentence.text, *match.span("list"), figure.unit + match["noun"])
    if names is None or names.least <= figure.value <= names.most or tells_acts(sentence.text, names):
        return
    if names.least >= _LIKE_IT and abs(names.least - figure.value) <= max(Decimal(1), figure.value / 3):
        yield _problem(sentence, figure, names, Severity.ERROR if names.alike else Severity.WARNING)


def _titled(sentence: Sentence, figure: Figure) -> Iterator[Problem]:
    """“教材 5 部，分别为《甲》《乙》……”: each title is one."""
    match = _TITLES.match(sentence.text, figure.end, sentence.end)
    told = earlier(sentence, figure.start)
    if match is None or (told and figure.start - told[-1].end < 2):
        return
    places = tuple(m.span() for m in re.compile("《[^》]*》|“[^”]*”").finditer(sentence.text, *match.span("list")))
    if len(places) != figure.value and not is_given(sentence.text[figure.end : match.start("list") + 1]):
        yield _problem(sentence, figure, Names(len(places), len(places), True, places), Severity.ERROR)


def _before(sentence: Sentence, figure: Figure, whole: frozenset[str]) -> Iterator[Problem]:
    """“由甲、乙、丙 5 个专业组成”, “甲县、乙县、丙县等 2 个县”."""
    words = re.split("[，,；;（(]", figure.label)[-1].rstrip()
    if "、" not in words:
        return
    start = figure.start - len(figure.label) + figure.label.rstrip().rfind(words)
    opened = _OPENS.match(words)
    start += opened.end() if opened else 0
    end = start + len(words) - (opened.end() if opened else 0)
    etc = _ETC.search(sentence.text, start, end)
    noun = _NOUN.match(sentence.text, figure.end)
    last = etc.start() if etc else end
    names = names_between(sentence.text, start, last, figure.unit + (noun[0] if noun else ""), whole)
    if names is None or ACT.search(sentence.text, start, end):
        return
    if names.least > figure.value and (names.alike or (opened and not etc)):
        yield _problem(sentence, figure, names, Severity.ERROR if names.alike else Severity.WARNING)
    elif names.most < figure.value and not etc and opened and _MADE.match(sentence.text, figure.end):
        yield _problem(sentence, figure, names, Severity.ERROR)
    elif is_one_off(names, int(figure.value), sentence.text, figure.end) and not etc:
        yield _problem(sentence, figure, names, Severity.WARNING)
    elif etc and _LIKE_IT < names.least == names.most == figure.value - 1:  # one name left out is more likely forgotten
        yield _problem(sentence, figure, names, Severity.INFO)


def _parts(sentence: Sentence, figure: Figure) -> Iterator[Problem]:
    """“在训 486 人，其中田径 128 人、游泳 96 人……，共 6 个项目”: the parts that make the whole are as many."""
    parts = listed_parts(sentence, figure)
    if parts and abs(len(parts) - figure.value) == 1:
        places = tuple((part.start - len(part.label.lstrip("、，, ").removeprefix("其中")), part.end) for part in parts)
        yield _problem(sentence, figure, Names(len(parts), len(parts), True, places), Severity.WARNING)


def _problem(sentence: Sentence, figure: Figure, names: Names, severity: Severity) -> Problem:
    start, end = names.places[0][0], names.places[-1][1]
    count = str(names.least) if names.least == names.most else f"{names.least}～{names.most}"
    begin, stop = min(start, figure.start), max(end, figure.end)
    return sentence.passage.problem(
        begin,
        stop,
        f"写的是 {sentence.printed(figure)}，列出的是 {count} 个：{sentence.text[start:end]}",
        printed=sentence.printed(figure),
        expected=f"{count} 个",
        severity=severity,
    )
