"""What was planned: programmes, periods, the task tree, task points, indicators with targets, and kept plan versions."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.organisation import Person, Unit


class Programme(models.Model):
    """A construction programme of one college. `blocking` says which rules stop which step: {"submit": ["TGT"]}."""

    college = models.ForeignKey(Unit, models.PROTECT, related_name="programmes")
    name = models.CharField(_("名称"), max_length=200)
    profile = models.CharField(_("口径配置"), max_length=60, default="provincial")
    first_year = models.PositiveSmallIntegerField(_("起始年"))
    last_year = models.PositiveSmallIntegerField(_("结束年"))
    approved_on = models.DateField(_("任务书批准日"), null=True, blank=True)
    blocking = models.JSONField(default=dict, blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        """A college's programmes have different names."""

        ordering: ClassVar = ["-last_year", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "name"], name="programme_name_once")]

    def __str__(self) -> str:
        return self.name


class PeriodKind(models.TextChoices):
    """What a period is for."""

    YEAR = "year", _("年度")
    CHECKPOINT = "checkpoint", _("中期")
    END = "end", _("期满")


class Period(models.Model):
    """The years that a report or a target speaks of, both included."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="periods")
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=12, choices=PeriodKind)
    first_year = models.PositiveSmallIntegerField(_("起始年"))
    last_year = models.PositiveSmallIntegerField(_("结束年"))

    class Meta:
        """In time, the longer one after the years in it."""

        ordering: ClassVar = ["last_year", "-first_year"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "name"], name="period_name_once")]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """A task in the tree (1, 1-1 …); `unit` answers for it, `team` is the 建设组 that approves beside it, if any."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    code = models.CharField(_("编号"), max_length=30, blank=True)
    name = models.CharField(_("任务"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks", verbose_name=_("责任单位"))
    team = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("建设组"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    # The specialty group whose own task tree it belongs to; none for the college's.
    group = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("专业群"))
    # The codes of the tree as one sortable text, so that 1-10 stands after 1-9.
    position = models.CharField(max_length=120, db_index=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the task book."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "group", "code"], condition=~models.Q(code=""), name="task_code_once_in_a_group"
            ),
            models.UniqueConstraint(
                fields=["programme", "code"], condition=models.Q(group=None) & ~models.Q(code=""), name="task_code_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class Point(models.Model):
    """A task point: what is to be done for a task in a year. Its completion is an Entry of a round."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="points")
    task = models.ForeignKey(Task, models.PROTECT, related_name="points")
    year = models.PositiveSmallIntegerField(_("年度"))
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    plan = models.TextField(_("建设内容"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="points", verbose_name=_("责任单位"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    is_dropped = models.BooleanField(_("已取消"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By task, year and ordinal."""

        ordering: ClassVar = ["task__position", "year", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "year", "ordinal"], name="point_ordinal_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "year"], name="point_programme_year")]

    def __str__(self) -> str:
        return f"{self.task.code or self.task.name} {self.label}"

    @property
    def label(self) -> str:
        """`2023③`, as reports print it."""
        return f"{self.year}{circled(self.ordinal)}"


def circled(ordinal: int) -> str:
    """① for 1; (21) above 20, where there is no circled figure in every font."""
    return chr(0x2460 + ordinal - 1) if 1 <= ordinal <= 20 else f"({ordinal})"


class Category(models.TextChoices):
    """The classes of 绩效指标 (财预〔2020〕10号)."""

    QUANTITY = "quantity", _("数量指标")
    QUALITY = "quality", _("质量指标")
    TIMELINESS = "timeliness", _("时效指标")
    COST = "cost", _("成本指标")
    SOCIAL = "social", _("社会效益指标")
    LASTING = "lasting", _("可持续影响指标")
    SATISFACTION = "satisfaction", _("满意度指标")


class Direction(models.TextChoices):
    """Whether more or less is better."""

    HIGHER = "higher", _("越高越好")
    LOWER = "lower", _("越低越好")


class Basis(models.TextChoices):
    """口径: what an actual value counts."""

    CUMULATIVE = "cumulative", _("累计")
    PER_YEAR = "per_year", _("每年")
    POINT_IN_TIME = "point_in_time", _("时点")


class Cap(models.TextChoices):
    """封顶口径: whether an attainment above 100 % is printed as it is."""

    CAPPED = "capped", _("按 100% 封顶")
    AS_IS = "as_is", _("如实填报")


class Indicator(models.Model):
    """A performance indicator. `qualitative` ones have a target in words."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="indicators")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="indicators")
    code = models.CharField(_("编号"), max_length=30, blank=True)
    name = models.CharField(_("指标"), max_length=300)
    category = models.CharField(_("类别"), max_length=12, choices=Category)
    measure = models.CharField(_("计量单位"), max_length=20, blank=True)
    direction = models.CharField(_("方向"), max_length=8, choices=Direction, default=Direction.HIGHER)
    basis = models.CharField(_("口径"), max_length=16, choices=Basis, default=Basis.CUMULATIVE)
    cap = models.CharField(_("封顶"), max_length=8, choices=Cap, default=Cap.CAPPED)
    qualitative = models.BooleanField(_("定性"), default=False)
    # The specialty group that the indicator is counted for; none for the whole college.
    group = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("专业群"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="indicators", verbose_name=_("责任单位"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.CharField(max_length=120, db_index=True, blank=True)
    is_dropped = models.BooleanField(_("已取消"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """In the order of the task book."""

        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "group", "code"],
                condition=~models.Q(code=""),
                name="indicator_code_once_in_a_group",
            ),
            models.UniqueConstraint(
                fields=["programme", "code"],
                condition=models.Q(group=None) & ~models.Q(code=""),
                name="indicator_code_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class Target(models.Model):
    """What an indicator is to reach in a period: as printed, and as a number where it is one.

    `number` is in the indicator's measure; `upper` closes a range; both are None for a target in words. `exception`
    says why a mid-term target does not follow the rule of the profile.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    period = models.ForeignKey(Period, models.PROTECT, related_name="targets")
    text = models.CharField(_("目标值"), max_length=300)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    upper = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    exception = models.CharField(_("例外说明"), max_length=300, blank=True)

    class Meta:
        """One target for an indicator in a period."""

        ordering: ClassVar = ["period__last_year", "-period__first_year"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["indicator", "period"], name="target_once")]

    def __str__(self) -> str:
        return self.text


class PlanVersion(models.Model):
    """The whole plan as it stood at a moment: tasks, points, indicators, targets. Never changed."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(_("名称"), max_length=120)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    content = models.JSONField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "number"], name="plan_version_once")]

    def __str__(self) -> str:
        return self.label
