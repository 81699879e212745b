"""A profile is chosen by what a document says it is, and by nothing less."""

from pathlib import Path

import pytest

from taizhang.checks import check
from taizhang.documents import read
from taizhang.documents.blocks import Document
from taizhang.profiles import load, shipped
from taizhang.profiles.recognition import GENERIC, recognise

PROVINCIAL = """# 云岭职业技术学院省域高水平高职院校建设中期自评报告

| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 | 中期完成度 |
|---|---|---|---|---|
| 课程（门） | 40 | 20 | 21 | 105% |
"""
NATIONAL = """# 中国特色高水平高职学校和专业建设计划终结期满自评报告

学校按照教职成厅函〔2024〕1号开展自评。
"""
FORM = """# 项目支出绩效自评表

| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
|---|---|---|---|---|---|---|
| 产出指标 | 数量指标 | 培训（人次） | 500 | 520 | 50 | 50 |
"""
QUALITY = """# 云岭职业技术学院高等职业教育质量年度报告

表 1 人才培养质量计分卡

| 指标 | 单位 | 2022年 | 2023年 |
|---|---|---|---|
| 毕业生人数 | 人 | 3100 | 3200 |
"""
OTHER = """# 服务区域发展工作报告

学校选派教师 12 人驻村。国家双高计划和省级双高的经验得到推广。
"""


def document(folder: Path, text: str, name: str = "报告.md") -> Document:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("text", "name"),
    [(PROVINCIAL, "provincial"), (NATIONAL, "national"), (FORM, "budget-form"), (QUALITY, "quality-report")],
)
def test_each_kind_of_report_is_known_by_its_own_signs(tmp_path: Path, text: str, name: str) -> None:
    choice = recognise([document(tmp_path, text)])
    assert choice.name == name
    assert choice.signs
    assert all(sign.profile == name and sign.source.file == "报告.md" for sign in choice.signs)


def test_a_report_that_only_speaks_of_programmes_is_checked_by_the_general_conventions(tmp_path: Path) -> None:
    later = "\n\n".join(["学校持续推进各项工作，师生共同努力，社会服务能力不断增强，成效得到各方认可。" * 2] * 14)
    choice = recognise([document(tmp_path, f"# 服务区域发展工作报告\n\n{later}\n\n{OTHER.splitlines()[2]}\n")])
    assert (choice.name, choice.signs) == (GENERIC, ())


def test_two_kinds_of_the_same_weight_leave_it_open(tmp_path: Path) -> None:
    words = "# 关于省级双高和国家双高的说明\n"
    choice = recognise([document(tmp_path, words)])
    assert choice.name == GENERIC
    assert {sign.profile for sign in choice.others} == {"provincial", "national"}


def test_the_documents_of_a_run_decide_together(tmp_path: Path) -> None:
    together = [document(tmp_path, OTHER, "甲.md"), document(tmp_path, PROVINCIAL, "乙.md")]
    assert recognise(together).name == "provincial"
    assert check(together).profile == load("provincial").name


def test_nothing_read_is_checked_by_the_general_conventions() -> None:
    assert recognise([]).name == GENERIC


@pytest.mark.parametrize("name", shipped())
def test_a_profile_that_is_asked_for_is_in_force(tmp_path: Path, name: str) -> None:
    assert check([document(tmp_path, PROVINCIAL)], profile=load(name)).profile == load(name).name
