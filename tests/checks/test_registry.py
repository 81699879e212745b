from collections.abc import Iterator
from pathlib import Path

import pytest

from taizhang.checks import check
from taizhang.checks.registry import Context, Problem, _set_out, chosen, rule, rules
from taizhang.core.errors import UsageError
from taizhang.documents import read
from taizhang.documents.blocks import Document
from taizhang.intake.reading import reading_of
from taizhang.profiles import load

GOOD = "甲。\n\n## 为什么\n乙\n\n## 不合格\n丙\n\n## 合格\n丁\n\n## 依据\n戊\n"


def checker(name: str, doc: str, module: str) -> object:
    def check(_context: Context) -> Iterator[Problem]:
        yield from ()

    check.__name__, check.__doc__, check.__module__ = name, doc, f"taizhang.checks.rules.{module}"
    return check


@pytest.mark.parametrize(
    ("code", "name", "doc", "module"),
    [
        ("XYZ001", "fault", GOOD, "xyz001_fault"), ("TGT1", "fault", GOOD, "tgt1_fault"), ("TGT999", "fault", GOOD, "tgt999_other"),
        ("TGT999", "fault", GOOD.replace("## 依据", "依据"), "tgt999_fault"), ("TGT001", "fault", GOOD, "tgt001_fault"),
    ],
    ids=["unknown family", "no code", "file and function differ", "no ground", "code taken"],
)  # fmt: skip
def test_a_rule_that_breaks_the_house_rules_is_refused(code: str, name: str, doc: str, module: str) -> None:
    known = dict(rules())
    with pytest.raises(ValueError, match=code[:4]):
        rule(code, kind="other", severity="info", since="0.1")(checker(name, doc, module))
    assert rules() == known


def test_select_and_ignore_go_by_the_beginning_of_codes() -> None:
    every = {r.code for r in chosen()}
    assert {r.code for r in chosen(["TGT"])} == {code for code in every if code.startswith("TGT")}
    assert {r.code for r in chosen(["TGT001", "STR"], ["STR"])} == {"TGT001"}
    assert {r.code for r in chosen(ignore=["TGT"])} == {code for code in every if not code.startswith("TGT")}
    with pytest.raises(UsageError, match="QQQ"):
        chosen(["QQQ"])


def test_every_rule_explains_itself_in_chinese() -> None:
    for found in rules().values():
        assert found.title.endswith("。")
        assert all(found.section(heading) for heading in ("为什么", "不合格", "合格", "依据")), found.code


def test_an_empty_document_gives_nothing_and_crashes_nothing() -> None:
    result = check([Document("a.txt", "text", [])])
    assert (result.findings, result.crashed) == ((), ())


def test_a_figure_that_rules_judge_in_different_ways_counts_once(tmp_path: Path) -> None:
    report = tmp_path / "a.md"
    report.write_text(
        "| 三级指标 | 目标值 | 实现值 | 完成率 |\n|---|---|---|---|\n| 课程（门） | 20 | 17 | 85% |\n", "utf-8"
    )
    profile = load()
    context = Context((reading_of(read(report), profile),), profile)
    ((_, (row, *_)),) = context.readings[0].indicator_tables
    value = row.actual
    context.judged(value)
    context.compared(value)
    context.told(value.at())
    assert len(context.checked) == len(context.linked) == 1


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("学校现有专任教师 420 人，其中双师型教师 252 人，占专任教师的 60%。", 3),
        ("2023 年社会培训到款 180 万元，比 2022 年的 150 万元增长 20%。", 3),
        ("全校共设任务点 50 个，其中 2022 年 24 个、2023 年 26 个。", 3),
        ("学校建成 12 个基地。", 0),
    ],
    ids=["a share", "a growth", "parts of a whole", "nothing to hold it against"],
)
def test_figures_of_a_sentence_that_were_reckoned_again_count_as_checked(
    sentence: str, figures: int, tmp_path: Path
) -> None:
    report = tmp_path / "a.md"
    report.write_text(f"# 自评报告\n\n{sentence}\n", "utf-8")
    result = check([read(report)])
    assert (result.coverage.checked, result.coverage.linked, result.findings) == (figures, 0, ())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("18 + 10 = 28，与总数 27个 不符", "18 + 10 = 28，与总数 27 个不符"),
        ("写的是 国家级 2 项，清单中有 1 项", "写的是国家级 2 项，清单中有 1 项"),
        ("“由 25 项 到 31 项”，写的是 31", "“由 25 项 到 31 项”，写的是 31"),
        ("表 3-1 教材 是 8 部", "表 3-1 教材 是 8 部"),
    ],
)
def test_a_figure_in_a_message_stands_apart_from_nothing_but_its_own_unit(written: str, told: str) -> None:
    assert _set_out(written) == told
