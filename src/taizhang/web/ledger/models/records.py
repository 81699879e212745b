"""业务记录: facts entered once, each of a declared kind; what it measures, how its state moved, whom and what it names."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.evidence import Citing, Evidence
from taizhang.web.ledger.models.kept import Kept
from taizhang.web.ledger.models.organisation import Person, Unit
from taizhang.web.ledger.models.registers import Partner, Place
from taizhang.web.ledger.models.rounds import Stage


class PeriodBasis(models.TextChoices):
    """How it is known when a thing happened: said outright, or understood from the report that tells of it."""

    STATED = "stated", _("原文写明")
    REPORT_YEAR = "report_year", _("由报告年度推得")
    REPORT_PERIOD = "report_period", _("由建设期推得")
    UNSTATED = "unstated", _("未说明")


# What decides who sees a record: in the index, so that those of others are passed over without being read.
_ASKED = ("unit", "stage", "withdrawn_at")


class Record(Kept):
    """业务记录. `kind`, `state` and the keys of `fields` are words of the kind's declaration, versioned with it.

    What was told is kept as told (`org`, `department`, `owner`, `period`, `place_told`); beside it stands what lists and
    figures go by (`unit`, `person`, `first_year` and `last_year`, `place`; `counted_year` is the one year in which it
    counts, by `core.dating`, in charts as in figures). `level` is never inferred. A number among
    `fields` stands there as {"number": "3.5"}, so that it stays exact. `version` goes up with every saved change.
    `altered` is set when a confirmed record was changed, until the office has seen it.
    """

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="records", verbose_name=_("责任部门"))
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="records", verbose_name=_("责任人")
    )
    code = models.CharField(_("编号"), max_length=60)
    kind = models.CharField(_("类型"), max_length=40)
    title = models.CharField(_("标题"), max_length=300)
    org = models.CharField(_("学校"), max_length=120, blank=True)
    department = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=60, blank=True)
    period = models.CharField(_("时间"), max_length=60, blank=True)
    period_basis = models.CharField(_("时间的依据"), max_length=16, choices=PeriodBasis, default=PeriodBasis.UNSTATED)
    start = models.DateField(_("开始日期"), null=True, blank=True)
    end = models.DateField(_("结束日期"), null=True, blank=True)
    as_of = models.DateField(_("统计截止日"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    counted_year = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="records")
    place_told = models.CharField(_("地点"), max_length=120, blank=True)
    level = models.CharField(_("级别"), max_length=30, blank=True)
    state = models.CharField(_("状态"), max_length=40, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    tags = models.JSONField(default=list, blank=True)
    # Where it was told: [{"doc", "line", "text"}], the first being what the form shows as its wording.
    sources = models.JSONField(default=list, blank=True)
    # Evidence that an import named and did not bring along: [{"title", "page"}].
    mentions = models.JSONField(default=list, blank=True)
    stage = models.CharField(_("阶段"), max_length=14, choices=Stage, default=Stage.DRAFT)
    returned_because = models.TextField(_("退回理由"), blank=True)
    altered = models.BooleanField(_("确认后改动"), default=False)
    # What the kind says of it as it stands: [{"code", "severity", "message", "field"}].
    findings = models.JSONField(default=list, blank=True)
    worst = models.CharField(max_length=8, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first; each filter and order of the list walks an index that also says whose a record is."""

        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "code"], name="record_code_once")]
        indexes: ClassVar = [
            models.Index(fields=["college", "-id", *_ASKED], name="record_newest"),
            models.Index(fields=["college", "-changed_at", "-id", *_ASKED], name="record_changed"),
            models.Index(fields=["unit", "-id", "withdrawn_at"], name="record_of_unit"),
            models.Index(fields=["unit", "-changed_at", "-id", "withdrawn_at"], name="record_of_unit_changed"),
            models.Index(fields=["unit", "title", "id", "withdrawn_at"], name="record_of_unit_by_title"),
            models.Index(
                fields=["unit", "-last_year", "-first_year", "-id", "withdrawn_at"], name="record_of_unit_by_years"
            ),
            models.Index(fields=["college", "kind", "-id", *_ASKED, "version"], name="record_of_kind"),
            models.Index(fields=["college", "level", "-id", *_ASKED], name="record_of_level"),
            models.Index(fields=["college", "state", "-id", *_ASKED], name="record_of_state"),
            models.Index(fields=["college", "stage", "-id", "unit", "withdrawn_at"], name="record_at_stage"),
            models.Index(fields=["college", "altered", "-id"], name="record_altered"),
            models.Index(fields=["college", "worst", "-id"], name="record_worst"),
            models.Index(fields=["college", "withdrawn_at"], name="record_withdrawn"),
            models.Index(fields=["made_by", "-id"], name="record_made_by"),
            models.Index(fields=["college", "-last_year", "-first_year", "-id", *_ASKED], name="record_by_years"),
            models.Index(fields=["college", "counted_year", "-id"], name="record_counted_year"),
            models.Index(fields=["college", "title", "id", *_ASKED], name="record_by_title"),
            models.Index(fields=["place", "-id"], name="record_place"),
            # All that a chart counts by, so that a million are counted without one being read.
            models.Index(
                fields=["college", "kind", "state", "level", "counted_year", "stage", "withdrawn_at", "unit", "place"],
                name="record_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_editable(self) -> bool:
        """Whether its reporter may still type into it."""
        return self.stage in {Stage.DRAFT, Stage.RETURNED} and self.withdrawn_at is None


class RecordMeasure(models.Model):
    """计量: a named value with its unit. `qualifier` is the bound as told (超, 近, 约, 至少); `cumulative` None is unstated."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("计量"), max_length=120)
    value = models.DecimalField(_("数值"), max_digits=24, decimal_places=6)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    qualifier = models.CharField(_("限定"), max_length=12, blank=True)
    cumulative = models.BooleanField(_("累计"), null=True, blank=True)
    base_period = models.CharField(_("基期"), max_length=60, blank=True)

    class Meta:
        """As told."""

        ordering: ClassVar = ["record", "position", "id"]
        indexes: ClassVar = [models.Index(fields=["name", "record"], name="measure_of_name")]

    def __str__(self) -> str:
        more = "" if self.cumulative is None else ("（累计）" if self.cumulative else "（当期）")
        return f"{self.name} {self.qualifier}{self.value.normalize():f} {self.unit}".strip() + more


class RecordMove(models.Model):
    """状态变更: the record came to a state, on a day where it is known; the last move says the state it is in."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="moves")
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("状态"), max_length=40)
    on = models.DateField(_("日期"), null=True, blank=True)
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """In the order they were made."""

        ordering: ClassVar = ["record", "position", "id"]

    def __str__(self) -> str:
        return f"{self.record} → {self.state}"


class RecordPartner(models.Model):
    """A record names a partner, perhaps in a role (牵头, 参与, 共建, 受援); `told` is the name as it was written."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="partners")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="records")
    position = models.PositiveSmallIntegerField(default=0)
    told = models.CharField(_("名称"), max_length=120)
    role = models.CharField(_("角色"), max_length=40, blank=True)

    class Meta:
        """As told."""

        ordering: ClassVar = ["record", "position", "id"]

    def __str__(self) -> str:
        return f"{self.told}（{self.role}）" if self.role else self.told


class RecordTag(models.Model):
    """A tag of a record, so that a list finds all that carry it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)

    class Meta:
        """Once on a record."""

        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "name"], name="record_tag_once")]
        indexes: ClassVar = [models.Index(fields=["college", "name", "-record"], name="record_tag_name")]

    def __str__(self) -> str:
        return self.name


class RecordText(models.Model):
    """The words of a record as searches compare them; beside it the database's index of its pairs (ledger.evidence.search)."""

    record = models.OneToOneField(Record, models.CASCADE, primary_key=True, related_name="words")
    folded = models.TextField()

    def __str__(self) -> str:
        return f"{self.record}"


class RecordCitation(Citing):
    """A record cites a piece of evidence."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="citations")
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="record_citations")

    class Meta(Citing.Meta):
        """A record cites the same piece once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "evidence"], condition=models.Q(withdrawn_at=None), name="record_citation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} ← {self.evidence}"


class KindDeclaration(Kept):
    """A college's own declaration of a kind, or what it adds to a shipped one, as YAML. A new version is a new row.

    The newest row of a key is the one in force; one that is withdrawn gives the shipped kind back, where there is one.
    """

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    key = models.CharField(_("类型"), max_length=40)
    version = models.PositiveIntegerField(_("版次"), default=1)
    text = models.TextField(_("声明"))
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest of a kind first."""

        ordering: ClassVar = ["key", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "key", "version"], name="declaration_once")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"
