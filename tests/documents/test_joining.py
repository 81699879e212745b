from taizhang.core.source import Source
from taizhang.documents.blocks import Cell, Fragment, Piece
from taizhang.documents.joining import OpenTable, glue, label_target, overlap, repeats_header


def cell(text: str, line: int = 1) -> Cell:
    return Cell(text, (Piece(0, Source("a.txt", line, start=0)),))


def fragment(*rows: list[str]) -> Fragment:
    return Fragment([[cell(text) for text in row] for row in rows], Source("a.txt", 1))


def test_a_repeated_header_may_differ_in_a_cell() -> None:
    header = ["建设任务", "", "2022 年度计划", "2023 年度任务完成情况", "中期完成率"]
    assert repeats_header(header, ["建设任务", "2022 年度计划", "2023 年任务完成情况", "中期完成率"])
    assert not repeats_header(header, ["序号", "类别", "满意度"])
    assert not repeats_header(header, ["党建", "", "①启动", "①完成", "100%"])


def test_rows_without_a_header_go_on_where_their_nature_agrees() -> None:
    table = fragment(["指标", "目标", "完成率"], ["1.1.1 课程", "5", "100%"])
    assert OpenTable(table).continues(fragment(["1.1.2 教材", "7", "98%"]))
    assert not OpenTable(table).continues(fragment(["单位", "联系人", "电话"]))
    assert not OpenTable(table).continues(fragment(["1.1.2 教材", "7"]))


def test_glued_halves_know_both_places() -> None:
    first, second = cell("建成平", 3), cell("平台 3 个", 9)
    glue(first, second, 1)
    assert first.text == "建成平台 3 个"
    assert (first.at(0, 1).line, first.at(3, 4).line, first.at(3, 4).start) == (3, 9, 1)


def test_overlap_is_the_longest_shared_end_and_beginning() -> None:
    assert overlap("名师引育项目", "项目") == 2
    assert overlap("名师", "课程") == 0


def test_a_cut_label_finds_its_first_half_even_in_the_wrong_column() -> None:
    labels = [cell("打造服务平台"), cell("3-1 建设中心，服务制造")]
    assert label_target(labels, cell("业升级"), 0, "1.建设中心,服务制造业升级\n") == (1, 0)
    assert label_target(labels, cell("3-2 建设智库"), 1, "无关") is None
