"""Documents on their way into the plan: what was uploaded, and what a person decided about each doubtful cell."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.programme import Period, Programme
from taizhang.web.ledger.models.rounds import Round


class Taking(models.Model):
    """导入: a task book, a plan or a report that is to go into a programme. Nothing is written before `written_at`.

    `content` is the document's bytes: small, and only needed until it is written. `decisions` maps the number of a
    doubt to {"step": "keep" | "change" | "leave", "text": …}.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="takings")
    file_name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decisions = models.JSONField(default=dict, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    period = models.ForeignKey(
        Period, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所报的期")
    )
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(null=True, blank=True)
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.JSONField(default=dict, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-begun_at", "-id"]

    def __str__(self) -> str:
        return self.file_name
