"""Reporting rounds and what is filled in them, with the stage each item has reached."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.programme import Indicator, Period, Point, Programme, Task


class Round(models.Model):
    """The office asks for certain tasks of a period, with a deadline for each layer. No tasks means all of them."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    period = models.ForeignKey(Period, models.PROTECT, related_name="rounds")
    name = models.CharField(_("名称"), max_length=120)
    tasks = models.ManyToManyField(Task, blank=True, related_name="+")
    due_person = models.DateField(_("个人截止"))
    due_department = models.DateField(_("部门截止"))
    due_team = models.DateField(_("建设组截止"))
    due_school = models.DateField(_("学校截止"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-opened_at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "name"], name="round_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether people may still fill in and review."""
        return self.closed_at is None


class Stage(models.TextChoices):
    """How far an entry has come. The value sorts in that order."""

    DRAFT = "10-draft", _("草稿")
    RETURNED = "15-returned", _("已退回")
    SUBMITTED = "20-submitted", _("已提交")
    DEPARTMENT = "30-department", _("部门已审")
    TEAM = "40-team", _("建设组已审")
    APPROVED = "50-approved", _("学校已审")
    LOCKED = "60-locked", _("已锁定")


class LifeState(models.TextChoices):
    """状态: what has become of the thing planned. Postponed and cancelled are never “done”."""

    NONE = "", _("未说明")
    APPLIED = "applied", _("申报")
    APPROVED = "approved", _("立项")
    BUILDING = "building", _("在建")
    BUILT = "built", _("建成")
    ACCEPTED = "accepted", _("验收")
    POSTPONED = "postponed", _("延期")
    CANCELLED = "cancelled", _("取消")


class Entry(models.Model):
    """填报项: what is told of one point, or one indicator, in one round.

    `text` is the completion text of a point, or the actual value of an indicator as typed; `number` the value as a
    number in the indicator's measure. `version` goes up with every saved change: who saves an older one is shown both.
    `altered` is set when a value changed after it was approved, until the office has seen it.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="entries")
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="entries")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="entries", verbose_name=_("责任单位"))
    team = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="entries")
    # As the task book orders them: lists sort by it without joining three tables.
    position = models.CharField(max_length=160, blank=True)
    stage = models.CharField(_("阶段"), max_length=14, choices=Stage, default=Stage.DRAFT)
    text = models.TextField(_("完成情况"), blank=True)
    number = models.DecimalField(_("实现值"), max_digits=20, decimal_places=6, null=True, blank=True)
    rate = models.CharField(_("完成度"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=LifeState, blank=True, default=LifeState.NONE)
    reason = models.TextField(_("原因和改进措施"), blank=True)
    returned_because = models.TextField(_("退回理由"), blank=True)
    version = models.PositiveIntegerField(default=1)
    altered = models.BooleanField(_("审后改动"), default=False)
    # Findings of the rules at the last save: [{"code", "severity", "message", "field"}].
    findings = models.JSONField(default=list, blank=True)
    worst = models.CharField(max_length=8, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        """As the task book orders them."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "point"], name="entry_point_once"),
            models.UniqueConstraint(fields=["round", "indicator"], name="entry_indicator_once"),
            models.CheckConstraint(
                condition=models.Q(point=None, indicator__isnull=False) | models.Q(point__isnull=False, indicator=None),
                name="entry_of_a_point_or_an_indicator",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "position", "id", "unit", "team"], name="entry_in_order"),
            models.Index(fields=["round", "-changed_at", "-id"], name="entry_round_changed"),
            models.Index(fields=["round", "unit", "stage"], name="entry_round_unit_stage"),
            models.Index(fields=["round", "stage", "position", "id", "unit", "team"], name="entry_at_stage"),
            models.Index(fields=["person", "stage"], name="entry_person_stage"),
        ]

    def __str__(self) -> str:
        return str(self.point or self.indicator)

    @property
    def is_editable(self) -> bool:
        """Whether its reporter may still type into it."""
        return self.stage in {Stage.DRAFT, Stage.RETURNED}

    @property
    def is_number(self) -> bool:
        """Whether what is told is one number: the value of an indicator that is not told in words."""
        return self.indicator is not None and not self.indicator.qualitative

    @property
    def measure(self) -> str:
        """The unit in which the value counts; empty for a point."""
        return self.indicator.measure if self.indicator is not None else ""

    @property
    def planned(self) -> str:
        """What was planned: the point's wording, or the indicator's name."""
        return self.point.plan if self.point is not None else str(self.indicator and self.indicator.name)

    @property
    def code(self) -> str:
        """What the item is called for short: `1-1 2024①`, or the indicator's code; its name where it has no code."""
        if self.indicator is not None:
            return self.indicator.code or self.indicator.name
        return str(self.point)

    @property
    def due(self) -> date | None:
        """By when the next step is owed; None where nobody owes one."""
        if self.stage in {Stage.DRAFT, Stage.RETURNED}:
            return self.round.due_person
        if self.stage == Stage.SUBMITTED:
            return self.round.due_department
        if self.stage == Stage.DEPARTMENT and self.team_id is not None:
            return self.round.due_team
        return self.round.due_school if self.stage in {Stage.DEPARTMENT, Stage.TEAM, Stage.APPROVED} else None


class Notice(models.Model):
    """A line on someone's desk: something was returned, is due, or waits."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["person", "read_at"], name="notice_person_read")]

    def __str__(self) -> str:
        return self.text


class SavedView(models.Model):
    """Filters of a list that someone gave a name."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60)
    name = models.CharField(_("名称"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        """One name once for each person and page."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "page", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
