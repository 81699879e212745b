"""Units in a tree (省 → 学校 → 部门, 专业群, 专业), people, and the roles that people have in units."""

from typing import ClassVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _


def fresh_salt() -> str:
    """A new salt for a person's sessions."""
    return get_random_string(32)


class UnitKind(models.TextChoices):
    """What a unit is."""

    PROVINCE = "province", _("省厅")
    COLLEGE = "college", _("学校")
    DEPARTMENT = "department", _("部门")
    TEAM = "team", _("建设组")
    GROUP = "group", _("专业群")
    SPECIALTY = "specialty", _("专业")


class Unit(models.Model):
    """A unit. `path` is the ids from the root to here (`/1/5/`), so that a subtree is one prefix."""

    name = models.CharField(_("名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=UnitKind)
    code = models.CharField(_("代码"), max_length=20, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # The college that a unit belongs to; a college belongs to itself; a province to none.
    college = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField(max_length=255, db_index=True, blank=True)
    sort_key = models.CharField(max_length=255, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        """Units of one parent have different names."""

        ordering: ClassVar = ["path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_under_a_parent"),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name


class People(BaseUserManager["Person"]):
    """People are found by the name they log in with, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person who logs in with this name."""
        return self.get(username=(username or "").lower())


class Person(AbstractBaseUser):
    """Someone who logs in. `session_salt` changes to end all of the person's sessions at once."""

    username = models.CharField(_("登录名"), max_length=60, unique=True)
    name = models.CharField(_("姓名"), max_length=60)
    sort_key = models.CharField(max_length=120, blank=True, db_index=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)
    # The college or province that keeps this person's account.
    home = models.ForeignKey(Unit, models.PROTECT, related_name="people", verbose_name=_("所属"))
    is_active = models.BooleanField(_("在用"), default=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    session_salt = models.CharField(max_length=32, default=fresh_salt)
    language = models.CharField(max_length=10, blank=True)

    objects = People()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        """In the order of a Chinese dictionary."""

        ordering: ClassVar = ["sort_key", "id"]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Bound to password and salt: when either changes, every open session ends."""
        return self._session_hash()

    def _session_hash(self, secret: str | None = None) -> str:
        return salted_hmac(
            "taizhang.session", f"{self.password}:{self.session_salt}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def get_session_auth_fallback_hash(self):  # type: ignore[no-untyped-def]  # noqa: ANN201 - as Django declares it
        """No key of the past is honoured: a rotated key ends all sessions."""
        return iter(())

    @staticmethod
    def unusable() -> str:
        """What stands for a password before the person has chosen one."""
        return make_password(None)


class RoleName(models.TextChoices):
    """What a person is in a unit."""

    REPORTER = "reporter", _("填报人")
    LEAD = "lead", _("负责人")
    OFFICE = "office", _("双高办")
    EXPERT = "expert", _("专家")
    PROVINCE = "province", _("省厅")
    ADMIN = "admin", _("管理员")


class Role(models.Model):
    """A person is something in a unit, for good or from a day to a day; a delegated role names the one who lent it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles")
    name = models.CharField(_("角色"), max_length=12, choices=RoleName)
    since = models.DateField(_("起"), null=True, blank=True)
    until = models.DateField(_("止"), null=True, blank=True)
    lent_by = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="lent_roles")

    class Meta:
        """The same role is not given twice for good; it may be lent by several."""

        ordering: ClassVar = ["unit__path", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "unit", "name", "lent_by"], name="role_given_once"),
            models.UniqueConstraint(
                fields=["person", "unit", "name"], condition=models.Q(lent_by=None), name="own_role_given_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_name_display()}"
