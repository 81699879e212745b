"""A figure is found by the name that people call it; where several could be meant, none is."""

import pytest

from taizhang.reports.outline import Figure
from taizhang.reports.register import Register
from taizhang.reports.word.naming import Names, Unfound

KNOWN = Register.of(
    "",
    [
        Figure("indicator/1.2.2.6:actual", "1234.5", "1.2.2.6 实现值"),
        Figure("indicator/1.2.2.6:actual", "1234.5。", "1.2.2.6 实现值", form="prose"),
        Figure("group/a:total", "3", "课程 总数"),
        Figure("group/b:total", "4", "课程 总数"),
        Figure("point/1", "已建成", "任务点 1-1 2024① 完成情况"),
    ],
)


@pytest.mark.parametrize(
    "words",
    [
        "指标 1.2.2.6 实现值",
        "1.2.2.6实现值",
        "指标１.２.２.６　实现值",
        "indicator/1.2.2.6:actual",
        "绩效指标1.2.2.6 实现值",
    ],
)
def test_spacing_width_and_the_word_for_its_kind_do_not_matter(words: str) -> None:
    assert Names(KNOWN)(words) == KNOWN.figures["indicator/1.2.2.6:actual"]


def test_a_form_is_asked_for_behind_a_bar() -> None:
    for words in ("指标 1.2.2.6 实现值 | 整数", "indicator/1.2.2.6:actual｜整数"):
        found = Names(KNOWN)(words)
        assert isinstance(found, Figure)
        assert (found.key, found.text) == ("indicator/1.2.2.6:actual|整数", "1235")
    assert Names(KNOWN)("任务点 1-1 2024① 完成情况 | 整数") == Unfound(
        "“已建成”不能写成“整数”，可用的写法：整数、一位小数、两位小数、千分位、千分位两位小数、万元"
    )


def test_what_is_unknown_gets_the_nearest_name() -> None:
    assert Names(KNOWN)("指标 1.2.2.6 实际值") == Unfound("台账里没有，是不是“1.2.2.6 实现值”")
    assert Names(KNOWN)("天气") == Unfound("台账里没有")
    assert Names(Register())("天气") == Unfound("台账里没有")


def test_a_name_of_two_figures_means_neither() -> None:
    assert Names(KNOWN)("课程总数") == Unfound("有 2 个数叫这个名字，请改写地址：group/a:total、group/b:total")
