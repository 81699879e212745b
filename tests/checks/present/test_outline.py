from pathlib import Path

from taizhang.checks.present.outline import outline
from taizhang.documents import read


def test_headings_tables_and_what_was_not_understood_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# 一、概况\n\n表 3 课程\n\n| 名称 | 数值 |\n|---|---|\n| 课程 | 3 |\n", encoding="utf-8")
    text = outline(read(path), ())
    assert "一、概况" in text
    assert "表 3 课程 · 1 行 2 列" in text
    assert "表格 1 张，数据 0 条，没有读懂的 0 处" in text
