"""名录: partners and places that records name, each under all the names it goes by; of two that are one, one is kept."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger.models.kept import Kept
from taizhang.web.ledger.models.organisation import Unit


class PartnerKind(models.TextChoices):
    """What a partner is."""

    UNKNOWN = "", _("未定")
    GOVERNMENT = "government", _("政府部门")
    UNIVERSITY = "university", _("高校")
    SECONDARY = "secondary", _("中小学和中职")
    ENTERPRISE = "enterprise", _("企业")
    ASSOCIATION = "association", _("协会、学会")
    VILLAGE = "village", _("村镇")
    OTHER = "other", _("其他")


class Listed(Kept):
    """What the two registers share. A merged row stays, points to the one that was kept, and is listed no more."""

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=120)
    sort_key = models.CharField(max_length=255, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """No table of its own."""

        abstract = True

    def __str__(self) -> str:
        return self.name


class Partner(Listed):
    """合作单位: an organisation outside the college, with its unified social credit code where it is known."""

    kind = models.CharField(_("类型"), max_length=12, choices=PartnerKind, blank=True, default=PartnerKind.UNKNOWN)
    code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        """In the order of a Chinese dictionary."""

        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [models.Index(fields=["college", "sort_key", "id"], name="partner_college_sorted")]


class Alias(models.Model):
    """A name that something in a register goes by, its own included."""

    college = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=120)

    class Meta:
        """As they were given; no table of its own."""

        abstract = True
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class PartnerAlias(Alias):
    """A name of a partner: a told name leads to one partner of the college at most."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="aliases")
    # The partner that brought this name along when it was merged: to it the name returns.
    came_from = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Alias.Meta):
        """A name stands for one."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["college", "name"], name="partner_alias_once")]


class PlaceRank(models.TextChoices):
    """The five levels of a place. The value sorts from the outermost inward."""

    UNKNOWN = "", _("未定")
    PROVINCE = "1-province", _("省")
    CITY = "2-city", _("市")
    COUNTY = "3-county", _("县（区）")
    TOWN = "4-town", _("镇（街道）")
    VILLAGE = "5-village", _("村（社区）")


class Place(Listed):
    """地点: a province, city, county, town or village. `path` is the ids from the outermost to here (`/1/5/`)."""

    rank = models.CharField(_("层级"), max_length=12, choices=PlaceRank, blank=True, default=PlaceRank.UNKNOWN)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, blank=True)

    class Meta:
        """As the tree runs; within a place in the order of a Chinese dictionary."""

        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [
            models.Index(fields=["college", "sort_key", "id"], name="place_college_sorted"),
            models.Index(fields=["college", "path"], name="place_college_path"),
        ]


class PlaceAlias(Alias):
    """A name of a place. Several towns may share one: then a person says which is meant."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="aliases")
    came_from = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Alias.Meta):
        """Once for each place."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["place", "name"], name="place_alias_once")]
        indexes: ClassVar = [models.Index(fields=["college", "name"], name="place_alias_name")]
