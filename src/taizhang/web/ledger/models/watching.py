"""监测预警: what is watched beside the programme, where warnings begin, the warnings, what was done, who is told."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.core import watching as core
from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.programme import Indicator, Point, Programme


class ThresholdName(models.TextChoices):
    """The thresholds that a college may set; `core.watching.NAMES`."""

    LEFT_YELLOW = "left_yellow", _("剩余时间：黄（%）")
    LEFT_RED = "left_red", _("剩余时间：红（%）")
    GAP_BLUE = "gap_blue", _("进度落后：蓝（百分点）")
    GAP_YELLOW = "gap_yellow", _("进度落后：黄（百分点）")
    GAP_RED = "gap_red", _("进度落后：红（百分点）")
    GRACE = "grace", _("过了多少时间才比进度（%）")
    EVIDENCE_LEFT = "evidence_left", _("没有佐证：剩余时间不到多少为红（%）")
    ERRORS_RED = "errors_red", _("检查错误：几处为红")
    DOUBTS_YELLOW = "doubts_yellow", _("检查存疑：几处为黄")
    ESCALATE_DAYS = "escalate_days", _("没有处置，几天升一级")


class Threshold(models.Model):
    """A threshold of a college's own: for all, for a unit and those below it, for a year, or for both."""

    college = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("部门"))
    year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    name = models.CharField(_("阈值"), max_length=20, choices=ThresholdName)
    number = models.DecimalField(_("数值"), max_digits=8, decimal_places=2)

    class Meta:
        """One of a name for a unit and a year."""

        ordering: ClassVar = ["name", "unit__path", "year"]

    def __str__(self) -> str:
        return f"{self.get_name_display()} {self.number.normalize():f}"


class SubjectKind(models.TextChoices):
    """What is diagnosed."""

    SPECIALTY = "specialty", _("专业")
    COURSE = "course", _("课程")
    TEACHER = "teacher", _("教师")


class Subject(models.Model):
    """诊改对象: a specialty, a course or a teacher, whom a unit answers for."""

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="subjects", verbose_name=_("责任部门"))
    kind = models.CharField(_("类别"), max_length=10, choices=SubjectKind)
    code = models.CharField(_("代码"), max_length=40)
    name = models.CharField(_("名称"), max_length=120)

    class Meta:
        """By kind and code."""

        ordering: ClassVar = ["kind", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "kind", "code"], name="subject_once")]

    def __str__(self) -> str:
        return self.name


class Gauge(models.Model):
    """诊改指标 (报到率, 就业率, 对口率 …) with the college's bars: beyond `yellow`, beyond `red`, worse by `drop` per cent."""

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("类别"), max_length=10, choices=SubjectKind)
    name = models.CharField(_("指标"), max_length=60)
    measure = models.CharField(_("计量单位"), max_length=10, blank=True, default="%")
    lower = models.BooleanField(_("越低越好"), default=False)
    yellow = models.DecimalField(_("黄线"), max_digits=12, decimal_places=2, null=True, blank=True)
    red = models.DecimalField(_("红线"), max_digits=12, decimal_places=2, null=True, blank=True)
    drop = models.DecimalField(_("比上期变差多少报警（%）"), max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        """By kind and name."""

        ordering: ClassVar = ["kind", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "kind", "name"], name="gauge_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def bar(self) -> core.Bar:
        """Its bars as values."""
        return core.Bar(self.yellow, self.red, self.lower, self.drop)


class Gauging(models.Model):
    """监测值: what a gauge showed of a subject in a term (“2025-2026-1”), with numerator and denominator where told."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="gaugings")
    gauge = models.ForeignKey(Gauge, models.PROTECT, related_name="gaugings")
    term = models.CharField(_("学期"), max_length=20)
    number = models.DecimalField(_("监测值"), max_digits=14, decimal_places=4)
    part = models.DecimalField(_("分子"), max_digits=14, decimal_places=2, null=True, blank=True)
    whole = models.DecimalField(_("分母"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        """In the order of time: terms are written so that they sort."""

        ordering: ClassVar = ["term", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "gauge", "term"], name="gauging_once")]
        indexes: ClassVar = [models.Index(fields=["gauge", "term"], name="gauging_gauge_term")]

    def __str__(self) -> str:
        return f"{self.subject} {self.gauge} {self.term}"


class CauseName(models.TextChoices):
    """Why a warning is given; `core.watching.Cause`."""

    TIME = "time", _("时间将尽")
    GAP = "gap", _("进度落后")
    EVIDENCE = "evidence", _("缺佐证")
    FALLING = "falling", _("累计值变小")
    FINDINGS = "findings", _("检查问题")
    THRESHOLD = "threshold", _("越过警戒线")
    DROP = "drop", _("比上期变差")


class LevelName(models.IntegerChoices):
    """How grave; `core.watching.Level`."""

    BLUE = 1, _("蓝色")
    YELLOW = 2, _("黄色")
    RED = 3, _("红色")


class ForewarningState(models.TextChoices):
    """What has become of a warning. It closes only after something was done."""

    OPEN = "open", _("待处置")
    HANDLED = "handled", _("已处置")
    CLOSED = "closed", _("已关闭")


class Forewarning(models.Model):
    """预警. `key` names what is watched; `reach` is how far up it has come, `reached_on` since when; `gone_on` the day on which its cause ended."""

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="forewarnings", verbose_name=_("责任部门"))
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.ForeignKey(Subject, models.PROTECT, null=True, blank=True, related_name="forewarnings")
    gauge = models.ForeignKey(Gauge, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=60)
    name = models.CharField(_("对象"), max_length=300)
    cause = models.CharField(_("原因"), max_length=10, choices=CauseName)
    level = models.PositiveSmallIntegerField(_("级别"), choices=LevelName)
    reach = models.PositiveSmallIntegerField(choices=LevelName)
    sentence = models.CharField(_("情况"), max_length=300)
    working = models.JSONField(default=list, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=ForewarningState, default=ForewarningState.OPEN)
    raised_on = models.DateField(_("报警日期"))
    reached_on = models.DateField(null=True, blank=True)
    gone_on = models.DateField(_("原因消除日期"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    closed_because = models.CharField(_("关闭说明"), max_length=300, blank=True)

    class Meta:
        """The gravest first, then the newest."""

        ordering: ClassVar = ["-level", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["college", "key", "cause"], condition=~models.Q(state="closed"), name="forewarning_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["college", "state", "-level", "-id"], name="forewarning_state"),
            models.Index(fields=["unit", "state", "-level", "-id"], name="forewarning_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.name}：{self.get_cause_display()}"


class Handling(models.Model):
    """处置记录: what someone found out and does about a warning, and by when."""

    forewarning = models.ForeignKey(Forewarning, models.PROTECT, related_name="handlings")
    reason = models.CharField(_("原因分析"), max_length=1000)
    measure = models.CharField(_("处置措施"), max_length=1000)
    due = models.DateField(_("完成期限"), null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        """As they were written."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.measure


class MessengerKind(models.TextChoices):
    """How the digest is sent."""

    MAIL = "mail", _("邮件")
    PEOPLE = "people", _("邮件提醒责任人和逐级负责人")
    WECOM = "wecom", _("企业微信群机器人")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    FEISHU = "feishu", _("飞书群机器人")


class Messenger(models.Model):
    """消息通道: where the office has the daily digest sent. `sealed` is the robot's address, `sealed_sign` its signing key."""

    college = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    kind = models.CharField(_("方式"), max_length=10, choices=MessengerKind)
    name = models.CharField(_("名称"), max_length=60)
    recipients = models.CharField(_("收件人"), max_length=500, blank=True)
    sealed = models.BinaryField(blank=True, default=b"")
    sealed_sign = models.BinaryField(blank=True, default=b"")
    is_active = models.BooleanField(_("在用"), default=False)
    sent_on = models.DateField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        """By name."""

        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "name"], name="messenger_name_once")]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """定时事务: what is done by the clock, and until when a worker has it to itself; so that many workers do it once."""

    name = models.CharField(max_length=40, unique=True)
    held_until = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
