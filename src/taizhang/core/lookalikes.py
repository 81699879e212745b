"""What looks like a quantity and is none (titles, dates, ordinals, programme names, codes): patterns that eat it whole.

These are ways of writing, the same in every report; set phrases of politics and trade are a profile's `traps`.
"""

from taizhang.core import numeral

_YEAR = "(?:19|20)[0-9]{2}"
_DAY = r"[0-9]{1,2}\s*[日号]"
_TO = "[-—–－~～至到、]"

QUOTED = (
    "“[^“”。；]{1,40}”", "‘[^‘’。；]{1,30}’", "《[^《》]{1,90}》", "〈[^〈〉]{1,60}〉", "「[^「」]{1,40}」", "【[^【】]{1,40}】",
    '"[^"。；\\n]{1,40}"',
)  # fmt: skip
DATED = (
    rf"{_YEAR}\s*(?:年\s*)?(?:[-—–－~～至到、/和]+\s*(?:{_YEAR}|[0-9]{{2}}(?=\s*年))\s*){{1,12}}(?:学年|年度|年)",
    rf"{_YEAR}\s*(?:学年|年度|年|级|届)",
    rf"{_YEAR}[-/][01]?[0-9](?:[-/][0-3]?[0-9])?(?![0-9.%])",
    rf"[0-9]{{1,2}}\s*(?:{_TO}\s*[0-9]{{1,2}}\s*)?月(?:\s*{_DAY})?(?:\s*{_TO}\s*(?:[0-9]{{1,2}}\s*月\s*)?{_DAY})*",
    rf"{_DAY}(?!均)",
    r"[0-9]{1,2}[:：][0-9]{2}(?::[0-9]{2})?",
    "[一二三四五六七八九零〇]{4}年",
    "(?:十[一二]|[一二三四五六七八九十])月(?:[一二三]?十?[一二三四五六七八九]?[日号])?",
)
CODED = (
    r"[〔\[［(（][0-9]{4}[〕\]］)）]\s*(?:第\s*)?[0-9]+\s*号",
    r"(?:[表图]|附件|附表|附录|附图)\s*[0-9]+(?:\s*[-—–.]\s*[0-9]+)*(?!\s*[个份项])",
    r"[0-9]+(?:\.[0-9]+){2,}",
    r"(?<![0-9A-Za-z])[0-9A-Za-z]{1,16}(?:\s?[+＋]\s?[0-9A-Za-z]{1,16})+",
    r"[0-9]+\s*[×xX*:：]\s*[0-9]+(?:\s*小时)?",
    r"(?<![A-Za-z])[A-Za-z]{1,16}[-/]?[0-9]+(?:[.-][0-9]+)*(?![0-9.]*\s*(?:%|[人名个项门次]))",
    r"1[0-9]{10}(?![0-9])",
    r"0[0-9]{2,3}-[0-9]{7,8}",
    "[十百千万]人计划",
    "[两三四五六七八九十]个一(?![线流体级类般个])",
    f"(?!百分之)[{numeral.CHARACTERS}]{{1,8}}分之[{numeral.CHARACTERS}]+",
)
# Characters one of which every pattern above begins with, so that a scan can pass all others by.
BEGINNINGS = '“‘《〈「【"〔[［(（表图附0-9A-Za-z' + numeral.CHARACTERS

# Full-width digits and signs, each with the narrow one that takes its place.
_WIDE_AND_NARROW = zip("０１２３４５６７８９％．＋＜＞＝", "0123456789%.+<>=", strict=True)
NARROW = {ord(wide): narrow for wide, narrow in _WIDE_AND_NARROW}
