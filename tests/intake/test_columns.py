from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.intake.columns import Headers
from taizhang.profiles import load

HEADERS = Headers(load().sections["columns"])


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("期满目标值", "target_end"), ("中期目标值¹", "target_mid"), ("中 期 目 标 值", "target_mid"), ("年度指标值", "target_year"), ("目标值", "target_year"),
        ("中期实现值", "actual"), ("实际完成值", "actual"), ("全年实际完成情况", "actual"), ("中期完成度", "rate"), ("完成率", "rate"), ("预算执行率", "rate"),
        ("2022 年度计划", "plan"), ("计划内容", "plan"), ("2022年度任务完成情况", "done"), ("三级指标", "indicator"), ("指标名称", "indicator"),
        ("任务数", "count_total"), ("中期指标数", "count_total"), ("完成数", "count_done"), ("建设任务", "task"), ("计量单位", "unit"), ("序号", "sequence"),
        ("佐证材料", "evidence"), ("偏差原因分析及改进措施", "reason"), ("一级指标", "category"), ("联系电话", None),
        ("目标值/终期", "target_end"), ("目标值/中期", "target_mid"), ("中期完成/完成值", "actual"), ("设定值", "target_year"),
        ("2024年预期", "target_year"), ("2024年实际", "actual"), ("年末达到", "actual"), ("偏离说明", "reason"), ("2024年度/预定目标", "plan"),
        ("年度预期产出", "plan"), ("实际产出", "done"), ("到位/2023年", None), ("建设内容/数量", None),
    ],
)  # fmt: skip
def test_header_words_have_one_role(words: str, role: str | None) -> None:
    assert HEADERS.column(0, words).role == role


def test_years_and_units_are_read_from_the_header() -> None:
    column = HEADERS.column(3, "经费情况/2023 年实际支出（万元）")
    assert (column.year, column.unit) == ("2023", "万元")


def roles(rows: str, folder: Path) -> list[str | None]:
    """The roles of the columns of a table in Markdown."""
    file = folder / "table.md"
    file.write_text(rows, encoding="utf-8")
    (table,) = read(file).tables
    return [column.role for column in HEADERS.of(table)]


TASKS = """
| 课程建设 | 建成省级精品课程 2 门 | 建成省级精品课程 3 门 | {} |
| 教材建设 | 出版校企合作教材 3 部 | 出版校企合作教材 4 部 | {} |
| 社会服务 | 开展企业员工培训 800 人次 | 开展企业员工培训 860 人次 | {} |
"""
INDICATORS = """
| 省级精品课程（门） | 10 | 12 | 120% |
| 企业员工培训（人次） | 2000 | 2300 | 115% |
| 校企合作教材（部） | 8 | 8 | 100% |
"""


@pytest.mark.parametrize(
    ("head", "cell", "rate"),
    [
        ("任务 | 任务书约定 | 期满落实 | 落实程度", "100%", "rate"),
        ("举措 | 年初安排 | 年末完成 | 评价", "完成", "verdict"),
        ("建设任务 | 年度目标 | 年度成效 | 完成度", "100%", "rate"),
        ("编号 | 任务点 | 完成说明 | 进度", "100%", "rate"),
    ],
)
def test_sentences_that_echo_each_other_are_plan_and_completion(
    head: str, cell: str, rate: str, tmp_path: Path
) -> None:
    found = roles(f"| {head} |\n|---|---|---|---|{TASKS.replace('{}', cell)}", tmp_path)
    assert found[1:] == ["plan", "done", rate]


def test_a_problem_and_its_remedy_are_no_plan_where_nothing_judges_them(tmp_path: Path) -> None:
    found = roles(
        f"| 序号 | 存在问题 | 采取措施 | 责任部门 |\n|---|---|---|---|{TASKS.replace('{}', '教务处')}", tmp_path
    )
    assert "done" not in found


@pytest.mark.parametrize(
    "head", ["内容 | 目标任务 | 实绩 | 完成率", "绩效内容 | 设定目标 | 取得成果 | 完成程度", "三级指标 | 指标值 | 自评值 | 完成情况",
             "指标内容 | 应完成 | 已完成 | 完成进度", "考核指标 | 任务数 | 完成数 | 完成率（%）"]
)  # fmt: skip
def test_numbers_that_make_the_rate_are_target_and_actual(head: str, tmp_path: Path) -> None:
    found = roles(f"| {head} |\n|---|---|---|---|{INDICATORS}", tmp_path)
    assert found[1:] == ["target_year", "actual", "rate"]


def test_money_that_makes_a_rate_is_no_indicator(tmp_path: Path) -> None:
    rows = (
        "| 来源 | 下达 | 用去 | 执行率 |\n|---|---|---|---|\n| 财政 | 500 | 480 | 96% |\n| 自筹 | 200 | 190 | 95% |\n"
    )
    assert "actual" not in roles(rows, tmp_path)


def test_each_year_has_its_plan_and_its_completion(tmp_path: Path) -> None:
    rows = (
        "| 任务 | 2023年约定 | 2023年落实 | 2024年约定 | 2024年落实 | 自评 |\n|---|---|---|---|---|---|\n"
        "| 课程 | 立项省级精品课程 2 门 | 立项省级精品课程 2 门 | 建成省级精品课程 2 门 | 建成省级精品课程 2 门 | 完成 |\n"
        "| 教材 | 编写校企合作教材 4 部 | 完成校企合作教材 4 部 | 出版校企合作教材 4 部 | 出版校企合作教材 4 部 | 完成 |\n"
    )
    assert roles(rows, tmp_path)[1:] == ["plan", "done", "plan", "done", "verdict"]


def test_every_year_has_its_plan_whatever_it_is_called(tmp_path: Path) -> None:
    rows = (
        "| 要点 | 2023年拟办 | 2023年落实情况 | 2024年拟办 | 2024年落实情况 |\n|---|---|---|---|---|\n"
        "| 课程 | 立项省级精品课程 2 门 | 立项省级精品课程 2 门 | 建成省级精品课程 2 门 | 建成省级精品课程 2 门 |\n"
        "| 教材 | 编写校企合作教材 4 部 | 完成校企合作教材 4 部 | 出版校企合作教材 4 部 | 出版校企合作教材 4 部 |\n"
    )
    assert roles(rows, tmp_path)[1:] == ["plan", "done", "plan", "done"]


def test_of_several_columns_that_nearly_make_the_rate_the_exact_ones_are_taken(tmp_path: Path) -> None:
    rows = (
        "| 服务指标（单位） | 前年 | 定数 | 得数 | 完成率 |\n|---|---|---|---|---|\n"
        "| 到馆读者（人次） | 18600 | 19500 | 20460 | 104.9% |\n| 文献外借（册） | 1425 | 1500 | 1575 | 105.0% |\n"
        "| 读者活动（场） | 570 | 600 | 630 | 105.0% |\n"
    )
    assert roles(rows, tmp_path)[2:] == ["target_year", "actual", "rate"]


def test_a_growth_beside_it_is_not_taken_for_the_rate(tmp_path: Path) -> None:
    rows = (
        "| 主要指标 | 2023年完成 | 2024年计划 | 2024年完成 | 完成计划 | 同比 |\n|---|---|---|---|---|---|\n"
        "| 招生（人） | 2480 | 2600 | 2652 | 102.0% | 6.9% |\n| 培训（人次） | 6400 | 7000 | 7360 | 105.1% | 15.0% |\n"
        "| 收入（万元） | 520 | 560 | 588 | 105.0% | 13.1% |\n"
    )
    assert roles(rows, tmp_path)[2:5] == ["target_year", "actual", "rate"]


def test_a_goal_that_only_labels_plan_and_completion_is_no_target(tmp_path: Path) -> None:
    rows = (
        "| 年度总体目标 | 预期目标 | 实际完成情况 |\n|---|---|---|\n"
        "| 目标1 | 开展教师培训 20 期 | 开展教师培训 22 期 |\n| 目标2 | 资助家庭困难学生 600 人 | 资助家庭困难学生 560 人 |\n"
    )
    assert roles(rows, tmp_path) == ["task", "plan", "done"]


def test_words_that_say_done_in_time_judge_the_rows(tmp_path: Path) -> None:
    rows = (
        "| 绩效指标 | 目标值 | 实际完成值 | 完成情况 |\n|---|---|---|---|\n"
        "| 教师参加培训（人次） | 400 | 436 | 按时完成 |\n| 新增图书（册） | 2000 | 2100 | 已办结 |\n"
    )
    assert roles(rows, tmp_path)[-1] == "verdict"
