"""Who sees what, and who may do what. Every page begins with a queryset from here; what is not in it is a 404.

- 填报人 sees and fills the items of their unit and the units below it.
- 负责人 sees the same, and approves; of a 建设组, the items whose task that team looks after.
- 双高办 sees all of the college, approves for the school and locks.
- 管理员 keeps people and units, and sees the history; not the contents of items.
- 专家 sees the locked items, and the evidence cited in them, of the rounds given to them.
- 省厅 sees the locked items of the colleges below it, and gives them to experts.
"""

from taizhang.web.ledger.access.assessing import (
    assessed_entries,
    assessed_rounds,
    experts_for,
    given_rounds,
    inquiries_to_answer,
    may_answer,
    may_assign,
    may_draw,
    may_judge,
    rounds_below,
    visible_assignments,
    visible_inquiries,
    visible_judgements,
    visible_samples,
)
from taizhang.web.ledger.access.building import (
    may_build,
    may_keep_report,
    may_remark,
    visible_built_reports,
    visible_snapshots,
)
from taizhang.web.ledger.access.checked import may_exempt, may_treat, visible_findings, visible_reports
from taizhang.web.ledger.access.connectors import may_connect, visible_connectors, visible_pulls
from taizhang.web.ledger.access.entries import may_approve, may_fill, may_return, visible_entries
from taizhang.web.ledger.access.evidence import evidence_units, held_evidence, may_cite, may_keep, visible_evidence
from taizhang.web.ledger.access.figures import figured_indicators, surveyed_programmes
from taizhang.web.ledger.access.organisation import (
    colleagues,
    colleges_of_work,
    keeps_history,
    kept_people,
    kept_units,
    visible_changes,
    visible_units,
)
from taizhang.web.ledger.access.plan import (
    may_manage,
    visible_indicators,
    visible_points,
    visible_programmes,
    visible_rounds,
    visible_tasks,
)
from taizhang.web.ledger.access.records import (
    held_records,
    may_cite_for,
    may_confirm,
    may_keep_records,
    may_record,
    record_units,
    to_confirm,
    visible_partners,
    visible_places,
    visible_records,
)
from taizhang.web.ledger.access.standing import ABOVE, LEAD, OFFICE, WORKERS, on_behalf, standing
from taizhang.web.ledger.access.watching import (
    may_close,
    may_handle,
    may_watch,
    visible_forewarnings,
    visible_gaugings,
    visible_messengers,
)

__all__ = [
    "ABOVE",
    "LEAD",
    "OFFICE",
    "WORKERS",
    "assessed_entries",
    "assessed_rounds",
    "colleagues",
    "colleges_of_work",
    "evidence_units",
    "experts_for",
    "figured_indicators",
    "given_rounds",
    "held_evidence",
    "held_records",
    "inquiries_to_answer",
    "keeps_history",
    "kept_people",
    "kept_units",
    "may_answer",
    "may_approve",
    "may_assign",
    "may_build",
    "may_cite",
    "may_cite_for",
    "may_close",
    "may_confirm",
    "may_connect",
    "may_draw",
    "may_exempt",
    "may_fill",
    "may_handle",
    "may_judge",
    "may_keep",
    "may_keep_records",
    "may_keep_report",
    "may_manage",
    "may_record",
    "may_remark",
    "may_return",
    "may_treat",
    "may_watch",
    "on_behalf",
    "record_units",
    "rounds_below",
    "standing",
    "surveyed_programmes",
    "to_confirm",
    "visible_assignments",
    "visible_built_reports",
    "visible_changes",
    "visible_connectors",
    "visible_entries",
    "visible_evidence",
    "visible_findings",
    "visible_forewarnings",
    "visible_gaugings",
    "visible_indicators",
    "visible_inquiries",
    "visible_judgements",
    "visible_messengers",
    "visible_partners",
    "visible_places",
    "visible_points",
    "visible_programmes",
    "visible_pulls",
    "visible_records",
    "visible_reports",
    "visible_rounds",
    "visible_samples",
    "visible_snapshots",
    "visible_tasks",
    "visible_units",
]
