"""取数接口: declared imports of a college, each fetch with what it brought, and where each figure came from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.programme import Programme
from taizhang.web.ledger.models.records import Record
from taizhang.web.ledger.models.results import Benchmark
from taizhang.web.ledger.models.rounds import Entry


class Connector(models.Model):
    """A declared import. `text` is the declaration, `sealed` the password of the other system, never shown again.

    New records come to `unit`; values go into the open rounds of `programme`.
    """

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="connectors", verbose_name=_("建设项目")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("责任部门"))
    name = models.CharField(_("名称"), max_length=60)
    text = models.TextField(_("声明"))
    sealed = models.BinaryField(blank=True, default=b"")
    is_active = models.BooleanField(_("在用"), default=True)
    version = models.PositiveIntegerField(default=1)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    pulled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """By name, which a college gives once."""

        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "name"], name="connector_name_once")]

    def __str__(self) -> str:
        return self.name


class PullState(models.TextChoices):
    """What has become of a fetch."""

    WAITING = "waiting", _("排队中")
    FETCHING = "fetching", _("取数中")
    SHOWN = "shown", _("待确认")
    WRITTEN = "written", _("已写入")
    DROPPED = "dropped", _("未采用")
    FAILED = "failed", _("没有取到")


class Pull(models.Model):
    """取数: rows were fetched once. `items` and `faults` are what they came to; written or dropped by a person.

    One that was asked for waits until the worker fetches it; `progress` says how far it is, for who looks on.
    `text` is the declaration as it stood then. Nobody asked for it where `pulled_by` is empty: it was due.
    """

    connector = models.ForeignKey(Connector, models.PROTECT, related_name="pulls")
    text = models.TextField()
    file_name = models.CharField(max_length=200, blank=True)
    pulled_at = models.DateTimeField()
    pulled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("结果"), max_length=8, choices=PullState, default=PullState.SHOWN)
    progress = models.CharField(max_length=60, blank=True)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    passed = models.PositiveIntegerField(default=0)
    items = models.JSONField(default=list, blank=True)
    faults = models.JSONField(default=list, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    written = models.PositiveIntegerField(_("写入"), default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["connector", "-id"], name="pull_connector_newest")]

    def __str__(self) -> str:
        return f"{self.connector} {self.pulled_at:%Y-%m-%d %H:%M}"


class Provenance(models.Model):
    """来历: a figure, a record or an outside median came from rows of a fetch. The newest of a key says what it is known by."""

    connector = models.ForeignKey(Connector, models.PROTECT, related_name="provenances")
    pull = models.ForeignKey(Pull, models.PROTECT, related_name="provenances")
    key = models.CharField(max_length=300)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="provenances")
    record = models.ForeignKey(Record, models.PROTECT, null=True, blank=True, related_name="provenances")
    benchmark = models.ForeignKey(Benchmark, models.PROTECT, null=True, blank=True, related_name="provenances")
    rows = models.CharField(_("行号"), max_length=200)
    value = models.CharField(_("取到的值"), max_length=60, blank=True)
    working = models.CharField(_("算法"), max_length=200, blank=True)
    as_of = models.DateField(_("统计截止日"), null=True, blank=True)
    basis = models.CharField(_("口径"), max_length=300, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["connector", "key", "-id"], name="provenance_key"),
            models.Index(fields=["entry", "-id"], name="provenance_entry"),
            models.Index(fields=["record", "-id"], name="provenance_record"),
        ]

    def __str__(self) -> str:
        return f"{self.connector}：{self.key}"
