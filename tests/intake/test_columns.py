import pytest

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
    ],
)  # fmt: skip
def test_header_words_have_one_role(words: str, role: str | None) -> None:
    assert HEADERS.column(0, words).role == role


def test_years_and_units_are_read_from_the_header() -> None:
    column = HEADERS.column(3, "经费情况/2023 年实际支出（万元）")
    assert (column.year, column.unit) == ("2023", "万元")
