"""Reports uploaded to be checked, their findings, and who is to mend them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.evidence import Blob
from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.programme import Programme
from taizhang.web.ledger.models.rounds import Entry, Round


class ReportState(models.TextChoices):
    """How far the check of a report has come."""

    WAITING = "waiting", _("待检查")
    CHECKING = "checking", _("检查中")
    CHECKED = "checked", _("已检查")
    UNREADABLE = "unreadable", _("读不了")
    FAILED = "failed", _("没查成")


class Report(models.Model):
    """An uploaded report and what the checker said of it; `result` is the JSON of the check contract.

    Reports of one `batch` were uploaded together and are checked together. `previous` is the draft before this one.
    While it is checked, `begun_at` says since when and `progress` how far; `sentence` says why there is no result.
    Only what was handed in is anything to experts and the province: findings of drafts stay in the college.
    """

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reports", verbose_name=_("单位"))
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="reports")
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="+")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件名"), max_length=200)
    batch = models.UUIDField(default=uuid.uuid4, db_index=True)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="following")
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.WAITING)
    begun_at = models.DateTimeField(null=True, blank=True)
    progress = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(blank=True)
    result = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-uploaded_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["college", "-uploaded_at"], name="report_college_time")]

    def __str__(self) -> str:
        return self.file_name


class ReportText(models.Model):
    """The words of a checked report as HTML with the places of its findings marked, so that no page reads the file.

    `contents` lists its headings and tables: [{"level", "name", "text", "findings"}].
    """

    report = models.OneToOneField(Report, models.CASCADE, primary_key=True, related_name="text")
    html = models.TextField()
    contents = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.report)


class FindingStatus(models.TextChoices):
    """What became of a finding."""

    OPEN = "open", _("待处理")
    MENDED = "mended", _("已整改")
    EXEMPT = "exempt", _("已豁免")


class ReportFinding(models.Model):
    """One finding in a report. `entry` is the ledger item that knows the figure; `differs` says how it tells it.

    `number` counts through the reports of a batch, as the marks in their texts do. `content` is the finding in the JSON
    of the check contract, with `marked` where its words were found in the text and `title`, the table it is in.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    code = models.CharField(max_length=6)
    severity = models.CharField(max_length=8)
    content = models.JSONField()
    status = models.CharField(_("处理"), max_length=8, choices=FindingStatus, default=FindingStatus.OPEN)
    assigned_to = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    measure = models.CharField(_("整改措施"), max_length=300, blank=True)
    due = models.DateField(_("整改期限"), null=True, blank=True)
    exempt_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    exempt_reason = models.CharField(_("豁免理由"), max_length=300, blank=True)
    exempt_until = models.DateField(_("豁免至"), null=True, blank=True)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="+")
    differs = models.CharField(max_length=300, blank=True)

    class Meta:
        """As the report orders them."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "number"], name="finding_number_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.content.get('message', '')}"
