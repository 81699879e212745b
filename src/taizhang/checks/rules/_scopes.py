"""Whether two figures of the running text are of different things by the names and words that stand before them."""

import re
from decimal import Decimal
from functools import lru_cache

from taizhang.core import period
from taizhang.intake.statements import Role, Statement

# Whom or what a sentence speaks of: a name of two characters before what it is, or a name in quotation marks.
_WORDS = re.compile("[一-鿿]+")
_NAMED = re.compile(
    r"(?P<name>[一-鿿][^\W进驻乡农全该本各两到入下])(?P<sort>村(?!集体|民|级|庄|委|干|规|容|落|寨)|[镇乡](?!村)|县(?!域|级)|社区|[小中]学|公司|集团|(?<!技术)(?<!职业)(?<!目前)(?<!当前)学院|校区|医院|类专业|专业群|合作班)"
)
_QUOTED = re.compile(
    r"[“《](?P<name>[^“”《》]{2,20}(?:[班杯节营赛][”》]|[”》](?=专业|课程|基地|团队|品牌|工作室|班|村|项目|大赛|竞赛|论坛)))"
)
_FOR = re.compile(r"(?:面向|针对|对)(?P<name>[一-鿿]{2,8}?)(?=开设|开展|举办|提供|组织|进行|实施)")
_OUTLAY = re.compile(
    "(?:全年|年度|本年|当年|实际|已|共|累计|资金|总)*(?:支出|执行|到位|使用|支付|列支|收入|结[余转])(?:资金|总额|[数额])*"
)  # of which budget, the words before tell
_USED = re.compile(r"用于(?P<name>[一-鿿]{2,10}?)的?(?=支出|资金|投入|费用|经费|方面)")
_KINDS = (
    re.compile(r"[年月季周]均|平均|[人生师户场期]均"),
    re.compile(r"建设中的?(?!心)|在建|正在建|拟建|筹建"),
)
_WHOSE = re.compile(r"专业群|群内|全校")
# Whose budget: that of all (全市), or of one tier alone (市本级).
_TIER = re.compile(
    r"全[国省市县区州](?=一般|财政|政府性|国有|社会|预算|总|税)|[省市县区州]?本级|[省市县区州乡]级(?=一般|财政|政府性|国有|预算|支出|收入)|中央(?=本级|一般|预算)|地方(?=一般|本级|预算)"
)
# Which of several: two that differ are two things; where one side alone names it, the smaller may be that part.
_WHICH = (
    re.compile(r"[一二三四五六]期(?=工程|项目|建设|改造)"),
    re.compile(r"(?:第[一二三四五六七八九十]|首|前[一二三两]|后)批"),
    re.compile(r"春季|秋季|上学期|下学期|上半年|下半年|[一二三四]季度"),
    re.compile(r"线上|线下|网络|现场"),
)
_ADDED = re.compile(
    r"新(?=增|建|开|引|设|立|获|签|聘|招|入|认|添|购)|增加(?![到至])|今年|当年|再(?=新|推出|增|建|认定|培育|打造|实施)"
)
_AMONG = re.compile(r"^其中")
_WHOLE = re.compile(r"(?P<figure>\d[\d.,]*\s*[万亿]?)[^\d。；]{0,8}其中[^。；]*$")
_STAGE = re.compile("预算|到位|支出|执行|计划")
# A rise or a fall of several years is not that of one.
_CHANGED = re.compile(r"(?:下降|降低|减少|上升|提升|提高|压减|压降)了?[约近超]?\s*\d")
_SINCE = re.compile(r"20\d\d\s*年(?:\d{1,2}\s*月)?(?:以来|起)")
_SPAN_OF = re.compile("[两二三四五六七八]年(?:来|间|内|共|累计|合计|总)")
_OF_YEARS = re.compile(r"年来|以来|期间|建设期|累计|十[一二三四五]五|[两二三四五六]年")
# A share of what is named, or a sum for what the words before name: nothing by itself.
_SHARE = re.compile(
    r"[，,]?\s*(?:[共约]?占|(?:为|完成|达到?)(?:年初|年度|全年|调整后?的?)*(?:预算|计划|目标|任务)数?的?\s*\d)"
)
# Whom something came to, that stands in the clause before.
_REACHED = re.compile(
    r"[，,、\s]*(?:[共可已]|累计|直接|全年|先后)*"
    r"(?:(?:惠及|受益|受惠|覆盖|涉及|辐射|吸引|带动|资助)[了到]?(?:各类|当地|周边)*[一-鿿]{0,4}|服务[了到]?(?:群众|居民|村民|市民|师生|学生|农户|百姓))"
    r"(?:人数|总数)?[约近超达为到过]*\s*[\d.,]+\s*(?:[余多])?\s*[万千百]?\s*(?:[余多])?(?:[一-鿿]{1,2})"
)
_BESIDES = re.compile("加上|另有|其余|剩余")
_OPEN = frozenset({"元", "%"})  # 投入, 执行率: of what, the words before tell
_THIN = 4  # characters of a subject
_ALIKE = 0.34
_GRANTED = re.compile(
    r"(?:中央|[省市县区州]|地方|各级|本级|上级)*财政(?:[将共已再还也]|累计)*(?:安排|拨付|下达|拨款)(?:了|资金)?"
)
# Who had it: the whole province or city, or the school.
_REGION_HAD = re.compile("(?<!在)[全我][省市县区州](?:[共总]|累计|合计)")
_SCHOOL_HAD = re.compile("[我该本]校|[我本]院|学[校院](?!生|员|[所家]|参加|的)")
_EVERYWHERE = re.compile("项目|立项|工程|建设|总|学校|全年")
_PASSED, _GAINED = re.compile("验收|结题|结项"), re.compile("认定|立项|获批|申报|入选")
_TOPIC_MARKS = re.compile(r"[，,：:]")
_PARTS = frozenset({"学院", "校区", "类专业", "专业群"})
_TIMES = Decimal("1.3")  # by which all that there is exceeds what came in addition


def differ(one: Statement, other: Statement) -> bool:
    """Whether two figures of the running text, alike by their words, are of different things, parts or stretches."""
    if one.label and other.label and one.label != other.label:  # “学校层面：…” and “专业群层面：…”
        return True
    if one.role is not Role.ACTUAL is not other.role and (
        _is_another_event(one, other) or _is_another_event(other, one)
    ):
        return True
    if one.role is not Role.SAID or other.role is not Role.SAID:
        return False
    mine, theirs = one.sentence + one.text, other.sentence + other.text
    if one.document == other.document and any(_OUTLAY.fullmatch(each.subject.strip()) for each in (one, other)):
        return True
    clauses = _clause(one), _clause(other)
    if any(bool(kind.search(clauses[0])) is not bool(kind.search(clauses[1])) for kind in _KINDS):
        return True
    if _is_left_open(one, other) or _is_of_more_years(one, other) or _began_apart(one, other):
        return True
    is_part_alone = bool(_AMONG.match(mine)) is not bool(_AMONG.match(theirs)) and not (one.part and other.part)
    if is_part_alone or _parts_of_others(one, other):
        return True
    if _is_addition(one, other) or _is_addition(other, one) or _is_another(one, other):
        return True
    here, there = _names(mine), _names(theirs)
    if one.dimension == "%" and _PARTS & here.keys() != _PARTS & there.keys():
        return True  # the rate of a part is not that of the whole
    return any(sort in there and not names & there[sort] for sort, names in here.items())


def _began_apart(one: Statement, other: Statement) -> bool:
    """Whether one total is since a year named, the other of a number of years (“2020 年以来累计”, “三年共”)."""
    if not (one.running and other.running):
        return False
    since = [_SINCE.findall(each.sentence + each.text) for each in (one, other)]
    return bool(since[0]) is not bool(since[1]) and any(_SPAN_OF.search(each.text) for each in (one, other))


def _is_another_event(one: Statement, other: Statement) -> bool:
    """Whether one tells how many passed, the other how many were recognised: not always the same ones."""
    mine, theirs = one.text, other.text
    passed = _PASSED.search(mine) is not None and not _PASSED.search(theirs)
    return passed and _GAINED.search(theirs) is not None and not _GAINED.search(mine)


def _clause(statement: Statement) -> str:
    """The words of its clause up to the figure: “人均收入从 1.2 万元增至 1.4 万元” is a mean also where it rose to."""
    return statement.sentence[max(statement.sentence.rfind(mark) for mark in "，,；;") + 1 :] + statement.text


def _is_left_open(one: Statement, other: Statement) -> bool:
    """Whether what the two are of stands elsewhere in their sentences, in words that differ.

    “双师型教师 320 人，占专任教师的 86%” and “博士 52 人，占专任教师的 8%”; “省财政安排 423 万元，用于…”;
    “沙岭小学，投入资金 420 万元” and “石坪小学，投入资金 259 万元”; “发放奖学金，惠及学生 320 人”.
    """
    if any(_GRANTED.fullmatch(each.subject) or _BESIDES.match(each.subject) for each in (one, other)):
        return True
    if one.dimension == "%" and _SHARE.match(one.text) and _SHARE.match(other.text):
        mine, theirs = _topic(one, -1), _topic(other, -1)
        return bool(mine and theirs) and not (mine <= theirs or theirs <= mine)
    if _REACHED.fullmatch(one.text) and _REACHED.fullmatch(other.text):
        mine, theirs = (
            _pairs(each.sentence[: each.sentence.rfind(each.text.strip("，,、 ")[:2])]) for each in (one, other)
        )
        return bool(mine and theirs) and 2 * len(mine & theirs) < min(len(mine), len(theirs))
    if one.dimension not in _OPEN or max(len(one.subject), len(other.subject)) > _THIN:
        return False
    mine, theirs = _topic(one, 0) - one.wording.key, _topic(other, 0) - other.wording.key
    return bool(mine and theirs) and len(mine & theirs) < _ALIKE * min(len(mine), len(theirs))


def _topic(statement: Statement, clause: int) -> frozenset[str]:
    """The pairs of characters of the first (0) or last (-1) clause of its sentence before its own."""
    head = _TOPIC_MARKS.split(statement.sentence)[:-1]
    return _pairs(head[clause]) if head else frozenset()


def _pairs(words: str) -> frozenset[str]:
    """The pairs of characters of words, but for those that stand everywhere."""
    runs = _WORDS.findall(_EVERYWHERE.sub(" ", period.without(words)))
    return frozenset(run[place : place + 2] for run in runs for place in range(len(run) - 1))


def _is_of_more_years(one: Statement, other: Statement) -> bool:
    """Whether both tell what a rate rose or fell by, one over several years."""
    if one.dimension != "%" or not (_CHANGED.search(one.text) and _CHANGED.search(other.text)):
        return False
    mine, theirs = (bool(_OF_YEARS.search(each.sentence + each.text)) for each in (one, other))
    return mine is not theirs or one.year != other.year


def _is_addition(one: Statement, other: Statement) -> bool:
    """Whether one tells what came in addition, and the other, the larger, perhaps all that there is."""
    return one.value * _TIMES <= other.value and bool(_ADDED.search(one.text)) and not _ADDED.search(other.text)


def _is_another(one: Statement, other: Statement) -> bool:
    """Whether the two name different ones of several (一期、二期), or the smaller alone names which it is."""
    for several in (_WHOSE, _TIER):
        whose, others = (set(several.findall(each.sentence + each.text)) for each in (one, other))
        if whose and others and not whose & others:
            return True
    if {_is_of_region(one), _is_of_region(other)} == {True, False}:
        return True
    for which in _WHICH:
        mine, theirs = (set(which.findall(each.sentence + each.text)) for each in (one, other))
        if mine and theirs and not mine & theirs:
            return True
        if bool(mine) is not bool(theirs):
            named, rest = (one, other) if mine else (other, one)
            if named.value * _TIMES <= rest.value:
                return True
    return False


def _is_of_region(statement: Statement) -> bool | None:
    """Whether its sentence last names a whole province or city as having it (“全省共获”), or a school; None for neither."""
    words = statement.sentence + statement.text
    if "校" not in words and "院" not in words and "全" not in words and "我" not in words:
        return None
    region, school = (
        max((match.start() for match in pattern.finditer(words)), default=-1) for pattern in (_REGION_HAD, _SCHOOL_HAD)
    )
    return None if region == school else region > school


def _parts_of_others(one: Statement, other: Statement) -> bool:
    """Whether both are parts (“其中”) of wholes that differ."""
    if not (one.part and other.part):
        return False
    stages, others = (set(_STAGE.findall(each.sentence)) for each in (one, other))
    if stages and others and not stages & others:  # 预算……其中省财政, 到位……其中省财政
        return True
    mine, theirs = _WHOLE.search(one.sentence), _WHOLE.search(other.sentence)
    if (
        mine is None or theirs is None
    ):  # “…。其中基本支出 1130 万元”: of the budget of the sentence before, or of what was spent
        return any(_AMONG.match(words.strip()) or "其中" not in words for words in (one.sentence, other.sentence))
    return _bare(mine["figure"]) != _bare(theirs["figure"])


def _bare(figure: str) -> str:
    return re.sub(r"[\s,]", "", figure)


@lru_cache(maxsize=2048)
def _names(text: str) -> dict[str, frozenset[str]]:
    """The names in a text by the sort of thing they name."""
    found: dict[str, set[str]] = {}
    for match in _NAMED.finditer(text):
        found.setdefault(match["sort"], set()).add(match["name"])
    for match in _QUOTED.finditer(text):
        found.setdefault("“”", set()).add(match["name"])
    for sort, pattern in (("面向", _FOR), ("用于", _USED)):
        for match in pattern.finditer(text):
            found.setdefault(sort, set()).add(match["name"])
    return {sort: frozenset(names) for sort, names in found.items()}
