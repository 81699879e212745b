from pathlib import Path

from taizhang.documents import read
from taizhang.intake.reading import reading_of
from taizhang.profiles import load


def test_a_reading_holds_rows_facts_and_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        "# 一、总体情况\n\n学校开展培训 20 场。\n\n| 指标 | 目标值 | 实际完成值 |\n|---|---|---|\n| 课程（门） | 3 | 4 |\n",
        encoding="utf-8",
    )
    reading = reading_of(read(path), load())
    assert [heading.text for heading in reading.headings] == ["一、总体情况"]
    assert [indicator.name for indicator in reading.plans.indicators] == ["课程"]
    assert [fact.quantity.unit for fact in reading.facts] == ["场"]
