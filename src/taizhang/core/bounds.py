"""The words that say how a number limits a quantity: “不少于”, “超过”, “近”, “以上”, “左右”."""

import re

from taizhang.core.quantity import Bound

_BEFORE_WORDS = {
    Bound.AT_LEAST: ("≥", "⩾", ">=", "≧", "不少于", "不低于", "不小于", "至少", "最少", "最低"),
    Bound.AT_MOST: (
        "≤", "⩽", "<=", "≦", "<", "不超过", "不超", "不高于", "不多于", "不大于", "至多", "最多", "低于", "少于", "小于",
    ),
    Bound.MORE_THAN: ("超过", "超", ">", "突破", "跨越", "迈上", "跃上", "高于", "多于", "大于", "逾", "超出"),
    Bound.NEARLY: ("将近", "接近", "近"),
    Bound.ABOUT: ("大约", "约", "大概", "约为"),
}  # fmt: skip
_AFTER_WORDS = {
    Bound.AT_LEAST: ("及以上", "以上"),
    Bound.AT_MOST: ("及以下", "以下", "以内", "之内"),
    Bound.ABOUT: ("左右", "上下"),
    Bound.MORE_THAN: ("有余", "余", "多"),
}


def _longest_first(words: dict[Bound, tuple[str, ...]]) -> dict[str, Bound]:
    pairs = [(word, bound) for bound, group in words.items() for word in group]
    return dict(sorted(pairs, key=lambda pair: -len(pair[0])))


BEFORE = _longest_first(_BEFORE_WORDS)
AFTER = _longest_first(_AFTER_WORDS)
# Behind the unit; “多” there may also begin the next word (多元, 多种).
AFTER_PATTERN = re.compile(r"\s*(及以上|以上|及以下|以下|以内|之内|左右|上下|有余|余|多(?![元种样个项次数]))")
AFTER_BEGINS = frozenset(word[0] for word in AFTER)
# Between number and unit.
MORE = {"余": Bound.MORE_THAN, "多": Bound.MORE_THAN, "来": Bound.ABOUT, "+": Bound.MORE_THAN}
BLANKS = " \t\n\u3000\u00a0\u2009"
_ENDS = frozenset(word[-1] for word in BEFORE) | {"了"}
_ALIKE = frozenset(
    first + last
    for last, firsts in {"约": "签合节预条履公契违特失制", "近": "最附就邻远亲靠", "超": "赶反彩B"}.items()
    for first in firsts
)


def before(text: str, start: int) -> tuple[Bound | None, int]:
    """The bound whose word ends right before `start`, and where that word begins; `start` itself where there is none."""
    end = start
    while end and text[end - 1] in BLANKS:
        end -= 1
    if not end or text[end - 1] not in _ENDS:
        return None, start
    if text[end - 1] == "了":
        end -= 1
    for word, bound in BEFORE.items():
        if text.endswith(word, 0, end):
            begin = end - len(word)
            return (None, start) if text[max(begin - 1, 0) : end] in _ALIKE else (bound, begin)
    return None, start
