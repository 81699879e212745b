"""Quantities in texts, and numbers in cells."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.core import numeral
from taizhang.core.quantities import number, quantities, worded
from taizhang.core.quantity import Bound, Quantity
from taizhang.profiles import load

CATALOGUE = load().catalogue
UNITS = st.sampled_from(
    ["万元", "亿元", "人次", "万人日", "项", "门", "%", "个百分点", "平方米", "万册", "元/年", "场次/年"]
)
VALUES = st.one_of(st.integers(0, 10**7).map(Decimal), st.decimals("0.01", 99999, places=2))
WORDS = {
    "": Bound.EXACT,
    "≥": Bound.AT_LEAST,
    "不超过": Bound.AT_MOST,
    "超": Bound.MORE_THAN,
    "近": Bound.NEARLY,
    "约": Bound.ABOUT,
}
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


@given(VALUES, UNITS, st.sampled_from(sorted(WORDS)), st.sampled_from(["", " ", "  "]), st.booleans())
def test_a_formatted_quantity_reads_back(value: Decimal, unit: str, word: str, gap: str, grouped: bool) -> None:
    printed = f"{word}{gap}{f'{value:,}' if grouped else value}{gap}{unit}"
    (read,) = quantities(f"本年达到{printed}，", CATALOGUE)
    assert (read.value, read.unit, read.bound) == (value, unit, WORDS[word])
    assert f"本年达到{printed}"[read.start : read.end] == printed.strip()


@given(VALUES, UNITS)
def test_full_width_figures_are_the_same(value: Decimal, unit: str) -> None:
    text = f"共计{value}{unit}。"
    assert quantities(text.translate(WIDE), CATALOGUE) == quantities(text, CATALOGUE)


@given(st.integers(2, 99_999), st.sampled_from(["名", "项", "所", "门课程", "个"]))
def test_numerals_read_as_figures_do(value: int, unit: str) -> None:
    spoken = quantities(
        f"新建{numeral.write(value).replace('二', '两') if value == 2 else numeral.write(value)}{unit}", CATALOGUE
    )
    assert [q.value for q in spoken] == [value]


@given(st.lists(st.tuples(VALUES, UNITS), max_size=6), st.randoms())
def test_the_order_of_clauses_changes_nothing(stated: list[tuple[Decimal, str]], random) -> None:
    clauses = [f"完成{value} {unit}" for value, unit in stated]
    shuffled = random.sample(clauses, len(clauses))
    one, other = (quantities("；".join(some), CATALOGUE) for some in (clauses, shuffled))
    assert sorted((q.value, q.unit) for q in one) == sorted((q.value, q.unit) for q in other)
    assert len(one) == len(stated)


@given(st.text("0123456789一两三十百千万亿余多近约第“”《》年月日个项万元人次%+-—.,，、 至", max_size=60))
def test_any_text_is_read_without_trouble_and_in_order(text: str) -> None:
    found = quantities(text, CATALOGUE)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    number(text)


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound", "upper"),
    [
        ("≥ 120", "120", "", Bound.AT_LEAST, None), ("8-10", "8", "", Bound.RANGE, "10"), ("100%", "100", "%", Bound.EXACT, None), ("=100%", "100", "%", Bound.EXACT, None),
        ("＝ 12个", "12", "个", Bound.EXACT, None),
        ("42.30%", "42.30", "%", Bound.EXACT, None), ("1,732", "1732", "", Bound.EXACT, None), ("1，732", "1732", "", Bound.EXACT, None),
        ("约1732", "1732", "", Bound.ABOUT, None), ("  50 （个） ", "50", "个", Bound.EXACT, None), ("20人以上", "20", "人", Bound.AT_LEAST, None),
        ("1200余人", "1200", "人", Bound.MORE_THAN, None), ("达 98.5％", "98.5", "%", Bound.EXACT, None), ("-5%", "-5", "%", Bound.EXACT, None),
        ("三", "3", "", Bound.EXACT, None), ("12万人次/年", "12", "万人次/年", Bound.EXACT, None), ("0", "0", "", Bound.EXACT, None),
        ("小于3", "3", "", Bound.AT_MOST, None),
    ],
)  # fmt: skip
def test_a_cell_that_is_a_number_is_read(text: str, value: str, unit: str, bound: Bound, upper: str | None) -> None:
    read = number(text)
    assert read is not None
    assert (str(read.value), read.unit, read.bound) == (value, unit, bound)
    assert read.upper == (None if upper is None else Decimal(upper))


@pytest.mark.parametrize(
    "text",
    ["", "-", "--", "/", "—", "无", "√", "2023年", "2022-2023学年", "1.1.2.3", "3+2", "1:18", "合格", "①", "2023③", "第一", "10-8",
     "立项课程 3 门，完成 2 门", "一般"],
)  # fmt: skip
def test_a_cell_that_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


def test_a_figure_written_in_words_is_read_where_a_figure_is_due() -> None:
    assert worded("两门") == Quantity(Decimal(2), "门", start=0, end=2)
    assert worded("三十个左右") == Quantity(Decimal(30), "个", Bound.ABOUT, start=0, end=5)
    assert worded("三门峡") is None
    assert worded("一批") is None


def test_a_cell_in_words_is_read_with_a_catalogue() -> None:
    assert number("三门") is None
    read = number("三门", CATALOGUE)
    assert read is not None
    assert (read.value, read.unit) == (3, "门")


@given(VALUES, st.sampled_from(["", "%", "万元", "门", "人次"]))
def test_cell_and_text_agree(value: Decimal, unit: str) -> None:
    cell = number(f"{value}{unit}")
    assert cell is not None
    assert (cell.value, cell.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "到款1，234.5 万元", "建成1，234 人次", "培训12,34 人", "到款12345,67 万元", "到款1.234,5 万元", "完成1/2 项", "完成30/28 门",
        "到款5·5 万元", "到款12. 5 万元", "另有 12. 5 万元", "招生2千5百人", "到款1’200 元", "共10^4 人次", "共10⁴ 人次",
    ],
)  # fmt: skip
def test_the_second_half_of_an_oddly_printed_figure_is_no_figure(text):
    assert quantities(text, CATALOGUE) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("分别为120，234，345人", [120, 234, 345]),
        ("2023，120人", [120]),
        ("课程/12门", [12]),
        ("投入5 亿，2000 万元", [5, 2000]),
        ("1. 5 万元用于实训", [5]),
        ("共 12 项，120 人参加", [12, 120]),
    ],
)
def test_numbers_that_only_follow_each_other_are_whole(text, values):
    assert [found.value for found in quantities(text, CATALOGUE)] == values


@given(st.integers(1, 99), st.integers(1, 9999), st.sampled_from(["", " "]))
def test_a_figure_in_two_magnitudes_is_one(hundred_millions, ten_thousands, gap):
    text = f"投入{hundred_millions}{gap}亿{gap}{ten_thousands}{gap}万元，"
    (found,) = quantities(text, CATALOGUE)
    assert (found.value, found.unit) == (hundred_millions * 10000 + ten_thousands, "万元")
    assert text[found.start : found.end] == text[2:-1]
    assert number(text[2:-1], CATALOGUE).value == found.value


@pytest.mark.parametrize("minus", ["-", "−", "－", "–"])
def test_every_minus_is_one(minus):
    assert [q.value for q in quantities(f"结余{minus}3、增长{minus}12.5%，", CATALOGUE)] == [Decimal("-12.5")]
    assert number(f"{minus}12").value == -12


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("就业率为百分之九十七点二。", "97.2"),
        ("占百分之八十，", "80"),
        ("提高百分之零点五", "0.5"),
        ("百分之三点左右", "3"),
    ],
)
def test_a_rate_in_words_has_its_decimals(text, value):
    assert [(q.value, q.unit) for q in quantities(text, CATALOGUE)] == [(Decimal(value), "%")]
