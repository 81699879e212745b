"""What stands beside the indicators of a programme: its money by source, its landmark results, the medians of others."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.programme import Indicator, Programme
from taizhang.web.ledger.models.records import Record
from taizhang.web.ledger.models.rounds import Round


class FundSource(models.TextChoices):
    """Where money comes from."""

    CENTRAL = "1-central", _("中央财政")
    PROVINCIAL = "2-provincial", _("省级财政")
    LOCAL = "3-local", _("举办方和地方财政")
    ENTERPRISE = "4-enterprise", _("行业企业支持")
    OWN = "5-own", _("学校自筹")
    OTHER = "6-other", _("其他")


class FundLine(models.Model):
    """资金: budget, arrived and spent of a source in a year, in 万元, with the explanation of a low rate."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="funds")
    year = models.PositiveSmallIntegerField(_("年度"))
    source = models.CharField(_("来源"), max_length=14, choices=FundSource)
    budget = models.DecimalField(_("预算数（万元）"), max_digits=16, decimal_places=6)
    arrived = models.DecimalField(_("到位数（万元）"), max_digits=16, decimal_places=6, default=Decimal(0))
    spent = models.DecimalField(_("执行数（万元）"), max_digits=16, decimal_places=6, default=Decimal(0))
    explanation = models.TextField(_("说明"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By year and source."""

        ordering: ClassVar = ["year", "source"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "year", "source"], name="fund_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_source_display()}"


class LandmarkState(models.TextChoices):
    """What became of a landmark result. Only what was won and is still held counts."""

    WAITING = "waiting", _("尚未获得")
    WON = "won", _("已获得")
    LOST = "lost", _("已不再保有")
    ENDED = "ended", _("不再评选")


class Landmark(models.Model):
    """标志性成果: what the plan promises, at which level, what was won, and what stands in for it where it was not.

    `record` is the record that tells of it. A substitute stands beside it in words; it never makes the landmark won.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="landmarks")
    name = models.CharField(_("标志性成果"), max_length=200)
    level = models.CharField(_("级别"), max_length=30, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    state = models.CharField(_("状态"), max_length=8, choices=LandmarkState, default=LandmarkState.WAITING)
    record = models.ForeignKey(
        Record, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("业务记录")
    )
    won_level = models.CharField(_("实际级别"), max_length=30, blank=True)
    won_on = models.DateField(_("获得日期"), null=True, blank=True)
    lost_on = models.DateField(_("失去日期"), null=True, blank=True)
    substitute = models.CharField(_("替代成果"), max_length=300, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """As they were put in."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "name"], name="landmark_once")]

    def __str__(self) -> str:
        return self.name


class BenchmarkScope(models.TextChoices):
    """Whose median it is."""

    NATIONAL = "national", _("全国高职院校")
    PROVINCIAL = "provincial", _("全省高职院校")


class Benchmark(models.Model):
    """外部对标: the median of other colleges for a year, in the indicator's measure, and where it was published."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="benchmarks")
    scope = models.CharField(_("范围"), max_length=12, choices=BenchmarkScope)
    year = models.PositiveSmallIntegerField(_("年度"))
    median = models.DecimalField(_("中位数"), max_digits=20, decimal_places=6)
    source = models.CharField(_("出处"), max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By year and scope."""

        ordering: ClassVar = ["indicator__position", "year", "scope"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "scope", "year"], name="benchmark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year} {self.get_scope_display()} {self.median.normalize():f}"


class Appraisal(models.Model):
    """评分补充: what nobody can compute of a round's score: 管理与执行 of each tier, and what fails the college at once.

    `management` is the score by the name of the tier, as text so that it stays exact; `fails` the conditions of the
    scheme that hold, each with what is said of it.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="appraisal")
    management = models.JSONField(_("管理与执行得分"), default=dict, blank=True)
    fails = models.JSONField(_("一票否决情形"), default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.round} 评分补充"


class Supposition(models.Model):
    """假设: if these items of a round reached their targets or came to these values; worked out anew whenever it is opened."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="suppositions")
    name = models.CharField(_("名称"), max_length=60)
    entries = models.JSONField(_("假设达到目标的填报项"), default=list)
    values = models.JSONField(_("假设的值"), default=dict)  # by the key of the item, each a plain number
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        """As they were made."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "name"], name="supposition_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """Of how many items it supposes something."""
        return len(self.entries) + len(self.values)
