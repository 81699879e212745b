"""Accounts: added, changed, let in by a link that works once, shut; passwords and sessions."""

import re
from dataclasses import dataclass

from axes.utils import reset
from django.contrib.auth import password_validation
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Person, RoleName, Unit, UnitKind
from taizhang.web.ledger.models.organisation import fresh_salt
from taizhang.web.ledger.ordering import person_key
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,59}")
_FIELDS = ("username", "name", "phone", "email", "is_active")
LANGUAGES = ("", "zh-hans", "en")


class _Links(PasswordResetTokenGenerator):
    """Links that let in once: a new password, a new link, or a sign-out everywhere makes older ones worthless."""

    key_salt = "taizhang.activation"

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        return f"{user.pk}{user.password}{user.session_salt}{user.is_active}{timestamp}"


LINKS = _Links()


@dataclass(frozen=True, slots=True)
class Invitation:
    """What stands in the address of an activation link."""

    who: str
    token: str


def add_person(actor: Person, home: Unit, username: str, name: str, *, phone: str = "", email: str = "") -> Person:
    """A new account, without a password until its owner follows an activation link."""
    _keeps(actor, home)
    if home.kind not in {UnitKind.PROVINCE, UnitKind.COLLEGE}:
        raise RefusedError(_("账号属于学校或省厅，不属于部门。"))
    with transaction.atomic():
        person = Person(home=home, username=plain_username(username), password=Person.unusable())
        if Person.objects.filter(username=person.username).exists():
            raise RefusedError(_("登录名“%(username)s”已有人用，请换一个。") % {"username": person.username})
        _described(person, name, phone, email)
        person.save()
        history.record(_chain(person), actor, "add", person, after=history.written(person, *_FIELDS))
        return person


def change_person(actor: Person, person: Person, name: str, *, phone: str = "", email: str = "") -> Person:
    """Another name, phone or address: by the administrator; phone and address also by the person."""
    if actor.pk != person.pk or name.strip() != person.name:
        _keeps(actor, person.home)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        before = history.written(row, *_FIELDS)
        _described(row, name, phone, email)
        after = history.written(row, *_FIELDS)
        if after != before:
            row.save(update_fields=["name", "phone", "email", "sort_key"])
            history.record(_chain(row), actor, "change", row, before=before, after=after)
        return row


def invite(actor: Person, person: Person) -> Invitation:
    """A link by which the person sets a password; earlier links and sessions end with it."""
    _keeps(actor, person.home)
    return let_in(actor, person)


def let_in(actor: Person | None, person: Person) -> Invitation:
    """As `invite`, also without an actor: whoever runs commands on the server can let anyone in."""
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        if not row.is_active:
            raise OutOfOrderError(_("%(name)s的账号已停用，请先启用。") % {"name": row.name})
        row.session_salt = fresh_salt()
        row.save(update_fields=["session_salt"])
        history.record(_chain(row), actor, "invite", row)
        return Invitation(urlsafe_base64_encode(force_bytes(row.pk)), LINKS.make_token(row))


def invited(who: str, token: str) -> Person | None:
    """The person whom a link lets in; None where it was used, is too old, or was never given."""
    try:
        person = Person.objects.select_related("home").get(pk=int(urlsafe_base64_decode(who)))
    except (ValueError, OverflowError, Person.DoesNotExist):
        return None
    return person if person.is_active and LINKS.check_token(person, token) else None


def activate(who: str, token: str, password: str) -> Person:
    """Set the password by a link, which then is worth nothing."""
    with transaction.atomic():
        person = invited(who, token)
        row = Person.objects.select_for_update().get(pk=person.pk) if person else None
        if row is None or not LINKS.check_token(row, token):
            raise OutOfOrderError(_("链接已经用过或已过期，请向管理员要一个新的。"))
        _refuse_weak(row, password)
        row.set_password(password)
        row.session_salt = fresh_salt()
        row.activated_at = row.activated_at or timezone.now()
        row.save(update_fields=["password", "session_salt", "activated_at"])
        history.record(_chain(row), row, "activate", row)
    reset(username=row.username)  # whoever has the link need not wait for the throttle
    return row


def change_password(person: Person, old: str, new: str) -> Person:
    """Another password; every other session of the person ends."""
    if not person.check_password(old):
        raise RefusedError(_("原密码不对。"))
    if old == new:
        raise RefusedError(_("新密码和原密码一样。"))
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        _refuse_weak(row, new)
        row.set_password(new)
        row.save(update_fields=["password"])
        history.record(_chain(row), row, "password", row)
        return row


def expel(actor: Person, person: Person) -> Person:
    """End all sessions of a person everywhere, at once: one's own, or of those whose account one keeps."""
    if actor.pk != person.pk:
        _keeps(actor, person.home)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        row.session_salt = fresh_salt()
        row.save(update_fields=["session_salt"])
        history.record(_chain(row), actor, "expel", row)
        return row


def close_account(actor: Person, person: Person) -> Person:
    """The person no longer gets in; what they did stays under their name."""
    _keeps(actor, person.home)
    if actor.pk == person.pk:
        raise RefusedError(_("不能停用自己的账号，请让另一位管理员来做。"))
    return _switched(actor, person, active=False, verb="close")


def reopen_account(actor: Person, person: Person) -> Person:
    """The person gets in again, by the old password or a new link."""
    _keeps(actor, person.home)
    return _switched(actor, person, active=True, verb="reopen")


def choose_language(person: Person, language: str) -> None:
    """The language of the pages, kept with the person; no matter of history."""
    if language not in LANGUAGES:
        raise RefusedError(_("没有这种语言。"))
    Person.objects.filter(pk=person.pk).update(language=language)


def plain_username(username: str) -> str:
    """As it is kept: lower case; raises RefusedError where it cannot be typed at a door."""
    plain = username.strip().lower()
    if not _USERNAME.fullmatch(plain):
        raise RefusedError(_("登录名用小写字母、数字和 . _ @ -，2 到 60 个字符，以字母或数字开头。"))
    return plain


def _switched(actor: Person, person: Person, *, active: bool, verb: str) -> Person:
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        if row.is_active == active:
            is_so = _("%(name)s的账号已经启用。") if active else _("%(name)s的账号已经停用。")
            raise OutOfOrderError(is_so % {"name": row.name})
        row.is_active = active
        row.session_salt = fresh_salt()
        row.save(update_fields=["is_active", "session_salt"])
        history.record(
            _chain(row), actor, verb, row, before={"is_active": not active}, after={"is_active": active}
        )  # fmt: skip
        return row


def _described(person: Person, name: str, phone: str, email: str) -> None:
    name, phone, email = name.strip(), phone.strip(), email.strip()
    if not name or len(name) > 60:
        raise RefusedError(_("请填写姓名，最多 60 个字。"))
    if phone and not re.fullmatch(r"[0-9+()（） -]{3,30}", phone):
        raise RefusedError(_("“%(phone)s”不像电话号码。") % {"phone": phone[:30]})
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise RefusedError(_("“%(email)s”不是邮箱地址。") % {"email": email[:60]}) from error
    person.name, person.phone, person.email, person.sort_key = name, phone, email, person_key(name)


def _refuse_weak(person: Person, password: str) -> None:
    if len(password) > 200:
        raise RefusedError(_("密码太长，最多 200 个字符。"))
    try:
        password_validation.validate_password(password, person)
    except ValidationError as error:
        raise RefusedError("".join(str(message) for message in error.messages)) from error


def _keeps(actor: Person, home: Unit) -> None:
    if not access.standing(actor).reaches(home, RoleName.ADMIN):
        raise NotAllowedError(_("这个账号不归您管。"))


def _chain(person: Person) -> Unit:
    return person.home.college or person.home
