"""The daily digest: counts and links, by mail and by group robots, only where the office set it and switched it on."""

import re
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.connect.outlet import Outlet
from taizhang.connect.robots import Message, Robot, send
from taizhang.connect.rows import ConnectError
from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import Forewarning, ForewarningState, Messenger, MessengerKind, Person, Unit
from taizhang.web.ledger.sealing import opened, sealed
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

_APART = re.compile(r"[\s,;，；、]+")
_MOST_RECIPIENTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A messenger as the office sets it."""

    kind: str
    name: str
    recipients: str = ""
    address: str = ""
    sign: str = ""


def add(person: Person, college: Unit, channel: Channel) -> Messenger:
    """A new messenger; nothing is sent until it is switched on."""
    _allowed(person, college)
    if channel.kind not in MessengerKind.values or not channel.name.strip() or len(channel.name) > 60:
        raise RefusedError(_("请选择方式，并写一个 60 字以内的名称。"))
    if Messenger.objects.filter(college=college, name=channel.name.strip()).exists():
        raise RefusedError(_("已经有名为“%(strip)s”的通道。") % {"strip": channel.name.strip()})
    row = Messenger(college=college, kind=channel.kind, name=channel.name.strip())
    if channel.kind == MessengerKind.MAIL:
        row.recipients = ", ".join(_recipients(channel.recipients))
    else:
        if not channel.address.strip().startswith(("https://", "http://")):
            raise RefusedError(_("请粘贴机器人的 Webhook 地址，以 https:// 开头。"))
        row.sealed, row.sealed_sign = sealed(channel.address.strip()), _sealed(channel.sign.strip())
    with transaction.atomic():
        row.save()
        # The address of a robot is its password: neither it nor the key goes into the history.
        history.record(college, person, "add", row, after=history.written(row, "kind", "name", "recipients"))
        return row


def _sealed(text: str) -> bytes:
    return sealed(text) if text else b""


def _recipients(text: str) -> list[str]:
    found = [each for each in _APART.split(text.strip()) if each]
    if not found or len(found) > _MOST_RECIPIENTS:
        raise RefusedError(
            _("请写 1 到 %(most_recipients)s 个收件邮箱，用逗号隔开。") % {"most_recipients": _MOST_RECIPIENTS}
        )
    for each in found:
        try:
            validate_email(each)
        except ValidationError as error:
            raise RefusedError(_("“%(each)s”不是邮箱。") % {"each": each}) from error
    return found


def set_active(person: Person, messenger: Messenger, *, active: bool) -> Messenger:
    """Switch it on or off."""
    _allowed(person, messenger.college)
    with transaction.atomic():
        row = Messenger.objects.select_for_update().get(pk=messenger.pk)
        before = history.written(row, "is_active")
        row.is_active = active
        row.save(update_fields=["is_active"])
        verb = "reopen" if active else "close"
        history.record(row.college, person, verb, row, before=before, after=history.written(row, "is_active"))
        return row


def drop(person: Person, messenger: Messenger) -> None:
    """Forget it, with its address."""
    _allowed(person, messenger.college)
    with transaction.atomic():
        before = history.written(messenger, "kind", "name")
        history.record(messenger.college, person, "drop", messenger, before=before, after={})
        messenger.delete()


def attempt(person: Person, messenger: Messenger) -> None:
    """Send today's digest now, whether it is switched on or not; a RefusedError says what went wrong."""
    _allowed(person, messenger.college)
    try:
        deliver(messenger, timezone.localdate())
    except ConnectError as error:
        raise RefusedError(str(error)) from error


def _allowed(person: Person, college: Unit) -> None:
    if not access.may_watch(person, college):
        raise NotAllowedError(_("只有双高办能设消息通道。"))


def digest(college: Unit, day: date) -> Message:
    """Counts and a link; no names, no wording, no figures of anyone."""
    rows = Forewarning.objects.filter(college=college).exclude(state=ForewarningState.CLOSED)
    counts = rows.aggregate(
        red=Count("pk", filter=Q(reach=3)), yellow=Count("pk", filter=Q(reach=2)), blue=Count("pk", filter=Q(reach=1)),
        open=Count("pk", filter=Q(state=ForewarningState.OPEN)), new=Count("pk", filter=Q(raised_on=day)),
        gone=Count("pk", filter=Q(gone_on__isnull=False)),
    )  # fmt: skip
    lines = (
        f"红色 {counts['red']} 条，黄色 {counts['yellow']} 条，蓝色 {counts['blue']} 条",
        f"今天新增 {counts['new']} 条，待处置 {counts['open']} 条",
        f"原因已消除、等待关闭 {counts['gone']} 条",
    )
    link = f"{settings.SITE_URL}{reverse('warnings')}" if settings.SITE_URL else ""
    return Message(f"台账预警 {day:%Y-%m-%d}", lines, link)


def deliver(messenger: Messenger, day: date) -> None:
    """Send the digest of a day; a ConnectError says what went wrong."""
    message = digest(messenger.college, day)
    if messenger.kind == MessengerKind.MAIL:
        _mail(messenger, message)
        return
    address, sign = opened(bytes(messenger.sealed)), opened(bytes(messenger.sealed_sign))
    outlet = Outlet.of(settings.OUTBOUND_HOSTS)
    send(Robot(messenger.kind), address, sign, message, timezone.localtime(), outlet)


def _mail(messenger: Messenger, message: Message) -> None:
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        raise ConnectError(_("网站没有设发邮件的服务器：请管理员设 TAIZHANG_SMTP。"))
    text = "\n".join([*message.lines, "", message.link or "请登录台账查看。"])
    try:
        send_mail(message.title, text, settings.DEFAULT_FROM_EMAIL, _APART.split(messenger.recipients))
    except (SMTPException, OSError) as error:
        raise ConnectError(_("邮件没有发出去：服务器没有应答或不接受。")) from error


def send_due(day: date) -> list[Messenger]:
    """Send the digest of a day by every messenger that is switched on and has not sent it. Failures are kept to be seen."""
    done = []
    for row in Messenger.objects.filter(is_active=True).exclude(sent_on=day).select_related("college"):
        try:
            deliver(row, day)
        except (ConnectError, OutOfOrderError, RefusedError) as error:
            row.trouble = str(error)[:300]
        else:
            row.sent_on, row.trouble = day, ""
        row.save(update_fields=["sent_on", "trouble"])
        done.append(row)
    return done
