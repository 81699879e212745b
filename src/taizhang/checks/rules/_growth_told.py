"""How running text tells the values of two years and a growth: for the rule that holds them against each other."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from taizhang.checks.rules._growth import NUMBER, TOLD, figures_of, makes_between, number, verdict

_UNIT = r"\s*(?P<{}>[%％]|[^\d\s，。；、,;（()）比较]{{0,4}}?)"
_YEAR = r"20\d\d\s*(?:年(?:度)?|[届级])"
_WORDS = r"[^，。；;\d（(]"
_STILL = r"(?:(?![增升提减下降多少])[^，。；;\d（(])"  # words that tell no growth themselves
_LAST = r"(?:上年|去年|上一年|上一?(?:学年|学期|季度|届|轮)|前一年)"
FORMS = (
    # B 万元，比上年的 A 万元增长 x
    re.compile(
        rf"(?P<after>{NUMBER}){_UNIT.format('last')}\s*[，,（(]\s*(?:同期)?(?:比|较)\s*(?:{_LAST}|立项时|立项前|建设前|期初|年初|建设初期|预算|计划|目标值?|{_YEAR})(?:度|同期)?{_STILL}{{0,8}}?"
        rf"(?P<before>{NUMBER}){_UNIT.format('first')}[，,]?\s*(?:同比|净|共|累计)?{TOLD}"
    ),
    # B 人次，上年为 A 人次，增长 x
    re.compile(
        rf"(?P<after>{NUMBER}){_UNIT.format('last')}\s*[，,（(]\s*(?P<of_year>{_LAST}|{_YEAR})(?:同期)?{_STILL}{{0,6}}?(?:为|是|有)?\s*"
        rf"(?P<before>{NUMBER}){_UNIT.format('first')}\s*[，,）)]\s*(?:同比|净)?{TOLD}"
    ),
    # 2022 年 A 万元，2023 年 B 万元，同比增长 x
    re.compile(
        rf"20\d\d\s*年(?:度)?{_WORDS}{{0,12}}(?P<before>{NUMBER}){_UNIT.format('first')}[，,、；;]\s*20\d\d\s*年(?:度)?{_WORDS}{{0,14}}?"
        rf"(?P<after>{NUMBER}){_UNIT.format('last')}\s*[，,（(]\s*(?:同比|比上年|较上年|比去年|较去年|净|共)?{TOLD}"
    ),
    # 从 A 增加到 B，增长 x；由 A 增加到 B，翻一番；由 A 增至 B，净增 d 个
    re.compile(
        rf"(?:从|由(?=[^。；]{{0,60}}(?:翻|[增升提降减][长高低少]?了?[一二两三四五六七八九1-9]成|净增加?了?\s*\d[\d,.]*\s*[一-鿿]))){_WORDS}{{0,12}}?(?:{_YEAR}{_WORDS}{{0,8}})?(?P<before>{NUMBER}){_UNIT.format('first')}"
        rf"{_WORDS}{{0,6}}?(?:增|升|提高|提升|扩大|扩容|扩充|发展|下降|降|减少|上升|跃升|攀升)[加长低]?(?:到|至)(?:了)?{_WORDS}{{0,4}}?(?:{_YEAR}{_WORDS}{{0,8}})?"
        rf"(?P<after>{NUMBER}){_UNIT.format('last')}\s*[，,（(]\s*(?:[一两二三四五]年(?:来|间)?)?(?:同比|净|共|累计|实现)?{TOLD}"
    ),
)  # fmt: skip
# B%，较 2016 届（A%）下降 x；“…的比例（B%）较 2016 届（A%）上升 x”
BRACKETED = re.compile(
    rf"(?:[（(]\s*(?P<inner>{NUMBER}){_UNIT.format('of_inner')}\s*[)）]|(?P<after>{NUMBER}){_UNIT.format('last')})\s*[，,]?\s*(?:比|较|与)\s*"
    rf"[^，。；;（()）]{{0,12}}[（(]\s*(?P<before>{NUMBER}){_UNIT.format('first')}\s*[)）](?:相比)?[，,]?\s*(?:同比|净|共)?{TOLD}"
)
# B 名教师进企业，比上年的 A 名增长 x: the unit of both is the same word
AFAR = re.compile(
    rf"(?P<after>{NUMBER})\s*(?P<last>[一-鿿]{{1,2}}?){_STILL}{{1,14}}[，,]\s*(?:比|较)\s*(?:{_LAST}|{_YEAR})(?:度|同期)?的\s*"
    rf"(?P<before>{NUMBER})\s*(?P<first>(?P=last))[，,]?\s*(?:同比|净|共|累计)?{TOLD}"
)
# 比上年增加 d 个，增长 x: B stands before, perhaps in the sentence before
_BY = re.compile(
    rf"(?:(?:比|较|与|同)\s*(?P<base>{_LAST}|{_YEAR})(?:度|同期)?(?:的)?(?:相比)?(?:[^。；;\d]|20\d\d\s*年){{0,20}}?|(?P<other>[比较][^，。；;、\d（(]{{2,12}}?))"
    rf"(?P<way>净?增加|增长|提高|减少|下降|多|少|增收|减收|增支|减支)了?\s*(?P<by>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}})[，,、]\s*"
    rf"(?:同口径)?(?:同比|[比较]\s*(?P=base))?{TOLD}"
)
# 到账 B 万元，到账率 81%，比 2022 年的 A 万元增长 x: B stands before, something else between
THAN = re.compile(
    rf"[，,；;]\s*(?:比|较)\s*(?:{_LAST}|{_YEAR})(?:度|同期)?的?\s*(?P<before>{NUMBER})\s*(?P<unit>[^\d\s，。；、,;（()）%％]{{1,4}}?)[，,]?\s*(?:同比|净)?{TOLD}"
)
# 减少 d 万元，下降 x: the same change told once more
AGAIN = re.compile(rf"[，,、]\s*(?:同比|净|即)?{TOLD}")
_AT_FIRST = re.compile(r"(?:立项|建设|启动|入选|申报|实施|获批)(?:时|前|之初|初期)[^，。；\d]{0,12}$")
OF_WHICH = re.compile("其中|分别")


def by_amounts(text: str) -> Iterator[re.Match[str]]:
    """The growths by an amount of a figure: against a year, of any told before; else of the one right before them."""
    for match in _BY.finditer(text):
        is_relative, points = match["of"] in {"%", "％", "倍"}, match["unit"].endswith("百分点")
        unit = "[%％]" if points else re.escape(match["unit"])
        is_near = not match["other"] or re.search(rf"\d\s*{unit}\s*[，,（(]\s*$", text[: match.start()])
        if is_near and (is_relative or not (match["other"] or points)):
            yield match


def fits_further_back(text: str, match: re.Match[str], by: Decimal) -> bool:
    """Whether it is the growth of a figure anywhere before in the paragraph (支出…。其中…。与上年相比，支出增加…)."""
    values = figures_of(text, match["unit"])
    near = figures_of("。".join(re.split("[。！？\n]", text)[-2:]), match["unit"])
    if makes_between(match, near, match["unit"]):
        return True  # the amount is wrong, which is told by itself, and not the growth
    results = (verdict(match, after + by, after, match["unit"], by_amount=True) for after in values if after + by > 0)
    return _grew_from_it(text, match, by) or any(result is not None and result.is_right for result in results)


def _grew_from_it(text: str, match: re.Match[str], by: Decimal) -> bool:
    """Whether it is the growth of a figure told of the year before (上年 640 万元，本年增加 80 万元，增长 12.5%)."""
    unit = match["unit"]
    former = re.findall(rf"(?:上年|去年|前一年)[^，。；\d]{{0,12}}({NUMBER})\s*{re.escape(unit)}", text)
    base = verdict(match, number(former[-1]), number(former[-1]) - by, unit) if former else None
    return base is not None and base.is_right


def told_once_or_twice(text: str, match: re.Match[str]) -> Sequence[re.Match[str]]:
    """The growth, and the same growth told once more in another unit (减少 9 万元，下降 12%)."""
    again = AGAIN.match(text, match.end())
    return (match, again) if again and not again["fold"] and again["of"] != match["of"] else (match,)


def is_later(before: str, year: str) -> bool:
    """Whether the year told second is the later one, so that the figures stand in the order of time."""
    sentence = re.split("[。！？\n]", before)[-1]
    if year[:4].isdigit() and _AT_FIRST.search(sentence):
        return True
    earlier = re.findall(r"20\d\d(?=\s*年)", sentence)
    return bool(earlier) and year[:4].isdigit() and int(year[:4]) > int(earlier[-1])
