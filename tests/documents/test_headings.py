"""A numbered line heads what follows it, or is an item of a list; a heading without a number has its level too."""

from pathlib import Path

import pytest

from taizhang.documents import read
from taizhang.documents.blocks import Heading, Paragraph, Role

LONG = "学校面向园区企业开展技术服务，全年服务企业 96 家，到款 120 万元。"


def headings(folder: Path, *lines: str) -> list[tuple[str, ...]]:
    path = folder / "a.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [(*block.section, block.text) for block in read(path).blocks if isinstance(block, Heading)]


@pytest.mark.parametrize("form", ["{}.", "（{}）", "{})", "3.{}"])
def test_numbered_lines_with_nothing_below_are_items(tmp_path: Path, form: str) -> None:
    items = [form.format(n) + words for n, words in enumerate(("建立工作机制", "开展培训 20 场", "完善管理制度"), 1)]
    assert headings(tmp_path, "一、主要做法", LONG, *items, "二、成效", LONG) == [("一、主要做法",), ("二、成效",)]


def test_numbered_lines_with_something_below_are_headings(tmp_path: Path) -> None:
    found = headings(tmp_path, "一、主要做法", "1.建立机制", LONG, "2.开展培训", LONG)
    assert found == [("一、主要做法",), ("一、主要做法", "1.建立机制"), ("一、主要做法", "2.开展培训")]


def test_chapters_may_follow_each_other(tmp_path: Path) -> None:
    assert len(headings(tmp_path, "一、总体情况", "（一）基本情况", "1.规模", LONG, "二、成效", LONG)) == 4


def test_a_quantity_at_the_beginning_of_a_line_is_no_number_of_a_heading(tmp_path: Path) -> None:
    assert headings(tmp_path, "一、总体情况", "26 个社区共建", LONG) == [("一、总体情况",)]
    assert headings(tmp_path, "1 项目概况", LONG) == [("1 项目概况",)]


def test_a_heading_without_a_number_stands_beside_its_equals(tmp_path: Path) -> None:
    found = headings(tmp_path, "# 前言", LONG, "# 一、总体情况", LONG, "## （一）规模", LONG, "# 结语", LONG)
    assert found == [("前言",), ("一、总体情况",), ("一、总体情况", "（一）规模"), ("结语",)]


@pytest.mark.parametrize("page", ["", " 3", "\t3"])
def test_a_typed_contents_list_is_no_second_report(tmp_path: Path, page: str) -> None:
    names = ["一、总体情况", "（一）规模", "二、主要成效"]
    path = tmp_path / "a.txt"
    path.write_text("\n".join(["目　录", *(name + page for name in names), *(f"{n}\n{LONG}" for n in names)]) + "\n")
    document = read(path)
    assert [block.text for block in document.blocks if isinstance(block, Heading)] == names
    contents = [b for b in document.blocks if isinstance(b, Paragraph) and b.role is Role.CONTENTS]
    assert len(contents) >= 3 and not document.tables
    assert [each.text for each in document.paragraphs if each.text != "目　录"] == [LONG] * 3


def test_sections_stand_between_chapters_and_what_is_numbered_in_them(tmp_path: Path) -> None:
    found = headings(
        tmp_path, "第一章 建设情况", "第一节 任务", "一、课程", LONG, "二、教材", LONG, "第二节 资金", LONG
    )
    assert [len(path) for path in found] == [1, 2, 3, 3, 2]
    assert found[-1] == ("第一章 建设情况", "第二节 资金")
