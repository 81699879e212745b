"""The kinds of report that can be written, by key: what each is called, and how it is made of a snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from taizhang.reports.budgetform import budgetform
from taizhang.reports.listing import diagnosis, issues
from taizhang.reports.narrative import counterpart, industry, regional
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
        ReportKind("budgetform", "项目支出绩效自评表", "财预〔2020〕10号的自评表：资金、绩效指标、分值和得分", budgetform),
        ReportKind("regional", "服务区域发展报告", "制造业当家、乡村振兴、双百行动七类、终身学习、资源开放", regional),
        ReportKind("counterpart", "对口支援和协作报告", "组织、帮扶院校、东西协作、基础教育、成效", counterpart),
        ReportKind("industry", "产教融合报告", "基本情况、主要举措、成效", industry),
        ReportKind("issues", "问题清单", "没有完成的任务点和没有达标的指标，逐项写明现状和原因", issues),
        ReportKind("diagnosis", "诊断报告", "各任务和专业群的判断、差距、超额和没有佐证的事项", diagnosis),
    )
}  # fmt: skip
