"""How time grows with size: table rows read and checked, and figures held against each other, at 1, 2, 4 and 8 times.

Prints a Markdown table and keeps it in growth.md; exits 1 where eight times the size takes more than 24 times as long.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from taizhang.checks import check_files

TIMES = (1, 2, 4, 8)
_WORDS = ("焊接", "护理", "烹饪", "机电", "汽修", "畜牧", "测绘", "水利", "茶艺", "农经", "数控")
MOST = 24  # eight times the size, and a factor of three for noise


def rows(count: int) -> str:
    """A report of one indicator table."""
    body = [f"1.1.{n} 建设项目{n}（项）\t{2 * n}\t{n}\t{n}\t100%" for n in range(1, count + 1)]
    return "\n".join(["表1 数量指标表", "", "三级指标\t期满目标值\t中期目标值\t中期实现值\t中期完成率", *body])


def figures(count: int) -> str:
    """A report of running text in which every sentence states a figure."""
    return "\n\n".join(f"学校建设第{n}号样板基地 {n + 3} 个，服务企业 {n + 20} 家。" for n in range(count))


def register(count: int) -> str:
    """A report of one table of amounts with a column for each year and one of rates."""
    body = [f"第{n}号基地\t{3 * n + 5}\t{4 * n + 9}\t{n % 90 + 5}%" for n in range(count)]
    return "\n".join(["表1 基地培训情况表", "", "基地\t2023年（人次）\t2024年（人次）\t占比", *body])


def in_one_paragraph(count: int) -> str:
    """A report of one paragraph with as many figures."""
    return "本年度" + "，".join(f"第{n}号样板基地培训 {n * 7 % 991 + 3} 人次" for n in range(count)) + "。"


def of_one_thing(count: int) -> str:
    """A report that tells one figure of one thing again and again."""
    return "\n\n".join(f"学校建成校外实训基地 {n % 50 + 100} 个。" for n in range(count))


def planned(count: int) -> str:
    """A report in which each task point plans and tells of what an indicator is, a little differently named."""
    words = ["".join(_WORDS[(n // step) % len(_WORDS)] for step in (1, 7, 41)) for n in range(count)]
    goals = [f"{word}基地建设（个）\t{n + 9}\t{n + 5}\t{n + 5}\t100%" for n, word in enumerate(words)]
    points = [
        f"{word}\t新建{word}实训基地 {n + 5} 个\t新建{word}实训基地 {n + 5} 个\t100%" for n, word in enumerate(words)
    ]
    goals = ["表1 数量指标表", "", "三级指标\t期满目标值\t中期目标值\t中期实现值\t中期完成率", *goals]
    points = ["表2 任务完成情况表", "", "建设任务\t2023年度计划\t完成情况\t完成率", *points]
    return "\n".join([*goals, "", *points])


SHAPES = (
    ("rows of indicators, 500", rows, 500),
    ("rows of amounts, 500", register, 500),
    ("sentences, 100", figures, 100),
    ("figures in one paragraph, 200", in_one_paragraph, 200),
    ("sentences about one thing, 250", of_one_thing, 250),
    ("indicators and their task points, 100", planned, 100),
)


def seconds(make: Callable[[int], str], count: int, folder: Path) -> float:
    """The quickest of three runs on a report of that size, in seconds of the processor."""
    path = folder / "report.txt"
    path.write_text(make(count), encoding="utf-8")
    took = []
    for _ in range(3):
        began = time.process_time()
        check_files([path])
        took.append(time.process_time() - began)
    return min(took)


def main() -> int:
    """Measure, print, and tell whether anything grows faster than its size."""
    lines = ["# How time grows with size", "", "Written by `make bench`: seconds of the processor.", ""]
    lines.append("| what | " + " | ".join(f"{times}×" for times in TIMES) + " | 8× ÷ 1× |")
    lines.append("| --- |" + " ---: |" * (len(TIMES) + 1))
    worst = 0.0
    with tempfile.TemporaryDirectory() as name:
        for what, make, count in SHAPES:
            took = [seconds(make, count * times, Path(name)) for times in TIMES]
            worst = max(worst, took[-1] / took[0])
            lines.append(f"| {what} | " + " | ".join(f"{each:.2f}" for each in took) + f" | {took[-1] / took[0]:.1f} |")
    text = "\n".join(lines) + "\n"
    Path(__file__).with_name("growth.md").write_text(text, encoding="utf-8")
    print(text)
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
