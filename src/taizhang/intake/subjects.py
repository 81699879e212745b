"""Subjects: the noun phrase that a quantity counts or measures, found before it, after it, or carried on."""

import re

from taizhang.core import period
from taizhang.intake.clauses import Clause
from taizhang.profiles import Profile

_LEADING = re.compile(
    r"^(?:[\s、,，*\-—]|和|及|与|以及|并|还|也|均|已|已经|其中|包括|主要|[一二三四五六七八九十]是|[两三四五六七八九十]年(?:来|间|内|里)?(?=累计|共|合计|[^一-鿿]|$)|[（(]?[0-9]{1,2}[）)])+"
)
_LEADING_BEGINS = frozenset("、,，*-—和及与以并还也均已其包主一二两三四五六七八九十（(0123456789")
_TRAILING = re.compile(
    r"(?:\s|、|共有|共计|合计|总计|累计|达到|达|(?:增加|增长|提高|发展|扩大|扩展|拓展|壮大)[到至]|增至|升至|上升到|超过|突破|从|由|为|是|共|各|有|已|了|到|"
    r"仅|只有?|分别|"
    r"增长|提升|下降|减少|(?<!签)约|近|的|均|至|等)+$"
)
_TRAILING_ENDS = frozenset(
    "、有计达到至升从由为是共各已了仅只过破别长降少约近的均等"
)  # what the above can end with, but for blanks
# What may follow a measure word without being the thing counted.
_NOT_THING = re.compile(
    r"\s*(?:为|已|均|都|全部|的|并|和|及|与|以|在|到|或|入选|获|通过|进入|参加|参与|加入|立项|增|提|较|比|用于|用来|完成|达|占|左右|"
    r"助力|报道|来|赴|优于|解决|推动|被|等)"
)
_THING_ENDS = re.compile(
    r"分别|担任|获得?|入选|参加|参与|通过|协助|赴|开展|被|完成|进入|建成|形成|覆盖|全部|均|已|就读|加入|达到|用于|进行|构建|在线|来[华校我]|在(?![校编岗职籍读建研册])|常年|长期(?!护理|照护)|发挥|承担|"
    r"到校|共印|优于|组成|结对|优化|受邀|立项|报道|(?:和|及|与|以及|或|的)$|为(?!主)"
)
# “培训” opens “培训教师 30 人” as a verb, but “培训量” and “服务收入” as a noun.
_NOUN_ENDS = re.compile(
    "(?:总|到账|到款)?(?:量|额|收入|人数|人次|人员|项目|课时|学时|面|率|数|费|经费|场次|基地|机构).{0,3}"
)
_COUNTED = frozenset({"件", "人", "人次", "次", "行政区", "首创"})
_ITEMS = re.compile(r"、|以及|和|及|与")
# How far back words still belong to a number.
_NEAR = 120
_JOINT = re.compile(r"\s*(?:[、,，/]|和|及|与|以及)?\s*")
_RESPECTIVELY = re.compile(r"分别(?:为|是|有|达到?|增长|完成|立项|获批|新增|建成)*\s*$")
# Nouns of action: what stands before them in a list shares them (“电商及种植培训各 1 期” is one thing).
_ACTIONS = re.compile(r"(?:培训|建设|管理|研究|工作|服务|教育|指导|交流|合作|改革|帮扶|宣讲|比赛|竞赛|大赛|项目)$")


def subjects(clause: Clause, carried: str, profile: Profile) -> tuple[str, ...]:
    """What the quantity of a clause is of: one subject, or each of a list behind which “各” stands."""
    before = bare(clause.before, profile)
    if clause.before.rstrip().endswith("各"):
        items = [item.strip() for item in _ITEMS.split(before) if item.strip()]
        if len(items) > 1 and _parallel(items):
            return tuple(items)
    counted = profile.catalogue.normal(clause.quantity)[1] in _COUNTED
    after = _thing(clause.after) if counted or not before else ""
    if after:
        return (after,)
    if before and profile.levels.name(before) is None:
        return (before,)
    if before and carried:
        return (before + carried,) if before not in carried else (carried,)
    return (before or carried,)


def respective(clause: Clause, profile: Profile) -> list[str]:
    """The list that “分别为” deals the coming numbers out to, in order; empty where there is none."""
    listed = _RESPECTIVELY.search(clause.before)
    items = _ITEMS.split(bare(clause.before[: listed.start()], profile)) if listed else []
    return items if len(items) > 1 else []


def is_joint(before: str) -> bool:
    """Whether only a joining mark stands between a number and the one before it."""
    return _JOINT.fullmatch(before) is not None


def bare(words: str, profile: Profile) -> str:
    """The words without periods, opening verbs, connectives and what introduces the number."""
    words = _opened(period.without(words[-_NEAR:]).replace("*", "").strip())
    while True:
        if words and (words[-1] in _TRAILING_ENDS or words[-1].isspace()):
            words = _TRAILING.sub("", words)
        words = _opened(words)
        verb = profile.opening_verb.match(words)
        if verb is None or _NOUN_ENDS.fullmatch(words, verb.end()):
            return words
        words = words[verb.end() :]


def _opened(words: str) -> str:
    """The words without the connectives before them."""
    first = words[:1]
    if first not in _LEADING_BEGINS and not first.isspace():  # most: no need to ask
        return words
    leading = _LEADING.match(words)
    return words[leading.end() :] if leading else words


def _thing(after: str) -> str:
    """The noun right behind a measure word, up to the verb that follows it."""
    if not after or _NOT_THING.match(after):
        return ""
    after = after.strip()
    verb = _THING_ENDS.search(after, 1)
    return (after[: verb.start()] if verb else after)[:30].strip("*“”\"' ")


def _parallel(items: list[str]) -> bool:
    """Whether each item of a list is a thing by itself, and not the first half of one that the last completes."""
    action = _ACTIONS.search(items[-1])
    return action is None or all(item.endswith(action[0]) for item in items)
