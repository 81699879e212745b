"""Reports that the ledger writes: the snapshots they are made from, their files from draft to draft, and remarks."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.evidence import Blob
from taizhang.web.ledger.models.kept import Kept
from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.programme import Period, Programme
from taizhang.web.ledger.models.report import Report


class Snapshot(Kept):
    """The ledger of a programme and period, frozen: `content` is the canonical JSON and `sha256` its hash. Never changed."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="snapshots")
    period = models.ForeignKey(Period, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=120)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    content = models.TextField()

    class Meta:
        """Newest first; a name is given once."""

        ordering: ClassVar = ["-taken_at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "name"], name="snapshot_name_once")]

    def __str__(self) -> str:
        return self.name


class BuildState(models.TextChoices):
    """How far the building of a report has come."""

    WAITING = "waiting", _("排队中")
    BUILDING = "building", _("生成中")
    BUILT = "built", _("已生成")
    FAILED = "failed", _("没生成")


class ReportStage(models.TextChoices):
    """How far a built report has come on its way out. The value sorts in that order."""

    DRAFT = "10-draft", _("草稿")
    CIRCULATED = "20-circulated", _("征求意见")
    APPROVED = "30-approved", _("已审定")
    HANDED_IN = "40-handed-in", _("已报送")


class BuiltReport(models.Model):
    """A report of some kind made from a snapshot; `previous` is the one that it follows.

    `carries` is the file of that one whose words it takes over, with its own figures put in.
    `begun_at` and `progress` tell how far building is, `sentence` why it came to nothing. Where something stood in the
    way and the office had it built all the same, `obstacles` says what and `override` why.
    """

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="built_reports")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="reports")
    kind = models.CharField(_("种类"), max_length=40)
    title = models.CharField(_("名称"), max_length=200)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="following")
    carries = models.ForeignKey("BuiltFile", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=BuildState, default=BuildState.WAITING)
    begun_at = models.DateTimeField(null=True, blank=True)
    progress = models.CharField(max_length=200, blank=True)
    sentence = models.TextField(blank=True)
    stage = models.CharField(_("阶段"), max_length=14, choices=ReportStage, default=ReportStage.DRAFT)
    obstacles = models.JSONField(default=list, blank=True)
    override = models.CharField(_("仍要生成的理由"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True, blank=True)
    handed_in_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["college", "-made_at"], name="built_college_time")]

    def __str__(self) -> str:
        return self.title


class FileOrigin(models.TextChoices):
    """Where a file of a built report comes from."""

    BUILT = "built", _("生成")
    UPLOADED = "uploaded", _("改后上传")
    REFRESHED = "refreshed", _("更新数字")
    CARRIED = "carried", _("沿用上一份的文字")


class BuiltFile(models.Model):
    """One file of a built report; the highest number is the present one.

    `figures` are the bound figures as they stood when it was built: [{"address", "form", "text", "name"}]. `changes` is
    what was found when it came in or was refreshed: [{"address", "name", "kind", "before", "after"}]. `check` is the
    uploaded report that its check is kept as.
    """

    report = models.ForeignKey(BuiltReport, models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=10, choices=FileOrigin)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件名"), max_length=200)
    figures = models.JSONField(default=list, blank=True)
    changes = models.JSONField(default=list, blank=True)
    check_report = models.ForeignKey(Report, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "number"], name="built_file_number_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.number}"


class Remark(models.Model):
    """意见: what someone of the college says of a built report."""

    report = models.ForeignKey(BuiltReport, models.CASCADE, related_name="remarks")
    text = models.TextField(_("意见"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        """As they were made."""

        ordering: ClassVar = ["made_at", "id"]

    def __str__(self) -> str:
        return self.text[:40]
