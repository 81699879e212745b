"""Who sees the reports that the ledger writes, and who makes them."""

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.standing import ABOVE, LEAD, OFFICE, Whoever, standing, under
from taizhang.web.ledger.models import BuiltReport, Programme, ReportStage, Snapshot


def visible_built_reports(person: Whoever) -> QuerySet[BuiltReport]:
    """All of the college for the office; for its 负责人 those that the office circulated, or that went further.

    The province sees what the colleges below it handed in. A report holds figures of all units, so reporters see none.
    """
    own = standing(person)
    circulated = Q(stage__gte=ReportStage.CIRCULATED)
    leads = [role.unit.college_id for role in own.roles if role.name == LEAD and role.unit.college_id]
    return BuiltReport.objects.filter(
        under(own.units(OFFICE), "college__path")
        | (Q(college__in=leads) & circulated)
        | (under(own.units(ABOVE), "college__path") & Q(stage=ReportStage.HANDED_IN))
    )


def visible_snapshots(person: Whoever) -> QuerySet[Snapshot]:
    """The snapshots of a college are for its office."""
    return Snapshot.objects.filter(under(standing(person).units(OFFICE), "programme__college__path"))


def may_build(person: Whoever, programme: Programme) -> bool:
    """Whether the person has reports written: the office."""
    return standing(person).reaches(programme.college, OFFICE)


def may_keep_report(person: Whoever, report: BuiltReport) -> bool:
    """Whether the person uploads, refreshes, approves and hands in: the office of the college."""
    return standing(person).reaches(report.college, OFFICE)


def may_remark(person: Whoever, report: BuiltReport) -> bool:
    """Whether the person may say something of it: the office always, a 负责人 of the college while it is circulated."""
    own = standing(person)
    leads = report.stage == ReportStage.CIRCULATED and any(
        role.name == LEAD and role.unit.college_id == report.college_id for role in own.roles
    )
    return own.reaches(report.college, OFFICE) or leads
