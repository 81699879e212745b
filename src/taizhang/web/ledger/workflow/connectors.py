"""Imports of other systems: declare, keep a password, fetch, write what was shown, leave it, stop."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from taizhang.connect.carried import packed, packed_fault
from taizhang.connect.declaration import Connector as Declared
from taizhang.connect.declaration import Destination, Every, declared
from taizhang.connect.differences import Difference, Doing
from taizhang.connect.fetching import Reach, fetched
from taizhang.connect.items import Item, made
from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import ConnectError, text_of
from taizhang.connect.schedule import is_due
from taizhang.core.errors import TaizhangError
from taizhang.web.ledger import access, history
from taizhang.web.ledger.connecting import differences, known_entries, known_medians, known_records
from taizhang.web.ledger.models import (
    Benchmark,
    Connector,
    Entry,
    Person,
    Programme,
    Provenance,
    Pull,
    PullState,
    Record,
    RoleName,
    Unit,
)
from taizhang.web.ledger.sealing import opened, sealed
from taizhang.web.ledger.shelves import shelf_of
from taizhang.web.ledger.workflow import entries, records, results
from taizhang.web.ledger.workflow.desk import tell
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError, StaleError

STALLED = timedelta(minutes=15)  # no fetch takes so long: a connection that says nothing is given up before
UNDER_WAY = (PullState.WAITING, PullState.FETCHING)
_QUEUED = timedelta(minutes=1)  # a worker that runs has begun by then
_LONGEST_SECRET = 2000
Thing = Record | Entry | Benchmark
_KEPT = ("name", "text", "unit_id", "programme_id", "is_active")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaring:
    """What a connector is told by."""

    text: str
    unit: Unit
    programme: Programme | None = None


def outlet() -> Outlet:
    """What the operator lets the site speak to."""
    return Outlet.of(settings.OUTBOUND_HOSTS)


def declare(person: Person, college: Unit, told: Declaring) -> Connector:
    """A new import of the college."""
    if not access.may_connect(person, college):
        raise NotAllowedError(_("只有双高办能设取数接口。"))
    found = _fitting(college, told)
    if Connector.objects.filter(college=college, name=found.name).exists():
        raise RefusedError(_("已经有名为“%(name)s”的取数接口。") % {"name": found.name})
    with transaction.atomic():
        row = Connector.objects.create(
            college=college, unit=told.unit, programme=told.programme, name=found.name, text=told.text,
            declared_at=timezone.now(), declared_by=person,
        )  # fmt: skip
        history.record(college, person, "add", row, after=history.written(row, *_KEPT))
        return row


def change(person: Person, connector: Connector, version: int, told: Declaring) -> Connector:
    """Another declaration. A password is kept only as long as it goes to the same place."""
    with transaction.atomic():
        row = _held(person, connector)
        if row.version != version:
            raise StaleError(_("别人刚刚改过这个接口，请看过再改。"), row, {"text": told.text})
        found = _fitting(row.college, told)
        if Connector.objects.filter(college=row.college, name=found.name).exclude(pk=row.pk).exists():
            raise RefusedError(_("已经有名为“%(name)s”的取数接口。") % {"name": found.name})
        before = history.written(row, *_KEPT)
        if _whereto(declared(row.text)) != _whereto(found):
            row.sealed = b""  # else a new address would be sent the old one's password
        row.name, row.text, row.unit, row.programme = found.name, told.text, told.unit, told.programme
        row.version += 1
        row.declared_at, row.declared_by = timezone.now(), person
        row.save()
        history.record(row.college, person, "change", row, before=before, after=history.written(row, *_KEPT))
        return row


def _whereto(found: Declared) -> tuple[str, str]:
    """The scheme and the place that a password of the declaration goes to."""
    scheme, _colon, rest = found.source.address.partition("://")
    return scheme, rest.partition("/")[0].rpartition("@")[2]


def _fitting(college: Unit, told: Declaring) -> Declared:
    """The declaration, where it fits the college: its kind, its fields, its measures, its unit, its programme."""
    found = declared(told.text)
    if told.unit.college_id != college.pk:
        raise RefusedError(_("责任部门应是本校的单位。"))
    if found.goal is Destination.RECORD:
        _fits_kind(college, found)
    elif told.programme is None or told.programme.college_id != college.pk:
        raise RefusedError(_("取成指标值或外部对标时，请选择建设项目。"))
    return found


def _fits_kind(college: Unit, found: Declared) -> None:
    kind = shelf_of(college).get(found.kind)
    if kind is None:
        raise RefusedError(_("没有“%(kind)s”这个记录类型。") % {"kind": found.kind})
    fields = {field.key for field in kind.fields}
    strange = [name for name in found.own if name not in fields]
    if strange:
        raise RefusedError(
            _("“%(name)s”没有“%(names)s”这些字段，有的是：%(names2)s。")
            % {"name": kind.name, "names": "、".join(strange), "names2": "、".join(sorted(fields))}
        )
    states = {state.key for state in kind.states}
    taken = found.take.get("state")
    wrong = [word for word in (*taken.words.values(), taken.text) if word and word not in states] if taken else []
    if wrong:
        raise RefusedError(
            _("“%(name)s”没有“%(names)s”这些状态，有的是：%(names2)s。")
            % {"name": kind.name, "names": "、".join(wrong), "names2": "、".join(sorted(states))}
        )


def keep_secret(person: Person, connector: Connector, secret: str) -> None:
    """Keep the password or token of the other system; from then on nobody sees it. An empty one forgets it."""
    if len(secret) > _LONGEST_SECRET:
        raise RefusedError(_("密码或令牌最多 %(longest_secret)s 字。") % {"longest_secret": _LONGEST_SECRET})
    with transaction.atomic():
        row = _held(person, connector)
        row.sealed = sealed(secret) if secret else b""
        row.save(update_fields=["sealed"])
        # That it was given is history; what it is, is not.
        history.record(row.college, person, "change", row, after={"secret": "已填" if secret else "已清除"})


def set_active(person: Person, connector: Connector, *, active: bool) -> Connector:
    """Stop an import, or let it go on; what it brought stays."""
    with transaction.atomic():
        row = _held(person, connector)
        if row.is_active is active:
            raise OutOfOrderError(_("这个接口已经是这样。"))
        row.is_active = active
        row.save(update_fields=["is_active"])
        verb = "reopen" if active else "close"
        history.record(row.college, person, verb, row, before={"is_active": not active}, after={"is_active": active})
        return row


def _held(person: Person, connector: Connector) -> Connector:
    row = Connector.objects.select_for_update(of=("self",)).select_related("college", "unit").get(pk=connector.pk)
    if not access.may_connect(person, row.college):
        raise NotAllowedError(_("只有双高办能设取数接口。"))
    return row


def ask(person: Person, connector: Connector) -> Pull:
    """Have the worker fetch from the other system; one that is on its way already is not asked for again."""
    with transaction.atomic():
        held = _held(person, connector)
        _is_in_use(held)
        row = held.pulls.filter(state__in=UNDER_WAY).first()
        if row is not None and not is_stalled(row):
            return row
        row = Pull.objects.create(
            connector=held, text=held.text, pulled_at=timezone.now(), pulled_by=person, state=PullState.WAITING
        )
        transaction.on_commit(partial(fetch.enqueue, row.pk))
    return row


@task()
def fetch(pk: int) -> None:
    """Fetch what was asked for. Done once however often it is asked for; a failure is kept as a sentence."""
    with transaction.atomic():
        row = Pull.objects.select_for_update(of=("self",)).select_related("connector__college").get(pk=pk)
        if row.state != PullState.WAITING:
            return
        row.state, row.pulled_at, row.progress = PullState.FETCHING, timezone.now(), "连接对方系统"
        row.save(update_fields=["state", "pulled_at", "progress"])
    _bring(row, None)
    _keep(row)


def pull(person: Person | None, connector: Connector, given: bytes | None = None, file_name: str = "") -> Pull:
    """Fetch at once, and keep what would come of it; nothing of the ledger is changed yet. A failure is kept as well."""
    if person is not None and not access.may_connect(person, connector.college):
        raise NotAllowedError(_("只有双高办能取数。"))
    _is_in_use(connector)
    row = Pull(
        connector=connector, text=connector.text, file_name=file_name[:200], pulled_at=timezone.now(), pulled_by=person
    )
    _bring(row, given)
    return _keep(row)


def _is_in_use(connector: Connector) -> None:
    if not connector.is_active:
        raise OutOfOrderError(_("这个接口已经停用。"))


@translation.override("zh-hans")  # a failure is kept with the fetch, for everyone
def _bring(row: Pull, given: bytes | None) -> None:
    """Ask the other system, and put what came of it onto the row."""
    connector = row.connector
    try:
        found = declared(row.text, connector.name)
        secret = opened(bytes(connector.sealed))
        rows = fetched(found, Reach(outlet=outlet(), folder=settings.IMPORTS, secret=secret, given=given))
        if row.pk:
            Pull.objects.filter(pk=row.pk).update(progress="整理取来的行")
        result = made(found, rows)
    except (ConnectError, RefusedError) as error:
        row.state, row.trouble = PullState.FAILED, str(error)[:500]
    else:
        row.items, row.faults = list(map(packed, result.items)), list(map(packed_fault, result.faults))
        row.rows, row.passed, row.state = result.rows, result.passed, PullState.SHOWN


def _keep(row: Pull) -> Pull:
    connector, row.progress = row.connector, ""
    with transaction.atomic():
        if row.pk and not Pull.objects.select_for_update().filter(pk=row.pk, state=PullState.FETCHING).exists():
            return row  # given up in the meantime
        Connector.objects.filter(pk=connector.pk).update(pulled_at=row.pulled_at)
        row.save()
        after = {"state": row.state, "rows": row.rows, "faults": len(row.faults), "trouble": row.trouble}
        history.record(connector.college, row.pulled_by, "pull", row, after=after)
    return row


def is_stalled(row: Pull) -> bool:
    """Whether a fetch was broken off: the worker died, or none runs."""
    return row.state in UNDER_WAY and row.pulled_at < timezone.now() - STALLED


def resume() -> int:
    """Ask again for what still waits, and give up what was broken off; after a worker died, nothing hangs. How many."""
    late = timezone.now() - STALLED
    broken = Pull.objects.filter(state=PullState.FETCHING, pulled_at__lt=late)
    given_up = broken.update(state=PullState.FAILED, progress="", trouble="取数中断了，台账没有改动，请再取一次。")
    waiting = Pull.objects.filter(state=PullState.WAITING, pulled_at__lt=timezone.now() - _QUEUED)
    asked = list(waiting.values_list("pk", flat=True))
    for pk in asked:
        fetch.enqueue(pk)
    return given_up + len(asked)


def shown(found: Sequence[Difference]) -> str:
    """A mark of the differences that a person saw, to come back with the decision to write them."""
    told = [[each.item.key, each.doing, list(each.altered), each.sentence] for each in found]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def write(person: Person, pull_: Pull, seen: str | None = None) -> Pull:
    """Write what was shown: all of it that may be written, in one transaction, each with its provenance.

    `seen` is the mark of what the person saw; where the ledger changed since, nothing is written.
    """
    with transaction.atomic():
        row = _open(person, pull_)
        found = differences(row)
        if seen is not None and seen != shown(found):
            raise StaleError(_("您看过之后台账又有改动，下面是现在的差异，请再看一遍。"), row, {})
        doing = [each for each in found if each.doing in {Doing.ADD, Doing.CHANGE}]
        things: Mapping[str, Thing]
        goal = declared(row.text).goal
        if goal is Destination.RECORD:
            things = _write_records(person, row.connector, doing)
        elif goal is Destination.MEDIAN:
            things = _write_medians(person, row.connector, doing)
        else:
            things = _write_values(person, row.connector, doing)
        same = [each for each in found if each.doing is Doing.SAME]
        _keep_provenance(row, [*doing, *same], things)
        row.written = len(doing)
        return _settled(person, row, PullState.WRITTEN)


def drop(person: Person, pull_: Pull) -> Pull:
    """Leave what was fetched; the ledger stays as it is."""
    with transaction.atomic():
        return _settled(person, _open(person, pull_), PullState.DROPPED)


def _open(person: Person, pull_: Pull) -> Pull:
    row = (
        Pull.objects.select_for_update(of=("self",))
        .select_related("connector__college", "connector__unit", "connector__programme")
        .get(pk=pull_.pk)
    )
    if not access.may_connect(person, row.connector.college):
        raise NotAllowedError(_("只有双高办能写入取来的数据。"))
    if row.state != PullState.SHOWN:
        raise OutOfOrderError(_("这次取数已经是“%(state)s”。") % {"state": row.get_state_display()})
    newer = row.connector.pulls.filter(pk__gt=row.pk, state=PullState.WRITTEN).exists()
    if newer:
        raise OutOfOrderError(_("后来取的一次已经写入，这一次旧了，不再写入。"))
    return row


def _settled(person: Person, row: Pull, state: PullState) -> Pull:
    row.state, row.settled_at, row.settled_by = state, timezone.now(), person
    row.save(update_fields=["state", "settled_at", "settled_by", "written"])
    after = {"state": row.state, "written": row.written}
    history.record(row.connector.college, person, "settle", row, before={"state": PullState.SHOWN}, after=after)
    return row


def _write_records(person: Person, connector: Connector, doing: Sequence[Difference]) -> dict[str, Record]:
    things: dict[str, Record] = known_records(connector, [each.item for each in doing])
    new = [each for each in doing if each.doing is Doing.ADD and each.record is not None]
    entering = [
        records.Entering(unit=connector.unit, record=replace(each.record, id="", org=connector.college.name))
        for each in new
        if each.record is not None
    ]
    for each, row in zip(new, records.enter_many(person, connector.college, entering) if new else (), strict=True):
        things[each.item.key] = row
    for each in doing:
        if each.doing is Doing.CHANGE and each.record is not None:
            row = things[each.item.key]
            things[each.item.key] = records.save(person, row, row.version, each.record)
    return things


def _write_values(person: Person, connector: Connector, doing: Sequence[Difference]) -> dict[str, Entry]:
    things = known_entries(connector, [each.item for each in doing])
    for each in doing:
        row = things[each.item.key]
        things[each.item.key] = entries.save(person, row, row.version, {"number": text_of(each.item.number)})
    return things


def _write_medians(person: Person, connector: Connector, doing: Sequence[Difference]) -> dict[str, Benchmark]:
    items = [each.item for each in doing]
    known = known_medians(connector, items)
    for item in items:
        known[item.key].median, known[item.key].source = item.number or Decimal(0), item.source[:200]
    if connector.programme is not None:
        results.take_benchmarks(person, connector.programme, [known[item.key] for item in items])
    return known_medians(connector, items)


def _keep_provenance(pull_: Pull, found: Sequence[Difference], things: Mapping[str, Thing]) -> None:
    """Where each figure and record came from; of those without change too: they were seen to be so again."""
    connector, basis = pull_.connector, declared(pull_.text).basis
    same = [each.item for each in found if each.item.key not in things]
    kept: dict[str, Thing] = {**_known(connector, same), **things}
    now = timezone.now()
    Provenance.objects.bulk_create(
        (
            Provenance(
                connector=connector, pull=pull_, key=each.item.key[:300], rows=_rows(each.item), basis=basis[:300],
                value=text_of(each.item.number)[:60], working=each.item.working[:200], as_of=each.item.as_of, written_at=now,
                **{_PLACES[type(kept[each.item.key])]: kept[each.item.key]},
            )
            for each in found
            if each.item.key in kept
        ),
        batch_size=500,
    )  # fmt: skip


_PLACES: dict[type, str] = {Record: "record", Entry: "entry", Benchmark: "benchmark"}


def _known(connector: Connector, items: Sequence[Item]) -> dict[str, Thing]:
    """What of the ledger the items tell of, as far as it is there."""
    if declared(connector.text).goal is Destination.MEDIAN:
        return {key: row for key, row in known_medians(connector, items).items() if row.pk}
    return {**known_records(connector, items), **known_entries(connector, items)}


def _rows(item: Item) -> str:
    told = "、".join(map(str, item.rows[:20]))
    return f"第 {told} 行" + (f"等 {len(item.rows)} 行" if len(item.rows) > 20 else "")


def pull_due() -> list[Pull]:
    """Fetch what is due. What was declared to need nobody's eye is written, by who declared it; the office is told."""
    now = timezone.localtime()
    done = []
    for connector in Connector.objects.filter(is_active=True).select_related("college", "unit", "declared_by"):
        last = timezone.localtime(connector.pulled_at) if connector.pulled_at else None
        try:
            found = declared(connector.text, connector.name)
        except TaizhangError:
            continue
        if found.every is Every.HAND or not is_due(found, last, now):
            continue
        row = pull(None, connector)
        if found.unattended and row.state == PullState.SHOWN and not row.faults:
            row = _write_unattended(connector.declared_by, row)
        if row.state != PullState.WRITTEN:
            _tell_office(row)
        done.append(row)
    return done


def _write_unattended(person: Person, row: Pull) -> Pull:
    try:
        return write(person, row)
    except TaizhangError as error:  # shown to the office instead, with the reason
        row.trouble = str(error)[:500]
        row.save(update_fields=["trouble"])
        return row


def _tell_office(row: Pull) -> None:
    college = row.connector.college
    people = Person.objects.filter(roles__unit=college, roles__name=RoleName.OFFICE, is_active=True).distinct()
    said = "没有取到数据" if row.state == PullState.FAILED else f"取来 {row.rows} 行，等您看过再写入"
    for person in people:
        tell(person, f"“{row.connector}”{said}。", reverse("pull", args=[row.pk]))
