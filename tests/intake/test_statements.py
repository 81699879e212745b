from decimal import Decimal
from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.intake.reading import reading_of
from taizhang.intake.statements import Collector, Role, Statement
from taizhang.intake.wording import Words
from taizhang.profiles import load

TASKS = """| 建设任务 | 2022年度计划 | 2022年度完成情况 | 2023年度计划 | 2023年度完成情况 | 完成率 |
|---|---|---|---|---|---|
"""


def of(folder: Path, text: str) -> list[Statement]:
    file = folder / "a.md"
    file.write_text(text, encoding="utf-8")
    profile = load()
    return Collector(profile, Words(profile)).statements(reading_of(read(file), profile), 0)


def test_an_indicator_row_gives_its_target_and_its_value(tmp_path: Path) -> None:
    text = "| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 |\n|---|---|---|---|\n| 职业培训量（万人日） | 10 | 5 | 41.38 |\n"
    target, actual = of(tmp_path, text)
    assert (target.role, actual.role) == (Role.TARGET, Role.ACTUAL)
    assert (actual.value, actual.dimension) == (Decimal(413800), "人日")
    assert actual.running


def test_the_value_of_a_yearly_target_is_not_said_to_be_cumulative(tmp_path: Path) -> None:
    text = "| 指标 | 目标值 | 实际完成值 |\n|---|---|---|\n| 企业导师（人） | 5 | 7 |\n"
    assert [each.running for each in of(tmp_path, text)] == [False, False]


def test_a_value_of_each_year_has_a_dimension_of_its_own(tmp_path: Path) -> None:
    text = "| 三级指标 | 期满目标值 | 中期目标值 | 中期实现值 |\n|---|---|---|---|\n| 技术服务到款额（万元/年） | 560 | 560 | 570 |\n"
    assert {each.dimension for each in of(tmp_path, text)} == {"元/年"}


def test_what_is_told_takes_from_the_plan_what_it_leaves_out(tmp_path: Path) -> None:
    text = (
        TASKS
        + "| 名师 | ①引进高层次人才 1 名 | ①已引进 1 名 | ①累计引进高层次人才 3 名 | ①引进高层次人才 5 名 | 100% |\n"
    )
    told = [each for each in of(tmp_path, text) if each.role is Role.TOLD]
    assert [each.year for each in told] == [2022, 2023]
    assert [each.running for each in told] == [False, True]
    assert told[1].answers is not None
    assert told[1].answers.value == 3


def test_the_text_is_as_printed_although_brackets_are_read_through(tmp_path: Path) -> None:
    text = TASKS + "| 交流 | ①师生国(境)外培训 20 人次 | ①师生国(境)外培训 21 人次 | -- | -- | 100% |\n"
    told = next(each for each in of(tmp_path, text) if each.role is Role.TOLD)
    assert told.text == "①师生国(境)外培训 21 人次"


def test_a_figure_without_a_thing_takes_the_one_before(tmp_path: Path) -> None:
    item, money = of(tmp_path, "承接横向技术服务项目 86 项，到账经费 613.4 万元。")
    assert item.wording.key < money.wording.key


@pytest.mark.parametrize(
    ("text", "former"),
    [("技术服务到款由 580 万元增加到 702 万元。", [True, False]), ("技术服务到款 702 万元。", [False])],
)
def test_what_rose_is_of_the_year_before(tmp_path: Path, text: str, former: list[bool]) -> None:
    assert [each.former for each in of(tmp_path, text)] == former


def test_counts_of_the_report_itself_are_no_statements(tmp_path: Path) -> None:
    assert of(tmp_path, "本任务共有任务点 12 个，绩效指标 30 个。") == []


def test_every_two_years_together_are_cumulative(tmp_path: Path) -> None:
    (said,) = of(tmp_path, "两年来开展技能培训 8640 人次。")
    assert said.running
