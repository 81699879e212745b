"""The assessor's desk: what an expert was given to see, judged, asked for, and what is to be looked at on site."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.evidence import Evidence
from taizhang.web.ledger.models.organisation import Person
from taizhang.web.ledger.models.rounds import Entry, Round


class Assignment(models.Model):
    """An expert was given a round of a college to judge, until a day."""

    expert = models.ForeignKey(Person, models.CASCADE, related_name="assignments")
    round = models.ForeignKey(Round, models.PROTECT, related_name="assignments")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateField(_("截止"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Given once."""

        ordering: ClassVar = ["-given_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["expert", "round"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.expert} → {self.round}"


class Verdict(models.TextChoices):
    """What an expert says of an item."""

    SETTLED = "settled", _("认可")
    NEEDS_MATERIAL = "needs_material", _("需补充材料")
    ON_SITE = "on_site", _("现场核查")


class Judgement(models.Model):
    """An expert's verdict on an item; a changed mind is a changed row, and history keeps both."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="judgements")
    expert = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verdict = models.CharField(_("结论"), max_length=16, choices=Verdict)
    note = models.TextField(_("说明"), blank=True)
    at = models.DateTimeField()

    class Meta:
        """One of each expert on an item."""

        ordering: ClassVar = ["at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "expert"], name="judgement_once")]

    def __str__(self) -> str:
        return f"{self.entry} {self.get_verdict_display()}"


class Inquiry(models.Model):
    """An expert asks for a named document; the college answers in words, with evidence, or both."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="inquiries")
    expert = models.ForeignKey(Person, models.PROTECT, related_name="+")
    wanted = models.CharField(_("需要的材料"), max_length=300)
    asked_at = models.DateTimeField()
    answer = models.TextField(_("答复"), blank=True)
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="+")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.wanted


class Sample(models.Model):
    """Items drawn for inspection by risk. `seed` and `method` say how, so that the draw can be repeated."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="samples")
    drawn_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    seed = models.PositiveBigIntegerField()
    method = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-drawn_at"]

    def __str__(self) -> str:
        return f"{self.round} {self.drawn_at:%Y-%m-%d}"


class SampleItem(models.Model):
    """One item drawn, its risk, and why it is that."""

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="items")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    risk = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)

    class Meta:
        """Gravest first."""

        ordering: ClassVar = ["-risk", "entry__position"]

    def __str__(self) -> str:
        return str(self.entry)
