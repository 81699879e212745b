"""ARI032: more is told as approved, passed or returned than was applied for, examined or sent out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import Figure, Sentence, clause, earlier, sentences

_ELSEWHERE = re.compile("累计|上年|去年|往年|此前|另|其他|新增|共|合计|总")
# “其中 36 人实现就业，……有 23 人留在东部就业、15 人返乡就业”: the whole and its parts end in one verb.
_WHERE = re.compile(
    r"(?P<whole>\d+)\s*(?P<unit>[人名位])(?:已|均|成功|实现|得到|全部|顺利)*(?P<verb>就业|升学|创业|参军|入伍|落户|深造)(?=[，。；（(])"
    r"[^。；]{0,30}?[，,](?:其中)?(?:有)?\s*(?P<one>\d+)\s*(?P=unit)[^，。；、\d]{1,10}(?P=verb)[、，](?:有)?\s*(?P<other>\d+)\s*(?P=unit)[^，。；、\d]{1,10}(?P=verb)(?=[，。；]|$)"
)
_LEVEL = re.compile("(?:国家|省|市|县|校|院)(?=级|样板|示范|重点|特色|优秀|精品|一流)")


@rule("ARI032", kind="sum_mismatch", severity="error", since="0.2")
def result_larger_than_its_whole(context: Context) -> Iterator[Problem]:
    """获批、合格、收回的比申报、参加、发出的还多。

    ## 为什么
    获批的必在申报的之中，考核优秀的必在参加考核的之中；比它还多，两个数里必有一个错。

    ## 不合格
    全年申报省级课题 4 项，获批 5 项。

    ## 合格
    全年申报省级课题 5 项，获批 4 项；上年申报的 2 项也已获批。

    ## 例外
    写明“累计”“另有”等超出本次范围的不报；获批的对象与申报的不同的，不判断。成对的词见口径配置 `arithmetic.results`。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    pairs = [(re.compile(p["whole"]), re.compile(p["part"])) for p in context.profile.sections["arithmetic"]["results"]]
    results = re.compile("|".join(f"(?:{part.pattern})" for _, part in pairs))
    for reading in context.readings:
        for sentence in sentences(reading, context):
            yield from _of_where(sentence)
            for part in sentence.figures:
                words = clause(part.label) if part.is_exact else ""
                if words and results.search(words) and not _ELSEWHERE.search(words):
                    yield from _of_part(sentence, part, words, pairs)


def _of_where(sentence: Sentence) -> Iterator[Problem]:
    """Those told by where they did a thing, who are more than did it."""
    for match in _WHERE.finditer(sentence.text, sentence.begin, sentence.end):
        whole, one, other = (int(match[name]) for name in ("whole", "one", "other"))
        if one + other > whole:
            start = match.start("one")
            yield sentence.passage.problem(
                start, match.end(), f"{one} + {other} = {one + other}，多于前面的 {whole} {match['unit']}{match['verb']}",
                expected=f"合计 {whole} {match['unit']}",
                related=(sentence.passage.related(match.start("whole"), match.end("verb")),),
            )  # fmt: skip


def _of_part(
    sentence: Sentence, part: Figure, words: str, pairs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]
) -> Iterator[Problem]:
    for whole_words, part_words in pairs:
        match = part_words.search(words)
        if match is None or (not words.endswith(match[0]) and len(words) > match.end() + 8):
            continue
        whole = _whole_of(sentence, part, whole_words, part_words, words[: match.start()] + words[match.end() :])
        if whole is not None:
            levels = set(_LEVEL.findall(words)), set(_LEVEL.findall(clause(whole.label)))
            is_of_another = bool(levels[0] and levels[1] and not levels[0] & levels[1])
            if part.value > whole.value and not is_of_another:
                yield sentence.passage.problem(
                    part.start - len(part.label) + part.label.rfind(words),
                    part.end,
                    f"{words} {sentence.printed(part)}，多于“{clause(whole.label)}”的 {sentence.printed(whole)}",
                    expected=f"不多于 {sentence.printed(whole)}",
                    related=(sentence.passage.related(whole.start, whole.end),),
                )
            return


def _whole_of(
    sentence: Sentence, part: Figure, whole_words: re.Pattern[str], part_words: re.Pattern[str], rest: str
) -> Figure | None:
    """The nearest figure of what the part is a part of; of the sentence before only where it shares a word."""
    rest = re.sub("^(?:其中|已|实际|有|并|经)+", "", rest)
    rest = re.sub("(?:调查)?(?:问卷|样本|表)$", "", rest)  # of whatever is sent out
    rest = re.sub("^被[^，。；]{0,10}$", "", rest)  # by whom it was taken up
    before = sentence.before.figures if sentence.before is not None else ()
    for figures, is_near in ((earlier(sentence, part.start), True), (before, False)):
        for figure in reversed(figures):
            words = clause(figure.label)
            if not (figure.counts_like(part) and figure.is_exact and whole_words.search(words)):
                continue
            if part_words.search(words) or _ELSEWHERE.search(words):
                return None
            shared = any(a + b in words for a, b in pairwise(rest))
            return figure if shared or (is_near and not rest) else None
    return None
