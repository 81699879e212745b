"""Drafts of small invented documents: a task book, a self-evaluation and an Excel plan."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from taizhang.documents import read
from taizhang.intake.programme import ProgrammeDraft, drafted
from taizhang.profiles import load

HERE = Path(__file__).parent


@pytest.fixture
def draft_of(tmp_path: Path) -> Callable[[str], ProgrammeDraft]:
    """The draft of a page of Markdown."""

    def make(text: str) -> ProgrammeDraft:
        path = tmp_path / "页.md"
        path.write_text(text, encoding="utf-8")
        return drafted(read(path), load())

    return make


@pytest.fixture(scope="session")
def task_book() -> ProgrammeDraft:
    return drafted(read(HERE / "task_book.md"), load())


@pytest.fixture(scope="session")
def self_evaluation() -> ProgrammeDraft:
    return drafted(read(HERE / "self_evaluation.md"), load())


@pytest.fixture(scope="session")
def excel_plan(tmp_path_factory: pytest.TempPathFactory) -> ProgrammeDraft:
    """One row a task point, the task in a merged cell, and a sheet of indicators."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务计划"
    sheet.append(["青禾职业技术学院建设任务计划表"])
    sheet.append(["任务编号", "任务名称", "年度", "序号", "计划内容", "完成时限", "责任部门", "备注"])
    for row in (
        ["1-1", "头雁工程", "2023年", 1, "制定培养办法1项", "2023年6月", "组织部", None],
        ["1-1", None, "2023年", 2, "培育支部4个", "2023年12月", "组织部", "与团委合办"],
        ["1-1", None, "2024年", 1, "建成样板支部1个", "2024年12月", "组织部", None],
        ["1-2", "铸魂工程", "2023年", 1, "立项思政课程3门", "2023年9月", "马克思主义学院", None],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:B5")
    sheet.merge_cells("A1:H1")
    indicators = book.create_sheet("绩效指标")
    indicators.append(["编号", "指标名称", "单位", "2023年目标", "2024年目标", "期满目标", "责任部门"])
    indicators.append(["S1", "校级课程", "门", 20, 30, 50, "教务处"])
    indicators.append(["S2", "非学历培训", "人日/年", 8000, 9000, 10000, "继续教育学院"])
    path = tmp_path_factory.mktemp("计划") / "计划.xlsx"
    book.save(path)
    return drafted(read(path), load())
