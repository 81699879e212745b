"""Outside bodies: what one is, as far as its name says so. A guess to begin with; the register lets people change it."""

import re

from taizhang.records.names import folded

_BRACKETED = re.compile(r"\([^()]*\)$")
_ENDINGS = (
    ("village", r"村|社区|[村居]委会|[村居]民委员会|合作联社|街道|[一-鿿]{2,}[镇乡]"),
    ("government", r"政府|[一-鿿]{2,}[厅局]|管委会|管理委员会|办事处|委组织部|委宣传部|委统战部"),
    ("secondary", r"中学|小学|幼儿园|职业高中|职教中心|职业教育中心|(?<![党驾])(?:学校|职校|技校|中专)"),
    ("university", r"大学|(?<!产业)学院|高等专科学校"),
    ("association", r"协会|学会|商会|联合会|研究会|促进会|基金会"),
    ("enterprise", r"公司|集团|合作社|[一-鿿]{2,}厂|企业|农场|酒店|商行"),
)
_KINDS = tuple((kind, re.compile(rf".*(?:{words})$")) for kind, words in _ENDINGS)


def kind_of(name: str) -> str:
    """The key of what a body of this name is (government, university …); empty where the name does not say."""
    plain = _BRACKETED.sub("", folded(name)) or folded(name)
    if plain.endswith("高等专科学校"):
        return "university"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(plain)), "")
