"""What was done is told figure by figure, and what is left to a person is told as such."""

from taizhang.reports.word.account import account
from taizhang.reports.word.renewal import Renewal, Renewed, Upshot


def test_each_figure_is_told_under_what_became_of_it() -> None:
    told = [
        Renewed(Upshot.RENEWED, "indicator:1.1:actual", "指标 1.1 实现值", "7", "8", "7"),
        Renewed(Upshot.RENEWED, "indicator:1.1:actual", "指标 1.1 实现值", "7", "8", "7"),
        Renewed(Upshot.EDITED, "indicator:1.2:rate", "指标 1.2 完成度", "100%", "80%", "80%"),
        Renewed(Upshot.OVERWRITTEN, "indicator:1.3:rate", "指标 1.3 完成度", "", "8" * 40, "7"),
        Renewed(Upshot.GONE, "point:1", "任务点 1", "已\n完成", "", "已完成"),
    ]
    assert account(Renewal(["a"] * 9, told), "自评报告.docx").splitlines() == [
        "自评报告.docx：绑定的数 9 处，更新 3 处，要您决定 2 处。",
        "更新：",
        "  指标 1.1 实现值  “7” → “8”（2 处）  [indicator:1.1:actual]",
        "手改过的，已按台账改回：",
        f"  指标 1.3 完成度  （空） → “{'8' * 30}……”  [indicator:1.3:rate]",
        "手改过的，没有动（要按台账改回，加 --overwrite）：",
        "  指标 1.2 完成度  报告 “100%”，台账 “80%”  [indicator:1.2:rate]",
        "台账里已经没有，没有动：",
        "  任务点 1  “已 完成”  [point:1]",
    ]


def test_a_report_that_is_up_to_date_is_one_line() -> None:
    assert account(Renewal(["a"]), "自评报告.docx") == "自评报告.docx：绑定的数 1 处，更新 0 处。"


def test_a_file_without_bound_figures_is_told() -> None:
    assert account(Renewal(), "自评报告.docx") == (
        "自评报告.docx：没有绑定台账的数。只有台账写出或填好的 Word 报告才能刷新；用学校模板填的报告，LibreOffice 7.4 另存时会丢掉绑定。"
    )
