"""ARI044: a part told in one breath with its whole is larger: money behind 其中, women among trainees, some of so many."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._prose import Figure, Sentence, clause, earlier, sentences

_PEOPLE = frozenset({"人", "名", "位"})
_SOME = re.compile(
    r"(?:女|男|少数民族|残疾|退役军人|脱贫|党员|农民工|港澳台|硕士|博士|研究生|高级职称|双师型?”?)[^，。；、\d]{0,8}$"
)
_OTHERS = re.compile("带动|帮|惠|服务|吸纳|就业|受益|增收|覆盖|走访|救助")
_WHOLE = re.compile(
    "(?:培训|参训|招收|招生|录取|在校生|学员|教师|职工|教职工|毕业生|员工|编制|在职)[^，。；、\\d]{0,4}$"
)
_AMONG = re.compile(r"其中[：:]?[^，。；\d]{0,24}$")
_WORD = re.compile("[一-鿿](?<![为是有达到的了])")
_OUT_OF_MEASURE = 100  # times the whole
_NOT_A_SUM = re.compile("平均|均|每|增|减|比|超|最|累计|上年|去年|总|户|标准|差|另")
_OF_SO_MANY = re.compile(
    r"(?P<whole>\d+)\s*(?P<unit>[门家名人户份所篇批件栋座台条])(?:[^，。；、\d]{0,10})中[，,]?(?P<told>[^，。；、\d]{0,12}(?:\d+(?:\.\d+)?\s*[分%％](?:及?以上|及?以下)?[^，。；、\d]{0,6})?)"
    r"(?P<part>\d+)\s*(?P=unit)(?![^，。；]{0,3}次)"
)
_NEXT = re.compile(
    r"(?P<whole>\d+)\s*(?P<unit>[项个件篇门家所份名人])[，,]\s*其中(?P<told>(?:填补|获|通过|达到|属于|入选|列入|国家|省|市|县|校|优秀|合格|重点|首次|来自|纳入|未)[^，。；、\d]{0,12})"
    r"(?P<part>\d+)\s*(?P=unit)(?=[，。；、（(]|$)"
)
_QUALITY = re.compile("以上|以下|合格|优秀|优良|达到|达标|满意|通过|获|具有|占|有|属于|来自")


@rule("ARI044", kind="sum_mismatch", severity="warning", since="0.7")
def part_told_above_whole(context: Context) -> Iterator[Problem]:
    """同一句里，一部分比全部还多：“458 门课程中 90 分以上的 476 门”，“其中”的金额大于前面的金额。

    ## 为什么
    部分不会大于全部；两个数写在一句话里还对不上，必有一个写错。

    ## 不合格
    参评的 458 门课程中，评教得分 90 分以上的 476 门。实际采购 1387 万元，其中授予中小企业 1512 万元。

    ## 合格
    参评的 458 门课程中，评教得分 90 分以上的 376 门。实际采购 1387 万元，其中授予中小企业 1152 万元。

    ## 例外
    金额只与同一句里前面的各数比，平均数、增减数、累计数不作全部；人只比女、男、少数民族一类必在其中的，和末了用词相同的
    （“到企业就业 80 人，其中到重工就业 96 人”）。
    “其中”后面是另一样东西的（“基地 1 个，其中实训室 12 个”）不报。

    ## 依据
    教职成厅函〔2024〕1号：所报信息应真实、准确。
    """
    for reading in context.readings:
        for sentence in sentences(reading, context):
            if len(sentence.figures) < 2:
                continue
            for match in _OF_SO_MANY.finditer(sentence.text, sentence.begin, sentence.end):
                if int(match["part"]) > int(match["whole"]) and _QUALITY.search(match["told"]):
                    yield _of_match(sentence, match)
            for match in _NEXT.finditer(sentence.text, sentence.begin, sentence.end):
                if int(match["part"]) > int(match["whole"]):
                    yield _of_match(sentence, match)
            for figure in sentence.figures:
                whole = _whole_of(sentence, figure) if figure.is_exact else None
                if whole is not None and figure.value > whole.value:
                    yield _problem(sentence, figure, whole)


def _whole_of(sentence: Sentence, part: Figure) -> Figure | None:
    """The largest figure before that a part can only be a part of; None where it is no part, or nothing is its whole."""
    label = part.label.rstrip()
    if part.dimension == "元" and _AMONG.search(label) and not _NOT_A_SUM.search(label.rpartition("其中")[2]):
        wholes = [
            f
            for f in earlier(sentence, part.start)
            if f.dimension == "元" and not _NOT_A_SUM.search(_whole_label(part, f))
        ]
    elif (
        part.unit in _PEOPLE
        and "其中" not in label
        and _SOME.search(clause(label))
        and not _OTHERS.search(clause(label))
    ):
        wholes = [f for f in earlier(sentence, part.start) if f.unit in _PEOPLE and "其中" not in f.label]
        wholes = wholes if sum(_WHOLE.search(clause(f.label)) is not None for f in wholes) == 1 else []
    elif part.dimension == "%":
        return None  # a part may have the higher rate: 师生满意度 91.6%，其中教师满意度 94.1%
    elif _AMONG.search(label) and not _NOT_A_SUM.search(label.rpartition("其中")[2]):
        wholes = _of_one_noun(sentence, part)
    else:
        return None
    return max(wholes, key=lambda figure: figure.value, default=None) if all(f.is_exact for f in wholes) else None


def _whole_label(part: Figure, whole: Figure) -> str:
    """The words of a whole; ARI002 holds the parts against a 总额, unless one is out of all measure (亿 for 万)."""
    words = clause(whole.label)
    return words.replace("总", "") if part.value > whole.value * _OUT_OF_MEASURE else words


def _of_one_noun(sentence: Sentence, part: Figure) -> list[Figure]:
    """The figures before 其中 that end in the very word that the part ends in: 到企业就业 1092 人，…其中到重工就业 1156 人."""
    noun = clause(part.label)[-2:]
    alike = [
        f for f in earlier(sentence, part.start) if f.dimension == part.dimension and clause(f.label).endswith(noun)
    ]
    if sentence.text.count("其中", sentence.begin, part.start) > 1:
        return []  # sides of a whole told before: “其中学校层面 40 个、专业群层面 60 个；达到的 90 个，其中学校层面 …”
    is_noun = len(noun) == len(_WORD.findall(noun))
    return [] if not is_noun or any(_NOT_A_SUM.search(clause(f.label)) for f in alike) else alike


def _problem(sentence: Sentence, part: Figure, whole: Figure) -> Problem:
    words = clause(part.label)
    return sentence.passage.problem(
        part.start - len(part.label) + part.label.rfind(words), part.end,
        f"{words}{sentence.printed(part)}，多于前面的{clause(whole.label)}{sentence.printed(whole)}",
        expected=f"不多于 {sentence.printed(whole)}",
        related=(sentence.passage.related(whole.start, whole.end),),
    )  # fmt: skip


def _of_match(sentence: Sentence, match: re.Match[str]) -> Problem:
    whole, part = (f"{match[name]} {match['unit']}" for name in ("whole", "part"))
    return sentence.passage.problem(
        *match.span(), f"{part}多于它所在的 {whole}", printed=part, expected=f"不多于 {whole}"
    )  # fmt: skip
