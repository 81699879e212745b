"""Personal data is found by its check digits, and ordinary numbers of a report are not taken for it."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core.personal import (
    PersonalKind,
    identity_check,
    is_bank_card,
    is_identity_card,
    luhn,
    personal,
)

# Made by these strategies at random: the numbers belong to nobody that we know of, and none stands written here.
days = st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1))


@st.composite
def identity_cards(draw):
    body = f"53{draw(st.integers(0, 9999)):04}{draw(days):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return body + identity_check(body)


@st.composite
def bank_cards(draw):
    body = "62" + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=13, max_size=16)))
    return body + str(-luhn(body + "0") % 10)


phones = st.builds(
    "{}{:08}".format, st.sampled_from(["138", "159", "186", "199", "177"]), st.integers(10_203_040, 98_765_432)
)
around = st.sampled_from(["{}", "联系人：林晓，{}。", "{}\n", "（{}）", "，{}、", "电话{}"])


def kinds(text):
    return [each.kind for each in personal(text)]


@given(identity_cards(), around)
def test_a_true_identity_number_is_found(number, words):
    assert is_identity_card(number)
    assert kinds(words.format(number)) == [PersonalKind.IDENTITY_CARD]


@given(identity_cards(), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_no_identity_number(number, place, shift):
    wrong = "0123456789"[(int(number[place]) + shift) % 10] if number[place].isdigit() else str(shift)
    assert not is_identity_card(number[:place] + wrong + number[place + 1 :])


@given(bank_cards(), around)
def test_a_true_bank_card_is_found(number, words):
    found = personal(words.format(number))
    assert [each.kind for each in found] in ([PersonalKind.BANK_CARD], [PersonalKind.IDENTITY_CARD])
    assert is_bank_card(number) or len(set(number)) <= 2


@given(bank_cards(), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_no_bank_card(number, place, shift):
    wrong = str((int(number[place]) + shift) % 10)
    assert not is_bank_card(number[:place] + wrong + number[place + 1 :])


@given(phones, around)
def test_a_mobile_phone_is_found_and_masked(number, words):
    [found] = personal(words.format(number))
    assert found.kind == PersonalKind.PHONE
    assert found.masked == f"{number[:3]}****{number[-4:]}"


@given(phones)
def test_the_ways_to_write_a_phone_are_known(number):
    grouped = f"{number[:3]} {number[3:7]} {number[7:]}"
    for text in (f"+86 {number}", f"86-{number}", grouped, grouped.replace(" ", "-"), f"{number}/{number}"):
        assert set(kinds(text)) == {PersonalKind.PHONE}, text
    assert kinds(number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))) == [PersonalKind.PHONE]


@given(st.one_of(identity_cards(), bank_cards(), phones))
def test_what_is_shown_is_not_the_number(number):
    for each in personal(f"他的是{number}。"):
        assert number not in each.masked
        assert each.masked.count("*") >= 4


@given(phones, bank_cards())
def test_a_part_of_a_code_and_a_labelled_code_are_no_personal_data(phone, card):
    for text in (
        f"XM-{phone}", f"{phone}-01", f"{phone}A", f"2023{phone}", f"合同编号：{phone}", f"订单号{card}", f"流水号 {card}",
        f"{phone}.50 元", f"{phone} 元", f"投入 {phone}元", f"项目编号为{card}", f"{card}_01", f"v{phone}",
    ):  # fmt: skip
        assert kinds(text) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-08 14:30:00 入库，累计 13800 人次",
        "教职成〔2023〕12 号",
        "ISBN 978-7-04-012345-6",
        "统一社会信用代码 12530000431200XXXX",
        "资产编号 20230901001 至 20230901138",
        "表 2-46 第 13 行：1310、1286、1455.75 万元",
        "11111111111、00000000000、13333333333",
        "邮编 650000，电话 0871-65012345",
        "",
    ],
)
def test_ordinary_numbers_of_a_report_are_left_alone(text):
    assert kinds(text) == []


@given(st.text(alphabet=st.sampled_from("0123456789Xx-_. 元号：，年"), max_size=200))
def test_finds_lie_in_the_text_in_order_and_apart(text):
    found = personal(text)
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
