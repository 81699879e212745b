"""A document is judged by itself: what it is told does not hang on what lies beside it."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from taizhang.checks import check
from taizhang.checks.alone import Crash, Orders, gatherers, judged, run
from taizhang.checks.registry import Context, Rule, rules
from taizhang.core.finding import Finding
from taizhang.documents import Document, read
from taizhang.profiles import load

SAMPLES = [read(path) for path in sorted((Path(__file__).parents[2] / "corpus").glob("*.docx"))[:6]]
PROFILE = load()


def own(findings: tuple[Finding, ...], document: Document) -> list[Finding]:
    """The findings in a document by the rules that look at one at a time."""
    across = {rule.code for rule in rules().values() if rule.gathers is not None}
    return [found for found in findings if found.source.file == document.file and found.code not in across]


@settings(max_examples=5, deadline=None)
@given(st.permutations(SAMPLES), st.integers(2, 3))
def test_what_lies_beside_a_report_changes_nothing_that_it_is_told(documents: list[Document], count: int) -> None:
    together = check(documents[:count], profile=PROFILE).findings
    for document in documents[:count]:
        assert own(together, document) == own(check([document], profile=PROFILE).findings, document)


def test_a_rule_that_crashes_costs_no_other_its_findings() -> None:
    def fault(_context: Context) -> list[object]:
        raise KeyError("甲")

    known = rules()
    broken = Rule(**{**{f: getattr(known["TGT001"], f) for f in Rule.__slots__}, "check": fault})
    context = Context((), PROFILE)
    assert run([broken, known["TGT002"]], context) == ([], {"TGT001": Crash("KeyError: '甲'")})


def test_what_several_rules_hold_against_each_other_is_taken_once() -> None:
    every = tuple(rules().values())
    alone = judged(SAMPLES[0], Orders(PROFILE, every))
    assert len(alone.gathered) == len(gatherers(every)) < sum(rule.gathers is not None for rule in every)


def test_a_fault_is_told_once_and_apart_where_another_figure_is_due(tmp_path: Path) -> None:
    report = tmp_path / "总结.txt"
    report.write_text(
        "一、培训\n\n培训 12 期，每期 50 人，共培训 650 人。\n\n培训 12 期，每期 50 人，共 640 人。\n", encoding="utf-8"
    )
    told = [(found.text, found.expected) for found in check([read(report)], profile=PROFILE).findings]
    assert told == [("650 人", "600人"), ("640 人", "600人")]
