"""Who sees uploaded reports and what the checker found in them, who has it mended, and who answers for it."""

from django.db.models import Q, QuerySet

from taizhang.web.ledger.access.standing import LEAD, OFFICE, WORKERS, Whoever, standing, under
from taizhang.web.ledger.models import Report, ReportFinding


def visible_reports(person: Whoever) -> QuerySet[Report]:
    """Uploaded reports of the own units; all of the college for the office."""
    own = standing(person)
    return Report.objects.filter(under(own.units(OFFICE), "college__path") | under(own.units(*WORKERS), "unit__path"))


def visible_findings(person: Whoever) -> QuerySet[ReportFinding]:
    """The findings of visible reports, and those that the person was given to mend."""
    own = standing(person)
    return ReportFinding.objects.filter(
        Q(report__in=visible_reports(person).values("pk"))
        | (Q(assigned_to=own.person.pk) if own.roles else Q(pk__in=()))
    )


def may_treat(person: Whoever, report: Report) -> bool:
    """Whether the person has the report checked and its findings mended: its unit, and the office."""
    own = standing(person)
    return own.reaches(report.unit, *WORKERS) or own.reaches(report.college, OFFICE)


def may_exempt(person: Whoever, report: Report) -> bool:
    """Whether the person may answer for a finding: the lead of the report's unit, and the office."""
    own = standing(person)
    return own.reaches(report.unit, LEAD) or own.reaches(report.college, OFFICE)
