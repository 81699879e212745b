from pathlib import Path

from taizhang.documents import read
from taizhang.intake.numerals import numerals
from taizhang.profiles import load

TEXT = """# 一、概况

2023 年 5 月，学校开展培训 20 场，开通 IPv6 网络，服务热线 96315 已启用。

| 序号 | 指标 | 数值 |
|---|---|---|
| 1 | 1.1.2 课程（门） | 12 |
"""


def test_dates_codes_and_names_count_as_understood_and_bare_numbers_do_not(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    told = numerals(read(path), load())
    assert [leftover.text for leftover in told.unread if "96315" not in leftover.text] == []
    assert len(told.unread) == 1
    assert told.printed == 8
    assert told.unread[0].source.line == 3
