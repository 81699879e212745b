from pathlib import Path

import pytest

from taizhang.core.source import Source
from taizhang.documents import read
from taizhang.intake.programme.tasks import (
    TaskTree,
    alike,
    coded,
    frames,
    group_in,
    name_of_caption,
    parent_code,
    unmarked,
)
from taizhang.intake.programme.words import wordlist
from taizhang.profiles import load

PLACE = Source("甲.docx")
WORDS = wordlist(load())


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("1-2 实施铸魂工程", ("1-2", "实施铸魂工程")), ("1、加强党建", ("1", "加强党建")), ("2.1 课程", ("2-1", "课程")),
        ("3—1—2 平台", ("3-1-2", "平台")), ("A-1 模式", ("A-1", "模式")), ("加强 党建", (None, "加强 党建")), ("100%覆盖", (None, "100%覆盖")),
    ],
)  # fmt: skip
def test_labels(label: str, parts: tuple[str | None, str]) -> None:
    assert coded(label) == parts


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("一、智能纺织专业群", "智能纺织专业群"),
        ("电梯技术专业群建设任务完成情况表", "电梯技术专业群"), ("打造高水平专业群", None), ("（二）现代物流专业群绩效", "现代物流专业群"),
        ("瞄准“智能制造”，打造3个一流专业群", None), ("专业群", None), ("两个专业群主要产出对照", None),
    ],
)  # fmt: skip
def test_specialty_groups(text: str, group: str | None) -> None:
    assert group_in(text, WORDS) == group


def test_codes_and_headings() -> None:
    assert [parent_code(code) for code in ("1", "1-2", "1-2-3")] == [None, "1", "1-2"]
    assert [unmarked(text) for text in ("一、总体", "（二）任务", "3.1 师资", "第一章 概况")] == [
        "总体",
        "任务",
        "师资",
        "概况",
    ]
    assert name_of_caption("2023年度“头雁”工程任务完成情况表", WORDS.caption_ends) == "头雁"
    assert name_of_caption("师资队伍任务落实情况一览表（2023年）", WORDS.caption_ends) == "师资队伍"
    assert alike("加强党的建设", "加强党的建设，引领发展")
    assert not alike("加强党的建设", "推进产教融合")


def test_a_tree_keeps_every_name_and_only_parents_it_has() -> None:
    tree = TaskTree()
    tree.add("1", "党建", None, None, PLACE)
    tree.add("1", "加强党的建设", None, None, PLACE, is_label=False)
    tree.add("1", "党的建设", None, None, PLACE)
    tree.add("1-1", "头雁", "1", None, PLACE)
    tree.add("2-1", "铸魂", "2", "纺织专业群", PLACE)
    first, sub, other = tree.tasks()
    assert (first.name, first.also) == ("党建", ("党的建设", "加强党的建设"))
    assert (sub.parent, other.parent) == ("1", None)
    assert [(key, [name for name, _ in names]) for _, key, names in tree.unlike_names()] == [
        ("1", ["党建", "党的建设"])
    ]
    assert tree.find("（1）加强党的建设", None) == "1"
    assert tree.find("产出指标", None) is None


def test_headings_number_tasks(tmp_path: Path) -> None:
    path = tmp_path / "页.md"
    path.write_text(
        "## 二、任务\n\n### 1. 加强党建\n\n#### (2) 头雁工程\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", encoding="utf-8"
    )
    (frame,) = frames(read(path), WORDS).values()
    assert [(code, name) for code, name, _ in frame.numbered()] == [("1", "加强党建"), ("1-2", "头雁工程")]
