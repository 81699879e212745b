"""Every piece that a snapshot holds or an item names is told once, with all that cites it."""

from datetime import date

from taizhang.core.record import EvidenceMention, Record
from taizhang.reports.bundle import cited
from taizhang.reports.snapshot import Evidence, Indicator, Period, PeriodKind, Point, Recorded, Snapshot


def snapshot(**more: object) -> Snapshot:
    period = Period(name="中期", kind=PeriodKind.CHECKPOINT, first_year=2024, last_year=2025)
    made = {"name": "中期", "taken_on": date(2026, 3, 1), "origin": "台账", "period": period, **more}
    return Snapshot(**made)  # type: ignore[arg-type]


def piece(number: str, title: str) -> Evidence:
    return Evidence(number=number, title=title, sha256="a" * 64, file="a.pdf")


def recorded(*names: str) -> Recorded:
    mentions = tuple(EvidenceMention(name, 3) for name in names)
    record = Record(id="1", kind="training", title="采茶工培训", evidence=mentions)
    return Recorded(ref="record/1", record=record, kind="培训")


def test_pieces_stand_in_the_order_of_their_numbers_with_what_cites_them() -> None:
    told = cited(
        snapshot(
            evidence=(piece("1-1-2024-1-10", "名单"), piece("1-1-2024-1-9", "通知"), piece("E7", "照片")),
            points=(Point(ref="point/1", task="1-1", year=2024, ordinal=1, plan="建课", evidence=("1-1-2024-1-9",)),),
            indicators=(Indicator(ref="indicator/1", code="1.1", name="课程", evidence=("1-1-2024-1-9",)),),
            records=(recorded("照片", "1-1-2024-1-10"),),
        )
    )
    assert [(each.evidence.number, each.items) for each in told] == [
        ("E7", ("培训 采茶工培训（第 3 页）",)),
        ("1-1-2024-1-9", ("1-1 2024 年第 1 项 建课", "1.1 课程")),
        ("1-1-2024-1-10", ("培训 采茶工培训（第 3 页）",)),
    ]


def test_what_is_only_named_is_told_too_and_once() -> None:
    told = cited(snapshot(records=(recorded("红头文件"), recorded("红头文件"))))
    assert [(each.evidence.title, each.evidence.sha256, len(each.items)) for each in told] == [("红头文件", "", 1)]
