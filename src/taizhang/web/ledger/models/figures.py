"""Derived figures: how an indicator's value is made, and what it came to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.organisation import Person
from taizhang.web.ledger.models.programme import Indicator


class Method(models.TextChoices):
    """Where an indicator's value comes from."""

    DERIVED = "derived", _("由业务记录计算")
    MANUAL = "manual", _("手工填报")


class IndicatorFormula(models.Model):
    """公式 of an indicator, or the reason why its value is typed by hand; and its weight in the score form, where declared.

    `formula` is a `core.formula.Formula` as JSON, in which `departments` are the ids of units. Its basis is the
    indicator's own.
    """

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="derivation")
    method = models.CharField(_("取值方式"), max_length=8, choices=Method, default=Method.MANUAL)
    formula = models.JSONField(default=dict, blank=True)
    reason = models.CharField(_("手工填报的理由"), max_length=300, blank=True)
    weight = models.DecimalField(_("分值"), max_digits=7, decimal_places=3, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        """In the order of the task book."""

        ordering: ClassVar = ["indicator__position", "indicator_id"]

    def __str__(self) -> str:
        return f"{self.indicator} {self.get_method_display()}"


class DerivedFigure(models.Model):
    """派生值: what a formula came to, kept for lists and boards; the page of a figure works it out anew.

    `years` are the values of single years, `at` those of the periods by their id, as texts so that they stay exact.
    `inputs` is the hash of all that it was made of: where that is another, the figure is stale. `unconfirmed` is how
    many of the records counted have not been confirmed by the office.
    """

    indicator = models.OneToOneField(Indicator, models.CASCADE, related_name="figure")
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    years = models.JSONField(default=dict)
    at = models.JSONField(default=dict)
    counted = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    unconfirmed = models.PositiveIntegerField(default=0)
    inputs = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        """In the order of the task book."""

        ordering: ClassVar = ["indicator__position", "indicator_id"]

    def __str__(self) -> str:
        return f"{self.indicator} = {self.value}"
