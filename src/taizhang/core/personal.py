"""Personal data in a text: identity cards, mobile phones and bank cards, each proved by its own check where it has one.

A number counts only where nothing else explains it: a part of a longer code, a sum of money and what a label such as
合同编号 announces are none.
"""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class PersonalKind(StrEnum):
    """What kind of personal data it is; the value is what users read."""

    IDENTITY_CARD = "身份证号"
    PHONE = "手机号"
    BANK_CARD = "银行卡号"


class Personal(NamedTuple):
    """One find: its kind, the span [start, end) in the text, and what may be shown of it."""

    kind: PersonalKind
    start: int
    end: int
    masked: str


_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789Xx- ")  # one for one: spans stay true
# Not inside a longer code (XM-2023…, 2023_138…) and not the whole part of an amount (…678.50).
_BEFORE = r"(?<![0-9A-Za-z])(?<![0-9A-Za-z][-_.])"
_AFTER = r"(?![0-9A-Za-z])(?![-_.][0-9A-Za-z])"
_IDENTITY = re.compile(rf"{_BEFORE}[1-9]\d{{5}}[ ]?(\d{{4}})(\d{{2}})(\d{{2}})[ ]?\d{{3}}[0-9Xx]{_AFTER}", re.ASCII)
# The segments that operators have; 144, 154, 160 and their like belong to nobody.
_PHONE = re.compile(
    rf"(?<![0-9A-Za-z+])(?:(?<![0-9A-Za-z][-_.])|(?<=86-))(?:\+?86[- ]?)?"
    rf"(1(?:3\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])([- ]?)\d{{4}}\2\d{{4}}){_AFTER}",
    re.ASCII,
)
_CARD = re.compile(rf"{_BEFORE}\d{{4}}([ -]?)\d{{4}}\1\d{{4}}\1\d{{4}}(?:\1\d{{1,3}})?{_AFTER}", re.ASCII)
# 银联 62…, the old 9558 of 19 digits, Visa, Mastercard, JCB.
_ISSUED = re.compile(r"62\d{14,17}|9558\d{15}|4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12}", re.ASCII)
_LABELLED = re.compile(
    r"(?:编号|单号|批号|合同号?|项目号|流水号|登记号|许可证号|文号|学号|工号|序列号|专利号|申请号|ISBN|ISSN|DOI)"
    r"[码为是]?\s*[:：]?\s*$",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"\s*(?:元|万元|亿元|%|％|‰|人次|人日|平方米|件|次)")
_LABEL_REACH = 14  # characters before a number in which its label stands

_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def is_identity_card(digits: str) -> bool:
    """Whether 18 characters are a resident identity number (GB 11643): a province, a day, and the check digit."""
    if not re.fullmatch(r"[1-9]\d{16}[0-9Xx]", digits, re.ASCII) or digits[:2] not in _PROVINCES:
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year < 2100 and identity_check(digits[:17]) == digits[17].upper()


def identity_check(digits: str) -> str:
    """The check character of the first 17 digits."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11]


def is_bank_card(digits: str) -> bool:
    """Whether the digits are a card that banks issue: a known prefix and length, and the Luhn sum."""
    return bool(_ISSUED.fullmatch(digits)) and len(set(digits)) > 2 and luhn(digits) == 0


def luhn(digits: str) -> int:
    """The Luhn sum modulo 10; 0 for a valid number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10


def personal(text: str) -> list[Personal]:
    """What looks like personal data, in the order of the text; no two finds overlap."""
    plain = text.translate(_PLAIN)
    found: list[Personal] = []
    for each in (*_identity_cards(plain), *_bank_cards(plain), *_phones(plain)):
        if all(each.end <= other.start or each.start >= other.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def _identity_cards(plain: str) -> Iterator[Personal]:
    for match in _IDENTITY.finditer(plain):
        digits = match[0].replace(" ", "")
        if is_identity_card(digits):
            masked = f"{digits[:4]}{'*' * 12}{digits[-2:]}"
            yield Personal(PersonalKind.IDENTITY_CARD, match.start(), match.end(), masked)


def _bank_cards(plain: str) -> Iterator[Personal]:
    for match in _CARD.finditer(plain):
        digits = re.sub(r"\D", "", match[0])
        if is_bank_card(digits) and not _explained(plain, match.start(), match.end()):
            masked = f"{digits[:4]}{'*' * (len(digits) - 8)}{digits[-4:]}"
            yield Personal(PersonalKind.BANK_CARD, match.start(), match.end(), masked)


def _phones(plain: str) -> Iterator[Personal]:
    for match in _PHONE.finditer(plain):
        digits = re.sub(r"\D", "", match[1])
        if len(set(digits)) > 2 and not _explained(plain, match.start(), match.end()):
            yield Personal(PersonalKind.PHONE, match.start(), match.end(), f"{digits[:3]}****{digits[-4:]}")


def _explained(plain: str, start: int, end: int) -> bool:
    """Whether the words around a number say that it is something else."""
    before = plain[max(start - _LABEL_REACH, 0) : start].replace("\n", " ")
    return bool(_LABELLED.search(before) or _MEASURED.match(plain, end))
