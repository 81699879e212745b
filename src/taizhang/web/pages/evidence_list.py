"""The list of evidence that an address asks for: what, whose, with which doubts, in which order, holding which words."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from taizhang.web.ledger import access
from taizhang.web.ledger.evidence import search
from taizhang.web.ledger.models import Blob, Citation, Evidence, Person, RecordCitation, Unit
from taizhang.web.ledger.sheets import Column, Kind, Sheet
from taizhang.web.pages.asked import Asked

PER_PAGE = 50
COUNTED = 1_000  # a longer list is said to be longer, not counted to its end
DOUBTS = {
    "unused": _("没有被引用"), "twice": _("同一文件不止一份"), "undated": _("没有日期"), "personal": _("有个人信息"),
    "period": _("日期不在填报期内"), "unread": _("没有可搜索的文字"), "withdrawn": _("已撤回"),
}  # fmt: skip
ORDERS: dict[str, tuple[str, ...]] = {
    "": ("-uploaded_at", "-id"), "number": ("number", "id"), "dated": ("-dated", "-id"), "title": ("title", "id"),
}  # fmt: skip
ORDER_NAMES = {"": _("最近上传"), "number": _("编号"), "dated": _("材料日期"), "title": _("标题")}
_NAMES = ("q", "unit", "doubt", "sort")

SHEET = Sheet(
    name="佐证材料",
    columns=(
        Column(key="number", header="编号", width=20),
        Column(key="title", header="标题", width=40),
        Column(key="dated", header="材料日期", kind=Kind.DATE, width=12),
        Column(key="issued_by", header="发文单位", width=24),
        Column(key="document_number", header="文号", width=24),
        Column(key="unit", header="单位", width=16, value=lambda row: row.unit.name),
        Column(key="cited", header="引用它的填报项和记录", width=36, value=lambda row: "、".join(row.cited_by)),
        Column(key="personal", header="疑似个人信息", width=24, value=lambda row: "、".join(personal_kinds(row))),
        Column(key="file_name", header="文件名", width=36),
        Column(key="size", header="字节数", kind=Kind.NUMBER, width=12, value=lambda row: row.blob.size),
        Column(key="uploaded_at", header="上传时间", width=18),
        Column(key="uploaded_by", header="上传人", width=10, value=lambda row: row.uploaded_by.name),
        Column(key="sha256", header="SHA-256", width=66, value=lambda row: row.blob_id),
    ),
)


@dataclass(frozen=True, slots=True)
class EvidenceList(Asked):
    """The evidence that was asked for."""

    @classmethod
    def of(cls, person: Person, query: Mapping[str, str]) -> Self:
        """The list that a query string asks for."""
        return cls.among(person, query, *_NAMES)

    @property
    def rows(self) -> QuerySet[Evidence]:
        """All that fit, in order."""
        doubt = self.chosen.get("doubt", "")
        rows = access.visible_evidence(self.person).filter(withdrawn_at__isnull=doubt != "withdrawn")
        unit = self.chosen.get("unit", "")
        if unit.isdecimal() and (found := Unit.objects.filter(pk=unit).first()):
            below = Unit.objects.filter(path__startswith=found.path).values_list("pk", flat=True)
            rows = rows.filter(unit__in=list(below))
        if doubt in DOUBTS:
            rows = doubted(rows, doubt)
        if "q" in self.chosen:
            rows = searched(rows, self.chosen["q"])
        return rows.order_by(*ORDERS.get(self.chosen.get("sort", ""), ORDERS[""]))

    def shown(self) -> dict[str, Any]:
        """One page of it."""
        leaf = self.leaf(self.rows, with_files(Evidence.objects.all()), PER_PAGE, COUNTED)
        pieces = dressed(self.person, leaf.rows, self.chosen.get("q", ""))
        return {
            "asked": self,
            "pieces": pieces,
            "has_next": leaf.has_next,
            "count": leaf.count,
            "is_longer": leaf.is_longer,
        }


def searched(rows: QuerySet[Evidence], query: str) -> QuerySet[Evidence]:
    """Those that hold all words of a query, in their own fields or in their text."""
    # Asked of each row on the walk, so that a common word ends it early.
    held = search.holding(query).filter(blob=OuterRef("blob"))
    return rows.filter(search.titled(query) | Exists(held))


def doubted(rows: QuerySet[Evidence], doubt: str) -> QuerySet[Evidence]:
    """Those of which one thing is to be asked."""
    standing = Citation.objects.filter(evidence=OuterRef("pk"), withdrawn_at=None)
    if doubt == "unused":
        recorded = RecordCitation.objects.filter(evidence=OuterRef("pk"), withdrawn_at=None)
        return rows.filter(~Exists(standing), ~Exists(recorded))
    if doubt == "twice":
        others = Evidence.objects.filter(blob=OuterRef("blob"), withdrawn_at=None).exclude(pk=OuterRef("pk"))
        return rows.filter(Exists(others.filter(college=OuterRef("college"))))
    if doubt == "undated":
        return rows.filter(dated=None)
    if doubt == "personal":
        return rows.filter(has_personal=True)
    if doubt == "unread":
        return rows.filter(blob__text="")
    if doubt == "period":
        outside = Q(entry__round__period__first_year__gt=OuterRef("year")) | Q(
            entry__round__period__last_year__lt=OuterRef("year")
        )
        dated = rows.exclude(dated=None).annotate(year=ExtractYear("dated"))
        return dated.filter(Exists(standing.filter(outside)))
    return rows


def with_files(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """With what a list shows of them; the texts, which may be long, stay in the database."""
    return rows.select_related("unit", "blob", "uploaded_by").defer("blob__text")


def dressed(person: Person, rows: list[Evidence], query: str = "") -> list[Evidence]:
    """The rows with the items and records that cite them, what they warn of, and the first place that holds a searched word."""
    cited: dict[int, list[str]] = {}
    found = Citation.objects.filter(
        Exists(access.visible_entries(person).filter(pk=OuterRef("entry"))), evidence__in=rows, withdrawn_at=None
    ).select_related("entry__point__task", "entry__indicator")
    for citation in found:
        cited.setdefault(citation.evidence_id, []).append(str(citation.entry.point or citation.entry.indicator))
    recorded = RecordCitation.objects.filter(
        Exists(access.visible_records(person).filter(pk=OuterRef("record"))), evidence__in=rows, withdrawn_at=None
    ).select_related("record")
    for each in recorded:
        cited.setdefault(each.evidence_id, []).append(str(each.record))
    same = _times(person, [row.blob_id for row in rows])
    texts = Blob.objects.in_bulk([row.blob_id for row in rows]) if query else {}
    for row in rows:
        row.cited_by = cited.get(row.pk, [])  # type: ignore[attr-defined]  # for the template alone
        row.is_twice = same.get(row.blob_id, 0) > 1  # type: ignore[attr-defined]  # as above
        row.kinds = personal_kinds(row)  # type: ignore[attr-defined]  # as above
        hits = search.hits(texts[row.blob_id], query, most=1) if row.blob_id in texts else []
        row.hit = hits[0] if hits else None  # type: ignore[attr-defined]  # as above
    return rows


def _times(person: Person, blobs: list[str]) -> dict[str, int]:
    """How many pieces of evidence that the person sees each of these blobs is."""
    there = Evidence.objects.filter(blob__in=blobs, withdrawn_at=None).order_by().values_list("pk", "blob")
    # Found by their files first, which are few: what the person sees of the rest is a long question.
    seen = access.visible_evidence(person).filter(pk__in=[pk for pk, _blob in there]).order_by()
    return Counter(seen.values_list("blob", flat=True))


def personal_kinds(row: Evidence) -> list[str]:
    """身份证号 2, 手机号 1: what a piece warns of, in words."""
    counted: dict[str, int] = {}
    for each in row.personal:
        counted[each["kind"]] = counted.get(each["kind"], 0) + 1
    return [f"{kind} {count}" for kind, count in counted.items()]
