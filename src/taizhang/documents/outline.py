"""Headings and captions known by how they are numbered, whatever the file's styles say."""

import re
from typing import NamedTuple

CHINESE_DIGITS = "一二三四五六七八九十百〇零"
MAX_HEADING = 60  # longer lines that begin with a number are list items or sentences
MAX_CAPTION = 90

# “26 个社区” at the beginning of a line is a quantity, “2 项目概况” a heading.
_MEASURED = (
    "(?:[多余万亿元次所位种批件处间台亩吨岁届篇]|个(?!性)|项(?!目)|门(?!户)|人(?!才|员|事|文)|名(?!师)|家(?!庭)|年(?!度)"
    "|月|日|场(?!地)|套|部(?!门|署)|本(?!科|校|次|年|专)|支(?!持|撑|出)|期(?!满|末|中))"
)
# The customary order of heading numbers in Chinese official documents (党政机关公文格式 GB/T 9704 §7.3.3 has the first
# four), outermost first.
_NUMBERINGS = (
    re.compile(rf"第[{CHINESE_DIGITS}\d]{{1,3}}(?:部分|章|篇)"),
    re.compile(rf"[{CHINESE_DIGITS}]{{1,3}}、|第[{CHINESE_DIGITS}\d]{{1,3}}节(?!课|约)"),
    re.compile(rf"[（(][{CHINESE_DIGITS}]{{1,3}}[)）]、?"),
    re.compile(rf"\d{{1,2}}(?:[.．、](?!\d)|\s+(?=[\u4e00-\u9fff“])(?!{_MEASURED}))"),
    re.compile(r"[（(]\d{1,2}[)）]"),
    re.compile(r"\d{1,2}[)）]"),
    re.compile(r"[①-⑳]"),
)
_DECIMAL = re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,3})[.．、]?\s*(?=[^\d\s.．%％万亿元人个项])")
_SENTENCE = re.compile(r"[。！？；;]")
_CAPTION = re.compile(
    r"(?P<kind>续表|附表|续附表|表)\s*(?P<number>[0-9０-９A-Za-z]{1,3}(?:\s*[-－—–‐.．·]\s*[0-9０-９]{1,3}){0,3}"
    rf"|[{CHINESE_DIGITS}]{{1,3}})?\s*(?P<mark>[:：.．、]?)\s*(?P<text>.*)",
    re.DOTALL,
)
_BRACKETED = re.compile(
    r"[（(【\[]\s*(?P<label>(?:续|附)?表[^（）()【】\[\]]{1,12})[)）】\]]\s*(?P<text>.*)", re.DOTALL
)
_AT_END = re.compile(r"(?P<text>[^，。；：:见如]{4,40}?)\s*[（(]\s*(?P<label>(?:续|附)?表[^（）()]{1,12})[)）]")
# “表 2-48、表 2-49”, “表 3 所示”: a sentence that speaks of a table, not its caption.
_SPEAKS_OF = re.compile(r"\s*(?:、|，|和|与|至|及|所示|可见|显示|中的|列示|反映|说明了|给出|的)")
_NAMELESS = re.compile(r"[^，。；：:、]{2,40}(?:表|一览|汇总|清单|统计|明细)(?:[（(][^（()）]{1,20}[)）])?$")
_UNIT = re.compile(r"[（(]?\s*(?:计量|金额|数据|货币)?单位\s*[:：]\s*(?P<unit>[^()（）\s]{1,8})\s*[)）]?$")
# “填报单位：云岭学院  2023年  单位：万元”: one line for all that is said of a table.
_UNIT_AT_END = re.compile(
    r"[^。；]{0,40}[：:][^。；]{1,40}\s[（(]?(?:计量|金额|数据|货币)?单位\s*[:：]\s*(?P<unit>[百千万亿]*元|人次?|[个项%％])\s*[)）]?"
)
_LEADER_END = 100  # characters at the end of a line that show it
_DOTS = frozenset(".…·．")
_DOT_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|．{4,}|(?:\.\s){4,})\s*\d{0,4}\s*$")


class Label(NamedTuple):
    """A caption taken apart. `start` is where the caption's own text begins; `continued` tells a 续表."""

    number: str | None
    text: str
    start: int
    continued: bool


def numbering_rank(text: str) -> int | None:
    """The heading level (1 is outermost) that the number in front of a text stands for, or None."""
    text = text.lstrip()
    decimal = _DECIMAL.match(text)
    if decimal:
        return 3 + decimal[1].count(".") + decimal[1].count("．")
    for rank, pattern in enumerate(_NUMBERINGS, 1):
        if pattern.match(text):
            return rank
    return None


def heading_level(text: str) -> int | None:
    """The level of a line that is a numbered heading by itself, or None.

    A heading is short and is no sentence; items marked ① are never headings of their own when they end a clause.
    """
    if len(text) > MAX_HEADING or _SENTENCE.search(text) or text.endswith(("，", "、", "：", ":", ",")):
        return None
    rank = numbering_rank(text)
    if rank is None:
        return None
    if rank >= 4 and "，" in text and len(text) > 40:
        return None
    return rank


def ordinal(text: str) -> str:
    """The number that a line begins with, as printed; empty where it begins with none."""
    patterns = (_DECIMAL, *_NUMBERINGS)
    text = text.lstrip()
    return next((match[0].strip() for pattern in patterns if (match := pattern.match(text))), "")


def starts_section(text: str) -> bool:
    """Whether a line opens a new section or item, so that the line before it cannot run on into it."""
    rank = numbering_rank(text)
    return rank is not None and (
        rank <= 3 or rank in {5, 6, 7} or bool(re.match(r"\d{1,2}[.．、]\s*[\u4e00-\u9fff“]", text))
    )


def caption_label(text: str) -> Label | None:
    """A line read as a table caption (“表 2-46：…”, “表3.2 …”, “附表5 …”, “续表”), or None."""
    plain = text.strip()
    if not plain or len(plain) > MAX_CAPTION or "表" not in plain:
        return None
    if plain[0] not in "表附续":
        return _label_in_brackets(plain)
    match = _CAPTION.match(plain)
    if match is None or (match["number"] is None and match["kind"] != "续表"):
        return None
    rest = match["text"]
    if match["mark"] == "、" or (not match["mark"] and _SPEAKS_OF.match(rest)) or "。" in rest or rest.endswith("；"):
        return None
    number = re.sub(r"\s+", "", match["number"] or "").translate(_HALF_WIDTH)
    kind = match["kind"]
    prefix = "附表" if "附" in kind else ""
    return Label(prefix + number if number else None, rest.strip(), match.start("text"), "续" in kind)


def _label_in_brackets(plain: str) -> Label | None:
    """A caption whose number stands in brackets before or after it: “（表1）…”, “…（表1）”."""
    match = _BRACKETED.match(plain) or _AT_END.fullmatch(plain)
    label = None if match is None else caption_label(match["label"])
    if match is None or label is None or label.text or "。" in match["text"]:
        return None
    return label._replace(text=match["text"].strip(), start=match.start("text"))


def nameless_caption(text: str) -> bool:
    """Whether a short line without a number names the table it stands at (“各学院到款统计表”)."""
    return bool(_NAMELESS.fullmatch(text.strip())) and numbering_rank(text.strip()) is None


def unit_note(text: str) -> str | None:
    """The unit of a line such as “单位：万元”, or None."""
    plain = text.strip()
    match = _UNIT.fullmatch(plain) or (_UNIT_AT_END.fullmatch(plain) if "单位" in plain else None)
    return match["unit"] if match else None


def is_contents_line(text: str) -> bool:
    """Whether a line is an entry of a contents list (dot leaders and a page number)."""
    last = text[-_LEADER_END:].rstrip().rstrip("0123456789").rstrip()[-1:]
    if last not in _DOTS and not last.isdecimal():  # nearly all lines, which are all asked
        return False
    return _DOT_LEADER.search(text, max(len(text) - _LEADER_END, 0)) is not None


_HALF_WIDTH = (
    {ord("０") + n: str(n) for n in range(10)} | {ord(c): "-" for c in "－—–‐"} | {ord("．"): ".", ord("·"): "."}
)
