"""The province's view: colleges beside each other with their median, counted from locked items alone.

Drafts, reasons and what is not locked stay with the college; of those only the number is told, as 评审安排 tells it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.core.rollup import Rolled, mean
from taizhang.web.ledger import access
from taizhang.web.ledger.models import Citation, Entry, Person, Round, Stage
from taizhang.web.ledger.overview.chart import NOTHING, Chart, Mark, Row, Series, Shape, Tile, Tone
from taizhang.web.ledger.overview.outcomes import Fate, Portion, point_portions, values
from taizhang.web.ledger.overview.scope import total

_CENT = Decimal("0.01")


@dataclass
class College:
    """One college's newest round that has locked items: what is locked of all, and what the locked items tell."""

    round: Round
    every: int = 0
    locked: int = 0
    cited: int = 0
    portions: list[Portion] = field(default_factory=list)
    rates: list[Decimal] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As the tree of units has it."""
        return str(self.round.programme.college)

    @property
    def link(self) -> str:
        """Its locked items."""
        return reverse("judging_round", args=[self.round.pk])

    def share(self, part: int, whole: int) -> Mark:
        """A share, with what stands behind it; nothing where nothing is there to be counted."""
        return Mark(Rolled(whole, part).rate, self.link, f"{part}/{whole}") if whole else NOTHING

    def done(self, *, points: bool) -> Mark:
        """The share of locked points, or indicators, told as done."""
        alike = [portion for portion in self.portions if portion.is_point is points]
        return self.share(total(portion for portion in alike if portion.told == Fate.DONE), total(alike))

    @property
    def attainment(self) -> Mark:
        """The mean attainment of its locked indicators, none above 100 %."""
        found = mean(self.rates)
        return Mark(found, self.link, _("%d 项") % len(self.rates)) if found is not None else NOTHING


def colleges(person: Person) -> list[College]:
    """All colleges below the province that have locked something, in the order of a Chinese dictionary."""
    rounds = access.rounds_below(person).select_related("programme__college", "period")
    newest = _newest(rounds.order_by("programme__college__sort_key", "programme__college__path", "opened_at"))
    found = {row.pk: College(row) for row in newest.values()}
    _count(found)
    locked = access.assessed_entries(person).filter(round__in=found, stage=Stage.LOCKED)
    for portion in point_portions(locked):
        found[portion.round].portions.append(portion)
    for reached in values(locked):
        here = found[reached.portion.round]
        here.portions.append(reached.portion)
        if reached.ratio is not None:
            here.rates.append(reached.ratio)
    return list(found.values())


def _newest(rounds: Iterable[Round]) -> dict[int, Round]:
    """Of each college the newest round that has locked items."""
    rows = list(rounds)
    begun = set(
        Entry.objects.filter(round__in=rows, stage=Stage.LOCKED).order_by().values_list("round", flat=True).distinct()
    )
    return {row.programme.college_id: row for row in rows if row.pk in begun}


def _count(found: dict[int, College]) -> None:
    cited = Exists(Citation.objects.filter(entry=OuterRef("pk"), withdrawn_at=None))
    is_locked = Q(stage=Stage.LOCKED)
    counted = (
        Entry.objects.filter(round__in=found)
        .order_by()
        .values("round")
        .annotate(
            every=Count("pk"),
            locked=Count("pk", filter=is_locked),
            with_evidence=Count("pk", filter=is_locked & Q(cited)),
        )
        .values_list("round", "every", "locked", "with_evidence")
    )
    for pk, every, locked, with_evidence in counted:
        found[pk].every, found[pk].locked, found[pk].cited = every, locked, with_evidence


_MEASURES: tuple[tuple[str, Callable[[College], Mark]], ...] = (
    ("locked", lambda one: one.share(one.locked, one.every)),
    ("points", lambda one: one.done(points=True)),
    ("indicators", lambda one: one.done(points=False)),
    ("attainment", lambda one: one.attainment),
    ("evidence", lambda one: one.share(one.cited, one.locked)),
)


def _names() -> dict[str, tuple[str, str]]:
    """What each measure is called, and the question that it answers."""
    return {
        "locked": (_("锁定率"), _("各校的填报锁定了多少？")),
        "points": (_("任务点完成率"), _("锁定的任务点里，完成的占多少？")),
        "indicators": (_("指标达标率"), _("锁定的指标里，达到目标的占多少？")),
        "attainment": (_("指标平均完成度"), _("各校的指标平均完成了多少（每项最多算 100%）？")),
        "evidence": (_("有佐证的比例"), _("锁定的填报项里，引用了佐证的占多少？")),
    }


def charts(person: Person) -> tuple[list[Tile], list[Chart]]:
    """The table of all measures, then each measure by itself from the highest down, with the median."""
    found, names = colleges(person), _names()
    marks = {key: {one.round.pk: mark(one) for one in found} for key, mark in _MEASURES}
    medians = {key: _median(mark.value for mark in marks[key].values()) for key in marks}
    empty = _("还没有学校锁定填报项。学校锁定之后，这里把各校放在一起看。")
    table = Chart(
        key="colleges", title=_("各校对照"), question=_("哪所学校的哪一方面低于中位数？"), shape=Shape.HEAT, of=_("学校"),
        unit="%", series=tuple(Series(names[key][0]) for key in marks), empty=empty, is_wide=True,
        rows=tuple(Row(one.name, tuple(marks[key][one.round.pk] for key in marks), one.link) for one in found),
        note=_("每所学校取最近一轮有锁定项的；只看锁定的填报项。"), median=tuple(medians[key] for key in marks),
    )  # fmt: skip
    ranked = [
        Chart(
            key=key, title=names[key][0], question=names[key][1], shape=Shape.BARS, of=_("学校"), unit="%",
            series=(Series(names[key][0], Tone.GOOD),), empty=empty, median=(medians[key],),
            rows=_ranked(found, marks[key]),
        )
        for key in marks
    ]  # fmt: skip
    link = reverse("oversight")
    tiles = [Tile(_("有锁定项的学校"), str(len(found)), _("所"), link)]
    tiles += [
        Tile(_("%s（中位数）") % names[key][0], f"{value:f}%", "", link)
        for key, value in medians.items()
        if value is not None and key != "evidence"
    ]
    return tiles, [table, *ranked]


def _ranked(found: list[College], marks: dict[int, Mark]) -> tuple[Row, ...]:
    """The highest first."""
    rows = [Row(one.name, (marks[one.round.pk],), one.link) for one in found]
    return tuple(sorted(rows, key=lambda row: -(row.marks[0].value or 0)))


def _median(found: Iterable[Decimal | int | None]) -> Decimal | None:
    """The median of what there is; the mean of the two in the middle where they are even in number."""
    known = [Decimal(value) for value in found if value is not None]
    return median(known).quantize(_CENT).normalize() + 0 if known else None
