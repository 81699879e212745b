"""Which item of the ledger a row of a report tells of."""

from pathlib import Path

from taizhang.core.ledger import Ledger, LedgerIndicator, LedgerPoint
from taizhang.documents import read
from taizhang.intake.counterparts import indicator_pairs, point_pairs, references
from taizhang.intake.reading import reading_of
from taizhang.profiles import load

REPORT = """
| 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|
| 1.1.1 省级在线课程（门） | 6 | 8 | 100% |
| 校级教材（部） | 6 | 8 | 100% |

表2 任务

| 任务名称 | 2023年计划 | 2023年完成情况 | 2024年计划 | 2024年完成情况 | 完成度 |
|---|---|---|---|---|---|
| 1-1 课程建设 | ①新建课程2门 | ①建成课程2门 | ①新建教材3部 | ①出版教材3部 | 100% |
"""


def plans(folder: Path):
    file = folder / "报告.md"
    file.write_text(REPORT, encoding="utf-8")
    return reading_of(read(file), load("generic")).plans


def indicator(code: str, name: str, reference: int) -> LedgerIndicator:
    return LedgerIndicator(code=code, name=name, reference=reference)


def point(year: int, plan: str, reference: int) -> LedgerPoint:
    return LedgerPoint(
        task_code="1-1", task_name="课程建设", year=year, ordinal=1, plan=plan, text=plan, reference=reference
    )


def test_an_indicator_without_code_is_known_by_a_name_that_stands_once(tmp_path: Path) -> None:
    rows = plans(tmp_path).indicators
    once = Ledger(indicators=(indicator("2.1", "校级教材", 1), indicator("1.1.1", "省级在线课程", 2)))
    assert [(pair.row.name, pair.item.reference) for pair in indicator_pairs(rows, once)] == [
        ("省级在线课程", 2),
        ("校级教材", 1),
    ]
    twice = Ledger(indicators=(indicator("2.1", "校级教材", 1), indicator("2.2", "校级教材", 2)))
    assert list(indicator_pairs(rows, twice)) == []


def test_a_point_is_of_its_year(tmp_path: Path) -> None:
    rows = plans(tmp_path).points
    ledger = Ledger(points=(point(2024, "新建课程2门", 1), point(2024, "新建教材3部", 2)))
    assert [(pair.row.name, pair.item.reference) for pair in point_pairs(rows, ledger)] == [("2024①", 2)]


def test_a_cell_of_two_points_is_no_ones(tmp_path: Path) -> None:
    ledger = Ledger(
        indicators=(indicator("1.1.1", "省级在线课程", 7),),
        points=(point(2023, "新建课程2门", 1), point(2024, "新建教材3部", 2)),
    )
    assert references(plans(tmp_path), ledger) == {
        (1, 1, None): 7, (2, 1, 2): 1, (2, 1, 3): 1, (2, 1, 4): 2, (2, 1, 5): 2,
    }  # fmt: skip
