"""Laws of finding one thing again: by its words in any order, and by the digits of its figure."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taizhang.checks import check
from taizhang.documents import read

# A row, and what running text calls the same thing.
NAMES = [
    ("授权发明专利（件）", "取得发明专利授权 {} 件"),
    ("企业员工培训（人次）", "培训企业员工 {} 人次"),
    ("横向技术服务到款（万元）", "横向技术服务到账 {} 万元"),
    ("解决技术难题（项）", "为企业攻克技术难题 {} 项"),
    ("中小学生职业体验（人次）", "开展中小学生职业体验 {} 人次"),
]
names = st.sampled_from(NAMES)
figures = st.integers(100, 9999).filter(lambda number: number % 10 and str(number)[0] != str(number)[-1])


def told(row: str, number: int, sentence: str, folder: Path) -> list[str]:
    """What CON016 and CON017 say of a report with one row and one sentence."""
    file = folder / "report.md"
    file.write_text(
        f"# 云岭职业技术学院2024年度自评报告\n\n2024 年，{sentence}。\n\n"
        f"| 项目 | 2023年 | 2024年 |\n|---|---|---|\n| {row} | {number + 7} | {number} |\n| 走访企业（家） | 31 | 36 |\n",
        encoding="utf-8",
    )
    result = check([read(file)], select=["CON016", "CON017"])
    assert not result.crashed, result.crashed
    return [finding.code for finding in result.findings]


def exchanged(number: int) -> int:
    """The number with its first and last digit exchanged."""
    digits = str(number)
    return int(digits[-1] + digits[1:-1] + digits[0])


@given(name=names, number=figures)
def test_a_figure_told_as_the_table_has_it_is_no_finding(
    name: tuple[str, str], number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("told")
    row, sentence = name
    assert told(row, number, sentence.format(number), folder) == []


@given(name=names, number=figures)
def test_exchanged_digits_are_told_once_whatever_the_order_of_the_words(
    name: tuple[str, str], number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("told")
    row, sentence = name
    other = exchanged(number)
    expected = ["CON016"] if max(other, number) <= 5 * min(other, number) else []
    assert told(row, number, sentence.format(other), folder) == expected


@given(name=names, number=figures)
def test_the_figure_of_another_year_or_of_both_is_no_finding(
    name: tuple[str, str], number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("told")
    row, sentence = name
    assert told(row, number, "比上年的数有变化；两年累计" + sentence.format(2 * number + 7), folder) == []
