import pytest

from taizhang.documents.outline import (
    caption_label,
    heading_level,
    is_contents_line,
    nameless_caption,
    numbering_rank,
    unit_note,
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("第一部分 总体情况", 1), ("一、总体情况", 2), ("（一）任务完成情况", 3), ("1. 加强队伍建设", 4), ("1、加强队伍建设", 4),
        ("2.1 队伍建设", 4), ("2.1.3 名师工作室", 5), ("（1）名师工作室", 5), ("1）名师工作室", 6), ("①名师工作室", 7),
        ("建成名师工作室 3 个。", None), ("1. 建成名师工作室 3 个；", None), ("2023 年建设情况", None), ("3.5 万人日", None),
        ("　　一、总体情况", 2), ("　（一）任务完成情况", 3),
    ],
)  # fmt: skip
def test_the_number_in_front_gives_the_level(text: str, level: int | None) -> None:
    assert heading_level(text) == level


@pytest.mark.parametrize(
    ("text", "number", "caption"),
    [
        ("表 2-4：质量指标完成情况表", "2-4", "质量指标完成情况表"), ("表3.2 经费到位情况", "3.2", "经费到位情况"),
        ("表２－１　总表", "2-1", "总表"), ("附表5 佐证清单", "附表5", "佐证清单"), ("表一 任务点统计", "一", "任务点统计"),
        ("表 4 满意度", "4", "满意度"),
    ],
)  # fmt: skip
def test_captions_of_several_styles_are_taken_apart(text: str, number: str, caption: str) -> None:
    label = caption_label(text)
    assert label is not None
    assert (label.number, label.text.lstrip(" 　")) == (number, caption)


@pytest.mark.parametrize(
    "text",
    [
        "表 2-4、表 2-5 列出了各项指标",
        "表 3 所示为经费情况",
        "表彰了 12 名教师",
        "表 2-1 的数据来自教务处。",
        "表示感谢",
    ],
)
def test_a_sentence_that_speaks_of_a_table_is_no_caption(text: str) -> None:
    assert caption_label(text) is None


def test_a_continued_table_is_known() -> None:
    label = caption_label("续表 2-4")
    assert label is not None
    assert label.continued


def test_units_contents_and_nameless_captions() -> None:
    assert unit_note("（单位：万元）") == unit_note("单位:万元") == "万元"
    assert unit_note("单位领导高度重视") is None
    assert is_contents_line("一、总体情况 ………… 12")
    assert not is_contents_line("详见第 12 页")
    assert nameless_caption("各学院社会培训到款统计表")
    assert not nameless_caption("一、各学院社会培训到款统计表")
    assert numbering_rank("学校") is None
