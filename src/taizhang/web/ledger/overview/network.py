"""合作网络: which partners the college has, and in which kinds of record it meets them."""

from collections import Counter, defaultdict

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from taizhang.web.ledger.models import Partner, RecordPartner
from taizhang.web.ledger.overview.business import Business
from taizhang.web.ledger.overview.chart import Chart, Mark, Row, Series, Shape, Tone

_MOST_PARTNERS, _MOST_KINDS = 30, 8
_FIRST = 15


def charts(business: Business) -> list[Chart]:
    """The network, and the partners that most records name."""
    rows = RecordPartner.objects.filter(record__in=business.records.values("pk")).order_by()
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for partner, kind, count in rows.values_list("partner", "record__kind").annotate(Count("record", distinct=True)):
        if kind in business.shelf:
            counts[partner][kind] = count
    most = sorted(counts, key=lambda pk: (-counts[pk].total(), pk))[:_MOST_PARTNERS]
    partners = Partner.objects.in_bulk(most)
    return [_network(business, counts, most, partners), _first(business, counts, most, partners)]


def _network(
    business: Business, counts: dict[int, Counter[str]], most: list[int], partners: dict[int, Partner]
) -> Chart:
    whole: Counter[str] = Counter()
    for pk in most:
        whole += counts[pk]
    kinds = [key for key, _count in whole.most_common(_MOST_KINDS)]
    rows = tuple(
        Row(
            partners[pk].name,
            tuple(Mark(counts[pk][key], business.link(partner=pk, kind=key)) for key in kinds),
            business.link(partner=pk),
        )
        for pk in most
        if any(counts[pk][key] for key in kinds)
    )
    left_out = len(counts) - len(rows)
    return Chart(
        key="network", title=_("合作网络"), question=_("和谁在哪些事上合作？"), shape=Shape.NETWORK, of=_("合作单位"), unit=_("条"),
        series=tuple(Series(business.shelf[key].name) for key in kinds), rows=rows, is_wide=True,
        empty=_("还没有写明合作单位的记录。记录里写了合作单位，这里就连成网。"),
        note=_("另有 %d 家没有画出。") % left_out if left_out else "",
    )  # fmt: skip


def _first(business: Business, counts: dict[int, Counter[str]], most: list[int], partners: dict[int, Partner]) -> Chart:
    return Chart(
        key="partners", title=_("合作最多的单位"), question=_("和哪些单位合作得最多？"), shape=Shape.BARS, of=_("合作单位"),
        unit=_("条"), series=(Series(_("涉及的记录"), Tone.GOOD),),
        rows=tuple(
            Row(partners[pk].name, (Mark(counts[pk].total(), business.link(partner=pk)),), reverse("partner", args=[pk]))
            for pk in most[:_FIRST]
        ),
        empty=_("还没有写明合作单位的记录。"), is_wide=True,
    )  # fmt: skip
