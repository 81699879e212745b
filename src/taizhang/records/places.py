"""Places: 省—市—县—镇—村 read out of a text as told, and which of two writings mean the same place.

Only what stands in the text is read: 青石镇 is a town of no known county. A name without its ending (云岭) is nothing
by itself; the register knows it as an alias.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from taizhang.records.names import Proposal, folded

RANKS = ("province", "city", "county", "town", "village")
"""The five levels, from the outermost inward."""

_PEOPLES = "畲|壮|瑶|苗|侗|彝|回|满|藏|黎|土家|布依|傣|哈尼|白|蒙古|维吾尔|朝鲜"
_PEOPLE = re.compile(rf"(?:各族|(?:{_PEOPLES})族)+(?=[自村乡镇县区州])|(?:{_PEOPLES})族(?:自治)?$")
_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
_PATTERN = re.compile(
    r"(?P<province>[一-鿿]{2,3}?省|[一-鿿]{2,7}?自治区|[一-鿿]{2}特别行政区)?"
    r"(?P<city>[一-鿿]{2,8}?(?:自治州|地区|(?<!林)盟|市(?!场)))?"
    r"(?P<county>[一-鿿]{2,11}?(?:自治县|县|(?<![地社校园片景山小院厂矿湾])区|高新区|开发区|旗)|(?<=市)[一-鿿]{2,5}?市)?"
    r"(?P<town>[一-鿿]{1,8}?(?:镇|乡|街道)(?:办事处)?)?"
    r"(?P<village>[一-鿿]{1,12}(?:村委会|村|社区|居委会))?"
)
_NOWHERE = re.compile("帮扶|周边|湾区|本地|外地|各地|全[国省市县]")  # ends like a place and is none
_SPLIT = re.compile(r"[、，,;；和/及]")
_ENDINGS = re.compile(
    r"(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|自治州|自治县|地区|街道办事处|街道|村委会|居委会|社区|省|市|县|区|旗|盟|镇|乡|村)$"
)


class Address(NamedTuple):
    """地址 as far as it is told, each part with its ending; empty where it is not."""

    province: str = ""
    city: str = ""
    county: str = ""
    town: str = ""
    village: str = ""

    @property
    def text(self) -> str:
        """The parts together, the outermost first."""
        return "".join(self)

    @property
    def rank(self) -> str:
        """The level of the innermost part that is told, a word of RANKS."""
        return next(rank for rank, part in zip(reversed(RANKS), reversed(self), strict=True) if part)

    @property
    def name(self) -> str:
        """The innermost part that is told."""
        return str(getattr(self, self.rank))

    def may_be(self, other: "Address") -> bool:
        """Whether the two may be one place: innermost alike, and no part outside of it that both tell differs."""
        if self.rank != other.rank or not _same(self.name, other.name):
            return False
        return all(not mine or not its or _same(mine, its) for mine, its in zip(self, other, strict=True))


def addresses(told: str) -> tuple[Address, ...]:
    """The places that a text names, in order; one that is none of the five levels (全国, 海外, 云岭) is not among them."""
    found = (_address(part) for part in _SPLIT.split(folded_place(told)))
    return tuple(each for each in found if each is not None)


def folded_place(told: str) -> str:
    """A text without blanks and dashes between its parts, so that “云岭省-青石县” is read as one."""
    parts = _SPLIT.split(told)
    return "、".join(folded(part) for part in parts if part.strip())


def _address(part: str) -> Address | None:
    match = _PATTERN.fullmatch(part)
    if match is None or not part or _NOWHERE.search(part):
        return None
    told = {rank: match[rank] or "" for rank in RANKS}
    if told["city"] in _MUNICIPALITIES and not told["province"]:
        told["province"] = told["city"]
        told["city"] = ""
    return Address(**told)


def short(name: str) -> str:
    """A part without its ending and the names of peoples: 蓝溪畲族村 is 蓝溪; never less than two characters."""
    plain = _PEOPLE.sub("", name)
    bare = _ENDINGS.sub("", plain)
    bare = _PEOPLE.sub("", bare)
    return bare if len(bare) >= 2 else plain


def _same(one: str, other: str) -> bool:
    return short(one) == short(other)


def proposals(known: Iterable[str], at_most: int = 200) -> tuple[Proposal, ...]:
    """Pairs of told places that may be one, the fuller text to be kept; by the innermost name, never all pairs."""
    by_name: dict[tuple[str, str], list[tuple[str, Address]]] = {}
    for told in dict.fromkeys(known):
        found = addresses(told)
        if len(found) == 1:
            by_name.setdefault((found[0].rank, short(found[0].name)), []).append((told, found[0]))
    pairs = (
        _proposal(one, other)
        for members in by_name.values()
        for place, (one, address) in enumerate(members)
        for other, its in members[place + 1 :]
        if address.may_be(its)
    )
    return tuple(sorted(pairs))[:at_most]


def _proposal(one: str, other: str) -> Proposal:
    keep, merge = sorted((one, other), key=lambda text: (-len(text), text))
    return Proposal(keep, merge, "层级相同，名称相同，外层没有矛盾")
