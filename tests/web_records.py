"""Records for web tests: rows made as plainly as can be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from taizhang.core import record as core
from taizhang.web.ledger.models import Record, Stage
from taizhang.web.ledger.workflow import records


def record(scene, title="农机维修培训班", unit=None, stage=Stage.DRAFT, **more):
    """A record of the college, of 教务处 unless told otherwise."""
    now = timezone.now()
    unit = unit or scene.teaching
    values = {"code": f"R{Record.objects.count() + 1:04}", "kind": "training_programme", "state": "held", **more}
    return Record.objects.create(
        college=unit.college, unit=unit, title=title, stage=stage, made_at=now, changed_at=now, **values
    )


CLASS = core.Record(
    id="", kind="training_programme", title="社区电工安全用电培训班", org="云岭职业技术学院",
    partners=(core.Partner("青石街道办事处", "合作"),), period="2023-05-08..12", period_basis="stated",
    start=date(2023, 5, 8), end=date(2023, 5, 12), place="云岭市青石街道", state="held",
    measures=(core.RecordMeasure("人数", Decimal(46), "人"), core.RecordMeasure("到账额", Decimal("3.25"), "万元", "约", cumulative=True)),
    tags=("社区教育",), fields={"theme": "安全用电", "is_paid": False, "trainees": ("社区居民",)},
    evidence=(core.EvidenceMention("签到表", 1),), sources=(core.RecordSource("总结", 3, "办了一期培训"),),
)  # fmt: skip


def entered(scene, person=None, unit=None, **changed):
    """The class above, entered as a person does."""
    record = replace(CLASS, **changed)
    return records.enter(person or scene.people.reporter, records.Entering(unit or scene.teaching, record))


# A kind that a college declares for itself, and what it adds to a shipped one.
FARM = """kind: farm_visit
name: 农户走访
group: 村镇帮扶
about: 驻村队员到农户家中走访一次。
fields:
  - {key: topic, name: 走访主题, required: true}
  - {key: asked, name: 农户诉求, type: long}
measures:
  - {name: 户数, unit: 户}
levels: [校级]
states:
  - {key: planned, name: 计划中, phase: before, to: [visited]}
  - {key: visited, name: 已走访, phase: done}
feeds: [乡村振兴]
example: {title: 松岭村走访, state: visited, fields: {topic: 春耕}, measures: [{name: 户数, value: 12, unit: 户}]}
"""
EXTENDED = """extends: training_programme
fields:
  - {key: weather, name: 天气}
"""
