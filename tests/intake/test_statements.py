from decimal import Decimal
from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.intake.reading import reading_of
from taizhang.intake.statements import Collector, Role, Statement
from taizhang.intake.wording import Words
from taizhang.profiles import load
from word_files import write_docx

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
    item, money = of(tmp_path, "承接企业委托的技术服务 86 项，到账 613.4 万元。")
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


LOOKING_BACK = "云岭县农业农村局2024年度工作总结\n\n{back}\n\n一年来，新建冷库 26 座。\n\n{ahead}\n\n新建冷库 14 座，改造水渠 8 公里。\n"


@pytest.mark.parametrize(
    ("back", "ahead"),
    [
        ("一、2024年工作回顾", "二、2025年主要工作"), ("　　一、2024年工作回顾", "　　二、关于2025年工作"),
        ("一、2024年主要工作", "二、2025年重点工作"),
        ("一、“十四五”发展成就", "二、“十五五”时期主要目标"), ("# 2024年工作成效", "# 2025年工作安排"),
    ],
)  # fmt: skip
def test_what_is_told_of_the_year_to_come_is_no_statement(tmp_path: Path, back: str, ahead: str) -> None:
    assert [each.value for each in of(tmp_path, LOOKING_BACK.format(back=back, ahead=ahead))] == [26]


@pytest.mark.parametrize(
    ("back", "ahead"),
    [
        ("一、基本情况", "二、2024年主要工作"),
        ("一、2024年工作回顾", "二、2024年重点工作完成情况"),
        ("基本情况", "主要工作"),
    ],
)
def test_the_work_of_the_year_itself_is_told(tmp_path: Path, back: str, ahead: str) -> None:
    assert [each.value for each in of(tmp_path, LOOKING_BACK.format(back=back, ahead=ahead))] == [26, 14, 8000]


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("五年来，学校面貌一新。新增就业 320 人。", True), ("“十四五”时期，学校面貌一新。新增就业 320 人。", True),
        ("五年来，学校面貌一新。2024 年新增就业 320 人。", False), ("学校面貌一新。新增就业 320 人。", False),
        ("# 一、回顾\n\n过去的三年极不寻常。\n\n就业稳中向好。新增就业 320 人。\n", True),
        ("# 一、回顾\n\n过去的三年极不寻常。\n\n# 二、举措\n\n新增就业 320 人。\n", False),
        ("# 一、回顾\n\n过去的三年极不寻常。\n\n2024 年稳中向好。\n\n新增就业 320 人。\n", False),
        ("建设期内，学校面貌一新。今年新增就业 320 人。", False), ("过去三年，学校面貌一新。新增就业 320 人。", True),
    ],
)  # fmt: skip
def test_a_paragraph_on_several_years_gives_sums(tmp_path: Path, text: str, running: bool) -> None:
    assert [each.running for each in of(tmp_path, text) if each.value == 320] == [running]


def test_a_line_of_a_word_file_that_opens_the_year_to_come_needs_no_number(tmp_path: Path) -> None:
    lines = LOOKING_BACK.format(back="2024年工作回顾", ahead="2025年重点工作").split("\n\n")
    body = "".join(f"<w:p><w:r><w:t>{line.strip()}</w:t></w:r></w:p>" for line in lines)
    file = write_docx(tmp_path / "a.docx", body)
    profile = load()
    told = Collector(profile, Words(profile)).statements(reading_of(read(file), profile), 0)
    assert [each.value for each in told] == [26]
