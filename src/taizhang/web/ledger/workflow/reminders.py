"""Notices of a round: that something is asked for, that its days changed, and, day by day, who still owes what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format

from taizhang.web.ledger.models import Entry, Notice, Person, RoleName, Round, Stage
from taizhang.web.ledger.owed import NEXT_STEP
from taizhang.web.ledger.posts import Posts

_AHEAD = (7, 3, 1, 0)  # days before a deadline on which people are reminded; every day once it has passed


def announce(round_: Round, added: Sequence[Entry]) -> None:
    """A notice to each of those who have something to fill."""
    keys = [entry.pk for entry in added]
    for person, count in _owing(round_, Q(pk__gte=min(keys), pk__lte=max(keys))):
        _tell_all([person], f"“{round_}”请您填报 {count} 项，{_day(round_.due_person)}前提交。", _mine(round_))


def put_off_told(round_: Round) -> None:
    """A notice of the new days to each of those who have not handed in all."""
    text = f"“{round_}”的期限改了：个人截止 {_day(round_.due_person)}，学校截止 {_day(round_.due_school)}。"
    unsent = Q(stage__in=(Stage.DRAFT, Stage.RETURNED))
    _tell_all((pk for pk, _count in _owing(round_, unsent)), text, _mine(round_))


def remind(day: date) -> int:
    """Lay on their desks what people owe: some days ahead, on the day, and each day after. Once a day, however often run."""
    made = 0
    for round_ in Round.objects.filter(closed_at=None).select_related("programme__college"):
        for stages, deadline in NEXT_STEP:
            due = getattr(round_, deadline)
            ahead = (due - day).days
            if ahead >= 0 and ahead not in _AHEAD:
                continue
            when = f"{_day(due)}截止，已过期 {-ahead} 天" if ahead < 0 else f"{_day(due)}截止"
            fills = deadline == "due_person"
            for person, count in _owing(round_, stages):
                text = f"“{round_}”您有 {count} 项待{'提交' if fills else '审核'}，{when}。"
                link = _mine(round_) if fills else _waiting(round_)
                made += _remind_once(person, text, f"{link}#{deadline}", day)
    return made


def _remind_once(person: int, text: str, link: str, day: date) -> int:
    """One notice a person, link and day."""
    morning = timezone.make_aware(datetime.combine(day, time.min))
    kept = Notice.objects.filter(
        person=person, link=link, made_at__gte=morning, made_at__lt=morning + timedelta(days=1)
    )
    with transaction.atomic():
        # The person's row is locked, so that two runs at once do not both find nothing.
        Person.objects.select_for_update().get(pk=person)
        if kept.exists():
            return 0
        Notice.objects.create(person_id=person, text=text, link=link, made_at=max(timezone.now(), morning))
    return 1


def _owing(round_: Round, stages: Q) -> Iterator[tuple[int, int]]:
    """Whose turn it is at these stages: each person with how many items."""
    counts: Counter[int] = Counter()
    groups = round_.entries.filter(stages).values_list("stage", "person", "unit__path", "team__path")
    found = groups.annotate(Count("pk")).order_by()
    posts = Posts(round_.programme.college) if found else None
    for stage, person, unit, team, count in found:
        for each in _turn(posts, stage, person, unit, team) if posts else ():
            counts[each] += count
    yield from sorted(counts.items())


def _turn(posts: Posts, stage: str, person: int | None, unit: str, team: str | None) -> set[int]:
    """Whose turn it is: the named person's or the unit's reporters', then the leads', then the office's."""
    if stage in {Stage.DRAFT, Stage.RETURNED}:
        return {person} if person is not None else posts.nearest(unit, RoleName.REPORTER)
    if stage == Stage.SUBMITTED:
        return posts.nearest(unit, RoleName.LEAD)
    if stage == Stage.DEPARTMENT and team is not None:
        return posts.nearest(team, RoleName.LEAD)
    return posts.nearest(unit, RoleName.OFFICE)


def _tell_all(people: Iterable[int], text: str, link: str) -> None:
    now = timezone.now()
    Notice.objects.bulk_create(Notice(person_id=pk, text=text[:300], link=link, made_at=now) for pk in people)


def _mine(round_: Round) -> str:
    return f"/entries/?round={round_.pk}&whose=todo"


def _waiting(round_: Round) -> str:
    return f"/entries/?round={round_.pk}&whose=waiting"


def _day(day: date) -> str:
    return date_format(day, "n月j日")
