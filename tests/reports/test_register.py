"""A register is read back as it was written, and what is none is refused with one sentence."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outlines import REPORT
from taizhang.core.errors import UsageError
from taizhang.reports.outline import Figure
from taizhang.reports.register import Register, loads, text_of

FIGURES = st.builds(
    Figure,
    st.text("abc:@.123指标", min_size=1, max_size=8),
    st.text(st.characters(exclude_categories=("Cs",))),
    st.text("甲乙", max_size=3),
    st.sampled_from(["", "0.00"]),
)
ROWS = st.dictionaries(st.sampled_from(["编号", "实现值"]), FIGURES | st.text("一二7"))


@given(st.lists(FIGURES), st.dictionaries(st.sampled_from(["指标", "任务点"]), st.lists(ROWS, max_size=3)))
def test_a_register_is_read_back_equal(known: list[Figure], rows: dict[str, list[dict[str, str | Figure]]]) -> None:
    inside = [part for lines in rows.values() for line in lines for part in line.values() if isinstance(part, Figure)]
    assume(len({each.key for each in (*known, *inside)}) == len({*known, *inside}))  # one address says one thing
    made = Register.of("a" * 64, known, rows)
    again = loads(made.written(), "数据.json")
    assert again == made
    assert again.written() == made.written()


def test_an_outline_gives_the_register_that_it_was_written_from() -> None:
    made = Register.of_outline(REPORT)
    assert made.snapshot == REPORT.snapshot
    assert made.figures["indicator:1.1.1.1:actual@2024"].text == "7"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "7", '{"taizhang": "figures"}', '{"taizhang": "taizhang-figures"}', "[" * 100_000,
     '{"taizhang": "taizhang-figures", "figures": [{"address": "a", "text": 7}]}'],
)  # fmt: skip
def test_what_is_no_register_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "数据.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"数据\.json 不是台账的数据文件"):
        loads(text_of(path), path.name)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有这个文件"):
        text_of(tmp_path / "没有.json")
    (tmp_path / "乱.json").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(UsageError, match="UTF-8"):
        text_of(tmp_path / "乱.json")


def test_a_figure_is_brought_into_the_form_that_its_key_asks_for() -> None:
    known = Register.of("", [Figure("a", "1200"), Figure("a", "一千二百", form="大写")])
    assert [each and each.text for each in map(known.figure, ("a", "a|大写", "a|千分位", "a|没有", "b|整数"))] == [
        "1200", "一千二百", "1,200", None, None,
    ]  # fmt: skip


def test_a_list_says_what_the_report_prints() -> None:
    made = Register.of("", [Figure("a", "--")], {"指标": [{"实现值": Figure("a", "")}]})
    assert made.rows["指标"][0]["实现值"] == made.figures["a"] == Figure("a", "--")
