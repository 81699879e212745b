"""Every table of the ledger, one module a subject."""

from taizhang.web.ledger.models.evidence import Blob, Citation, Evidence, SearchText, Upload
from taizhang.web.ledger.models.history import Chain, Change
from taizhang.web.ledger.models.organisation import Person, Role, RoleName, Unit, UnitKind
from taizhang.web.ledger.models.programme import (
    Basis,
    Cap,
    Category,
    Direction,
    Indicator,
    Period,
    PeriodKind,
    PlanVersion,
    Point,
    Programme,
    Target,
    Task,
)
from taizhang.web.ledger.models.report import FindingStatus, Report, ReportFinding, ReportState, ReportText
from taizhang.web.ledger.models.review import Assignment, Inquiry, Judgement, Sample, SampleItem, Verdict
from taizhang.web.ledger.models.rounds import Entry, LifeState, Notice, Round, SavedView, Stage
from taizhang.web.ledger.models.taking import Taking

__all__ = [
    "Assignment",
    "Basis",
    "Blob",
    "Cap",
    "Category",
    "Chain",
    "Change",
    "Citation",
    "Direction",
    "Entry",
    "Evidence",
    "FindingStatus",
    "Indicator",
    "Inquiry",
    "Judgement",
    "LifeState",
    "Notice",
    "Period",
    "PeriodKind",
    "Person",
    "PlanVersion",
    "Point",
    "Programme",
    "Report",
    "ReportFinding",
    "ReportState",
    "ReportText",
    "Role",
    "RoleName",
    "Round",
    "Sample",
    "SampleItem",
    "SavedView",
    "SearchText",
    "Stage",
    "Taking",
    "Target",
    "Task",
    "Unit",
    "UnitKind",
    "Upload",
    "Verdict",
]
