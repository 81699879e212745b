"""The JSON contract: its keys, its order, its numbers."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks.present.json import indented, number, read_json, result_of, to_json
from taizhang.checks.result import Result
from taizhang.core.fact import Fact
from taizhang.core.quantity import Quantity
from taizhang.core.source import Source
from taizhang.documents.blocks import Document

Golden = Callable[[str, str], None]


def test_a_run_is_written_by_the_contract(result: Result, golden: Golden) -> None:
    golden("present/check.json", to_json(result))


def test_a_reading_is_written_by_the_contract(report: Document, golden: Golden) -> None:
    fact = Fact(
        subject="企业员工培训",
        quantity=Quantity(Decimal("1.124"), "万人日"),
        text="开展企业员工培训1.124万人日",
        source=Source(report.file, line=2, start=10, end=24),
        period="2022-2023",
        cumulative=True,
    )
    golden("present/read.json", read_json(report, [fact]))


def test_every_row_has_as_many_cells_as_there_are_columns(report: Document) -> None:
    for table in json.loads(read_json(report, []))["tables"]:
        assert {len(row) for row in table["rows"]} == {len(table["columns"])}


def test_trouble_is_named_only_when_there_is_any(result: Result) -> None:
    assert set(json.loads(to_json(result))) == {"files", "coverage", "findings", "leftovers"}
    troubled = replace(result, unreadable=(("坏.docx", "坏.docx 已损坏。"),), crashed=(("ARI001", "KeyError"),))
    content = json.loads(to_json(troubled))
    assert content["unreadable"] == [{"file": "坏.docx", "reason": "坏.docx 已损坏。"}]
    assert content["crashed"] == [{"code": "ARI001", "reason": "KeyError"}]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=5))
def test_a_number_has_the_digits_of_the_decimal(value: Decimal) -> None:
    assert json.loads(json.dumps(number(value)), parse_float=Decimal, parse_int=Decimal) == value


def test_a_whole_number_has_no_point() -> None:
    assert (
        json.dumps([number(Decimal("538.0")), number(Decimal("3.170")), number(Decimal("1E+3"))]) == "[538, 3.17, 1000]"
    )


def test_a_run_read_back_from_its_json_is_the_same(result: Result) -> None:
    told = to_json(result)
    assert to_json(result_of(json.loads(told), result.documents)) == told


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_JSON)
def test_it_is_written_as_the_standard_library_writes_it(value: object) -> None:
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1)
