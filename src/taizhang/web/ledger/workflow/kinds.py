"""A college's own kinds of record: declared as YAML, each version kept, and taken back where no record needs it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taizhang.core.errors import RecordError
from taizhang.records import Declaration, Kind, declared, lost, shelf
from taizhang.web.ledger import access, history
from taizhang.web.ledger.models import KindDeclaration, Person, Record, Unit
from taizhang.web.ledger.recorded import told, whole
from taizhang.web.ledger.shelves import declarations, file_of, in_force
from taizhang.web.ledger.workflow.trouble import NotAllowedError, OutOfOrderError, RefusedError

_MOST_READ = 20_000  # records of a kind that are held against a new version of it


def checked(college: Unit, text: str) -> Kind:
    """The kind that a text declares or extends, beside what the college has; RecordError names file and line."""
    text = text.replace("\r\n", "\n").strip() + "\n"
    key, extends = _key_of(text)
    new = Declaration(f"{key}.yaml", text)
    others = [each for each in declarations(college) if each.file != new.file]
    kinds = shelf((*others, new))
    _refuse_lost(college, key, kinds)
    if not extends:
        declared(new)
    return kinds[key]


def _key_of(text: str) -> tuple[str, bool]:
    """The key of the kind that a text declares, and whether it extends one that is there."""
    pairs = Declaration("类型.yaml", text).written()
    for name in ("extends", "kind"):
        if name in pairs:
            return pairs[name].text(name), name == "extends"
    raise RecordError(
        _("记录类型文件 类型.yaml 第 1 行：第一行要写 kind: 新类型的英文名，或 extends: 已有类型的英文名。")
    )


def declare(person: Person, college: Unit, text: str, seen: int | None = None) -> KindDeclaration:
    """Keep a declaration as the newest version; `seen` is the version that the person had before them."""
    if not access.may_keep_records(person, college):
        raise NotAllowedError(_("只有双高办能增补记录类型。"))
    kind = checked(college, text)
    with transaction.atomic():
        rows = KindDeclaration.objects.select_for_update().filter(college=college, key=kind.key)
        before = rows.order_by("-version").first()
        if seen is not None and before is not None and before.version != seen:
            raise OutOfOrderError(_("刚刚有人改过这个类型的声明，请打开新的版本再改。"))
        text = text.replace("\r\n", "\n").strip() + "\n"
        if before is not None and before.text == text and before.withdrawn_at is None:
            return before
        row = KindDeclaration.objects.create(
            college=college, key=kind.key, version=before.version + 1 if before else 1, text=text,
            kept_at=timezone.now(), kept_by=person,
        )  # fmt: skip
        told_before = {"text": before.text} if before else None
        history.record(college, person, "declare", row, before=told_before, after={"text": text})
        return row


def withdraw(person: Person, college: Unit, key: str) -> KindDeclaration:
    """Take a declaration back: the shipped kind is in force again; refused where records use what would be gone."""
    if not access.may_keep_records(person, college):
        raise NotAllowedError(_("只有双高办能撤销记录类型的声明。"))
    with transaction.atomic():
        row = next((each for each in in_force(college) if each.key == key), None)
        if row is None:
            raise OutOfOrderError(_("这个类型没有本校的声明。"))
        kinds = shelf([each for each in declarations(college) if each.file != file_of(row)])
        _refuse_lost(college, key, kinds)
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        history.record(college, person, "drop", row, before={"text": row.text})
        return row


def _refuse_lost(college: Unit, key: str, kinds: object) -> None:
    rows = whole(Record.objects.filter(college=college, kind=key, withdrawn_at=None))[:_MOST_READ]
    gone = lost(kinds, (told(row) for row in rows))  # type: ignore[arg-type]  # a Shelf is a mapping of kinds
    if gone:
        raise RefusedError(_("不能这样改：%(names)s") % {"names": "".join(gone[:5])})
