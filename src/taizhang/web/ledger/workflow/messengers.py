"""The daily digest: counts and links, by mail and by group robots, only where the office set it and switched it on."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
from taizhang.web.ledger.models import Forewarning, ForewarningState, LevelName, Messenger, MessengerKind, Person, Unit
from taizhang.web.ledger.posts import Posts
from taizhang.web.ledger.sealing import opened, sealed
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError
from taizhang.web.ledger.workflow.watching import reached

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
    elif channel.kind != MessengerKind.PEOPLE:
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
    """Send today's digest now, whether it is switched on or not; a RefusedError says what went wrong.

    What goes to many people is tried on whoever tries it.
    """
    _allowed(person, messenger.college)
    try:
        if messenger.kind == MessengerKind.PEOPLE:
            if not person.email:
                raise RefusedError(_("请先在“我的账号”里写上您的邮箱。"))
            _mail([person.email], digest(messenger.college, timezone.localdate()))
            return
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


def deliver(messenger: Messenger, day: date) -> str:
    """Send the digest of a day, and say of what part of it not; a ConnectError says why nothing of it was sent."""
    if messenger.kind == MessengerKind.PEOPLE:
        return _mail_each(messenger, day)
    message = digest(messenger.college, day)
    if messenger.kind == MessengerKind.MAIL:
        _mail(_APART.split(messenger.recipients), message)
        return ""
    address, sign = opened(bytes(messenger.sealed)), opened(bytes(messenger.sealed_sign))
    outlet = Outlet.of(settings.OUTBOUND_HOSTS)
    send(Robot(messenger.kind), address, sign, message, timezone.localtime(), outlet)
    return ""


def _mail_each(messenger: Messenger, day: date) -> str:
    """A mail of their own to each; one wrong address keeps nobody else from theirs."""
    letters, refused = list(_to_each(messenger, day)), []
    for address, message in letters:
        try:
            _mail([address], message)
        except ConnectError as error:
            refused.append(error)
    if refused and len(refused) == len(letters):
        raise refused[0]
    told = {"sent": len(letters) - len(refused), "refused": len(refused)}
    return _("发出 %(sent)s 封，%(refused)s 封没有发出去，请核对邮箱。") % told if refused else ""


def _to_each(messenger: Messenger, day: date) -> Iterator[tuple[str, Message]]:
    """To whom a warning has come since the last time: first whoever answers for it, and further up where nobody handles it."""
    since = messenger.sent_on or day - timedelta(days=1)
    rows = Forewarning.objects.filter(college=messenger.college, state=ForewarningState.OPEN, gone_on=None)
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    posts = Posts(messenger.college)
    for row in rows.filter(reached_on__gt=since).select_related("unit"):
        for who in reached(posts, row):
            counts[who][row.reach] += 1
    link = f"{settings.SITE_URL}{reverse('warnings')}?state=open" if settings.SITE_URL else ""
    for person in Person.objects.filter(pk__in=counts, is_active=True).exclude(email="").order_by("pk"):
        levels = "，".join(f"{level.label} {counts[person.pk][level]} 条" for level in reversed(LevelName))
        lines = (
            f"到您这里的新增或升级的预警 {counts[person.pk].total()} 条：{levels}",
            "请写明原因和措施；没有人处置的会逐级上报。",
        )
        yield person.email, Message(f"台账预警 {day:%Y-%m-%d}：请您处置", lines, link)


def _mail(recipients: Sequence[str], message: Message) -> None:
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        raise ConnectError(_("网站没有设发邮件的服务器：请管理员设 TAIZHANG_SMTP。"))
    text = "\n".join([*message.lines, "", message.link or "请登录台账查看。"])
    try:
        send_mail(message.title, text, settings.DEFAULT_FROM_EMAIL, list(recipients))
    except (SMTPException, OSError) as error:
        raise ConnectError(_("邮件没有发出去：服务器没有应答或不接受。")) from error


def send_due(day: date) -> list[Messenger]:
    """Send the digest of a day by every messenger that is switched on and has not sent it. Failures are kept to be seen."""
    done = []
    for row in Messenger.objects.filter(is_active=True).exclude(sent_on=day).select_related("college"):
        try:
            told = deliver(row, day)
        except (ConnectError, OutOfOrderError, RefusedError) as error:
            row.trouble = str(error)[:300]
        else:
            row.sent_on, row.trouble = day, told
        row.save(update_fields=["sent_on", "trouble"])
        done.append(row)
    return done
