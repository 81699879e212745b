"""STR022: one thing is counted with two measure words in one paragraph, or people named one way and counted another."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._structure import Text, texts

_COUNT = re.compile(
    r"(?<![\d.])(?P<number>\d[\d,]*|[两一二三四五六七八九十]{1,3})\s*(?P<word>个|所|家)(?:左右|以上|以内)?(?P<noun>[一-鿿]{2,4})"
)
_LONG = 4  # characters of a noun from which it needs no end
_GOING_ON = re.compile("水平|课程|项目|标准|教材|学生|教师|团队|专业|企业|平台|基地|中心|案例|成果|负责|联盟|班")
_HAN = re.compile("[一-鿿]")
_TIMES = re.compile(
    r"(?P<name>人次)(?:数|均|总计|共计|合计|累计|共|达到|达|为|是|约|超过|突破|近|超|[：:]|\s){0,3}"
    r"(?P<figure>\d[\d,.]*\s*万?\s*[余多]?\s*[人名])(?![次日天均才员民数/·]|\s*[（(]次)"
)
_HEADS = re.compile(
    r"(?P<name>人数)(?:总计|共计|合计|累计|共|达到|达|为|是|约|超过|突破|近|超|[：:]|\s){0,3}(?P<figure>\d[\d,.]*\s*万?\s*[余多]?\s*人次)"
)


@rule("STR022", kind="label_error", severity="info", since="0.8")
def measure_word_in_two_forms(context: Context) -> Iterator[Problem]:
    """同一样东西在一段里用了两个量词，或者“人次”以人计、“人数”以人次计。

    ## 为什么
    “6 个产业学院……3 所产业学院”“参与人次达 43 人”读得懂，但填表、汇总时单位就不一致；人与人次更是两个口径。

    ## 不合格
    农技员夜校开课，听课人次为 38 人。首批 5 个产业学院挂牌招生，次批 2 所产业学院正在筹建。

    ## 合格
    农技员夜校开课，听课 38 人次。首批 5 个产业学院挂牌招生，次批 2 个产业学院正在筹建。

    ## 例外
    只比较同一段里的个、所、家；后面的名称不完全相同的（“3 家企业”“5 个企业项目”）是两样东西，不报。

    ## 依据
    GB/T 7713.3—2014《科技报告编写规则》：计量单位、名称应前后一致。
    """
    for reading in context.readings:
        for text in texts(reading, context):
            words = text.text
            if "人次" in words:
                yield from _people(text)
            if ("所" in words) + ("家" in words) + ("个" in words) > 1:
                yield from _measured(text)


def _people(text: Text) -> Iterator[Problem]:
    """“人次达 43 人”, “人数近 500 人次”."""
    for pattern in (_TIMES, _HEADS):
        for match in pattern.finditer(text.text):
            message = f"“{match[0]}”：名称是{match['name']}，单位却不是，应统一为人或人次"
            yield text.problem(match.start("figure"), match.end("figure"), message)


def _measured(text: Text) -> Iterator[Problem]:
    """Things that a paragraph counts with two words."""
    seen: dict[str, re.Match[str]] = {}
    told: set[str] = set()
    for match in _COUNT.finditer(text.text):
        noun = match["noun"]
        going_on = _GOING_ON if len(noun) == _LONG else _HAN
        if going_on.match(text.text, match.end()):
            continue
        first = seen.setdefault(noun, match)
        if first["word"] != match["word"] and noun not in told:
            told.add(noun)
            message = (
                f"同一段里“{first['number']} {first['word']}{noun}”“{match['number']} {match['word']}{noun}”，量词不一"
            )
            yield text.problem(*match.span(), message, related=(text.related(*first.span()),))
