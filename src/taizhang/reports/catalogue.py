"""The kinds of report that can be written, by key: what each is called, and how it is made of a snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from taizhang.reports.outline import Outline
from taizhang.reports.selfevaluation import selfevaluation
from taizhang.reports.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A kind of report. `about` says in a sentence what it holds."""

    key: str
    name: str
    about: str
    build: Callable[[Snapshot], Outline]


KINDS: Mapping[str, ReportKind] = {
    each.key: each
    for each in (
        ReportKind(
            "selfevaluation", "绩效自评报告", "年度、中期或期满的自评：任务点、绩效指标、标志性成果、资金、满意度和未完成事项", selfevaluation
        ),
    )
}  # fmt: skip
