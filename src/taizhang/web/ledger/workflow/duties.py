"""定时事务: what is to be done by the clock; every worker asks, one of them does it.

Each of them may be done twice without harm (a command of the same name does so); that one worker has it to itself
only spares the work.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from taizhang.web.ledger.models import Duty, Unit, UnitKind
from taizhang.web.ledger.workflow import connectors, messengers, reminders, watching

MORNING = 6  # o'clock: before anyone comes, after the night's work on the machines
_HELD = timedelta(minutes=15)  # none takes so long: of a worker that died, another takes it over
_RETRY = timedelta(minutes=5)
_logger = logging.getLogger(__name__)


def do_due(now: datetime) -> list[str]:
    """Do all that is due at this moment of the site's time zone: the names of what was done, for whoever looks on."""
    done = [name for name, what in _DAILY.items() if now.hour >= MORNING and _today(name, now, what)]
    if _held("pull", now, last_before=now - _RETRY) and _did("pull", now, lambda _now: connectors.pull_due()):
        done.append("pull")
    return done


def _today(name: str, now: datetime, what: Callable[[datetime], object]) -> bool:
    """Once a day."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return _held(name, now, last_before=midnight) and _did(name, now, what)


def _held(name: str, now: datetime, last_before: datetime) -> bool:
    """Take it, unless it was done since then or another has it; one question, so that two never take the same."""
    Duty.objects.get_or_create(name=name, defaults={"held_until": now - _HELD})
    free = Duty.objects.filter(Q(done_at=None) | Q(done_at__lt=last_before), name=name, held_until__lte=now)
    return bool(free.update(held_until=now + _HELD))


def _did(name: str, now: datetime, what: Callable[[datetime], object]) -> bool:
    """Do it; what fails is told to the operator and tried again when its time with this worker is over."""
    try:
        what(now)
    except Exception:  # whatever it was: the worker has other things to do, and the next try may succeed
        _logger.exception("定时事务 %s 没有做成", name)
        return False
    Duty.objects.filter(name=name).update(done_at=now, held_until=now)
    return True


def _watch(now: datetime) -> None:
    for college in Unit.objects.filter(kind=UnitKind.COLLEGE, is_active=True):
        watching.watch(college, now.date())


_DAILY: dict[str, Callable[[datetime], object]] = {
    "watch": _watch,
    "send": lambda now: messengers.send_due(now.date()),
    "remind": lambda now: reminders.remind(now.date()),
}


def do_now() -> list[str]:
    """What is due by the clock on the wall."""
    return do_due(timezone.localtime())
